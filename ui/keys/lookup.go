package keys

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// Table is a set of bindings with an index by key. It is never changed after
// it was made.
type Table struct {
	bindings []Binding
	index    map[string][]int
}

func newTable(bindings []Binding) Table {
	t := Table{bindings: bindings, index: make(map[string][]int)}
	for i, b := range bindings {
		for _, key := range b.All() {
			t.index[key] = append(t.index[key], i)
		}
	}
	return t
}

// Bindings returns all bindings in the order of the table.
func (t Table) Bindings() []Binding { return slices.Clone(t.bindings) }

// In returns the bindings that hold in a context.
func (t Table) In(c Context) []Binding {
	var held []Binding
	for _, b := range t.bindings {
		if b.In&c != 0 {
			held = append(held, b)
		}
	}
	return held
}

// Hints returns the bindings that a context's hint bar may show.
func (t Table) Hints(c Context) []Binding {
	var shown []Binding
	for _, b := range t.In(c) {
		if b.Hint != "" && (b.Shows == 0 || b.Shows&c != 0) {
			shown = append(shown, b)
		}
	}
	return shown
}

// Find returns the binding of an action.
func (t Table) Find(id ID) (Binding, bool) {
	for _, b := range t.bindings {
		if b.ID == id {
			return b, true
		}
	}
	return Binding{}, false
}

// Match returns the action of a key press in a context. A press that a
// non-Latin layout produced falls back to the key that sits there on a Latin
// one, where the terminal tells.
func (t Table) Match(press tea.KeyPressMsg, c Context) (ID, bool) {
	for _, name := range names(press) {
		for _, i := range t.index[name] {
			if t.bindings[i].In&c != 0 {
				return t.bindings[i].ID, true
			}
		}
	}
	return "", false
}

// names returns what a press may be called, the most exact name first.
func names(press tea.KeyPressMsg) []string {
	k := press.Key()
	all := []string{press.String()}
	if stroke := k.Keystroke(); stroke != all[0] {
		all = append(all, stroke)
	}
	if k.BaseCode != 0 && k.BaseCode != k.Code && !(k.Code < 0x80 && k.Text != "") {
		base := tea.Key{Code: k.BaseCode, Mod: k.Mod &^ tea.ModShift}
		if k.Mod&^(tea.ModShift|tea.ModCapsLock|tea.ModNumLock) == 0 {
			base.Text = string(k.BaseCode)
			if k.Mod&tea.ModShift != 0 && k.BaseCode >= 'a' && k.BaseCode <= 'z' {
				base.Text = string(k.BaseCode - 'a' + 'A')
			}
		}
		all = append(all, base.String())
	}
	return all
}
