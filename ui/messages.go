package ui

import (
	"time"

	"stoke/model"
	"stoke/ui/modal"
	"stoke/ui/queue"
)

// Answers of commands. Those to loads carry the generation they were asked in.
type (
	pageMsg struct {
		gen    int
		view   model.View
		query  model.Query
		why    queue.Reason
		page   model.Page
		counts *model.Counts // of an empty page; a countsMsg follows a full one
		now    time.Time
		err    error
	}
	countsMsg struct {
		gen    int
		counts *model.Counts
		err    error
	}
	contactMsg struct {
		gen     int
		id      int64
		dossier model.Dossier
		draft   *model.Draft
		err     error
	}
	outboxMsg struct {
		mails []model.Outgoing
		err   error
	}
	didMsg struct {
		change  model.Change
		targets []int64
		moved   bool
		now     time.Time
		err     error
	}
	sentMsg struct {
		change  model.Change
		mail    model.Outgoing
		contact int64
		now     time.Time
		err     error
	}
	undoneMsg struct {
		change model.Change
		says   string
		now    time.Time
		err    error
	}
	companyMsg struct {
		contact int64
		company model.Company
		now     time.Time
		err     error
	}
	morningMsg struct {
		asked   bool
		morning model.Morning
		now     time.Time
		err     error
	}
	// graceMsg ends the time in which a window that opened by itself is deaf.
	graceMsg   struct{}
	historyMsg struct {
		changes []model.Change
		err     error
	}
	judgedMsg struct {
		mail model.Outgoing
		turn model.Turn
		now  time.Time
		err  error
	}
	savedMsg struct {
		contact int64
		draft   model.Draft
		err     error
	}
	discardedMsg struct {
		draft model.Draft // as it was
		err   error
	}
	readMsg     struct{}
	resolvedMsg struct {
		ask int
		at  []time.Time
	}
	againMsg struct {
		at      time.Time
		targets []int64
		err     error
	}
	templatesMsg struct {
		contact   int64
		templates []model.Offer
		err       error
	}
	filledMsg struct {
		contact int64
		draft   model.Draft
		err     error
	}
	editorReadyMsg struct {
		edit edit
		err  error
	}
	editorDoneMsg struct {
		edit edit
		err  error
	}
	editedMsg struct {
		edit  edit
		text  string
		mixed bool // what is no text was taken out
		other bool // the file may hold what the draft does not
		err   error
	}
	leavingMsg struct {
		contact int64
		mail    model.Outgoing
		err     error
	}
	attachedMsg struct {
		contact int64
		file    model.Attachment
		err     error
	}
	folderMsg struct {
		ask   int
		in    []modal.Entry
		wrong string
	}
	// tickMsg carries the time; borderMsg says that the clock alone may have
	// moved contacts.
	tickMsg   struct{ now time.Time }
	borderMsg struct {
		moved int
		next  time.Time
		now   time.Time
		err   error
	}
	borderDueMsg struct{}
	saveDueMsg   struct{}
	leaveMsg     struct{}
	reloadDueMsg struct{}
)
