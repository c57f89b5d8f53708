package modal

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"stoke/model"
	"stoke/themes"
	"stoke/ui/action"
	"stoke/ui/frame"
	"stoke/ui/prose"
)

// Call is what the rep has before the eyes while the phone rings: the number,
// the script, and one key an outcome.
type Call struct {
	chooser
	script model.Script
	page   prose.Page
	top    int // first line of the script that is shown
	last   int // greatest top
	copied bool
}

// ends are the outcomes of a call and of a text, in their order.
var ends = map[string][]model.Kind{
	"call": {model.Call, model.NoAnswer, model.Voicemail, model.Busy, model.WrongNumber, model.Booked, model.NotNow, model.Refusal},
	"text": {model.Text, model.WrongNumber, model.NotNow, model.Refusal},
}

// NewCall returns the script of a call or a text with its outcomes.
func NewCall(look frame.Look, who string, s model.Script) *Call {
	verb := "Call "
	if s.Channel == "text" {
		verb = "Text "
	}
	c := &Call{script: s, chooser: chooser{look: look, title: frame.Plain(verb + who), width: 76, foot: "J K scroll the script · y copies the number · esc cancel"}}
	if s.Number == "" {
		c.foot = "J K scroll the script · esc cancel"
	}
	for _, o := range outcomes {
		if slices.Contains(ends[s.Channel], o.kind) {
			c.options = append(c.options, option{key: o.key, label: o.says, does: action.AskNote{Kind: o.kind}})
		}
	}
	c.options = append(c.options, option{key: "l", label: "log something else", does: action.AskLog{}})
	return c
}

// Lines implements Modal.
func (c *Call) Lines(w, h int) []string {
	block := c.lines(w, h)
	width := frame.Width(block[0])
	inner := width - 4
	head := []string{c.number(inner), c.look.Paint(themes.TextDim, frame.Clip(frame.Plain(c.why()), inner)), ""}
	script := c.page.Lines(c.look.Theme, c.body(), inner)
	room := max(1, h-len(block)-len(head)-1)
	c.last = max(0, len(script)-room)
	c.top = min(c.top, c.last)
	script = script[c.top:min(len(script), c.top+room)]
	lines := make([]string, 0, h)
	for _, l := range append(head, append(slices.Clone(script), "")...) {
		lines = append(lines, " "+l)
	}
	framed := frame.Framed(c.look.Theme, c.look.Glyphs, c.title, lines, width)
	return append(framed[:len(framed)-1], block[1:]...)
}

// number is the line of the number: a terminal that knows links opens it.
func (c *Call) number(w int) string {
	if c.script.Number == "" {
		return c.look.Paint(themes.Warn, frame.Clip("No number is known. `stoke edit WHO --phone` keeps one.", w))
	}
	shown, said := strings.TrimRight(frame.Clip(frame.Plain(c.script.Number), w-10), " "), ""
	if c.copied {
		said = c.look.Paint(themes.OK, "  copied") // the message row lies below this window
	}
	dialled := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, c.script.Number)
	return ansi.SetHyperlink("tel:"+dialled) + c.look.Paint(themes.Accent, shown) + ansi.ResetHyperlink() + said
}

func (c *Call) why() string {
	if c.script.Asked {
		return c.script.Why
	}
	return "why a call: " + c.script.Why
}

func (c *Call) body() string {
	if c.script.Body == "" {
		return "There is no script for this " + c.script.Channel + ". A template with `channel: " + c.script.Channel + "` makes one."
	}
	return c.script.Body
}

// Press implements Modal.
func (c *Call) Press(press tea.KeyPressMsg) action.Action {
	switch press.String() {
	case "J", "pgdown", "ctrl+d":
		c.top = min(c.top+3, c.last)
		return nil
	case "K", "pgup", "ctrl+u":
		c.top = max(c.top-3, 0)
		return nil
	case "y":
		if c.copied = c.script.Number != ""; c.copied {
			return action.CopyNumber{Number: c.script.Number}
		}
		return nil
	}
	return c.chooser.Press(press)
}
