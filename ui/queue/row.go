package queue

import (
	"time"

	"stoke/model"
	"stoke/model/schedule"
	"stoke/themes"
	"stoke/ui/frame"
)

// widths are the columns of a row. Dropped first: snippet, company, age; never
// name, temperature and due.
type widths struct{ name, company, snippet, age int }

const (
	fixedCells = 5 // bar, mark, temperature and the gaps around them
	dueCells   = 6
)

func columns(w int, twoLines bool) widths {
	free := w - fixedCells - dueCells - 1
	c := widths{name: min(max(w/5, 14), 22)}
	if c.name > free {
		return widths{name: max(free, 1)}
	}
	free -= c.name
	if free >= 5 {
		c.age = 4
		free -= 5
	}
	if free >= 9 {
		c.company = min(max(w/6, 8), 20, free-1)
		free -= c.company + 1
	}
	if twoLines {
		// What the snippet leaves goes to the people's names.
		c.name += free / 2
		if c.company > 0 {
			c.company += free - free/2
		}
		return c
	}
	if free >= 12 {
		c.snippet = free - 1
	} else {
		c.name += free
	}
	return c
}

// drawRow draws a line of a row: the first with its columns, the second with
// the sentence that says why it is here.
func (p *Pane) drawRow(r *model.Row, sub int, selected bool) string {
	pen := pen{look: p.look, selected: selected && p.focused, w: p.w}
	bar := " "
	if selected {
		bar = p.look.Glyphs.Bar
	}
	pen.out.WriteString(p.look.Paint(themes.Accent, bar))
	if sub > 0 {
		pen.write(themes.Text, "   ")
		role := themes.TextDim
		if r.Contact.FollowUp.Unread {
			role = themes.TextStrong
		}
		p.snippet(&pen, r, p.sentence(r), p.w-5, role)
		return pen.finish()
	}
	mark := " "
	if p.marked[r.Contact.ID] {
		mark = p.look.Glyphs.Mark
	}
	pen.write(themes.Mark, mark)
	glyph, role := Sign(p.look.Glyphs, r.Temperature)
	pen.write(role, glyph)
	pen.write(themes.Text, " ")
	c := columns(p.w, p.twoLines)
	pen.write(nameRole(r), frame.Fit(name(r.Contact), c.name))
	if c.company > 0 {
		pen.write(themes.TextDim, " "+frame.Fit(frame.Plain(r.Contact.Company), c.company))
	}
	if c.snippet > 0 {
		pen.write(themes.Text, " ")
		p.snippet(&pen, r, r.Brief(p.now, c.snippet-2), c.snippet, themes.Text)
	}
	if c.age > 0 {
		pen.write(themes.TextDim, " "+frame.Right(p.age(r), c.age))
	}
	text, role := Due(r, p.now)
	pen.write(role, " "+frame.Right(text, dueCells))
	return pen.finish()
}

// sentence is why the row is here and, where a mail is due, what about.
func (p *Pane) sentence(r *model.Row) string {
	why := r.Why(p.now)
	switch r.Place.Kind {
	case model.TouchInquiry, model.TouchReply, model.TouchPromise, model.TouchFirst:
		return why
	}
	if topic := r.Topic(); topic != "" && r.Place.View != model.ViewRetired {
		return why + " " + p.look.Glyphs.Dot + " " + topic
	}
	return why
}

func nameRole(r *model.Row) themes.Role {
	if r.Contact.FollowUp.Unread {
		return themes.TextStrong
	}
	return themes.Text
}

// name is what a contact is called in a list.
func name(c model.Contact) string {
	if c.Name != "" {
		return frame.Plain(c.Name)
	}
	if mail := c.Email(); mail != "" {
		return frame.Plain(mail)
	}
	return frame.Plain(c.Phone)
}

// snippet draws who wrote last and a sentence.
func (p *Pane) snippet(pen *pen, r *model.Row, says string, w int, role themes.Role) {
	arrow, arrowRole := p.arrow(r.Contact.FollowUp.Last)
	pen.write(arrowRole, arrow)
	pen.write(role, " "+frame.Fit(frame.Plain(says), w-2))
}

func (p *Pane) arrow(last model.Last) (string, themes.Role) {
	switch {
	case last.Kind == "":
		return p.look.Glyphs.Dot, themes.TextDim
	case last.Kind == model.Call, last.Kind == model.NoAnswer, last.Kind == model.Voicemail, last.Kind == model.Busy, last.Kind == model.Meeting:
		return p.look.Glyphs.Call, themes.TextDim
	case last.Direction == model.In:
		return p.look.Glyphs.In, themes.Accent
	case last.Direction == model.Out:
		return p.look.Glyphs.Out, themes.TextDim
	default:
		return p.look.Glyphs.Dot, themes.TextDim
	}
}

func (p *Pane) age(r *model.Row) string {
	if r.Contact.FollowUp.Last.At.IsZero() {
		return ""
	}
	return schedule.Ago(p.now.Sub(r.Contact.FollowUp.Last.At))
}

// Due says in six cells when a contact is due, counted from now.
func Due(r *model.Row, now time.Time) (string, themes.Role) {
	status := r.Place.Status(now)
	at := r.Place.DueAt
	if r.Place.View != model.ViewQueue {
		at = r.Place.ReadyAt
	}
	switch {
	case r.Leaving != "" && r.Leaving.Owed():
		return "…" + "sent", themes.TextDim
	case at.IsZero():
		return "", themes.TextDim
	case status == model.Red:
		return "!" + schedule.Ago(now.Sub(at)), themes.Overdue
	}
	role := themes.TextDim
	if status == model.Amber {
		role = themes.Warn
	}
	return soon(at.In(now.Location()), now, r.Place.Kind), role
}

// soon names a moment ahead in at most six cells.
func soon(at, now time.Time, kind model.TouchKind) string {
	days := int(day(at).Sub(day(now)).Hours() / 24)
	switch {
	case days <= 0 && (kind == model.TouchInquiry || kind == model.TouchReply):
		return at.Format("15:04")
	case days <= 0:
		return "today"
	case days < 7:
		return at.Format("Mon")
	case at.Year() == now.Year() || days < 300:
		return at.Format("2 Jan")
	default:
		return at.Format("Jan 06")
	}
}

func day(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// Sign is the temperature as shape and colour.
func Sign(g frame.Glyphs, t model.Temperature) (string, themes.Role) {
	switch t {
	case model.Hot:
		return g.Hot, themes.Hot
	case model.Warm:
		return g.Warm, themes.Warm
	default:
		return g.Cold, themes.Cold
	}
}
