package prose

import (
	"strings"

	"charm.land/glamour/v2"
	"charm.land/glamour/v2/ansi"

	"stoke/themes"
	"stoke/ui/frame"
)

// Page is a rendered text. The zero Page is ready.
type Page struct {
	text, theme string
	width       int
	lines       []string
}

// Lines renders the text at a width; lines are not padded.
func (p *Page) Lines(t themes.Theme, text string, width int) []string {
	if p.lines != nil && p.text == text && p.width == width && p.theme == t.Name() {
		return p.lines
	}
	p.text, p.theme, p.width = text, t.Name(), width
	p.lines = render(t, text, width)
	return p.lines
}

func render(t themes.Theme, text string, width int) []string {
	text = frame.PlainText(text)
	renderer, err := glamour.NewTermRenderer(glamour.WithWordWrap(max(width, 8)), glamour.WithStyles(styleOf(t)), glamour.WithPreservedNewLines())
	if err == nil {
		if out, err := renderer.Render(text); err == nil {
			return trim(strings.Split(out, "\n"))
		}
	}
	return frame.Wrap(text, width)
}

// trim drops empty lines at both ends and the spaces that pad the others.
func trim(lines []string) []string {
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	for len(lines) > 0 && frame.Blank(lines[0]) {
		lines = lines[1:]
	}
	for len(lines) > 0 && frame.Blank(lines[len(lines)-1]) {
		lines = lines[:len(lines)-1]
	}
	return lines
}

func styleOf(t themes.Theme) ansi.StyleConfig {
	ink := func(r themes.Role) ansi.StylePrimitive {
		colour, bold := t.Ink(r)
		var p ansi.StylePrimitive
		if colour != "" {
			p.Color = &colour
		}
		if bold {
			p.Bold = &bold
		}
		return p
	}
	yes, none, one := true, uint(0), uint(1)
	heading := ink(themes.Accent)
	heading.Bold = &yes
	heading.BlockSuffix = "\n"
	strong := ink(themes.TextStrong)
	strong.Bold = &yes
	dash := "─"
	bar := "│"
	return ansi.StyleConfig{
		Document:      ansi.StyleBlock{StylePrimitive: ink(themes.Text), Margin: &none},
		Heading:       ansi.StyleBlock{StylePrimitive: heading},
		BlockQuote:    ansi.StyleBlock{StylePrimitive: ink(themes.Quote), Indent: &one, IndentToken: &bar},
		List:          ansi.StyleList{LevelIndent: 2},
		Item:          ansi.StylePrimitive{BlockPrefix: "• "},
		Enumeration:   ansi.StylePrimitive{BlockPrefix: ". "},
		Code:          ansi.StyleBlock{StylePrimitive: ink(themes.Key)},
		CodeBlock:     ansi.StyleCodeBlock{StyleBlock: ansi.StyleBlock{StylePrimitive: ink(themes.Key), Margin: &one}},
		Strong:        strong,
		Emph:          ansi.StylePrimitive{Italic: &yes},
		Strikethrough: ansi.StylePrimitive{CrossedOut: &yes},
		Link:          ink(themes.Accent),
		LinkText:      ink(themes.Accent),
		Table:         ansi.StyleTable{StyleBlock: ansi.StyleBlock{StylePrimitive: ink(themes.Text)}, CenterSeparator: &dash, ColumnSeparator: &bar, RowSeparator: &dash},
		HorizontalRule: ansi.StylePrimitive{
			Format: "\n" + strings.Repeat(dash, 8) + "\n",
		},
	}
}
