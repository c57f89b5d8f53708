package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"stoke/model"
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
	change int64         // of the history, when u undoes it
	draft  *model.Draft  // that was discarded, when u brings it back
	filter *model.Filter // that was forgotten, when u keeps it again
	way    string        // the way on, at the right end, where it is never cut
	news   bool          // it was not asked for
	since  time.Time
	until  time.Time
}

// news is a sentence that waits for its turn in the message row.
type news struct {
	contact int64 // zero for none
	kind    toastKind
	text    string
}

const (
	// newsTime is how long news is left alone by other news.
	newsTime = 3 * time.Second
	// newsMost is how many sentences wait; what is more is in the list anyway.
	newsMost = 5
)

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

// tell shows what happened elsewhere, now or when it is its turn: it never
// covers an error, something that can still be undone, or news that could not
// have been read yet. Of one contact only the newest waits.
func (r *Root) tell(n news) {
	if n.text == "" {
		return
	}
	if n.contact != 0 {
		r.news = slices.DeleteFunc(r.news, func(old news) bool { return old.contact == n.contact })
	}
	r.news = append(r.news, n)
	r.news = r.news[max(0, len(r.news)-newsMost):]
	r.nextNews()
}

// nextNews shows the first sentence that waits, if the row is free for it.
func (r *Root) nextNews() {
	if len(r.news) == 0 || r.toast.holds(r.now) {
		return
	}
	next := r.news[0]
	r.news = slices.Delete(r.news, 0, 1)
	r.say(next.kind, next.text)
	r.toast.news = true
}

// undoes says that u takes back what the toast tells.
func (t *toast) undoes() bool { return t.change != 0 || t.draft != nil || t.filter != nil }

// holds says that a toast is not covered by news.
func (t *toast) holds(now time.Time) bool {
	switch {
	case t.kind == toastNone || !now.Before(t.until):
		return false
	case t.undoes(), t.kind == toastError, t.kind == toastWarn:
		return true
	case t.kind == toastNews && !t.news:
		return false // it says that something is being done, and the news is that it is
	}
	return now.Sub(t.since) < newsTime
}

// expireToast takes away what was shown long enough.
func (r *Root) expireToast() {
	if r.toast.kind != toastNone && r.now.After(r.toast.until) {
		r.toast = toast{}
	}
	r.nextNews()
}

// say shows a sentence that answers the rep.
func (r *Root) say(kind toastKind, text string) tea.Cmd {
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
