package editor

import (
	"strings"

	"stoke/themes"
)

// Editor is a text with a cursor. Make one with New; the zero Editor has no
// line to write on.
type Editor struct {
	theme themes.Theme
	w, h  int

	lines []line
	at    place
	// want is the column in cells that up and down aim for, -1 when the last
	// key was no vertical move.
	want int
	// chosen is the blank or the selection that the next key replaces, empty
	// for none.
	chosen reach
	// selecting says that chosen is a selection, which reaches from anchor to
	// the cursor; marking that every move extends it, without shift.
	selecting, marking bool
	anchor             place

	top int

	undo, redo []change
	kept       int // bytes of undo
	// version counts the changes of the text; text is what it was at textOf.
	version, textOf uint64
	text            string
	// typing says that the last change may still grow by the next letter.
	typing bool
}

// place is a position in the text: a line and a byte offset at the border of
// two graphemes.
type place struct{ row, col int }

func (p place) before(q place) bool { return p.row < q.row || p.row == q.row && p.col < q.col }

// reach is the text from one place up to another.
type reach struct{ from, to place }

func (r reach) empty() bool { return r.from == r.to }

// New returns an empty editor.
func New(theme themes.Theme) *Editor {
	e := &Editor{theme: theme, w: 1, h: 1, want: -1}
	e.lines = []line{{}}
	return e
}

// SetSize sets the cells to draw into. One column stays free for the cursor
// behind a full row.
func (e *Editor) SetSize(w, h int) {
	e.w, e.h = max(w, 2), max(h, 1)
	e.follow()
}

// SetText starts over with a text, the cursor at its beginning and no history.
func (e *Editor) SetText(s string) {
	e.lines = splitLines(clean(s))
	e.version++
	e.at, e.want, e.top = place{}, -1, 0
	e.letGo()
	e.undo, e.redo, e.kept, e.typing = nil, nil, 0, false
}

// Replace changes the whole text in one step that can be undone, as a chosen
// template or an outer editor does.
func (e *Editor) Replace(s string) {
	s = clean(s)
	if s == e.Text() {
		return
	}
	e.change(reach{to: e.end()}, s, false)
	e.at = place{}
	e.letGo()
	e.follow()
}

// Text returns what is written, lines separated by one \n.
func (e *Editor) Text() string {
	if len(e.lines) == 1 {
		return e.lines[0].text
	}
	if e.textOf == e.version {
		return e.text
	}
	var out strings.Builder
	for i, l := range e.lines {
		if i > 0 {
			out.WriteByte('\n')
		}
		out.WriteString(l.text)
	}
	e.text, e.textOf = out.String(), e.version
	return e.text
}

// Version is another number after every change of the text.
func (e *Editor) Version() uint64 { return e.version }

// Empty says that nothing is written.
func (e *Editor) Empty() bool { return len(e.lines) == 1 && e.lines[0].text == "" }

// AtTop says that the cursor is in the first row, where up leads to the field
// above.
func (e *Editor) AtTop() bool { return e.visualRow(e.at) == 0 }

// AtBottom says that the cursor is in the last row, where down leads to the
// field below.
func (e *Editor) AtBottom() bool { return e.visualRow(e.at) == e.visualRow(e.end()) }

// ToEnd puts the cursor behind the last letter.
func (e *Editor) ToEnd() { e.moveTo(e.end()) }

// ToStart puts the cursor before the first letter.
func (e *Editor) ToStart() { e.moveTo(place{}) }

// Insert writes text at the cursor, as a paste does: line ends become \n, tabs
// four spaces, other control characters vanish.
func (e *Editor) Insert(s string) {
	if s = clean(s); s == "" {
		return
	}
	e.change(e.target(), s, false)
	e.follow()
}

// target is what the next text replaces: the chosen blank, else nothing.
func (e *Editor) target() reach {
	if !e.chosen.empty() {
		return e.chosen
	}
	return reach{e.at, e.at}
}

func (e *Editor) end() place {
	last := len(e.lines) - 1
	return place{last, len(e.lines[last].text)}
}

// clean makes text from outside fit to be a draft.
func clean(s string) string {
	s = lineEnds.Replace(strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\n' || r >= 0x7f && r <= 0x9f {
			return -1
		}
		return r
	}, s)
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", "    ", "\u2028", "\n", "\u2029", "\n")
