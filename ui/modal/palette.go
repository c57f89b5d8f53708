package modal

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"stoke/ui/action"
	"stoke/ui/field"
	"stoke/ui/frame"
	"stoke/ui/keys"
)

// Palette finds an action by its words and does it.
type Palette struct {
	chooser
	all []keys.Binding
}

// NewPalette returns the palette over the actions of a place.
func NewPalette(look frame.Look, bindings []keys.Binding) *Palette {
	p := &Palette{all: bindings, chooser: chooser{look: look, title: "Palette", field: field.New(look.Theme), foot: "enter does it · esc cancel", width: 70}}
	p.narrow()
	return p
}

func (p *Palette) narrow() {
	p.options, p.at = p.options[:0], 0
	query := strings.ToLower(p.words())
	words := strings.Fields(query)
	var within []option
	for _, b := range p.all {
		if b.ID == keys.Palette || !holdsAll(strings.ToLower(b.Help+" "+string(b.ID)), words) {
			continue
		}
		o := option{label: b.Help, right: " " + keys.Label(b.Shown()), does: action.Press{ID: b.ID}}
		if strings.HasPrefix(strings.ToLower(b.Help), query) {
			p.options = append(p.options, o)
		} else {
			within = append(within, o)
		}
	}
	p.options = append(p.options, within...)
}

func holdsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// Lines implements Modal.
func (p *Palette) Lines(w, h int) []string { return p.lines(w, min(h, 20)) }

// Press implements Modal.
func (p *Palette) Press(press tea.KeyPressMsg) action.Action {
	chosen, did := p.press(press)
	if did == typed {
		p.narrow()
	}
	return chosen
}

// Paste implements Modal.
func (p *Palette) Paste(text string) action.Action {
	p.paste(text)
	p.narrow()
	return nil
}
