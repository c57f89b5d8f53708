package frame

import "fmt"

// Class is how much room there is.
type Class uint8

const (
	// Guard is a screen too small to work in.
	Guard Class = iota
	// Narrow has one pane and one-line rows.
	Narrow
	// Stacked has the list above and the contact below it.
	Stacked
	// Medium has the list beside the contact.
	Medium
	// Wide has list, contact and facts.
	Wide
)

// The smallest screen stoke works in, in cells.
const (
	MinWidth  = 60
	MinHeight = 15
)

// Rows of the screen that are not body: header, message row, status, hints.
const chrome = 4

// Rect is a region of the screen in cells.
type Rect struct{ X, Y, W, H int }

// Preview is where the rep wants the contact while the list has the cursor.
type Preview uint8

// The places of the preview.
const (
	PreviewAuto Preview = iota
	PreviewRight
	PreviewBelow
	PreviewOff
)

// Layout is where each pane goes. A pane without room has an empty Rect.
type Layout struct {
	Class   Class
	W, H    int
	Body    Rect
	List    Rect
	Contact Rect
	Facts   Rect
	// Peek is the number of rows under a narrow list that tell more about the
	// selected contact, rule included.
	Peek int
	// TwoLines says that a row of the list has a second line.
	TwoLines bool
}

// Arrange fits the panes into w by h cells. open says that the rep is in the
// contact and not in the list, which decides who has a narrow screen.
func Arrange(w, h int, want Preview, open bool) Layout {
	l := Layout{Class: classOf(w, h, want), W: w, H: h}
	l.Body = Rect{Y: 1, W: w, H: max(0, h-chrome)}
	switch l.Class {
	case Guard:
		return Layout{Class: Guard, W: w, H: h}
	case Narrow:
		if open {
			l.Contact = l.Body
			return l
		}
		l.List = l.Body
		if h >= 24 && want != PreviewOff {
			l.Peek = 4
		}
	case Stacked:
		top := l.Body.H * 2 / 5
		l.List = Rect{Y: 1, W: w, H: top}
		l.Contact = Rect{Y: 1 + top, W: w, H: l.Body.H - top}
	case Medium:
		list := min(max(w*45/100, 52), 60)
		l.List = Rect{Y: 1, W: list, H: l.Body.H}
		l.Contact = Rect{X: list + 1, Y: 1, W: w - list - 1, H: l.Body.H}
		l.TwoLines = true
	case Wide:
		list := min(max(w*33/100, 52), 64)
		contact := min(88, w-list-1-30-1)
		l.List = Rect{Y: 1, W: list, H: l.Body.H}
		l.Contact = Rect{X: list + 1, Y: 1, W: contact, H: l.Body.H}
		l.Facts = Rect{X: list + contact + 2, Y: 1, W: w - list - contact - 2, H: l.Body.H}
		l.TwoLines = true
	}
	return l
}

func classOf(w, h int, want Preview) Class {
	switch {
	case w < MinWidth || h < MinHeight:
		return Guard
	case w < 100 || want == PreviewOff:
		return Narrow
	case want == PreviewBelow && h >= 30:
		return Stacked
	case w < 120 && want == PreviewAuto && h >= 36:
		return Stacked
	case w < 120 && want == PreviewAuto:
		return Narrow
	case w < 160:
		return Medium
	default:
		return Wide
	}
}

// GuardLine is all that a screen too small shows.
func GuardLine(w, h int) string {
	return Fit(fmt.Sprintf("stoke needs %d×%d, this is %d×%d; drafts are safe", MinWidth, MinHeight, w, h), w)
}
