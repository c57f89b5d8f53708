package coach

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// readLine adds the words of one line, and ends sentences.
func (t *text) readLine(l line, quotes []Place) {
	if l.starts {
		t.close(len(t.words), false)
	}
	s := t.body[:l.to]
	asked := false
	for i := l.from; i < l.to; {
		for i < l.to && isSpace(s[i:]) > 0 {
			i += isSpace(s[i:])
		}
		from := i
		for i < l.to && isSpace(s[i:]) == 0 {
			i++
		}
		if from == i {
			break
		}
		asked = t.readToken(from, i, l, quotes, asked)
	}
	if l.frame {
		t.close(len(t.words), false)
	}
}

// isSpace is the length of the space that s begins with, 0 for none.
func isSpace(s string) int {
	switch {
	case s[0] == ' ' || s[0] == '\t' || s[0] == '\n' || s[0] == '\r':
		return 1
	case s[0] < utf8.RuneSelf:
		return 0
	}
	if r, n := utf8.DecodeRuneInString(s); unicode.IsSpace(r) {
		return n
	}
	return 0
}

// readToken adds what stands between two spaces; asked says that the token before it ended a question.
func (t *text) readToken(from, to int, l line, quotes []Place, asked bool) bool {
	token := t.body[from:to]
	a, b := core(token)
	w := word{from: from + a, to: from + b, frame: l.frame, sentence: len(t.sentences)}
	w.quoted = within(quotes, w.from)
	isWord := a < b
	if isWord {
		t.words = append(t.words, w)
	}
	if len(t.words) == 0 {
		return false
	}
	tail := token[b:]
	if !isWord {
		tail = token
	}
	if tail == "" {
		return false
	}
	link := isWord && isLink(token)
	for i := range len(tail) {
		if at := to - len(tail) + i; tail[i] == '!' && !link && !within(quotes, at) {
			t.loud = append(t.loud, at)
		}
	}
	mark := strings.IndexAny(tail, "?？؟")
	question := mark >= 0 && !link
	mine := question && !within(quotes, to-len(tail)+mark)
	if mine && (isWord || !asked) {
		t.asks = append(t.asks, len(t.words)-1)
	}
	switch {
	case question || strings.ContainsAny(tail, "!…"):
		t.close(len(t.words), mine)
	case strings.Contains(tail, ".") && (!isWord || !abbreviates(token[a:b], tail)):
		t.close(len(t.words), false)
	case strings.HasSuffix(tail, ":") && to >= l.to:
		t.close(len(t.words), false)
	}
	return question
}

// core is where the letters and digits of a token begin and end; equal where it has none.
func core(s string) (from, to int) {
	from = len(s)
	for i, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			if from == len(s) {
				from = i
			}
			to = i + utf8.RuneLen(r)
		}
	}
	if from == len(s) {
		return 0, 0
	}
	return from, to
}

// close ends the sentence at word i.
func (t *text) close(i int, asks bool) {
	from := 0
	if n := len(t.sentences); n > 0 {
		from = t.sentences[n-1].to
	}
	if i > from {
		t.sentences = append(t.sentences, sentence{from, i, asks})
	}
}

// abbreviates tells whether the full stop behind a word ends no sentence.
func abbreviates(w, tail string) bool {
	if tail != "." && tail != ".," && tail != ".)" {
		return false
	}
	if len(w) == 1 && w != "I" && (w[0] < '0' || w[0] > '9') {
		return true // an initial
	}
	return len(w) < 8 && abbreviations[strings.ToLower(w)]
}

var abbreviations = set("mr mrs ms dr prof st vs e.g i.e eg ie etc approx inc ltd co corp no dept est fig jan feb mar apr jun jul aug sep sept oct nov dec " +
	"mon tue wed thu fri sat sun u.s u.k jr sr")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
