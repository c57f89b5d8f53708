package modal

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/ui/action"
	"stoke/ui/field"
	"stoke/ui/frame"
)

// Filters gives the narrowings that were kept under a name, and keeps the
// present one under the name that is typed.
type Filters struct {
	chooser
	all     []model.Filter
	present string
}

// NewFilters returns the picker; present is what the list is narrowed to now.
func NewFilters(look frame.Look, all []model.Filter, present string) *Filters {
	f := &Filters{all: all, present: strings.TrimSpace(present), chooser: chooser{look: look, title: "Filters", width: 64, field: field.New(look.Theme),
		foot: "enter takes it · ctrl+d forgets it · esc cancel"}}
	if f.present != "" {
		f.foot = "type a name to keep the present one · ctrl+d forgets one · esc cancel"
	}
	f.narrow()
	return f
}

func (f *Filters) narrow() {
	f.options, f.at = f.options[:0], 0
	name := f.words()
	for _, one := range f.all {
		if !strings.HasPrefix(strings.ToLower(one.Name), strings.ToLower(name)) {
			continue
		}
		key := ""
		if n := len(f.options) + 1; name == "" && n < 10 {
			key = strconv.Itoa(n)
		}
		f.options = append(f.options, option{key: key, label: one.Name, right: frame.Plain(one.Text), does: action.UseFilter{Text: one.Text}})
	}
	if name != "" && f.present != "" {
		f.options = append(f.options, option{label: "keep it as “" + name + "”", right: frame.Plain(f.present), does: action.KeepFilter{Filter: model.Filter{Name: name, Text: f.present}}})
	}
}

// Lines implements Modal.
func (f *Filters) Lines(w, h int) []string { return f.lines(w, min(h, 20)) }

// Press implements Modal.
func (f *Filters) Press(press tea.KeyPressMsg) action.Action {
	if press.String() == "ctrl+d" {
		if f.at < len(f.options) {
			if one, ok := f.options[f.at].does.(action.UseFilter); ok {
				return action.DropFilter{Filter: model.Filter{Name: f.options[f.at].label, Text: one.Text}}
			}
		}
		return nil
	}
	chosen, did := f.press(press)
	if did == typed {
		f.narrow()
	}
	return chosen
}

// Paste implements Modal.
func (f *Filters) Paste(text string) action.Action {
	f.paste(text)
	f.narrow()
	return nil
}
