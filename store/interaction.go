package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"stoke/model"
)

// entry is an interaction as its row keeps it.
type entry struct {
	model.Interaction
	hash string
}

func (e *entry) columns() []column {
	return []column{
		{"id", &e.ID}, {"contact", &e.Contact}, {"kind", &e.Kind}, {"direction", &e.Direction}, {"at", moment{&e.At}},
		{"asks", &e.Asks}, {"guessed", &e.Guessed}, {"account", &e.Account}, {"message_id", &e.MessageID}, {"hash", &e.hash},
		{"in_reply_to", &e.InReplyTo}, {"subject", &e.Subject}, {"summary", &e.Summary}, {"body", &e.Text}, {"quoted", &e.Quoted},
		{"sender", asJSON{&e.From}}, {"rcpt_to", asJSON{&e.To}}, {"rcpt_cc", asJSON{&e.Cc}}, {"reply_to", asJSON{&e.ReplyTo}},
	}
}

var (
	selectInteraction = "SELECT " + names(new(entry).columns(), "") + " FROM interaction "
	insertInteraction = inserting("interaction", new(entry).columns()[1:])
)

// record stores an interaction and gives its id. A mail that is known already, by Message-ID or hash, gives 0: one mail is
// one interaction, in however many folders it lies.
func (t *tx) record(i model.Interaction, hash string) (int64, error) {
	e := entry{Interaction: i}
	if i.MessageID == "" {
		e.hash = hash
	}
	args, err := values(e.columns()[1:])
	if err != nil {
		return 0, err
	}
	res, err := t.result(insertInteraction+" ON CONFLICT DO NOTHING", args...)
	if err != nil {
		return 0, err
	}
	if n, err := res.RowsAffected(); n == 0 || err != nil {
		return 0, err
	}
	if i.ID, err = res.LastInsertId(); err != nil {
		return 0, err
	}
	t.happened(i)
	return i.ID, nil
}

// answers tells whether an interaction is one that a draft has to know of: the contact wrote, or asked for something.
func answers(i model.Interaction) bool {
	if i.Direction != model.In {
		return false
	}
	switch i.Kind {
	case model.Mail, model.Text, model.NotNow, model.Refusal, model.OptOut:
		return true
	}
	return i.Kind.IsInquiry()
}

// interactions reads those that a clause selects.
func (t *tx) interactions(clause string, args ...any) ([]model.Interaction, error) {
	var all []model.Interaction
	err := t.each(selectInteraction+clause, args, func(rows *sql.Rows) error {
		var e entry
		err := rows.Scan(pointers(e.columns())...)
		all = append(all, e.Interaction)
		return err
	})
	return all, err
}

// InteractionByMessageID finds a mail that is known; a NotFound when it is not.
func (s *Store) InteractionByMessageID(ctx context.Context, messageID string) (i model.Interaction, err error) {
	err = s.read(ctx, "look for the mail", func(t *tx) error {
		found, err := t.interactions("WHERE message_id = ? AND message_id <> ''", messageID)
		if err == nil && len(found) == 0 {
			return model.Errorf(model.NotFound, "There is no mail <%s>.", messageID)
		}
		if err == nil {
			i = found[0]
		}
		return err
	})
	return i, err
}

// thread is how many interactions of a contact are read whole.
const thread = 200

// dossier loads all that a decision about a contact may look at.
func (t *tx) dossier(contact int64) (*stored, model.Dossier, error) {
	c, err := t.contact(contact)
	if err != nil {
		return nil, model.Dossier{}, err
	}
	d, err := t.open(c)
	return c, d, err
}

func (t *tx) open(c *stored) (model.Dossier, error) {
	return t.openWith(c, func(contact int64) ([]model.Interaction, error) {
		return t.interactions("WHERE contact = ? ORDER BY at DESC, id DESC LIMIT ?", contact, thread)
	})
}

// openWith loads what a decision about a contact may look at; newest gives the last interactions, newest first.
func (t *tx) openWith(c *stored, newest func(contact int64) ([]model.Interaction, error)) (d model.Dossier, err error) {
	d.Contact = c.Contact
	if d.Interactions, err = newest(c.ID); err != nil {
		return d, err
	}
	slices.Reverse(d.Interactions)
	err = t.each("SELECT kind, direction, at, asks FROM interaction WHERE contact = ? AND at > ? ORDER BY at",
		[]any{c.ID, millis(t.now.AddDate(-2, 0, 0))}, func(rows *sql.Rows) error {
			i := model.Interaction{Contact: c.ID}
			err := rows.Scan(&i.Kind, &i.Direction, moment{&i.At}, &i.Asks)
			d.Happened = append(d.Happened, i)
			return err
		})
	if err != nil {
		return d, err
	}
	if d.Draft, err = t.draft(c.ID); err != nil {
		return d, err
	}
	if d.Outbox, err = t.mails("WHERE contact = ? AND state IN "+open+" ORDER BY id DESC", c.ID); err != nil {
		return d, err
	}
	d.Suppressed, err = t.suppressed(c.Email())
	return d, err
}

// Open gives everything about a contact. It changes nothing: opening is not acting.
func (s *Store) Open(ctx context.Context, contact int64) (d model.Dossier, err error) {
	err = s.read(ctx, "open the contact", func(t *tx) error {
		_, d, err = t.dossier(contact)
		d.Outdated = t.rules.Outdated(d)
		if script, ok := t.rules.Script(d, t.now); ok {
			d.Script = &script
		}
		return err
	})
	return d, err
}

// draft is what the rep has begun to write to a contact, or nil.
func (t *tx) draft(contact int64) (*model.Draft, error) {
	var d model.Draft
	err := t.one("SELECT draft FROM draft WHERE contact = ?", []any{contact}, asJSON{&d})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &d, err
}
