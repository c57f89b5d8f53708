package ui

import (
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/ui/frame"
)

// mailState is what the engine told about the accounts.
type mailState struct {
	trouble     map[string]string // by account
	asks        map[string]string // what only the rep can mend, in a few words, by account
	standby     string
	link        string
	syncing     bool
	done, total int
	spins       bool // it takes so long that the wheel turns
	syncedAt    time.Time
	asked       bool // R was pressed, so the end of the sync is worth a word
}

// heard takes an event of the engine: it may bring news and a reload, never a
// cursor, a focus or a window.
func (r *Root) heard(e model.Event) tea.Cmd {
	switch e.Kind {
	case model.EventReplied:
		r.lesson.done(lessonReply)
		r.tell(news{e.Contact, toastNews, e.Text})
		return tea.Batch(r.reloadSoon(), r.ring(e))
	case model.EventChanged:
		r.tell(news{e.Contact, toastNews, e.Text})
		return r.reloadSoon()
	case model.EventSent:
		r.tell(news{e.Contact, toastDone, e.Text})
		return r.reloadSoon()
	case model.EventDoubt, model.EventFailed:
		return tea.Batch(r.reloadSoon(), r.say(toastError, strings.TrimSpace(e.Text+" 6 shows the outbox.")))
	case model.EventSyncing:
		return r.reading(e)
	case model.EventSynced:
		return r.synced(e)
	case model.EventTrouble:
		r.mail.syncing = false
		if r.mail.trouble[e.Account] == e.Text {
			return nil
		}
		r.mail.trouble[e.Account] = e.Text
		return r.say(toastError, e.Text)
	case model.EventRequest:
		return r.asked(e)
	case model.EventStandby:
		r.mail.standby = e.Text
		return nil
	case model.EventNewState:
		r.mail.link = e.Text
		return nil
	}
	return r.reloadSoon()
}

// asked keeps in sight what only the rep can mend: a sign-in that ended, a password that was refused.
// It lasts until the engine takes it back; a sync that worked does not, for sending may still fail.
func (r *Root) asked(e model.Event) tea.Cmd {
	if e.Text == "" {
		delete(r.mail.asks, e.Account)
		return nil
	}
	if r.mail.asks == nil {
		r.mail.asks = map[string]string{}
	}
	r.mail.asks[e.Account] = e.Brief
	return r.say(toastError, e.Text)
}

func (r *Root) synced(e model.Event) tea.Cmd {
	r.mail.syncing, r.mail.syncedAt = false, e.At
	had := r.mail.trouble[e.Account] != ""
	delete(r.mail.trouble, e.Account)
	switch {
	case had:
		r.mail.asked = false
		r.tell(news{kind: toastNews, text: "Connected again."})
	case r.mail.asked:
		r.mail.asked = false
		r.tell(news{kind: toastNews, text: "Up to date."})
	}
	return r.reloadSoon()
}

// ring calls the rep back for a hot contact's reply while the window has not
// the focus; nothing else rings. OSC 9 is read by few terminals, the bell by
// all.
func (r *Root) ring(e model.Event) tea.Cmd {
	if !r.blurred || !e.Hot {
		return nil
	}
	return tea.Raw("\x1b]9;stoke: " + frame.Plain(e.Text) + "\x1b\\\a")
}

// linkState is the right end of the status bar.
func (r *Root) linkState() string {
	m := r.mail
	switch {
	case len(m.asks) > 0:
		name := slices.Min(slices.Collect(maps.Keys(m.asks)))
		return r.look.Glyphs.Wrong + " " + frame.Plain(name+": "+m.asks[name])
	case len(m.trouble) > 0:
		return r.look.Glyphs.Wrong + " " + strings.Join(r.troubled(), ", ") + ": not connected"
	case m.syncing && m.total > 0:
		return r.turning() + fmt.Sprintf("reading mail, %d of %d", m.done, m.total)
	case m.syncing:
		return r.turning() + "reading mail…"
	case m.standby != "":
		return frame.Plain(m.standby)
	case m.syncedAt.IsZero(), m.link == "offline":
		return frame.Plain(m.link)
	}
	return "synced " + age(r.now.Sub(m.syncedAt))
}

func (r *Root) troubled() []string {
	names := make([]string, 0, len(r.mail.trouble))
	for name := range r.mail.trouble {
		names = append(names, frame.Plain(name))
	}
	sort.Strings(names)
	return names
}

func age(d time.Duration) string {
	switch {
	case d < 5*time.Second:
		return "now"
	case d < time.Minute:
		return fmt.Sprintf("%ds ago", int(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%dm ago", int(d.Minutes()))
	default:
		return fmt.Sprintf("%dh ago", int(d.Hours()))
	}
}
