package field

import (
	"unicode/utf8"

	"stoke/ui/frame"
)

// Blanks returns how many are left.
func (f *Field) Blanks() int { return len(frame.Blanks(f.Text())) }

// NextBlank chooses the next blank behind the cursor, or the first one; what is
// typed then replaces it. False when there is none.
func (f *Field) NextBlank() bool {
	found := frame.Blanks(f.Text())
	if len(found) == 0 {
		return false
	}
	next := found[0]
	for _, b := range found {
		if b[0] >= f.passed() {
			next = b
			break
		}
	}
	from := utf8.RuneCountInString(f.Text()[:next[0]])
	f.moveTo(from)
	f.chosen = [2]int{from, from + utf8.RuneCountInString(f.Text()[next[0]:next[1]])}
	return true
}

// LastBlankPassed says that no blank follows the cursor.
func (f *Field) LastBlankPassed() bool {
	found := frame.Blanks(f.Text())
	return len(found) == 0 || found[len(found)-1][0] < f.passed()
}

// passed is the byte from which on the next blank is looked for.
func (f *Field) passed() int {
	if f.chosen[0] != f.chosen[1] {
		return len(upTo(f.Text(), f.chosen[1]))
	}
	return len(f.before())
}

// dropChosen takes the chosen blank out of the text.
func (f *Field) dropChosen() {
	if f.chosen[0] == f.chosen[1] {
		return
	}
	text := f.Text()
	from, to := len(upTo(text, f.chosen[0])), len(upTo(text, f.chosen[1]))
	f.set(text[:from]+text[to:], f.chosen[0])
}
