package model

import (
	"time"
)

// Verb is something the rep does to contacts, one or many: each is a decision, is remembered in the history and can be
// undone.
type Verb interface {
	// Name is the verb's word in the history: "snooze", "retire".
	Name() string
	// Decide says what the verb does to a contact, or why it cannot.
	Decide(b Rulebook, d Dossier, now time.Time) (Outcome, error)
}

// SnoozeTo hides a contact until a moment, or until they reply (then Until may be zero and the longest wait holds).
type SnoozeTo struct {
	Until      time.Time
	UntilReply bool
	Cadence    bool // as long as the next touch would be away: it depends on the temperature
}

// Name implements Verb.
func (SnoozeTo) Name() string { return "snooze" }

// Decide implements Verb.
func (v SnoozeTo) Decide(b Rulebook, d Dossier, now time.Time) (Outcome, error) {
	until := v.Until
	if v.UntilReply && until.IsZero() {
		longest := now.AddDate(0, 0, b.Rules.UntilReplyMaxDays) // and as a computed day no free one, but for an absence as long as that
		for until = longest; until.After(now) && !b.Calendar.Workday(until); {
			until = until.AddDate(0, 0, -1)
		}
		if until = b.Calendar.Opening(until); !until.After(now) {
			until = b.Calendar.Opening(longest)
		}
	}
	if v.Cadence && until.IsZero() {
		until = b.Calendar.Opening(b.automatic(d, d.Contact.FollowUp, now).ReadyAt)
	}
	if !until.After(now) {
		return Outcome{}, Errorf(Invalid, "%s lies in the past. Try \"tomorrow\" or \"in 3 days\".", say(until, now))
	}
	if err := live(d, now); err != nil {
		return Outcome{}, err
	}
	f := b.snoozed(d.Contact, d.Contact.FollowUp, Snooze{Until: until, UntilReply: v.UntilReply}, now)
	says := "Snoozed " + d.Contact.Called() + " until " + say(until, now)
	if v.UntilReply {
		says = "Snoozed " + d.Contact.Called() + " until they reply"
	}
	return Outcome{FollowUp: b.settle(d, f, now), Says: says}, nil
}

// snoozed hides a contact and moves a planned touch that would fall due meanwhile to the day it wakes. What waits for the
// rep (a reply, an inquiry) keeps its own clock.
func (b Rulebook) snoozed(c Contact, f FollowUp, s Snooze, now time.Time) FollowUp {
	snoozedBefore := !f.Snooze.Until.IsZero() && f.Next.ReadyAt.Equal(f.Snooze.Until) // a shorter snooze brings it back sooner
	f.Snooze, f.Sorted = s, true
	if f.Next.Kind != TouchReply && f.Next.Kind != TouchInquiry && (snoozedBefore || f.Next.ReadyAt.Before(s.Until)) {
		f.Next.ReadyAt, f.Next.DueAt, f.Next.AmberAt = s.Until, b.endOfDay(s.Until), time.Time{}
		if !f.Next.GoesAt.IsZero() {
			f.Next = b.goes(c, f.Next)
		}
		if f.Next.Kind == "" && f.Promise.At.IsZero() {
			f.Next.Kind, f.Next.Since = TouchNext, now
		}
	}
	return f
}

// PromiseFor sets the next touch to a date that the rep or the contact named.
type PromiseFor struct {
	At    time.Time
	Words string
}

// Name implements Verb.
func (PromiseFor) Name() string { return "promise" }

// Decide implements Verb.
func (v PromiseFor) Decide(b Rulebook, d Dossier, now time.Time) (Outcome, error) {
	if !v.At.After(now) {
		return Outcome{}, Errorf(Invalid, "%s lies in the past. Try \"friday 2pm\".", say(v.At, now))
	}
	if err := live(d, now); err != nil {
		return Outcome{}, err
	}
	f := d.Contact.FollowUp
	f.Promise = Promise{At: v.At, ReadyAt: b.Calendar.StartOfDay(v.At), Words: v.Words}
	f.Next, f.Enrolment, f.Snooze, f.Sorted = Touch{}, Enrolment{}, Snooze{}, true
	return Outcome{FollowUp: b.settle(d, f, now), Says: "Promised " + d.Contact.Called() + " for " + say(v.At, now)}, nil
}

// HandledWithout is done: handled without mail; the next touch comes by the sequence.
type HandledWithout struct{}

// Name implements Verb.
func (HandledWithout) Name() string { return "done" }

// Decide implements Verb.
func (HandledWithout) Decide(b Rulebook, d Dossier, now time.Time) (Outcome, error) {
	if err := live(d, now); err != nil {
		return Outcome{}, err
	}
	f := d.Contact.FollowUp
	f.Sorted = true
	f = b.settle(d, b.afterTouch(d, f, now), now)
	return Outcome{FollowUp: f, Says: d.Contact.Called() + " handled, next " + b.nextSays(f, now)}, nil
}

// nextSays names the next touch: a promise with its hour, a planned touch with its day.
func (b Rulebook) nextSays(f FollowUp, now time.Time) string {
	switch at := f.Next.ReadyAt; {
	case !f.Promise.At.IsZero() && (at.IsZero() || f.Promise.At.Before(at)):
		return say(f.Promise.At, now)
	case !at.IsZero():
		return sayDate(at, now)
	}
	return "nothing planned"
}

// Retire takes a contact out, with a reason. Until is the date that the contact named, for bad timing.
type Retire struct {
	Reason Reason
	Until  time.Time
}

// Name implements Verb.
func (Retire) Name() string { return "retire" }

// Decide implements Verb.
func (v Retire) Decide(b Rulebook, d Dossier, now time.Time) (Outcome, error) {
	if _, err := ParseReason(string(v.Reason)); err != nil {
		return Outcome{}, err
	}
	f := d.Contact.FollowUp
	if !f.Live(now) {
		return Outcome{}, Errorf(Conflict, "%s is retired already (%s). `stoke revive`, or D, brings them back.", d.Contact.Called(), f.Retired.Reason.Says())
	}
	if d.Contact.Deal != nil && d.Contact.Deal.Closed == "won" && v.Reason == ReasonLost {
		return Outcome{}, Errorf(Conflict, "The deal with %s is won. Name another reason, or change the deal first.", d.Contact.Called())
	}
	until := v.Until
	if days := b.Rules.RetireDays[v.Reason]; until.IsZero() && days > 0 {
		from := f.Last.At
		if from.IsZero() || from.AddDate(0, 0, days).Before(now) {
			from = now
		}
		until = b.Calendar.Opening(b.Calendar.NextWorkday(from.In(b.Calendar.Zone()).AddDate(0, 0, days)))
	}
	if !until.IsZero() && !until.After(now) {
		return Outcome{}, Errorf(Invalid, "%s lies in the past.", say(until, now))
	}
	f.Retired = Retirement{At: now, Reason: v.Reason, Until: until}
	f.Snooze, f.Enrolment, f.Promise, f.Next, f.Sorted, f.Unread, f.MeetsAt = Snooze{}, Enrolment{}, Promise{}, Touch{}, true, false, time.Time{}
	out := Outcome{Cancel: d.Contact.Called() + " was retired"}
	switch {
	case !until.IsZero() && v.Reason == ReasonTiming && !v.Until.IsZero():
		f.Promise = Promise{At: until, ReadyAt: b.Calendar.StartOfDay(until), Words: "the date they named"}
	case !until.IsZero():
		f.Next = Touch{Kind: TouchNurture, Since: now, ReadyAt: until, DueAt: b.endOfDay(until)}
		if v.Until.IsZero() {
			if f.Next = b.withRoom(d.Contact.ID, f.Next); f.Next.ReadyAt.After(until) {
				until = b.Calendar.Opening(f.Next.ReadyAt)
				f.Next.ReadyAt, f.Retired.Until = until, until
			}
		}
	}
	switch v.Reason {
	case ReasonOptOut:
		f.OptedOut = true
		for _, address := range d.Contact.Emails {
			out.Suppress = append(out.Suppress, Suppression{What: address, Why: "asked not to be contacted", At: now})
		}
	case ReasonLeft:
		if address := d.Contact.Email(); address != "" {
			out.Suppress = append(out.Suppress, Suppression{What: address, Why: "left the company", At: now})
		}
	case ReasonLost:
		if d.Contact.Deal.Open() {
			deal := *d.Contact.Deal
			deal.Closed = "lost"
			out.Deal, d.Contact.Deal = &deal, &deal
		}
	}
	out.FollowUp = b.settle(d, f, now)
	out.Says = "Retired " + d.Contact.Called() + ": " + v.Reason.Says()
	if v.Reason == ReasonWrongPerson && d.unmailable() == nil {
		out.Says += "; the next draft asks who is right"
	}
	if !until.IsZero() {
		out.Says += ", back " + say(until, now)
	}
	return out, nil
}

// Revive brings a retired contact back, or wakes a snoozed one: it is ready now.
type Revive struct{}

// Name implements Verb.
func (Revive) Name() string { return "revive" }

// Decide implements Verb.
func (Revive) Decide(b Rulebook, d Dossier, now time.Time) (Outcome, error) {
	f := d.Contact.FollowUp
	switch {
	case !f.Live(now):
		f.Retired, f.Promise = Retirement{}, Promise{}
		f.Next = Touch{Kind: TouchNext, Since: now, ReadyAt: now, DueAt: b.endOfDay(now)}
	case f.Snoozed(now):
		f.Snooze = Snooze{}
		if f.Next.ReadyAt.After(now) {
			f.Next.ReadyAt, f.Next.DueAt = now, b.endOfDay(now)
		}
		if !f.Next.GoesAt.IsZero() { // the snooze had moved it
			f.Next = b.goes(d.Contact, f.Next)
		}
	default:
		return Outcome{}, Errorf(Conflict, "%s is neither retired nor snoozed.", d.Contact.Called())
	}
	says := d.Contact.Called() + " is back"
	if f.OptedOut || d.Suppressed != nil {
		says += ", but must not be mailed"
	}
	return Outcome{FollowUp: b.settle(d, f, now), Says: says}, nil
}

// PinTo sets the temperature by hand; nil lifts the pin. It lapses after Rules.PinDays.
type PinTo struct{ Temperature *Temperature }

// Name implements Verb.
func (PinTo) Name() string { return "pin" }

// Decide implements Verb.
func (v PinTo) Decide(b Rulebook, d Dossier, now time.Time) (Outcome, error) {
	f := d.Contact.FollowUp
	if v.Temperature == nil {
		f.Pin = Pin{}
		return Outcome{FollowUp: b.settle(d, f, now), Says: d.Contact.Called() + " is no longer pinned"}, nil
	}
	f.Pin = Pin{Temperature: *v.Temperature, Until: now.AddDate(0, 0, b.Rules.PinDays)}
	return Outcome{FollowUp: b.settle(d, f, now),
		Says: d.Contact.Called() + " is pinned " + v.Temperature.String() + " until " + say(f.Pin.Until, now)}, nil
}

// Enrol puts a contact into a sequence; the one it is in, if any, ends.
type Enrol struct {
	Sequence string
	At       time.Time // of the first step; zero: by its own wait
}

// Name implements Verb.
func (Enrol) Name() string { return "enrol" }

// Decide implements Verb.
func (v Enrol) Decide(b Rulebook, d Dossier, now time.Time) (Outcome, error) {
	s, ok := b.Sequences.Find(v.Sequence)
	if !ok {
		return Outcome{}, Errorf(NotFound, "There is no sequence %q. `stoke sequences list` shows them.", v.Sequence)
	}
	if err := live(d, now); err != nil {
		return Outcome{}, err
	}
	f := d.Contact.FollowUp
	if err := d.unmailable(); err != nil {
		return Outcome{}, err
	}
	if f.Next.Kind == TouchReply || f.Next.Kind == TouchInquiry {
		return Outcome{}, Errorf(Conflict, "%s waits for your answer. Answer first, or mark it done.", d.Contact.Called())
	}
	f.Sorted, f.Snooze, f.MeetsAt = true, Snooze{}, time.Time{}
	f = b.enrolled(d.Contact, f, s.Name, now)
	if v.At.IsZero() {
		f.Next = b.spaced(d.Contact, f, now)
	} else {
		if !v.At.After(now) {
			return Outcome{}, Errorf(Invalid, "%s lies in the past.", say(v.At, now))
		}
		f.Next.ReadyAt, f.Next.DueAt = v.At, b.endOfDay(v.At)
		if !f.Next.GoesAt.IsZero() {
			f.Next = b.goes(d.Contact, f.Next)
		}
	}
	return Outcome{FollowUp: b.settle(d, f, now), Says: "Enrolled " + d.Contact.Called() + " in " + s.Name + ", next " + b.nextSays(f, now)}, nil
}

// StopSequence takes a contact out of its sequence; the next touch sets itself.
type StopSequence struct{}

// Name implements Verb.
func (StopSequence) Name() string { return "stop" }

// Decide implements Verb.
func (StopSequence) Decide(b Rulebook, d Dossier, now time.Time) (Outcome, error) {
	f := d.Contact.FollowUp
	if f.Enrolment.Sequence == "" {
		return Outcome{}, Errorf(Conflict, "%s is in no sequence.", d.Contact.Called())
	}
	name := f.Enrolment.Sequence
	f.Enrolment = Enrolment{}
	if f.Next.Kind == TouchStep || f.Next.Kind == TouchFirst {
		f.Next = b.onItsOwn(d, f, now)
	}
	return Outcome{FollowUp: b.settle(d, f, now), Says: d.Contact.Called() + " left the sequence " + name + ", next " + b.nextSays(f, now)}, nil
}

func live(d Dossier, now time.Time) error {
	if f := d.Contact.FollowUp; !f.Live(now) {
		return Errorf(Conflict, "%s is retired (%s). `D` or `stoke revive` brings them back first.", d.Contact.Called(), f.Retired.Reason.Says())
	}
	return nil
}
