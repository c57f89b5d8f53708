package frame

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
	"stoke/themes"
)

// Overlay lays a block of equally wide lines over a screen, its corner at x
// and y, and returns the screen. Lines keep their width also where a wide
// character is cut in half.
func Overlay(screen, block []string, x, y int) []string {
	if len(block) == 0 {
		return screen
	}
	out := append([]string(nil), screen...)
	bw := Width(block[0])
	for i, line := range block {
		row := y + i
		if row < 0 || row >= len(out) {
			continue
		}
		w := Width(out[row])
		left := Clip(ansi.Truncate(out[row], x, ""), x)
		right := ansi.TruncateLeft(out[row], x+bw, "")
		rest := w - x - bw
		if short := rest - Width(right); short > 0 {
			right = Spaces(short) + right
		}
		out[row] = Clip(left+reset+line+reset+right, w)
	}
	return out
}

const reset = "\x1b[m"

// Centre lays a block into the middle of the screen.
func Centre(screen, block []string) []string {
	if len(block) == 0 || len(screen) == 0 {
		return screen
	}
	x := max(0, (Width(screen[0])-Width(block[0]))/2)
	y := max(0, (len(screen)-len(block))/2)
	return Overlay(screen, block, x, y)
}

// Framed draws a box with a title around lines, w cells wide with its border.
func Framed(t themes.Theme, g Glyphs, title string, lines []string, w int) []string {
	inner := w - 2
	if inner < 1 {
		return nil
	}
	title = Plain(title)
	title = Fit(" "+title+" ", min(Width(title)+2, inner-1))
	out := make([]string, 0, len(lines)+2)
	top := g.Box.TopLeft + g.Box.Across
	after := strings.Repeat(g.Box.Across, max(0, inner-1-Width(title))) + g.Box.TopRight
	out = append(out, t.Paint(themes.Border, top)+t.Paint(themes.TextStrong, title)+t.Paint(themes.Border, after))
	side := t.Paint(themes.Border, g.Box.Down)
	for _, line := range lines {
		out = append(out, side+Clip(line, inner)+side)
	}
	return append(out, t.Paint(themes.Border, g.Box.BottomLeft+strings.Repeat(g.Box.Across, inner)+g.Box.BottomRight))
}

// Beside joins panes of equal height with a line between them.
func Beside(t themes.Theme, g Glyphs, panes ...[]string) []string {
	if len(panes) == 0 {
		return nil
	}
	wall := t.Paint(themes.Border, g.Box.Down)
	out := make([]string, len(panes[0]))
	for i := range out {
		parts := make([]string, len(panes))
		for j, pane := range panes {
			parts[j] = pane[i]
		}
		out[i] = strings.Join(parts, wall)
	}
	return out
}
