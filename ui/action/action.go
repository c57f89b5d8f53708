package action

import (
	"stoke/model"
	"stoke/model/coach"
	"stoke/ui/keys"
)

// Action is something that the rep wants.
type Action interface{ action() }

type (
	// Do applies a verb to the contacts that were aimed at when the picker
	// opened, and moves on. Again holds the words of a snooze, for the key
	// that repeats it.
	Do struct {
		Verb  model.Verb
		Again string
	}
	// AskDate asks when the timing is better before it retires.
	AskDate struct{}
	// AskNote asks for a note about what is logged.
	AskNote struct{ Kind model.Kind }
	// AskLog asks what happened, of everything that can be logged.
	AskLog struct{}
	// CopyNumber copies a number to call; the window stays open.
	CopyNumber struct{ Number string }
	// UseFilter narrows the list to what was kept.
	UseFilter struct{ Text string }
	// KeepFilter keeps a narrowing under a name.
	KeepFilter struct{ Filter model.Filter }
	// DropFilter forgets a kept narrowing; the window stays open.
	DropFilter struct{ Filter model.Filter }
	// Resolve asks what words mean as a moment; the answer comes back to the
	// modal with the same Ask.
	Resolve struct {
		Ask   int
		Words []string
	}
	// ListFolder asks what is in a folder; the answer comes back to the modal
	// with the same Ask.
	ListFolder struct {
		Ask    int
		Folder string
	}
	// Attach adds a file to the draft.
	Attach struct{ Path string }
	// Detach takes a file out of the draft.
	Detach struct{ Path string }
	// UseTemplate fills the draft from a template.
	UseTemplate struct{ Name string }
	// UndoChange takes one entry of the history back.
	UndoChange struct{ ID int64 }
	// Judge is the rep's word on a mail in the outbox.
	Judge struct {
		Mail int64
		Turn model.Turn
	}
	// Jump puts the cursor of the draft where a hint of the coach points to.
	Jump struct{ To coach.Place }
	// Press does what the key of an action would do.
	Press struct{ ID keys.ID }
	// Visit opens a contact whom the list need not hold.
	Visit struct{ Contact int64 }
	// Hold keeps mails that would go by themselves; the window stays open.
	Hold struct{ Contacts []int64 }
	// Discard forgets the draft; the rep was asked.
	Discard struct{}
	// Quit leaves; the rep was told what is owed.
	Quit struct{}
	// QuitWhenSent leaves as soon as nothing is owed.
	QuitWhenSent struct{}
	// Close closes the modal.
	Close struct{}
)

func (Do) action()           {}
func (AskDate) action()      {}
func (AskNote) action()      {}
func (AskLog) action()       {}
func (UseFilter) action()    {}
func (KeepFilter) action()   {}
func (DropFilter) action()   {}
func (CopyNumber) action()   {}
func (Resolve) action()      {}
func (ListFolder) action()   {}
func (Attach) action()       {}
func (Detach) action()       {}
func (UseTemplate) action()  {}
func (UndoChange) action()   {}
func (Judge) action()        {}
func (Jump) action()         {}
func (Press) action()        {}
func (Visit) action()        {}
func (Hold) action()         {}
func (Discard) action()      {}
func (Quit) action()         {}
func (QuitWhenSent) action() {}
func (Close) action()        {}
