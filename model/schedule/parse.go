package schedule

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// farthest is how far ahead a date may lie; beyond it, a number was mistyped.
const farthest = 5 // years

// Parse reads the words a rep types for a date, in the rep's zone, relative to now. The result is always after now.
//
// Relative words count from now: "in 2 hours" and "half an hour" to the minute, "3d", "2w", "a month" and "tomorrow" as
// that day at 08:30; "in 3 business days" counts the days on which the rep works. Absolute words mean the next such day,
// never today: "friday", "next tue" (of next week), "jan 5", "the 5th", "end of month". Words for a stretch of time mean its first business day: "february", "mid january", "q1", "after
// christmas"; a week is its Monday. A clock alone ("9am", "noon", "eod", "morning") is today's, or tomorrow's once past.
// "later today" is three hours ahead but at most closing. What is unreadable, ambiguous or past is an error, a sentence
// with an example.
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

// noise brings the many ways to say one thing down to one. Every phrase has its spaces, so that words are not cut.
var noise = strings.NewReplacer(" the ", " ", " sometime ", " ", " day after tomorrow ", " overmorrow ", " end of week ", " eow ",
	" end of month ", " eom ", " end of day ", " eod ", " eoq ", " end of quarter ", " eoy ", " end of year ", " beginning of ", " early ", " start of ", " early ", " middle of ", " mid ",
	" half an hour ", " 30 minutes ", " half hour ", " 30 minutes ", " and a half hours ", " hours and a half ",
	" half a year ", " 6 months ", " fortnight ", " 2 weeks ", " a fortnight ", " 2 weeks ", " a couple of ", " 2 ",
	" a few ", " 3 ", " business days ", " workdays ", " working days ", " workdays ", " business day ", " workday ", " working day ", " workday ")

// plain is what was said as lower-case words, without what adds nothing.
func plain(said string) []string {
	spaced := func(s string) string { return " " + strings.Join(strings.Fields(s), " ") + " " }
	s := spaced(strings.NewReplacer(",", " ", "mid-", "mid ").Replace(strings.ToLower(said)))
	for range 3 { // what was replaced took the space that the phrase behind it needs
		s = spaced(noise.Replace(s))
	}
	s = eveningOf.ReplaceAllString(morningOf.ReplaceAllString(s, " ${1}am "), " ${1}pm ")
	words := strings.Fields(s)
	if len(words) > 0 && (words[0] == "on" || words[0] == "until" || words[0] == "by") {
		words = words[1:]
	}
	if len(words) > 1 && hourWord.MatchString(words[0]) { // "noon tomorrow" is "tomorrow noon"
		words = append(words[1:len(words):len(words)], words[0])
		if words[0] == "on" {
			words = words[1:]
		}
	}
	return words
}

// hourWord is an hour that cannot be anything else.
var hourWord = regexp.MustCompile(`^(eod|noon|midday|\d{1,2}(:[0-5]\d)?[ap]m|\d{1,2}:[0-5]\d)$`)

var numeric = regexp.MustCompile(`^\d{1,4}[./-]\d{1,2}([./-](\d{1,4})?)?$`)

func (p phrase) read() (time.Time, error) {
	if p.said == "" {
		return time.Time{}, fmt.Errorf(`no date given: try "fri 2pm" or "in 3 days"`)
	}
	if len(p.said) > 100 {
		return time.Time{}, p.unread()
	}
	words := plain(p.said)
	if strings.Join(words, " ") == "later today" {
		return p.laterToday()
	}
	if d, ok := hoursOf(words); ok {
		return minute(p.now.Add(d)), nil
	}
	words, clock, err := p.clock(words)
	if err != nil {
		return time.Time{}, err
	}
	zone := p.now.Location()
	if len(words) == 1 && words[0] == "this" && clock.part != "" {
		words[0] = "today"
		if clock.part == "afternoon" && !clock.given && !p.today.At(clock.at, zone).After(p.now) {
			return p.laterToday()
		}
	}
	if len(words) == 0 && (clock.given || clock.part != "") {
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

// minute drops the seconds, on the clock of t's zone.
func minute(t time.Time) time.Time {
	return t.Add(-time.Duration(t.Second())*time.Second - time.Duration(t.Nanosecond()))
}
