package model

import "time"

// Ripe says whether the step of a sequence that runs by itself may enter the outbox now, and as what. It may when its hour
// has come, and its draft has no blank, was not written by hand, and passes every gate; otherwise why says what it waits
// for, and it is the rep's (DOMAIN.md, "Who sends?"). Both are empty for a contact whose hour has not come.
func (b Rulebook) Ripe(d Dossier, now time.Time) (a Approval, why string, err error) {
	f := d.Contact.FollowUp
	if f.Next.GoesAt.IsZero() || now.Before(f.Next.GoesAt) || f.Asks != "" || !f.Live(now) || f.Snoozed(now) {
		return Approval{}, "", nil
	}
	draft, why, err := b.needsKey(d, now)
	if err != nil || why != "" {
		return Approval{}, why, err
	}
	a = Approval{Draft: draft}
	if err := b.Gate(d, a, now); err != nil {
		return Approval{}, err.Error(), nil
	}
	return a, "", nil
}

// needsKey is the draft of a step that runs by itself, and why it waits for the rep's key whatever its hour; "" where it does not.
func (b Rulebook) needsKey(d Dossier, now time.Time) (draft Draft, why string, err error) {
	if d.Draft != nil && d.Draft.Edited {
		return Draft{}, "you began the draft by hand: it waits for your key", nil
	}
	if draft, err = b.Compose(d, "", now); err != nil {
		return Draft{}, "", err
	}
	if blanks := draft.Blanks(); len(blanks) > 0 {
		why = "the draft has a blank, " + blanks[0] + ": it waits for your key"
	}
	return draft, why, nil
}

// Foreseen is a row of a contact as it is once the hour of a mail has come that would go by itself: one that needs the
// rep's key says so from the beginning.
func (b Rulebook) Foreseen(r Row, d Dossier, now time.Time) Row {
	f := &r.Contact.FollowUp
	if f.Asks != "" || !f.Next.GoesAt.After(now) {
		return r
	}
	_, why, err := b.needsKey(d, now)
	if err != nil {
		why = err.Error()
	}
	if why != "" {
		f.Next.GoesAt, f.Asks = time.Time{}, why
	}
	return r
}

// HoldStep keeps a mail that would go by itself for the rep's key.
type HoldStep struct{ Why string }

// Name implements Verb.
func (HoldStep) Name() string { return "hold" }

// Decide implements Verb.
func (v HoldStep) Decide(b Rulebook, d Dossier, now time.Time) (Outcome, error) {
	f := d.Contact.FollowUp
	if f.Next.GoesAt.IsZero() {
		return Outcome{}, Errorf(Conflict, "No mail to %s would go by itself.", d.Contact.Called())
	}
	f.Next.GoesAt, f.Asks = time.Time{}, v.Why
	return Outcome{FollowUp: b.settle(d, f, now), Says: "Held: the mail to " + d.Contact.Called() + " waits for you"}, nil
}
