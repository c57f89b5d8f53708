package mail

import (
	"context"
	"errors"
	"fmt"

	"stoke/model"
)

// unloved names a mail that cannot be read, whatever is asked of the server.
type unloved struct {
	mailbox     string
	uidValidity uint32
	uid         uint32
}

// ahead fetches the texts of some mails and, on the heels of that command, the headers of those that are read next. What does
// not come is missing, whatever the reason: heads and texts ask for it alone and say what is wrong. The error is about the
// connection, which could not be opened again.
func (r *reader) ahead(ctx context.Context, box mailbox, heads []header, texts map[uint32][]byte, next []uint32) (came []header, err error) {
	err = r.session.fetch(ctx,
		r.session.texts(uidsOf(heads), beginning(heads, r.Limits.TextSize), func(uid uint32, raw []byte) { texts[uid] = raw }),
		r.session.headers(r.loved(box, next), true, func(h header) { came = append(came, h) }))
	if errors.Is(err, errUnreadable) {
		return came, r.reopen(ctx, box)
	}
	return came, nil
}

// heads fetches the headers of mails, but for those that came already. A mail that the server lists and gives no header of is
// asked for once more without its date; one that stays unreadable is set aside.
func (r *reader) heads(ctx context.Context, box mailbox, uids []uint32, came []header) ([]header, error) {
	uids = r.loved(box, uids)
	got, err := r.wholeHeads(ctx, box, missingFrom(uids, came))
	got = append(came, got...)
	r.octets = octetsOfHeads(got)
	left := missingFrom(r.loved(box, uids), got)
	if err != nil || len(left) == 0 {
		return got, err
	}
	if left, err = r.session.stillThere(ctx, left); err != nil || len(left) == 0 {
		return got, err // expunged in between
	}
	err = r.session.fetch(ctx, r.session.headers(left, false, func(h header) { got = append(got, h) }))
	if err != nil && !errors.Is(err, errUnreadable) {
		return got, err
	}
	if errors.Is(err, errUnreadable) {
		err = r.reopen(ctx, box)
	}
	r.setAside(box, missingFrom(left, got)...)
	return got, err
}

// wholeHeads fetches headers where the connection may be lost over one. go-imap gives it up at an answer that it cannot
// parse, most often a date; then the mails are asked for again in ever smaller groups, and the one that is at fault
// without its date.
func (r *reader) wholeHeads(ctx context.Context, box mailbox, uids []uint32) ([]header, error) {
	var got []header
	err := r.session.fetch(ctx, r.session.headers(uids, true, func(h header) { got = append(got, h) }))
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
		more, err := r.wholeHeads(ctx, box, part)
		if err != nil {
			return nil, err
		}
		got = append(got, more...)
	}
	return got, nil
}

func (r *reader) headAlone(ctx context.Context, box mailbox, uid uint32) (got []header, err error) {
	err = r.session.fetch(ctx, r.session.headers([]uint32{uid}, false, func(h header) { got = append(got, h) }))
	if !errors.Is(err, errUnreadable) {
		return got, err
	}
	r.setAside(box, uid)
	return nil, r.reopen(ctx, box)
}

// setAside leaves mails out from now on and tells so once.
func (r *reader) setAside(box mailbox, uids ...uint32) {
	if len(uids) == 0 {
		return
	}
	for _, uid := range uids {
		r.unloved[unloved{box.name, box.uidValidity, uid}] = true
	}
	what := "A mail in " + words(box.name) + " cannot be read and is left out"
	if len(uids) > 1 {
		what = fmt.Sprintf("%d mails in %s cannot be read and are left out", len(uids), words(box.name))
	}
	r.Log.Warn(what, "account", r.account.Name, "mailbox", words(box.name), "uids", uids)
	r.tell(model.Event{Kind: model.EventChanged, Account: r.account.Name, Text: what + "; details in the log."})
}

// texts fetches the beginnings of mails, but for those that came already, in ever smaller groups where that costs the
// connection. A mail whose text cannot be had stays missing; its header is known.
func (r *reader) texts(ctx context.Context, box mailbox, heads []header, texts map[uint32][]byte) error {
	left := textless(heads, texts)
	if len(left) == 0 {
		return nil
	}
	err := r.session.fetch(ctx, r.session.texts(uidsOf(left), beginning(left, r.Limits.TextSize), func(uid uint32, raw []byte) { texts[uid] = raw }))
	if !errors.Is(err, errUnreadable) {
		return err
	}
	if err := r.reopen(ctx, box); err != nil || len(left) == 1 {
		return err
	}
	for _, part := range suspects(textless(left, texts)) {
		if err := r.texts(ctx, box, part, texts); err != nil {
			return err
		}
	}
	return nil
}

// textless are the mails whose texts are missing.
func textless(heads []header, texts map[uint32][]byte) (left []header) {
	for _, h := range heads {
		if texts[h.uid] == nil {
			left = append(left, h)
		}
	}
	return left
}

// suspects parts mails that were not answered for: the first one alone, because servers answer in
// order and it is most likely at fault, and the rest in halves.
func suspects[T any](left []T) [][]T {
	half := 1 + len(left)/2
	if len(left) <= 2 {
		return [][]T{left[:min(1, len(left))], left[min(1, len(left)):]}
	}
	return [][]T{left[:1], left[1:half], left[half:]}
}

func uidsOf(heads []header) []uint32 {
	uids := make([]uint32, len(heads))
	for i, h := range heads {
		uids[i] = h.uid
	}
	return uids
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
