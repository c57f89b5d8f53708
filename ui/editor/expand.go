package editor

import (
	"strings"

	"stoke/ui/frame"
)

// WordBefore is what stands between the last space, or the start of the line,
// and the cursor; "" while something is chosen.
func (e *Editor) WordBefore() string {
	if !e.chosen.empty() {
		return ""
	}
	before := e.lines[e.at.row].text[:e.at.col]
	return before[strings.LastIndexByte(before, ' ')+1:]
}

// ReplaceWord puts text in the place of WordBefore, as one step that can be
// undone. The cursor stands behind it, or in its first blank.
func (e *Editor) ReplaceWord(text string) {
	word := e.WordBefore()
	from := place{e.at.row, e.at.col - len(word)}
	e.change(reach{from, e.at}, clean(text), false)
	for row := from.row; row <= e.at.row; row++ {
		for _, b := range frame.Blanks(e.lines[row].text) {
			r := reach{place{row, b[0]}, place{row, b[1]}}
			if !r.from.before(from) && !e.at.before(r.to) {
				e.choose(r)
				return
			}
		}
	}
	e.follow()
}
