package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
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
		if err != nil {
			return err
		}
		says = "Undone: " + change.Says + "."
		if len(kept) > 0 {
			who, err := t.keptFor(change, kept)
			says += " What has changed since was kept" + who + "."
			return err
		}
		return nil
	})
	return change, says, err
}

// takeBack undoes the steps of a change, the last first, and marks it. It gives the ids of those about whom something had
// changed since.
func (t *tx) takeBack(change model.Change) (kept []int64, err error) {
	if _, err := t.exec("UPDATE change SET undone = 1 WHERE id = ?", change.ID); err != nil {
		return nil, err
	}
	for _, step := range slices.Backward(change.Steps) {
		k, err := t.stepBack(change, step)
		if err != nil {
			return nil, err
		}
		if k && !slices.Contains(kept, step.Contact) {
			kept = append(kept, step.Contact)
		}
	}
	return kept, nil
}

func (t *tx) stepBack(change model.Change, step model.ChangeStep) (kept bool, err error) {
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
	later, err := t.since(c.ID, change.ID)
	if err != nil {
		return false, err
	}
	steps := make([]model.ChangeStep, len(later))
	for i := range later {
		steps[i] = later[i].step
	}
	was := c.Contact
	c.Contact, kept = step.TakenBack(was, steps)
	for i := range later {
		later[i].step = steps[i]
	}
	if was.FollowUp.OptedOut && !c.FollowUp.OptedOut {
		var wrote bool // what they said themselves since is never undone
		const said = "SELECT EXISTS (SELECT 1 FROM interaction WHERE contact = ? AND kind = ? AND at > ?)"
		if err := t.one(said, []any{c.ID, string(model.OptOut), millis(change.At)}, &wrote); err != nil {
			return false, err
		}
		c.FollowUp.OptedOut, kept = wrote, kept || wrote
	}
	if step.Was != nil || len(step.Facts) > 0 {
		if err := t.free(c); err != nil {
			return false, err
		}
		if err := t.rename(c); err != nil {
			return false, err
		}
	}
	if step.Was != nil || step.Dealt() {
		if err := t.strike(c, c.Deal); err != nil {
			return false, err
		}
	}
	before := c.FollowUp
	if err := t.mend(c, len(step.Added) > 0); err != nil {
		return false, err
	}
	if len(later) == 0 {
		if later, err = t.newestBefore(c.ID, change.ID); err != nil {
			return false, err
		}
	}
	if n := len(later); n > 0 && c.FollowUp != before {
		later[n-1].step.Follow(before, c.FollowUp)
	}
	return kept, t.restand(later)
}

// mend keeps the state of a contact from which a change was taken back: with what follows from the history where that is
// another one now, and with a next touch.
func (t *tx) mend(c *stored, settle bool) error {
	if !settle && t.rules.Sound(model.Dossier{Contact: c.Contact}, t.now) == c.FollowUp {
		return t.keep(c, c.FollowUp)
	}
	d, err := t.open(c)
	if err != nil {
		return err
	}
	if settle {
		d.Contact.FollowUp = t.rules.Settle(d, t.now)
	}
	return t.keep(c, t.rules.Sound(d, t.now))
}

// keptFor names about whom something had changed since, where a change was about several.
func (t *tx) keptFor(change model.Change, kept []int64) (string, error) {
	if len(change.Steps) < 2 {
		return "", nil
	}
	c, err := t.contact(kept[len(kept)-1]) // the first of them: the steps were taken back from the last
	if err != nil {
		return "", err
	}
	who := " for " + c.Called()
	if n := len(kept); n > 1 {
		who += fmt.Sprintf(" and %d more", n-1)
	}
	return who, nil
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
