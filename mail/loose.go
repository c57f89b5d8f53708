package mail

import (
	"context"
	"hash/maphash"
	"maps"
	"slices"

	"stoke/model"
)

// loose are mails of strangers that answer mails we did not know when they were judged. When such a mail comes to light
// later in the same round, because mailboxes are read one after the other and an old one from its end, its answers are
// judged anew: a colleague in our thread counts, in whatever order they are read.
type loose struct {
	seed  maphash.Seed
	ends  map[string][]end
	known map[uint64]bool // mails that were taken since
}

// end is one mail and a hash of the id of one mail that it answers; a hash that two ids share costs one FETCH.
type end struct {
	uid uint32
	id  uint64
}

// maxEnds bounds the references that are kept of one mail; the newest count.
const maxEnds = 10

func newLoose() loose {
	return loose{seed: maphash.MakeSeed(), ends: map[string][]end{}, known: map[uint64]bool{}}
}

func (l *loose) took(h model.Header) {
	if h.MessageID != "" {
		l.known[maphash.String(l.seed, h.MessageID)] = true
	}
}

func (l *loose) left(mailbox string, h model.Header) {
	ids := h.References[max(0, len(h.References)-maxEnds):]
	for _, id := range append(slices.Clone(ids), h.InReplyTo) {
		if id != "" {
			l.ends[mailbox] = append(l.ends[mailbox], end{h.UID, maphash.String(l.seed, id)})
		}
	}
}

// tied takes out what answers a mail that was taken since the last call.
func (l *loose) tied() map[string][]uint32 {
	found := map[string][]uint32{}
	for mailbox, ends := range l.ends {
		for _, e := range ends {
			if l.known[e.id] {
				found[mailbox] = append(found[mailbox], e.uid)
			}
		}
		l.ends[mailbox] = slices.DeleteFunc(ends, func(e end) bool { return l.known[e.id] })
	}
	clear(l.known)
	return found
}

// tieUp judges anew what answers a mail that came to light in this round.
func (r *reader) tieUp(ctx context.Context) error {
	for {
		found := r.loose.tied()
		if len(found) == 0 {
			r.loose = newLoose()
			return nil
		}
		for _, name := range slices.Sorted(maps.Keys(found)) {
			box, err := r.session.examine(ctx, name)
			if missing(err) {
				continue
			}
			if err != nil {
				return err
			}
			cursor, err := r.Box.Cursor(ctx, r.account.Name, name)
			if err != nil {
				return err
			}
			uids := found[name]
			slices.Sort(uids)
			for batch := range slices.Chunk(slices.Compact(uids), r.Limits.Batch) {
				if err := r.take(ctx, box, batch, cursor); err != nil {
					return err
				}
			}
		}
	}
}
