package modal

import (
	"fmt"
	"strconv"

	"stoke/model"
	"stoke/themes"
	"stoke/ui/action"
	"stoke/ui/frame"
	"stoke/ui/prose"
)

// Templates asks which template fills the draft and shows the one under the
// cursor as the contact would get it.
type Templates struct {
	chooser
	offers []model.Offer
	page   prose.Page
}

// NewTemplates returns the picker; the best fitting template stands first.
func NewTemplates(look frame.Look, offers []model.Offer, current string) *Templates {
	t := &Templates{offers: offers, chooser: chooser{look: look, title: "Template", foot: "1-9 pick · enter takes it · ctrl+z brings your text back · esc cancel", width: 76}}
	for i, one := range offers {
		key := ""
		if i < 9 {
			key = strconv.Itoa(i + 1)
		}
		label := one.Template.Key()
		if label == current {
			label += " (now)"
		}
		t.options = append(t.options, option{key: key, label: label, right: frame.Plain(one.Template.When), does: action.UseTemplate{Name: one.Template.Key()}})
	}
	return t
}

// Lines implements Modal.
func (t *Templates) Lines(w, h int) []string {
	block := t.lines(w, max(9, min(h/2, len(t.options)+6)))
	room := h - len(block) - 2
	if len(t.offers) == 0 || room < 3 {
		return block
	}
	width := frame.Width(block[0])
	one := t.offers[t.at]
	text := one.Draft.Body
	if one.Draft.Subject != "" {
		text = "**" + one.Draft.Subject + "**\n\n" + text
	}
	var shown []string
	for _, l := range frame.Wrap(frame.Plain(about(one, t.look.Glyphs.Dot)), width-6) {
		shown = append(shown, "  "+t.look.Paint(themes.TextDim, l))
	}
	shown = append(shown, "")
	for _, l := range t.page.Lines(t.look.Theme, text, width-6) {
		shown = append(shown, "  "+t.look.Paint(themes.Text, l))
	}
	shown = shown[:min(len(shown), room)]
	return append(block, frame.Framed(t.look.Theme, t.look.Glyphs, frame.Plain(one.Template.Key()), shown, width)...)
}

// about says when a template is for, what of it is still to be filled, and how
// it has done.
func about(o model.Offer, dot string) string {
	says := o.Template.When
	add := func(more string) {
		if says != "" {
			says += " " + dot + " "
		}
		says += more
	}
	if o.Why != "" {
		add(o.Why)
	}
	switch n := len(o.Draft.Blanks()); {
	case n == 1:
		add("1 blank to fill")
	case n > 1:
		add(fmt.Sprintf("%d blanks to fill", n))
	}
	if o.Tried.Sent > 0 {
		add(o.Tried.Says())
	}
	return says
}
