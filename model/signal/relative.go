package signal

import (
	"strings"
	"time"
)

// This file reads days that count from the day of the mail; those that have a number and a month of their own are in dates.go.

// relative reads weekdays, "tomorrow", "next week", "next quarter". A weekday
// before a date is only its ornament.
func (r reader) relative(i int) (time.Time, int, bool) {
	w, next, before := r.word(i), r.word(i+1), r.word(i-1)
	today := time.Date(r.now.Year(), r.now.Month(), r.now.Day(), 0, 0, 0, 0, r.now.Location())
	if wd, ok := weekdays[w]; ok {
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
	pair := w + " " + next
	switch {
	case w == "tomorrow", w == "demain", w == "amanha", w == "imorgon", pair == "i morgon",
		w == "morgen" && before != "guten" && before != "goede" && before != "am" && before != "heute",
		w == "manana" && before != "la":
		return today.AddDate(0, 0, 1), 1 + strings.Count(pair, "i morgon"), true
	case inSet(pair, "next week,nachste woche,nachsten woche,nachster woche,kommende woche,semaine prochaine,proxima semana,nasta vecka,volgende week"),
		pair == "semana que" && (r.word(i+2) == "viene" || r.word(i+2) == "vem"):
		return today.AddDate(0, 0, 7-(int(today.Weekday())+6)%7), 2, true
	case inSet(pair, "next month,nachsten monat,nachster monat,mois prochain,proximo mes,nasta manad,volgende maand"):
		return today.AddDate(0, 1, 1-today.Day()), 2, true
	case inSet(pair, "next quarter,nachstes quartal,nachsten quartal,trimestre prochain,prochain trimestre,proximo trimestre,nasta kvartal,volgend kwartaal"):
		m := (int(today.Month())-1)/3*3 + 4
		return time.Date(today.Year(), time.Month(m), 1, 0, 0, 0, 0, today.Location()), 2, true
	case inSet(pair, "next year,nachstes jahr,nachsten jahr,annee prochaine,proximo ano,nasta ar,volgend jaar,new year"),
		pair == "ano que" && (r.word(i+2) == "viene" || r.word(i+2) == "vem"):
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

func inSet(s, list string) bool { return strings.Contains(","+list+",", ","+s+",") }
