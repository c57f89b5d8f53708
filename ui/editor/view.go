package editor

import (
	"strings"

	"stoke/ui/frame"
)

// View draws the rows that are seen: exactly as many lines and cells as
// SetSize said.
func (e *Editor) View() []string {
	out := make([]string, 0, e.h)
	seen := 0
	for row := range e.lines {
		starts := e.rows(row)
		if seen+len(starts) <= e.top {
			seen += len(starts)
			continue
		}
		for sub := range starts {
			if seen >= e.top && len(out) < e.h {
				from, to := e.rowText(row, sub)
				out = append(out, frame.Clip(e.paint(row, from, to), e.w))
			}
			seen++
		}
		if len(out) == e.h {
			return out
		}
	}
	for len(out) < e.h {
		out = append(out, frame.Spaces(e.w))
	}
	return out
}

// paint colours the bytes from..to of a line: blanks stand out, what is chosen
// stands out most.
func (e *Editor) paint(row, from, to int) string {
	text := e.lines[row].text
	lo, hi := e.chosenIn(row, from, to)
	if lo == hi && strings.Trim(text[from:to], " ") == "" {
		return ""
	}
	return frame.PaintBlanks(e.theme, text, from, to, lo, hi)
}

// chosenIn is what of the bytes from..to of a line is chosen; behind the row
// where nothing is.
func (e *Editor) chosenIn(row, from, to int) (lo, hi int) {
	if e.chosen.empty() || row < e.chosen.from.row || row > e.chosen.to.row {
		return to, to
	}
	lo, hi = from, to
	if row == e.chosen.from.row {
		lo = min(max(lo, e.chosen.from.col), to)
	}
	if row == e.chosen.to.row {
		hi = max(min(hi, e.chosen.to.col), lo)
	}
	return lo, hi
}

// Cursor returns the cell of the cursor, counted from the corner of the view.
func (e *Editor) Cursor() (x, y int) {
	return min(e.column(e.at), e.w-1), e.visualRow(e.at) - e.top
}

// follow scrolls until the cursor is seen.
func (e *Editor) follow() {
	row := e.visualRow(e.at)
	switch {
	case row < e.top:
		e.top = row
	case row >= e.top+e.h:
		e.top = row - e.h + 1
	}
	if last := e.visualRow(e.end()); e.top > max(0, last-e.h+1) {
		e.top = max(0, last-e.h+1)
	}
}
