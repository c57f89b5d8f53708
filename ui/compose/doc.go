// Package compose is the draft, edited in place: To, Cc, Subject and the body.
//
// It may import model, themes, ui/frame, ui/field and ui/editor. It does no I/O and
// knows the time only as it was told. It never changes what the rep typed: a
// newer draft is taken in only while nothing is typed, and a mail that came
// meanwhile is announced above the text. A Pane belongs to one goroutine.
package compose
