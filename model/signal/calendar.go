package signal

import (
	"strings"
	"time"
)

// The names of months and days in the seven languages, folded.
var (
	months   = map[string]time.Month{}
	weekdays = map[string]time.Weekday{}
)

var monthNames = []string{
	"january januar janvier enero janeiro januari jan ene janv",
	"february februar fevrier febrero fevereiro februari feb fev fevr",
	"march marz mars marzo marco maart mar mrz mrt maerz",
	"april avril abril apr avr abr",
	"may mai mayo maio maj mei",
	"june juni juin junio junho jun",
	"july juli juillet julio julho jul juil",
	"august aout agosto augusti augustus aug ago",
	"september septembre septiembre setembro sep sept set setiembre",
	"october oktober octobre octubre outubro oct okt",
	"november novembre noviembre novembro nov",
	"december dezember decembre diciembre dezembro dec dez dic",
}

func init() {
	for i, names := range monthNames {
		for _, n := range strings.Fields(names) {
			months[n] = time.Month(i + 1)
		}
	}
	for i, names := range []string{
		"sunday sonntag dimanche domingo sondag zondag",
		"monday montag lundi lunes segunda mandag maandag",
		"tuesday dienstag mardi martes terca tisdag dinsdag",
		"wednesday mittwoch mercredi miercoles quarta onsdag woensdag",
		"thursday donnerstag jeudi jueves quinta torsdag donderdag",
		"friday freitag vendredi viernes sexta fredag vrijdag",
		"saturday samstag sonnabend samedi sabado lordag zaterdag",
	} {
		for _, n := range strings.Fields(names) {
			weekdays[n] = time.Weekday(i)
		}
	}
}

// ordinals in Portuguese name days only before "feira".
var needFeira = words("segunda terca quarta quinta sexta")

var (
	// towards stand before a day; a bare "7.12" or "in March" needs one.
	towards = words("on until till through thru by to from before after for am bis vor nach zum dem den vom ab im in le au du jusqu jusque avant apres el al del hasta desde em ate ao a no op tot vanaf van na voor m met till den fran fore forran innan efter i en since starting mid")
	joinsOf = words("of de del d")
	ordinal = words("st nd rd th er e o a")
	span    = words("to bis au al a till tot ate and et y e und through until thru tm")
	// foreign are small words of the languages that write the day first.
	foreign = words("ich bin bis und zum nicht je suis le du au jusqu estoy hasta del el la estou ate em estarei jag ar och pa fran ik ben tot en niet het op")
)

// atDay is midnight of a day, or false for one that does not exist.
func atDay(y int, m time.Month, d int, loc *time.Location) (time.Time, bool) {
	t := time.Date(y, m, d, 0, 0, 0, 0, loc)
	return t, t.Month() == m && t.Day() == d && y > 1999 && y < 2101
}

// nextDay is the day without a year: the coming one, unless one has just
// passed, for then an old mail speaks of that.
func nextDay(m time.Month, d int, now time.Time) (time.Time, bool) {
	const justPassed = 90 * 24 * time.Hour
	t, ok := atDay(now.Year(), m, d, now.Location())
	if ok && (t.After(now) || now.Sub(t) < justPassed) {
		return t, true
	}
	for y := now.Year() + 1; y < now.Year()+5; y++ { // 29 February
		if u, ok := atDay(y, m, d, now.Location()); ok {
			last, had := atDay(y-1, m, d, now.Location())
			if had && !last.After(now) && now.Sub(last) < justPassed {
				return last, true
			}
			return u, true
		}
	}
	return time.Time{}, false
}

// readings of numbers with slashes: day first where the language does so or
// where only that exists; else the one that fits the weekday, then the nearer
// one ahead.
func slashed(a, b, year int, now time.Time, dayFirst bool, weekday time.Weekday, hasWeekday bool) (time.Time, bool) {
	read := func(d, m int) (time.Time, bool) {
		if m < 1 || m > 12 || d < 1 || d > 31 {
			return time.Time{}, false
		}
		if year > 0 {
			return atDay(year, time.Month(m), d, now.Location())
		}
		return nextDay(time.Month(m), d, now)
	}
	first, ok1 := read(a, b)
	second, ok2 := read(b, a)
	switch {
	case !ok2 || ok1 && dayFirst:
		return first, ok1
	case !ok1:
		return second, true
	case hasWeekday && first.Weekday() != second.Weekday() && (first.Weekday() == weekday || second.Weekday() == weekday):
		if first.Weekday() == weekday {
			return first, true
		}
		return second, true
	case !first.After(now):
		return second, true
	case !second.After(now) || first.Before(second):
		return first, true
	}
	return second, true
}
