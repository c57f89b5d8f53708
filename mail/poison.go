package mail

import (
	"context"
	"errors"
)

// unloved names a mail that cannot be read, whatever is asked of the server.
type unloved struct {
	mailbox     string
	uidValidity uint32
	uid         uint32
}

// heads fetches the headers of mails. go-imap gives up the connection at an answer that it cannot
// parse, most often a date; then the mails are asked for again in ever smaller groups, and the one
// that is at fault without its date. A mail that stays unreadable is told once and left out.
func (r *reader) heads(ctx context.Context, box mailbox, uids []uint32) ([]header, error) {
	var got []header
	uids = r.loved(box, uids)
	err := r.session.headers(ctx, uids, true, func(h header) { got = append(got, h) })
	if !errors.Is(err, errUnreadable) {
		return got, err
	}
	if err := r.reopen(ctx, box); err != nil {
		return nil, err
	}
	left := missingFrom(uids, got)
	if len(left) == 1 {
		alone, err := r.headAlone(ctx, box, left[0])
		return append(got, alone...), err
	}
	for _, part := range suspects(left) {
		more, err := r.heads(ctx, box, part)
		if err != nil {
			return nil, err
		}
		got = append(got, more...)
	}
	return got, nil
}

func (r *reader) headAlone(ctx context.Context, box mailbox, uid uint32) (got []header, err error) {
	err = r.session.headers(ctx, []uint32{uid}, false, func(h header) { got = append(got, h) })
	if !errors.Is(err, errUnreadable) {
		return got, err
	}
	r.unloved[unloved{box.name, box.uidValidity, uid}] = true
	r.Log.Warn("a mail cannot be read and is left out", "account", r.account.Name, "mailbox", words(box.name), "uid", uid)
	return nil, r.reopen(ctx, box)
}

// texts fetches the beginnings of mails, one by one where that costs the connection. A mail whose
// text cannot be had is missing from the answer; its header is known.
func (r *reader) texts(ctx context.Context, box mailbox, heads []header) (map[uint32][]byte, error) {
	got := map[uint32][]byte{}
	uids := make([]uint32, len(heads))
	for i, h := range heads {
		uids[i] = h.uid
	}
	keep := func(uid uint32, raw []byte) { got[uid] = raw }
	err := r.session.texts(ctx, uids, keep)
	if !errors.Is(err, errUnreadable) {
		return got, err
	}
	for _, uid := range uids {
		if _, ok := got[uid]; ok {
			continue
		}
		if err := r.reopen(ctx, box); err != nil {
			return nil, err
		}
		if err := r.session.texts(ctx, []uint32{uid}, keep); err != nil && !errors.Is(err, errUnreadable) {
			return nil, err
		}
	}
	return got, r.reopen(ctx, box)
}

// suspects parts mails that were not answered for: the first one alone, because servers answer in
// order and it is most likely at fault, and the rest in halves.
func suspects(uids []uint32) [][]uint32 {
	half := 1 + len(uids)/2
	if len(uids) <= 2 {
		return [][]uint32{uids[:1], uids[1:]}
	}
	return [][]uint32{uids[:1], uids[1:half], uids[half:]}
}

func missingFrom(uids []uint32, got []header) []uint32 {
	have := map[uint32]bool{}
	for _, h := range got {
		have[h.uid] = true
	}
	var left []uint32
	for _, uid := range uids {
		if !have[uid] {
			left = append(left, uid)
		}
	}
	return left
}

func (r *reader) loved(box mailbox, uids []uint32) []uint32 {
	var out []uint32
	for _, uid := range uids {
		if !r.unloved[unloved{box.name, box.uidValidity, uid}] {
			out = append(out, uid)
		}
	}
	return out
}
