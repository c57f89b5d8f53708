package ui

import (
	"fmt"
	"strings"

	"stoke/model"
	"stoke/model/schedule"
	"stoke/themes"
	"stoke/ui/compose"
	"stoke/ui/frame"
	"stoke/ui/queue"
)

// messageRow is one sentence: what is typed to find, else the newest thing
// that happened, else what rose meanwhile, else what to try.
func (r *Root) messageRow() string {
	switch {
	case r.filter != nil:
		r.filter.SetSize(r.w-4, 1)
		return frame.Clip(" "+r.look.Paint(themes.Accent, "/ ")+r.filter.View()[0], r.w)
	case r.toast.kind != toastNone:
		return r.toastRow()
	case r.list().NewAbove() > 0 && r.view != viewOutbox:
		return frame.Fit(r.look.Paint(themes.Accent, fmt.Sprintf(" %s %d new above", r.look.Glyphs.Up, r.list().NewAbove()))+r.look.Paint(themes.TextDim, "  R sorts them in"), r.w)
	case r.list().Marked() > 0 && r.place == inList:
		return frame.Fit(r.look.Paint(themes.Mark, fmt.Sprintf(" %s %d marked", r.look.Glyphs.Mark, r.list().Marked()))+r.look.Paint(themes.TextDim, "  s e d act on all of them, esc takes the marks away"), r.w)
	case r.list().Search() != "" && r.place == inList && r.view != viewOutbox:
		return frame.Fit(r.look.Paint(themes.TextDim, " / "+frame.Plain(r.list().Search())+"   esc shows everybody"), r.w)
	case r.view == model.ViewUnsorted:
		return frame.Fit(r.look.Paint(themes.TextDim, " Nobody here gets mail yet: D keeps, s snoozes, d retires, 1 queue"), r.w)
	case r.o.Demo:
		return frame.Fit(r.look.Paint(themes.Accent, " "+r.look.Glyphs.Out+" "+r.lesson.next()), r.w)
	}
	return frame.Spaces(r.w)
}

func (r *Root) toastRow() string {
	sign, role := r.toastSign()
	right := r.toast.way
	if r.toast.change != 0 {
		left := int(r.toast.until.Sub(r.now).Seconds() + 0.999)
		right = fmt.Sprintf("u undo %s %ds ", r.look.Glyphs.Dot, max(0, left))
	}
	text := r.look.Paint(role, " "+sign+" ") + r.look.Paint(themes.Text, frame.Plain(r.toast.text))
	return frame.Ends(text, r.look.Paint(themes.Key, right), r.w)
}

// statusRow is how things stand; while writing, how the draft stands.
func (r *Root) statusRow() string {
	if r.place == inDraft {
		left, right, warn := r.draft.Status()
		role := themes.TextDim
		if warn {
			role = themes.Warn
		}
		return frame.Ends(r.look.Paint(role, " "+left), r.look.Paint(themes.TextDim, right+" "), r.w)
	}
	c, dot := r.counts, " "+r.look.Glyphs.Dot+" "
	var left strings.Builder
	left.WriteString(" ")
	first := true
	add := func(role themes.Role, n int, word string) {
		if n == 0 {
			return
		}
		if !first {
			left.WriteString(r.look.Paint(themes.TextDim, dot))
		}
		first = false
		left.WriteString(r.look.Paint(role, frame.Count(n)+" "+word))
	}
	add(themes.Accent, c.Now, "now")
	add(themes.Hot, c.Hot, "hot")
	add(themes.Warm, c.Warm, "warm")
	add(themes.Cold, c.Cold, "cold")
	add(themes.Overdue, c.Overdue, "overdue")
	add(themes.TextDim, c.Outbox, "sending")
	add(themes.Warn, c.Ask, "to decide: 6")
	link := r.linkState()
	right := strings.Join(filled(link, frame.Plain(r.o.Account)), dot)
	if frame.Width(left.String())+frame.Width(right)+2 > r.w {
		right = link
	}
	role := themes.TextDim
	if len(r.mail.trouble) > 0 {
		role = themes.Error
	}
	return frame.Ends(left.String(), r.look.Paint(role, " "+right+" "), r.w)
}

func (r *Root) hintRow() string {
	return frame.Hints(r.look.Theme, r.look.Glyphs, r.keys.In(r.context()), r.w)
}

// contactHead is who the contact is and why they are here.
func (r *Root) contactHead() []string {
	if r.headHeight() == 0 {
		return nil
	}
	w := r.layout.Contact.W
	d, ok := r.thread.Dossier()
	if !ok {
		return frame.Block([]string{r.look.Rule("", "", w)}, w, r.headHeight())
	}
	c := d.Contact
	t, _ := c.FollowUp.Temperature(c.Deal.Open(), r.now, r.o.Rules)
	sign, role := queue.Sign(r.look.Glyphs, t)
	reach := strings.Join(filled(c.Email(), c.Phone, c.Country), "   ")
	why := ""
	if row, ok := r.list().Selected(); ok && row.Contact.ID == c.ID {
		why = row.Why(r.now)
	}
	return []string{
		r.look.Rule(r.heading(c), r.position(), w),
		frame.Fit(" "+r.look.Paint(themes.TextDim, frame.Plain(reach)), w),
		frame.Fit(" "+r.look.Paint(role, sign+" "+strings.ToUpper(t.String()))+r.look.Paint(themes.Text, "  "+frame.Plain(why)), w),
	}
}

func filled(values ...string) []string {
	var out []string
	for _, v := range values {
		if v != "" {
			out = append(out, v)
		}
	}
	return out
}

// peek tells more about the selected contact under a narrow list.
func (r *Root) peek() []string {
	h := r.layout.Peek
	if h == 0 {
		return nil
	}
	row, ok := r.list().Selected()
	d, loaded := r.thread.Dossier()
	if !ok {
		return frame.Block([]string{r.look.Rule("", "", r.w)}, r.w, h)
	}
	right := ""
	if row.Limit > 0 {
		right = fmt.Sprintf("attempt %d of %d", min(row.Contact.FollowUp.Attempts+1, row.Limit), row.Limit)
	}
	lines := []string{r.look.Rule(r.heading(row.Contact), right, r.w)}
	if loaded && d.Contact.ID == row.Contact.ID {
		lines = append(lines, r.peekNewest(d)...)
		lines = append(lines, r.peekDraft())
	}
	return frame.Block(lines, r.w, h)
}

// peekNewest is the newest message in two lines.
func (r *Root) peekNewest(d model.Dossier) []string {
	last := d.Contact.FollowUp.Last
	if last.Kind == "" {
		return []string{r.look.Paint(themes.TextDim, " Nothing has happened yet."), ""}
	}
	text, role := last.Summary, themes.Text
	for i := len(d.Interactions) - 1; i >= 0; i-- {
		if in := d.Interactions[i]; in.At.Equal(last.At) && in.Text != "" {
			text = in.Text
			break
		}
	}
	sign := r.look.Glyphs.In
	if last.Direction != model.In {
		sign, role = r.look.Glyphs.Out, themes.TextDim
	}
	lead := " " + sign + " " + frame.Fit(schedule.Ago(r.now.Sub(last.At)), 5)
	wrapped := frame.Wrap(frame.Plain(strings.Join(strings.Fields(text), " ")), min(r.w-10, 84))
	lines := []string{r.look.Paint(themes.Accent, lead) + r.look.Paint(role, frame.Plain(first(wrapped))), ""}
	if len(wrapped) > 1 {
		rest := wrapped[1]
		if len(wrapped) > 2 {
			rest = strings.TrimRight(frame.Clip(rest, min(r.w-12, 82)), " ") + " …"
		}
		lines[1] = frame.Spaces(8) + r.look.Paint(role, rest)
	}
	return lines
}

func first(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return lines[0]
}

// peekDraft is how the draft stands.
func (r *Root) peekDraft() string {
	if !r.draft.Loaded() {
		return ""
	}
	d, _ := r.draft.Draft()
	name := d.Template
	if d.Edited || name == "" {
		name = "yours"
	}
	state := "ready to send"
	role := themes.OK
	if n := r.draft.Blanks(); n > 0 {
		state, role = fmt.Sprintf("%d to fill", n), themes.Warn
	}
	dot := " " + r.look.Glyphs.Dot + " "
	return r.look.Paint(themes.TextDim, " draft  ") + r.look.Paint(themes.Text, frame.Plain(name)+", ") + r.look.Paint(role, state) +
		r.look.Paint(themes.TextDim, dot+compose.Size(d.Body, r.look.Glyphs.Dot))
}
