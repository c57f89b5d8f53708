package keys

import (
	"fmt"
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

// Markdown writes the table for a reader, one section after the other. A query
// keeps the actions whose words or keys contain it. With ids stands the name by
// which a config binds the action, and further keys have a column of their own.
func (t Table) Markdown(query string, ids bool) string {
	var out strings.Builder
	query = strings.ToLower(strings.TrimSpace(query))
	for _, section := range Sections() {
		started := false
		for _, b := range t.bindings {
			if b.Section != section || !matches(b, query) {
				continue
			}
			if !started {
				head(&out, section, ids)
				started = true
			}
			if ids {
				fmt.Fprintf(&out, "| %s | %s | %s | %s |\n", code(b.Keys), code(b.Also), b.Help, b.ID)
			} else {
				fmt.Fprintf(&out, "| %s | %s |\n", code(b.All()), b.Help)
			}
		}
	}
	return out.String()
}

func head(out *strings.Builder, section Section, ids bool) {
	if out.Len() > 0 {
		out.WriteByte('\n')
	}
	fmt.Fprintf(out, "## %s\n\n", section)
	if ids {
		out.WriteString("| key | also | does | id |\n|---|---|---|---|\n")
		return
	}
	out.WriteString("| key | does |\n|---|---|\n")
}

func matches(b Binding, query string) bool {
	return query == "" || strings.Contains(strings.ToLower(b.Help+" "+b.Hint+" "+string(b.ID)), query) ||
		slices.Contains(b.All(), query)
}

func code(keys []string) string {
	quoted := make([]string, len(keys))
	for i, k := range keys {
		quoted[i] = "`" + k + "`"
	}
	return strings.Join(quoted, " ")
}
