package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"stoke/themes"
)

// toastTime is how long a done thing is shown and undone by one key.
const toastTime = 8 * time.Second

type toastKind uint8

const (
	toastNone toastKind = iota
	toastDone
	toastNews
	toastWarn
	toastError
)

// toast is the sentence in the message row.
type toast struct {
	kind   toastKind
	text   string
	change int64  // of the history, when u undoes it
	way    string // the way on, at the right end, where it is never cut
	since  time.Time
	until  time.Time
}

func (t *toast) expire(now time.Time) {
	if t.kind != toastNone && now.After(t.until) {
		*t = toast{}
	}
}

// toastSign says what kind of sentence it is, also without colour.
func (r *Root) toastSign() (string, themes.Role) {
	switch r.toast.kind {
	case toastDone:
		return r.look.Glyphs.OK, themes.OK
	case toastNews:
		return r.look.Glyphs.In, themes.Accent
	case toastWarn:
		return r.look.Glyphs.Warning, themes.Warn
	default:
		return r.look.Glyphs.Wrong, themes.Error
	}
}

// say shows a sentence. News never covers an error or something that can still
// be undone.
func (r *Root) say(kind toastKind, text string) tea.Cmd {
	if kind == toastNews && (r.toast.kind == toastError || r.toast.kind == toastWarn || r.toast.change != 0) && r.now.Before(r.toast.until) {
		return nil
	}
	wait := toastTime
	if kind == toastError || kind == toastWarn {
		wait = 2 * toastTime
	}
	r.toast = toast{kind: kind, text: text, since: r.now, until: r.now.Add(wait)}
	return nil
}

// fail says what could not be done. An error of the domain has its own
// sentence; anything else is for the log.
func (r *Root) fail(doing string, err error) tea.Cmd {
	if s := sentence(err); s != "" {
		return r.say(toastError, s)
	}
	r.o.Log(doing, err)
	return r.say(toastError, "Could not "+doing+"; details in the log.")
}
