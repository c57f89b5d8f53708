package frame

import (
	"strings"

	"stoke/themes"
	"stoke/ui/keys"
)

// Tab is one view in the header.
type Tab struct {
	Key    string
	Name   string
	Count  int
	Active bool
}

// Header draws the first line: the program, the tabs and something at the
// right. Where there is no room the tabs lose their counts, then their names
// from the right end on; the active one keeps both.
func Header(t themes.Theme, tabs []Tab, right string, w int) string {
	const lead = " stoke  "
	room := w - len(lead) - Width(right)
	line, width := tabLine(t, tabs, true, len(tabs))
	for named := len(tabs); width > room && named >= 0; named-- {
		line, width = tabLine(t, tabs, false, named)
	}
	return Ends(t.Paint(themes.Accent, lead)+line, right, w)
}

// tabLine draws the tabs, the first so many with their names.
func tabLine(t themes.Theme, tabs []Tab, counts bool, named int) (string, int) {
	var out strings.Builder
	width := 0
	for i, tab := range tabs {
		label := tab.Key
		if i < named || tab.Active {
			label += " " + tab.Name
		}
		if tab.Count > 0 && (counts || tab.Active) {
			label += " " + Count(tab.Count)
		}
		role := themes.TextDim
		if tab.Active {
			label, role = "["+label+"]", themes.TextStrong
		}
		if i > 0 {
			out.WriteByte(' ')
			width++
		}
		out.WriteString(t.Paint(role, label))
		width += Width(label)
	}
	return out.String(), width
}

// Rule draws a heading in a line across the pane: ── LEFT ─────── RIGHT ──.
func Rule(t themes.Theme, g Glyphs, role themes.Role, left, right string, w int) string {
	if w <= 0 {
		return ""
	}
	head := strings.Repeat(g.Rule, 2)
	if left != "" {
		if room := w - 6; Width(left) > room {
			left = strings.TrimRight(Fit(left, room), " ")
		}
		left = " " + left + " "
	}
	tail := ""
	if right != "" && Width(left)+Width(right)+8 <= w {
		tail = " " + right + " "
	}
	fill := w - 2 - Width(left) - Width(tail)
	if tail != "" {
		fill -= 2
	}
	line := t.Paint(themes.Border, head) + t.Paint(role, left) + t.Paint(themes.Border, strings.Repeat(g.Rule, max(0, fill))) + t.Paint(themes.TextDim, tail)
	if tail != "" {
		line += t.Paint(themes.Border, strings.Repeat(g.Rule, 2))
	}
	return Clip(line, w)
}

// Hints draws the hint bar. What does not fit goes by rank, the highest first;
// rank 0 stays.
func Hints(t themes.Theme, g Glyphs, bindings []keys.Binding, w int) string {
	shown := make([]keys.Binding, 0, len(bindings))
	for _, b := range bindings {
		if b.Hint != "" {
			shown = append(shown, b)
		}
	}
	for hintWidth(shown) > w {
		worst := -1
		for i, b := range shown {
			if b.Rank > 0 && (worst < 0 || b.Rank >= shown[worst].Rank) {
				worst = i
			}
		}
		if worst < 0 {
			break
		}
		shown = append(shown[:worst], shown[worst+1:]...)
	}
	var out strings.Builder
	for i, b := range shown {
		out.WriteString(hintGap(t, g, shown, i))
		out.WriteString(t.Paint(themes.Key, keys.Label(b.Shown())))
		out.WriteString(t.Paint(themes.TextDim, " "+b.Hint))
	}
	return Clip(out.String(), w)
}

func hintGap(t themes.Theme, g Glyphs, shown []keys.Binding, i int) string {
	switch {
	case i == 0:
		return " "
	case shown[i].Section != shown[i-1].Section:
		return t.Paint(themes.Border, " "+g.Split+" ")
	default:
		return "  "
	}
}

func hintWidth(shown []keys.Binding) int {
	n := 0
	for i, b := range shown {
		n += Width(keys.Label(b.Shown())) + 1 + Width(b.Hint)
		switch {
		case i == 0:
			n++
		case b.Section != shown[i-1].Section:
			n += 3
		default:
			n += 2
		}
	}
	return n
}
