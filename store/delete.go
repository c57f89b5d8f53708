package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
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

// EraseContact takes a contact away for good, out of the history, too, with whatever of it was deleted before, and writes
// the file anew, because SQLite leaves what was deleted in its free pages. What stays is a salted hash of each address, so
// that nobody writes to the person again by mistake. It cannot be undone.
func (s *Store) EraseContact(ctx context.Context, id int64) error {
	err := s.write(ctx, "erase the contact", func(t *tx) error {
		c, err := t.removable(id)
		if err != nil {
			return err
		}
		if err := t.eraseHistory("SELECT change FROM change_step WHERE contact = ?", id); err != nil {
			return err
		}
		for _, address := range c.Emails {
			if err := t.erase(address); err != nil {
				return err
			}
		}
		if err := t.remove(id); err != nil {
			return err
		}
		_, err = t.exec("INSERT INTO find (find) VALUES ('optimize')") // deleted words stay in the index until it is merged
		return err
	})
	if err != nil {
		return err
	}
	l, err := s.writer.take(ctx)
	if err != nil {
		return fmt.Errorf("could not clean the file: %w", err)
	}
	defer s.writer.put(l)
	for _, step := range []string{"VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"} {
		if _, err := l.conn.ExecContext(ctx, step); err != nil {
			return fmt.Errorf("could not clean the file: %w", err)
		}
	}
	return nil
}

// erase leaves a hash of an address and forgets who was deleted with it.
func (t *tx) erase(address string) error {
	hash, err := t.hash(address, true)
	if err != nil {
		return err
	}
	if _, err := t.exec("INSERT INTO erased (hash, at) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING", hash, millis(t.now)); err != nil {
		return err
	}
	if _, err := t.unsuppress(address); err != nil { // the hash stands for it now
		return err
	}
	const earlier = "FROM deleted WHERE instr(char(10) || emails || char(10), char(10) || ? || char(10)) > 0"
	var all []string
	err = t.each("SELECT rows "+earlier, []any{strings.ToLower(address)}, func(rows *sql.Rows) error {
		var text string
		err := rows.Scan(&text)
		all = append(all, text)
		return err
	})
	if err != nil {
		return err
	}
	for _, text := range all {
		for decoder := json.NewDecoder(strings.NewReader(text)); decoder.More(); {
			var row saved
			if err := decoder.Decode(&row); err != nil {
				return err
			}
			if at := slices.Index(row.Columns, "change"); row.Table == "change_step" {
				if err := t.eraseHistory("SELECT ?", row.Values[at].value()); err != nil {
					return err
				}
			}
		}
	}
	return t.eraseHistory("SELECT change "+earlier, strings.ToLower(address))
}

// eraseHistory forgets the changes that a query selects, but for those of many people, whose others keep them.
func (t *tx) eraseHistory(query string, arg any) error {
	_, err := t.exec("DELETE FROM change WHERE id IN ("+query+") AND (SELECT count(DISTINCT contact) FROM change_step WHERE change = change.id) < 2", arg)
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
