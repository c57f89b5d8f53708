package store

import (
	"database/sql"
	"strings"

	"stoke/model"
	"stoke/model/text"
)

// open are the states of mails that are not settled.
const open = "('queued', 'claimed', 'committing', 'uncertain', 'ask_rep', 'failed')"

// approved are the columns of what the rep approved, which never change; fate are those that a turn changes.
func approved(o *model.Outgoing) []column {
	return []column{
		{"account", &o.Account}, {"contact", &o.Contact}, {"message_id", &o.MessageID}, {"stoke_id", &o.StokeID},
		{"sender", asJSON{&o.From}}, {"rcpt_to", asJSON{&o.To}}, {"rcpt_cc", asJSON{&o.Cc}}, {"subject", &o.Subject}, {"body", &o.Text},
		{"in_reply_to", &o.InReplyTo}, {"refs", asJSON{&o.References}}, {"based_on", &o.BasedOn}, {"forced", &o.Forced},
		{"single", &o.Single}, {"answer", &o.Answer}, {"sequence", &o.Sequence}, {"step", &o.Step}, {"template", &o.Template},
		{"rank", &o.Rank}, {"send_after", moment{&o.SendAfter}}, {"sent_next", &o.SentNext},
		{"attached", asJSON{&o.Attachments}},
	}
}

func fate(o *model.Outgoing) []column {
	return []column{
		{"state", &o.State}, {"approved", moment{&o.Approved}}, {"next_at", moment{&o.NextAt}}, {"attempts", &o.Attempts},
		{"owner", &o.Owner}, {"date", moment{&o.Date}}, {"dot_at", moment{&o.DotAt}}, {"settled", moment{&o.Settled}},
		{"unsynced", &o.Unsynced}, {"looks", &o.Looks}, {"reply", &o.Reply}, {"error", &o.Error}, {"copied", &o.Copied},
	}
}

func outgoing(o *model.Outgoing) []column {
	return append(append([]column{{"id", &o.ID}}, approved(o)...), fate(o)...)
}

var (
	selectOutgoing = "SELECT " + names(outgoing(new(model.Outgoing)), "") + " FROM outgoing "
	insertOutgoing = inserting("outgoing", outgoing(new(model.Outgoing))[1:])
	updateFate     = updating("outgoing", fate(new(model.Outgoing))) + " AND state = ? AND owner = ?"
)

// mails reads the outgoing mails that a clause selects, without their bytes.
func (t *tx) mails(clause string, args ...any) ([]model.Outgoing, error) {
	var all []model.Outgoing
	err := t.each(selectOutgoing+clause, args, func(rows *sql.Rows) error {
		var o model.Outgoing
		err := rows.Scan(pointers(outgoing(&o))...)
		all = append(all, o)
		return err
	})
	return all, err
}

// mail reads one; a NotFound when there is none.
func (t *tx) mail(id int64) (model.Outgoing, error) {
	all, err := t.mails("WHERE id = ?", id)
	if err != nil {
		return model.Outgoing{}, err
	}
	if len(all) == 0 {
		return model.Outgoing{}, model.Errorf(model.NotFound, "There is no mail %d in the outbox.", id)
	}
	return all[0], nil
}

// bytesOf adds the bytes of its attempts to a mail; before the first attempt those of its files.
func (t *tx) bytesOf(o *model.Outgoing) error {
	err := t.one("SELECT raw FROM outgoing WHERE id = ?", []any{o.ID}, &o.Raw)
	if err == nil && len(o.Raw) == 0 && len(o.Attachments) > 0 {
		o.Files, err = t.files(o.ID)
	}
	return err
}

// turn is the only way in which a mail in the outbox changes its state. It compares state and owner with what was read,
// and does to draft and contact what the new state asks for.
func (t *tx) turn(o model.Outgoing, res model.Result, also ...func(*model.Outgoing)) (model.Outgoing, error) {
	defer t.forget(o.Contact)
	after, err := o.After(res, t.now, t.rules.Rules)
	if err != nil {
		return o, err
	}
	for _, set := range also {
		set(&after)
	}
	args, err := values(fate(&after))
	if err != nil {
		return o, err
	}
	n, err := t.exec(updateFate, append(args, o.ID, string(o.State), o.Owner)...)
	if err != nil {
		return o, err
	}
	if n == 0 {
		return o, model.Errorf(model.Conflict, "The mail was changed by another stoke in the meantime.")
	}
	switch after.State {
	case model.Sent:
		return after, t.left(after)
	case model.Queued:
		if o.State == model.Failed {
			return after, t.again(after)
		}
	case model.DraftAgain, model.Cancelled, model.Failed:
		if after.State != model.Failed { // which can be sent again
			if err := t.dropFiles(o.ID); err != nil {
				return after, err
			}
		}
		if o.State != model.Failed { // it fell back when it failed
			return after, t.fellBack(after)
		}
	}
	return after, nil
}

// left records that a mail is out, once, and lets its draft go.
func (t *tx) left(o model.Outgoing) error {
	var known int
	if err := t.one("SELECT count(*) FROM interaction WHERE message_id = ?", []any{o.MessageID}, &known); err != nil {
		return err
	}
	if known == 0 {
		at := o.DotAt
		if at.IsZero() {
			at = t.now
		}
		c, d, err := t.dossier(o.Contact)
		if err != nil {
			return err
		}
		if _, err := t.apply(c, t.rules.Left(d, o, at, t.now, text.Summary(o.Text, 120)), ""); err != nil {
			return err
		}
	}
	_, err := t.exec("UPDATE outgoing SET draft = NULL WHERE id = ?", o.ID)
	return err
}

// fellBack gives the draft of a mail back that did not leave, and takes back what was planned as if it had.
func (t *tx) fellBack(o model.Outgoing) error {
	if err := t.giveBack(o); err != nil {
		return err
	}
	change, err := t.changeOf(o.ID)
	if err != nil || change.Undone {
		return err
	}
	_, err = t.takeBack(change)
	return err
}

// again plans anew what fell back when the mail failed. The draft goes with the mail unless the rep has rewritten it.
func (t *tx) again(o model.Outgoing) error {
	change, err := t.changeOf(o.ID)
	if err != nil {
		return err
	}
	for _, step := range change.Steps {
		step.Before, step.After = step.After, step.Before
		if _, err := t.stepBack(change, step); err != nil {
			return err
		}
	}
	if _, err := t.exec("UPDATE change SET undone = 0 WHERE id = ?", change.ID); err != nil {
		return err
	}
	_, all, err := t.dossier(o.Contact)
	d := all.Draft
	if err != nil || d == nil || strings.TrimSpace(d.Subject) != o.Subject || t.rules.Written(all, *d) != o.Text {
		return err
	}
	return t.discardDraft(o.Contact)
}
