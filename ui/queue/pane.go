package queue

import (
	"slices"
	"time"

	"stoke/model"
	"stoke/ui/frame"
)

// Limits of the window in rows: a page is what one load brings, and the window
// never grows beyond the most.
const (
	PageRows = 150
	mostRows = 450
	// edge is how near to the end of the window the next page is asked for.
	edge = 50
)

// Pane is the list.
type Pane struct {
	look frame.Look
	w, h int
	// two-line rows carry the why-sentence below the name.
	twoLines bool
	focused  bool

	view   model.View
	search string
	counts model.Counts
	now    time.Time

	rows                 []model.Row
	moreAbove, moreBelow bool
	loaded               bool
	// held is a reload that would move rows under the rep's eyes; it waits for
	// a quiet moment.
	held     *model.Page
	heldFrom *model.Key
	newAbove int

	selected int64
	// at is the index of the selected row when it was last seen, for the
	// moment in which the contact leaves the list.
	at     int
	top    int
	marked map[int64]bool
	anchor int64
	// sorting says that the cursor is on the row below the queue that leads to
	// those not sorted yet.
	sorting bool
	// gone are contacts that a verb took out of the list and whose command has
	// not come back yet.
	gone map[int64]bool

	batch batch
	drawn map[drawnKey]string
}

type drawnKey struct {
	id     int64
	line   int
	marked bool
}

// New returns an empty list of a view.
func New(look frame.Look, view model.View) *Pane {
	return &Pane{look: look, view: view, marked: map[int64]bool{}, gone: map[int64]bool{}, drawn: map[drawnKey]string{}}
}

// SetSize sets the cells of the list; twoLines gives every row its sentence
// below it.
func (p *Pane) SetSize(w, h int, twoLines bool) {
	if p.w == w && p.h == h && p.twoLines == twoLines {
		return
	}
	p.w, p.h, p.twoLines = w, h, twoLines
	p.forget()
	p.follow()
}

// SetFocus says whether keys go to the list.
func (p *Pane) SetFocus(focused bool) { p.focused = focused }

// SetNow tells the time; rows are drawn anew when a minute has passed.
func (p *Pane) SetNow(now time.Time) {
	if now.Truncate(time.Minute) != p.now.Truncate(time.Minute) {
		p.forget()
	}
	p.now = now
}

// SetCounts tells the sizes of the lists.
func (p *Pane) SetCounts(c model.Counts) { p.counts = c }

func (p *Pane) forget() { clear(p.drawn) }

// Search is the filter.
func (p *Pane) Search() string { return p.search }

// SetSearch narrows the list; the rows stay until the page for it comes.
func (p *Pane) SetSearch(words string) {
	if words != "" && words != p.search { // the cursor goes to the best match, not to whoever stands in its row
		p.at, p.selected, p.top = 0, 0, 0
	}
	p.search = words
}

// Selected is the contact under the cursor; false in an empty list.
func (p *Pane) Selected() (model.Row, bool) {
	if p.sorting && p.unsorted() > 0 {
		return model.Row{}, false
	}
	if i := p.index(p.selected); i >= 0 {
		return p.rows[i], true
	}
	return model.Row{}, false
}

// Sorting says that the cursor is on the row that leads to the people who are
// not sorted yet.
func (p *Pane) Sorting() bool { return p.sorting && p.unsorted() > 0 }

// unsorted is the number in the row below the queue; zero when there is none.
func (p *Pane) unsorted() int {
	if p.view != model.ViewQueue || p.moreBelow || p.search != "" {
		return 0
	}
	return p.counts.Unsorted
}

// Position is where the cursor stands among the rows of the window, from 1.
func (p *Pane) Position() int { return p.index(p.selected) + 1 }

// Targets are the contacts a verb acts on: the marked ones, else the selected.
func (p *Pane) Targets() []int64 {
	var ids []int64
	for _, r := range p.rows {
		if p.marked[r.Contact.ID] && !p.gone[r.Contact.ID] {
			ids = append(ids, r.Contact.ID)
		}
	}
	if len(ids) == 0 {
		if row, ok := p.Selected(); ok {
			ids = append(ids, row.Contact.ID)
		}
	}
	return ids
}

// Marked is how many contacts are marked.
func (p *Pane) Marked() int { return len(p.marked) }

// NewAbove is how many contacts rose above the cursor and wait to be shown.
func (p *Pane) NewAbove() int { return p.newAbove }

// Loaded says that the first page has come.
func (p *Pane) Loaded() bool { return p.loaded }

func (p *Pane) index(id int64) int {
	if p.at < len(p.rows) && p.rows[p.at].Contact.ID == id && !p.gone[id] {
		return p.at
	}
	return slices.IndexFunc(p.rows, func(r model.Row) bool { return r.Contact.ID == id && !p.gone[id] })
}
