package signal

import (
	"strings"
	"time"
)

var (
	// comesBack are words of a return; the day nearest to one is the day.
	comesBack = words("back return returning returns again resume reopen reopens " +
		"kehre verfugung reprendrai reprise rentre revenons rouvrirons rouvre volvemos regresamos reabrimos retomo " +
		"regressando retornando voltando retomarei retomamos aterkommer oppnar hervat zuruck wieder ruckkehr retour reviens reviendrai reprends reprendrai nouveau " +
		"volvere vuelvo vuelta regreso regresare regresamos volveremos reincorporo reincorporare reincorporacion nuevamente regresso regressarei retorno retornarei retornamos volto voltarei voltamos " +
		"tillbaka ater igen terug weer retorna regresa vuelve")
	// answers are what the writer does when back; a day near one counts less,
	// for he may answer from a train, too.
	answers = words("reply respond answer antworte beantworte beantworten lese reponds repondrai repondrons traiterons traiterai prendrai " +
		"respondo respondere responderemos contesto contestare contestaremos atendere atenderemos responderei respondemos svarar beantwoord beantwoorden reageer")
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
	for _, r := range readers(hear(cut(s, maxWords)), now) {
		days := r.days()
		back, answered := r.nearest(comesBack, days), r.nearest(answers, days)
		for i, d := range days {
			n := r.weight(days, i)
			switch {
			case i == back:
				n = 4
			case i == answered && (n < 2 || back < 0 && !r.endsAbsence(days, i)):
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

// endsAbsence tells whether "until" stands before day i.
func (r reader) endsAbsence(days []day, i int) bool { return r.weight(days, i) == 2 }

// nearest is the index of the day that belongs to one of the words: the first
// after it, else the last before it.
func (r reader) nearest(to map[string]bool, days []day) int {
	const reach = 9
	for i, t := range r.t {
		if !to[t.word] {
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
