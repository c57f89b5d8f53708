package model

import (
	"math"
	"time"
)

// This file decides about people whom nobody has decided on yet: they were imported, or found in the mailbox.

// Keep sorts an imported or discovered contact into the follow-up, with the next touch that Proposal names. First, by
// contact, moves first touches to the days over which many are spread.
type Keep struct{ First map[int64]time.Time }

// Name implements Verb.
func (Keep) Name() string { return "keep" }

// Over implements ForMany: kept together, people are spread as people enrolled together are.
func (v Keep) Over(b Rulebook, contacts []int64, now time.Time) Verb {
	v.First = map[int64]time.Time{}
	for i, day := range b.Spread("", len(contacts), now) {
		v.First[contacts[i]] = day
	}
	return v
}

// Decide implements Verb.
func (v Keep) Decide(b Rulebook, d Dossier, now time.Time) (Outcome, error) {
	if d.Contact.FollowUp.Sorted {
		return Outcome{}, Errorf(Conflict, "%s is sorted already.", d.Contact.Called())
	}
	f, _ := b.proposed(d.Contact, now)
	f.Sorted = true
	if first := v.First[d.Contact.ID]; f.Next.ReadyAt.Before(first) && (f.Next.Kind == TouchNext || f.Next.Kind == TouchStep) {
		f.Next.ReadyAt, f.Next.DueAt = first, b.endOfDay(first)
		if !f.Next.GoesAt.IsZero() {
			f.Next.GoesAt = b.Calendar.Plan(first, d.Contact.Zone(b.Calendar.Zone()))
		}
	}
	f.Next = b.spaced(d.Contact, f, now)
	says := "Kept " + d.Contact.Called()
	if f.Enrolment.Sequence != "" {
		says += " in " + f.Enrolment.Sequence
	}
	if f.Next.ReadyAt.After(now) || !f.Promise.At.IsZero() {
		return Outcome{FollowUp: b.settle(d, f, now), Says: says + ", next " + b.nextSays(f, now)}, nil
	}
	return Outcome{FollowUp: b.settle(d, f, now), Says: says + ", next today"}, nil
}

// Proposal says what Keep would do with a contact, as its row shows it: "answer them, they wrote 3 days ago".
func (b Rulebook) Proposal(c Contact, now time.Time) string {
	_, says := b.proposed(c, now)
	return says
}

// proposed is the next touch that fits what was last heard of an unsorted contact (DOMAIN.md, "The queue"): what was
// planned already, the kind of follow-up that the last event starts, an answer where they wrote last, the re-engagement
// where it has been quiet for Rules.QuietDays, else a first mail.
func (b Rulebook) proposed(c Contact, now time.Time) (FollowUp, string) {
	f := c.FollowUp
	last := f.Last
	when := ago(now.Sub(last.At))
	switch {
	case !f.Promise.At.IsZero():
		return f, "a promise for " + say(f.Promise.At, now)
	case f.Next.Kind != "":
		return f, "a follow-up " + sayDate(f.Next.ReadyAt, now)
	case last.Kind == "":
		f.Next = b.today(now)
		return f, "a first mail"
	case !now.Before(last.At.AddDate(0, 0, b.Rules.QuietDays)):
		f = b.enrolled(c, f, "re-engagement", now)
		if f.Next.Kind == "" {
			f.Next = b.today(now)
		}
		return f, "the re-engagement; quiet for " + span(now.Sub(last.At))
	}
	switch last.Kind {
	case Call, Meeting, Proposal, EventSeen, Met, Purchase, Download:
		f, _ = b.happened(Dossier{Contact: c}, f, Interaction{Kind: last.Kind, Direction: last.Direction, At: last.At}, now)
		if f.Next.Kind == "" {
			f.Next = b.today(now)
		}
		if f.Next.DueAt.Before(now) {
			f.Next.DueAt, f.Next.AmberAt = b.endOfDay(now), time.Time{} // its time ran while nobody had decided
		}
		if name := f.Enrolment.Sequence; name != "" {
			return f, "the sequence " + name + "; " + did(last.Kind, last.Direction) + " " + when
		}
		return f, "a follow-up; " + did(last.Kind, last.Direction) + " " + when
	}
	if last.Direction == In && last.Kind.mailed() {
		f.Next = b.reply(Interaction{Kind: last.Kind, At: now, Asks: last.Asks})
		f.Next.Since = last.At
		return f, "an answer; they wrote " + when
	}
	f.Next = b.today(now)
	return f, "a follow-up; " + did(last.Kind, last.Direction) + " " + when
}

// today is a touch that may be made at once.
func (b Rulebook) today(now time.Time) Touch {
	return Touch{Kind: TouchNext, Since: now, ReadyAt: now, DueAt: b.endOfDay(now)}
}

// PutOff is "not now" about a contact that nobody has decided on: it goes into nurture, with a first touch in a quarter.
type PutOff struct{}

// Name implements Verb.
func (PutOff) Name() string { return "not now" }

// Decide implements Verb.
func (PutOff) Decide(b Rulebook, d Dossier, now time.Time) (Outcome, error) {
	if err := live(d, now); err != nil {
		return Outcome{}, err
	}
	f := d.Contact.FollowUp
	f.Sorted, f.Enrolment, f.Snooze, f.Unread = true, Enrolment{}, Snooze{}, false
	f.Next = b.nurture(d.Contact.ID, now, b.Rules.NurtureDays)
	return Outcome{FollowUp: b.settle(d, f, now), Says: "Not now: " + d.Contact.Called() + " is in nurture, next " + b.nextSays(f, now)}, nil
}

// toSort is the position of a contact among those to sort: by heat, then the newest reply first. Heat is compared by its
// logarithm, to a part in a thousand of a point, so that the order still does not depend on now.
func toSort(f FollowUp) int64 {
	const zero, steps = 1 << 23, 5000 // heats from 2^-1600 to 2^1600
	heat := int64(0)
	if f.Heat > 0 {
		heat = min(max(int64(math.Log2(float64(f.Heat))*steps)+zero, 1), 2*zero)
	}
	wrote := int64(0)
	if f.Last.Direction == In && !f.Last.At.IsZero() {
		wrote = min(max(f.Last.At.Unix()/60, 0), 1<<32-1)
	}
	return -(heat<<32 | wrote)
}

// ForMany is a verb that does something else when it is for many contacts at once.
type ForMany interface {
	Verb
	// Over is the verb for these contacts, in their order.
	Over(b Rulebook, contacts []int64, now time.Time) Verb
}

// Aimed is the verb as it applies to so many contacts.
func Aimed(v Verb, b Rulebook, contacts []int64, now time.Time) Verb {
	if many, ok := v.(ForMany); ok && len(contacts) > 1 {
		return many.Over(b, contacts, now)
	}
	return v
}
