package template

import (
	"fmt"
	"strings"
)

// suggest ends a sentence about an unknown word: with the nearest known one, else with all of them.
func suggest(word string, known []string) string {
	if near := nearest(word, known); near != "" {
		return fmt.Sprintf(": did you mean %s?", near)
	}
	return ": known are " + strings.Join(known, ", ")
}

// nearest is the known word within two edits, and fewer than half the letters, or "".
func nearest(word string, known []string) string {
	best, least := "", 3
	for _, k := range known {
		if d := edits(strings.ToLower(word), k); d < least && 2*d < max(len(word), len(k)) {
			best, least = k, d
		}
	}
	return best
}

// edits is the Levenshtein distance in bytes; words longer than any known one are far.
func edits(a, b string) int {
	if len(a) > 40 {
		return len(a)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// quote shows a word of the file in a message, cut where it is too long to be one.
func quote(s string) string {
	if r := []rune(s); len(r) > 40 {
		s = string(r[:40]) + "…"
	}
	return fmt.Sprintf("%q", s)
}
