package schedule

import (
	"fmt"
	"time"
)

// Day is a calendar day without a zone.
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

// Range is a run of days, both ends included.
type Range struct{ From, To Day }

// ParseDay reads an ISO 8601 calendar date such as "2026-12-24".
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Day{}, fmt.Errorf("%q is no date: write it like 2026-12-24", s)
	}
	return dayOf(t), nil
}

// String gives the ISO 8601 form that ParseDay reads.
func (d Day) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day) }

// Weekday is the day of the week.
func (d Day) Weekday() time.Weekday { return d.utc().Weekday() }

// Add moves by n calendar days; n may be negative.
func (d Day) Add(n int) Day { return dayOf(d.utc().AddDate(0, 0, n)) }

// AddMonths moves by n calendar months; a day that the month does not have becomes its last one (31 Jan + 1 is 28 or 29 Feb).
func (d Day) AddMonths(n int) Day {
	first := dayOf(time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC))
	first.Day = min(d.Day, first.monthEnd().Day)
	return first
}

// Before reports whether d is earlier than o.
func (d Day) Before(o Day) bool { return d.utc().Before(o.utc()) }

// Within reports whether d lies in r.
func (d Day) Within(r Range) bool { return !d.Before(r.From) && !r.To.Before(d) }

// At is the moment when the clock in zone shows the given time since midnight. Where summer time leaves that hour out, it
// is the same distance behind the gap (02:30 becomes 03:30), so it never falls on an earlier day than asked.
func (d Day) At(clock time.Duration, zone *time.Location) time.Time {
	want := d.utc().Add(clock)
	t := time.Date(want.Year(), want.Month(), want.Day(), want.Hour(), want.Minute(), want.Second(), want.Nanosecond(), zone)
	if short := want.Sub(wall(t)); short > 0 {
		t = t.Add(short)
	}
	return t
}

func (d Day) monthEnd() Day { return dayOf(time.Date(d.Year, d.Month+1, 0, 0, 0, 0, 0, time.UTC)) }

func (d Day) exists() bool { return dayOf(d.utc()) == d }

func (d Day) utc() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

func dayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day{y, m, d}
}

// clockOf is what the clock shows, as the time since midnight.
func clockOf(t time.Time) time.Duration { return wall(t).Sub(dayOf(t).utc()) }

// wall is what calendar and clock show in t's zone, as if that were UTC.
func wall(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}
