package store

import (
	"context"
	"fmt"
	"math"
	"slices"

	"stoke/model"
)

// Undo takes a change of the history back; id 0 means the newest that is not undone and still can be. What has changed since is kept, and
// the sentence says so. A send is taken back in its window only: where the newest change is a mail that the rep sent and that has left,
// id 0 is refused with the way to what was done before, because the rep means that mail. The undo of an adding is taken back by its id, too,
// for 30 days: what was typed is not lost.
func (s *Store) Undo(ctx context.Context, id int64) (change model.Change, says string, err error) {
	err = s.write(ctx, "undo", func(t *tx) error {
		if id == 0 {
			change, says, err = t.undoNewest()
			return err
		}
		found, err := t.changes("WHERE id = ?", id)
		switch {
		case err != nil:
			return err
		case len(found) == 0:
			return model.Errorf(model.NotFound, "There is no change %d in the history.", id)
		}
		if change = found[0]; change.Undone {
			change.Undone = false
			again, err := t.readd(change)
			if err == nil && !again {
				return model.Errorf(model.Conflict, "That was taken back already.")
			}
			says = change.Says + " again."
			return err
		}
		change.Undone = true
		says, err = t.undo(change)
		return err
	})
	return change, says, err
}

// undoNewest takes back the newest change that still can be.
func (t *tx) undoNewest() (change model.Change, says string, err error) {
	var left, refused error // why the newest mail stays, and the newest other change
	for before := int64(math.MaxInt64); ; before = change.ID {
		// A mail that left at its hour is passed over by the search alone: there may be thousands.
		found, err := t.changes(`WHERE undone = 0 AND id < ?
			AND (mail = 0 OR EXISTS (SELECT 1 FROM outgoing o WHERE o.id = change.mail AND (o.state = 'queued' OR o.single = 1)))
			ORDER BY id DESC LIMIT 1`, before)
		if err != nil {
			return change, "", err
		}
		if len(found) == 0 {
			break
		}
		change = found[0]
		change.Undone = true
		var says string
		no, err := t.attempt(left != nil, func() (err error) {
			says, err = t.undo(change)
			return err
		})
		switch {
		case err != nil:
			return change, "", err
		case no == nil && left != nil:
			return change, "", model.Errorf(model.Conflict, "%s `U` or `stoke undo %d` takes back what was before: %s.", left, change.ID, change.Says)
		case no == nil:
			return change, says, nil
		case refused != nil || left != nil:
		case change.Mail == 0:
			refused = no
		default:
			o, err := t.mail(change.Mail)
			if err != nil {
				return change, "", err
			}
			if o.Single { // others left at their hour, while the rep did something else
				left = no
			}
		}
	}
	switch {
	case left != nil:
		return change, "", left
	case refused != nil:
		return change, "", refused
	}
	return change, "", model.Errorf(model.NotFound, "There is nothing to undo.")
}

// undo takes a change back that stands, and says so.
func (t *tx) undo(change model.Change) (says string, err error) {
	says = "Undone: " + change.Says + "."
	listed := change.Verb == suppressing || change.Verb == lifting
	switch {
	case change.Mail != 0:
		return "Taken back: the mail is a draft again.", t.unsend(change)
	case change.Verb == deletion:
		return says, t.bringBack(change)
	case len(change.Steps) == 0 && !listed:
		return "", model.Errorf(model.Conflict, "Who that was about is gone. Undo the deletion first.")
	case change.Verb == adding:
		return says, t.unadd(change)
	}
	kept, err := t.takeBack(change)
	if err != nil {
		return "", err
	}
	stays, err := t.relisted(change)
	if err != nil || len(kept) == 0 && !stays {
		return says, err
	}
	who, err := t.keptFor(change, kept)
	return says + " What has changed since was kept" + who + ".", err
}

// unsend takes a mail back that has not left.
func (t *tx) unsend(change model.Change) error {
	o, err := t.mail(change.Mail)
	if err != nil {
		return err
	}
	if o.State == model.Sent {
		c, err := t.contact(o.Contact)
		if err != nil {
			return err
		}
		return model.Errorf(model.Conflict, "The mail to %s has left and stays sent.", c.Called())
	}
	_, err = t.turn(o, model.Result{Turn: model.TurnUndo})
	return err
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
		stays, err := t.relist(what, c.ID, change.ID, change.At)
		if err != nil {
			return false, err
		}
		kept = kept || stays
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
	var changed bool
	c.Contact, changed = step.TakenBack(was, steps)
	kept = kept || changed
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
	if len(change.Steps) < 2 || len(kept) == 0 {
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
