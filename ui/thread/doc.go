// Package thread shows what happened with a contact, oldest first, so that the
// newest stands above the draft that answers it.
//
// It may import model, themes, ui/frame and ui/prose. It does no I/O, knows
// the time only as it was told, and nothing in it blocks or fails. What others
// wrote is drawn as plain text, never as Markdown.
package thread
