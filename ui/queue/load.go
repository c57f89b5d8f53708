package queue

import (
	"math"

	"stoke/model"
)

// Reason says why a page was asked for, and with it how it is taken in.
type Reason uint8

const (
	// Anew replaces the window; the rep asked for it.
	Anew Reason = iota
	// Quietly refreshes the window after something happened elsewhere: rows
	// are brought up to date where they stand, and their order waits.
	Quietly
	// Below adds a page after the window.
	Below
	// Above adds a page before the window.
	Above
	// AtEnd replaces the window by the end of the list.
	AtEnd
)

// Again is the query that loads the window as it stands.
func (p *Pane) Again() model.Query {
	q := model.Query{View: p.view, Search: p.search, Limit: max(PageRows, len(p.rows)+20)}
	if p.moreAbove && len(p.rows) > 0 {
		key := p.rows[0].Key
		q.After = &key
	}
	return q
}

// First is the query for the beginning of the list.
func (p *Pane) First() model.Query {
	return model.Query{View: p.view, Search: p.search, Limit: PageRows}
}

// Last is the query for the end of the list.
func (p *Pane) Last() model.Query {
	return model.Query{View: p.view, Search: p.search, Limit: PageRows, Last: true}
}

// Missing is the page that the cursor is about to run into, if any.
func (p *Pane) Missing() (model.Query, Reason, bool) {
	at := p.index(p.selected)
	if at < 0 {
		return model.Query{}, Anew, false
	}
	q := model.Query{View: p.view, Search: p.search, Limit: PageRows}
	if p.moreBelow && at >= len(p.rows)-edge {
		key := p.rows[len(p.rows)-1].Key
		q.After = &key
		return q, Below, true
	}
	if p.moreAbove && at < edge {
		key := p.rows[0].Key
		q.Before = &key
		return q, Above, true
	}
	return model.Query{}, Anew, false
}

// GroupStart is the query for the list from the beginning of a group on.
func (p *Pane) GroupStart(g model.Group) model.Query {
	q := p.First()
	q.After = &model.Key{Group: g, Class: -1, Order: math.MinInt64}
	return q
}

// Take puts a page into the window. q is the query that it answers.
func (p *Pane) Take(page model.Page, q model.Query, why Reason) {
	p.loaded = true
	switch why {
	case Quietly:
		p.refresh(page, q)
	case Below:
		p.rows = append(p.rows, page.Rows...)
		p.moreBelow = page.More
		if cut := len(p.rows) - mostRows; cut > 0 {
			p.keepLine(func() { p.rows = append(p.rows[:0:0], p.rows[cut:]...) })
			p.moreAbove = true
		}
	case Above:
		p.keepLine(func() { p.rows = append(append([]model.Row(nil), page.Rows...), p.rows...) })
		p.moreAbove = page.More
		if len(p.rows) > mostRows {
			p.rows, p.moreBelow = p.rows[:mostRows], true
		}
	default:
		p.replace(page, q)
	}
}

// replace shows a page as it is; the cursor stays with its contact, else with
// its row.
func (p *Pane) replace(page model.Page, q model.Query) {
	p.held, p.newAbove = nil, 0
	clear(p.gone)
	p.keepLine(func() {
		p.rows = page.Rows
		p.moreAbove, p.moreBelow = q.After != nil, page.More
		if p.batched() {
			p.rows, p.moreAbove, p.moreBelow = p.cut(page.Rows), false, false
		}
		if q.Last {
			p.moreAbove, p.moreBelow = page.More, false
		}
	})
	p.forget()
	p.pruneMarks()
	if q.Last {
		p.selectIndex(len(p.rows) - 1)
	}
}

// keepLine changes the rows so that the selected one stays on its line of the
// screen.
func (p *Pane) keepLine(change func()) {
	before, had := p.lineOf(p.selected)
	change()
	at := p.index(p.selected)
	if at < 0 {
		p.selectIndex(p.at)
		return
	}
	p.at = at
	if after, ok := p.lineOf(p.selected); ok && had {
		p.top += after - before
	}
	p.follow()
}

// refresh brings the rows up to date where they stand and holds a new order
// back until Settle.
func (p *Pane) refresh(page model.Page, q model.Query) {
	if p.batched() {
		page.Rows = p.cut(page.Rows)
	}
	if p.index(p.selected) < 0 || sameOrder(p.rows, page.Rows, p.gone) {
		p.replace(page, q)
		return
	}
	fresh := make(map[int64]int, len(page.Rows))
	for i, r := range page.Rows {
		fresh[r.Contact.ID] = i
	}
	above := map[int64]bool{}
	for i := range p.rows {
		id := p.rows[i].Contact.ID
		if i <= p.at {
			above[id] = true
		}
		if j, ok := fresh[id]; ok {
			// The group of the old place keeps the headings whole until the
			// new order is shown.
			group := p.rows[i].Key
			p.rows[i] = page.Rows[j]
			p.rows[i].Key = group
		}
	}
	p.held, p.heldFrom, p.newAbove = &page, q.After, 0
	if j, ok := fresh[p.selected]; ok {
		for _, r := range page.Rows[:j] {
			if !above[r.Contact.ID] {
				p.newAbove++
			}
		}
	}
	p.forget()
}

// Settle shows what was held back; the rep is idle or asked for it.
func (p *Pane) Settle() {
	if p.held != nil {
		p.replace(*p.held, model.Query{After: p.heldFrom})
	}
}

func sameOrder(old, fresh []model.Row, gone map[int64]bool) bool {
	i := 0
	for _, r := range old {
		if gone[r.Contact.ID] {
			continue
		}
		if i >= len(fresh) || fresh[i].Contact.ID != r.Contact.ID || fresh[i].Key.Group != r.Key.Group {
			return false
		}
		i++
	}
	return i == len(fresh) || i < len(fresh) && len(old) >= PageRows
}

func (p *Pane) pruneMarks() {
	if len(p.marked) == 0 || p.moreAbove || p.moreBelow {
		return
	}
	for id := range p.marked {
		if p.index(id) < 0 {
			delete(p.marked, id)
		}
	}
}
