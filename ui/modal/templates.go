package modal

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"stoke/model/template"
	"stoke/themes"
	"stoke/ui/action"
	"stoke/ui/frame"
	"stoke/ui/prose"
)

// Templates asks which template fills the draft and shows the one under the
// cursor.
type Templates struct {
	chooser
	templates []template.Template
	page      prose.Page
}

// NewTemplates returns the picker; the best fitting template stands first.
func NewTemplates(look frame.Look, templates []template.Template, current string) *Templates {
	t := &Templates{templates: templates, chooser: chooser{look: look, title: "Template", foot: "1-9 pick · enter takes it · ctrl+z brings your text back · esc cancel", width: 76}}
	for i, one := range templates {
		key := ""
		if i < 9 {
			key = strconv.Itoa(i + 1)
		}
		label := one.Name
		if one.Name == current {
			label += " (now)"
		}
		t.options = append(t.options, option{key: key, label: label, right: frame.Plain(one.When), does: action.UseTemplate{Name: one.Name}})
	}
	return t
}

// Lines implements Modal.
func (t *Templates) Lines(w, h int) []string {
	block := t.lines(w, max(9, min(h/2, len(t.options)+6)))
	room := h - len(block) - 2
	if len(t.templates) == 0 || room < 3 {
		return block
	}
	width := frame.Width(block[0])
	one := t.templates[t.at]
	text := one.Body
	if one.Subject != "" {
		text = "**" + one.Subject + "**\n\n" + text
	}
	var shown []string
	for _, l := range frame.Wrap(frame.Plain(one.When), width-6) {
		shown = append(shown, "  "+t.look.Paint(themes.TextDim, l))
	}
	shown = append(shown, "")
	for _, l := range t.page.Lines(t.look.Theme, text, width-6) {
		shown = append(shown, "  "+t.look.Paint(themes.Text, l))
	}
	shown = shown[:min(len(shown), room)]
	return append(block, frame.Framed(t.look.Theme, t.look.Glyphs, one.Name, shown, width)...)
}

// Press implements Modal.
func (t *Templates) Press(press tea.KeyPressMsg) action.Action {
	chosen, _ := t.press(press)
	return chosen
}

// Paste implements Modal.
func (t *Templates) Paste(string) action.Action { return nil }
