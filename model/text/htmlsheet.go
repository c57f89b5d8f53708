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
// where an element stands is left to the reader. Where several rules may give
// an element its ground, nobody knows whether its text stands out from it.
type sheet struct {
	hidden  map[string]bool   // ".name" and "#name"
	grounds map[string]string // colours, by those and by names of elements; "*" for all
	rules   int
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
		l.style(body)
		hides := l.gone || l.faint
		if !hides && l.ground == "" {
			continue
		}
		for one := range strings.SplitSeq(selector, ",") {
			one = strings.TrimSpace(one)
			if i := strings.LastIndexByte(one, '/'); i > 0 && one[i-1] == '*' {
				one = strings.TrimSpace(one[i+1:]) // behind a comment
			}
			if l.ground != "" {
				s.ground(one, l.ground)
			}
			at := strings.IndexAny(one, ".#")
			if !hides || at < 0 || strings.ContainsAny(one, " >+~:[*") || strings.ContainsAny(one[at+1:], ".#") {
				continue
			}
			if s.hidden == nil {
				s.hidden = map[string]bool{}
			}
			s.hidden[one[at:]] = true
		}
	}
}

// ground notes to what a selector gives a ground: whatever fits the last part of it, wherever it stands.
func (s *sheet) ground(selector, colour string) {
	last := selector[strings.LastIndexAny(selector, " >+~")+1:]
	if i := strings.IndexAny(last, ":["); i >= 0 {
		last = last[:i]
	}
	if i := strings.LastIndexAny(last, ".#"); i >= 0 {
		last = last[i:]
	} else {
		last = strings.ToLower(last)
	}
	if last == "" {
		last = "*"
	}
	if s.grounds == nil {
		s.grounds = map[string]string{}
	}
	s.grounds[last] = either(s.grounds[last], colour)
}

// either is the colour of what has one of two.
func either(a, b string) string {
	switch {
	case a == "" || a == b:
		return b
	case b == "":
		return a
	}
	return unknown
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
// is shown, and gives it the ground of the rules, unless it names one.
func (s *sheet) apply(t html.Token, l *look) {
	if len(s.hidden) == 0 && len(s.grounds) == 0 {
		return
	}
	hidden, ground := false, either(s.grounds["*"], s.grounds[t.Data])
	named := func(name string) { hidden, ground = hidden || s.hidden[name], either(ground, s.grounds[name]) }
	for _, a := range t.Attr {
		switch a.Key {
		case "id":
			named("#" + a.Val)
		case "class":
			for c := range strings.FieldsSeq(a.Val) {
				named("." + c)
			}
		}
	}
	l.gone = l.gone || hidden && !l.shown
	if l.ground == "" {
		l.ground = ground
	}
}
