package ui

import (
	"fmt"
	"strings"

	"stoke/model"
	"stoke/model/schedule"
	"stoke/themes"
	"stoke/ui/frame"
)

// peek tells more about the selected contact under a narrow list: the newest
// message, why the contact is here, how the draft stands. A message of two
// lines takes the line of the reason, which then stands in the heading.
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
	why := frame.Plain(row.Why(r.now))
	heading := r.heading(row.Contact)
	if !loaded || d.Contact.ID != row.Contact.ID {
		return frame.Block([]string{r.look.Rule(heading, r.attempt(row), r.w), r.reason(why)}, r.w, h)
	}
	newest := r.peekNewest(d)
	spare := r.w - 8 - frame.Width(heading) - 2
	if len(newest) < 2 || frame.Width(why) > spare {
		lines := []string{r.look.Rule(heading, r.attempt(row), r.w), r.cut(newest), r.reason(why), r.peekDraft()}
		return frame.Block(lines, r.w, h)
	}
	lines := []string{r.look.Rule(heading, why, r.w), newest[0], newest[1], r.peekDraft()}
	return frame.Block(lines, r.w, h)
}

func (r *Root) attempt(row model.Row) string {
	if row.Limit <= 0 {
		return ""
	}
	return fmt.Sprintf("attempt %d of %d", min(row.Contact.FollowUp.Attempts+1, row.Limit), row.Limit)
}

// reason is the line that says why the contact is here.
func (r *Root) reason(why string) string {
	return r.look.Paint(themes.TextDim, " why    ") + r.look.Paint(themes.Text, frame.Clip(why, max(0, r.w-9)))
}

// cut is the first line of a message, with a sign where more follows.
func (r *Root) cut(message []string) string {
	if len(message) < 2 {
		return first(message)
	}
	return strings.TrimRight(frame.Clip(message[0], r.w-3), " ") + r.look.Paint(themes.TextDim, " …")
}

// peekNewest is the newest message in one or two lines.
func (r *Root) peekNewest(d model.Dossier) []string {
	last := d.Contact.FollowUp.Last
	if last.Kind == "" {
		return []string{r.look.Paint(themes.TextDim, " Nothing has happened yet.")}
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
	lines := []string{r.look.Paint(themes.Accent, lead) + r.look.Paint(role, frame.Plain(first(wrapped)))}
	if len(wrapped) > 1 {
		rest := wrapped[1]
		if len(wrapped) > 2 {
			rest = strings.TrimRight(frame.Clip(rest, min(r.w-12, 82)), " ") + " …"
		}
		lines = append(lines, frame.Spaces(8)+r.look.Paint(role, rest))
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
		r.look.Paint(themes.TextDim, dot+r.draft.Size())
}
