package frame

import "stoke/themes"

// Look is how a pane draws: its colours and its signs.
type Look struct {
	Theme  themes.Theme
	Glyphs Glyphs
}

// Paint colours one line of text.
func (l Look) Paint(r themes.Role, s string) string { return l.Theme.Paint(r, s) }

// Rule draws a heading across a pane in plain words.
func (l Look) Rule(left, right string, w int) string {
	return Rule(l.Theme, l.Glyphs, themes.TextStrong, left, right, w)
}
