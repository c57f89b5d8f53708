package queue

import "stoke/model"

// Lines of the list: headings and rows in one order. A heading stands before
// the first row of every group of the queue.

func (p *Pane) rowLines() int {
	if p.twoLines {
		return 2
	}
	return 1
}

func (p *Pane) grouped() bool { return p.view == model.ViewQueue }

// each calls f for every line of the window: row -1 is the heading of the row
// that follows. It stops when f returns false.
func (p *Pane) each(f func(line, row, sub int) bool) {
	line, last := 0, model.Group(-1)
	for i := range p.rows {
		if p.gone[p.rows[i].Contact.ID] {
			continue
		}
		if group := p.rows[i].Key.Group; p.grouped() && group != last {
			last = group
			if !f(line, i, heading) {
				return
			}
			line++
		}
		for sub := range p.rowLines() {
			if !f(line, i, sub) {
				return
			}
			line++
		}
	}
}

const heading = -1

// lineOf is the first line of a contact's row.
func (p *Pane) lineOf(id int64) (int, bool) {
	found, at := false, 0
	p.each(func(line, row, sub int) bool {
		if sub == 0 && p.rows[row].Contact.ID == id {
			found, at = true, line
		}
		return !found
	})
	return at, found
}

// follow scrolls until the selected row and, where there is room, its heading
// and a neighbour are seen.
func (p *Pane) follow() {
	if p.room() <= 0 {
		return
	}
	line, ok := p.lineOf(p.selected)
	if !ok {
		p.top = 0
		return
	}
	margin := min(2, (p.room()-p.rowLines())/2)
	if line-margin < p.top {
		p.top = max(0, line-margin)
	}
	if bottom := line + p.rowLines() + margin; bottom > p.top+p.room() {
		p.top = bottom - p.room()
	}
	if p.top <= margin && line+p.rowLines()+margin <= p.room() {
		p.top = 0 // never only the first heading out of sight
	}
	total := 0
	p.each(func(int, int, int) bool { total++; return true })
	if p.unsorted() > 0 {
		total++
	}
	if p.Sorting() {
		p.top = total - p.room()
	}
	p.top = max(0, min(p.top, total-p.room()))
}
