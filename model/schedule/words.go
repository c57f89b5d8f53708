package schedule

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

var weekdays = map[string]time.Weekday{
	"monday": time.Monday, "mon": time.Monday, "tuesday": time.Tuesday, "tue": time.Tuesday, "tues": time.Tuesday,
	"wednesday": time.Wednesday, "wed": time.Wednesday, "thursday": time.Thursday, "thu": time.Thursday,
	"thur": time.Thursday, "thurs": time.Thursday, "friday": time.Friday, "fri": time.Friday,
	"saturday": time.Saturday, "sat": time.Saturday, "sunday": time.Sunday, "sun": time.Sunday,
}

var months = map[string]time.Month{
	"january": time.January, "jan": time.January, "february": time.February, "feb": time.February, "march": time.March,
	"mar": time.March, "april": time.April, "apr": time.April, "may": time.May, "june": time.June, "jun": time.June,
	"july": time.July, "jul": time.July, "august": time.August, "aug": time.August, "september": time.September,
	"sep": time.September, "sept": time.September, "october": time.October, "oct": time.October,
	"november": time.November, "nov": time.November, "december": time.December, "dec": time.December,
}

var (
	isoForm     = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)
	ordinalForm = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th|\.)?$`)
	dateForm    = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)$`)
	dottedForm  = regexp.MustCompile(`^(\d{1,2})\.(\d{1,2})\.$`)
	numberForm  = regexp.MustCompile(`^(\d{1,2})(?:/(\d{1,2})|[./-](\d{1,2})[./-](\d{4}))$`)
)

// day reads everything but the clock.
func (p phrase) day(words []string) (Day, error) {
	if n, u, ok := span(words); ok {
		switch u {
		case days:
			return p.today.Add(n), nil
		case workdays:
			return dayOf(p.cal.AddDays(p.now, n)), nil
		case weeks:
			return p.today.Add(7 * n), nil
		case monthly:
			return p.today.AddMonths(n), nil
		case quarters:
			return p.today.AddMonths(3 * n), nil
		case years:
			return p.today.AddMonths(12 * n), nil
		}
		return Day{}, p.refuse("counts hours and names an hour, too")
	}
	if day, ok, err := p.stretch(words); ok {
		return day, err
	}
	switch len(words) {
	case 1:
		return p.oneWord(words[0])
	case 2:
		switch words[0] {
		case "next":
			return p.next(words[1])
		case "this":
			return p.this(words[1])
		}
	case 3, 4: // "friday next week", "next week on friday"
		words = slices.DeleteFunc(slices.Clone(words), func(word string) bool { return word == "on" || word == "of" })
		switch {
		case len(words) == 3 && words[1] == "next" && words[2] == "week":
			return p.next(words[0])
		case len(words) == 3 && words[0] == "next" && words[1] == "week":
			return p.next(words[2])
		}
	}
	return p.dayOfMonth(words)
}

func (p phrase) oneWord(word string) (Day, error) {
	switch word {
	case "today":
		return p.today, nil
	case "yesterday":
		return p.today.Add(-1), nil // to be refused as past
	case "tomorrow", "tmrw", "tmr", "tom":
		return p.today.Add(1), nil
	case "overmorrow":
		return p.today.Add(2), nil
	case "eow":
		return p.coming(time.Friday), nil
	case "eom":
		if end := p.today.monthEnd(); end != p.today {
			return end, nil
		}
		return p.today.Add(1).monthEnd(), nil
	}
	if wd, ok := weekdays[word]; ok {
		return p.coming(wd), nil
	}
	if day, err := ParseDay(word); err == nil {
		return day, nil
	}
	if m := dateForm.FindStringSubmatch(word); m != nil {
		n, _ := strconv.Atoi(m[1])
		return p.monthly(n)
	}
	if isoForm.MatchString(word) {
		return Day{}, p.refuse("names a day that does not exist")
	}
	if day, ok, err := p.numbers(word); ok {
		return day, err
	}
	if numeric.MatchString(word) {
		return Day{}, fmt.Errorf(`%q could be a day and month or a month and day: write "1 dec" or "2026-12-01"`, p.said)
	}
	return Day{}, p.unread()
}

// coming is the next such weekday, never today.
func (p phrase) coming(wd time.Weekday) Day {
	ahead := (int(wd) - int(p.today.Weekday()) + 7) % 7
	if ahead == 0 {
		ahead = 7
	}
	return p.today.Add(ahead)
}

// monday is the Monday that begins today's week (ISO 8601).
func (p phrase) monday() Day { return p.today.Add(-(int(p.today.Weekday()) + 6) % 7) }

func (p phrase) next(word string) (Day, error) {
	if wd, ok := weekdays[word]; ok {
		return p.monday().Add(7 + (int(wd)+6)%7), nil
	}
	return Day{}, p.unread()
}

// this is a weekday of the running week; one that has passed is refused by Parse.
func (p phrase) this(word string) (Day, error) {
	if wd, ok := weekdays[word]; ok {
		return p.monday().Add((int(wd) + 6) % 7), nil
	}
	return Day{}, p.unread()
}

// dayOfMonth reads "jan 5", "5th of jan", "january 5 2027"; without a year it is the next such day, never today.
func (p phrase) dayOfMonth(words []string) (Day, error) {
	if len(words) > 1 && words[1] == "of" {
		words = append(words[:1:1], words[2:]...)
	}
	if len(words) != 2 && len(words) != 3 {
		return Day{}, p.unread()
	}
	name, number := words[0], words[1]
	if _, ok := months[name]; !ok {
		name, number = number, name
	}
	month, ok := months[strings.TrimSuffix(name, ".")]
	m := ordinalForm.FindStringSubmatch(number)
	if !ok || m == nil {
		return Day{}, p.unread()
	}
	day := Day{Month: month}
	day.Day, _ = strconv.Atoi(m[1])
	if len(words) == 3 {
		year, err := strconv.Atoi(words[2])
		if err != nil || len(words[2]) != 4 {
			return Day{}, p.unread()
		}
		return p.existing(Day{year, day.Month, day.Day})
	}
	return p.yearly(day)
}

func (p phrase) existing(d Day) (Day, error) {
	if !d.exists() {
		return Day{}, p.refuse("names a day that does not exist")
	}
	return d, nil
}

// yearly is the next such day, never today.
func (p phrase) yearly(d Day) (Day, error) {
	// 29 Feb may be up to eight years away, across a year like 2100.
	for d.Year = p.today.Year; d.Year <= p.today.Year+8; d.Year++ {
		if d.exists() && p.today.Before(d) {
			return d, nil
		}
	}
	return p.existing(Day{Month: d.Month, Day: 99})
}

// monthly is the next day with this number in its month, never today.
func (p phrase) monthly(n int) (Day, error) {
	for ahead := range 3 { // of two months in a row one has 31 days, and this one may be over
		d := Day{p.today.Year, p.today.Month, 1}.AddMonths(ahead)
		if d.Day = n; d.exists() && p.today.Before(d) {
			return d, nil
		}
	}
	return p.existing(Day{Month: p.today.Month, Day: 99})
}

// numbers reads a day written in digits where only one reading is possible: "14.12." names the day first, and a number
// beyond 12 is no month. ok is false for other words, and for what could be read both ways.
func (p phrase) numbers(word string) (d Day, ok bool, err error) {
	if m := dottedForm.FindStringSubmatch(word); m != nil {
		d.Day, _ = strconv.Atoi(m[1])
		month, _ := strconv.Atoi(m[2])
		d.Month = time.Month(month)
		d, err = p.yearly(d)
		return d, true, err
	}
	m := numberForm.FindStringSubmatch(word)
	if m == nil {
		return d, false, nil
	}
	day, _ := strconv.Atoi(m[1])
	month, _ := strconv.Atoi(m[2] + m[3])
	if day <= 12 {
		day, month = month, day
	}
	if day <= 12 || month > 12 {
		return d, false, nil
	}
	d.Month, d.Day = time.Month(month), day
	if m[4] == "" {
		d, err = p.yearly(d)
		return d, true, err
	}
	d.Year, _ = strconv.Atoi(m[4])
	d, err = p.existing(d)
	return d, true, err
}
