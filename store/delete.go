package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"stoke/model"
)

// keepDeleted is how long a deleted contact can come back.
const keepDeleted = 30 * 24 * time.Hour

// deletion is the verb of a change that took a contact away.
const deletion = "delete"

// DeleteContact takes a contact away with everything about it, as an entry of the history that can be undone for 30 days.
// Suppressions stay. A contact with mail on its way out is not deleted: what becomes of that mail could not be told any
// more.
func (s *Store) DeleteContact(ctx context.Context, id int64) (change model.Change, err error) {
	err = s.write(ctx, "delete the contact", func(t *tx) error {
		c, err := t.removable(id)
		if err != nil {
			return err
		}
		change = model.Change{Verb: deletion, Says: "Deleted " + c.Called(), At: t.now}
		if err := t.remember(&change); err != nil {
			return err
		}
		return t.setAside(change.ID, c)
	})
	return change, err
}

// setAside takes a contact away with everything about it, to come back with the undo of a deletion or once more with an
// adding that was undone.
func (t *tx) setAside(change int64, c *stored) error {
	rows, err := t.belongingsOf(c.ID)
	if err != nil {
		return err
	}
	if err := t.remove(c.ID); err != nil {
		return err
	}
	if _, err := t.exec("DELETE FROM deleted WHERE at < ?", millis(t.now.Add(-keepDeleted))); err != nil {
		return err
	}
	_, err = t.exec("INSERT INTO deleted (change, contact, emails, rows, at) VALUES (?, ?, ?, ?, ?)",
		change, c.ID, strings.Join(c.Emails, "\n"), rows, millis(t.now))
	return err
}

// removable reads a contact that has no mail between here and its reader.
func (t *tx) removable(id int64) (*stored, error) {
	c, err := t.contact(id)
	if err != nil {
		return nil, err
	}
	mails, err := t.mails("WHERE contact = ? AND state IN "+open, id)
	if err != nil {
		return nil, err
	}
	for _, o := range mails {
		if o.State.Blocks() {
			return nil, model.Errorf(model.Conflict, "A mail to %s is %s. Settle it in the outbox first.", c.Called(), o.State.Says())
		}
	}
	return c, nil
}

// remove deletes a contact's rows.
func (t *tx) remove(id int64) error {
	if err := t.unindex(id); err != nil {
		return err
	}
	_, err := t.exec("DELETE FROM contact WHERE id = ?", id)
	return err
}

// freeID is the id of a contact to come, nil for the next one: the id of somebody deleted is not given away, they may
// come back.
func (t *tx) freeID() (any, error) {
	var gone int64
	if err := t.one("SELECT coalesce(max(contact), 0) FROM deleted", nil, &gone); err != nil || gone == 0 {
		return nil, err
	}
	var last int64
	err := t.one("SELECT coalesce(max(id), 0) FROM contact", nil, &last)
	return max(gone, last) + 1, err
}

// bringBack undoes a deletion, or the undo of an adding. It is refused where somebody else has come to an address of the
// contact since.
func (t *tx) bringBack(change model.Change) error {
	var id int64
	var rows string
	err := t.one("SELECT contact, rows FROM deleted WHERE change = ?", []any{change.ID}, &id, &rows)
	if errors.Is(err, sql.ErrNoRows) {
		return model.Errorf(model.Conflict, "That was longer than 30 days ago: it cannot come back any more.")
	}
	if err != nil {
		return err
	}
	for decoder := json.NewDecoder(strings.NewReader(rows)); decoder.More(); {
		var row saved
		if err := decoder.Decode(&row); err != nil {
			return err
		}
		if err := t.putBack(row); err != nil {
			return err
		}
	}
	c, err := t.contact(id)
	if err != nil {
		return err
	}
	t.index(c)
	if err := t.settle(c); err != nil { // the clock went on meanwhile
		return err
	}
	if _, err := t.exec("DELETE FROM deleted WHERE change = ?", change.ID); err != nil {
		return err
	}
	_, err = t.exec("UPDATE change SET undone = ? WHERE id = ?", flag(change.Undone), change.ID)
	return err
}
