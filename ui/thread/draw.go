package thread

import (
	"strconv"
	"strings"
	"time"

	"stoke/model"
	"stoke/themes"
	"stoke/ui/frame"
	"stoke/ui/prose"
)

// Columns in cells: sign, who, day, and the text behind them.
const (
	whoCells  = 8
	dayCells  = 8
	textStart = 1 + 2 + whoCells + dayCells
	// Only the newest are shown whole until the rep unfolds; older ones keep
	// so many lines.
	wholeOnes = 3
	oldLines  = 2
	textCells = 80
)

// Lines draws the conversation below its heading: exactly the cells of
// SetSize, the newest at the bottom.
func (p *Pane) Lines() []string {
	if p.h <= 0 {
		return nil
	}
	out := make([]string, 0, p.h)
	all := p.all()
	room := p.h - 1
	p.up = min(p.up, max(0, len(all)-room))
	last := len(all) - p.up
	first := max(0, last-room)
	out = append(out, p.heading(first))
	out = append(out, all[first:last]...)
	return frame.Block(out, p.w, p.h)
}

func (p *Pane) heading(hidden int) string {
	left, right := "thread", ""
	if p.loaded {
		if s := p.subject(); s != "" {
			left += " " + p.look.Glyphs.Dot + " " + s
		}
		n := len(p.dossier.Interactions)
		switch {
		case hidden > 0:
			right = "K older"
			if p.up > 0 {
				right = "J newer"
			}
		case n == 1:
			right = "1 entry"
		default:
			right = strconv.Itoa(n) + " entries"
		}
	}
	return p.look.Rule(left, right, p.w)
}

// subject is that of the newest mail.
func (p *Pane) subject() string {
	for i := len(p.dossier.Interactions) - 1; i >= 0; i-- {
		if s := p.dossier.Interactions[i].Subject; s != "" {
			return frame.Plain(s)
		}
	}
	return ""
}

// all is every line of the conversation, drawn once.
func (p *Pane) all() []string {
	if p.lines != nil {
		return p.lines
	}
	p.lines = []string{}
	switch n := len(p.dossier.Interactions); {
	case !p.loaded:
	case n == 0:
		p.lines = append(p.lines, "", " "+p.look.Paint(themes.TextDim, frame.Clip("Nothing has happened yet. r writes the first mail · l logs a call.", p.w-1)))
	default:
		for i, in := range p.dossier.Interactions {
			p.lines = append(p.lines, p.entry(in, n-i <= wholeOnes)...)
		}
	}
	return p.lines
}

// entry draws one interaction.
func (p *Pane) entry(in model.Interaction, whole bool) []string {
	sign, role := p.sign(in)
	who := p.look.Paint(role, " "+sign+" ") + p.look.Paint(themes.TextStrong, frame.Fit(p.who(in), whoCells-1)+" ") +
		p.look.Paint(themes.TextDim, frame.Fit(when(in.At, p.now), dayCells))
	room := min(max(8, p.w-textStart-1), textCells)
	body := p.body(in, room)
	if len(body) == 0 {
		body = []string{""}
	}
	if !whole && !p.unfolded && len(body) > oldLines {
		body = append(body[:oldLines-1:oldLines-1], strings.TrimRight(frame.Clip(body[oldLines-1], room-2), " ")+" …")
	}
	if by := p.dossier.WrittenBy(in); by != "" {
		body = append(body, p.wrap(by, room, themes.TextDim)...) // whole: the end of a domain tells
	}
	if in.Guessed {
		body = append(body, p.look.Paint(themes.TextDim, frame.Clip("part of this conversation by its subject only", room)))
	}
	lines := make([]string, 0, len(body)+1)
	for i, text := range body {
		lead := who
		if i > 0 {
			lead = frame.Spaces(textStart)
		}
		lines = append(lines, lead+text)
	}
	return append(lines, p.quoted(in, room)...)
}

// body is what was newly written, wrapped; a note is Markdown.
func (p *Pane) body(in model.Interaction, room int) []string {
	if in.Kind == model.Note && in.Text != "" {
		page := p.notes[in.ID]
		if page == nil {
			page = &prose.Page{}
			p.notes[in.ID] = page
		}
		return page.Lines(p.look.Theme, in.Text, room)
	}
	text := in.Text
	if text == "" {
		text = in.Summary
	}
	if in.Kind != model.Mail && in.Kind != model.Text && in.Kind != model.Note {
		if text != in.Did() && text != "" {
			text = in.Did() + ": " + text
		} else {
			text = in.Did()
		}
	}
	role := themes.Text
	if in.Direction == model.Out {
		role = themes.TextDim
	}
	return p.wrap(text, room, role)
}

func (p *Pane) wrap(text string, room int, role themes.Role) []string {
	var lines []string
	blank := false
	for _, l := range frame.Wrap(strings.TrimSpace(frame.PlainText(text)), room) {
		if strings.TrimSpace(l) == "" {
			if blank {
				continue
			}
			blank = true
		} else {
			blank = false
		}
		lines = append(lines, p.look.Paint(role, l))
	}
	return lines
}

// quoted draws what the writer quoted, folded unless the rep unfolds it.
func (p *Pane) quoted(in model.Interaction, room int) []string {
	if strings.TrimSpace(in.Quoted) == "" {
		return nil
	}
	pad := frame.Spaces(textStart)
	if !p.unfolded {
		n := strings.Count(strings.TrimSpace(in.Quoted), "\n") + 1
		noun := " quoted lines"
		if n == 1 {
			noun = " quoted line"
		}
		return []string{pad + p.look.Paint(themes.Quote, strings.Repeat(p.look.Glyphs.Dot, 3)+" "+strconv.Itoa(n)+noun+" (enter unfolds)")}
	}
	var lines []string
	for _, l := range p.wrap(in.Quoted, room-2, themes.Quote) {
		lines = append(lines, pad+p.look.Paint(themes.Border, p.look.Glyphs.Box.Down+" ")+l)
	}
	return lines
}

func (p *Pane) sign(in model.Interaction) (string, themes.Role) {
	switch {
	case in.Kind == model.Call, in.Kind == model.NoAnswer, in.Kind == model.Voicemail, in.Kind == model.Busy:
		return p.look.Glyphs.Call, themes.TextDim
	case in.Direction == model.In:
		return p.look.Glyphs.In, themes.Accent
	case in.Direction == model.Out:
		return p.look.Glyphs.Out, themes.TextDim
	default:
		return p.look.Glyphs.Dot, themes.TextDim
	}
}

func (p *Pane) who(in model.Interaction) string {
	switch {
	case in.Kind == model.Call, in.Kind == model.NoAnswer, in.Kind == model.Voicemail, in.Kind == model.Busy, in.Kind == model.WrongNumber:
		return "Call"
	case in.Direction == model.Out:
		return "You"
	case in.Direction == model.In:
		return frame.Plain(p.dossier.Contact.Called())
	case in.Kind == model.Note:
		return "Note"
	default:
		return p.look.Glyphs.Dot
	}
}

// when names a past day in at most seven cells.
func when(t, now time.Time) string {
	t = t.In(now.Location())
	days := int(date(now).Sub(date(t)).Hours() / 24)
	switch {
	case t.IsZero():
		return ""
	case days <= 0:
		return t.Format("15:04")
	case days == 1:
		return "yday"
	case days < 300 || t.Year() == now.Year():
		return t.Format("02 Jan")
	default:
		return t.Format("Jan 06")
	}
}

func date(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}
