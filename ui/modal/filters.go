package modal

import (
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/ui/action"
	"stoke/ui/frame"
)

// Filters gives the narrowings that were kept under a name, and keeps the
// present one under the name that is typed.
type Filters struct {
	finder
	all     []model.Filter
	present string
}

// NewFilters returns the picker; present is what the list is narrowed to now.
func NewFilters(look frame.Look, all []model.Filter, present string) *Filters {
	f := &Filters{all: all, present: strings.TrimSpace(present)}
	foot := "enter takes it · ctrl+d forgets it · esc cancel"
	if f.present != "" {
		foot = "type a name to keep the present one · ctrl+d forgets one · esc cancel"
	}
	f.finder = find(chooser{look: look, title: "Filters", width: 64, foot: foot}, f.found)
	return f
}

// found are the filters whose names begin so, and a way to keep the present one under a name.
func (f *Filters) found(name string) (all []option) {
	for _, one := range f.all {
		if !strings.HasPrefix(strings.ToLower(one.Name), strings.ToLower(name)) {
			continue
		}
		key := ""
		if n := len(all) + 1; name == "" && n < 10 {
			key = strconv.Itoa(n)
		}
		all = append(all, option{key: key, label: one.Name, right: frame.Plain(one.Text), does: action.UseFilter{Text: one.Text}})
	}
	if name != "" && f.present != "" {
		all = append(all, option{label: "keep it as “" + name + "”", right: frame.Plain(f.present), does: action.KeepFilter{Filter: model.Filter{Name: name, Text: f.present}}})
	}
	return all
}

// Forget takes out a filter that is not kept any more; the cursor is then on
// the next one.
func (f *Filters) Forget(name string) {
	f.all = slices.DeleteFunc(f.all, func(one model.Filter) bool { return one.Name == name })
	at := f.at
	f.narrow()
	f.at = max(0, min(at, len(f.options)-1))
}

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
	return f.finder.Press(press)
}
