package text

import (
	"strings"

	"golang.org/x/net/html"
)

// Limits of a style sheet that is looked at.
const (
	maxSheet = 128 << 10
	maxRules = 2000
)

// sheet is what the style sheets of a mail hide by class or by id. Only rules
// of one simple selector count: what depends on the screen (@media) or on
// where an element stands is left to the reader.
type sheet struct {
	hidden map[string]bool // ".name" and "#name"
	rules  int
}

// read takes the rules of one style element.
func (s *sheet) read(css string) {
	css = css[:min(len(css), maxSheet)]
	for s.rules < maxRules {
		selector, rest, ok := strings.Cut(css, "{")
		if !ok {
			return
		}
		s.rules++
		if strings.Contains(selector, "@") {
			css = afterBlock(rest)
			continue
		}
		body, after, _ := strings.Cut(rest, "}")
		css = after
		var l look
		if l.style(body); !l.gone && !l.faint {
			continue
		}
		for one := range strings.SplitSeq(selector, ",") {
			one = strings.TrimSpace(one)
			if i := strings.LastIndexByte(one, '/'); i > 0 && one[i-1] == '*' {
				one = strings.TrimSpace(one[i+1:]) // behind a comment
			}
			at := strings.IndexAny(one, ".#")
			if at < 0 || strings.ContainsAny(one, " >+~:[*") || strings.ContainsAny(one[at+1:], ".#") {
				continue
			}
			if s.hidden == nil {
				s.hidden = map[string]bool{}
			}
			s.hidden[one[at:]] = true
		}
	}
}

// afterBlock is what follows a block whose opening brace was read.
func afterBlock(css string) string {
	depth := 1
	for i := 0; i < len(css); i++ {
		switch css[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return css[i+1:]
			}
		}
	}
	return ""
}

// apply hides an element that a rule hides, unless it says of itself that it
// is shown.
func (s *sheet) apply(t html.Token, l *look) {
	if len(s.hidden) == 0 || l.shown {
		return
	}
	for _, a := range t.Attr {
		switch a.Key {
		case "id":
			l.gone = l.gone || s.hidden["#"+a.Val]
		case "class":
			for c := range strings.FieldsSeq(a.Val) {
				l.gone = l.gone || s.hidden["."+c]
			}
		}
	}
}
