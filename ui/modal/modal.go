package modal

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"stoke/ui/action"
)

// Modal is a window over the screen.
type Modal interface {
	// Lines draws it with its frame: equally wide lines, at most w by h.
	Lines(w, h int) []string
	// Cursor is the cell of the text cursor in the lines drawn last.
	Cursor() (x, y int, ok bool)
	// Press answers a key; nil means that it stays open and wants nothing.
	Press(tea.KeyPressMsg) action.Action
	// Paste takes text.
	Paste(text string) action.Action
}

// Resolver is a modal that asked what words mean.
type Resolver interface {
	// Resolved brings the moments of the words of one Ask; a zero time means
	// that they could not be read.
	Resolved(ask int, at []time.Time) action.Action
}
