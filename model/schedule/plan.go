package schedule

import "time"

// Plan is the earliest moment at or after t for a planned touch: on a business day of the rep and, on the clock of zone (the
// contact's; nil is the rep's), Monday to Friday inside the send window. When t is earlier that day than the start of the
// target hours, or the day moves, it is that start; it differs only where the rep's own day has ended or not begun by then.
func (c *Calendar) Plan(t time.Time, zone *time.Location) time.Time {
	zone = c.orOwn(zone)
	t = t.In(zone)
	for day := dayOf(t); ; day = day.Add(1) {
		if wd := day.Weekday(); wd == time.Saturday || wd == time.Sunday {
			continue
		}
		from, to := day.At(c.set.WindowFrom, zone), day.At(c.set.WindowTo, zone)
		if t.After(from) {
			from = t
		}
		if target := day.At(c.set.TargetFrom, zone); !target.Before(from) && c.Workday(target) {
			return target
		}
		if from.Before(to) && c.Workday(from) {
			return from
		}
		// Far west of the contact, the rep's business day begins in the middle of the contact's window.
		if dawn := c.day(from).Add(1).At(0, c.set.Zone).In(zone); dawn.Before(to) && c.Workday(dawn) {
			return dawn
		}
	}
}

// InWindow reports whether planned mail may leave at t: a business day of the rep, Monday to Friday inside the send window
// on the clock of zone (nil is the rep's).
func (c *Calendar) InWindow(t time.Time, zone *time.Location) bool {
	zone = c.orOwn(zone)
	day := dayOf(t.In(zone))
	if wd := day.Weekday(); wd == time.Saturday || wd == time.Sunday {
		return false
	}
	return c.Workday(t) && !t.Before(day.At(c.set.WindowFrom, zone)) && t.Before(day.At(c.set.WindowTo, zone))
}

func (c *Calendar) orOwn(zone *time.Location) *time.Location {
	if zone == nil {
		return c.set.Zone
	}
	return zone
}

// Best is the earliest moment at or after t inside the target hours (09:30 to 11:30) of a day on which planned mail may
// leave, on the clock of zone (nil is the rep's).
func (c *Calendar) Best(t time.Time, zone *time.Location) time.Time {
	zone = c.orOwn(zone)
	if day := dayOf(t.In(zone)); !t.Before(day.At(c.set.TargetTo, zone)) {
		t = day.Add(1).At(0, zone)
	}
	return c.Plan(t, zone)
}
