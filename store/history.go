package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"stoke/model"
)

// remember adds a change to the history and gives it its id.
func (t *tx) remember(c *model.Change) (err error) {
	c.ID, err = t.insert("INSERT INTO change (verb, says, at, undone, mail) VALUES (?, ?, ?, ?, ?)",
		c.Verb, c.Says, millis(c.At), flag(c.Undone), c.Mail)
	if err != nil {
		return err
	}
	for rank, step := range c.Steps {
		text, err := json.Marshal(step)
		if err != nil {
			return err
		}
		_, err = t.exec("INSERT INTO change_step (change, rank, contact, step) VALUES (?, ?, ?, ?)", c.ID, rank, step.Contact, string(text))
		if err != nil {
			return err
		}
	}
	return nil
}

// changes reads those that a clause selects, with their steps.
func (t *tx) changes(clause string, args ...any) ([]model.Change, error) {
	var all []model.Change
	err := t.each("SELECT id, verb, says, at, undone, mail FROM change "+clause, args, func(rows *sql.Rows) error {
		var c model.Change
		err := rows.Scan(&c.ID, &c.Verb, &c.Says, moment{&c.At}, &c.Undone, &c.Mail)
		all = append(all, c)
		return err
	})
	if err != nil {
		return nil, err
	}
	for i := range all {
		err := t.each("SELECT step FROM change_step WHERE change = ? ORDER BY rank", []any{all[i].ID}, func(rows *sql.Rows) error {
			var step model.ChangeStep
			err := rows.Scan(asJSON{&step})
			all[i].Steps = append(all[i].Steps, step)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// History gives the newest changes.
func (s *Store) History(ctx context.Context, limit int) (all []model.Change, err error) {
	err = s.read(ctx, "read the history", func(t *tx) error {
		all, err = t.changes("ORDER BY id DESC LIMIT ?", limit)
		return err
	})
	return all, err
}

// changeOf is the change that queued a mail.
func (t *tx) changeOf(mail int64) (model.Change, error) {
	found, err := t.changes("WHERE mail = ?", mail)
	if err == nil && len(found) == 0 {
		err = errors.New("the mail is not in the history")
	}
	if err != nil {
		return model.Change{}, err
	}
	return found[0], nil
}
