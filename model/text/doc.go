// Package text makes text from outside safe to show, and measures text.
//
// Everything that a mail, a file or a server wrote passes Clean (many lines),
// Line (one line) or FromHTML before it is stored for display, drawn, logged
// or printed as JSON. The terminal library lets device control strings, C1
// controls and bidi overrides through, and one unterminated OSC swallows the
// rest of a frame: this package is the only place that keeps them out.
//
// It imports no other room of the program. All functions are pure, never
// block, never fail and take time linear in their input.
package text
