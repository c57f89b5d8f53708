package model

import "time"

// Sound is the state of a contact from which a change was taken back that others had been built upon: a step of a sequence
// that they are not in is none, and whoever is live and sorted has a next touch, as has whoever comes back one day.
func (b Rulebook) Sound(d Dossier, now time.Time) FollowUp {
	f := d.Contact.FollowUp
	lost := f.Next.Sequence != "" && (f.Next.Sequence != f.Enrolment.Sequence || f.Next.Step != f.Enrolment.Done+1)
	if back := f.Retired.Until; !f.Sorted || !f.Live(now) {
		if lost || f.Next.Kind == "" && f.Promise.At.IsZero() {
			f.Next, f.Enrolment = Touch{}, Enrolment{}
			if f.Sorted && !back.IsZero() && f.Promise.At.IsZero() {
				f.Next = Touch{Kind: TouchNurture, Since: f.Retired.At, ReadyAt: back, DueAt: b.endOfDay(back)}
			}
		}
		return f.normal()
	}
	if f.Next.Kind == "" && f.Promise.At.IsZero() || lost {
		next, ok := b.step(d.Contact, f.Enrolment, now)
		if !ok {
			next, f.Enrolment = b.onItsOwn(d, f, now), Enrolment{}
		}
		f.Next = next
		if lost && !ok && !f.Promise.At.IsZero() {
			f.Next = Touch{} // the promise is the next touch
		}
		f.Next = b.spaced(d.Contact, f, now)
		if f.Snoozed(now) {
			f = b.snoozed(d.Contact, f, f.Snooze, now)
		}
	}
	if f.Next.Kind == "" && !f.Next.ReadyAt.Equal(f.Snooze.Until) {
		f.Next = Touch{} // the day of a snooze that is gone
	}
	if !f.Next.GoesAt.IsZero() && f.Next.GoesAt.Before(f.Next.ReadyAt) {
		f.Next = b.goes(d.Contact, f.Next)
	}
	return f.normal()
}
