package model

import (
	"time"

	"stoke/model/schedule"
)

// View is one of the lists in which a contact can stand.
type View string

// Views. Every live, sorted contact is in exactly one of the first four.
const (
	ViewQueue    View = "queue"
	ViewWaiting  View = "waiting"
	ViewSnoozed  View = "snoozed"
	ViewNurture  View = "nurture"
	ViewRetired  View = "retired"
	ViewUnsorted View = "unsorted"
	ViewPeople   View = "people" // everyone, by name; no contact's place
)

// Group is a part of the queue, in the order in which they are shown.
type Group int

// Groups of the queue.
const (
	GroupNow Group = iota
	GroupHot
	GroupWarm
	GroupCold
)

func (g Group) String() string { return [...]string{"now", "hot", "warm", "cold"}[g] }

// Classes inside the group now: an inquiry in its hour, a reply that asks, a reply, a promise, an inquiry past its hour,
// the first follow-up. Inside hot, warm and cold: a due step, "still alive?", nurture.
const (
	classInquiry = iota
	classAsks
	classReply
	classPromise
	classLate
	classFirst
)

const (
	classStep = iota
	classAlive
	classNurture
)

// Place is where a contact stands. Lists are ordered by Group, Class, Order, then heat (hottest first), then id.
type Place struct {
	View      View
	Group     Group
	Class     int
	Order     int64
	Kind      TouchKind // what the place is about; a promise may come before the next touch
	DueAt     time.Time // the end of the allowed time of that
	AmberAt   time.Time
	ReadyAt   time.Time // when it enters or entered the queue
	ChangesAt time.Time // the moment at which the clock alone changes the place; zero: never
}

// laterStepsFirst spaces the steps of a sequence in Order: it exceeds any moment in milliseconds for 3,000 years.
const laterStepsFirst = int64(100_000_000_000_000)

// PlaceOf says where a contact stands at a moment. It depends on the contact's own state and the clock only, so that a
// store can keep it and needs to ask again no sooner than ChangesAt.
func PlaceOf(c Contact, now time.Time, r Rules) Place {
	f := c.FollowUp
	temperature, cools := f.Temperature(c.Deal.Open(), now, r)
	switch {
	case !f.Live(now):
		return Place{View: ViewRetired, Order: -f.Retired.At.UnixMilli(), ChangesAt: f.Retired.Until}
	case !f.Sorted:
		return Place{View: ViewUnsorted, Order: toSort(f)}
	case f.Snoozed(now):
		return Place{View: ViewSnoozed, Order: f.Snooze.Until.UnixMilli(), ReadyAt: f.Snooze.Until, ChangesAt: f.Snooze.Until}
	}
	ready, ahead := f.Next.place(temperature, now), earliest(now, f.Next.ReadyAt)
	if f.Next.Kind == TouchInquiry {
		ahead = earliest(now, ahead, f.Next.DueAt)
	}
	if !f.Promise.At.IsZero() {
		if now.Before(f.Promise.ReadyAt) {
			ahead = earliest(now, ahead, f.Promise.ReadyAt)
		} else if p := f.Promise.place(now); ready.View == "" || p.before(ready) {
			ready = p
		}
	}
	if ready.View == ViewQueue {
		ready.ChangesAt = earliest(now, ahead, cools)
		if f.Next.Kind == TouchReply && f.Next.Asks && ready.Class == classReply && ready.Kind == TouchReply {
			ready.Class = classAsks
		}
		return ready
	}
	waits := Place{View: ViewWaiting, Kind: f.Next.Kind, DueAt: f.Next.DueAt, ReadyAt: ahead, ChangesAt: ahead, Order: ahead.UnixMilli()}
	switch {
	case ahead.IsZero():
		waits.Order = 1<<63 - 1
	case !f.Promise.At.IsZero() && ahead.Equal(f.Promise.ReadyAt):
		waits.Kind, waits.DueAt = TouchPromise, f.Promise.At
	case f.Next.Kind == TouchNurture:
		waits.View = ViewNurture
	}
	// Customers are excepted (DOMAIN.md, "Kinds of follow-up").
	if from, until, asks := f.asksToMoveOn(r); asks && waits.View == ViewNurture && f.WarmUntil.IsZero() {
		if now.Before(from) || !now.Before(until) {
			waits.ChangesAt = earliest(now, ahead, from)
			return waits
		}
		return Place{View: ViewQueue, Group: GroupCold - Group(temperature), Class: classAlive, Kind: TouchAlive, ReadyAt: from,
			Order: from.UnixMilli(), ChangesAt: earliest(now, until, cools)}
	}
	return waits
}

// place is where a touch puts its contact; the zero Place while it lies ahead.
func (t Touch) place(temperature Temperature, now time.Time) Place {
	if t.Kind == "" || now.Before(t.ReadyAt) {
		return Place{}
	}
	p := Place{View: ViewQueue, Kind: t.Kind, DueAt: t.DueAt, AmberAt: t.AmberAt, ReadyAt: t.ReadyAt, Order: t.ReadyAt.UnixMilli()}
	switch t.Kind {
	case TouchInquiry:
		p.Order = t.DueAt.UnixMilli()
		if !now.Before(t.DueAt) {
			p.Class = classLate
		}
	case TouchReply:
		p.Class, p.Order = classReply, t.Since.UnixMilli()
	case TouchFirst:
		p.Class = classFirst
	default:
		p.Group = GroupCold - Group(temperature)
		switch t.Kind {
		case TouchAlive:
			p.Class = classAlive
		case TouchNurture:
			p.Class = classNurture
		default:
			p.Class = classStep
			p.Order = int64(99-min(t.Step, 99))*laterStepsFirst + t.ReadyAt.UnixMilli()
		}
	}
	return p
}

func (p Promise) place(now time.Time) Place {
	due := p.At
	if day, whole := p.wholeDay(now); whole {
		due = time.Date(day.Year(), day.Month(), day.Day(), lastHour, 0, 0, 0, day.Location())
	}
	return Place{View: ViewQueue, Class: classPromise, Kind: TouchPromise, DueAt: due, ReadyAt: p.ReadyAt, Order: p.At.UnixMilli()}
}

// lastHour is until when a promise without an hour may be kept.
const lastHour = 17

// wholeDay is the day of a promise in the rep's zone, which is that of now. A promise without an hour stands for 08:30
// (DOMAIN.md, "Time"), by the clock: the days on which the clocks change are longer or shorter before it.
func (p Promise) wholeDay(now time.Time) (day time.Time, whole bool) {
	day = p.At.In(now.Location())
	clock := time.Duration(day.Hour())*time.Hour + time.Duration(day.Minute())*time.Minute
	return day, clock == schedule.Morning && day.Second() == 0
}

func (p Place) before(q Place) bool {
	if p.Group != q.Group {
		return p.Group < q.Group
	}
	if p.Class != q.Class {
		return p.Class < q.Class
	}
	return p.Order < q.Order
}

// Status says how urgent a place is at a moment.
type Status string

// Statuses, as `queue --json` gives them.
const (
	OK    Status = "ok"
	Amber Status = "amber"
	Red   Status = "red"
)

// Status tells whether the allowed time is used up (red), nearly (amber), or not. Only what is in the queue can be late.
func (p Place) Status(now time.Time) Status {
	switch {
	case p.View != ViewQueue || p.DueAt.IsZero():
		return OK
	case !now.Before(p.DueAt):
		return Red
	case !p.AmberAt.IsZero() && !now.Before(p.AmberAt):
		return Amber
	}
	return OK
}
