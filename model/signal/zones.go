package signal

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed zones.txt
var zonesText string

// windowsZones maps the names of Outlook and Exchange, lower-case, to those of the zone database.
var windowsZones = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(zonesText) {
		if name, zone, ok := strings.Cut(line, " = "); ok && !strings.HasPrefix(line, "#") {
			out[strings.ToLower(name)] = strings.TrimSpace(zone)
		}
	}
	return out
})

// wall is a clock's reading without a zone, kept as if it were UTC.
type wall = time.Time

// in gives the moment of a reading in a zone that a calendar names: by the zone database, by Windows' names, by the
// calendar's own definition, and at last by the offset in a name such as "(UTC+01:00) Berlin". ok is false for a zone that
// nobody knows.
func (c calendar) in(tzid string, w wall) (at time.Time, ok bool) {
	if zone := namedZone(tzid); zone != nil {
		return time.Date(w.Year(), w.Month(), w.Day(), w.Hour(), w.Minute(), w.Second(), 0, zone), true
	}
	if all := c.zones[tzid]; len(all) > 0 {
		return w.Add(-offsetAt(all, w)), true
	}
	for _, sign := range []string{"UTC", "GMT"} {
		if _, rest, found := strings.Cut(strings.ToUpper(tzid), sign); found {
			if offset, ok := parseOffset(strings.ReplaceAll(firstOffset(rest), ":", "")); ok {
				return w.Add(-offset), true
			}
		}
	}
	return time.Time{}, false
}

// namedZone is a zone of the database. Some programs put a path of their own before its name,
// "/freeassociation.sourceforge.net/Tzfile/Europe/Berlin".
func namedZone(name string) *time.Location {
	name = strings.Trim(strings.TrimSpace(cut(name, 128)), `"`)
	if zone := windowsZones()[strings.ToLower(name)]; zone != "" {
		name = zone
	}
	for name = strings.TrimLeft(name, "/"); name != ""; {
		if name != "Local" { // that of this machine, which the writer does not know
			if zone, err := time.LoadLocation(name); err == nil {
				return zone
			}
		}
		_, rest, found := strings.Cut(name, "/")
		if !found {
			return nil
		}
		name = rest
	}
	return nil
}

// onset is when one half of a zone's year begins (RFC 5545 section 3.6.5).
type onset struct {
	from   wall
	offset time.Duration // east of UTC from then on
	month  time.Month    // 0: it begins once, at from
	week   int           // 1 the first, -1 the last weekday of the month
	day    time.Weekday
	until  int // the last year; 0: for ever
}

func (o *onset) take(p property) {
	switch p.name {
	case "DTSTART":
		o.from, _ = time.Parse("20060102T150405", strings.TrimSuffix(p.value, "Z"))
	case "TZOFFSETTO":
		o.offset, _ = parseOffset(strings.TrimSpace(p.value))
	case "RRULE":
		for part := range strings.SplitSeq(strings.ToUpper(p.value), ";") {
			switch key, v, _ := strings.Cut(part, "="); key {
			case "BYMONTH":
				if n, err := strconv.Atoi(v); err == nil && n >= 1 && n <= 12 {
					o.month = time.Month(n)
				}
			case "BYDAY":
				o.week, o.day = weekOf(v)
			case "UNTIL":
				o.until, _ = strconv.Atoi(cut(v, 4))
			}
		}
	}
}

// weekOf reads "-1SU", "2SU", "SU".
func weekOf(v string) (int, time.Weekday) {
	if len(v) < 2 {
		return 1, time.Sunday
	}
	n, err := strconv.Atoi(v[:len(v)-2])
	if err != nil || n == 0 || n < -5 || n > 5 {
		n = 1
	}
	return n, time.Weekday(max(0, strings.Index("SUMOTUWETHFRSA", v[len(v)-2:])/2))
}

// in is the onset of a year.
func (o onset) in(year int) wall {
	if o.month == 0 {
		return o.from
	}
	first := time.Date(year, o.month, 1, o.from.Hour(), o.from.Minute(), o.from.Second(), 0, time.UTC)
	if o.week < 0 {
		last := first.AddDate(0, 1, -1)
		return last.AddDate(0, 0, -(int(last.Weekday()-o.day)+7)%7+7*(o.week+1))
	}
	return first.AddDate(0, 0, (int(o.day-first.Weekday())+7)%7+7*(max(o.week, 1)-1))
}

// offsetAt is the offset east of UTC that holds at a reading: that of the newest onset before it.
func offsetAt(all []onset, w wall) time.Duration {
	newest, offset := wall{}, all[0].offset
	for _, o := range all {
		for _, year := range []int{w.Year() - 1, w.Year()} {
			if at := o.in(year); (o.until == 0 || year <= o.until) && !at.After(w) && at.After(newest) {
				newest, offset = at, o.offset
			}
		}
	}
	return offset
}

// parseOffset reads "+0130" or "-080000".
func parseOffset(s string) (time.Duration, bool) {
	if len(s) < 5 || s[0] != '+' && s[0] != '-' {
		return 0, false
	}
	h, err1 := strconv.Atoi(s[1:3])
	m, err2 := strconv.Atoi(s[3:5])
	if err1 != nil || err2 != nil || h < 0 || h > 18 || m < 0 || m > 59 {
		return 0, false
	}
	offset := time.Duration(h)*time.Hour + time.Duration(m)*time.Minute
	if s[0] == '-' {
		return -offset, true
	}
	return offset, true
}

// firstOffset is the "+01:00" or "+0100" that a text begins with.
func firstOffset(s string) string {
	s = cut(strings.TrimSpace(s), 6)
	if len(s) == 6 && s[3] != ':' {
		s = s[:5]
	}
	return s
}
