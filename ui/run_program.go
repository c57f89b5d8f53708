package ui

import (
	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/ui/keys"
	"stoke/ui/modal"
	"stoke/ui/queue"
)

// runOwed does what is done to mail in the outbox.
func (r *Root) runOwed(id keys.ID) (tea.Cmd, bool) {
	if id != keys.Retry && id != keys.Resolve {
		return nil, false
	}
	mail, ok := r.outbox.Selected()
	switch {
	case !ok:
		return r.say(toastWarn, "No mail is selected."), true
	case id == keys.Retry && (mail.State == model.Failed || mail.State == model.Queued && mail.Error != ""):
		return judge(r.o, mail.ID, model.TurnAgain), true
	case id == keys.Retry && mail.State == model.Queued:
		r.o.Wire.Sync()
		return r.say(toastNews, "Trying again now."), true
	case id == keys.Retry && mail.State != model.AskRep:
		return r.say(toastWarn, "This mail is "+mail.State.Says()+"; there is nothing to try."), true
	case !mail.State.Blocks() && mail.State != model.Failed:
		return r.say(toastWarn, "This mail is "+mail.State.Says()+"; there is nothing to decide."), true
	}
	r.modal = modal.Decide(r.look, mail, r.outbox.Line(mail))
	return nil, true
}

// runProgram does what concerns stoke itself.
func (r *Root) runProgram(id keys.ID) (tea.Cmd, bool) {
	switch id {
	case keys.Help, keys.TextHelp:
		r.modal = modal.NewHelp(r.look, r.keys)
		return nil, true
	case keys.Palette:
		r.modal = modal.NewPalette(r.look, r.keys.In(r.context()))
		return nil, true
	case keys.Sync:
		r.mail.asked = true
		r.list().Settle()
		return tea.Batch(syncNow(r.o), r.reload(queue.Anew), r.say(toastNews, "Looking for mail…")), true
	case keys.Suspend:
		return tea.Batch(r.saveNow(), tea.Suspend), true
	case keys.Quit:
		return r.quit(), true
	case keys.Leave:
		return r.leave(), true
	}
	return nil, false
}

// quit goes back to the queue, and from there leaves, after saying what is
// owed.
func (r *Root) quit() tea.Cmd {
	switch {
	case r.place == inThread:
		return r.back()
	case r.view != model.ViewQueue:
		return r.show(model.ViewQueue)
	case r.counts.Outbox > 0:
		r.owing = modal.Owed(r.look, r.counts.Outbox)
		r.modal = r.owing
		return nil
	}
	return r.leave()
}
