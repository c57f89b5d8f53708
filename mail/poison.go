package mail

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"stoke/model"
)

// unloved names a mail that cannot be read, whatever is asked of the server.
type unloved struct {
	mailbox     string
	uidValidity uint32
	uid         uint32
}

// ahead fetches the texts of some mails and, on the heels of that command, the headers of those that are read next. What does
// not come because an answer could not be read is missing, and the connection open again: heads and texts see to it.
func (r *reader) ahead(ctx context.Context, box mailbox, heads []header, next []uint32) (texts map[uint32][]byte, came []header, err error) {
	texts = map[uint32][]byte{}
	err = r.session.fetch(ctx,
		r.session.texts(uidsOf(heads), r.beginning(heads), func(uid uint32, raw []byte) { texts[uid] = raw }),
		r.session.headers(r.loved(box, next), true, func(h header) { came = append(came, h) }))
	if errors.Is(err, errUnreadable) {
		err = r.reopen(ctx, box)
	}
	return texts, came, err
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

// texts fetches the beginnings of mails, but for those that came already, one by one where that costs the connection. A mail
// whose text cannot be had is missing from the answer; its header is known.
func (r *reader) texts(ctx context.Context, box mailbox, heads []header, got map[uint32][]byte) (map[uint32][]byte, error) {
	heads = slices.DeleteFunc(slices.Clone(heads), func(h header) bool { return got[h.uid] != nil })
	keep := func(uid uint32, raw []byte) { got[uid] = raw }
	most := r.beginning(heads)
	err := r.session.fetch(ctx, r.session.texts(uidsOf(heads), most, keep))
	if !errors.Is(err, errUnreadable) {
		return got, err
	}
	for _, uid := range uidsOf(heads) {
		if _, ok := got[uid]; ok {
			continue
		}
		if err := r.reopen(ctx, box); err != nil {
			return nil, err
		}
		if err := r.session.fetch(ctx, r.session.texts([]uint32{uid}, most, keep)); err != nil && !errors.Is(err, errUnreadable) {
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
