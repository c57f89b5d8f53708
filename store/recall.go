package store

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"stoke/model"
)

// recollection is what Receive knows of the contacts about whom it decided last, as long as nobody else writes. An old
// mailbox brings mails of the same people batch after batch, and to read for each mail all that was said before would
// take more time than everything else.
//
// It is written through: what it holds is also in the database. Whatever changes a contact beside it forgets that contact.
type recollection struct {
	people  map[int64]*recalled
	held    int       // interactions
	since   time.Time // what counts falls out of the last two years, so it is believed for a short while only
	writes  int64     // transactions of this process, and
	version int64     // the state of the database that others change, when it was last true
}

// recalled is one contact and the light dossier about it: no texts, no recipients.
type recalled struct {
	c *stored
	d model.Dossier
}

const (
	recallMost = 20_000 // interactions, of some 700 octets each
	recallFor  = time.Minute
)

// writeRecalling is write for the one use case that decides about the same contacts again and again.
func (s *Store) writeRecalling(ctx context.Context, what string, fn func(*tx) error) error {
	var keep *recollection
	err := s.write(ctx, what, func(t *tx) error {
		r := s.recollection.Swap(nil) // whatever fails forgets
		var version int64
		if err := t.one("PRAGMA data_version", nil, &version); err != nil {
			return err
		}
		if r == nil || r.writes+1 != s.writes || r.version != version || r.held > recallMost || t.now.Sub(r.since).Abs() > recallFor {
			r = &recollection{people: map[int64]*recalled{}, since: t.now, version: version}
		}
		r.writes, t.recalls, keep = s.writes, r, r
		return fn(t)
	})
	if err == nil {
		s.recollection.Store(keep)
	}
	return err
}

// recall is dossier, from memory where that is true. What was said is given without its words.
func (t *tx) recall(contact int64) (*stored, model.Dossier, error) {
	if t.recalls == nil {
		return t.dossier(contact)
	}
	if r := t.recalls.people[contact]; r != nil {
		return r.c, r.d, nil
	}
	c, err := t.contact(contact)
	if err != nil {
		return nil, model.Dossier{}, err
	}
	d, err := t.openWith(c, t.said)
	if err != nil {
		return nil, model.Dossier{}, err
	}
	t.recalls.people[contact] = &recalled{c, d}
	t.recalls.held += len(d.Interactions) + len(d.Happened)
	return c, d, nil
}

// said reads the last of what was said to and by a contact, without its words, newest first.
func (t *tx) said(contact int64) (all []model.Interaction, err error) {
	err = t.each("SELECT id, kind, direction, at, asks, guessed, account, message_id, in_reply_to, subject FROM interaction WHERE contact = ? ORDER BY at DESC, id DESC LIMIT ?",
		[]any{contact, thread}, func(rows *sql.Rows) error {
			i := model.Interaction{Contact: contact}
			err := rows.Scan(&i.ID, &i.Kind, &i.Direction, moment{&i.At}, &i.Asks, &i.Guessed, &i.Account, &i.MessageID, &i.InReplyTo, &i.Subject)
			all = append(all, i)
			return err
		})
	return all, err
}

// forget drops what is remembered of a contact that was changed by other means than through its recollection.
func (t *tx) forget(contact int64) {
	if t.recalls != nil {
		delete(t.recalls.people, contact)
	}
}

// changed tells the recollection of a contact what was stored of it.
func (t *tx) changed(c *stored) {
	if t.recalls == nil {
		return
	}
	if r := t.recalls.people[c.ID]; r != nil && r.c == c {
		r.d.Contact = c.Contact
	} else {
		delete(t.recalls.people, c.ID)
	}
}

// happened tells the recollection of a contact what was recorded. Whoever was given its dossier has decided by now.
func (t *tx) happened(i model.Interaction) {
	if t.recalls == nil {
		return
	}
	r := t.recalls.people[i.Contact]
	if r == nil {
		return
	}
	i.At = fromMillis(millis(i.At)) // as it would be read
	i = model.Interaction{
		ID: i.ID, Contact: i.Contact, Kind: i.Kind, Direction: i.Direction, At: i.At, Asks: i.Asks, Guessed: i.Guessed,
		Account: i.Account, MessageID: i.MessageID, InReplyTo: i.InReplyTo, Subject: i.Subject,
	}
	later := func(old model.Interaction, at time.Time) int {
		if old.At.After(at) {
			return 1
		}
		return -1
	}
	at, _ := slices.BinarySearchFunc(r.d.Interactions, i.At, later)
	r.d.Interactions = slices.Insert(r.d.Interactions, at, i)
	if over := len(r.d.Interactions) - thread; over > 0 {
		r.d.Interactions = r.d.Interactions[over:]
	}
	if i.At.After(t.now.AddDate(-2, 0, 0)) {
		at, _ = slices.BinarySearchFunc(r.d.Happened, i.At, later)
		r.d.Happened = slices.Insert(r.d.Happened, at, model.Interaction{Contact: i.Contact, Kind: i.Kind, Direction: i.Direction, At: i.At, Asks: i.Asks})
	}
	t.recalls.held += 2
}
