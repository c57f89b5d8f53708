package ui

import (
	"time"

	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/ui/frame"
)

// wheelAfter is how long a sync runs before a wheel turns beside it; what is
// shorter would only flicker.
const wheelAfter = 500 * time.Millisecond

// wheelDueMsg says that a sync may run long enough for the wheel.
type wheelDueMsg struct{}

// wheel is a spinner of one cell, in ASCII where the terminal wants it.
func wheel(g frame.Glyphs) spinner.Spinner {
	s := spinner.MiniDot
	if g.Hot == frame.ASCII.Hot {
		s = spinner.Line
	}
	s.FPS = 120 * time.Millisecond
	return s
}

// reading takes how far a sync is.
func (r *Root) reading(e model.Event) tea.Cmd {
	began := !r.mail.syncing
	r.mail.syncing, r.mail.done, r.mail.total = true, e.Done, e.Total
	if !began || r.mail.spins {
		return nil
	}
	return after(r.o, wheelAfter, func() tea.Msg { return wheelDueMsg{} })
}

// turn moves the wheel on while mail is read. The spinner's own timer is not
// used: it could not be stopped, nor run by a test's clock.
func (r *Root) turn(msg tea.Msg) tea.Cmd {
	if !r.mail.syncing {
		r.mail.spins = false
		return nil
	}
	if _, due := msg.(wheelDueMsg); due {
		if r.mail.spins {
			return nil
		}
		r.mail.spins = true
	}
	r.spin, _ = r.spin.Update(msg)
	return after(r.o, r.spin.Spinner.FPS, r.spin.Tick)
}

// turning is the wheel with a space behind it, empty while nothing takes long.
func (r *Root) turning() string {
	if !r.mail.spins {
		return ""
	}
	return r.spin.View() + " "
}
