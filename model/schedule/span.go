package schedule

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

type unit int

const (
	minutes unit = iota
	hours
	days
	workdays
	weeks
	monthly
	quarters
	years
)

var units = map[string]unit{
	"m": minutes, "min": minutes, "mins": minutes, "minute": minutes, "minutes": minutes,
	"h": hours, "hr": hours, "hrs": hours, "hour": hours, "hours": hours,
	"d": days, "day": days, "days": days, "workday": workdays, "workdays": workdays, "w": weeks, "wk": weeks, "wks": weeks, "week": weeks, "weeks": weeks,
	"mo": monthly, "month": monthly, "months": monthly, "quarter": quarters, "quarters": quarters,
	"y": years, "yr": years, "year": years, "years": years,
}

var numbers = map[string]int{
	"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
	"nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}

var (
	spanForm = regexp.MustCompile(`^(?:in )?(?:(\d{1,4}) ?|([a-z]+) )([a-z]+)$`)
	halfForm = regexp.MustCompile(`^(?:in )?(?:(\d{1,3})(?:\.5 ?(?:h|hrs?|hours?)| hours? and a half)|([a-z]+) hours? and a half)$`)
	bothForm = regexp.MustCompile(`^(?:in )?(?:(\d{1,3}) ?|([a-z]+) )(?:h|hrs?|hours?) ?(?:and )?(\d{1,3}) ?(?:m|mins?|minutes?)?$`)
)

// span reads "3d", "in 2 hours", "a quarter", "in two weeks".
func span(words []string) (n int, u unit, ok bool) {
	m := spanForm.FindStringSubmatch(strings.Join(words, " "))
	if m == nil {
		return 0, 0, false
	}
	n = count(m[1], m[2])
	u, ok = units[m[3]]
	return n, u, ok && n > 0
}

// count is a number written in digits or as a word; 0 when it is neither.
func count(digits, word string) int {
	if digits == "" {
		return numbers[word]
	}
	n, _ := strconv.Atoi(digits)
	return n
}

// hoursOf reads a span of minutes or hours, the only spans that keep the clock: "in 2 hours", "90m", "an hour and a half",
// "1.5 hours", "1h30", "2 hours and 15 minutes".
func hoursOf(words []string) (time.Duration, bool) {
	if n, u, ok := span(words); ok {
		switch u {
		case minutes:
			return time.Duration(n) * time.Minute, true
		case hours:
			return time.Duration(n) * time.Hour, true
		}
		return 0, false
	}
	said := strings.Join(words, " ")
	if m := halfForm.FindStringSubmatch(said); m != nil {
		n := count(m[1], m[2])
		return time.Duration(n)*time.Hour + 30*time.Minute, n > 0 || m[1] != ""
	}
	if m := bothForm.FindStringSubmatch(said); m != nil {
		n, more := count(m[1], m[2]), count(m[3], "")
		return time.Duration(n)*time.Hour + time.Duration(more)*time.Minute, n > 0
	}
	return 0, false
}
