// Package frame holds what every pane needs to draw: size classes, exact
// cutting and padding in cells, glyphs, the header, the hint bar, and laying a
// modal over a finished screen.
//
// It may import themes, ui/keys and model/text. It knows no contact and no draft. Nothing
// blocks and nothing fails: what does not fit is cut. Every function that
// returns a line returns exactly as many cells as it was asked for, measured
// by grapheme.
package frame
