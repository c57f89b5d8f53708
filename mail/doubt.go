package mail

import (
	"context"
	"slices"
	"time"

	"stoke/mail/mime"
	"stoke/model"
)

// lookBack is how long before a dot the Sent folder is searched where no UIDNEXT was noted.
const lookBack = 48 * time.Hour

// doubts looks into the Sent folder for mails that may have gone out. It compares headers fetched
// from the UID that was noted before the send; what a SEARCH says is not believed. Mails that the
// rep was asked about are looked for once a connection, because what is new in Sent is compared with
// them anyway when it is read.
func (r *reader) doubts(ctx context.Context) error {
	list, err := r.Box.Doubtful(ctx, r.account.Name)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(m model.Outgoing) bool { return m.State == model.AskRep && r.rounds > 0 })
	if len(list) == 0 {
		return nil
	}
	marks, where, err := r.marksInSent(ctx, list)
	if err != nil {
		return err
	}
	for _, m := range list {
		found := marks.of(m)
		if found {
			where = "a copy is in " + where
		} else if m.State != model.Uncertain {
			continue
		}
		r.lookedFor(ctx, m, found, where)
	}
	return nil
}

// lookedFor records one look.
func (o *office) lookedFor(ctx context.Context, m model.Outgoing, found bool, evidence string) {
	after, err := o.Box.Looked(ctx, m.ID, found, evidence)
	if err != nil {
		if model.CodeOf(err) == "" {
			o.failedBox(ctx, "write down a look for a mail in doubt", err)
		}
		return
	}
	ev := model.Event{Kind: model.EventChanged, Account: o.account.Name, Contact: m.Contact, Outgoing: m.ID}
	switch after.State {
	case model.Sent:
		ev.Kind = model.EventSent
	case model.AskRep:
		ev.Kind = model.EventDoubt
	}
	o.tell(ev)
}

// marks are the ids that mails in Sent bear.
type marks map[string]bool

func (k marks) of(m model.Outgoing) bool {
	return m.MessageID != "" && k["id "+m.MessageID] || m.StokeID != "" && k["stoke "+m.StokeID]
}

func (k marks) add(p mime.Parsed) {
	k["id "+p.MessageID] = true
	k["id "+p.MSOriginalID] = true
	k["stoke "+p.StokeID] = true
}

// marksInSent reads the headers in Sent that may belong to these mails. Without a Sent folder there
// are none.
func (r *reader) marksInSent(ctx context.Context, list []model.Outgoing) (marks, string, error) {
	found := marks{}
	if r.folders.sent == "" {
		return found, "there is no Sent folder to look into", nil
	}
	box, err := r.session.examine(ctx, r.folders.sent)
	if err != nil {
		if missing(err) {
			return found, "the Sent folder is gone", nil
		}
		return nil, "", err
	}
	uids, err := r.uidsFor(ctx, box, list)
	if err != nil {
		return nil, "", err
	}
	for batch := range slices.Chunk(uids, r.Limits.Batch) {
		heads, err := r.heads(ctx, box, batch, nil)
		if err != nil {
			return nil, "", err
		}
		for _, h := range heads {
			if p, err := mime.ParseHeader(h.raw, h.arrived); err == nil && !h.draft {
				found.add(p)
			}
		}
	}
	return found, words(box.name), nil
}

func (r *reader) uidsFor(ctx context.Context, box mailbox, list []model.Outgoing) ([]uint32, error) {
	from, since := box.uidNext, time.Time{}
	for _, m := range list {
		if m.SentNext > 0 && m.SentNext <= box.uidNext {
			from = min(from, m.SentNext)
			continue
		}
		// Not noted, or noted before the server renumbered the folder.
		at := m.DotAt
		if at.IsZero() {
			at = m.Date
		}
		if since.IsZero() || at.Before(since) {
			since = at
		}
	}
	uids, err := r.session.uidsFrom(ctx, from)
	if err != nil || since.IsZero() {
		return uids, err
	}
	more, err := r.session.uidsSince(ctx, since.Add(-lookBack))
	uids = append(uids, more...)
	slices.Sort(uids)
	return slices.Compact(uids), err
}
