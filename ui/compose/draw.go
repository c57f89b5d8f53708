package compose

import (
	"fmt"
	"strings"

	"stoke/model"
	"stoke/themes"
	"stoke/ui/frame"
)

var labels = [fieldCount]string{"To", "Cc", "Subject", ""}

const (
	labelCells = 10
	// bodyCells is the widest a line of the body gets.
	bodyCells = 80
)

// SetSize sets the cells to draw into.
func (p *Pane) SetSize(w, h int) {
	p.w, p.h = w, h
	p.resize()
}

func (p *Pane) resize() {
	for i, f := range p.fields {
		if i == body {
			f.SetSize(min(p.w-2, bodyCells+1), max(1, p.h-len(p.head())-len(p.tail())))
		} else {
			f.SetSize(max(2, p.w-labelCells-1), 1)
		}
	}
}

// head is everything above the body.
func (p *Pane) head() []string {
	lines := []string{p.heading()}
	if !p.loaded {
		return lines
	}
	for i := range body {
		if i == cc && !p.showCc {
			continue
		}
		role := themes.TextDim
		if p.active && p.focus == i {
			role = themes.Accent
		}
		lines = append(lines, " "+p.look.Paint(role, frame.Fit(labels[i], labelCells-1))+p.fields[i].View()[0])
	}
	if files := p.draft.Attachments; len(files) > 0 {
		lines = append(lines, " "+p.look.Paint(themes.TextDim, frame.Fit("Files", labelCells-1))+
			p.look.Paint(themes.Text, frame.Fit(frame.Plain(model.SayFiles(files)), max(0, p.w-labelCells-1)))+" ")
	}
	lines = append(lines, p.look.Paint(themes.Border, strings.Repeat(p.look.Glyphs.Dots, p.w)))
	for _, n := range p.notices {
		lead := " " + p.look.Glyphs.Warning + " "
		for _, l := range frame.Wrap(frame.Plain(n), max(1, p.w-4)) {
			if len(lines) > p.h-4 {
				break // the text comes before what is said about it
			}
			lines = append(lines, p.look.Paint(themes.Warn, frame.Fit(lead+l, p.w)))
			lead = "   "
		}
	}
	return lines
}

// tail is what stands below the body: that a signature and a quote go along.
func (p *Pane) tail() []string {
	if !p.loaded || p.h < len(p.head())+3 {
		return nil
	}
	says, quote := strings.Join(strings.Fields(strings.ReplaceAll(strings.ReplaceAll(p.signature, model.SignatureMark, "-- "), "\n", " "+p.look.Glyphs.Dot+" ")), " "), ""
	if p.quoted > 0 {
		quote = strings.Repeat(p.look.Glyphs.Dot, 3) + " " + plural(p.quoted, "quoted line") + " (F3 shows, ctrl+q leaves out) "
	}
	if says == "" && quote == "" {
		return nil
	}
	return []string{p.look.Paint(themes.Quote, frame.Ends(" "+frame.Plain(says), quote, p.w))}
}

func (p *Pane) heading() string {
	if !p.loaded {
		return p.look.Rule("draft", "", p.w)
	}
	left := "draft"
	if p.draft.InReplyTo != "" {
		left = "reply"
	}
	if p.draft.Template != "" {
		left += " " + p.look.Glyphs.Dot + " " + frame.Plain(p.draft.Template)
	}
	right := ""
	switch {
	case p.dirty:
		right = "saving…"
	case !p.saved.IsZero():
		right = "saved " + p.saved.Format("15:04:05")
	}
	return p.look.Rule(left, right, p.w)
}

// Lines draws the draft: exactly the cells of SetSize.
func (p *Pane) Lines() []string {
	lines := p.head()
	if p.loaded {
		for _, l := range p.fields[body].View() {
			lines = append(lines, " "+l)
		}
		lines = append(lines, p.tail()...)
	}
	return frame.Block(lines, p.w, p.h)
}

// Cursor is the cell of the cursor; false when the draft has none.
func (p *Pane) Cursor() (x, y int, ok bool) {
	if !p.active || !p.loaded {
		return 0, 0, false
	}
	x, y = p.fields[p.focus].Cursor()
	switch {
	case p.focus == body:
		return x + 1, y + len(p.head()), y+len(p.head()) < p.h
	case p.focus == subject && p.showCc:
		return x + labelCells, 3, true
	case p.focus == subject:
		return x + labelCells, 2, true
	default:
		return x + labelCells, p.focus + 1, true
	}
}

// Status is the line under the draft: what is missing, else what the coach would
// mend first, and its size.
func (p *Pane) Status() (left, right string, warn bool) {
	if !p.loaded {
		return "", "", false
	}
	right = p.Size()
	switch n := p.Blanks(); {
	case n == 1:
		return p.look.Glyphs.Warning + " 1 blank left: tab jumps to it", right, true
	case n > 1:
		return fmt.Sprintf("%s %d blanks left: tab jumps to the next", p.look.Glyphs.Warning, n), right, true
	case p.fields[to].Empty():
		return p.look.Glyphs.Warning + " no recipient", right, true
	}
	left, warn = p.advice()
	return left, right, warn
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// Height is the number of lines the draft is drawn in.
func (p *Pane) Height() int { return p.h }
