package model

import "time"

// Replan is a contact's follow-up state where sequences or the calendar were edited: the step that waits is planned by its
// sequence as it is now, from where its wait began (DOMAIN.md, "Sequences": an edit reaches the contacts already in it). What the rep decided stays: the day on which a first step begins, a mail that was held, a snooze, a
// promise, and a draft edited by hand, which is no part of this. Nothing goes by itself that was planned to wait for the
// rep's key. A sequence that has ended by the edit, or is gone, ends as one that ran out.
func (b Rulebook) Replan(d Dossier, now time.Time) FollowUp {
	f := d.Contact.FollowUp
	if f.Next.Kind != TouchStep || f.Enrolment.Sequence == "" {
		return f
	}
	was := f.Next
	next, ok := b.step(d.Contact, f.Enrolment, was.Since)
	if !ok {
		f.Enrolment, f.Next = Enrolment{}, b.inDays(TouchNurture, was.Since, b.Rules.NurtureDays)
		if d.Contact.Deal.Open() {
			f.Next = b.planned(TouchAlive, was.Since, b.Rules.AliveDays)
		}
		return f.normal()
	}
	if f.Enrolment.Done == 0 {
		next.ReadyAt, next.DueAt = was.ReadyAt, was.DueAt
	}
	switch {
	case was.GoesAt.IsZero():
		next.GoesAt = time.Time{}
	case next.GoesAt.IsZero():
	case f.Snoozed(now):
		next.GoesAt = was.GoesAt
	default:
		next.GoesAt = b.Calendar.Plan(next.ReadyAt, d.Contact.Zone(b.Calendar.Zone()))
	}
	f.Next = next
	return f.normal()
}
