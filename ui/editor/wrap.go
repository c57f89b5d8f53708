package editor

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"stoke/ui/frame"
)

// line is one line of the text and where it breaks on the screen.
type line struct {
	text string
	// starts are the byte offsets at which rows begin, for the width they were
	// computed for; width 0 means not yet.
	starts []int
	width  int
}

func splitLines(s string) []line {
	parts := strings.Split(s, "\n")
	lines := make([]line, len(parts))
	for i, p := range parts {
		lines[i].text = p
	}
	return lines
}

// rows returns where the rows of a line begin. Rows break behind spaces; spaces
// that do not fit hang behind the row unseen; a word longer than a row breaks
// anywhere.
func (e *Editor) rows(i int) []int {
	l := &e.lines[i]
	room := e.w - 1
	if l.width != room {
		l.starts, l.width = breaks(l.text, room), room
	}
	return l.starts
}

func breaks(text string, room int) []int {
	starts := []int{0}
	used, word, wordWidth := 0, 0, 0
	for pos := 0; pos < len(text); {
		size, width := cluster(text[pos:])
		if text[pos] == ' ' {
			used += width
			pos += size
			word, wordWidth = pos, 0
			continue
		}
		if used+width > room && pos > starts[len(starts)-1] {
			if word > starts[len(starts)-1] {
				starts = append(starts, word)
				used = wordWidth
			}
			if used+width > room && pos > starts[len(starts)-1] {
				starts = append(starts, pos)
				used, word, wordWidth = 0, pos, 0
			}
		}
		used += width
		wordWidth += width
		pos += size
	}
	return starts
}

// cluster returns the bytes of the first grapheme and the cells it is drawn in.
func cluster(s string) (size, width int) {
	if s[0] < 0x80 && (len(s) == 1 || s[1] < 0x80) {
		return 1, 1
	}
	c, _ := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	if c == "" {
		return 1, 1
	}
	return len(c), frame.Width(frame.Plain(c))
}

// cells is the width of text as it is drawn.
func cells(text string) int {
	n := 0
	for text != "" {
		size, width := cluster(text)
		n += width
		text = text[size:]
	}
	return n
}

// rowOf returns which row of its line a place is in.
func (e *Editor) rowOf(p place) int {
	starts := e.rows(p.row)
	for i := len(starts) - 1; i > 0; i-- {
		if starts[i] <= p.col {
			return i
		}
	}
	return 0
}

// rowText returns the bytes of one row.
func (e *Editor) rowText(row, sub int) (from, to int) {
	starts := e.rows(row)
	to = len(e.lines[row].text)
	if sub+1 < len(starts) {
		to = starts[sub+1]
	}
	return starts[sub], to
}

// visualRow counts the rows above a place.
func (e *Editor) visualRow(p place) int {
	n := 0
	for i := range p.row {
		n += len(e.rows(i))
	}
	return n + e.rowOf(p)
}
