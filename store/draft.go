package store

import (
	"context"
	"encoding/json"
	"errors"

	"stoke/model"
)

// Compose makes a fresh draft for a contact; template "" means the best fitting one. It is not saved.
func (s *Store) Compose(ctx context.Context, contact int64, template string) (draft model.Draft, err error) {
	err = s.read(ctx, "make a draft", func(t *tx) error {
		_, d, err := t.dossier(contact)
		if err != nil {
			return err
		}
		draft, err = t.rules.Compose(d, template, t.now)
		return err
	})
	return draft, err
}

// SaveDraft keeps a draft as it stands; one a contact.
func (s *Store) SaveDraft(ctx context.Context, d model.Draft) (model.Draft, error) {
	err := s.write(ctx, "save the draft", func(t *tx) error {
		if _, err := t.contact(d.Contact); err != nil {
			return err
		}
		d.Saved = t.now.UTC()
		return t.saveDraft(d)
	})
	return d, err
}

func (t *tx) saveDraft(d model.Draft) error {
	text, err := json.Marshal(d)
	if err != nil {
		return err
	}
	_, err = t.exec("INSERT INTO draft (contact, draft) VALUES (?, ?) ON CONFLICT (contact) DO UPDATE SET draft = excluded.draft",
		d.Contact, string(text))
	return err
}

// DiscardDraft forgets the draft of a contact.
func (s *Store) DiscardDraft(ctx context.Context, contact int64) error {
	return s.write(ctx, "discard the draft", func(t *tx) error { return t.discardDraft(contact) })
}

func (t *tx) discardDraft(contact int64) error {
	_, err := t.exec("DELETE FROM draft WHERE contact = ?", contact)
	return err
}

// giveBack makes the draft that a mail came from the contact's draft again. What the rep has typed for the contact in the
// meantime stays; the text of the mail can then still be read in the outbox.
func (t *tx) giveBack(o model.Outgoing) error {
	current, err := t.draft(o.Contact)
	if err != nil || (current != nil && current.Edited) {
		return err
	}
	var d model.Draft
	if err := t.one("SELECT draft FROM outgoing WHERE id = ?", []any{o.ID}, asJSON{&d}); err != nil {
		return err
	}
	if d.Contact == 0 {
		return errors.New("the draft of the mail is gone")
	}
	d.Saved, d.Edited = t.now.UTC(), true // the rep approved these very words
	if err := t.saveDraft(d); err != nil || o.State != model.DraftAgain {
		return err
	}
	_, err = t.exec("UPDATE outgoing SET draft = NULL WHERE id = ?", o.ID) // it is whole again, and the outbox has no part in it
	return err
}

// Read marks a contact's mail as seen by the rep.
func (s *Store) Read(ctx context.Context, contact int64) error {
	return s.write(ctx, "mark the mail as read", func(t *tx) error {
		c, err := t.contact(contact)
		if err != nil || !c.FollowUp.Unread {
			return err
		}
		f := c.FollowUp
		f.Unread = false
		return t.keep(c, f)
	})
}
