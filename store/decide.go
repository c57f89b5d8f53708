package store

import (
	"context"
	"errors"
	"slices"
	"strings"

	"stoke/model"
)

// decide lets model decide about a contact and writes the outcome. Where the decision stops mails that have not left, the
// contact is first put back to where it stood without them, and the decision is asked for again from there.
func (t *tx) decide(contact int64, hash string, ask func(model.Dossier) (model.Outcome, error)) (*stored, model.Outcome, model.ChangeStep, error) {
	for {
		c, d, err := t.recall(contact)
		if err != nil {
			return nil, model.Outcome{}, model.ChangeStep{}, err
		}
		out, err := ask(d)
		if err != nil {
			return nil, model.Outcome{}, model.ChangeStep{}, err
		}
		stopped, err := t.stop(d.Outbox, out)
		if err != nil {
			return nil, model.Outcome{}, model.ChangeStep{}, err
		}
		if stopped == 0 {
			step, err := t.apply(c, out, hash)
			return c, out, step, err
		}
	}
}

// stop cancels those of a contact's mails that an outcome stops, and gives their number.
func (t *tx) stop(mails []model.Outgoing, out model.Outcome) (n int, err error) {
	for _, o := range mails {
		if !out.Stops(o) {
			continue
		}
		if _, err := t.turn(o, model.Result{Turn: model.TurnStop, Error: out.Cancel + ". Your text is back in the draft."}); err != nil {
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
		if _, err := t.suppress(s); err != nil {
			return step, err
		}
		step.Suppressed, step.Why = append(step.Suppressed, strings.ToLower(s.What)), s.Why
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
	t.changed(c)
	return t.update(updateDeal, c.opportunity(), c.ID)
}

// Do applies a verb to contacts, as one entry of the history. Of several, those about whom it is refused are left out and
// named; where it is refused about all, the first refusal is the error.
func (s *Store) Do(ctx context.Context, v model.Verb, contacts ...int64) (change model.Change, err error) {
	err = s.write(ctx, v.Name(), func(t *tx) error {
		change = model.Change{Verb: v.Name(), At: t.now.UTC()}
		if _, err := t.do(v, contacts, &change); err != nil {
			return err
		}
		return t.remember(&change)
	})
	return change, err
}

// Try says what Do would do, and changes nothing.
func (s *Store) Try(ctx context.Context, v model.Verb, contacts ...int64) (all []model.Trial, err error) {
	err = s.write(ctx, v.Name(), func(t *tx) error {
		if all, err = t.do(v, contacts, &model.Change{}); err != nil {
			return err
		}
		return errDry
	})
	if errors.Is(err, errDry) {
		err = nil
	}
	return all, err
}

func (t *tx) do(v model.Verb, contacts []int64, change *model.Change) (all []model.Trial, err error) {
	if len(contacts) == 0 {
		return nil, model.Errorf(model.Invalid, "No contact was named.")
	}
	contacts = once(contacts)
	aimed := model.Aimed(v, *t.rules, contacts, t.now)
	var did []model.Trial
	for _, id := range contacts {
		one, step, err := t.doOne(aimed, id)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
		if one.Refused != nil {
			change.Left = append(change.Left, one)
			continue
		}
		did = append(did, one)
		change.Steps = append(change.Steps, step)
	}
	if len(did) == 0 {
		return nil, all[0].Refused
	}
	change.Says = model.InOneLine(did, change.Left)
	return all, nil
}

// once is who was named, each once, in the order of the first time.
func once(contacts []int64) []int64 {
	seen := make(map[int64]bool, len(contacts))
	return slices.DeleteFunc(slices.Clone(contacts), func(id int64) bool {
		again := seen[id]
		seen[id] = true
		return again
	})
}

// doOne applies a verb to one of the contacts. What model refuses leaves no trace.
func (t *tx) doOne(v model.Verb, id int64) (model.Trial, model.ChangeStep, error) {
	one := model.Trial{Contact: id, Who: "somebody who is gone"}
	var step model.ChangeStep
	no, err := t.attempt(false, func() (err error) {
		_, one.Outcome, step, err = t.decide(id, "", func(d model.Dossier) (model.Outcome, error) {
			one.Who = d.Contact.Called()
			return v.Decide(*t.rules, d, t.now)
		})
		return err
	})
	one.Refused, one.Outcome.FollowUp = no, step.After
	return one, step, err
}
