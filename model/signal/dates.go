package signal

import (
	"strings"
	"time"
)

// day is one day that a sentence names, on tokens [from, to).
type day struct {
	at       time.Time
	from, to int
}

// reader finds days in one sentence.
type reader struct {
	s        string
	t        []token
	now      time.Time
	dayFirst bool
}

func (r reader) word(i int) string {
	if i < 0 || i >= len(r.t) {
		return ""
	}
	return r.t[i].word
}

func (r reader) num(i int) int {
	if i < 0 || i >= len(r.t) {
		return -1
	}
	return r.t[i].n
}

// gap is what stands between tokens i and i+1.
func (r reader) gap(i int) string {
	if i < 0 || i+1 >= len(r.t) {
		return ""
	}
	return r.s[r.t[i].to:r.t[i+1].from]
}

func (r reader) days() []day {
	var out []day
	for i := 0; i < len(r.t); {
		if at, n, ok := r.read(i); ok {
			out = append(out, day{at, i, i + n})
			i += n
			continue
		}
		i++
	}
	return out
}

// read reads one day that begins at token i and says how many it takes.
func (r reader) read(i int) (time.Time, int, bool) {
	n := r.num(i)
	switch {
	case n > 1999 && n < 2101:
		return r.iso(i)
	case n >= 1 && n <= 31:
		if at, k, ok := r.dayMonth(i); ok {
			return at, k, ok
		}
		return r.numbers(i)
	case n >= 0, !dayBegins()[r.word(i)]:
		return time.Time{}, 0, false
	}
	if at, k, ok := r.monthDay(i); ok {
		return at, k, ok
	}
	if q := r.num(i + 1); q >= 1 && q <= 4 && (r.t[i].word == "q" || r.t[i].word == "t") && r.gap(i) == "" { // "Q2", "T2"
		at, ok := comingMonth(time.Month(q*3-2), r.now)
		return at, 2, ok
	}
	return r.relative(i)
}

func (r reader) iso(i int) (time.Time, int, bool) {
	a, b := r.gap(i), r.gap(i+1)
	if a != b || (a != "-" && a != "/" && a != ".") || r.num(i+2) < 1 || r.num(i+1) < 1 || r.num(i+1) > 12 {
		return time.Time{}, 0, false
	}
	at, ok := atDay(r.num(i), time.Month(r.num(i+1)), r.num(i+2), r.now.Location())
	return at, 3, ok
}

// dayMonth reads "3 December 2026", "3rd of December", "3. Dezember", "3 de
// diciembre de 2026".
func (r reader) dayMonth(i int) (time.Time, int, bool) {
	j := i + 1
	if ordinal[r.word(j)] && r.gap(i) == "" || r.word(j) == "º" {
		j++
	}
	if joinsOf[r.word(j)] {
		j++
	}
	m, ok := months[r.word(j)]
	if !ok && r.word(j) == "out" && joinsOf[r.word(j-1)] {
		m, ok = time.October, true // "3 de out", else an English word
	}
	if !ok || len(strings.TrimSpace(r.gap(j-1))) > 1 {
		return time.Time{}, 0, false
	}
	at, n, ok := r.year(m, r.num(i), j+1)
	return at, n - i, ok
}

// monthDay reads "December 3rd, 2026", "December 1-7" (its end), "in March".
func (r reader) monthDay(i int) (time.Time, int, bool) {
	m, ok := months[r.word(i)]
	if !ok {
		return time.Time{}, 0, false
	}
	if d := r.num(i + 1); d >= 1 && d <= 31 && len(strings.TrimSpace(r.gap(i))) <= 1 && !strings.HasPrefix(r.gap(i+1), ":") {
		j := i + 2
		if ordinal[r.word(j)] && r.gap(j-1) == "" {
			j++
		}
		if e := r.num(j); e > d && e <= 31 && strings.Trim(r.gap(j-1), " -–—") == "" && r.gap(j-1) != " " {
			d, j = e, j+1
		} else if e := r.num(j + 1); span[r.word(j)] && e > d && e <= 31 && months[r.word(j+2)] == 0 && !strings.HasPrefix(r.gap(j+1), ":") {
			d, j = e, j+2
		}
		at, n, ok := r.year(m, d, j)
		return at, n - i, ok
	}
	if y := r.num(i + 1); y > 1999 && y < 2101 {
		at, ok := atDay(y, m, 1, r.now.Location())
		return at, 2, ok
	}
	if len(r.word(i)) < 3 || r.t[i].word == "mar" {
		return time.Time{}, 0, false
	}
	switch {
	case comingAfter[r.word(i+1)]: // "septembre prochain"
		at, ok := comingMonth(m, r.now)
		return at, 2, ok
	case comingBefore[r.word(i-1)]: // "next September"
		at, ok := comingMonth(m, r.now)
		return at, 1, ok
	case towards[r.word(i-1)], joinsOf[r.word(i-1)] && towards[r.word(i-2)]: // "in March", "antes de marzo"
		at, ok := nextDay(m, 1, r.now)
		return at, 1, ok
	}
	return time.Time{}, 0, false
}

var (
	comingAfter  = words("prochain prochaine proximo proxima")
	comingBefore = words("next nachsten nachster nachstes kommenden proximo nasta volgende komende")
)

// comingMonth is the first day of the next such month, however lately the last one passed.
func comingMonth(m time.Month, now time.Time) (time.Time, bool) {
	y := now.Year()
	if m <= now.Month() {
		y++
	}
	return atDay(y, m, 1, now.Location())
}

// year takes the year after a day and month at token j, where there is one.
func (r reader) year(m time.Month, d, j int) (time.Time, int, bool) {
	k := j
	if joinsOf[r.word(k)] {
		k++
	}
	if y := r.num(k); y > 1999 && y < 2101 {
		at, ok := atDay(y, m, d, r.now.Location())
		return at, k + 1, ok
	}
	at, ok := nextDay(m, d, r.now)
	return at, j, ok
}

// numbers reads "7.12.", "7.12.2026", "7/12", "7-12-2026".
func (r reader) numbers(i int) (time.Time, int, bool) {
	none := time.Time{}
	sep := r.gap(i)
	b := r.num(i + 1)
	if strings.TrimSpace(sep) == "." && len(sep) <= 2 {
		sep = "."
	}
	if sep != "." && sep != "/" && sep != "-" || b < 1 || b > 31 || i > 0 && r.gap(i-1) != "" && strings.ContainsAny(r.gap(i-1), "$€£#v") {
		return none, 0, false
	}
	if sep == "." && (r.gap(i-1) == "." || r.gap(i+1) == "." && r.num(i+2) >= 0 && r.num(i+2) < 20) {
		return none, 0, false // an address or a number with many parts
	}
	year, n := 0, 2
	if g := strings.TrimSpace(r.gap(i + 1)); g == sep && len(r.gap(i+1)) <= 2 {
		switch y := r.num(i + 2); {
		case y > 1999 && y < 2101:
			year, n = y, 3
		case y >= 20 && y < 100 && r.gap(i+1) == sep && r.t[i+2].to-r.t[i+2].from == 2:
			year, n = 2000+y, 3
		}
	}
	_, named := weekdays[r.word(i-1)]
	sure := year > 0 || towards[r.word(i-1)] || named
	if sep == "." && !sure {
		after := r.s[r.t[i+1].to:]
		sure = strings.HasPrefix(after, ".") && r.t[i].to-r.t[i].from <= 2
	}
	if !sure || sep == "-" && year == 0 || r.num(i) == 24 && b == 7 && year == 0 && sep == "/" {
		return none, 0, false
	}
	w, ok := weekdays[r.word(i-1)]
	if !ok {
		w, ok = weekdays[r.word(i-2)]
	}
	at, read := slashed(r.num(i), b, year, r.now, r.dayFirst || sep != "/", w, ok)
	return at, n, read
}

// readers are one reader a sentence, knowing the language of the whole.
func readers(s said, now time.Time) []reader {
	const most = 300
	var out []reader
	hits := 0
	for i, sentence := range s.sentences {
		if i == most {
			break
		}
		for _, w := range sentence.fields {
			if foreign[w] {
				hits++
			}
		}
		if sentence.mayNameDay() {
			out = append(out, reader{s: sentence.words, t: tokens(sentence.words), now: now})
		}
	}
	for i := range out {
		out[i].dayFirst = hits >= 2
	}
	return out
}

// mayNameDay is false for most sentences, which then need not be read.
func (s sentence) mayNameDay() bool {
	return strings.ContainsAny(s.words, "0123456789") || anyIn(s.fields, dayBegins())
}

// mentions lists the days ahead that a text names, at most twenty.
func mentions(s said, now time.Time) []DateMention {
	if now.IsZero() {
		return nil
	}
	var out []DateMention
	for _, r := range readers(s, now) {
		for _, d := range r.days() {
			if d.at.After(now) && len(out) < 20 {
				out = append(out, DateMention{At: d.at, Words: r.s[r.t[d.from].from:r.t[d.to-1].to], Sentence: r.s})
			}
		}
	}
	return out
}
