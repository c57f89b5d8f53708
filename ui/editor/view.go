package editor

import (
	"strings"

	"stoke/themes"
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

// paint colours the bytes from..to of a line: blanks stand out, a chosen one
// stands out most.
func (e *Editor) paint(row, from, to int) string {
	text := e.lines[row].text
	if strings.Trim(text[from:to], " ") == "" {
		return ""
	}
	var out strings.Builder
	at := from
	for _, b := range blanksIn(text) {
		lo, hi := max(b[0], from), min(b[1], to)
		if lo >= hi {
			continue
		}
		out.WriteString(e.theme.Paint(themes.Text, frame.Plain(text[at:lo])))
		role := themes.Blank
		if e.chosen.from == (place{row, b[0]}) && !e.chosen.empty() {
			role = themes.Selection
		}
		out.WriteString(e.theme.Paint(role, frame.Plain(text[lo:hi])))
		at = hi
	}
	out.WriteString(e.theme.Paint(themes.Text, frame.Plain(text[at:to])))
	return out.String()
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
