// Package editor is the body of a draft, the text that a rep types into. Lines
// of one row are ui/field.
//
// It keeps lines, a cursor, and every change as its exact inverse, and it draws
// only the rows that are seen, so that a key costs the same in a mail of 400
// lines as in one of four: BenchmarkKeyInALongMail.
//
// It is written here, where every other part is taken from bubbles, because of
// what was measured of bubbles/textarea 2.2.1 on the machine that runs that
// benchmark: a key takes 7.7 ms in Update alone at 400 lines (View comes on
// top), of the 4 ms that a key may take with its whole screen. Backspace takes
// composed letters apart, there is no undo, a copy of the model shares its
// buffer, a line end of \r\n becomes two, the cursor is trapped on a row that
// is exactly full, and blanks cannot be coloured or chosen.
//
// It may import themes, ui/frame and Bubble Tea's names of keys. Nothing
// blocks, nothing fails. An Editor belongs to one goroutine.
package editor
