// Package blank knows the blanks of a draft: merge tags that found no value, which stand in the text in the braces of
// their template until the rep writes something in their place. The editor of the text and the field of the subject
// find and paint them with it.
//
// It may import themes and ui/frame.
package blank

import (
	"strings"

	"stoke/themes"
	"stoke/ui/frame"
)

// In gives the byte offsets of the blanks of a line, from and to.
func In(line string) [][2]int {
	var found [][2]int
	for base := 0; ; {
		open := strings.Index(line[base:], "{{")
		if open < 0 {
			return found
		}
		shut := strings.Index(line[base+open:], "}}")
		if shut < 0 {
			return found
		}
		end := base + open + shut + 2
		found = append(found, [2]int{base + open, end})
		base = end
	}
}

// Paint paints the bytes from..to of a line: blanks stand out, what is chosen, the bytes lo..hi, stands out most.
func Paint(theme themes.Theme, line string, from, to, lo, hi int) string {
	var out strings.Builder
	// piece paints a stretch that is a blank or none, parted by what is chosen.
	piece := func(from, to int, role themes.Role) {
		for _, cut := range [...]struct {
			from, to int
			role     themes.Role
		}{{from, min(to, lo), role}, {max(from, lo), min(to, hi), themes.Selection}, {max(from, hi), to, role}} {
			if cut.from < cut.to {
				out.WriteString(theme.Paint(cut.role, frame.Plain(line[cut.from:cut.to])))
			}
		}
	}
	at := from
	for _, b := range In(line) {
		first, last := max(b[0], from), min(b[1], to)
		if first >= last {
			continue
		}
		piece(at, first, themes.Text)
		piece(first, last, themes.Blank)
		at = last
	}
	piece(at, to, themes.Text)
	return out.String()
}
