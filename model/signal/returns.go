package signal

import (
	"strings"
	"time"
)

var (
	// comesBack are words of a return; the day nearest to one is the day.
	comesBack = words("back return returning returns again resume reopen reopens zuruck wieder ruckkehr retour reviens reviendrai reprends reprendrai nouveau " +
		"volvere vuelvo vuelta regreso regresare regresamos volveremos reincorporo reincorporare reincorporacion nuevamente regresso regressarei retorno retornarei retornamos volto voltarei voltamos " +
		"tillbaka ater igen terug weer retorna regresa vuelve")
	staysAway = words("until till til through thru to including bis zum au jusqu jusque hasta al tot m met ate ao a inclusive")
	leavesOn  = words("from since starting vom ab seit du depuis del desde de fran vanaf van beginning")
)

// returnDate finds the day on which the writer of an automatic answer says to
// be back, or zero. "Back on" outweighs "until", which outweighs a bare day;
// the day on which an absence begins is none.
func returnDate(s string, now time.Time) time.Time {
	if now.IsZero() {
		return time.Time{}
	}
	var best time.Time
	score := 0
	for _, r := range readers(s, now) {
		days := r.days()
		back := r.nearestReturn(days)
		for i, d := range days {
			n := r.weight(days, i)
			if i == back {
				n = 3
			}
			if n == 0 || !d.at.After(now) {
				continue
			}
			if n > score || n == score && n < 3 && d.at.After(best) {
				best, score = d.at, n
			}
		}
	}
	return best
}

// nearestReturn is the index of the day that belongs to a word of return: the
// first after it, else the last before it.
func (r reader) nearestReturn(days []day) int {
	const reach = 9
	for i, t := range r.t {
		if !comesBack[t.word] {
			continue
		}
		for k, d := range days {
			if d.from > i && d.from-i <= reach {
				return k
			}
		}
		for k := len(days) - 1; k >= 0; k-- {
			if d := days[k]; d.to <= i && i-d.to <= reach {
				return k
			}
		}
	}
	return -1
}

// weight is 2 for the end of an absence, 0 for its beginning, 1 for a day
// about which nothing is said.
func (r reader) weight(days []day, i int) int {
	d := days[i]
	if i > 0 && days[i-1].to == d.from && strings.Trim(r.gap(d.from-1), " .-–—") == "" {
		return 2 // "1.12. – 7.12."
	}
	for k := d.from - 1; k >= 0 && k >= d.from-4; k-- {
		if i > 0 && k < days[i-1].to {
			break
		}
		switch w := r.t[k].word; {
		case staysAway[w]:
			return 2
		case leavesOn[w]:
			return 0
		}
	}
	return 1
}
