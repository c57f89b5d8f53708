package modal

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"stoke/themes"
	"stoke/ui/action"
	"stoke/ui/field"
	"stoke/ui/frame"
)

// option is one line to choose.
type option struct {
	key   string
	label string
	// right stands at the right border: a date, a consequence.
	right string
	does  action.Action
}

// nowhere is a cursor that is on no option until it is moved.
const nowhere = -1

// chooser is the common part of the pickers: a title, perhaps a line to type
// into, options with keys, a foot.
type chooser struct {
	look    frame.Look
	title   string
	field   *field.Field
	aside   string // right of the field
	wrong   bool   // the aside is a complaint
	options []option
	at      int
	foot    string
	width   int

	cursorX, cursorY int
}

// Lines implements Modal.
func (c *chooser) Lines(w, h int) []string { return c.lines(w, h) }

// Press implements Modal.
func (c *chooser) Press(press tea.KeyPressMsg) action.Action {
	chosen, _ := c.press(press)
	return chosen
}

// Paste implements Modal.
func (c *chooser) Paste(text string) action.Action {
	if c.field != nil {
		c.field.Insert(text)
	}
	return nil
}

func (c *chooser) lines(w, h int) []string {
	width := min(max(c.width, 30), w)
	inner := width - 4
	var lines []string
	if c.field != nil {
		asideW := 0
		if c.aside != "" {
			asideW = min(frame.Width(c.aside)+1, inner*2/3)
		}
		c.field.SetSize(max(4, inner-3-asideW), 1)
		role := themes.OK
		if c.wrong {
			role = themes.Warn
		}
		lines = append(lines, c.look.Paint(themes.Accent, "> ")+c.field.View()[0]+" "+c.look.Paint(role, frame.Right(c.aside, asideW)), "")
		x, _ := c.field.Cursor()
		c.cursorX, c.cursorY = 2+2+x, 1
	}
	room := h - 2 - len(lines) - 2
	first := 0
	if c.at >= room {
		first = c.at - room + 1
	}
	for i := first; i < len(c.options) && i < first+room; i++ {
		lines = append(lines, c.option(i, inner))
	}
	if c.foot != "" {
		lines = append(lines, "", c.look.Paint(themes.TextDim, frame.Clip(shorten(c.foot, inner), inner)))
	}
	for i := range lines {
		lines[i] = " " + lines[i]
	}
	return frame.Framed(c.look.Theme, c.look.Glyphs, c.title, lines, width)
}

// shorten makes a foot fit: what stands before the way out, its last part,
// goes first.
func shorten(foot string, w int) string {
	const dot = " · "
	parts := strings.Split(foot, dot)
	for len(parts) > 1 && frame.Width(strings.Join(parts, dot)) > w {
		parts = slices.Delete(parts, len(parts)-2, len(parts)-1)
	}
	return strings.Join(parts, dot)
}

func (c *chooser) option(i, w int) string {
	o := c.options[i]
	bar := " "
	if i == c.at {
		bar = c.look.Glyphs.Bar
	}
	key := ""
	if o.key != "" {
		key = o.key + "  "
	}
	left := " " + key + frame.Plain(o.label) + "  "
	right := o.right
	if room := w - 1 - frame.Width(left); frame.Width(right) > room {
		right = frame.Fit(right, max(0, room))
	}
	line := frame.Ends(left, right, w-1)
	if i == c.at {
		return c.look.Paint(themes.Accent, bar) + c.look.Theme.PaintSelected(themes.Text, line)
	}
	return bar + c.look.Paint(themes.Text, line)
}

// response is what a press did to a chooser.
type response uint8

const (
	nothing response = iota
	// typed: the text of the field changed.
	typed
	// picked: an option was chosen, also one that cannot act yet.
	picked
)

// press moves, chooses, or types into the field.
func (c *chooser) press(press tea.KeyPressMsg) (action.Action, response) {
	name := press.String()
	switch name {
	case "esc", "ctrl+g":
		return action.Close{}, nothing
	case "up", "shift+tab", "ctrl+p":
		c.move(-1)
		return nil, nothing
	case "down", "tab", "ctrl+n":
		c.move(1)
		return nil, nothing
	case "enter":
		if len(c.options) == 0 {
			return nil, nothing
		}
		return c.options[c.at].does, picked
	}
	if c.field == nil || c.field.Empty() {
		if chosen, found := c.byKey(name); found {
			return chosen, picked
		}
	}
	if c.field != nil {
		before := c.field.Version()
		c.field.Press(press)
		if c.field.Version() != before {
			return nil, typed
		}
		return nil, nothing
	}
	switch name {
	case "j":
		c.move(1)
	case "k":
		c.move(-1)
	case "q":
		return action.Close{}, nothing
	}
	return nil, nothing
}

func (c *chooser) byKey(name string) (chosen action.Action, found bool) {
	for i, o := range c.options {
		if o.key != "" && o.key == name {
			c.at = i
			return o.does, true
		}
	}
	return nil, false
}

func (c *chooser) move(by int) {
	n := len(c.options)
	switch {
	case n == 0:
	case c.at == nowhere && by < 0:
		c.at = n - 1
	default:
		c.at = (c.at + by + n) % n
	}
}

// Cursor implements Modal.
func (c *chooser) Cursor() (x, y int, ok bool) { return c.cursorX, c.cursorY, c.field != nil }

// words is the text of the field without spaces around it.
func (c *chooser) words() string {
	if c.field == nil {
		return ""
	}
	return strings.TrimSpace(c.field.Text())
}
