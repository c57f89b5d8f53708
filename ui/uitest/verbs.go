package uitest

import (
	"context"
	"slices"

	"stoke/model"
	"stoke/model/text"
)

// Do implements ui.Desk.
func (d *Desk) Do(_ context.Context, v model.Verb, contacts ...int64) (model.Change, error) {
	defer d.mu.Unlock()
	if err := d.begin("Do"); err != nil {
		return model.Change{}, err
	}
	change := model.Change{Verb: v.Name(), At: d.now()}
	var done []model.Trial
	for _, t := range d.try(v, contacts) {
		if t.Refused != nil {
			change.Left = append(change.Left, t)
			continue
		}
		done = append(done, t)
		change.Steps = append(change.Steps, d.apply(t.Contact, t.Outcome))
	}
	if len(done) == 0 {
		return model.Change{}, change.Left[0].Refused
	}
	change.Says = model.InOneLine(done, change.Left)
	return d.remember(change), nil
}

// Try implements cli.Desk.
func (d *Desk) Try(_ context.Context, v model.Verb, contacts ...int64) ([]model.Trial, error) {
	defer d.mu.Unlock()
	if err := d.begin("Try"); err != nil {
		return nil, err
	}
	all := d.try(v, contacts)
	if !slices.ContainsFunc(all, func(t model.Trial) bool { return t.Refused == nil }) {
		return nil, all[0].Refused
	}
	return all, nil
}

func (d *Desk) try(v model.Verb, contacts []int64) (all []model.Trial) {
	aimed := model.Aimed(v, d.Rules, contacts, d.now())
	for _, id := range contacts {
		t := model.Trial{Contact: id, Who: d.dossiers[id].Contact.Called()}
		t.Outcome, t.Refused = aimed.Decide(d.Rules, *d.dossiers[id], d.now())
		all = append(all, t)
	}
	return all
}

func (d *Desk) apply(id int64, o model.Outcome) model.ChangeStep {
	dossier := d.dossiers[id]
	step := model.ChangeStep{Contact: id, Before: dossier.Contact.FollowUp, After: o.FollowUp}
	for _, in := range o.Add {
		d.add(dossier, in)
		step.Added = append(step.Added, dossier.Interactions[len(dossier.Interactions)-1].ID)
	}
	answer := dossier.Contact.FollowUp.AnswerID
	dossier.Contact.FollowUp = o.FollowUp
	dossier.Contact.FollowUp.AnswerID = answer
	if o.Deal != nil {
		dossier.Contact.Deal = o.Deal
	}
	step.Facts = o.Facts
	for _, f := range o.Facts {
		dossier.Contact = dossier.Contact.Knowing(f.Name, f.After)
	}
	for i := range o.Suppress {
		dossier.Suppressed = &o.Suppress[i]
	}
	clear(d.lists)
	return step
}

func (d *Desk) remember(c model.Change) model.Change {
	d.ids++
	c.ID = d.ids
	d.history = append(d.history, c)
	return c
}

// Send implements ui.Desk.
func (d *Desk) Send(_ context.Context, a model.Approval) (model.Change, model.Outgoing, error) {
	defer d.mu.Unlock()
	if err := d.begin("Send"); err != nil {
		return model.Change{}, model.Outgoing{}, err
	}
	id := a.Draft.Contact
	dossier := *d.dossiers[id]
	for _, o := range d.outbox {
		if o.Contact == id {
			dossier.Outbox = append(dossier.Outbox, o)
		}
	}
	d.ids++
	out, outcome, err := d.Rules.Dispatch(dossier, a, model.Envelope{MessageID: d.messageID(), From: d.Rules.Me}, d.now())
	if err != nil {
		return model.Change{}, model.Outgoing{}, err
	}
	d.ids++
	out.ID = d.ids
	d.outbox = append(d.outbox, out)
	d.before[out.ID] = dossier.Contact.FollowUp
	filled := d.Rules.Filled(dossier, a.Draft, d.now())
	step := d.apply(id, outcome)
	d.dossiers[id].Draft = nil
	return d.remember(model.Change{Verb: "send", Says: outcome.Says, At: d.now(), Mail: out.ID, Steps: []model.ChangeStep{step}, Filled: filled}), out, nil
}

// Undo implements ui.Desk.
func (d *Desk) Undo(_ context.Context, id int64) (model.Change, string, error) {
	defer d.mu.Unlock()
	if err := d.begin("Undo"); err != nil {
		return model.Change{}, "", err
	}
	for i := len(d.history) - 1; i >= 0; i-- {
		c := &d.history[i]
		if c.Undone || id != 0 && c.ID != id {
			continue
		}
		if c.Mail != 0 {
			if _, err := d.turn(c.Mail, model.TurnUndo); err != nil {
				return model.Change{}, "", err
			}
		}
		for _, step := range c.Steps {
			dossier := d.dossiers[step.Contact]
			dossier.Contact, _ = step.TakenBack(dossier.Contact, nil)
			gone := func(in model.Interaction) bool { return slices.Contains(step.Added, in.ID) }
			dossier.Interactions = slices.DeleteFunc(dossier.Interactions, gone)
			dossier.Happened = slices.DeleteFunc(dossier.Happened, gone)
		}
		c.Undone = true
		clear(d.lists)
		return *c, "Undone: " + c.Says, nil
	}
	return model.Change{}, "", model.Errorf(model.NotFound, "There is nothing to undo.")
}

// Judge implements ui.Desk.
func (d *Desk) Judge(_ context.Context, id int64, turn model.Turn) (model.Outgoing, error) {
	defer d.mu.Unlock()
	if err := d.begin("Judge"); err != nil {
		return model.Outgoing{}, err
	}
	return d.turn(id, turn)
}

// Turn lets the engine's part happen to a mail.
func (d *Desk) Turn(id int64, turn model.Turn) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, err := d.turn(id, turn)
	return err
}

func (d *Desk) turn(id int64, turn model.Turn) (model.Outgoing, error) {
	for i := range d.outbox {
		o := &d.outbox[i]
		if o.ID != id {
			continue
		}
		after, err := o.After(model.Result{Turn: turn}, d.now(), d.Rules.Rules)
		if err != nil {
			return *o, err
		}
		*o = after
		switch turn {
		case model.TurnUndo, model.TurnDrop:
			d.dossiers[o.Contact].Draft = &model.Draft{Contact: o.Contact, Account: o.Account, To: o.To, Cc: o.Cc, Subject: o.Subject, Body: o.Text,
				InReplyTo: o.InReplyTo, References: o.References, Attachments: o.Attachments, BasedOn: o.BasedOn, Edited: true, Saved: d.now()}
			d.dossiers[o.Contact].Contact.FollowUp = d.before[id]
		case model.TurnAccepted:
			d.apply(o.Contact, d.Rules.Left(*d.dossiers[o.Contact], after, d.now(), d.now(), text.Summary(after.Text, 120)))
		}
		clear(d.lists)
		return after, nil
	}
	return model.Outgoing{}, model.Errorf(model.NotFound, "There is no such mail.")
}
