package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"stoke/model"
)

// Cursor is how far a mailbox was read; the zero Cursor for one never seen.
func (s *Store) Cursor(ctx context.Context, account, mailbox string) (c model.Cursor, err error) {
	err = s.read(ctx, "look where reading stopped", func(t *tx) error {
		err := t.one("SELECT uid_validity, uid_next, below, synced FROM cursor WHERE account = ? AND mailbox = ?", []any{account, mailbox},
			&c.UIDValidity, &c.UIDNext, &c.Below, moment{&c.Synced})
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return c, err
}

func (t *tx) saveCursor(account, mailbox string, c model.Cursor) error {
	if c.Synced.IsZero() {
		c.Synced = t.now
	}
	_, err := t.exec(`INSERT INTO cursor (account, mailbox, uid_validity, uid_next, below, synced) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (account, mailbox) DO UPDATE SET uid_validity = excluded.uid_validity, uid_next = excluded.uid_next, below = excluded.below, synced = excluded.synced`,
		account, mailbox, int64(c.UIDValidity), int64(c.UIDNext), int64(c.Below), millis(c.Synced))
	return err
}

// Interesting tells which of the mails, known by their headers only, are between the rep and known contacts, or answer or
// report on our mails; only their text is fetched and stored. Mails already stored are not interesting, unless they are
// the copy that a mail of the outbox waits for.
func (s *Store) Interesting(ctx context.Context, account string, headers []model.Header) (worth []bool, err error) {
	worth = make([]bool, len(headers))
	err = s.read(ctx, "look through the new mail", func(t *tx) error {
		w := wanted{rules: t.rules}
		for _, h := range headers {
			w.header(h)
		}
		k, err := t.know(w)
		if err != nil {
			return err
		}
		for n, h := range headers {
			if worth[n], err = t.interesting(k, h); err != nil {
				return err
			}
		}
		return nil
	})
	return worth, err
}

func (t *tx) interesting(k known, h model.Header) (bool, error) {
	if id := k.mailOf(h); id != 0 {
		o, err := t.mail(id)
		if err != nil || o.State != model.Sent || !o.Copied {
			return true, err
		}
	}
	if h.MessageID != "" && k.stored[h.MessageID] {
		return false, nil
	}
	for _, id := range append([]string{h.InReplyTo}, h.References...) {
		if id != "" && k.byMessage[id] != 0 {
			return true, nil
		}
	}
	if _, ok := t.rules.LeadRule(h); ok {
		return !k.stored[h.LeadKey()], nil
	}
	people := append([]model.Address{h.From}, h.ReplyTo...) // a robot that books meetings has the person in Reply-To
	if slices.Contains(k.own, strings.ToLower(h.From.Addr)) {
		people = append(append(people, h.To...), h.Cc...)
	}
	return h.Report || slices.ContainsFunc(people, func(a model.Address) bool { return k.byAddress[strings.ToLower(a.Addr)] != 0 }), nil
}
