package queue

import (
	"strings"

	"stoke/themes"
	"stoke/ui/frame"
)

// pen writes the spans of one line, on the selection's ground when its row is
// selected.
type pen struct {
	look     frame.Look
	selected bool
	w        int
	out      strings.Builder
}

func (p *pen) write(r themes.Role, s string) {
	if p.selected {
		p.out.WriteString(p.look.Theme.PaintSelected(r, s))
		return
	}
	p.out.WriteString(p.look.Theme.Paint(r, s))
}

// finish fills the line to its width and gives it.
func (p *pen) finish() string {
	line := p.out.String()
	have := frame.Width(line)
	if have < p.w {
		pad := frame.Spaces(p.w - have)
		if p.selected {
			pad = p.look.Theme.PaintSelected(themes.Text, pad)
		}
		return line + pad
	}
	return frame.Clip(line, p.w)
}
