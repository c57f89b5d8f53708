package thread

import (
	"time"

	"stoke/model"
	"stoke/ui/frame"
	"stoke/ui/prose"
)

// Pane is the conversation with one contact.
type Pane struct {
	look    frame.Look
	w, h    int
	dossier model.Dossier
	loaded  bool
	now     time.Time
	// unfolded shows what was quoted, and old mails whole.
	unfolded bool
	// up is how many lines the view is scrolled up from the newest.
	up    int
	lines []string
	today time.Time
	notes map[int64]*prose.Page
}

// New returns an empty pane.
func New(look frame.Look) *Pane { return &Pane{look: look, notes: map[int64]*prose.Page{}} }

// SetSize sets the cells to draw into.
func (p *Pane) SetSize(w, h int) {
	if w != p.w {
		p.lines = nil
	}
	p.w, p.h = w, h
}

// SetNow tells the time; days are named anew when another one begins.
func (p *Pane) SetNow(now time.Time) {
	p.now = now
	if today := now.Truncate(24 * time.Hour); !today.Equal(p.today) {
		p.today, p.lines = today, nil
	}
}

// Show takes a contact's dossier. The same contact keeps its scroll and folds,
// so that a sync moves nothing under the reader's eyes.
func (p *Pane) Show(d model.Dossier) {
	if !p.loaded || d.Contact.ID != p.dossier.Contact.ID {
		p.up, p.unfolded = 0, false
		clear(p.notes)
	} else if p.up > 0 {
		p.up += p.grownBy(d)
	}
	p.dossier, p.loaded, p.lines = d, true, nil
}

// grownBy is how many lines longer the conversation becomes.
func (p *Pane) grownBy(d model.Dossier) int {
	before := len(p.all())
	fresh := *p
	fresh.dossier, fresh.lines = d, nil
	return max(0, len(fresh.all())-before)
}

// Clear forgets the contact.
func (p *Pane) Clear() { p.dossier, p.loaded, p.lines, p.up = model.Dossier{}, false, nil, 0 }

// Dossier is the contact that is shown; false before one came.
func (p *Pane) Dossier() (model.Dossier, bool) { return p.dossier, p.loaded }

// Scroll moves the view by lines, down for a positive number.
func (p *Pane) Scroll(by int) {
	p.up = min(max(0, p.up-by), max(0, len(p.all())-p.h+1))
}

// Half scrolls by half a view.
func (p *Pane) Half(direction int) { p.Scroll(direction * max(1, p.h/2)) }

// ToTop shows the oldest.
func (p *Pane) ToTop() { p.Scroll(-len(p.all())) }

// ToBottom shows the newest.
func (p *Pane) ToBottom() { p.up = 0 }

// ToggleFold shows or hides what was quoted.
func (p *Pane) ToggleFold() {
	p.unfolded, p.lines = !p.unfolded, nil
	p.up = min(p.up, max(0, len(p.all())-p.h+1))
}

// Newest is the text of the newest message; false when nobody wrote.
func (p *Pane) Newest() (string, bool) {
	for i := len(p.dossier.Interactions) - 1; i >= 0; i-- {
		if in := p.dossier.Interactions[i]; in.Text != "" {
			return in.Text, true
		}
	}
	return "", false
}

// Need is how many lines show everything, heading included.
func (p *Pane) Need() int { return len(p.all()) + 1 }
