package schedule

import (
	"strconv"
	"strings"
	"time"
)

// stretch is a run of days that words name: a week, a month, a quarter, a year.
type stretch struct {
	first, middle, late, last Day
}

func monthOf(year int, month time.Month) stretch {
	first := Day{year, month, 1}
	return stretch{first, first.Add(14), first.Add(20), first.monthEnd()}
}

func quarterOf(year, quarter int) stretch {
	first := Day{year, time.Month(quarter*3 - 2), 1}
	return stretch{first, first.AddMonths(1).Add(14), first.AddMonths(2), first.AddMonths(2).monthEnd()}
}

func yearOf(year int) stretch {
	return stretch{Day{year, 1, 1}, Day{year, 7, 1}, Day{year, 11, 1}, Day{year, 12, 31}}
}

func weekOf(monday Day) stretch {
	return stretch{monday, monday.Add(2), monday.Add(3), monday.Add(4)}
}

var ordinals = map[string]int{"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
	"fifth": 5, "5th": 5, "last": -1}

// stretch reads words for a stretch of time or a part of it: "in february", "early march", "end of next week", "second week
// of may 2027", "q1", "next quarter", "after christmas". The day is the first business day from the one that was meant on;
// the end of a stretch is its last day, whatever day that is, and a week its Monday. ok is false for other words.
func (p phrase) stretch(words []string) (d Day, ok bool, err error) {
	if len(words) > 1 && words[0] == "in" {
		words = words[1:]
	}
	if len(words) > 1 && words[0] == "after" {
		d, ok = p.after(strings.Join(words[1:], " "))
		return d, ok, nil
	}
	if len(words) > 3 && words[1] == "week" && (words[2] == "of" || words[2] == "in") && ordinals[words[0]] != 0 {
		return p.weekIn(ordinals[words[0]], words[3:])
	}
	part := ""
	switch {
	case len(words) > 1 && (words[0] == "early" || words[0] == "mid" || words[0] == "late"):
		part, words = words[0], words[1:]
	case len(words) > 2 && words[0] == "end" && words[1] == "of":
		part, words = "end", words[2:]
	}
	of := func(s stretch) Day {
		switch part {
		case "mid":
			return s.middle
		case "late":
			return s.late
		case "end":
			return s.last
		}
		return s.first
	}
	d, ok = p.within(words, of)
	if ok && part != "end" && !strings.HasSuffix(strings.Join(words, " "), "week") {
		d = p.cal.businessDay(d)
	}
	return d, ok, nil
}

// within is the day that of picks out of the stretch that words name: out of the next such stretch in which it lies
// ahead, when the words name no year.
func (p phrase) within(words []string, of func(stretch) Day) (Day, bool) {
	said := strings.Join(words, " ")
	y, quarter := p.today.Year, (int(p.today.Month)+2)/3
	switch said {
	case "next week":
		return of(weekOf(p.monday().Add(7))), true
	case "week after next":
		return of(weekOf(p.monday().Add(14))), true
	case "next month":
		next := Day{y, p.today.Month, 1}.AddMonths(1)
		return of(monthOf(next.Year, next.Month)), true
	case "next quarter":
		return of(quarterOf(y+quarter/4, quarter%4+1)), true
	case "next year":
		return of(yearOf(y + 1)), true
	case "month", "quarter", "year": // "end of quarter"; alone they are no date
		current := map[string]func(int) stretch{
			"month": func(n int) stretch {
				first := Day{y, p.today.Month, 1}.AddMonths(n)
				return monthOf(first.Year, first.Month)
			},
			"quarter": func(n int) stretch { return quarterOf(y+(quarter-1+n)/4, (quarter-1+n)%4+1) },
			"year":    func(n int) stretch { return yearOf(y + n) },
		}[said]
		if d := of(current(0)); d != current(0).first && p.today.Before(d) {
			return d, true
		}
		d := of(current(1))
		return d, d != current(1).first
	}
	if len(words) == 0 || len(words) > 2 {
		return Day{}, false
	}
	name, year := strings.TrimSuffix(words[0], "."), 0
	switch {
	case len(words) == 2 && name == "next": // "next february"
		name = words[1]
	case len(words) == 2:
		n, err := strconv.Atoi(words[1])
		if err != nil || len(words[1]) != 4 || n == 0 {
			return Day{}, false
		}
		year = n
	}
	month, isMonth := months[name]
	isQuarter := len(name) == 2 && name[0] == 'q' && name[1] >= '1' && name[1] <= '4'
	in := func(y int) Day {
		if isMonth {
			return of(monthOf(y, month))
		}
		return of(quarterOf(y, int(name[1]-'0')))
	}
	switch {
	case !isMonth && !isQuarter:
		return Day{}, false
	case year != 0:
		return in(year), true
	case p.today.Before(in(y)):
		return in(y), true
	}
	return in(y + 1), true
}

// weekIn is the Monday of a month's n-th week, the one of its n-th Monday; -1 is its last.
func (p phrase) weekIn(n int, words []string) (Day, bool, error) {
	exists := true
	monday := func(s stretch) Day {
		first := s.first
		first = first.Add((8 - int(first.Weekday())) % 7)
		d := first.Add(7 * (n - 1))
		if n < 0 {
			d = s.last.Add(-(int(s.last.Weekday()) + 6) % 7)
		}
		exists = !s.last.Before(d)
		return d
	}
	d, ok := p.within(words, monday)
	if ok && !exists {
		return Day{}, true, p.refuse("names a week that does not exist")
	}
	return d, ok, nil
}

// after is the first business day behind a feast or a weekend.
func (p phrase) after(what string) (Day, bool) {
	behind := func(month time.Month, day int) (Day, bool) {
		d := Day{p.today.Year, month, day}
		if !p.today.Before(p.cal.businessDay(d)) {
			d.Year++
		}
		return p.cal.businessDay(d), true
	}
	switch what {
	case "christmas", "xmas":
		return behind(time.December, 27)
	case "new year", "new years", "new year's", "holidays":
		return behind(time.January, 2)
	case "weekend":
		return p.cal.businessDay(p.monday().Add(7)), true
	}
	return Day{}, false
}

// businessDay is d or the first business day behind it.
func (c *Calendar) businessDay(d Day) Day {
	for !c.works(d) {
		d = d.Add(1)
	}
	return d
}
