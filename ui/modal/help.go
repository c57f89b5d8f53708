package modal

import (
	"strings"

	"charm.land/bubbles/v2/viewport"

	"stoke/themes"
	"stoke/ui/field"
	"stoke/ui/frame"
	"stoke/ui/keys"
)

const (
	helpWidth = 84
	// keyCells is the column of the keys; more keys go on below.
	keyCells = 12
)

// helpKey is what the lines of an action depend on.
type helpKey struct {
	id    keys.ID
	width int
}

// NewHelp returns the keys, searchable, as the table has them.
func NewHelp(look frame.Look, table keys.Table) *Reader {
	drawn := map[helpKey][]string{}
	return &Reader{look: look, title: "Help", width: helpWidth, view: viewport.New(), field: field.New(look.Theme),
		foot: "type to search · up and down scroll · esc back",
		text: func(query string, width int) []string { return helpLines(look, table, query, width, drawn) }}
}

// helpLines draws the actions that a query finds, a section after the other.
// They are drawn here and not as Markdown, because a search draws them anew
// with every letter, for which glamour took 10 ms. What was drawn once is kept
// in drawn.
func helpLines(look frame.Look, table keys.Table, query string, width int, drawn map[helpKey][]string) []string {
	var lines []string
	for _, section := range keys.Sections() {
		found := table.Search(section, query)
		if len(found) == 0 {
			continue
		}
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, look.Rule(string(section), "", width))
		for _, b := range found {
			key := helpKey{b.ID, width}
			rows, kept := drawn[key]
			if !kept {
				rows = helpRow(look, b, width)
				drawn[key] = rows
			}
			lines = append(lines, rows...)
		}
	}
	if len(lines) == 0 {
		return []string{look.Paint(themes.TextDim, "No key does that. Try another word, or : for the palette.")}
	}
	return lines
}

func helpRow(look frame.Look, b keys.Binding, width int) []string {
	pressed := frame.Wrap(strings.Join(b.All(), " "), keyCells)
	says := frame.Wrap(b.Help, max(8, width-keyCells-2))
	lines := make([]string, max(len(pressed), len(says)))
	for i := range lines {
		key, text := "", ""
		if i < len(pressed) {
			key = pressed[i]
		}
		if i < len(says) {
			text = says[i]
		}
		role := themes.Key
		if i > 0 {
			role = themes.TextDim
		}
		lines[i] = look.Paint(role, " "+frame.Fit(key, keyCells)) + look.Paint(themes.Text, " "+text)
	}
	return lines
}
