package ui

import (
	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/ui/facts"
	"stoke/ui/frame"
	"stoke/ui/keys"
	"stoke/ui/modal"
)

// tabs are the views in the order of their keys.
var tabs = []struct {
	id   keys.ID
	view model.View
	name string
	size func(model.Counts) int
	rank int // how early it leaves a narrow header
}{
	{keys.ViewQueue, model.ViewQueue, "Queue", model.Counts.Queue, 0},
	{keys.ViewWaiting, model.ViewWaiting, "Waiting", func(c model.Counts) int { return c.Waiting }, 2},
	{keys.ViewSnoozed, model.ViewSnoozed, "Snoozed", func(c model.Counts) int { return c.Snoozed }, 3},
	{keys.ViewNurture, model.ViewNurture, "Nurture", func(c model.Counts) int { return c.Nurture }, 4},
	{keys.ViewRetired, model.ViewRetired, "Retired", func(c model.Counts) int { return c.Retired }, frame.QuietTab},
	{keys.ViewOutbox, viewOutbox, "Outbox", func(c model.Counts) int { return c.Outbox + c.Ask }, 1},
	{keys.ViewPeople, model.ViewPeople, "People", func(c model.Counts) int { return c.People }, frame.SpareTab},
}

// runLook does what only looks.
func (r *Root) runLook(id keys.ID) (tea.Cmd, bool) {
	for _, t := range tabs {
		if t.id == id {
			return r.show(t.view), true
		}
	}
	switch id {
	case keys.Why:
		return r.showWhy(), true
	case keys.Company:
		return r.askCompany(), true
	case keys.Going:
		return r.opens(r.askMorning(true)), true
	case keys.Find:
		return r.find(), true
	case keys.Filters:
		return r.opens(loadFilters(r.o)), true
	case keys.FindNext:
		return r.match(1), true
	case keys.FindPrev:
		return r.match(-1), true
	case keys.Preview:
		return r.cyclePreview(false), true
	case keys.Side:
		return r.cyclePreview(true), true
	case keys.Copy:
		return r.copyAddress(), true
	case keys.CopyText:
		return r.copyText(), true
	}
	return nil, false
}

// match moves among the rows that the filter left.
func (r *Root) match(by int) tea.Cmd {
	if r.list().Search() == "" {
		return r.say(toastWarn, "Nothing is searched for yet. / finds people.")
	}
	return r.move(by)
}

// sheet is everything to say about the contact that is shown.
func (r *Root) sheet() (facts.Sheet, bool) {
	d, ok := r.thread.Dossier()
	if !ok {
		return facts.Sheet{}, false
	}
	s := facts.Sheet{Look: r.look, Dossier: d, Rules: r.o.Rulebook().Rules, Now: r.now}
	if row, ok := r.list().Selected(); ok && row.Contact.ID == d.Contact.ID {
		s.Row = &row
	}
	return s, true
}

func (r *Root) showWhy() tea.Cmd {
	if r.whenShown(keys.Why) {
		return nil
	}
	s, ok := r.sheet()
	if !ok {
		return r.say(toastWarn, "Nobody is selected.")
	}
	r.lesson.done(lessonWhy)
	r.modal = modal.NewReader(r.look, "Why "+s.Dossier.Contact.Called(), s.Why)
	return nil
}

func (r *Root) copyAddress() tea.Cmd {
	row, ok := r.list().Selected()
	if !ok || row.Contact.Email() == "" {
		return r.say(toastWarn, "There is no address to copy.")
	}
	return tea.Batch(tea.SetClipboard(row.Contact.Email()), r.say(toastDone, "Copied "+frame.Plain(row.Contact.Email())))
}

func (r *Root) copyText() tea.Cmd {
	if r.whenShown(keys.CopyText) {
		return nil
	}
	text, ok := r.thread.Newest()
	if !ok {
		return r.say(toastWarn, "There is no message to copy.")
	}
	return tea.Batch(tea.SetClipboard(text), r.say(toastDone, "Copied the last message."))
}
