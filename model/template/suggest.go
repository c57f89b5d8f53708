package template

import (
	"fmt"
	"strings"

	"stoke/model/text"
)

// suggest ends a sentence about an unknown word: with the nearest known one, else with all of them.
func suggest(word string, known []string) string {
	if near := text.Nearest(word, known); near != "" {
		return fmt.Sprintf(": did you mean %s?", near)
	}
	return ": known are " + strings.Join(known, ", ")
}

// quote shows a word of the file in a message, cut where it is too long to be one.
func quote(s string) string {
	if r := []rune(s); len(r) > 40 {
		s = string(r[:40]) + "…"
	}
	return fmt.Sprintf("%q", s)
}
