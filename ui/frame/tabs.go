package frame

import (
	"slices"
	"strings"

	"stoke/themes"
)

// Tab is one view in the header.
type Tab struct {
	Key    string
	Name   string
	Count  int
	Active bool
	// Rank says how early the tab gives way where there is no room: 0 last.
	Rank int
}

// Ranks of tabs from which on one gives way early: a Quiet one loses its count
// before anything else, a Spare one leaves the line.
const (
	QuietTab = 10
	SpareTab = 20
)

// part is what of a tab is drawn.
type part struct {
	Tab
	counted, named, gone bool
}

func (p part) label() string {
	if p.gone {
		return ""
	}
	label := p.Key
	if p.named {
		label += " " + p.Name
	}
	if p.counted && p.Count > 0 {
		label += " " + Count(p.Count)
	}
	if p.Active {
		label = "[" + label + "]"
	}
	return label
}

// Header draws the first line: the program, the tabs and something at the
// right. Where there is no room things go one by one: the counts of quiet
// tabs, spare tabs, the program's name, the other counts, and last the names.
// The active tab keeps both.
func Header(t themes.Theme, tabs []Tab, right string, w int) string {
	const lead = " stoke  "
	parts := make([]part, len(tabs))
	for i, tab := range tabs {
		parts[i] = part{Tab: tab, counted: true, named: true}
	}
	room := w - Width(right) - 1
	byRank := ranked(parts)
	fits := func(lead string) bool { return len(lead)+tabWidth(parts) <= room }
	drop := func(lead string, from int, what func(*part)) {
		for _, i := range byRank {
			if fits(lead) {
				return
			}
			if !parts[i].Active && parts[i].Rank >= from {
				what(&parts[i])
			}
		}
	}
	drop(lead, QuietTab, func(p *part) { p.counted = false })
	drop(lead, SpareTab, func(p *part) { p.gone = true })
	if fits(lead) {
		return Ends(t.Paint(themes.Accent, lead)+tabLine(t, parts), right, w)
	}
	const short = " "
	drop(short, 0, func(p *part) { p.counted = false })
	drop(short, 0, func(p *part) { p.named = false })
	return Ends(short+tabLine(t, parts), right, w)
}

// ranked are the places of the tabs, the first to give way first.
func ranked(parts []part) []int {
	order := make([]int, len(parts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return parts[b].Rank - parts[a].Rank })
	return order
}

func tabWidth(parts []part) int {
	n := 0
	for _, p := range parts {
		if !p.gone {
			n += Width(p.label()) + 1
		}
	}
	return max(0, n-1)
}

func tabLine(t themes.Theme, parts []part) string {
	var out strings.Builder
	for _, p := range parts {
		if p.gone {
			continue
		}
		if out.Len() > 0 {
			out.WriteByte(' ')
		}
		role := themes.TextDim
		if p.Active {
			role = themes.TextStrong
		}
		out.WriteString(t.Paint(role, p.label()))
	}
	return out.String()
}
