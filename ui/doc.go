// Package ui is the screen. The root routes and composes and does nothing
// else: a key goes to the modal on top, then to the table of keys, then to the
// pane with the cursor; panes answer with an action; an action becomes a
// command; all commands are free functions in commands.go.
//
// It may import model, themes and its own folders. What it needs of the store
// and of the mail engine are the interfaces Desk and Wire here.
//
// Update and View never block: no disk, no network, no clock. The time arrives
// in messages. Every answer to a load carries a generation, and older ones are
// dropped. Whatever the engine reports moves no cursor, takes no focus and
// touches no typed text; the screen reloads what it shows.
//
// Errors of the domain are shown in their own sentence, all others as "Could
// not …; details in the log", once, and Options.Log gets them.
package ui
