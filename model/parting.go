package model

import (
	"strings"
	"time"
)

// This file knows when to move on: after the last attempt, a refusal, a second "not now" the queue itself proposes
// retirement (DOMAIN.md, "Snooze, done, retire").

// again ends the question that a second "not now" or declined meeting asks.
const again = " for the second time: know when to move on"

// Parting is the queue's proposal to move on from a contact, with the reason that fits; ok is false where it proposes
// nothing.
func (r Row) Parting() (reason Reason, ok bool) {
	f := r.Contact.FollowUp
	if r.Place.View != ViewQueue || r.Leaving != "" {
		return "", false
	}
	switch {
	case r.Place.Kind == TouchInquiry, r.Place.Kind == TouchReply, r.Place.Kind == TouchPromise:
		return "", false
	case f.OptedOut, f.Last.Kind == OptOut:
		return ReasonOptOut, true
	case f.Last.Kind == Refusal:
		return ReasonNoFit, true
	case strings.HasSuffix(f.Asks, again):
		return ReasonTiming, true
	case f.bounced() && f.Asks == "":
		return ReasonLeft, true
	case r.Place.Kind == TouchAlive && f.Next.Kind == TouchNurture:
		return ReasonNoAnswer, true
	case r.Place.Kind == TouchAlive:
		return ReasonLost, true
	}
	return "", false
}

// asksToMoveOn is the time in which a contact whose last attempt got no answer stands in the queue with that question.
// Unanswered, the question goes away: the nurture has begun by itself.
func (f FollowUp) asksToMoveOn(r Rules) (from, until time.Time, ok bool) {
	last := f.Last
	touch := Interaction{Kind: last.Kind, Direction: last.Direction}.IsTouch()
	// The nurture was planned when that mail was approved; a later decision of the rep has answered the question.
	planned := !f.Next.Since.After(last.At.Add(time.Hour))
	if f.Next.Kind != TouchNurture || !touch || !planned || f.Attempts < r.AttemptLimit(f.Warmest) {
		return from, until, false
	}
	from = last.At.AddDate(0, 0, r.MoveOnDays)
	return from, from.AddDate(0, 0, r.MoveOnFor), true
}

// OnceMore answers the proposal to move on with one more touch, today or when two mails may follow each other: it is a promise, so that the limit of attempts
// lets it through.
type OnceMore struct{}

// Name implements Verb.
func (OnceMore) Name() string { return "once more" }

// Decide implements Verb.
func (OnceMore) Decide(b Rulebook, d Dossier, now time.Time) (Outcome, error) {
	if err := live(d, now); err != nil {
		return Outcome{}, err
	}
	f := d.Contact.FollowUp
	if f.OptedOut || d.Suppressed != nil {
		return Outcome{}, Errorf(GateSuppressed, "%s must not be written to, so there is no once more.", d.Contact.Called())
	}
	from := now
	if last := lastAt(d.Happened, Interaction.wrote); !last.IsZero() { // an absence may lie between
		if free := b.Calendar.StartOfDay(b.Calendar.AddDays(last, b.Rules.MailGapDays)); free.After(now) {
			from = free
		}
	}
	at := b.endOfDay(from)
	f.Promise = Promise{At: at, ReadyAt: b.Calendar.StartOfDay(at), Words: "once more"}
	f.Next, f.Enrolment, f.Snooze, f.Asks = Touch{}, Enrolment{}, Snooze{}, ""
	return Outcome{FollowUp: b.settle(d, f, now), Says: "Once more: " + d.Contact.Called() + " is due " + sayDate(at, now)}, nil
}

// MoveOn takes the queue's proposal to move on: it retires with the reason that Parting names.
type MoveOn struct{}

// Name implements Verb.
func (MoveOn) Name() string { return "move on" }

// Decide implements Verb.
func (MoveOn) Decide(b Rulebook, d Dossier, now time.Time) (Outcome, error) {
	reason, ok := Row{Contact: d.Contact, Place: PlaceOf(d.Contact, now, b.Rules)}.Parting()
	if !ok {
		return Outcome{}, Errorf(Conflict, "Nothing proposes to move on from %s. `d` retires with a reason.", d.Contact.Called())
	}
	return Retire{Reason: reason}.Decide(b, d, now)
}
