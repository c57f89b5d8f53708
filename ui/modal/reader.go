package modal

import (
	tea "charm.land/bubbletea/v2"

	"stoke/themes"
	"stoke/ui/action"
	"stoke/ui/editor"
	"stoke/ui/frame"
	"stoke/ui/keys"
	"stoke/ui/prose"
)

// Reader shows a long text that scrolls, and perhaps a line that narrows it.
type Reader struct {
	look   frame.Look
	title  string
	foot   string
	width  int
	field  *editor.Editor
	text   func(query string, width int) []string
	top    int
	height int
	total  int
}

// NewHelp returns the help, searchable, made from the table of keys.
// The page keeps what it rendered from one opening to the next.
func NewHelp(look frame.Look, table keys.Table, page *prose.Page) *Reader {
	return &Reader{look: look, title: "Help", width: helpWidth, field: editor.NewField(look.Theme),
		foot: "type to search · up and down scroll · esc back",
		text: func(query string, width int) []string {
			return page.Lines(look.Theme, helpText(table, query), width)
		}}
}

// WarmHelp renders the help for a screen of w cells into a page. It takes
// some milliseconds, which a command has and the screen has not.
func WarmHelp(look frame.Look, table keys.Table, w int) *prose.Page {
	page := &prose.Page{}
	page.Lines(look.Theme, helpText(table, ""), min(helpWidth, w-4)-4)
	return page
}

const helpWidth = 84

func helpText(table keys.Table, query string) string {
	if text := table.Markdown(query, false); text != "" {
		return text
	}
	return "No key does that. Try another word, or : for the palette."
}

// NewReader returns a plain text with a title; draw makes its lines for a
// width.
func NewReader(look frame.Look, title string, draw func(width int) []string) *Reader {
	return &Reader{look: look, title: frame.Plain(title), width: 76, foot: "j k scroll · esc back",
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
	text := r.text(query, inner)
	r.height = max(1, h-4-len(lines))
	r.total = len(text)
	r.top = max(0, min(r.top, r.total-r.height))
	last := min(r.total, r.top+r.height)
	for _, l := range text[r.top:last] {
		lines = append(lines, " "+l)
	}
	foot := r.foot
	if r.total > r.height {
		foot = frame.Ends(foot, " "+frame.Count(last)+" of "+frame.Count(r.total), inner)
	}
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
	case "esc":
		return action.Close{}
	case "up", "ctrl+p":
		r.top--
	case "down", "ctrl+n":
		r.top++
	case "pgup", "ctrl+u":
		r.top -= r.height / 2
	case "pgdown", "ctrl+d":
		r.top += r.height / 2
	case "enter", "tab":
	default:
		if r.field != nil {
			r.field.Press(press)
			r.top = 0
			return nil
		}
		switch name {
		case "j":
			r.top++
		case "k":
			r.top--
		case "q", "w", "?", "f3":
			return action.Close{}
		}
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
