package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Summary is the beginning of s on one line of at most cells terminal cells,
// with … where something is missing. It never cuts inside a grapheme.
func Summary(s string, cells int) string {
	if cells <= 0 {
		return ""
	}
	if begin := s[:min(len(s), 4*cells)]; len(begin) < len(s) && isPlain(strings.ReplaceAll(begin, "\n", "")) {
		if line := Line(begin); len(line) > cells { // the rest of a long mail changes nothing
			return strings.TrimRight(line[:cells-1], " ") + "…"
		}
	}
	// A cell is at most one cluster; 32 bytes a cell is far beyond any text
	// that people write, and keeps a summary of a long mail cheap.
	limit, cut := 1024+cells*32, false
	if len(s) > limit {
		for limit > 0 && !utf8.RuneStart(s[limit]) {
			limit--
		}
		s, cut = s[:limit], true
	}
	s = Line(s)
	if n := min(len(s), cells); isPlain(s[:n]) { // a cell an octet
		switch {
		case len(s) <= cells && !cut:
			return s
		case len(s) > cells:
			return strings.TrimRight(s[:cells-1], " ") + "…"
		}
	}
	if !cut && ansi.StringWidth(s) <= cells {
		return s
	}
	return strings.TrimRight(ansi.Truncate(s, cells-1, ""), " ") + "…"
}

func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// Words counts the words that the writer of s wrote: quoted lines and what
// follows the signature mark do not count, nor do lone signs.
func Words(s string) int {
	n := 0
	own(s, func(line string) {
		for _, f := range strings.Fields(line) {
			if strings.IndexFunc(f, isWordRune) >= 0 {
				n++
			}
		}
	})
	return n
}

// Questions counts the questions of s in the same lines as Words. A question
// mark inside a word, as in an address of a web page, asks nothing.
func Questions(s string) int {
	const marks = "?？؟"
	n := 0
	own(s, func(line string) {
		if !strings.ContainsAny(line, marks) {
			return
		}
		asked := false
		for _, f := range strings.Fields(line) {
			end := strings.TrimRightFunc(f, func(r rune) bool {
				return r == '!' || r == '.' || r == '…' || r == '*' || r == '_' || unicode.In(r, unicode.Pe, unicode.Pf) || r == '"' || r == '\''
			})
			r, _ := utf8.DecodeLastRuneInString(end)
			mark := strings.ContainsRune(marks, r)
			if mark && (!asked || strings.IndexFunc(f, isWordRune) >= 0) {
				n++
			}
			asked = mark
		}
	})
	return n
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// own calls line for each line that is neither quoted nor in the signature.
func own(s string, line func(string)) {
	for l := range strings.SplitSeq(s, "\n") {
		l = strings.TrimSuffix(l, "\r")
		if l == "-- " || l == "--" {
			return
		}
		if !strings.HasPrefix(strings.TrimLeft(l, " "), ">") {
			line(l)
		}
	}
}
