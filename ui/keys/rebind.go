package keys

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// neverBound are keys that a plain terminal sends for another one.
var neverBound = map[string]string{
	"ctrl+h": "backspace", "ctrl+i": "tab", "ctrl+j": "a new line", "ctrl+m": "enter", "ctrl+[": "escape",
}

// Rebind returns the table with the rep's own keys, by action id. An action
// named loses its delivered keys. All mistakes come back together: an unknown
// id, a key that cannot be bound, two actions on one key in one place.
func (t Table) Rebind(own map[string][]string) (Table, error) {
	var mistakes []error
	bindings := t.Bindings()
	ids := make([]string, 0, len(own))
	for id := range own {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		i := slices.IndexFunc(bindings, func(b Binding) bool { return b.ID == ID(id) })
		if i < 0 {
			mistakes = append(mistakes, fmt.Errorf("keys: no action is called %q; `stoke keys` lists them", id))
			continue
		}
		for _, key := range own[id] {
			if alias, ok := neverBound[key]; ok {
				mistakes = append(mistakes, fmt.Errorf("keys: %s: %s is what a terminal sends for %s", id, key, alias))
			}
		}
		bindings[i].Keys, bindings[i].Also = own[id], nil
	}
	changed := newTable(bindings)
	mistakes = append(mistakes, changed.collisions()...)
	return changed, errors.Join(mistakes...)
}

func (t Table) collisions() []error {
	var found []error
	pressed := make([]string, 0, len(t.index))
	for key := range t.index {
		pressed = append(pressed, key)
	}
	slices.Sort(pressed)
	for _, key := range pressed {
		var taken Context
		var who []string
		clash := false
		for _, i := range t.index[key] {
			b := t.bindings[i]
			clash = clash || taken&b.In != 0
			taken |= b.In
			who = append(who, string(b.ID))
		}
		if clash {
			found = append(found, fmt.Errorf("keys: %q means %s in one place", key, strings.Join(who, " and ")))
		}
	}
	return found
}
