package schedule

import (
	"fmt"
	"sync"
	"time"

	"github.com/rickar/cal/v2"
)

// Defaults of Settings, all since midnight. Morning is the hour of a date that names none.
const (
	Morning    = 8*time.Hour + 30*time.Minute
	Evening    = 17 * time.Hour
	TargetFrom = 9*time.Hour + 30*time.Minute
	TargetTo   = 11*time.Hour + 30*time.Minute
)

// longestAway catches a mistyped year in an away range, which would silently push every date out of sight.
const longestAway = 366

// Settings describe when the rep works and when a contact may be written to. Zero times take the defaults.
type Settings struct {
	Zone    *time.Location // the rep's; nil is UTC
	Country string         // ISO 3166 code of the public holidays; "" knows weekends only
	Free    []Day          // own free days
	Away    []Range        // holidays and trips of the rep

	Opens, Closes        time.Duration // the rep's working hours; 08:30 to 17:00
	WindowFrom, WindowTo time.Duration // planned mail leaves inside it, on the contact's clock; 08:30 to 17:00
	TargetFrom, TargetTo time.Duration // best part of the window; 09:30 to 11:30
}

// Calendar answers what a business day is and where a date falls. It is immutable; its cache of holidays is locked.
type Calendar struct {
	set      Settings
	free     map[Day]bool
	holidays []*cal.Holiday
	years    sync.Map // int → map[Day]bool, the observed public holidays of one year
}

// New checks the settings and builds a calendar. An unknown country is an error that names the likely ones.
func New(s Settings) (*Calendar, error) {
	own := s
	if s.Zone == nil {
		s.Zone = time.UTC
	}
	for _, d := range []struct {
		v   *time.Duration
		def time.Duration
	}{
		{&s.Opens, Morning}, {&s.Closes, Evening}, {&s.WindowFrom, Morning}, {&s.WindowTo, Evening},
		{&s.TargetFrom, TargetFrom}, {&s.TargetTo, TargetTo},
	} {
		if *d.v == 0 {
			*d.v = d.def
		}
	}
	if own.TargetFrom == 0 && own.TargetTo == 0 && (s.TargetFrom < s.WindowFrom || s.TargetTo > s.WindowTo) {
		s.TargetFrom, s.TargetTo = s.WindowFrom, s.WindowTo // the rep's window leaves the usual best hours out
	}
	if err := s.check(); err != nil {
		return nil, err
	}
	holidays, err := holidaysOf(s.Country)
	if err != nil {
		return nil, err
	}
	c := &Calendar{set: s, free: make(map[Day]bool, len(s.Free)), holidays: holidays}
	for _, d := range s.Free {
		c.free[d] = true
	}
	return c, nil
}

func (s Settings) check() error {
	const midnight = 24 * time.Hour
	if s.Opens < 0 || s.Opens >= s.Closes || s.Closes > midnight {
		return fmt.Errorf("working hours from %s to %s: the first must be earlier, both inside one day", hhmm(s.Opens), hhmm(s.Closes))
	}
	if s.WindowFrom < 0 || s.WindowFrom >= s.WindowTo || s.WindowTo > midnight {
		return fmt.Errorf("send window from %s to %s: the first must be earlier, both inside one day", hhmm(s.WindowFrom), hhmm(s.WindowTo))
	}
	if s.TargetFrom < s.WindowFrom || s.TargetFrom >= s.TargetTo || s.TargetTo > s.WindowTo {
		return fmt.Errorf("target hours from %s to %s must lie inside the send window, %s to %s",
			hhmm(s.TargetFrom), hhmm(s.TargetTo), hhmm(s.WindowFrom), hhmm(s.WindowTo))
	}
	for _, d := range s.Free {
		if !d.exists() {
			return fmt.Errorf("free day %s: there is no such day", d)
		}
	}
	for _, r := range s.Away {
		switch {
		case !r.From.exists() || !r.To.exists():
			return fmt.Errorf("away from %s to %s: there is no such day", r.From, r.To)
		case r.To.Before(r.From):
			return fmt.Errorf("away from %s to %s: the end is before the start", r.From, r.To)
		case r.From.Add(longestAway).Before(r.To):
			return fmt.Errorf("away from %s to %s is more than a year: check the years", r.From, r.To)
		}
	}
	return nil
}

// Settings returns what the calendar works with, defaults filled in.
func (c *Calendar) Settings() Settings { return c.set }

// Zone is the rep's time zone.
func (c *Calendar) Zone() *time.Location { return c.set.Zone }

// Workday reports whether t falls, in the rep's zone, on a business day: no weekend, public holiday, free day or away range.
func (c *Calendar) Workday(t time.Time) bool { return c.works(c.day(t)) }

// NextWorkday is t itself when it falls on a business day, else the next business day at the same clock hour.
func (c *Calendar) NextWorkday(t time.Time) time.Time {
	d := c.day(t)
	if c.works(d) {
		return t.In(c.set.Zone)
	}
	for !c.works(d) {
		d = d.Add(1)
	}
	return d.At(clockOf(t.In(c.set.Zone)), c.set.Zone)
}

// AddDays is n business days later at the same clock hour of the rep. n ≤ 0 is NextWorkday.
func (c *Calendar) AddDays(t time.Time, n int) time.Time {
	if n <= 0 {
		return c.NextWorkday(t)
	}
	d := c.day(t)
	for n > 0 {
		d = d.Add(1)
		if c.works(d) {
			n--
		}
	}
	return d.At(clockOf(t.In(c.set.Zone)), c.set.Zone)
}

// Shift moves a moment that falls on a free day behind the run of free days, same clock hour: the first working day of an
// absence becomes the first one after it, the second the second. So a week away makes no wall on the first morning back.
func (c *Calendar) Shift(t time.Time) time.Time {
	d := c.day(t)
	if c.works(d) {
		return t.In(c.set.Zone)
	}
	nth, last := 0, d
	for ; !c.works(d); d = d.Add(-1) {
		if wd := d.Weekday(); wd != time.Saturday && wd != time.Sunday {
			nth++
		}
	}
	return c.AddDays(last.At(clockOf(t.In(c.set.Zone)), c.set.Zone), max(nth, 1))
}

// StartOfDay is midnight of t's day in the rep's zone, or the day's first moment where summer time leaves midnight out.
func (c *Calendar) StartOfDay(t time.Time) time.Time { return c.day(t).At(0, c.set.Zone) }

// Opening is when the rep's working hours start on t's day, business day or not.
func (c *Calendar) Opening(t time.Time) time.Time { return c.day(t).At(c.set.Opens, c.set.Zone) }

// Closing is when the rep's working hours end on t's day, business day or not.
func (c *Calendar) Closing(t time.Time) time.Time { return c.day(t).At(c.set.Closes, c.set.Zone) }

func (c *Calendar) day(t time.Time) Day { return dayOf(t.In(c.set.Zone)) }

func (c *Calendar) works(d Day) bool {
	if wd := d.Weekday(); wd == time.Saturday || wd == time.Sunday {
		return false
	}
	if c.free[d] || c.holiday(d) {
		return false
	}
	for _, r := range c.set.Away {
		if d.Within(r) {
			return false
		}
	}
	return true
}

// holiday looks into the years around, too: a New Year's Day on a Saturday may be observed on the Friday before.
func (c *Calendar) holiday(d Day) bool {
	if len(c.holidays) == 0 {
		return false
	}
	if days, ok := c.years.Load(d.Year); ok {
		return days.(map[Day]bool)[d]
	}
	days := make(map[Day]bool, len(c.holidays))
	for y := d.Year - 1; y <= d.Year+1; y++ {
		for _, h := range c.holidays {
			if _, observed := h.Calc(y); !observed.IsZero() && observed.Year() == d.Year {
				days[dayOf(observed)] = true
			}
		}
	}
	c.years.Store(d.Year, days)
	return days[d]
}

func hhmm(d time.Duration) string {
	return fmt.Sprintf("%02d:%02d", int(d.Hours()), int(d.Minutes())%60)
}
