package frame

import (
	"strings"

	"stoke/themes"
)

// Blanks gives the byte offsets of the blanks of a line, from and to. A blank is a merge tag that found no value; it stands
// in a draft in the braces of its template until the rep writes something in its place.
func Blanks(line string) [][2]int {
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

// PaintBlanks paints the bytes from..to of a line: blanks stand out, what is chosen, the bytes lo..hi, stands out most.
func PaintBlanks(theme themes.Theme, line string, from, to, lo, hi int) string {
	var out strings.Builder
	// piece paints a stretch that is a blank or none, parted by what is chosen.
	piece := func(from, to int, role themes.Role) {
		for _, cut := range [...]struct {
			from, to int
			role     themes.Role
		}{{from, min(to, lo), role}, {max(from, lo), min(to, hi), themes.Selection}, {max(from, hi), to, role}} {
			if cut.from < cut.to {
				out.WriteString(theme.Paint(cut.role, Plain(line[cut.from:cut.to])))
			}
		}
	}
	at := from
	for _, b := range Blanks(line) {
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
