package editor

import "unicode/utf8"

// Jump puts the cursor before the letter at a byte of Text; beyond the end it
// goes there.
func (e *Editor) Jump(at int) {
	for row, l := range e.lines {
		if at <= len(l.text) || row == len(e.lines)-1 {
			col := min(max(0, at), len(l.text))
			for col > 0 && col < len(l.text) && !utf8.RuneStart(l.text[col]) {
				col--
			}
			e.moveTo(place{row, col})
			return
		}
		at -= len(l.text) + 1
	}
}
