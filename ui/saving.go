package ui

import (
	"maps"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"stoke/model"
)

// saving keeps typed text: at most saveEvery passes between a letter and the
// disk. Of one contact's draft one save runs at a time, and what must not be
// overtaken by it, a send or a discard, waits for it.
type saving struct {
	due bool // a timer runs
	// flying are the drafts that were handed over and not answered yet.
	flying map[int64]model.Draft
	// waiting are texts of contacts who have left the screen: a save of theirs
	// runs still, or has failed and is tried again.
	waiting map[int64]model.Draft
	// again, send and discard are what to do with the draft on the screen when
	// its save has landed.
	again, send, discard bool
	// back is the contact whose discarded draft is being brought back, zero for
	// none.
	back int64
	// leave ends the program once every save has landed.
	leave bool
}

// landTime is how long leaving waits for saves on their way.
const landTime = time.Second

const saveEvery = 600 * time.Millisecond

// typed starts the timer for saving.
func (r *Root) typed() tea.Cmd {
	r.splitContact()
	if !r.draft.Dirty() && len(r.save.waiting) == 0 || r.save.due {
		return nil
	}
	r.save.due = true
	return after(r.o, saveEvery, func() tea.Msg { return saveDueMsg{} })
}

func (r *Root) saveDue() tea.Cmd {
	r.save.due = false
	all := []tea.Cmd{r.saveNow()}
	for contact, d := range r.save.waiting {
		if _, flying := r.save.flying[contact]; !flying {
			delete(r.save.waiting, contact)
			all = append(all, r.handOver(d))
		}
	}
	return tea.Batch(all...)
}

// saveNow hands the text to the store, unless a save of it runs, which it
// follows.
func (r *Root) saveNow() tea.Cmd {
	if !r.draft.Dirty() {
		return nil
	}
	if r.isFlying() {
		r.save.again = true
		return nil
	}
	// An address that cannot be read yet keeps its last good form; the text is
	// saved all the same.
	d, _ := r.draft.Draft()
	r.draft.Taken()
	return r.handOver(d)
}

func (r *Root) handOver(d model.Draft) tea.Cmd {
	r.save.flying[d.Contact] = d
	if r.toast.draft != nil && r.toast.draft.Contact == d.Contact {
		r.toast.draft = nil // there is a newer one
	}
	return saveDraft(r.o, d)
}

// isFlying says that the draft on the screen is being saved.
func (r *Root) isFlying() bool {
	_, flying := r.save.flying[r.draft.Contact()]
	return flying
}

// keepText saves what was typed for another contact before its draft leaves
// the screen. What waited for a save of it does not wait for the next one's.
func (r *Root) keepText(next int64) tea.Cmd {
	if r.draft.Contact() == next {
		return nil
	}
	if r.save.send {
		r.say(toastWarn, "The mail to "+r.called()+" was not sent; the draft is kept.")
	}
	r.save.again, r.save.send, r.save.discard = false, false, false
	if !r.draft.Dirty() {
		return nil
	}
	d, _ := r.draft.Draft()
	r.draft.Taken()
	if r.isFlying() {
		r.save.waiting[d.Contact] = d
		return nil
	}
	return r.handOver(d)
}

// newest is the text of a contact's draft that is not on the disk yet, if
// there is one: what was read from there is older. unsaved says that no save of
// it runs.
func (r *Root) newest(contact int64) (d *model.Draft, unsaved bool) {
	if text, ok := r.save.waiting[contact]; ok {
		delete(r.save.waiting, contact)
		return &text, true
	}
	if text, ok := r.save.flying[contact]; ok {
		return &text, false
	}
	return nil, false
}

func (r *Root) saved(m savedMsg) tea.Cmd {
	same := r.draft.Contact() == m.contact
	_, newer := r.save.waiting[m.contact]
	switch {
	case m.err == nil:
	case same:
		r.draft.Unkept()
		r.save.send, r.save.discard = false, false
	case !newer && model.CodeOf(m.err) != model.NotFound: // who is gone has no place for it
		r.save.waiting[m.contact] = r.save.flying[m.contact]
	}
	delete(r.save.flying, m.contact)
	switch {
	case r.save.leave && len(r.save.flying) == 0:
		return r.leaveNow()
	case m.err != nil:
		return tea.Batch(r.fail("save the draft", m.err), r.typed())
	case r.save.back == m.contact:
		r.save.back = 0
		r.load.stale = true
		return tea.Batch(r.say(toastDone, "The draft is back."), r.landed(), r.typed(), r.followContact())
	case !same:
		return r.typed()
	}
	at := m.draft.Saved
	if at.IsZero() {
		at = r.now
	}
	r.draft.Kept(at.In(r.now.Location()))
	if d, _ := r.thread.Dossier(); d.Contact.ID == m.contact && len(d.Outdated) > 0 {
		r.load.stale = true // what was said of the draft may be mended by now
		return tea.Batch(r.landed(), r.followContact())
	}
	return r.landed()
}

// landed does what waited for a save.
func (r *Root) landed() tea.Cmd {
	again, send, discard := r.save.again, r.save.send, r.save.discard
	r.save.again, r.save.send, r.save.discard = false, false, false
	switch {
	case discard:
		return r.discard()
	case send:
		return r.send()
	case again:
		return r.saveNow()
	}
	return nil
}

// leave ends the program. A save on its way lands first, so that it cannot
// overtake the last text; who presses twice, or a slow disk, does not wait.
func (r *Root) leave() tea.Cmd {
	if len(r.save.flying) == 0 || r.save.leave {
		return r.leaveNow()
	}
	r.save.leave = true
	return after(r.o, landTime, func() tea.Msg { return leaveMsg{} })
}

// leaveNow saves what is not on the disk and ends the program.
func (r *Root) leaveNow() tea.Cmd {
	texts := r.unsaved()
	if len(texts) == 0 {
		return tea.Quit
	}
	r.draft.Taken()
	return saveThenQuit(r.o, texts)
}

// unsaved are the texts that are not known to be on the disk.
func (r *Root) unsaved() []model.Draft {
	var drafts []model.Draft
	for contact, d := range r.save.flying {
		if _, newer := r.save.waiting[contact]; !newer && contact != r.draft.Contact() {
			drafts = append(drafts, d)
		}
	}
	drafts = slices.AppendSeq(drafts, maps.Values(r.save.waiting))
	if r.draft.Dirty() || r.isFlying() {
		d, _ := r.draft.Draft()
		drafts = append(drafts, d)
	}
	return drafts
}
