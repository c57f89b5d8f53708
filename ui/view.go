package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/themes"
	"stoke/ui/frame"
	"stoke/ui/queue"
)

// View implements tea.Model: it reads fields and draws.
func (r *Root) View() tea.View {
	v := tea.NewView("")
	v.AltScreen, v.ReportFocus = true, true
	v.WindowTitle = r.title()
	if r.w <= 0 || r.h <= 0 {
		return v
	}
	lines, cursor := r.draw()
	for i, l := range lines {
		lines[i] = r.look.Glyphs.Line(r.look.Theme.Ground(l))
	}
	v.Content = strings.Join(lines, "\n")
	v.Cursor = cursor
	return v
}

func (r *Root) title() string {
	if r.counts.Hot > 0 {
		return fmt.Sprintf("stoke · %d hot", r.counts.Hot)
	}
	return "stoke"
}

// draw composes the screen: exactly h lines of w cells.
func (r *Root) draw() ([]string, *tea.Cursor) {
	if r.layout.Class == frame.Guard {
		lines := frame.Block(nil, r.w, r.h)
		lines[0] = frame.GuardLine(r.w, r.h)
		return frame.Block(lines, r.w, r.h), nil
	}
	lines := make([]string, 0, r.h)
	lines = append(lines, r.header())
	lines = append(lines, r.body()...)
	lines = append(lines, r.messageRow(), r.statusRow(), r.hintRow())
	if r.modal == nil {
		return lines, r.cursor()
	}
	block := r.modal.Lines(r.w-4, r.h-2)
	cursor := r.modalCursor(block)
	return frame.Centre(lines, block), cursor
}

func (r *Root) modalCursor(block []string) *tea.Cursor {
	x, y, ok := r.modal.Cursor()
	if !ok || len(block) == 0 {
		return nil
	}
	return tea.NewCursor(x+max(0, (r.w-frame.Width(block[0]))/2), y+max(0, (r.h-len(block))/2))
}

func (r *Root) cursor() *tea.Cursor {
	if r.filter != nil {
		x, _ := r.filter.Cursor()
		return tea.NewCursor(min(x+3, r.w-1), r.h-3)
	}
	x, y, ok := r.draft.Cursor()
	if !ok || r.place != inDraft {
		return nil
	}
	c := r.layout.Contact
	return tea.NewCursor(c.X+x, c.Y+c.H-r.draft.Height()+y)
}

// header is the tabs, or the contact where a narrow screen shows nothing else.
func (r *Root) header() string {
	if r.layout.Class == frame.Narrow && r.layout.Contact.H > 0 {
		return r.contactHeader()
	}
	shown := make([]frame.Tab, len(tabs))
	for i, t := range tabs {
		key := "?"
		if b, ok := r.keys.Find(t.id); ok {
			key = b.Shown()
		}
		shown[i] = frame.Tab{Key: key, Name: t.name, Count: t.size(r.counts), Active: t.view == r.view, Rank: t.rank}
	}
	light, role := r.look.Glyphs.Live, themes.OK
	if len(r.mail.trouble) > 0 {
		light, role = r.look.Glyphs.Wrong, themes.Error
	} else if r.mail.syncedAt.IsZero() {
		light, role = r.look.Glyphs.Idle, themes.TextDim
	}
	return frame.Header(r.look.Theme, shown, r.look.Paint(role, light)+" ", r.w)
}

func (r *Root) contactHeader() string {
	d, ok := r.thread.Dossier()
	if !ok {
		return frame.Spaces(r.w)
	}
	t, _ := d.Contact.FollowUp.Temperature(d.Contact.Deal.Open(), r.now, r.o.Rulebook().Rules)
	sign, role := queue.Sign(r.look.Glyphs, t)
	left := r.look.Paint(themes.TextDim, " "+r.look.Glyphs.Back+" "+r.viewName()+"  ") + r.look.Paint(role, sign+" "+strings.ToUpper(t.String())) +
		r.look.Paint(themes.TextStrong, "  "+r.heading(d.Contact))
	return frame.Ends(left, r.look.Paint(themes.TextDim, " "+r.position()+" ")+r.due(d.Contact.ID), r.w)
}

// due is when the opened contact is due; "" where the list does not show them.
func (r *Root) due(contact int64) string {
	row, ok := r.list().Selected()
	if !ok || row.Contact.ID != contact || row.Place.View != model.ViewQueue || row.Leaving.Owed() {
		return ""
	}
	due, role := queue.Due(&row, r.now)
	if late, is := strings.CutPrefix(due, "!"); is {
		return r.look.Paint(role, " overdue "+late+" ")
	}
	return r.look.Paint(role, " due "+due+" ")
}

func (r *Root) viewName() string {
	if r.visiting != 0 {
		return r.visitFrom
	}
	if r.view == model.ViewUnsorted {
		return "To sort"
	}
	for _, t := range tabs {
		if t.view == r.view {
			return t.name
		}
	}
	return ""
}

// heading names a contact and where they work.
func (r *Root) heading(c model.Contact) string {
	parts := []string{}
	for _, s := range []string{c.Name, c.Title, c.Company} {
		if s != "" {
			parts = append(parts, frame.Plain(s))
		}
	}
	if c.Name == "" {
		parts = append([]string{frame.Plain(c.Called())}, parts...)
	}
	if c.Deal != nil && c.Deal.Value > 0 {
		parts = append(parts, frame.Count(int(c.Deal.Value)))
	}
	return strings.Join(parts, " "+r.look.Glyphs.Dot+" ")
}

// position is where the cursor stands in the list.
func (r *Root) position() string {
	if r.visiting != 0 {
		return ""
	}
	for _, t := range tabs {
		if t.view == r.view && r.list().Position() > 0 && r.list().Search() == "" {
			return fmt.Sprintf("%d of %s", r.list().Position(), frame.Count(max(t.size(r.counts), r.list().Position())))
		}
	}
	return ""
}

// body is what stands between header and message row.
func (r *Root) body() []string {
	l := r.layout
	if r.inOutbox() {
		return frame.Block(r.outbox.Lines(), l.Body.W, l.Body.H)
	}
	switch l.Class {
	case frame.Narrow:
		if l.Contact.H > 0 {
			return r.contact()
		}
		return append(r.list().Lines(), r.peek()...)
	case frame.Stacked:
		return append(r.list().Lines(), r.contact()...)
	case frame.Medium:
		return frame.Beside(r.look.Theme, r.look.Glyphs, r.list().Lines(), r.contact())
	default:
		return frame.Beside(r.look.Theme, r.look.Glyphs, r.list().Lines(), r.contact(), r.factsPane())
	}
}

func (r *Root) factsPane() []string {
	s, ok := r.sheet()
	if !ok {
		return frame.Block([]string{r.look.Rule("facts", "", r.layout.Facts.W)}, r.layout.Facts.W, r.layout.Facts.H)
	}
	return s.Lines(r.layout.Facts.W, r.layout.Facts.H)
}

// contact is the contact's pane: who, what happened, the draft.
func (r *Root) contact() []string {
	lines := append(r.contactHead(), r.thread.Lines()...)
	return append(lines, r.draft.Lines()...)
}
