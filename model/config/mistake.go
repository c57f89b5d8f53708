package config

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"stoke/model"
)

// Mistake is something in a file that must be mended. Line counts from 1; 0 means the file as a whole.
type Mistake struct {
	File string
	Line int
	Text string
}

// String gives the mistake as editors and compilers write it: file, line, sentence.
func (m Mistake) String() string {
	if m.Line == 0 {
		return m.File + ": " + m.Text
	}
	return fmt.Sprintf("%s:%d: %s", m.File, m.Line, m.Text)
}

// Mistakes are all that was found in one go, in the order of the lines. As an error they carry the code
// model.BadConfig.
type Mistakes []Mistake

func (ms Mistakes) Error() string {
	lines := make([]string, len(ms))
	for i, m := range ms {
		lines[i] = m.String()
	}
	return strings.Join(lines, "\n")
}

// Unwrap lets model.CodeOf tell a config's mistakes from other errors.
func (ms Mistakes) Unwrap() error { return model.Errorf(model.BadConfig, "%s", ms.Error()) }

func (ms Mistakes) sorted() Mistakes {
	sort.SliceStable(ms, func(a, b int) bool { return ms[a].Line < ms[b].Line })
	return ms
}

// meant is the end of a sentence about an unknown word: `, did you mean "x"?`, or "." when nothing is near.
func meant(word string, known []string) string {
	if best := Nearest(word, known); best != "" {
		return fmt.Sprintf("; did you mean %q?", best)
	}
	return "."
}

// orThese is meant for a key; where nothing is near and the known ones are few enough to read, it names them.
func orThese(key string, known []string) string {
	const readable = 24
	if Nearest(key, known) != "" || len(known) > readable {
		return meant(key, known)
	}
	return ". There are: " + strings.Join(slices.Sorted(slices.Values(known)), ", ") + "."
}

// Nearest is the known word that was probably meant, or "" when none is near.
func Nearest(word string, known []string) string {
	word = strings.ToLower(word)
	if len(word) > 64 {
		return ""
	}
	best, bestDistance := "", max(2, len(word)/3+1)
	for _, k := range known {
		d := distance(word, k)
		if len(word) >= 3 && (strings.HasPrefix(k, word) || strings.HasPrefix(word, k+"_")) {
			d = 1
		}
		if d < bestDistance {
			best, bestDistance = k, d
		}
	}
	return best
}

// distance is the number of bytes to change, add, drop or swap (optimal string alignment).
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
