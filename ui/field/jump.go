package field

import "unicode/utf8"

// Jump puts the cursor before the letter at a byte of Text; beyond the end it
// goes there.
func (f *Field) Jump(at int) {
	text := f.Text()
	f.moveTo(utf8.RuneCountInString(text[:min(max(0, at), len(text))]))
}
