package signal

import (
	"strings"
	"sync"
	"time"
)

// This file reads days that count from the day of the mail; those that have a number and a month of their own are in dates.go.

// relative reads weekdays, "tomorrow", "next week", "next quarter". A weekday
// before a date is only its ornament.
func (r reader) relative(i int) (time.Time, int, bool) {
	w, next, before := r.word(i), r.word(i+1), r.word(i-1)
	wd, isDay := weekdays[w]
	unit := nextUnits[[2]string{w, next}]
	if !isDay && unit == 0 && !mornings[w] && next != "que" {
		return time.Time{}, 0, false // nearly every word of a mail
	}
	today := time.Date(r.now.Year(), r.now.Month(), r.now.Day(), 0, 0, 0, 0, r.now.Location())
	if isDay {
		if needFeira[w] && next != "feira" {
			return time.Time{}, 0, false
		}
		for k := i + 1; k <= i+4 && k < len(r.t); k++ {
			if r.num(k) >= 0 || months[r.word(k)] != 0 {
				if _, _, ok := r.read(k); ok {
					return time.Time{}, 0, false
				}
			}
		}
		if at, n, ok := r.numbered(i, wd, today); ok {
			return at, n, true
		}
		days := (int(wd) - int(today.Weekday()) + 7) % 7
		if days == 0 {
			days = 7
		}
		if nextWords[before] && (int(today.Weekday())+6)%7+days < 7 {
			days += 7 // "next tue" is the one of next week
		}
		return today.AddDate(0, 0, days), 1, true
	}
	coming := r.word(i+2) == "viene" || r.word(i+2) == "vem"
	switch {
	case w == "tomorrow", w == "demain", w == "amanha", w == "imorgon",
		w == "morgen" && before != "guten" && before != "goede" && before != "am" && before != "heute",
		w == "manana" && before != "la":
		return today.AddDate(0, 0, 1), 1, true
	case unit == anotherDay:
		return today.AddDate(0, 0, 1), 2, true
	case unit == anotherWeek, w == "semana" && next == "que" && coming:
		return today.AddDate(0, 0, 7-(int(today.Weekday())+6)%7), 2, true
	case unit == anotherMonth:
		return today.AddDate(0, 1, 1-today.Day()), 2, true
	case unit == anotherQuarter:
		m := (int(today.Month())-1)/3*3 + 4
		return time.Date(today.Year(), time.Month(m), 1, 0, 0, 0, 0, today.Location()), 2, true
	case unit == anotherYear, w == "ano" && next == "que" && coming:
		return time.Date(today.Year()+1, 1, 1, 0, 0, 0, 0, today.Location()), 2, true
	}
	return time.Time{}, 0, false
}

// numbered reads a weekday with its day of the month and no month, "lundi 30",
// "segunda-feira, dia 30": the next such day, which comes within two months or
// the number counts something else.
func (r reader) numbered(i int, wd time.Weekday, today time.Time) (time.Time, int, bool) {
	j := i + 1
	for j < i+4 && besideDay[r.word(j)] {
		j++
	}
	n := r.num(j)
	if n < 1 || n > 31 || strings.ContainsAny(r.gap(j-1), ".:;!?(") || strings.HasPrefix(r.gap(j), ":") || hourWords[r.word(j+1)] {
		return time.Time{}, 0, false
	}
	for d := today.AddDate(0, 0, 1); d.Before(today.AddDate(0, 2, 0)); d = d.AddDate(0, 0, 1) {
		if d.Weekday() == wd && d.Day() == n {
			return d, j + 1 - i, true
		}
	}
	return time.Time{}, 0, false
}

var (
	besideDay = words("feira the den le dia el o de")
	hourWords = words("am pm uhr h heures horas uur o clock st people of %")
	nextWords = words("next nachsten nachster nasta volgende")
)

// another is what two words name together: "next week".
type another int

const (
	anotherDay another = iota + 1
	anotherWeek
	anotherMonth
	anotherQuarter
	anotherYear
)

var (
	mornings  = words("tomorrow demain amanha imorgon morgen manana")
	nextUnits = unitsOf(map[another]string{
		anotherDay:     "i morgon",
		anotherWeek:    "next week,nachste woche,nachsten woche,nachster woche,kommende woche,semaine prochaine,proxima semana,nasta vecka,volgende week",
		anotherMonth:   "next month,nachsten monat,nachster monat,mois prochain,proximo mes,nasta manad,volgende maand",
		anotherQuarter: "next quarter,nachstes quartal,nachsten quartal,trimestre prochain,prochain trimestre,proximo trimestre,nasta kvartal,volgend kwartaal",
		anotherYear:    "next year,nachstes jahr,nachsten jahr,annee prochaine,proximo ano,nasta ar,volgend jaar,new year",
	})
)

// dayBegins are all words with which a day can begin, so that every other word of a mail is looked up once.
var dayBegins = sync.OnceValue(func() map[string]bool {
	out := words("q t ano semana")
	for w := range months {
		out[w] = true
	}
	for w := range weekdays {
		out[w] = true
	}
	for w := range mornings {
		out[w] = true
	}
	for pair := range nextUnits {
		out[pair[0]] = true
	}
	return out
})

// unitsOf finds what two words name by the two: this is asked at every word of a mail.
func unitsOf(lists map[another]string) map[[2]string]another {
	out := map[[2]string]another{}
	for what, list := range lists {
		for pair := range strings.SplitSeq(list, ",") {
			first, second, _ := strings.Cut(pair, " ")
			out[[2]string{first, second}] = what
		}
	}
	return out
}
