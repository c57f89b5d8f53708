package ui

import (
	"time"

	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/ui/modal"
)

// idleAfter is how long no key must be pressed before a list may sort itself
// anew.
const idleAfter = 5 * time.Second

// Update implements tea.Model. It routes and does nothing else.
func (r *Root) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		r.lastKey = r.now
		return r, r.press(msg)
	case tea.PasteMsg:
		return r, r.paste(msg.Content)
	case tea.WindowSizeMsg:
		r.w, r.h = msg.Width, msg.Height
		r.arrange()
		return r, nil
	case tea.ResumeMsg:
		return r, repaint()
	case tea.FocusMsg:
		r.blurred = false
		return r, nil
	case tea.BlurMsg:
		r.blurred = true
		return r, nil
	case tickMsg:
		return r, r.ticked(msg.now)
	case wheelDueMsg, spinner.TickMsg:
		return r, r.turn(msg)
	case model.Event:
		return r, r.heard(msg)
	}
	cmd := r.answered(msg)
	return r, tea.Batch(cmd, r.release())
}

// answered takes what commands answer.
func (r *Root) answered(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pageMsg:
		return r.gotPage(msg)
	case countsMsg:
		return r.gotCounts(msg)
	case contactMsg:
		return r.gotContact(msg)
	case outboxMsg:
		return r.gotOutbox(msg)
	case borderMsg:
		return r.gotBorder(msg)
	case borderDueMsg:
		return crossBorders(r.o)
	case reloadDueMsg:
		return r.reloadDue()
	case didMsg:
		return r.did(msg)
	case sentMsg:
		return r.sent(msg)
	case undoneMsg:
		return r.undone(msg)
	case judgedMsg:
		return r.judged(msg)
	case savedMsg:
		return r.saved(msg)
	case saveDueMsg:
		return r.saveDue()
	case discardedMsg:
		return r.discarded(msg)
	case leaveMsg:
		return r.leaveNow()
	case readMsg:
		return r.reloadSoon()
	}
	return r.answeredPicker(msg)
}

// answeredPicker takes what was asked for a picker or an outer editor.
func (r *Root) answeredPicker(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case resolvedMsg:
		return r.resolved(msg)
	case againMsg:
		return r.snoozedAgain(msg)
	case historyMsg:
		return r.gotHistory(msg)
	case companyMsg:
		return r.gotCompany(msg)
	case filtersMsg:
		return r.gotFilters(msg)
	case filterMsg:
		return r.gotFilter(msg)
	case morningMsg:
		return r.gotMorning(msg)
	case graceMsg:
		r.grace = false
		return nil
	case templatesMsg:
		return r.gotTemplates(msg)
	case filledMsg:
		return r.filled(msg)
	case editorReadyMsg:
		return r.editorReady(msg)
	case editorDoneMsg:
		// Bubble Tea leaves the screen blank now and then after another program had it.
		return tea.Batch(tea.ClearScreen, readEdited(msg.edit, msg.err))
	case editedMsg:
		return r.edited(msg)
	case leavingMsg:
		return r.gotLeaving(msg)
	case attachedMsg:
		return r.attached(msg)
	case folderMsg:
		if w, ok := r.modal.(modal.Lister); ok {
			w.Listed(msg.ask, msg.in, msg.wrong)
		}
	}
	return nil
}

// ticked takes the time.
func (r *Root) ticked(now time.Time) tea.Cmd {
	r.setNow(now)
	r.expireToast()
	if day := now.Format(time.DateOnly); day != r.morning {
		r.morning = day
		return tea.Batch(tick(r.o, time.Second), r.askMorning(false))
	}
	if !r.lastKey.IsZero() && now.Sub(r.lastKey) < idleAfter {
		return tick(r.o, time.Second)
	}
	r.list().Settle()
	return tea.Batch(tick(r.o, time.Second), r.follow())
}

func (r *Root) setNow(now time.Time) {
	if now.IsZero() {
		return
	}
	r.now = now
	for _, p := range r.lists {
		p.SetNow(now)
	}
	r.thread.SetNow(now)
	r.outbox.SetNow(now)
}

// paste goes where typing goes, after the keys that came before it. What has
// nowhere to go is kept for ctrl+v.
func (r *Root) paste(text string) tea.Cmd {
	switch {
	case text == "":
		return nil
	case r.modal != nil:
		return r.act(r.modal.Paste(text))
	case r.underWay():
		r.hold(tea.PasteMsg{Content: text})
		return nil
	case r.filter != nil:
		r.filter.Insert(text)
		return r.filtered()
	case r.place == inDraft:
		r.draft.Paste(text)
		return r.typed()
	}
	r.draft.Keep(text)
	r.tell(news{kind: toastWarn, text: "Nothing takes text here. What you pasted is kept: in a draft, ctrl+v puts it in."})
	return nil
}
