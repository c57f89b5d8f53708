package ui

import (
	tea "charm.land/bubbletea/v2"

	"stoke/ui/keys"
	"stoke/ui/modal"
)

// runText does what the control keys of the draft stand for.
func (r *Root) runText(id keys.ID) (tea.Cmd, bool) {
	switch id {
	case keys.NextBlank:
		if cmd, expanded := r.expand("", true); expanded {
			return cmd, true
		}
		r.draft.NextBlank()
		return nil, true
	case keys.PrevField:
		r.draft.PrevField()
		return nil, true
	case keys.TextUndo:
		return r.turnText(r.draft.Undo, "Nothing is left to undo in this field."), true
	case keys.TextRedo:
		return r.turnText(r.draft.Redo, "Nothing is left to redo in this field."), true
	case keys.External:
		return r.openEditor(), true
	case keys.Coach:
		r.modal = modal.NewCoach(r.look, r.draft.Report())
		return nil, true
	case keys.Leaving:
		return r.showLeaving(), true
	case keys.Discard:
		if r.draft.Selecting() {
			return r.cutSelected(), true // as ctrl+x does everywhere else
		}
		return r.askDiscard(), true
	case keys.Keep:
		r.goTo(r.from)
		return tea.Batch(r.saveNow(), r.follow()), true
	}
	return nil, false
}

// showLeaving asks for the mail as it leaves.
func (r *Root) showLeaving() tea.Cmd {
	d, err := r.draft.Draft()
	if err != nil {
		return r.fail("show the mail", err)
	}
	return r.opens(preview(r.o, d))
}

// turnText undoes or redoes in the draft, and names the template it is made
// from where that has changed.
func (r *Root) turnText(turn func() bool, none string) tea.Cmd {
	before := r.draft.Template()
	switch {
	case !turn():
		return r.say(toastWarn, none)
	case r.draft.Template() != before:
		return tea.Batch(r.typed(), r.say(toastDone, "The draft is the one from "+r.draft.Template()+" again."))
	}
	return r.typed()
}
