package coach

import (
	"strings"
	"unicode"
	"unicode/utf8"

	measure "stoke/model/text"
)

// text is the body, taken apart once; every check reads it.
type text struct {
	body      string // at most Window bytes
	small     string // body with A to Z in small letters, byte by byte
	count     int    // words in the writer's own lines, beyond the window too
	words     []word
	sentences []sentence
	asks      []int // the words that end a question
	loud      []int // the bytes of the exclamation marks
	language  string
}

// word is one run of letters and digits between spaces, without the signs around it.
type word struct {
	from, to int
	quoted   bool // in quotation marks: the words of somebody else
	frame    bool // in the greeting or the closing, which are no sentences
	sentence int  // which one it is in
}

// sentence is words From to To of the text, To not included.
type sentence struct {
	from, to int
	asks     bool
}

func (t *text) at(i int) string { return t.body[t.words[i].from:t.words[i].to] }

// low is word i in lower case with a plain apostrophe, "" beyond the ends.
func (t *text) low(i int) string {
	if i < 0 || i >= len(t.words) {
		return ""
	}
	s := t.small[t.words[i].from:t.words[i].to]
	for k := 0; k < len(s); k++ {
		if s[k] >= utf8.RuneSelf {
			return strings.ReplaceAll(strings.ToLower(s), "’", "'")
		}
	}
	return s
}

// small is s with A to Z in small letters: every byte keeps its place.
func small(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
	return string(b)
}

// line is one line of the body as bytes, and what it is.
type line struct {
	from, to int
	own      bool
	frame    bool // greeting or closing
	starts   bool // a sentence begins with it: after a gap, or an item of a list
	signed   bool // below the name: counts for nothing
}

// read takes a draft's body apart.
func read(d Draft) *text {
	whole := d.Body
	t := &text{body: whole}
	if len(t.body) > Window {
		cut := Window
		for cut > 0 && !utf8.RuneStart(whole[cut]) {
			cut--
		}
		t.body = whole[:cut]
	}
	t.small = small(t.body)
	lines, open := t.lines()
	t.mark(lines)
	quotes := quotations(t.body)
	t.words = make([]word, 0, len(t.body)/6+8)
	t.sentences = make([]sentence, 0, 16)
	for _, l := range lines {
		if l.own && !l.signed {
			t.readLine(l, quotes)
		}
	}
	t.close(len(t.words), false)
	t.count = len(t.words)
	if open && len(t.body) < len(whole) {
		t.count += measure.Words(whole[len(t.body):min(len(whole), counted)])
	}
	t.language = languageOf(t, d.Language)
	return t
}

// lines are those of the window; open says that the message goes on behind its end.
func (t *text) lines() (lines []line, open bool) {
	lines = make([]line, 0, 24)
	gap := true
	for from := 0; from <= len(t.body); {
		to := strings.IndexByte(t.body[from:], '\n')
		if to < 0 {
			to = len(t.body)
		} else {
			to += from
		}
		l := strings.TrimRight(t.body[from:to], " \t\r")
		bare := strings.TrimLeft(l, " \t")
		switch {
		case strings.TrimSuffix(t.body[from:to], "\r") == "-- ", l == "--", isOldMail(bare):
			return lines, false
		case bare == "":
			gap = true
		case bare[0] == '>':
			lines = unIntroduce(lines, t.body)
			gap = true
		default:
			lines = append(lines, line{from: from, to: from + len(l), own: true, starts: gap || isItem(bare)})
			gap = false
		}
		from = to + 1
	}
	return lines, true
}

// isOldMail finds the line from which on an answered mail follows as a whole.
func isOldMail(l string) bool {
	if len(l) < 8 || len(l) > 80 || l[0] != '-' && l[0] != '_' {
		return false
	}
	inner := strings.Trim(l, "-_ ")
	return inner == "" && len(l) > 20 || strings.EqualFold(inner, "original message") || strings.EqualFold(inner, "forwarded message")
}

// unIntroduce takes back the line "On …, Dana wrote:", or the two that it is wrapped to, that stood before a quotation.
func unIntroduce(lines []line, body string) []line {
	n := len(lines)
	if n == 0 || !lines[n-1].own {
		return lines
	}
	last := body[lines[n-1].from:lines[n-1].to]
	switch {
	case introduces(last):
		lines[n-1].own = false
	case n > 1 && lines[n-2].own && !lines[n-1].starts && introduces(body[lines[n-2].from:lines[n-1].to]):
		lines[n-2].own, lines[n-1].own = false, false
	}
	return lines
}

// introduces tells whether a line says who wrote what follows, and when or from which address: more than "You wrote:".
func introduces(s string) bool {
	if !strings.HasSuffix(s, ":") || len(s) > 240 || !strings.ContainsAny(s, "0123456789@") {
		return false
	}
	words := strings.Fields(strings.ToLower(s[:len(s)-1]))
	if len(words) < 3 || words[0] == "you" {
		return false
	}
	verb := false
	for _, w := range words {
		verb = verb || wrote[w]
	}
	return verb && (wrote[words[len(words)-1]] || on[strings.TrimRight(words[0], ",")])
}

// isItem finds the mark of a list: "- ", "* ", "• ", "1. ", "2) ".
func isItem(l string) bool {
	for _, mark := range []string{"- ", "* ", "• ", "– "} {
		if strings.HasPrefix(l, mark) {
			return true
		}
	}
	digits := len(l) - len(strings.TrimLeft(l, "0123456789"))
	return digits > 0 && digits < 3 && len(l) > digits+1 && (l[digits] == '.' || l[digits] == ')') && l[digits+1] == ' '
}

// mark finds the greeting at the top, the closing at the bottom, and the signature under the name.
func (t *text) mark(lines []line) {
	if len(lines) == 0 {
		return
	}
	first := &lines[0]
	if first.own && len(strings.Fields(t.body[first.from:first.to])) <= 5 && isGreeting(t.body[first.from:first.to]) {
		first.frame = true
		if len(lines) > 1 {
			lines[1].starts = true
		}
	}
	const longest = 100 // a line of a signature has no more bytes
	closing := -1
	for i := len(lines) - 1; i > 0 && i >= len(lines)-12 && lines[i].to-lines[i].from <= longest; i-- {
		if lines[i].own && isClosing(t.body[lines[i].from:lines[i].to]) {
			if i+1 == len(lines) || len(strings.Fields(t.body[lines[i+1].from:lines[i+1].to])) <= 4 { // a name
				closing = i
			}
			break
		}
	}
	last := len(lines) - 1
	switch {
	case closing > 0:
		for i := closing; i < len(lines); i++ {
			lines[i].frame, lines[i].starts, lines[i].signed = true, true, i > closing+1
		}
	case last > 0 && lines[last].own && lines[last].starts && !lines[last].frame && isName(t.body[lines[last].from:lines[last].to]):
		lines[last].frame = true
	}
}

// isName takes a short last line without a full stop for the writer's name.
func isName(l string) bool {
	words := strings.Fields(l)
	r, _ := utf8.DecodeRuneInString(l)
	end, _ := utf8.DecodeLastRuneInString(l)
	return len(words) <= 3 && unicode.IsUpper(r) && unicode.IsLetter(end)
}

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

// quotations are the passages in quotation marks: somebody else's words.
func quotations(s string) []Place {
	const longest = 400
	var all []Place
	for i := 0; i < len(s); i++ {
		var ends string
		switch {
		case s[i] == '"':
			if i > 0 && strings.IndexByte(" \n\t(:", s[i-1]) < 0 || i+1 < len(s) && isSpace(s[i+1:]) > 0 {
				continue
			}
			ends = `"`
		case strings.HasPrefix(s[i:], "“"), strings.HasPrefix(s[i:], "„"):
			ends = "”“\""
		case strings.HasPrefix(s[i:], "«"):
			ends = "»"
		default:
			continue
		}
		start := i + 1
		for start < len(s) && !utf8.RuneStart(s[start]) {
			start++
		}
		end := strings.IndexAny(s[start:min(len(s), start+longest)], ends)
		if end < 0 || strings.Contains(s[start:start+end], "\n\n") {
			continue
		}
		all = append(all, Place{InBody, i, start + end})
		i = start + end
	}
	return all
}

// within tells whether a byte lies in one of the places, which are in order.
func within(places []Place, at int) bool {
	for _, p := range places {
		if at < p.From {
			return false
		}
		if at < p.To {
			return true
		}
	}
	return false
}
