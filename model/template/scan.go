package template

import (
	"fmt"
	"strings"
)

// maxTags bounds a template; nested conditions beyond it are no mail but a program.
const maxTags = 500

// mark is one {{ output }} or {% tag %} in a source.
type mark struct {
	start, end int    // byte range of the whole mark
	inner      string // without delimiters and trim hyphens
	tag        bool   // {% %}
	left       bool   // {{- or {%-
	right      bool   // -}} or -%}
	line       int
}

// scan finds the marks of a source. Liquid itself passes an unclosed {{ as text, which a contact would read.
func scan(file, src string, line int) ([]mark, error) {
	var marks []mark
	pos := 0
	for {
		next := firstOf(src[pos:], "{{", "{%", "}}", "%}")
		if next < 0 {
			return marks, nil
		}
		line += strings.Count(src[pos:pos+next], "\n")
		pos += next
		open := src[pos : pos+2]
		if open == "}}" || open == "%}" {
			return nil, &Error{file, line, fmt.Sprintf("%s closes nothing: a brace is missing before it", open)}
		}
		closing := map[string]string{"{{": "}}", "{%": "%}"}[open]
		size := strings.Index(src[pos+2:], closing)
		if size < 0 {
			return nil, &Error{file, line, fmt.Sprintf("%s is never closed: end it with %s", open, closing)}
		}
		m := mark{start: pos, end: pos + 2 + size + 2, inner: src[pos+2 : pos+2+size], tag: open == "{%", line: line}
		if nested := firstOf(m.inner, "{{", "{%"); nested >= 0 {
			return nil, &Error{file, line, fmt.Sprintf("%s is never closed: end it with %s before the next tag", open, closing)}
		}
		line += strings.Count(m.inner, "\n")
		m.inner, m.left = strings.CutPrefix(m.inner, "-")
		m.inner, m.right = strings.CutSuffix(m.inner, "-")
		m.inner = strings.TrimSpace(m.inner)
		if marks = append(marks, m); len(marks) > maxTags {
			return nil, &Error{file, line, fmt.Sprintf("more than %d tags in one template", maxTags)}
		}
		pos = m.end
	}
}

func firstOf(s string, subs ...string) int {
	first := -1
	for _, sub := range subs {
		if i := strings.Index(s, sub); i >= 0 && (first < 0 || i < first) {
			first = i
		}
	}
	return first
}

// alone widens a tag that stands on a line of its own to the whole line, so that it leaves no empty one behind.
func (m mark) alone(src string) (start, end int) {
	start = strings.LastIndexByte(src[:m.start], '\n') + 1
	end = len(src)
	if i := strings.IndexByte(src[m.end:], '\n'); i >= 0 {
		end = m.end + i + 1
	}
	if strings.TrimSpace(src[start:m.start]) != "" || strings.TrimSpace(src[m.end:end]) != "" {
		return m.start, m.end
	}
	return start, end
}
