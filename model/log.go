package model

import (
	"slices"
	"time"

	"stoke/model/signal"
	"stoke/model/text"
)

// Log records what happened outside of mail; it starts the kind of follow-up that the event asks for.
type Log struct {
	Kind Kind
	At   time.Time // zero: now
	Note string
}

// Name implements Verb.
func (Log) Name() string { return "log" }

// ParseKind reads a kind that can be logged.
func ParseKind(s string) (Kind, error) {
	for _, k := range Kinds() {
		if string(k) == s {
			return k, nil
		}
	}
	return "", Errorf(Invalid, "%q cannot be logged. One of: inquiry demo pricing call no-answer voicemail busy wrong-number text meeting booked event met download purchase proposal referral not-now refusal opt-out note.", s)
}

// Decide implements Verb.
func (v Log) Decide(b Rulebook, d Dossier, now time.Time) (Outcome, error) {
	if _, err := ParseKind(string(v.Kind)); err != nil {
		return Outcome{}, err
	}
	at := v.At
	if at.IsZero() {
		at = now
	}
	starts := at
	if at.After(now) {
		if v.Kind != Booked {
			return Outcome{}, Errorf(Invalid, "That lies ahead. Log what has happened, or promise it for then.")
		}
		at = now // the meeting lies ahead, its booking does not
	}
	i := Interaction{Contact: d.Contact.ID, Kind: v.Kind, Direction: direction(v.Kind), At: at,
		Summary: text.Summary(firstOf(v.Note, did(v.Kind, direction(v.Kind))), 120), Text: text.Clean(v.Note)}
	if starts.After(now) {
		i.Summary = text.Summary(sayMeeting(signal.Meeting{Act: signal.MeetingBooked, Starts: starts}, v.Note, b.Calendar.Zone()), 120)
	}
	f := d.Contact.FollowUp
	out := Outcome{Add: []Interaction{i}, Says: "Logged for " + d.Contact.Called() + ": " + did(v.Kind, direction(v.Kind))}
	if v.Kind == Note {
		out.FollowUp = b.settle(d, f, now, i)
		return out, nil
	}
	f.Sorted = true
	if i.IsAnswer() && i.Kind != NotNow && i.Kind != Refusal && i.Kind != OptOut && !f.Live(now) {
		f.Retired = Retirement{} // something happened with them: they are back
		out.Says += " and is back"
	}
	if i.IsTouch() && i.Kind != Text && (f.Next.Kind == TouchInquiry || f.Next.Kind == TouchReply) {
		out.FollowUp = b.settle(d, f, now, i) // nobody was reached: who waits for an answer goes on waiting
		return out, nil
	}
	if i.IsTouch() {
		f = b.settle(d, f, now, i)
		out.FollowUp = b.settle(d, b.afterTouch(d, f, now), now, i)
		return out, nil
	}
	if v.Kind == WrongNumber && f.Next.Kind == TouchStep && f.Next.Channel != "mail" {
		f = b.settle(d, f, now, i) // it reached nobody, so it is no attempt; the sequence goes on by another way
		out.FollowUp = b.settle(d, b.afterTouch(d, f, now), now, i)
		return out, nil
	}
	f = b.settle(d, f, now, i)
	f, out.Cancel = b.happened(d, f, i, now)
	out.Spares = v.Kind == Call || v.Kind == Booked || v.Kind == Purchase
	if starts.After(now) {
		f.MeetsAt = starts
		f.Next = b.afterMeeting(d, f, starts, now)
	}
	if v.Kind == Purchase {
		f.WarmUntil = at.AddDate(0, 0, b.Rules.CustomerWarmDays)
		if d.Contact.Deal.Open() {
			deal := *d.Contact.Deal
			deal.Closed = "won"
			out.Deal, d.Contact.Deal = &deal, &deal
		}
	}
	out.FollowUp = b.settle(d, f, now, i)
	return out, nil
}

// happened sets the next touch that an event asks for (DOMAIN.md, "Kinds of follow-up"), and says why mail on its way
// must not leave any more.
func (b Rulebook) happened(d Dossier, f FollowUp, i Interaction, now time.Time) (FollowUp, string) {
	stop := d.Contact.Called() + " " + i.Did()
	if q, ok := b.Sequences.Find(f.Enrolment.Sequence); ok && slices.Contains(q.Stop, string(i.Kind)) && !i.At.Before(f.Enrolment.Since) {
		f.Enrolment = Enrolment{} // by a stop of its own
		if f.Next.Kind == TouchStep || f.Next.Kind == TouchFirst {
			f.Next = b.onItsOwn(d, f, now)
		}
		f, _ = b.happened(d, f, i, now)
		return f, stop
	}
	if b.goesOn(f, i) {
		if i.Kind == Purchase {
			f.Enrolment = b.bought(d.Contact, i.At, now) // the answer they wait for is the thank-you
			return f, stop
		}
		return f, ""
	}
	switch i.Kind {
	case Meeting, EventSeen, Met, Purchase, Refusal, OptOut:
		f.Snooze = Snooze{} // it was set before this, and this wants the rep within days
	}
	switch i.Kind {
	case Inquiry, Demo, Pricing:
		f.Enrolment, f.Snooze = Enrolment{}, Snooze{}
		if !f.Live(now) && f.Retired.Reason != ReasonOptOut {
			f.Retired = Retirement{}
		}
		if b.late(i, now) {
			f.Next = b.automatic(d, f, now)
			return f, stop
		}
		f.Next = b.inquiry(i)
		return f, stop
	case Call, Booked:
		f.Enrolment = Enrolment{}
		f.keepPromise(now)
		f.Next = b.onItsOwn(d, f, now)
		return f, stop
	case Meeting:
		f.keepPromise(now)
		f.MeetsAt = time.Time{}
		if f = b.enrolled(d.Contact, f, "sales", b.from(i, now)); b.late(i, now) {
			return f, ""
		}
		f.Next = b.first(f.Next, b.planned(TouchFirst, i.At, b.Rules.AfterMeeting))
		return f, ""
	case EventSeen, Met:
		if !b.runs(f, "sales", "deal", afterPurchase) { // else its next step is what is due
			f = b.enrolled(d.Contact, f, "event", b.from(i, now))
		}
		if b.late(i, now) {
			return f, ""
		}
		due := i.At.Add(b.Rules.AfterEvent)
		if !b.Calendar.Workday(due) {
			due = b.Calendar.NextWorkday(due)
			if noon := b.Calendar.StartOfDay(due).Add(morning); due.After(noon) {
				due = noon
			}
		}
		f.Next = b.first(f.Next, Touch{Kind: TouchFirst, Since: i.At, ReadyAt: i.At, DueAt: due})
		return f, ""
	case Proposal:
		name := "sales"
		if d.Contact.Deal.Open() {
			name = "deal"
		}
		from := b.from(i, now)
		f = b.enrolled(d.Contact, f, name, from)
		t := b.planned(TouchStep, from, b.Rules.AfterProposal)
		t.Sequence, t.Step, t.Of, t.Channel, t.Template = f.Next.Sequence, f.Next.Step, f.Next.Of, f.Next.Channel, f.Next.Template
		f.Next = t
		return f, ""
	case Purchase:
		f.MeetsAt = time.Time{}
		f.Enrolment = b.bought(d.Contact, i.At, now)
		if t, ok := b.step(d.Contact, f.Enrolment, b.stepFrom(d.Contact, f.Enrolment)); ok {
			f.Next = t
			return f, stop
		}
		f.Enrolment, f.Next = Enrolment{}, b.nurture(d.Contact.ID, now, b.Rules.NurtureDays)
		return f, stop
	case Download:
		return b.enrolled(d.Contact, f, "download", b.from(i, now)), ""
	case Referral:
		f.Next = Touch{Kind: TouchNext, Since: i.At, ReadyAt: i.At, DueAt: b.endOfDay(now)}
		return f, ""
	case NotNow:
		f.Enrolment = Enrolment{}
		f.Next = b.inDays(TouchNext, now, b.Rules.NextCold)
		if slices.ContainsFunc(d.Happened, Interaction.putsOff) {
			f.Asks, f.Next = i.Did()+again, Touch{Kind: TouchNext, Since: i.At, ReadyAt: now}
		}
		return f, stop
	case Refusal, OptOut:
		f.Enrolment = Enrolment{}
		f.OptedOut = f.OptedOut || i.Kind == OptOut
		f.Promise, f.MeetsAt = Promise{}, time.Time{}
		f.Next = Touch{Kind: TouchNext, Since: i.At, ReadyAt: now}
		return f, stop
	}
	return f, ""
}

// morning is the end of a morning, after midnight.
const morning = 12 * time.Hour

// goesOn tells whether a follow-up goes on as it is: the event answers nobody who waits, was before they began to wait, or is
// weaker than what runs.
func (b Rulebook) goesOn(f FollowUp, i Interaction) bool {
	weak := false
	switch i.Kind {
	case Download, Referral:
		weak = b.runs(f, "sales", "deal", afterPurchase) || f.Next.Kind == TouchAlive
	case EventSeen, Met:
	case Call, Meeting, Proposal, Purchase:
	default:
		return false
	}
	if f.Next.Kind != TouchInquiry && f.Next.Kind != TouchReply {
		return weak
	}
	return i.At.Before(f.Next.Since) || i.Kind != Call && i.Kind != Meeting && i.Kind != Proposal
}

// late tells whether something was noted down so long after it happened that it is history and no alarm.
func (b Rulebook) late(i Interaction, now time.Time) bool { return now.Sub(i.At) > b.Rules.InquiryOld }

// from is when a follow-up begins that an event starts: with the event, or now where that was long ago.
func (b Rulebook) from(i Interaction, now time.Time) time.Time {
	if b.late(i, now) {
		return now
	}
	return i.At
}

// runs tells whether a sequence of one of some kinds is under way.
func (b Rulebook) runs(f FollowUp, kinds ...string) bool {
	s, ok := b.Sequences.Find(f.Enrolment.Sequence)
	return ok && slices.Contains(kinds, s.Kind)
}

// bought enrols a buyer; steps whose day has passed by the time the purchase is noted down are left out.
func (b Rulebook) bought(c Contact, at, now time.Time) Enrolment {
	e := Enrolment{Sequence: afterPurchase, Since: at}
	for {
		t, ok := b.step(c, e, b.stepFrom(c, e))
		if !ok || !b.late(Interaction{At: at}, now) || t.DueAt.After(now) {
			return e
		}
		e.Done++
	}
}

// stepFrom is the moment from which the next step of an enrolment counts, had each step before it been done on its day.
func (b Rulebook) stepFrom(c Contact, e Enrolment) time.Time {
	from, done := e.Since, e.Done
	for e.Done = 0; e.Done < done; e.Done++ {
		if t, ok := b.step(c, e, from); ok {
			from = t.ReadyAt
		}
	}
	return from
}

// first gives the step that starts a sequence the clock of a first follow-up.
func (b Rulebook) first(step, clock Touch) Touch {
	clock.Sequence, clock.Step, clock.Of, clock.Channel, clock.Template = step.Sequence, step.Step, step.Of, step.Channel, step.Template
	return clock
}

func direction(k Kind) Direction {
	switch k {
	case NoAnswer, Voicemail, Busy, WrongNumber, Text, Proposal:
		return Out
	case Note:
		return None
	}
	return In
}
