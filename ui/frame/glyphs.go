package frame

import "strings"

// Glyphs are the signs of the screen. Every one is a single cell wide.
type Glyphs struct {
	Hot, Warm, Cold    string
	In, Out, Call      string
	Bar, Rule, Dots    string
	Dot, Split, Cut    string
	OK, Wrong, Warning string
	Live, Idle         string
	Mark, Back         string
	Up, Down           string
	Box                Box
}

// Box draws the border of a modal.
type Box struct{ TopLeft, TopRight, BottomLeft, BottomRight, Across, Down string }

// Unicode is for every terminal that speaks UTF-8.
var Unicode = Glyphs{
	Hot: "●", Warm: "◐", Cold: "○", In: "←", Out: "→", Call: "c", Bar: "▌", Rule: "─", Dots: "┄",
	Dot: "·", Split: "┊", Cut: "…", OK: "✓", Wrong: "✗", Warning: "!", Live: "●", Idle: "○",
	Mark: "+", Back: "‹", Up: "↑", Down: "↓",
	Box: Box{"╭", "╮", "╰", "╯", "─", "│"},
}

// ASCII is for fonts and locales that draw the others two cells wide or not
// at all.
var ASCII = Glyphs{
	Hot: "H", Warm: "W", Cold: "C", In: "<", Out: ">", Call: "c", Bar: "|", Rule: "-", Dots: ".",
	Dot: "-", Split: "|", Cut: "~", OK: "+", Wrong: "x", Warning: "!", Live: "*", Idle: ".",
	Mark: "+", Back: "<", Up: "^", Down: "v",
	Box: Box{"+", "+", "+", "+", "-", "|"},
}

// GlyphsNamed returns the set a config names: unicode, ascii, or empty for
// what the locale (the values of LC_ALL, LC_CTYPE and LANG, the first set
// wins) can show.
func GlyphsNamed(name, locale string) Glyphs {
	switch name {
	case "ascii":
		return ASCII
	case "unicode":
		return Unicode
	}
	locale = strings.ToLower(locale)
	if locale == "" || strings.Contains(locale, "utf-8") || strings.Contains(locale, "utf8") {
		return Unicode
	}
	return ASCII
}

// asciiOnly replaces the signs that prose on the screen uses.
var asciiOnly = strings.NewReplacer("…", "~", "·", "-", "×", "x", "“", `"`, "”", `"`, "‹", "<", "›", ">", "—", "-", "–", "-", "−", "-", "’", "'", "─", "-", "│", "|", "┼", "+", "•", "*")

// Line makes a line fit for the set: in ASCII the few typographic signs of our
// own sentences are replaced by plain ones of the same width.
func (g Glyphs) Line(s string) string {
	if g.Hot == Unicode.Hot {
		return s
	}
	return asciiOnly.Replace(s)
}
