package editor

import "strings"

// A blank is a merge tag that found no value; it stands in the text in the
// braces of its template until the rep writes something in its place.

// Blanks returns how many are left.
func (e *Editor) Blanks() int {
	n := 0
	for _, l := range e.lines {
		n += len(blanksIn(l.text))
	}
	return n
}

// NextBlank chooses the next blank behind the cursor, or the first one of the
// text; what is typed then replaces it. False when there is none.
func (e *Editor) NextBlank() bool {
	from := e.at
	if !e.chosen.empty() {
		from = e.chosen.to
	}
	var first *reach
	for row, l := range e.lines {
		for _, b := range blanksIn(l.text) {
			r := reach{place{row, b[0]}, place{row, b[1]}}
			if first == nil {
				first = &r
			}
			if !r.from.before(from) {
				e.choose(r)
				return true
			}
		}
	}
	if first == nil {
		return false
	}
	e.choose(*first)
	return true
}

// LastBlankPassed says that no blank follows the cursor, so that the next jump
// would begin anew at the top.
func (e *Editor) LastBlankPassed() bool {
	from := e.at
	if !e.chosen.empty() {
		from = e.chosen.to
	}
	for row := from.row; row < len(e.lines); row++ {
		for _, b := range blanksIn(e.lines[row].text) {
			if !(place{row, b[0]}).before(from) {
				return false
			}
		}
	}
	return true
}

func (e *Editor) choose(r reach) {
	e.marking = false
	e.moveTo(r.from)
	e.chosen = r
}

// blanksIn returns the byte offsets of the blanks of a line.
func blanksIn(s string) [][2]int {
	var found [][2]int
	for base := 0; ; {
		open := strings.Index(s[base:], "{{")
		if open < 0 {
			return found
		}
		shut := strings.Index(s[base+open:], "}}")
		if shut < 0 {
			return found
		}
		found = append(found, [2]int{base + open, base + open + shut + 2})
		base += open + shut + 2
	}
}
