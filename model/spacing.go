package model

import (
	"fmt"
	"time"
)

// This file keeps the mails to one person apart: the days between unanswered ones, and the attempts within three weeks
// (DOMAIN.md, "Sequences: what stops, pauses and protects").

// Spacing is what the touch limits need to know of the history. The moments from which they let a mail go follow from it by
// the calendar, which may change.
type Spacing struct {
	Mail  time.Time // the rep's last mail; zero: there was none
	Spent time.Time // while this attempt is inside Rules.AttemptWindow the limit is used up; zero: attempts are left
}

// exempt tells whether the next mail answers the contact or is a first follow-up after a meeting, an event or a purchase,
// to which the spacing does not apply; nor does it to the mail in place of one that bounced, because that reached nobody.
func (f FollowUp) exempt() bool {
	if f.bounced() && (f.Asks == "" || f.Asks == byPolicy) {
		return true
	}
	switch f.Next.Kind {
	case TouchReply, TouchInquiry, TouchFirst:
		return true
	case TouchStep:
		return f.Next.Sequence == afterPurchase && f.Next.Step == 1
	}
	return false
}

// afterPurchase is the sequence that a purchase starts; its first step is the thank-you.
const afterPurchase = "post-purchase"

// spacing finds in what happened, oldest first, what the limits go by. Warmest of f is up to date.
func (b Rulebook) spacing(happened []Interaction, f FollowUp) Spacing {
	s := Spacing{Mail: lastAt(happened, Interaction.wrote)}
	var attempts []time.Time // the last touch of each day since the last answer
	zone := b.Calendar.Zone()
	for _, i := range happened {
		switch n := len(attempts); {
		case i.IsAnswer():
			attempts = nil
		case i.IsTouch() && n > 0 && day(attempts[n-1], zone) == day(i.At, zone):
			attempts[n-1] = i.At
		case i.IsTouch():
			attempts = append(attempts, i.At)
		}
	}
	if over := len(attempts) - b.Rules.AttemptLimit(f.Warmest); over >= 0 {
		s.Spent = attempts[over]
	}
	return s
}

// mailFrom is from when on the next mail may go, and whether it is the attempts that hold it until then; zero where
// nothing does.
func (b Rulebook) mailFrom(f FollowUp, now time.Time) (from time.Time, attempts bool) {
	s, calendar := f.Spacing, b.Calendar
	switch {
	case f.exempt():
		return time.Time{}, false
	case f.Attempts > 0 && !s.Mail.IsZero():
		from = calendar.StartOfDay(calendar.AddDays(s.Mail, b.Rules.MailGapDays))
	case f.Next.Kind == TouchStep && !s.Mail.IsZero(): // answered since: only a sequence keeps to one mail a day
		from = calendar.StartOfDay(calendar.AddDays(s.Mail, 1))
	}
	if s.Spent.IsZero() || f.Next.Kind == TouchAlive || f.Next.Kind == TouchNurture && !now.Before(f.Next.ReadyAt) || !f.Promise.At.IsZero() {
		return from, false
	}
	over := s.Spent.In(calendar.Zone()).AddDate(0, 0, b.Rules.AttemptWindow)
	if over = calendar.StartOfDay(calendar.NextWorkday(over)); over.After(from) {
		return over, true
	}
	return from, false
}

// touchLimit keeps unanswered mails at least two business days apart and within the attempts of the warmest temperature.
func (b Rulebook) touchLimit(d Dossier, now time.Time) error {
	f, who := d.Contact.FollowUp, d.Contact.Called()
	f.Spacing = b.spacing(d.happened(), f)
	from, attempts := b.mailFrom(f, now)
	switch {
	case !now.Before(from):
		return nil
	case attempts:
		limit := b.Rules.AttemptLimit(f.Warmest)
		return Errorf(GateTouchLimit, "%s had %d of %d attempts without an answer. Wait until %s, retire, or force it.", who, limit, limit, sayDate(from, now))
	case f.Attempts == 0:
		return Errorf(GateTouchLimit, "You wrote to %s today, and a sequence does not write twice on one day. Its mail may go %s, or force it.", who, sayDate(from, now))
	}
	return Errorf(GateTouchLimit, "You wrote to %s %s and they have not answered. The next mail may go %s, or force it.",
		who, sayDay(lastAt(d.Happened, Interaction.wrote), now), sayDate(from, now))
}

// spaced moves a mail that the rules plan to the day from which the limits let it go, so that the queue asks for no mail
// that the gate refuses: of two waits the longer holds. A date that the rep sets is not moved; its row says why it waits.
func (b Rulebook) spaced(c Contact, f FollowUp, now time.Time) Touch {
	t := f.Next
	if t.Kind != TouchStep && t.Kind != TouchNext || t.Channel != "" && c.channel(t) != "mail" {
		return t
	}
	from, _ := b.mailFrom(f, now)
	if !t.ReadyAt.Before(from) {
		return t
	}
	t.ReadyAt, t.DueAt, t.AmberAt = from, b.endOfDay(from), time.Time{}
	if !t.GoesAt.IsZero() {
		t = b.goes(c, t)
	}
	return t
}

// planSet tells whether the rep chose the day of the next touch: the first step of a sequence, or the end of a snooze.
func (f FollowUp) planSet() bool {
	return f.Next.Kind == TouchStep && f.Enrolment.Done == 0 || f.Next.ReadyAt.Equal(f.Snooze.Until)
}

// unmailable says in a few words why somebody must not be written to at all; "" for one who may.
func unmailable(f FollowUp, suppressed string) string {
	switch {
	case f.OptedOut:
		return did(OptOut, In)
	case suppressed != "":
		return suppressed + " must not be mailed"
	}
	return ""
}

// Barred is what a row of the queue says where the mail that it asks for may not go now, "" where it may: suppressed is
// the address or domain of the contact that must not be mailed.
func (b Rulebook) Barred(c Contact, suppressed string, now time.Time) string {
	f := c.FollowUp
	from, attempts := b.mailFrom(f, now)
	limit := b.Rules.AttemptLimit(f.Warmest)
	switch says := unmailable(f, suppressed); {
	case says != "" && (f.OptedOut || f.Next.Channel != "call" && f.Next.Channel != "text"):
		return says
	case c.channel(f.Next) == "call", c.channel(f.Next) == "text": // it asks for no mail
		return ""
	case !now.Before(from):
		return ""
	case attempts:
		return fmt.Sprintf("%d of %d attempts made, no mail before %s", limit, limit, sayDate(from, now))
	}
	return "no second mail before " + sayDate(from, now)
}
