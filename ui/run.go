package ui

import (
	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/ui/field"
	"stoke/ui/frame"
	"stoke/ui/keys"
	"stoke/ui/queue"
)

// run does what a key of the table stands for, one subject after the other.
func (r *Root) run(id keys.ID) tea.Cmd {
	for _, subject := range []func(keys.ID) (tea.Cmd, bool){r.runMove, r.runContact, r.runText, r.runAlong, r.runLook, r.runOwed, r.runProgram} {
		if cmd, done := subject(id); done {
			return cmd
		}
	}
	return nil
}

// runMove moves the cursor or the text under it.
func (r *Root) runMove(id keys.ID) (tea.Cmd, bool) {
	switch id {
	case keys.Down:
		return r.move(1), true
	case keys.Up:
		return r.move(-1), true
	case keys.HalfDown:
		return r.half(1), true
	case keys.HalfUp:
		return r.half(-1), true
	case keys.Top:
		return r.toEnd(-1), true
	case keys.Bottom:
		return r.toEnd(1), true
	case keys.NextGroup:
		return r.group(1), true
	case keys.PrevGroup:
		return r.group(-1), true
	case keys.ScrollDown:
		r.thread.Scroll(1)
	case keys.ScrollUp:
		r.thread.Scroll(-1)
	case keys.Fold:
		r.thread.ToggleFold()
		r.splitContact()
	case keys.NextPane, keys.PrevPane:
		return r.nextPane(), true
	case keys.Open:
		return r.openContact(), true
	case keys.Back:
		return r.back(), true
	default:
		return nil, false
	}
	return nil, true
}

func (r *Root) move(by int) tea.Cmd {
	switch {
	case r.inOutbox():
		r.outbox.Move(by)
		return nil
	case r.place == inThread:
		r.thread.Scroll(by)
		return nil
	}
	r.list().Move(by)
	return r.follow()
}

func (r *Root) half(direction int) tea.Cmd {
	switch {
	case r.inOutbox():
		r.outbox.Half(direction)
		return nil
	case r.place == inThread:
		r.thread.Half(direction)
		return nil
	}
	r.list().Half(direction)
	return r.follow()
}

func (r *Root) toEnd(direction int) tea.Cmd {
	p := r.list()
	switch {
	case r.inOutbox():
		r.outbox.Move(direction * 1_000_000)
		return nil
	case r.place == inThread && direction < 0:
		r.thread.ToTop()
		return nil
	case r.place == inThread:
		r.thread.ToBottom()
		return nil
	case direction < 0:
		if p.ToTop() {
			p.Aim(0)
			return r.ask(p.First(), queue.Anew)
		}
	default:
		if p.ToBottom() {
			return r.ask(p.Last(), queue.AtEnd)
		}
	}
	return r.follow()
}

func (r *Root) group(direction int) tea.Cmd {
	if r.view != model.ViewQueue {
		return r.say(toastWarn, "Only the queue has groups. 1 shows it.")
	}
	if g, missing := r.list().ToGroup(direction); missing {
		r.list().Aim(0)
		return r.ask(r.list().GroupStart(g), queue.Anew)
	}
	return r.follow()
}

// nextPane goes from the list to the thread and back; the draft has its own
// key, because in it tab is for blanks.
func (r *Root) nextPane() tea.Cmd {
	if r.inOutbox() {
		return r.say(toastWarn, "The outbox has one pane; enter shows the contact of a mail.")
	}
	if r.place == inList {
		return r.openContact()
	}
	r.goTo(inList)
	return r.follow()
}

func (r *Root) openContact() tea.Cmd {
	if r.inOutbox() {
		return r.openFromOutbox()
	}
	if r.list().Sorting() && r.place == inList {
		return r.show(model.ViewUnsorted)
	}
	if r.list().BatchDone() && r.place == inList {
		r.list().NextBatch()
		return r.ask(r.list().First(), queue.Anew)
	}
	if _, ok := r.list().Selected(); !ok {
		return r.say(toastWarn, "Nobody is selected.")
	}
	if r.whenShown(keys.Open) {
		return nil
	}
	r.lesson.done(lessonOpen)
	r.goTo(inThread)
	return r.seen()
}

// seen marks the contact's mail as read.
func (r *Root) seen() tea.Cmd {
	if d, ok := r.thread.Dossier(); ok && d.Contact.FollowUp.Unread {
		return markRead(r.o, d.Contact.ID)
	}
	return nil
}

// back unwinds one layer.
func (r *Root) back() tea.Cmd {
	switch {
	case r.place == inThread:
		r.goTo(inList)
		return r.follow()
	case r.list().ClearMarks():
		return nil
	case r.list().Search() != "":
		r.list().SetSearch("")
		return r.ask(r.list().First(), queue.Anew)
	case r.toast.kind == toastError || r.toast.kind == toastWarn:
		r.toast = toast{}
		return nil
	case r.view != model.ViewQueue:
		return r.show(model.ViewQueue)
	}
	return nil
}

// show changes the view; each keeps its own cursor.
func (r *Root) show(v model.View) tea.Cmd {
	r.filter = nil
	r.then = waiting{}
	if r.place != inList {
		r.goTo(inList)
	}
	r.view, r.visiting = v, 0
	r.list().Settle()
	r.arrange()
	return tea.Batch(r.reload(queue.Anew), r.follow())
}

// find opens the line that narrows the list.
func (r *Root) find() tea.Cmd {
	if r.place != inList {
		r.goTo(inList)
	}
	r.filter = field.New(r.look.Theme)
	r.filter.SetText(r.list().Search())
	r.filter.ToEnd()
	return nil
}

// cyclePreview puts the contact beside the list, or takes it away.
func (r *Root) cyclePreview(side bool) tea.Cmd {
	switch {
	case side && r.preview == frame.PreviewBelow:
		r.preview = frame.PreviewRight
	case side:
		r.preview = frame.PreviewBelow
	case r.preview == frame.PreviewOff:
		r.preview = frame.PreviewAuto
	default:
		r.preview = frame.PreviewOff
	}
	before := r.layout.Class
	r.arrange()
	if before == r.layout.Class && r.layout.Class != frame.Wide {
		return r.say(toastWarn, "There is no room for that here; enter opens the contact.")
	}
	return r.follow()
}
