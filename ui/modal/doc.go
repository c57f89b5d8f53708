// Package modal holds what lies over the screen and takes every key while it
// does: pickers, help, palette, questions.
//
// It may import model, themes, ui/action, ui/frame, ui/field, ui/keys and
// ui/prose. A modal does no I/O and changes nothing: it answers a key with an
// Action. Nothing blocks, nothing fails.
package modal
