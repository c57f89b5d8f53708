package schedule

import "time"

// AddWork is d of the rep's working hours later. A start outside them counts from the next opening; d ≤ 0 gives that start.
func (c *Calendar) AddWork(t time.Time, d time.Duration) time.Time {
	t = t.In(c.set.Zone)
	for day := c.day(t); ; day = day.Add(1) {
		from, to, ok := c.shift(day)
		if !ok {
			continue
		}
		if t.After(from) {
			from = t
		}
		left := to.Sub(from)
		if left <= 0 {
			continue
		}
		if d <= left {
			return from.Add(max(d, 0))
		}
		d -= left
	}
}

// WorkBetween is how much of the rep's working hours lies between a and b, 0 when b is not after a.
func (c *Calendar) WorkBetween(a, b time.Time) time.Duration {
	var sum time.Duration
	last := c.day(b)
	for day := c.day(a); !last.Before(day); day = day.Add(1) {
		from, to, ok := c.shift(day)
		if !ok {
			continue
		}
		if a.After(from) {
			from = a
		}
		if b.Before(to) {
			to = b
		}
		sum += max(to.Sub(from), 0)
	}
	return sum
}

// shift is the working hours of one day; ok is false on a free one.
func (c *Calendar) shift(d Day) (from, to time.Time, ok bool) {
	if !c.works(d) {
		return from, to, false
	}
	return d.At(c.set.Opens, c.set.Zone), d.At(c.set.Closes, c.set.Zone), true
}
