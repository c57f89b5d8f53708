package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

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

// Undo takes a change of the history back; id 0 means the newest that is not undone and still can be. What has changed since is kept, and
// the sentence says so. A send is taken back in its window only.
func (s *Store) Undo(ctx context.Context, id int64) (change model.Change, says string, err error) {
	err = s.write(ctx, "undo", func(t *tx) error {
		clause, args := "WHERE id = ?", []any{id}
		if id == 0 {
			clause, args = "WHERE undone = 0 AND (mail = 0 OR mail IN (SELECT id FROM outgoing WHERE state = 'queued')) ORDER BY id DESC LIMIT 1", nil
		}
		found, err := t.changes(clause, args...)
		switch {
		case err != nil:
			return err
		case len(found) == 0 && id == 0:
			return model.Errorf(model.NotFound, "There is nothing to undo.")
		case len(found) == 0:
			return model.Errorf(model.NotFound, "There is no change %d in the history.", id)
		case found[0].Undone:
			return model.Errorf(model.Conflict, "That was taken back already.")
		}
		change = found[0]
		change.Undone = true
		if change.Mail != 0 {
			says = "Taken back: the mail is a draft again."
			o, err := t.mail(change.Mail)
			if err != nil {
				return err
			}
			_, err = t.turn(o, model.Result{Turn: model.TurnUndo})
			return err
		}
		listed := change.Verb == suppressing || change.Verb == lifting
		if len(change.Steps) == 0 && change.Mail == 0 && change.Verb != deletion && !listed {
			return model.Errorf(model.Conflict, "Who that was about is gone. Undo the deletion first.")
		}
		if change.Verb == deletion {
			says = "Undone: " + change.Says + "."
			return t.bringBack(change)
		}
		if change.Verb == adding {
			says = "Undone: " + change.Says + "."
			return t.unadd(change)
		}
		if listed {
			if err := t.relist(change.ID); err != nil {
				return err
			}
		}
		kept, err := t.takeBack(change)
		says = "Undone: " + change.Says + "."
		if kept {
			says += " What has changed since was kept."
		}
		return err
	})
	return change, says, err
}

// takeBack undoes the steps of a change, the last first, and marks it. kept tells that something had changed since.
func (t *tx) takeBack(change model.Change) (kept bool, err error) {
	for _, step := range slices.Backward(change.Steps) {
		k, err := t.stepBack(step)
		if err != nil {
			return kept, err
		}
		kept = kept || k
	}
	_, err = t.exec("UPDATE change SET undone = 1 WHERE id = ?", change.ID)
	return kept, err
}

func (t *tx) stepBack(step model.ChangeStep) (kept bool, err error) {
	c, err := t.contact(step.Contact)
	if err != nil {
		return false, err
	}
	for _, id := range step.Added {
		if _, err := t.exec("DELETE FROM interaction WHERE id = ? AND contact = ?", id, c.ID); err != nil {
			return false, err
		}
	}
	for _, what := range step.Suppressed {
		if _, err := t.unsuppress(what); err != nil {
			return false, err
		}
	}
	dealt := false // the rep changed the deal since
	if step.DealBefore != nil {
		dealt = !step.DealAfter.Same(c.Deal)
		if !dealt {
			if err := t.strike(c, step.DealBefore); err != nil {
				return false, err
			}
		}
	}
	c.FollowUp, kept = step.Undone(c.FollowUp)
	kept = kept || dealt
	if step.Was != nil {
		edited, err := t.unedit(c, step)
		if err != nil {
			return false, err
		}
		kept = kept || edited
	}
	if len(step.Facts) > 0 {
		var changed bool
		c.Contact, changed = step.Forgotten(c.Contact)
		kept = kept || changed
		if err := t.rename(c); err != nil {
			return false, err
		}
	}
	if len(step.Added) > 0 {
		return kept, t.settle(c)
	}
	return kept, t.keep(c, c.FollowUp)
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
