package model

import (
	"slices"
	"time"
)

// This file plans next touches: when a kind of follow-up is due, and what follows a touch.

// planned is a touch that may be made on the business day so many business days after from.
func (b Rulebook) planned(kind TouchKind, from time.Time, wait int) Touch {
	if wait <= 0 {
		return Touch{Kind: kind, Since: from, ReadyAt: from, DueAt: b.endOfDay(from)}
	}
	at := b.Calendar.AddDays(from, wait)
	ready := b.Calendar.StartOfDay(at)
	return Touch{Kind: kind, Since: from, ReadyAt: ready, DueAt: b.endOfDay(ready)}
}

// inDays is a touch so many calendar days after from, on the business day that it falls on or before, and never sooner
// than the gap between two mails: an absence may lie between.
func (b Rulebook) inDays(kind TouchKind, from time.Time, days int) Touch {
	at := b.Calendar.NextWorkday(from.In(b.Calendar.Zone()).AddDate(0, 0, days))
	if gap := b.Calendar.AddDays(from, b.Rules.MailGapDays); at.Before(gap) {
		at = gap
	}
	ready := b.Calendar.StartOfDay(at)
	return Touch{Kind: kind, Since: from, ReadyAt: ready, DueAt: b.endOfDay(ready)}
}

// noLater moves a touch that free days put more than so many calendar days after from onto the last business day up to then,
// where the gap between two mails leaves one: what follows a purchase at Christmas does not wait for the new year.
func (b Rulebook) noLater(t Touch, from time.Time, days int) Touch {
	day := b.Calendar.StartOfDay(from.In(b.Calendar.Zone()).AddDate(0, 0, days))
	gap := b.Calendar.StartOfDay(b.Calendar.AddDays(from, b.Rules.MailGapDays))
	if !t.ReadyAt.After(day) {
		return t
	}
	for ; !day.Before(gap); day = b.Calendar.StartOfDay(day.AddDate(0, 0, -1)) {
		if b.Calendar.Workday(day) {
			t.ReadyAt, t.DueAt = day, b.endOfDay(day)
			return t
		}
	}
	return t
}

// endOfDay is when the rep's working day that t belongs to closes: the same day, or the next business day's.
func (b Rulebook) endOfDay(t time.Time) time.Time {
	if closing := b.Calendar.Closing(t); b.Calendar.Workday(t) && t.Before(closing) {
		return closing
	}
	return b.Calendar.Closing(b.Calendar.AddDays(t, 1))
}

// step is the touch for a step of a sequence, counted from 1, that waits from a moment on. The mail of a sequence that runs
// by itself has its hour, in the contact's zone.
func (b Rulebook) step(c Contact, e Enrolment, from time.Time) (Touch, bool) {
	s, ok := b.Sequences.Find(e.Sequence)
	if !ok || e.Done >= len(s.Steps) {
		return Touch{}, false
	}
	next := s.Steps[e.Done]
	t := b.planned(TouchStep, from, next.Wait)
	if next.Latest > 0 {
		t = b.noLater(t, from, next.Latest)
	}
	t.Sequence, t.Step, t.Of, t.Channel, t.Template = e.Sequence, e.Done+1, len(s.Steps), next.Channel, next.Template
	if s.Auto && next.Channel == "mail" {
		t = b.goes(c, t)
	}
	return t, true
}

// reached is the step that an enrolled contact's next touch makes, counted from 1: the one that waits. After a purchase it is
// the last whose day has come, so that nobody is welcomed weeks later.
func (b Rulebook) reached(c Contact, f FollowUp, now time.Time) int {
	e := f.Enrolment
	for e.Done++; b.runs(f, afterPurchase); e.Done++ {
		if next, ok := b.step(c, e, b.stepFrom(c, e)); !ok || now.Before(next.ReadyAt) {
			break
		}
	}
	return e.Done
}

// stepOf is the step of its sequence that the next touch is; 0 without a sequence.
func (b Rulebook) stepOf(c Contact, f FollowUp, now time.Time) int {
	if f.Next.Step == 0 || f.Enrolment.Sequence != f.Next.Sequence {
		return f.Next.Step
	}
	return max(f.Next.Step, b.reached(c, f, now))
}

// goes gives a touch whose mail leaves by itself its hour, the next target hour where the contact lives. It is not overdue
// before that.
func (b Rulebook) goes(c Contact, t Touch) Touch {
	t.GoesAt = b.Calendar.Best(t.ReadyAt, c.Zone(b.Calendar.Zone()))
	if t.GoesAt.After(t.DueAt) {
		t.DueAt = b.endOfDay(t.GoesAt)
	}
	return t
}

// automatic is the next touch that sets itself where nothing plans one: hot after 2 business days, warm after 7 days,
// cold after 30 (DOMAIN.md, "The queue").
func (b Rulebook) automatic(d Dossier, f FollowUp, now time.Time) Touch {
	temperature, _ := f.Temperature(d.Contact.Deal.Open(), now, b.Rules)
	switch temperature {
	case Hot:
		return b.planned(TouchNext, now, b.Rules.NextHot)
	case Warm:
		return b.inDays(TouchNext, now, b.Rules.NextWarm)
	}
	return b.inDays(TouchNext, now, b.Rules.NextCold)
}

// inquiry is the touch that answers a request: its hour of working time runs from the moment it came.
func (b Rulebook) inquiry(i Interaction) Touch {
	clock := i.At.Truncate(time.Minute) // one of 16:00 ends with the day, and not a blink after the next has begun
	return Touch{Kind: TouchInquiry, Since: i.At, About: i.Kind, Asks: i.Asks, ReadyAt: i.At,
		AmberAt: b.Calendar.AddWork(clock, b.Rules.InquiryAmber), DueAt: b.Calendar.AddWork(clock, b.Rules.InquiryHour)}
}

// reply is the touch that answers a mail of the contact.
func (b Rulebook) reply(i Interaction) Touch {
	at := i.At
	return Touch{Kind: TouchReply, Since: at, About: i.Kind, Asks: i.Asks, ReadyAt: at,
		AmberAt: b.Calendar.AddWork(at, b.Rules.ReplyAmber), DueAt: b.Calendar.AddDays(at, b.Rules.ReplyRedDays)}
}

// enrolled starts a sequence: its first step becomes the next touch. A step 0 days away is ready at once.
func (b Rulebook) enrolled(c Contact, f FollowUp, name string, at time.Time) FollowUp {
	e := Enrolment{Sequence: name, Since: at}
	if t, ok := b.step(c, e, at); ok {
		f.Enrolment, f.Next = e, t
	}
	return f
}

// keepPromise ends a promise whose day has come, because the rep has been in touch.
func (f *FollowUp) keepPromise(now time.Time) {
	if !f.Promise.At.IsZero() && !now.Before(f.Promise.ReadyAt) {
		f.Promise = Promise{}
	}
}

// engaged tells whether the contact has taken an event up: wrote after it, and nothing else has begun since. Such a guest
// goes on with sales (DOMAIN.md, "Kinds of follow-up").
func (d Dossier) engaged(zone *time.Location, now time.Time, r Rules) bool {
	for _, i := range slices.Backward(d.happened()) {
		switch {
		case i.Kind == EventSeen, i.Kind == Met:
			return i.At.After(now.In(zone).AddDate(0, 0, -r.AttemptWindow))
		case i.IsAnswer() && i.Kind != Mail && i.Kind != Text, i.Kind == Proposal:
			return false
		}
	}
	return false
}

// proposed tells whether a proposal lies with the contact that is neither won nor lost.
func (d Dossier) proposed() bool {
	for _, i := range slices.Backward(d.happened()) {
		switch i.Kind {
		case Proposal:
			return true
		case Purchase, Refusal:
			return false
		}
	}
	return false
}

// touchedToday tells whether the rep has touched the contact on this day before.
func (b Rulebook) touchedToday(d Dossier, now time.Time) bool {
	last := lastTouch(d.happened())
	return !last.IsZero() && sameDay(last, now, b.Calendar.Zone())
}

// afterTouch plans what follows a touch that the rep just made: the sequence's next step while steps and attempts last,
// then nurture, or "still alive?" for an open deal; without a sequence the automatic next touch. A promise that has come
// due is kept by the touch; one that lies ahead stays, and is the one next touch.
func (b Rulebook) afterTouch(d Dossier, f FollowUp, now time.Time) FollowUp {
	f.keepPromise(now)
	was, putOff := f.Next.Kind, f.Next.ReadyAt.Equal(f.Snooze.Until)
	f.Snooze, f.Unread, f.Asks = Snooze{}, false, ""
	switch {
	case f.Enrolment.Sequence != "" && f.Next.ReadyAt.After(now) && b.touchedToday(d, now):
		if putOff && !b.Calendar.Workday(f.Next.ReadyAt) { // the snooze that the rep had set is over, and its day is none that rules choose
			f.Next = b.shifted(f, now)
		}
		return f // a call and its mail on one day are one attempt, and one step
	case f.Enrolment.Sequence != "":
		f.Enrolment.Done = b.reached(d.Contact, f, now)
	case was == TouchInquiry, was == TouchReply && d.engaged(b.Calendar.Zone(), now, b.Rules):
		f.Enrolment = Enrolment{Sequence: "sales", Done: 1, Since: now} // the answer was its first touch
	}
	if !f.Promise.At.IsZero() {
		f.Next, f.Enrolment = Touch{}, Enrolment{}
		return f
	}
	if f.MeetsAt.After(now) {
		f.Next, f.Enrolment = b.onItsOwn(d, f, now), Enrolment{}
		return f
	}
	left := f.Attempts < b.Rules.AttemptLimit(f.Warmest)
	if f.Enrolment.Sequence != "" && left {
		if t, ok := b.step(d.Contact, f.Enrolment, now); ok {
			f.Next = t
			f.Next = b.spaced(d.Contact, f, now)
			return f
		}
	}
	deal := d.Contact.Deal.Open() || d.Contact.Deal == nil && (b.runs(f, "deal") || was == TouchAlive || d.proposed())
	ranOut := f.Enrolment.Sequence != "" || !left || was == TouchNurture
	f.Enrolment = Enrolment{}
	switch {
	case deal && (ranOut || was == TouchAlive):
		f.Next = b.planned(TouchAlive, now, b.Rules.AliveDays)
	case ranOut:
		f.Next = b.nurture(d.Contact.ID, now, b.Rules.NurtureDays)
	default:
		f.Next = b.automatic(d, f, now)
	}
	f.Next = b.spaced(d.Contact, f, now)
	return f
}
