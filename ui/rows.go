package ui

import (
	"fmt"
	"slices"
	"strings"

	"stoke/model"
	"stoke/themes"
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
	case r.newAbove() != "":
		return frame.Fit(r.look.Paint(themes.Accent, " "+r.newAbove())+r.look.Paint(themes.TextDim, "  R sorts them in"), r.w)
	case r.list().Marked() > 0 && r.view == model.ViewUnsorted:
		return frame.Fit(r.look.Paint(themes.Mark, fmt.Sprintf(" %s %d marked", r.look.Glyphs.Mark, r.list().Marked()))+r.look.Paint(themes.TextDim, "  e n d f act on all; kept, they begin "+r.spread()), r.w)
	case r.list().Marked() > 0 && r.place == inList:
		return frame.Fit(r.look.Paint(themes.Mark, fmt.Sprintf(" %s %d marked", r.look.Glyphs.Mark, r.list().Marked()))+r.look.Paint(themes.TextDim, "  s e d act on all of them, esc takes the marks away"), r.w)
	case r.list().Search() != "" && r.place == inList && r.view != viewOutbox:
		return frame.Fit(r.look.Paint(themes.TextDim, " / "+frame.Plain(r.list().Search())+"   esc shows everybody"), r.w)
	case r.view == model.ViewUnsorted && r.place == inList:
		return frame.Fit(r.look.Paint(themes.TextDim, " Nobody here gets mail yet. e keeps as the row says, f in a sequence"), r.w)
	case r.o.Demo:
		return frame.Fit(r.look.Paint(themes.Accent, " "+r.look.Glyphs.Out+" "+r.lesson.next()), r.w)
	}
	return frame.Spaces(r.w)
}

// spread is the pace at which people who are taken together begin.
func (r *Root) spread() string {
	n := r.o.Rulebook().BeginADay("")
	if n == 0 {
		return "tomorrow"
	}
	return fmt.Sprintf("up to %d a day", n)
}

// newAbove says how many rose above the cursor and wait to be sorted in.
func (r *Root) newAbove() string {
	n := r.list().NewAbove()
	if n == 0 || r.view == viewOutbox {
		return ""
	}
	return fmt.Sprintf("%s %d new above", r.look.Glyphs.Up, n)
}

func (r *Root) toastRow() string {
	sign, role := r.toastSign()
	right := r.toast.way
	if r.toast.undoes() {
		left := int(r.toast.until.Sub(r.now).Seconds() + 0.999)
		right = fmt.Sprintf("u undo %s %ds ", r.look.Glyphs.Dot, max(0, left))
		if r.toast.way != "" {
			right = r.toast.way + " " + r.look.Glyphs.Dot + " " + right
		}
	} else if above := r.newAbove(); above != "" && right == "" {
		right = above + " "
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
	dot := " " + r.look.Glyphs.Dot + " "
	link := r.linkState()
	right := strings.Join(filled(link, frame.Plain(r.o.Account)), dot)
	left := r.standing(r.w)
	if frame.Width(left)+frame.Width(right)+3 > r.w {
		right = link
		left = r.standing(r.w - frame.Width(right) - 3)
	}
	role := themes.TextDim
	if len(r.mail.trouble)+len(r.mail.asks) > 0 {
		role = themes.Error
	}
	return frame.Ends(" "+left, r.look.Paint(role, " "+right+" "), r.w)
}

// standing counts who waits. Where there is no room the coldest go first; what
// the rep has to decide stays.
func (r *Root) standing(w int) string {
	c, dot := r.counts, " "+r.look.Glyphs.Dot+" "
	type size struct {
		role  themes.Role
		n     int
		word  string
		leave int // how early it goes
	}
	shown := []size{
		{themes.Accent, c.Now, "now", 1}, {themes.Hot, c.Hot, "hot", 4}, {themes.Warm, c.Warm, "warm", 5}, {themes.Cold, c.Cold, "cold", 6},
		{themes.Overdue, c.Overdue, "overdue", 2}, {themes.TextDim, c.Outbox, "sending", 3}, {themes.Warn, c.Ask, "to decide: 6", 0},
	}
	shown = slices.DeleteFunc(shown, func(s size) bool { return s.n == 0 })
	for {
		parts, first := make([]string, len(shown)), 0
		for i, s := range shown {
			parts[i] = r.look.Paint(s.role, frame.Count(s.n)+" "+s.word)
			if s.leave > shown[first].leave {
				first = i
			}
		}
		line := strings.Join(parts, r.look.Paint(themes.TextDim, dot))
		if len(shown) < 2 || frame.Width(line) <= w {
			return line
		}
		shown = slices.Delete(shown, first, first+1)
	}
}

// hintRow names the keys that mean something now.
func (r *Root) hintRow() string {
	switch {
	case r.modal != nil:
		return frame.Fit(r.look.Paint(themes.Key, " esc")+r.look.Paint(themes.TextDim, " closes the window"), r.w)
	case r.filter != nil && r.filter.Empty():
		return frame.Fit(r.look.Paint(themes.TextDim, " words, or  tag:  company:  seq:  kind:  value:5k     ")+r.look.Paint(themes.Key, "esc")+r.look.Paint(themes.TextDim, " shows everybody"), r.w)
	case r.filter != nil:
		return frame.Fit(r.look.Paint(themes.Key, " enter")+r.look.Paint(themes.TextDim, " keeps the filter  ")+r.look.Paint(themes.Key, "up down")+r.look.Paint(themes.TextDim, " move  ")+
			r.look.Paint(themes.Key, "esc")+r.look.Paint(themes.TextDim, " shows everybody"), r.w)
	}
	return frame.Hints(r.look.Theme, r.look.Glyphs, r.keys.Hints(r.hints()), r.w)
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
	t, _ := c.FollowUp.Temperature(c.Deal.Open(), r.now, r.o.Rulebook().Rules)
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
