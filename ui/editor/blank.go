package editor

import "stoke/ui/frame"

// Blanks returns how many are left.
func (e *Editor) Blanks() int {
	n := 0
	for _, l := range e.lines {
		n += len(frame.Blanks(l.text))
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
		for _, b := range frame.Blanks(l.text) {
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
		for _, b := range frame.Blanks(e.lines[row].text) {
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
