package coach

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// line is one line of the body as bytes, and what it is.
type line struct {
	from, to int
	own      bool
	frame    bool // greeting or closing
	starts   bool // a sentence begins with it: after a gap, or an item of a list
	signed   bool // below the name: counts for nothing
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
