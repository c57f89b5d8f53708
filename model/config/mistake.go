package config

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"stoke/model"
	"stoke/model/text"
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
	if best := text.Nearest(word, known); best != "" {
		return fmt.Sprintf("; did you mean %q?", best)
	}
	return "."
}

// orThese is meant for a key; where nothing is near and the known ones are few enough to read, it names them.
func orThese(key string, known []string) string {
	const readable = 24
	if text.Nearest(key, known) != "" || len(known) > readable {
		return meant(key, known)
	}
	return ". There are: " + strings.Join(slices.Sorted(slices.Values(known)), ", ") + "."
}
