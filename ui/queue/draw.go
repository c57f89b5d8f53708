package queue

import (
	"strconv"
	"strings"

	"stoke/model"
	"stoke/themes"
	"stoke/ui/frame"
)

// Lines draws the list: exactly the cells of SetSize.
func (p *Pane) Lines() []string {
	out := make([]string, 0, p.h)
	if p.shown() == 0 {
		return frame.Block(p.empty(), p.w, p.h)
	}
	p.each(func(line, row, sub int) bool {
		if line < p.top {
			return true
		}
		if sub == heading {
			out = append(out, p.heading(p.rows[row].Key.Group))
		} else {
			out = append(out, p.line(row, sub))
		}
		return len(out) < p.h
	})
	if n := p.counts.Unsorted; len(out) < p.h && p.view == model.ViewQueue && n > 0 && !p.moreBelow && p.search == "" {
		out = append(out, frame.Clip(p.look.Paint(themes.TextDim, "   + "+strconv.Itoa(n)+" people to sort: 7 shows them; D keeps, d retires"), p.w))
	}
	for len(out) < p.h {
		out = append(out, frame.Spaces(p.w))
	}
	return out
}

func (p *Pane) shown() int {
	n := 0
	for _, r := range p.rows {
		if !p.gone[r.Contact.ID] {
			n++
		}
	}
	return n
}

func (p *Pane) heading(g model.Group) string {
	role, n := themes.TextStrong, 0
	switch g {
	case model.GroupNow:
		role, n = themes.Accent, p.counts.Now
	case model.GroupHot:
		role, n = themes.Hot, p.counts.Hot
	case model.GroupWarm:
		role, n = themes.Warm, p.counts.Warm
	case model.GroupCold:
		role, n = themes.Cold, p.counts.Cold
	}
	name := strings.ToUpper(g.String())
	if n > 0 && p.search == "" {
		name += " " + strconv.Itoa(n)
	}
	return frame.Rule(p.look.Theme, p.look.Glyphs, role, name, "", p.w)
}

// line draws one line of a row. Lines of rows that are not selected are kept
// until something changes.
func (p *Pane) line(row, sub int) string {
	r := &p.rows[row]
	id := r.Contact.ID
	if id == p.selected {
		return p.drawRow(r, sub, true)
	}
	key := drawnKey{id, sub, p.marked[id]}
	if kept, ok := p.drawn[key]; ok {
		return kept
	}
	line := p.drawRow(r, sub, false)
	p.drawn[key] = line
	return line
}

// empty answers "what now?".
func (p *Pane) empty() []string {
	if !p.loaded {
		return []string{"", "   " + p.look.Paint(themes.TextDim, "Looking up your people…")}
	}
	lines := []string{""}
	for i, s := range p.emptyText() {
		role := themes.TextDim
		if i == 0 {
			role = themes.TextStrong
		}
		for _, part := range frame.Wrap(s, max(10, p.w-6)) {
			lines = append(lines, "   "+p.look.Paint(role, part))
		}
	}
	return lines
}

func (p *Pane) emptyText() []string {
	if p.search != "" {
		return []string{"Nobody here matches “" + frame.Plain(p.search) + "”.", "esc shows everybody again; 7 searches all your people."}
	}
	switch p.view {
	case model.ViewQueue:
		switch {
		case p.counts.People == 0:
			return []string{"No people yet.", "Leave with q, then: stoke add dana@northwind.example, or stoke import contacts.csv. Whoever answers you comes up here."}
		case p.counts.Unsorted > 0:
			return []string{"Nobody waits for you.", strconv.Itoa(p.counts.Unsorted) + " people are not sorted yet: 7 shows them."}
		default:
			return []string{"Nobody waits for you.", "2 shows who owes you an answer. New mail comes up here by itself; R looks now."}
		}
	case model.ViewWaiting:
		return []string{"Nobody owes you an answer.", "Contacts come here when you have written, with the day of their next touch."}
	case model.ViewSnoozed:
		return []string{"Nobody is snoozed.", "s hides a contact until a date. Their mail wakes them early."}
	case model.ViewNurture:
		return []string{"Nobody is in nurture.", "Contacts come here when a sequence ran out: one friendly touch a quarter."}
	case model.ViewRetired:
		return []string{"Nobody is retired.", "d retires a contact with a reason; D brings them back."}
	default:
		return []string{"No people yet.", "stoke add, stoke import, or your mail fills this list."}
	}
}
