package schedule

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// farthest is how far ahead a date may lie; beyond it, a number was mistyped.
const farthest = 5 // years

// Parse reads the words a rep types for a date, in the rep's zone, relative to now. The result is always after now.
//
// Relative words count from now: "in 2 hours" to the minute, "3d", "2w", "a month" and "tomorrow" as that day at 08:30.
// Absolute words mean the next such day, never today: "friday", "next tue" (of next week), "jan 5", "end of month". A clock
// alone ("9am", "noon", "eod") is today's, or tomorrow's once past. "later today" is three hours ahead but at most closing.
// What is unreadable, ambiguous or past is an error, a sentence with two examples.
func (c *Calendar) Parse(words string, now time.Time) (time.Time, error) {
	now = now.In(c.set.Zone)
	p := phrase{cal: c, now: now, today: dayOf(now), said: strings.TrimSpace(words)}
	t, err := p.read()
	if err != nil {
		return time.Time{}, err
	}
	if !t.After(now) {
		return time.Time{}, p.refuse("is past")
	}
	if t.After(now.AddDate(farthest, 0, 0)) {
		return time.Time{}, p.refuse(fmt.Sprintf("is more than %d years ahead", farthest))
	}
	return t, nil
}

// phrase is one reading of what the rep typed.
type phrase struct {
	cal   *Calendar
	now   time.Time // in the rep's zone
	today Day
	said  string
}

func (p phrase) refuse(why string) error {
	said := p.said
	if r := []rune(said); len(r) > 40 {
		said = string(r[:40]) + "…"
	}
	return fmt.Errorf(`%q %s: try "fri 2pm" or "in 3 days"`, said, why)
}

func (p phrase) unread() error { return p.refuse("is no date I can read") }

var (
	noise = strings.NewReplacer(",", " ", "day after tomorrow", "overmorrow", "end of week", "eow", "end of the week", "eow",
		"end of month", "eom", "end of the month", "eom", "end of day", "eod", "end of the day", "eod")
	numeric = regexp.MustCompile(`^\d{1,4}[./-]\d{1,2}([./-](\d{1,4})?)?$`)
)

func (p phrase) read() (time.Time, error) {
	if p.said == "" {
		return time.Time{}, fmt.Errorf(`no date given: try "fri 2pm" or "in 3 days"`)
	}
	if len(p.said) > 100 {
		return time.Time{}, p.unread()
	}
	words := strings.Fields(noise.Replace(strings.Join(strings.Fields(strings.ToLower(p.said)), " ")))
	if len(words) > 0 && (words[0] == "on" || words[0] == "until" || words[0] == "by") {
		words = words[1:]
	}
	if strings.Join(words, " ") == "later today" {
		return p.laterToday()
	}
	if t, ok := p.hours(words); ok {
		return t, nil
	}
	words, clock, err := p.clock(words)
	if err != nil {
		return time.Time{}, err
	}
	zone := p.now.Location()
	if len(words) == 0 && clock.given {
		t := p.today.At(clock.at, zone)
		if !t.After(p.now) {
			t = p.today.Add(1).At(clock.at, zone)
		}
		return t, nil
	}
	day, err := p.day(words)
	if err != nil {
		return time.Time{}, err
	}
	return day.At(clock.at, zone), nil
}

func (p phrase) laterToday() (time.Time, error) {
	t := minute(p.now.Add(3 * time.Hour))
	if closing := p.cal.Closing(p.now); closing.Before(t) {
		t = closing
	}
	if !t.After(p.now) {
		return time.Time{}, fmt.Errorf(`the day closed at %s: try "in 2 hours" or "tomorrow"`, hhmm(p.cal.set.Closes))
	}
	return t, nil
}

// hours reads a span of minutes or hours, the only spans that keep the clock.
func (p phrase) hours(words []string) (time.Time, bool) {
	n, unit, ok := span(words)
	if !ok || (unit != minutes && unit != hours) {
		return time.Time{}, false
	}
	step := time.Minute
	if unit == hours {
		step = time.Hour
	}
	return minute(p.now.Add(time.Duration(n) * step)), true
}

// minute drops the seconds, on the clock of t's zone.
func minute(t time.Time) time.Time {
	return t.Add(-time.Duration(t.Second())*time.Second - time.Duration(t.Nanosecond()))
}

type clock struct {
	at    time.Duration
	given bool
}

var clockForm = regexp.MustCompile(`^(\d{1,2})(?::([0-5]\d))?(am|pm|h)?$`)

// clock takes the time of day off the end of the words; without one it is 08:30.
func (p phrase) clock(words []string) ([]string, clock, error) {
	n := len(words)
	if n == 0 {
		return words, clock{at: Morning}, nil
	}
	form, rest := words[n-1], words[:n-1]
	if n > 1 && (form == "am" || form == "pm") {
		form, rest = words[n-2]+form, words[:n-2]
	}
	at := len(rest) > 0 && (rest[len(rest)-1] == "at" || rest[len(rest)-1] == "@")
	if at {
		rest = rest[:len(rest)-1]
	}
	switch form {
	case "noon", "midday":
		return rest, clock{12 * time.Hour, true}, nil
	case "eod":
		return rest, clock{p.cal.set.Closes, true}, nil
	}
	m := clockForm.FindStringSubmatch(form)
	if m == nil || (m[2] == "" && m[3] == "" && !at) {
		if at {
			return nil, clock{}, p.unread()
		}
		return words, clock{at: Morning}, nil
	}
	hour, _ := strconv.Atoi(m[1])
	mins, _ := strconv.Atoi("0" + m[2])
	switch {
	case m[3] == "am" || m[3] == "pm":
		if hour < 1 || hour > 12 {
			return nil, clock{}, p.refuse("has no such hour")
		}
		hour %= 12
		if m[3] == "pm" {
			hour += 12
		}
	case hour > 23:
		return nil, clock{}, p.refuse("has no such hour")
	case m[2] == "" && m[3] == "" && hour < 7:
		return nil, clock{}, fmt.Errorf("%q could be morning or afternoon: write %dam or %dpm", p.said, max(hour, 1), max(hour, 1))
	}
	return rest, clock{time.Duration(hour)*time.Hour + time.Duration(mins)*time.Minute, true}, nil
}
