package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"stoke/model"
)

// EraseContact takes a contact away for good, out of the history, too, with whatever of it was deleted before, and writes
// the file anew, because SQLite leaves what was deleted in its free pages. What stays is a salted hash of each address, so
// that nobody writes to the person again by mistake. It cannot be undone.
func (s *Store) EraseContact(ctx context.Context, id int64) error {
	err := s.write(ctx, "erase the contact", func(t *tx) error {
		c, err := t.removable(id)
		if err != nil {
			return err
		}
		e, err := t.traces(c)
		if err != nil {
			return err
		}
		for _, address := range e.addresses {
			if err := t.erase(address); err != nil {
				return err
			}
		}
		if err := t.eraseHistory(e); err != nil {
			return err
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

// erasing is who is to be erased, as the history tells and what was deleted before.
type erasing struct {
	ids              []int64 // of this contact, and of those that were deleted
	names, addresses []string
	changes          []int64 // of the history that were about them
	deletions        []int64
	whole            []*regexp.Regexp // the names and addresses as whole words
}

func (e *erasing) knows(c *model.Contact) {
	if c == nil {
		return
	}
	e.addresses = append(e.addresses, c.Emails...)
	if c.Name != "" {
		e.names = append(e.names, c.Name, c.Called())
	}
}

func (e *erasing) did(step model.ChangeStep) {
	e.knows(step.Was)
	e.knows(step.Is)
	e.addresses = append(e.addresses, step.Suppressed...)
}

// traces finds what is kept of a contact under the addresses that it has and had. An address that has gone to somebody else
// is theirs.
func (t *tx) traces(c *stored) (*erasing, error) {
	e := &erasing{ids: []int64{c.ID}}
	e.knows(&c.Contact)
	err := t.each("SELECT change, step FROM change_step WHERE contact = ?", []any{c.ID}, func(rows *sql.Rows) error {
		var change int64
		var step model.ChangeStep
		err := rows.Scan(&change, asJSON{&step})
		e.changes = append(e.changes, change)
		e.did(step)
		return err
	})
	var own []string
	for n := 0; n < len(e.addresses) && err == nil; n++ { // what was deleted may name more of them
		address := strings.ToLower(e.addresses[n])
		if slices.Contains(own, address) {
			continue
		}
		var id int64
		if id, err = t.contactAt(address); err != nil || id != 0 && id != c.ID {
			continue
		}
		own = append(own, address)
		err = t.deleted("WHERE instr(char(10) || emails || char(10), char(10) || ? || char(10)) > 0", []any{address}, func(change, id int64, row saved) error {
			if !slices.Contains(e.deletions, change) {
				e.ids, e.deletions, e.changes = append(e.ids, id), append(e.deletions, change), append(e.changes, change)
			}
			switch row.Table {
			case "contact":
				name, _ := row.of("name").(string)
				emails, _ := row.of("emails").(string)
				e.knows(&model.Contact{Name: name, Emails: strings.Fields(emails)})
			case "change_step":
				change, _ := row.of("change").(int64)
				text, _ := row.of("step").(string)
				var step model.ChangeStep
				err := json.Unmarshal([]byte(text), &step)
				e.changes = append(e.changes, change)
				e.did(step)
				return err
			}
			return nil
		})
	}
	e.addresses = own
	return e, err
}

// deleted calls fn for every row of what was deleted and can come back.
func (t *tx) deleted(clause string, args []any, fn func(change, contact int64, row saved) error) error {
	return t.each("SELECT change, contact, rows FROM deleted "+clause, args, func(rows *sql.Rows) error {
		var change, contact int64
		var text string
		if err := rows.Scan(&change, &contact, &text); err != nil {
			return err
		}
		for decoder := json.NewDecoder(strings.NewReader(text)); decoder.More(); {
			var row saved
			if err := decoder.Decode(&row); err != nil {
				return err
			}
			if err := fn(change, contact, row); err != nil {
				return err
			}
		}
		return nil
	})
}

// erase leaves a hash of an address.
func (t *tx) erase(address string) error {
	hash, err := t.hash(address, true)
	if err != nil {
		return err
	}
	if _, err := t.exec("INSERT INTO erased (hash, at) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING", hash, millis(t.now)); err != nil {
		return err
	}
	if _, err := t.exec("DELETE FROM change WHERE id IN (SELECT change FROM suppression_change WHERE what = ?)", address); err != nil {
		return err
	}
	_, err = t.unsuppress(address) // the hash stands for it now
	return err
}

// eraseHistory forgets the changes about somebody. Those about others, too, stay theirs, without the name.
func (t *tx) eraseHistory(e *erasing) error {
	for _, change := range e.deletions { // and what they keep
		if _, err := t.exec("DELETE FROM change WHERE id = ?", change); err != nil {
			return err
		}
	}
	others := map[int64]bool{} // changes about others who were deleted and may come back
	err := t.deleted("", nil, func(change, _ int64, row saved) error {
		others[change] = true
		if row.Table == "change_step" {
			id, _ := row.of("change").(int64)
			others[id] = true
		}
		return nil
	})
	if err != nil {
		return err
	}
	in, args := these(e.ids)
	slices.Sort(e.changes)
	for _, change := range slices.Compact(e.changes) {
		var shared bool
		if err := t.one("SELECT EXISTS (SELECT 1 FROM change_step WHERE change = ? AND contact NOT IN "+in+")", append([]any{change}, args...), &shared); err != nil {
			return err
		}
		if err := t.eraseChange(change, shared || others[change], e); err != nil {
			return err
		}
	}
	return t.eraseSaid(e, others)
}

// eraseSaid forgets what was done to somebody who was deleted so long ago that they could not come back: only the sentence
// names them.
func (t *tx) eraseSaid(e *erasing, others map[int64]bool) error {
	named := map[int64]bool{} // whether the sentence is about many
	err := t.each("SELECT id, says FROM change WHERE NOT EXISTS (SELECT 1 FROM suppression_change WHERE change = change.id)", nil, func(rows *sql.Rows) error {
		var id int64
		var says string
		err := rows.Scan(&id, &says)
		if !others[id] && e.nameless(says) != says {
			named[id] = strings.HasSuffix(says, " more") || strings.Contains(says, "; left out: ")
		}
		return err
	})
	for change, many := range named {
		if err != nil {
			return err
		}
		shared, namesake := false, false
		err = t.each("SELECT id, name FROM contact WHERE id IN (SELECT contact FROM change_step WHERE change = ?)", []any{change}, func(rows *sql.Rows) error {
			var id int64
			var name string
			err := rows.Scan(&id, &name)
			if !slices.Contains(e.ids, id) {
				shared, namesake = true, namesake || e.nameless(name) != name
			}
			return err
		})
		if err == nil && !namesake && (many || !shared) {
			err = t.eraseChange(change, shared, e)
		}
	}
	return err
}

func (t *tx) eraseChange(change int64, shared bool, e *erasing) error {
	if !shared {
		_, err := t.exec("DELETE FROM change WHERE id = ?", change)
		return err
	}
	var says string
	if err := t.one("SELECT says FROM change WHERE id = ?", []any{change}, &says); err != nil {
		return err
	}
	_, err := t.exec("UPDATE change SET says = ? WHERE id = ?", e.nameless(says), change)
	return err
}

// nameless is a sentence without the names and addresses of who is erased.
func (e *erasing) nameless(says string) string {
	if e.whole == nil {
		for _, name := range slices.Concat(e.addresses, e.names) {
			e.whole = append(e.whole, regexp.MustCompile(`(?i)(^|[^\pL\pN])`+regexp.QuoteMeta(name)+`($|[^\pL\pN])`))
		}
	}
	for _, name := range e.whole {
		says = name.ReplaceAllString(says, "${1}somebody${2}")
	}
	return says
}
