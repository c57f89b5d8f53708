package queue

import (
	"stoke/model"
)

// Aim makes a contact the selected one as soon as a page brings it.
func (p *Pane) Aim(id int64) { p.selected = id }

// selectIndex selects the row at an index, or the nearest one that is still
// there.
func (p *Pane) selectIndex(i int) {
	i = min(max(i, 0), len(p.rows)-1)
	p.sorting = false
	for j := i; j >= 0 && j < len(p.rows); j++ {
		if !p.gone[p.rows[j].Contact.ID] {
			p.at, p.selected = j, p.rows[j].Contact.ID
			p.follow()
			return
		}
	}
	for j := i; j >= 0; j-- {
		if !p.gone[p.rows[j].Contact.ID] {
			p.at, p.selected = j, p.rows[j].Contact.ID
			p.follow()
			return
		}
	}
	p.at, p.selected, p.top = 0, 0, 0
}

// Move moves the cursor by rows.
func (p *Pane) Move(by int) {
	at := p.index(p.selected)
	if p.sorting && by < 0 {
		p.sorting = false
		by++
	}
	step := 1
	if by < 0 {
		step = -1
	}
	for ; by != 0; by -= step {
		next := at + step
		for next >= 0 && next < len(p.rows) && p.gone[p.rows[next].Contact.ID] {
			next += step
		}
		if next < 0 || next >= len(p.rows) {
			break
		}
		at = next
	}
	p.selectIndex(at)
	p.sorting = by > 0 && p.unsorted() > 0
	p.follow()
}

// Half moves by half a page, down for 1 and up for -1.
func (p *Pane) Half(direction int) { p.Move(direction * max(1, p.h/(2*p.rowLines()))) }

// ToTop selects the first row and says whether the list goes on above the
// window.
func (p *Pane) ToTop() (more bool) {
	p.selectIndex(0)
	p.top = 0
	return p.moreAbove
}

// ToBottom selects the last row and says whether the list goes on below the
// window.
func (p *Pane) ToBottom() (more bool) {
	p.selectIndex(len(p.rows) - 1)
	p.sorting = p.unsorted() > 0
	p.follow()
	return p.moreBelow
}

// ToGroup selects the first row of the next group (direction 1), or of this or
// the previous one (-1). When the window does not reach so far it gives the
// group to load.
func (p *Pane) ToGroup(direction int) (load model.Group, missing bool) {
	at := p.index(p.selected)
	if at < 0 {
		return 0, false
	}
	group := p.rows[at].Key.Group
	if direction > 0 {
		for i := at; i < len(p.rows); i++ {
			if p.rows[i].Key.Group > group && !p.gone[p.rows[i].Contact.ID] {
				p.selectIndex(i)
				return 0, false
			}
		}
		return group + 1, p.moreBelow && group < model.GroupCold
	}
	start := p.groupStart(at)
	if start == at && at > 0 {
		start = p.groupStart(at - 1)
	}
	if start == 0 && p.moreAbove {
		if at == 0 {
			group = p.groupAbove(group)
		}
		return group, true
	}
	p.selectIndex(start)
	return 0, false
}

// groupAbove is the nearest group above that has people, as far as the counts
// tell; a filtered list has none, and starts over.
func (p *Pane) groupAbove(g model.Group) model.Group {
	sizes := [...]int{p.counts.Now, p.counts.Hot, p.counts.Warm, p.counts.Cold}
	for g--; g > model.GroupNow; g-- {
		if sizes[g] > 0 && p.search == "" {
			return g
		}
	}
	return model.GroupNow
}

func (p *Pane) groupStart(i int) int {
	for i > 0 && p.rows[i-1].Key.Group == p.rows[i].Key.Group {
		i--
	}
	return i
}

// Advance takes contacts out of the list before the store has answered, and
// puts the cursor on the next one that stays.
func (p *Pane) Advance(ids []int64) {
	for _, id := range ids {
		p.gone[id] = true
	}
	clear(p.marked)
	p.anchor = 0
	if p.gone[p.selected] {
		p.selectIndex(p.at)
	}
	p.follow()
}

// Return shows contacts again whose verb could not be done.
func (p *Pane) Return(ids []int64) {
	p.keepLine(func() {
		for _, id := range ids {
			delete(p.gone, id)
		}
	})
}

// ToggleMark marks or unmarks the contact under the cursor and goes on to the
// next.
func (p *Pane) ToggleMark() {
	if p.index(p.selected) < 0 {
		return
	}
	if p.marked[p.selected] {
		delete(p.marked, p.selected)
	} else {
		p.marked[p.selected] = true
		p.anchor = p.selected
	}
	p.Move(1)
}

// MarkRange marks everything between the last mark and the cursor.
func (p *Pane) MarkRange() {
	from, to := p.index(p.anchor), p.index(p.selected)
	if to < 0 {
		return
	}
	if from < 0 {
		from = to
	}
	for i := min(from, to); i <= max(from, to); i++ {
		if id := p.rows[i].Contact.ID; !p.gone[id] {
			p.marked[id] = true
		}
	}
	p.anchor = p.selected
}

// ClearMarks unmarks everything and says whether anything was.
func (p *Pane) ClearMarks() bool {
	had := len(p.marked) > 0
	clear(p.marked)
	p.anchor = 0
	return had
}
