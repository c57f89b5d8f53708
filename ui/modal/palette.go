package modal

import (
	"strings"

	"stoke/ui/action"
	"stoke/ui/frame"
	"stoke/ui/keys"
)

// Palette finds an action by its words and does it.
type Palette struct {
	finder
	all []keys.Binding
}

// NewPalette returns the palette over the actions of a place.
func NewPalette(look frame.Look, bindings []keys.Binding) *Palette {
	p := &Palette{all: bindings}
	p.finder = find(chooser{look: look, title: "Palette", foot: "enter does it · esc cancel", width: 70}, p.found)
	return p
}

// found are the actions that the words fit, those that begin with them first.
func (p *Palette) found(query string) (all []option) {
	query = strings.ToLower(query)
	words := strings.Fields(query)
	var within []option
	for _, b := range p.all {
		if b.ID == keys.Palette || !holdsAll(strings.ToLower(b.Help+" "+string(b.ID)), words) {
			continue
		}
		o := option{label: b.Help, right: " " + keys.Label(b.Shown()), does: action.Press{ID: b.ID}}
		if strings.HasPrefix(strings.ToLower(b.Help), query) {
			all = append(all, o)
		} else {
			within = append(within, o)
		}
	}
	return append(all, within...)
}

func holdsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
