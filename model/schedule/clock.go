package schedule

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// Hours that a part of the day stands for, since midnight; the morning is Morning.
const (
	Afternoon = 14 * time.Hour
	Night     = 18 * time.Hour
)

var parts = map[string]time.Duration{"morning": Morning, "afternoon": Afternoon, "evening": Night, "tonight": Night}

// clock is a time of day, as it was named.
type clock struct {
	at    time.Duration // since midnight
	given bool          // an hour was named
	part  string        // "afternoon": a part of the day was named, alone or beside an hour
}

var (
	clockForm = regexp.MustCompile(`^(\d{1,2})(?::([0-5]\d))?(am|pm|h)?$`)
	morningOf = regexp.MustCompile(` (\d{1,2}(?::[0-5]\d)?) in morning `)
	eveningOf = regexp.MustCompile(` (\d{1,2}(?::[0-5]\d)?) in (?:afternoon|evening) `)
)

// clock takes the time of day off the end of the words; without one it is 08:30. "tonight" leaves "today" behind.
func (p phrase) clock(words []string) ([]string, clock, error) {
	rest, c, err := p.hour(words)
	n := len(rest)
	if err != nil || n == 0 {
		return rest, c, err
	}
	at, ok := parts[rest[n-1]]
	if !ok {
		return rest, c, nil
	}
	c.part, rest = rest[n-1], rest[:n-1]
	if !c.given {
		c.at = at
	}
	if len(rest) == 1 && rest[0] == "in" { // "in the morning"
		rest = nil
	}
	if c.part == "tonight" {
		rest = append(rest[:len(rest):len(rest)], "today")
	}
	return rest, c, nil
}

// hour takes the hour off the end of the words. In an afternoon, an hour before noon is one after it.
func (p phrase) hour(words []string) ([]string, clock, error) {
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
		return rest, clock{at: 12 * time.Hour, given: true}, nil
	case "eod":
		return rest, clock{at: p.cal.set.Closes, given: true}, nil
	}
	part := ""
	if len(rest) > 0 && parts[rest[len(rest)-1]] > 0 {
		part = rest[len(rest)-1]
	}
	m := clockForm.FindStringSubmatch(form)
	if m == nil || (m[2] == "" && m[3] == "" && !at && part == "") {
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
	case part != "" && part != "morning" && hour < 12:
		hour += 12
	case m[2] == "" && m[3] == "" && hour < 7 && part == "":
		return nil, clock{}, fmt.Errorf("%q could be morning or afternoon: write %dam or %dpm", p.said, max(hour, 1), max(hour, 1))
	}
	return rest, clock{at: time.Duration(hour)*time.Hour + time.Duration(mins)*time.Minute, given: true}, nil
}
