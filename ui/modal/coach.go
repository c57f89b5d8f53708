package modal

import (
	tea "charm.land/bubbletea/v2"

	"stoke/model/coach"
	"stoke/themes"
	"stoke/ui/action"
	"stoke/ui/frame"
)

// Coach lists what the coach says to a draft, the most pressing first, and below
// it the figure and the source of the hint under the cursor.
type Coach struct {
	chooser
	report coach.Report
}

// NewCoach returns the list.
func NewCoach(look frame.Look, report coach.Report) *Coach {
	c := &Coach{report: report, chooser: chooser{look: look, title: "Coach", foot: "enter goes to the place · hints, never a gate · esc back", width: 76}}
	signs := map[coach.Level]string{coach.Warn: look.Glyphs.Warning, coach.Advice: look.Glyphs.Dot, coach.Good: look.Glyphs.OK}
	for _, h := range report.Hints {
		c.options = append(c.options, option{label: signs[h.Level] + " " + h.Message, right: string(h.Check), does: action.Jump{To: h.Place}})
	}
	return c
}

// Lines implements Modal.
func (c *Coach) Lines(w, h int) []string {
	why := c.why(min(c.width, w) - 4)
	block := c.lines(w, max(7, h-len(why)-2))
	if len(block)+len(why)+2 > h {
		return block
	}
	return append(block, frame.Framed(c.look.Theme, c.look.Glyphs, "why", why, frame.Width(block[0]))...)
}

// why is the figure and the source of the hint under the cursor, and what the
// coach did not judge.
func (c *Coach) why(w int) []string {
	var lines []string
	add := func(role themes.Role, s string) {
		if s == "" {
			return
		}
		for _, l := range frame.Wrap(frame.Plain(s), w) {
			lines = append(lines, " "+c.look.Paint(role, l))
		}
	}
	if c.at < len(c.report.Hints) {
		h := c.report.Hints[c.at]
		add(themes.Text, h.Figure)
		add(themes.TextDim, h.Source)
	}
	add(themes.TextDim, c.report.Note)
	return lines
}

// Press implements Modal.
func (c *Coach) Press(press tea.KeyPressMsg) action.Action {
	if press.String() == "f2" {
		return action.Close{}
	}
	return c.chooser.Press(press)
}
