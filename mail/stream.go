package mail

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"stoke/mail/mime"
	"stoke/model"
)

// portion is some mails of a mailbox that are read together, and the cursor behind them.
type portion struct {
	uids   []uint32
	cursor model.Cursor
	since  time.Time // what arrived before is not wanted; zero for all
	stored func()    // runs when all of it is on disk; nil for nothing
}

// letters are mails of a portion that matter, with the beginnings of their texts; judged are the same, understood.
type letters struct {
	heads []header
	texts map[uint32][]byte
	part
}

type judged struct {
	mails []model.Inbound
	part
}

// part is what letters are of their portion.
type part struct {
	seen   int   // mails of the portion whose headers were read, told with its first part
	octets int64 // of memory, of the room that all share
	last   bool
	cursor model.Cursor // of the last
	stored func()
}

// take stores some mails and the cursor behind them.
func (r *reader) take(ctx context.Context, box mailbox, uids []uint32, cursor model.Cursor) error {
	return r.stream(ctx, box, func(yield func(portion) bool) { yield(portion{uids: uids, cursor: cursor}) })
}

// stream stores portions of a mailbox, one after the other: while one is written to the disk, the next is classified and
// the one after it fetched. What a portion says of the mails that another one answers is thereby not always known when
// that one is looked through; loose and a first look that is ended by its last mail make good for it (tieUp, preview), so
// only the first look hands over more than one.
//
// Between the stages lie some parts, so that none waits while another takes long over one: at most twice textPart octets of
// them, and one part more, are in memory at once. It returns when nothing runs any more; what was handed over whole before
// an error is stored.
func (r *reader) stream(ctx context.Context, box mailbox, portions iter.Seq[portion]) error {
	const between = 8 // parts; what arrives meanwhile waits for them
	read, understood := make(chan letters, between), make(chan judged, between)
	var work sync.WaitGroup
	var panics failures
	room := semaphore.NewWeighted(2 * textPart)
	open, end := context.WithCancel(ctx) // until nothing more is stored
	defer end()
	var classifying, storing error
	work.Go(func() {
		defer panics.recover("reading of mails of "+r.account.Name, func() {})
		defer close(understood)
		classifying = r.classifyAll(box, read, func(j judged) bool { return pass(open, understood, j) })
	})
	work.Go(func() {
		defer panics.recover("storing of mails of "+r.account.Name, func() {})
		defer end()
		storing = r.storeAll(ctx, box, understood, room)
	})
	defer work.Wait() // also where fetching panics: nothing runs on without it
	fetching := func() error {
		defer close(read)
		return r.fetchAll(ctx, box, portions, func(l letters) bool { return room.Acquire(open, l.octets) == nil && pass(open, read, l) }, &panics)
	}()
	work.Wait()
	if err := panics.err(); err != nil {
		panic(err)
	}
	if ctx.Err() != nil {
		return cmp.Or(fetching, classifying, storing) // it says best that we are leaving
	}
	return cmp.Or(storing, classifying, fetching)
}

// pass hands something on while anybody takes it.
func pass[T any](open context.Context, to chan<- T, v T) bool {
	select {
	case to <- v:
		return true
	case <-open.Done():
		return false
	}
}

// fetchAll reads the headers of portions, asks which mails matter, and hands those over with their texts, until hand takes
// no more. It asks for the headers of the next portion before it has read the texts of the last, and looks through the one
// between meanwhile, so that the server is never idle.
func (r *reader) fetchAll(ctx context.Context, box mailbox, portions iter.Seq[portion], hand func(letters) bool, panics *failures) error {
	following, stop := iter.Pull(portions)
	defer stop()
	var asked *asking
	defer func() { _ = asked.wait() }() // whose error was told, or is not worth more than the one that ended all
	var came []header
	p, more := following()
	for more {
		heads, err := r.heads(ctx, box, p.uids, came)
		before := asked
		failed := before.wait()
		if failed == nil && err == nil {
			asked = r.lookThrough(ctx, box, p, heads, panics)
		}
		if failed != nil || err != nil {
			if before != nil && failed == nil {
				_, _, failed = r.handOver(ctx, box, before, nil, hand)
			}
			return cmp.Or(failed, err)
		}
		p, more = following()
		if came = nil; before != nil {
			var taken bool
			if came, taken, err = r.handOver(ctx, box, before, p.uids, hand); err != nil || !taken {
				return err
			}
		}
	}
	if asked == nil {
		return nil
	}
	if err := asked.wait(); err != nil {
		return err
	}
	_, _, err := r.handOver(ctx, box, asked, nil, hand)
	return err
}

// asking is a portion of which the store says which mails matter.
type asking struct {
	portion
	done   chan struct{} // closed when the rest is there
	chosen []header
	seen   int
	err    error
}

func (r *reader) lookThrough(ctx context.Context, box mailbox, p portion, heads []header, panics *failures) *asking {
	a := &asking{portion: p, done: make(chan struct{})}
	go func() {
		defer close(a.done)
		defer panics.recover("looking through mails of "+r.account.Name, func() { a.err = errLeft })
		heads = slices.DeleteFunc(heads, func(h header) bool { return !h.arrived.IsZero() && h.arrived.Before(p.since) })
		a.chosen, a.seen, a.err = r.interesting(ctx, box, heads)
	}()
	return a
}

// wait waits for the store; nil waits for nothing.
func (a *asking) wait() error {
	if a == nil {
		return nil
	}
	<-a.done
	return a.err
}

// handOver fetches the texts of what matters in a portion and hands it over; taken is false when nothing more is. With the
// last of them come the headers of those that are read next.
func (r *reader) handOver(ctx context.Context, box mailbox, a *asking, next []uint32, hand func(letters) bool) (came []header, taken bool, err error) {
	groups := groupsOf(a.chosen, r.Limits.TextSize)
	for i, group := range groups {
		texts, last := map[uint32][]byte{}, i == len(groups)-1
		if last && len(next) > 0 {
			came, err = r.ahead(ctx, box, group, texts, next)
		}
		if err == nil {
			err = r.texts(ctx, box, group, texts)
		}
		if err != nil && len(textless(group, texts)) > 0 {
			return nil, false, err
		}
		l := letters{heads: group, texts: texts, part: part{seen: a.seen, octets: octetsOf(group, texts)}}
		if last {
			l.last, l.cursor, l.stored = true, a.cursor, a.stored
		}
		if !hand(l) {
			return nil, false, ctx.Err()
		}
		a.seen = 0
	}
	return came, err == nil, err
}

// interesting asks which of the mails matter. The others are kept in mind as long as the mail that they answer may still
// come to light. seen is how many have a header that says anything.
func (r *reader) interesting(ctx context.Context, box mailbox, heads []header) (chosen []header, seen int, err error) {
	heads = slices.DeleteFunc(heads, func(h header) bool { return h.draft }) // All Mail holds what the rep has not sent yet
	slices.SortFunc(heads, func(a, b header) int { return int(int64(a.uid) - int64(b.uid)) })
	now := r.Now()
	known := make([]model.Header, 0, len(heads))
	readable := heads[:0]
	for _, h := range heads {
		mh, err := headerOf(h, now)
		if errors.Is(err, mime.ErrEmpty) {
			continue
		}
		if err != nil {
			return nil, 0, err
		}
		known, readable = append(known, mh), append(readable, h)
	}
	if len(known) == 0 {
		return nil, 0, nil
	}
	wanted, err := r.Box.Interesting(ctx, r.account.Name, known)
	if err != nil {
		return nil, 0, err
	}
	for i, h := range readable {
		if i < len(wanted) && wanted[i] {
			chosen = append(chosen, h)
			r.loose.took(known[i])
		} else {
			r.loose.left(box.name, known[i])
		}
	}
	return chosen, len(known), nil
}

const (
	textPart  = 2 << 20 // octets of texts that are fetched with one command, as the server tells their sizes
	textMost  = 8 << 20 // octets that it may give us then, whatever it told
	textBatch = 256     // mails of which they are at most
)

// groupsOf cuts mails into groups whose texts are fetched together; one of no mails where there are none. most are the octets
// that are wanted of one.
func groupsOf(heads []header, most int64) (all [][]header) {
	from, size, asked := 0, int64(0), int64(0)
	for i, h := range heads {
		octets, each := min(max(h.size, 1), most), beginning(heads[i:i+1], most)
		if n := int64(i - from); n > 0 && (size+octets > textPart || n >= textBatch || (n+1)*max(asked, each) > textMost) {
			all, from, size, asked = append(all, heads[from:i]), i, 0, 0
		}
		size, asked = size+octets, max(asked, each)
	}
	return append(all, heads[from:])
}

// beginning is how many octets of each mail of a group are asked for: all that the server tells of, with room for one that
// counts badly, so that one that lies does not fill the memory.
func beginning(group []header, most int64) int64 {
	longest := int64(0)
	for _, h := range group {
		if h.size <= 0 {
			return most // the server tells nothing
		}
		longest = max(longest, h.size)
	}
	return min(most, 2*longest+16<<10)
}

// octetsOf is about what some mails take in memory, at most textPart: what a server tells of their sizes may be wrong.
func octetsOf(heads []header, texts map[uint32][]byte) (n int64) {
	const around = 1 << 10 // all that is known of a mail beside its text
	for _, h := range heads {
		n += around + int64(len(h.raw)+len(texts[h.uid]))
	}
	return min(n, textPart)
}

// classifyAll makes out what the mails are that are handed over, until hand takes no more.
func (r *reader) classifyAll(box mailbox, read <-chan letters, hand func(judged) bool) error {
	for l := range read {
		j := judged{part: l.part}
		for _, h := range l.heads {
			raw := l.texts[h.uid]
			if len(raw) == 0 {
				raw = h.raw
			}
			in, err := inboundOf(r.account, box, h, raw, r.Now())
			if errors.Is(err, mime.ErrEmpty) {
				continue
			}
			if err != nil {
				return err
			}
			j.mails = append(j.mails, in)
		}
		if !hand(j) {
			return nil
		}
	}
	return nil
}

// storeAll stores portions with the cursor behind them: the first at once, and what comes within limits.Commit of the last
// write together, because a disk may take longer to be sure of a write than to write. What is long is stored before the rest
// of its portion is there, with the cursor before it.
func (r *reader) storeAll(ctx context.Context, box mailbox, understood <-chan judged, room *semaphore.Weighted) error {
	rest := time.NewTimer(0) // since the last write
	defer rest.Stop()
	rested := false
	var p pile
	for {
		select {
		case <-rest.C:
			rested = true
		case j, ok := <-understood:
			if !ok {
				return r.store(ctx, box, &p)
			}
			p.add(j)
		}
		if p.octets > textPart || rested && p.whole {
			octets := p.octets
			if err := r.store(ctx, box, &p); err != nil {
				return err
			}
			room.Release(octets)
			rested = false
			rest.Reset(r.Limits.Commit)
		}
	}
}

// pile is what waits to be stored.
type pile struct {
	mails  []model.Inbound
	seen   int
	octets int64
	whole  bool // a portion is complete, and cursor is behind it
	cursor model.Cursor
	stored []func()
}

func (p *pile) add(j judged) {
	p.mails, p.seen, p.octets = append(p.mails, j.mails...), p.seen+j.seen, p.octets+j.octets
	if j.last {
		p.whole, p.cursor = true, j.cursor
		if j.stored != nil {
			p.stored = append(p.stored, j.stored)
		}
	}
}

// store writes the pile down and empties it.
func (r *reader) store(ctx context.Context, box mailbox, p *pile) (err error) {
	if !p.whole && len(p.mails) == 0 {
		return nil
	}
	if p.cursor.Synced = r.Now(); !p.whole {
		if p.cursor, err = r.Box.Cursor(ctx, r.account.Name, box.name); err != nil {
			return err
		}
	}
	got, err := r.Box.Receive(ctx, r.account.Name, box.name, p.mails, p.cursor)
	if err != nil {
		return err
	}
	got.Fetched = max(got.Fetched, p.seen)
	r.tally.Add(got)
	r.tellReceived(got)
	for _, stored := range p.stored {
		stored()
	}
	*p = pile{}
	return nil
}
