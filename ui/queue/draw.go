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
	if p.titleLines() > 0 {
		out = append(out, p.titled())
	}
	if p.shown() == 0 {
		lines := append(out, frame.Block(p.empty(), p.w, p.room())...)
		if n := p.unsorted(); n > 0 && p.h > 0 {
			lines[p.h-1] = p.sortRow(n)
		}
		return lines
	}
	top, first, last, goesOn := len(out), int64(-1), int64(0), p.moreBelow // first and last are whose lines these are, 0 for nobody's
	p.each(func(line, row, sub int) bool {
		switch {
		case line < p.top:
			return true
		case len(out) == p.h:
			goesOn = true
			return false
		case sub == heading:
			last, out = 0, append(out, p.heading(p.rows[row].Key.Group))
		default:
			last, out = p.rows[row].Contact.ID, append(out, p.line(row, sub))
		}
		if first < 0 {
			first = last
		}
		return true
	})
	if n := p.unsorted(); n > 0 {
		if goesOn = goesOn || len(out) == p.h; !goesOn {
			out = append(out, p.sortRow(n))
		}
	}
	free := func(id int64) bool { return id != p.selected || p.Sorting() } // of the cursor's bar
	if goesOn && len(out) == p.h && free(last) {
		p.sign(out, p.h-1, p.look.Glyphs.Down)
	}
	if (p.top > 0 || p.moreAbove) && free(first) {
		p.sign(out, top, p.look.Glyphs.Up)
	}
	for len(out) < p.h {
		out = append(out, frame.Spaces(p.w))
	}
	return out
}

// sign stands in the first cell of a line beyond which the list goes on.
func (p *Pane) sign(lines []string, at int, glyph string) {
	if at >= 0 && at < len(lines) {
		lines[at] = p.look.Paint(themes.Accent, glyph) + frame.Tail(lines[at], 1)
	}
}

// sortRow is the last row of the queue: those whom nobody has decided on.
func (p *Pane) sortRow(n int) string {
	pen := pen{look: p.look, selected: p.sorting && p.focused, w: p.w}
	bar := " "
	if p.sorting {
		bar = p.look.Glyphs.Bar
	}
	pen.out.WriteString(p.look.Paint(themes.Accent, bar))
	pen.write(themes.TextDim, "  + "+strconv.Itoa(n)+" people to sort: enter shows them")
	return pen.finish()
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
	if id == p.selected && !p.Sorting() {
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
		way := "esc shows everybody again; 7 looks among all your people."
		if p.view == model.ViewPeople {
			way = "esc shows everybody again."
		}
		return []string{"Nobody here matches “" + frame.Plain(p.search) + "”.", way}
	}
	switch p.view {
	case model.ViewQueue:
		switch {
		case p.counts.People == 0:
			return []string{"No people yet.", "Leave with q, then: stoke add dana@northwind.example, or stoke import contacts.csv. Whoever answers you comes up here."}
		case p.counts.Unsorted > 0:
			return []string{"Nobody waits for you.", strconv.Itoa(p.counts.Unsorted) + " people are not sorted yet: G, then enter shows them."}
		default:
			return []string{"Nobody waits for you.", "2 shows who owes you an answer. New mail comes up here by itself; R looks now."}
		}
	case model.ViewWaiting:
		return []string{"Nobody owes you an answer.", "Contacts come here when you have written, with the day of their next touch."}
	case model.ViewSnoozed:
		return []string{"Nobody is snoozed.", "s hides a contact until a date. Their mail wakes them early."}
	case model.ViewNurture:
		return []string{"Nobody is in nurture.", "Contacts come here when a sequence ran out: one friendly touch a quarter."}
	case model.ViewUnsorted:
		if p.BatchDone() {
			return []string{"These " + strconv.Itoa(p.batch.size) + " are sorted.", "enter brings the next of the " + frame.Count(p.counts.Unsorted) + " that are left; 1 queue."}
		}
		return []string{"Everybody is sorted.", "Who is imported or found in your mail comes here first. 1 queue"}
	case model.ViewRetired:
		return []string{"Nobody is retired.", "d retires a contact with a reason; D brings them back."}
	default:
		return []string{"No people yet.", "stoke add, stoke import, or your mail fills this list."}
	}
}
