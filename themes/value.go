package themes

import (
	"fmt"
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"
)

// value is what a palette says of one role: colours as written and attributes.
// An empty colour inherits.
type value struct {
	fg, bg                                        string
	bold, dim, italic, underline, reverse, strike bool
}

// parseValue reads `COLOUR [on COLOUR] [attribute …]`, for example
// "#ff8800 on ansi:0 bold" or "inherit reverse".
// A colour is inherit, ansi:0 to ansi:15, 0 to 255, or #rrggbb.
func parseValue(s string) (value, error) {
	var v value
	words := strings.Fields(strings.ToLower(s))
	for i := 0; i < len(words); i++ {
		word := words[i]
		switch word {
		case "bold":
			v.bold = true
		case "dim", "faint":
			v.dim = true
		case "italic":
			v.italic = true
		case "underline":
			v.underline = true
		case "reverse":
			v.reverse = true
		case "strike":
			v.strike = true
		case "on":
			if i++; i == len(words) {
				return value{}, fmt.Errorf("a colour is missing after %q", "on")
			}
			colour, err := parseColour(words[i])
			if err != nil {
				return value{}, err
			}
			v.bg = colour
		default:
			if i > 0 {
				return value{}, fmt.Errorf("%q is no attribute (bold, dim, italic, underline, reverse, strike)", word)
			}
			colour, err := parseColour(word)
			if err != nil {
				return value{}, err
			}
			v.fg = colour
		}
	}
	return v, nil
}

// parseColour returns the colour in the spelling lipgloss reads, empty for inherit.
func parseColour(word string) (string, error) {
	if word == "inherit" {
		return "", nil
	}
	if hex, ok := strings.CutPrefix(word, "#"); ok {
		if _, err := strconv.ParseUint(hex, 16, 32); err != nil || len(hex) != 6 {
			return "", fmt.Errorf("%q is no colour: six hex digits follow the #", word)
		}
		return word, nil
	}
	number, limit := word, 255
	if n, ok := strings.CutPrefix(word, "ansi:"); ok {
		number, limit = n, 15
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n > limit {
		return "", fmt.Errorf("%q is no colour (inherit, ansi:0 to ansi:15, 0 to 255, #rrggbb)", word)
	}
	return strconv.Itoa(n), nil
}

// style builds the terminal style of a value.
func (v value) style() lipgloss.Style {
	s := lipgloss.NewStyle()
	if v.fg != "" {
		s = s.Foreground(lipgloss.Color(v.fg))
	}
	if v.bg != "" {
		s = s.Background(lipgloss.Color(v.bg))
	}
	return s.Bold(v.bold).Faint(v.dim).Italic(v.italic).Underline(v.underline).Reverse(v.reverse).Strikethrough(v.strike)
}
