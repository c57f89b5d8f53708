// Package editor is the text a rep types into: the body of a draft, and the
// one-line fields above it.
//
// It keeps lines, a cursor, and every change as its exact inverse, and it draws
// only the rows that are seen, so that a key costs the same in a mail of 400
// lines as in one of four. It is written here and not taken from bubbles
// because of what was measured of textarea 2.2: every key renders the whole
// text (8 ms at 400 lines, and again in View), backspace splits composed
// characters, there is no undo, a copy shares its buffer, the cursor is trapped
// on a row that is exactly full, and spans cannot be coloured.
//
// It may import themes, ui/frame and Bubble Tea's names of keys. Nothing
// blocks, nothing fails. An Editor belongs to one goroutine.
package editor
