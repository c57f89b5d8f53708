package model

import "time"

// Replan is a contact's follow-up state where sequences or the calendar were edited. A step that waits is planned by its
// sequence as it is now, from where its wait began (DOMAIN.md, "Sequences": an edit reaches the contacts already in it); a
// sequence that has ended by the edit, or is gone, ends as one that ran out. Any other touch keeps its day, unless that has
// become a free one: due dates shift, so that nobody comes back from an absence to a wall of them.
//
// What the rep decided stays: the day on which a first step begins, a mail that was held, a snooze, a promise, and a draft
// edited by hand, which is no part of this. Nothing goes by itself that was planned to wait for the rep's key.
func (b Rulebook) Replan(d Dossier, now time.Time) FollowUp {
	f := d.Contact.FollowUp
	was := f.Next
	switch {
	case was.Kind == "":
		return f
	case was.Kind == TouchInquiry:
		f.Next = b.inquiry(Interaction{Kind: was.About, At: was.Since, Asks: was.Asks})
		return f.normal()
	case was.Kind == TouchReply:
		f.Next = b.reply(Interaction{Kind: was.About, At: was.Since, Asks: was.Asks})
		return f.normal()
	case was.Kind != TouchStep || f.Enrolment.Sequence == "":
		f.Next = b.shifted(f, now)
		if f.Next.Kind == TouchNurture && f.Next.ReadyAt.After(now) && !f.planSet() {
			f.Next = b.withRoom(d.Contact.ID, f.Next)
		}
		return f.normal()
	}
	next, ok := b.step(d.Contact, f.Enrolment, was.Since)
	if !ok {
		f.Enrolment, f.Next = Enrolment{}, b.nurture(d.Contact.ID, was.Since, b.Rules.NurtureDays)
		if d.Contact.Deal.Open() {
			f.Next = b.planned(TouchAlive, was.Since, b.Rules.AliveDays)
		}
		return f.normal()
	}
	set := f.planSet()
	if set || f.Asks != "" {
		moved := b.shifted(f, now)
		next.ReadyAt, next.DueAt = moved.ReadyAt, moved.DueAt
	}
	switch {
	case was.GoesAt.IsZero():
		next.GoesAt = time.Time{}
	case next.GoesAt.IsZero():
	default:
		next = b.goes(d.Contact, next)
	}
	f.Next = next
	if !set {
		f.Next = b.spaced(d.Contact, f, now)
	}
	return f.normal()
}

// shifted is a touch whose allowed time ends on a working day again. The day on which it enters the queue moves along
// while it lies ahead and was not set by the rep.
func (b Rulebook) shifted(f FollowUp, now time.Time) Touch {
	t := f.Next
	if t.DueAt.IsZero() {
		return t
	}
	t.DueAt = b.Calendar.Shift(t.DueAt)
	if t.ReadyAt.After(now) && !f.planSet() {
		t.ReadyAt = b.Calendar.Shift(t.ReadyAt)
	}
	if !t.AmberAt.IsZero() {
		t.AmberAt = b.Calendar.Shift(t.AmberAt)
	}
	return t
}
