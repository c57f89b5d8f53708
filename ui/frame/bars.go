package frame

import (
	"strings"

	"stoke/themes"
	"stoke/ui/keys"
)

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
