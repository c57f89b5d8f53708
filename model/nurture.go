package model

import "time"

// This file keeps nurture from coming in heaps: at most Rules.NurtureRows of it come up a day (DOMAIN.md, "Sequences").
// What is over the number is planned for a later day, so it is never overdue because of it, and the rep reads the true day.

// nurtureDays is among how many business days from the wanted one a day with room is looked for: two years of ten a day. Where
// all are full, the touch comes after the last that is planned; that bounds the work.
const nurtureDays = 520

// nurture is the slow touch so many calendar days after a moment, on the first day from then on that has room.
func (b Rulebook) nurture(contact int64, from time.Time, days int) Touch {
	return b.withRoom(contact, b.inDays(TouchNurture, from, days))
}

// withRoom moves a nurture touch to the first day, its own or a later one, that has room for it.
func (b Rulebook) withRoom(contact int64, t Touch) Touch {
	most := b.Rules.NurtureRows
	if b.Planned == nil || most == 0 {
		return t
	}
	full := func(day time.Time) bool { return b.Planned.Nurtures(day, contact, most) >= most }
	day := b.Calendar.StartOfDay(b.Calendar.NextWorkday(t.ReadyAt))
	for range nurtureDays {
		if !full(day) {
			return b.onDay(t, day)
		}
		day = b.Calendar.StartOfDay(b.Calendar.AddDays(day, 1))
	}
	if last := b.Planned.LastNurture(); !last.Before(day) {
		if day = b.Calendar.StartOfDay(b.Calendar.NextWorkday(last)); full(day) {
			day = b.Calendar.StartOfDay(b.Calendar.AddDays(day, 1))
		}
	}
	return b.onDay(t, day)
}

// onDay is the touch on another day, at the hour that it has; its own day changes nothing.
func (b Rulebook) onDay(t Touch, day time.Time) Touch {
	if day.After(t.ReadyAt) {
		t.ReadyAt, t.DueAt = day, b.endOfDay(day)
	}
	return t
}

// PutBack is the state of a contact whose nurture touch has come up on a day that has its number of them already: it comes
// up on the next day with room instead. ready is how many others stand in the queue for it. ok is false for everybody else.
func (b Rulebook) PutBack(c Contact, ready int, now time.Time) (f FollowUp, ok bool) {
	f = c.FollowUp
	most := b.Rules.NurtureRows
	if most == 0 || ready < most || f.Next.Kind != TouchNurture || PlaceOf(c, now, b.Rules).Kind != TouchNurture || now.Before(f.Next.ReadyAt) {
		return f, false
	}
	f.Next = b.withRoom(c.ID, b.onDay(f.Next, b.Calendar.StartOfDay(b.Calendar.AddDays(now, 1))))
	return f.normal(), true
}
