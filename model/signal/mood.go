package signal

import (
	"slices"
	"strings"
	"time"

	"stoke/model/text"
)

// mood fills what a person's words say about the deal.
func mood(v *Verdict, s said, now time.Time) {
	v.AsksQuestion = text.Questions(s.words) > 0
	v.Refusal = refuses(s)
	v.Dates = mentions(s, now)
	v.NamesTime = len(v.Dates) > 0 || namesHour(s.words)
	v.NotNow, v.NotNowUntil = putsOff(s, v.Dates, now)
}

var (
	// back stand before a refusal of former days, turned after it where the writer takes it back: "was not interested last
	// year, but now".
	back = words("was were had wasn weren hadn war waren hatte hatten etais etait etions avais avait avions interessait estaba estabamos tenia teniamos interesaba era estava estavamos tinha tinhamos interessava var hade waren was hadden had")
	turn = words("but now however yet although still aber jetzt nun doch jedoch trotzdem mais maintenant cependant pero ahora aunque mas agora porem men nu dock maar toch")
	// ours are what a rep offers: who decides to go with one of them says yes.
	ours   = words("plan package tier option offer proposal version bundle edition you your yours licence license seats")
	goWith = phrases("decided to go with")
)

// refuses tells whether the words say no, less the sentences that tell of an old no or choose what is offered.
func refuses(all said) bool {
	if !all.holds(refusalWords) && !all.holds(supplied) {
		return false
	}
	var left strings.Builder
	for _, s := range all.sentences {
		if anyOf(s.plain, supplied) && !anyIn(s.fields, turn) && !strings.ContainsAny(all.words, "?¿") {
			return true
		}
		if !accepts(s.plain) {
			left.WriteString(s.words + "\n")
		}
	}
	return anyOf(plain(left.String()), refusalWords)
}

// accepts tells whether the refusal in a sentence is none.
func accepts(p string) bool {
	none := false
	refusalWords.each(p, func(at int, w string) bool {
		after := strings.Fields(p[at+len(w)-1:])
		if none = goWith.whole(w) && anyIn(after[:min(len(after), 5)], ours); none {
			return true
		}
		before := strings.Fields(p[:at] + w)
		none = anyIn(before[max(0, len(before)-5):], back) && anyIn(after, turn)
		return none
	})
	return none
}

func anyIn(f []string, set map[string]bool) bool {
	return slices.ContainsFunc(f, func(w string) bool { return set[w] })
}

// namesHour finds 14:30, 2pm, 14h30, 14 Uhr, kl 14 at the edge of words.
func namesHour(s string) bool {
	if !strings.ContainsAny(s, "0123456789") {
		return false
	}
	before, word := "", ""
	for next := range strings.FieldsSeq(s) {
		if hourIn(before, word, next) {
			return true
		}
		before, word = word, next
	}
	return hourIn(before, word, "")
}

// hourIn tells whether a word names an hour, with the word before or after it or alone.
func hourIn(before, word, next string) bool {
	const around = ".,;:!?()"
	w := strings.TrimLeft(word, around+"\"'")
	if w == "" || !digit(w[0]) {
		return false
	}
	w = strings.ToLower(strings.TrimRight(w, around+"\"'"))
	n := 0
	for n < len(w) && n < 2 && digit(w[n]) {
		n++
	}
	if n == 0 {
		return false
	}
	switch tail := w[n:]; {
	case len(tail) >= 3 && (tail[0] == ':' || tail[0] == 'h') && digit(tail[1]) && digit(tail[2]) && (len(tail) == 3 || !digit(tail[3])):
		return true
	case tail == "am", tail == "pm", tail == "h", tail == "uhr":
		return true
	case tail != "":
		return false
	}
	switch strings.ToLower(strings.Trim(next, around)) {
	case "am", "pm", "uhr", "uur", "heures", "o'clock", "horas":
		return true
	}
	before = strings.ToLower(before)
	return before == "kl" || before == "kl."
}
