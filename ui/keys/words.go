package keys

import (
	"slices"
	"strings"
)

// Label is a key as the hint bar writes it: ^s for ctrl+s.
func Label(key string) string {
	if rest, ok := strings.CutPrefix(key, "ctrl+"); ok && len(rest) == 1 {
		return "^" + rest
	}
	if len(key) == 2 && key[0] == 'f' {
		return strings.ToUpper(key)
	}
	return key
}

// Search gives the actions of a section whose words or keys contain a query;
// the empty query finds all.
func (t Table) Search(section Section, query string) []Binding {
	query = strings.ToLower(strings.TrimSpace(query))
	var found []Binding
	for _, b := range t.bindings {
		if b.Section == section && matches(b, query) {
			found = append(found, b)
		}
	}
	return found
}

func matches(b Binding, query string) bool {
	return query == "" || strings.Contains(strings.ToLower(b.Help+" "+b.Hint+" "+string(b.ID)), query) ||
		slices.Contains(b.All(), query)
}
