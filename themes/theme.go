package themes

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// Theme is a palette ready to paint with. The zero Theme paints nothing: text
// stays as it is. A Theme is never changed after it was made and may be copied
// and shared.
type Theme struct {
	name   string
	about  string
	dark   bool
	styles [roleCount]lipgloss.Style
	spans  [roleCount]span
	// selected holds the spans of every role when its row is selected.
	selected [roleCount]span
	inks     [roleCount]value
	ground   string
}

// span is a style as the two strings that stand around its text. A frame has
// hundreds of spans; joining strings costs nanoseconds where a full
// lipgloss.Style.Render costs microseconds.
type span struct{ open, shut string }

func build(p palette) Theme {
	t := Theme{name: p.name, about: p.about, dark: p.dark, inks: p.values}
	for i, v := range p.values {
		t.styles[i] = v.style()
		t.spans[i] = spanOf(v)
		t.selected[i] = spanOf(onSelection(v, p.values[Selection]))
	}
	if bg := p.values[Surface].bg; bg != "" {
		t.ground = spanOf(value{fg: p.values[Text].fg, bg: bg}).open
	}
	return t
}

// onSelection lays a role's colour over the selection's ground.
func onSelection(v, sel value) value {
	merged := sel
	if v.fg != "" && v.bg == "" && !sel.reverse {
		merged.fg = v.fg
	}
	if v.bg != "" {
		merged.fg, merged.bg = v.fg, v.bg
	}
	merged.bold = sel.bold || v.bold
	merged.italic = v.italic
	merged.underline = sel.underline || v.underline
	merged.strike = v.strike
	// Dim text on a selection is what people cannot read.
	merged.dim = false
	return merged
}

func spanOf(v value) span {
	const probe = "x"
	rendered := v.style().Render(probe)
	open, shut, found := strings.Cut(rendered, probe)
	if !found {
		return span{}
	}
	return span{open: open, shut: shut}
}

// Name is the palette's name.
func (t Theme) Name() string { return t.name }

// About is what the palette says of itself, in one sentence.
func (t Theme) About() string { return t.about }

// Dark says that the palette is made for a dark ground.
func (t Theme) Dark() bool { return t.dark }

// Style returns the style of a role, for whoever needs more than one line of
// text painted.
func (t Theme) Style(r Role) lipgloss.Style {
	if r >= roleCount {
		return lipgloss.NewStyle()
	}
	return t.styles[r]
}

// Paint colours one line of text. Empty text stays empty.
func (t Theme) Paint(r Role, s string) string {
	if s == "" || r >= roleCount {
		return s
	}
	return t.spans[r].open + s + t.spans[r].shut
}

// PaintSelected colours one line of text in the selected row.
func (t Theme) PaintSelected(r Role, s string) string {
	if s == "" || r >= roleCount {
		return s
	}
	return t.selected[r].open + s + t.selected[r].shut
}

// Ground lays a finished line on the surface: every span that ends falls back
// to the surface and not to the terminal's own ground. Without a surface colour
// the line stays as it is.
func (t Theme) Ground(line string) string {
	if t.ground == "" {
		return line
	}
	line = strings.ReplaceAll(line, "\x1b[0m", reset)
	return t.ground + strings.ReplaceAll(line, reset, reset+t.ground) + reset
}

const reset = "\x1b[m"

// Ink is what a renderer of its own (Markdown) needs of a role: the colour as
// lipgloss reads it, empty for the terminal's own, and the weight.
func (t Theme) Ink(r Role) (colour string, bold bool) {
	if r >= roleCount {
		return "", false
	}
	return t.inks[r].fg, t.inks[r].bold
}
