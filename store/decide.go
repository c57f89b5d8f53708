package store

import (
	"context"
	"fmt"
	"slices"

	"stoke/model"
)

// decide lets model decide about a contact and writes the outcome. Where the decision stops mails that have not left, the
// contact is first put back to where it stood without them, and the decision is asked for again from there.
func (t *tx) decide(contact int64, hash string, ask func(model.Dossier) (model.Outcome, error)) (*stored, model.Outcome, model.ChangeStep, error) {
	for {
		c, d, err := t.dossier(contact)
		if err != nil {
			return nil, model.Outcome{}, model.ChangeStep{}, err
		}
		out, err := ask(d)
		if err != nil {
			return nil, model.Outcome{}, model.ChangeStep{}, err
		}
		stopped := 0
		if out.Cancel != "" {
			if stopped, err = t.stop(d.Outbox, out.Cancel); err != nil {
				return nil, model.Outcome{}, model.ChangeStep{}, err
			}
		}
		if stopped == 0 {
			step, err := t.apply(c, out, hash)
			return c, out, step, err
		}
	}
}

// stop cancels those of a contact's mails whose dot has not left, and gives their number.
func (t *tx) stop(mails []model.Outgoing, why string) (n int, err error) {
	for _, o := range mails {
		if o.State != model.Queued && o.State != model.Claimed {
			continue
		}
		if _, err := t.turn(o, model.Result{Turn: model.TurnStop, Error: why + ". Your text is back in the draft."}); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// apply writes an outcome: interactions, suppressions, the deal, and the contact's new state.
func (t *tx) apply(c *stored, out model.Outcome, hash string) (model.ChangeStep, error) {
	step := model.ChangeStep{Contact: c.ID, Before: c.FollowUp}
	f := out.FollowUp
	for n, i := range out.Add {
		if n > 0 {
			hash = "" // of the mail, which comes first
		}
		id, err := t.record(i, hash)
		if err != nil {
			return step, err
		}
		if id == 0 {
			continue
		}
		step.Added = append(step.Added, id)
		if answers(i) && out.Cancel != "" { // what stops mail on its way is what a draft has to know of; old mail is not
			f.AnswerID = id
		}
	}
	for _, s := range out.Suppress {
		added, err := t.suppress(s)
		if err != nil {
			return step, err
		}
		if added {
			step.Suppressed = append(step.Suppressed, s.What)
		}
	}
	if out.Deal != nil {
		step.DealBefore, step.DealAfter = c.Deal, out.Deal
		if err := t.strike(c, out.Deal); err != nil {
			return step, err
		}
	}
	if len(out.Facts) > 0 {
		step.Facts = out.Facts
		for _, fact := range out.Facts {
			c.Contact = c.Knowing(fact.Name, fact.After)
		}
		if err := t.rename(c); err != nil {
			return step, err
		}
	}
	if err := t.keep(c, f); err != nil {
		return step, err
	}
	step.After = c.FollowUp
	return step, nil
}

// strike stores a contact's deal; the caller keeps the state afterwards, because the place depends on the deal.
func (t *tx) strike(c *stored, deal *model.Deal) error {
	c.Deal, c.hasDeal, c.deal = nil, deal != nil, model.Deal{}
	if deal != nil {
		own := *deal
		c.Deal, c.deal = &own, own
	}
	return t.update(updateDeal, c.opportunity(), c.ID)
}

// Do applies a verb to contacts, all or none, as one entry of the history.
func (s *Store) Do(ctx context.Context, v model.Verb, contacts ...int64) (change model.Change, err error) {
	err = s.write(ctx, v.Name(), func(t *tx) error {
		change = model.Change{Verb: v.Name(), At: t.now.UTC()}
		aimed := model.Aimed(v, *t.rules, contacts, t.now)
		var done []int64
		for _, id := range contacts {
			if slices.Contains(done, id) {
				continue
			}
			done = append(done, id)
			_, out, step, err := t.decide(id, "", func(d model.Dossier) (model.Outcome, error) { return aimed.Decide(*t.rules, d, t.now) })
			if err != nil {
				return err
			}
			change.Steps = append(change.Steps, step)
			if change.Says == "" {
				change.Says = out.Says
			}
		}
		switch n := len(change.Steps); n {
		case 0:
			return model.Errorf(model.Invalid, "No contact was named.")
		case 1:
		default:
			change.Says += fmt.Sprintf(", and %d more", n-1)
		}
		return t.remember(&change)
	})
	return change, err
}
