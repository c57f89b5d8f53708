package modal

import (
	"strings"

	"charm.land/bubbles/v2/viewport"
	tea "charm.land/bubbletea/v2"

	"stoke/themes"
	"stoke/ui/action"
	"stoke/ui/field"
	"stoke/ui/frame"
)

// Reader shows a long text that scrolls, and perhaps a line that narrows it.
// Scrolling is bubbles' viewport; its own keys are off, because letters are
// typed into the line.
type Reader struct {
	look  frame.Look
	title string
	foot  string
	width int
	field *field.Field
	text  func(query string, width int) []string
	view  viewport.Model
	// shown is what the view holds, so that it is filled anew only when the
	// text or the width changes.
	shown asked
}

// asked is what the text of a reader depends on.
type asked struct {
	query string
	width int
}

// NewReader returns a plain text with a title; draw makes its lines for a
// width.
func NewReader(look frame.Look, title string, draw func(width int) []string) *Reader {
	return &Reader{look: look, title: frame.Plain(title), width: 76, view: viewport.New(), foot: "j k scroll · esc back",
		text: func(_ string, width int) []string { return draw(width) }}
}

// Lines implements Modal.
func (r *Reader) Lines(w, h int) []string {
	width := min(r.width, w)
	inner := width - 4
	query := ""
	var lines []string
	if r.field != nil {
		query = r.field.Text()
		r.field.SetSize(inner-2, 1)
		lines = append(lines, " "+r.look.Paint(themes.Accent, "/ ")+r.field.View()[0], "")
	}
	if now := (asked{query, inner}); r.shown != now {
		r.shown = now
		r.view.SetWidth(inner)
		r.view.SetContentLines(r.text(query, inner))
	}
	total := r.view.TotalLineCount()
	r.view.SetHeight(max(1, min(total, h-4-len(lines))))
	if total > 0 {
		for l := range strings.SplitSeq(r.view.View(), "\n") {
			lines = append(lines, " "+l)
		}
	}
	seen := ""
	if total > r.view.Height() {
		seen = " " + frame.Count(min(total, r.view.YOffset()+r.view.Height())) + " of " + frame.Count(total)
	}
	foot := frame.Ends(shorten(r.foot, inner-frame.Width(seen)), seen, inner)
	lines = append(lines, "", " "+r.look.Paint(themes.TextDim, foot))
	return frame.Framed(r.look.Theme, r.look.Glyphs, r.title, lines, width)
}

// Cursor implements Modal.
func (r *Reader) Cursor() (x, y int, ok bool) {
	if r.field == nil {
		return 0, 0, false
	}
	x, _ = r.field.Cursor()
	return x + 4, 1, true
}

// Press implements Modal.
func (r *Reader) Press(press tea.KeyPressMsg) action.Action {
	switch name := press.String(); name {
	case "esc", "ctrl+g":
		return action.Close{}
	case "up", "ctrl+p":
		r.view.ScrollUp(1)
	case "down", "ctrl+n":
		r.view.ScrollDown(1)
	case "pgup", "ctrl+u":
		r.view.HalfPageUp()
	case "pgdown", "ctrl+d":
		r.view.HalfPageDown()
	case "enter", "tab":
	default:
		if r.field != nil {
			r.field.Press(press)
			r.view.GotoTop()
			return nil
		}
		return r.letter(name)
	}
	return nil
}

// letter is what a letter does where nothing is typed.
func (r *Reader) letter(name string) action.Action {
	switch name {
	case "j":
		r.view.ScrollDown(1)
	case "k":
		r.view.ScrollUp(1)
	case "g", "home":
		r.view.GotoTop()
	case "G", "end":
		r.view.GotoBottom()
	case "space":
		r.view.HalfPageDown()
	case "q", "w", "?", "f3":
		return action.Close{}
	}
	return nil
}

// Paste implements Modal.
func (r *Reader) Paste(text string) action.Action {
	if r.field != nil {
		r.field.Insert(text)
	}
	return nil
}
