package mail

import (
	"context"
	"errors"
	"slices"
	"time"

	"stoke/mail/mime"
	"stoke/model"
)

// textBatch is how many mails' beginnings are in memory at once.
const textBatch = 16

// showFrom is from how many new mails on a sync shows its progress.
const showFrom = 100

// catchUp reads what is new in a mailbox, from the cursor on. The first time, and when the server
// has renumbered the mailbox, it reads what arrived in the account's history. Every batch is stored
// together with the cursor behind it, so that a crash resumes and nothing happens twice.
func (r *reader) catchUp(ctx context.Context, name string) error {
	box, err := r.session.examine(ctx, name)
	if err != nil {
		return err
	}
	cursor, err := r.Box.Cursor(ctx, r.account.Name, name)
	if err != nil {
		return err
	}
	var uids []uint32
	switch {
	case cursor.UIDValidity != box.uidValidity || cursor.UIDNext == 0 || cursor.UIDNext > box.uidNext:
		cursor = model.Cursor{}
		uids, err = r.session.uidsSince(ctx, r.Now().Add(-r.account.history()-24*time.Hour))
	case cursor.UIDNext < box.uidNext:
		uids, err = r.session.uidsFrom(ctx, cursor.UIDNext)
	}
	if err != nil {
		return err
	}
	if name == r.folders.sent {
		r.noteSent(box, uids)
	}
	total := len(uids)
	for done := 0; done < total; {
		batch := uids[done:min(done+r.Limits.Batch, total)]
		done += len(batch)
		next := batch[len(batch)-1] + 1
		if done == total {
			next = max(next, box.uidNext)
		}
		if total >= showFrom {
			r.tell(model.Event{Kind: model.EventSyncing, Account: r.account.Name, Done: done, Total: total})
		}
		if err := r.take(ctx, box, batch, next); err != nil {
			return err
		}
	}
	if total == 0 && cursor.UIDNext != box.uidNext {
		return r.take(ctx, box, nil, box.uidNext)
	}
	return nil
}

// noteSent keeps where the next copy in Sent will be found at the earliest. UIDs only grow.
func (r *reader) noteSent(box mailbox, uids []uint32) {
	next := box.uidNext
	if n := len(uids); n > 0 {
		next = max(next, uids[n-1]+1)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sentNext = next
}

// take stores one batch of mails and the cursor behind it. Only mails that the store finds
// interesting are read beyond their header.
func (r *reader) take(ctx context.Context, box mailbox, uids []uint32, next uint32) error {
	heads, err := r.heads(ctx, box, uids)
	if err != nil {
		return err
	}
	heads = slices.DeleteFunc(heads, func(h header) bool { return h.draft }) // All Mail holds what the rep has not sent yet
	slices.SortFunc(heads, func(a, b header) int { return int(int64(a.uid) - int64(b.uid)) })
	now := r.Now()
	var known []model.Header
	readable := heads[:0]
	for _, h := range heads {
		mh, err := headerOf(h, now)
		if errors.Is(err, mime.ErrEmpty) {
			continue
		}
		if err != nil {
			return err
		}
		known, readable = append(known, mh), append(readable, h)
	}
	batch, err := r.interesting(ctx, box, readable, known)
	if err != nil {
		return err
	}
	cursor := model.Cursor{UIDValidity: box.uidValidity, UIDNext: next, Synced: now}
	got, err := r.Box.Receive(ctx, r.account.Name, box.name, batch, cursor)
	if err != nil {
		return err
	}
	got.Fetched = max(got.Fetched, len(known))
	r.count(got)
	r.tellReceived(got)
	return nil
}

// interesting asks which of the mails matter and reads those.
func (r *reader) interesting(ctx context.Context, box mailbox, heads []header, known []model.Header) ([]model.Inbound, error) {
	if len(known) == 0 {
		return nil, nil
	}
	wanted, err := r.Box.Interesting(ctx, r.account.Name, known)
	if err != nil {
		return nil, err
	}
	var chosen []header
	for i, h := range heads {
		if i < len(wanted) && wanted[i] {
			chosen = append(chosen, h)
		}
	}
	var batch []model.Inbound
	for part := range slices.Chunk(chosen, textBatch) {
		texts, err := r.texts(ctx, box, part)
		if err != nil {
			return nil, err
		}
		for _, h := range part {
			raw := texts[h.uid]
			if len(raw) == 0 {
				raw = h.raw
			}
			in, err := inboundOf(r.account, box, h, raw, r.Now())
			if errors.Is(err, mime.ErrEmpty) {
				continue
			}
			if err != nil {
				return nil, err
			}
			batch = append(batch, in)
		}
	}
	return batch, nil
}

func (r *reader) count(got model.Received) {
	t := &r.tally
	t.Fetched += got.Fetched
	t.Matched += got.Matched
	t.Replies += got.Replies
	t.AutoReplies += got.AutoReplies
	t.Bounces += got.Bounces
	t.OptOuts += got.OptOuts
	t.SentFound += got.SentFound
}

func (r *reader) tellReceived(got model.Received) {
	for _, n := range got.News {
		ev := model.Event{Kind: model.EventChanged, Account: r.account.Name, Contact: n.Contact, Text: n.Says, Hot: n.Hot}
		if n.Answered {
			ev.Kind = model.EventReplied
		}
		r.tell(ev)
	}
}
