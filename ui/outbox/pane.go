package outbox

import (
	"slices"
	"time"

	"stoke/model"
	"stoke/model/schedule"
	"stoke/themes"
	"stoke/ui/frame"
)

// Pane is the list. The cursor stands on a mail, whatever a reload brings.
type Pane struct {
	look     frame.Look
	w, h     int
	now      time.Time
	mails    []model.Outgoing
	loaded   bool
	selected int64
	at       int
	focused  bool
}

// New returns an empty list.
func New(look frame.Look) *Pane { return &Pane{look: look} }

// SetSize sets the cells to draw into.
func (p *Pane) SetSize(w, h int) { p.w, p.h = w, h }

// SetNow tells the time.
func (p *Pane) SetNow(now time.Time) { p.now = now }

// SetFocus says whether keys go to the list.
func (p *Pane) SetFocus(focused bool) { p.focused = focused }

// Show takes the mails, newest first.
func (p *Pane) Show(mails []model.Outgoing) {
	p.mails, p.loaded = mails, true
	if i := p.index(p.selected); i >= 0 {
		p.at = i
		return
	}
	p.selectIndex(p.at)
}

// Selected is the mail under the cursor; false in an empty list.
func (p *Pane) Selected() (model.Outgoing, bool) {
	if i := p.index(p.selected); i >= 0 {
		return p.mails[i], true
	}
	return model.Outgoing{}, false
}

// Move moves the cursor.
func (p *Pane) Move(by int) { p.selectIndex(p.at + by) }

// Half moves by half a page.
func (p *Pane) Half(direction int) { p.Move(direction * max(1, p.h/4)) }

func (p *Pane) selectIndex(i int) {
	if len(p.mails) == 0 {
		p.at, p.selected = 0, 0
		return
	}
	p.at = min(max(i, 0), len(p.mails)-1)
	p.selected = p.mails[p.at].ID
}

func (p *Pane) index(id int64) int {
	return slices.IndexFunc(p.mails, func(o model.Outgoing) bool { return o.ID == id })
}

// Line says how a mail stands, with times as the rep reads them, and of a refused one the server's own words.
func (p *Pane) Line(o model.Outgoing) string {
	line := o.Line(func(t time.Time) string { return schedule.Say(t.In(p.now.Location()), p.now) })
	if o.State == model.Failed && o.Reply != "" {
		line += " The server said: " + o.Reply
	}
	return line
}

// Lines draws the list, two lines a mail: exactly the cells of SetSize.
func (p *Pane) Lines() []string {
	if len(p.mails) == 0 {
		return frame.Block(p.empty(), p.w, p.h)
	}
	room := max(1, p.h/2)
	first := max(0, min(p.at-room/2, len(p.mails)-room))
	var lines []string
	for i := first; i < len(p.mails) && len(lines) < p.h; i++ {
		lines = append(lines, p.draw(p.mails[i], i == p.at)...)
	}
	return frame.Block(lines, p.w, p.h)
}

func (p *Pane) empty() []string {
	if !p.loaded {
		return nil
	}
	return []string{"", "   " + p.look.Paint(themes.TextStrong, "Nothing waits to leave."),
		"   " + p.look.Paint(themes.TextDim, frame.Clip("ctrl+s sends a draft; it stays here until the server has it. 1 queue", max(0, p.w-3)))}
}

func (p *Pane) draw(o model.Outgoing, selected bool) []string {
	bar := " "
	paint := p.look.Theme.Paint
	if selected {
		bar = p.look.Glyphs.Bar
		if p.focused {
			paint = p.look.Theme.PaintSelected
		}
	}
	who := "nobody"
	if len(o.To) > 0 {
		who = o.To[0].Name
		if who == "" {
			who = o.To[0].Addr
		}
	}
	glyph, role := p.state(o.State)
	name := min(24, p.w/3)
	age := frame.Right(schedule.Ago(p.now.Sub(o.Approved)), 5)
	subject := max(0, p.w-name-5-6)
	top := p.look.Paint(themes.Accent, bar) + paint(themes.Text, " ") + paint(role, glyph) + paint(themes.Text, " ") +
		paint(themes.TextStrong, frame.Fit(frame.Plain(who), name)) + paint(themes.Text, " "+frame.Fit(frame.Plain(o.Subject), subject)) + paint(themes.TextDim, age+" ")
	below := p.look.Paint(themes.Accent, bar) + paint(themes.TextDim, "   "+frame.Fit(frame.Plain(p.Line(o)), max(0, p.w-4)))
	return []string{top, below}
}

func (p *Pane) state(s model.State) (string, themes.Role) {
	switch s {
	case model.Sent:
		return p.look.Glyphs.OK, themes.OK
	case model.Failed:
		return p.look.Glyphs.Wrong, themes.Error
	case model.Uncertain, model.AskRep:
		return "?", themes.Warn
	case model.Cancelled, model.DraftAgain:
		return p.look.Glyphs.Dot, themes.TextDim
	default:
		return p.look.Glyphs.Out, themes.Accent
	}
}
