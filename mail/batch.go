package mail

import (
	"context"
	"errors"
	"slices"

	"stoke/mail/mime"
	"stoke/model"
)

// take stores one batch of mails and the cursor behind it. Only mails that the store finds
// interesting are read beyond their header.
func (r *reader) take(ctx context.Context, box mailbox, uids []uint32, cursor model.Cursor) error {
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
	cursor.Synced = now
	got, err := r.Box.Receive(ctx, r.account.Name, box.name, batch, cursor)
	if err != nil {
		return err
	}
	got.Fetched = max(got.Fetched, len(known))
	r.count(got)
	r.tellReceived(got)
	return nil
}

// interesting asks which of the mails matter and reads those. The others are kept in mind as long as the mail that they
// answer may still come to light.
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
			r.loose.took(known[i])
		} else {
			r.loose.left(box.name, known[i])
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
