package ui

import (
	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/ui/keys"
	"stoke/ui/modal"
)

// runContact does what is done to contacts.
func (r *Root) runContact(id keys.ID) (tea.Cmd, bool) {
	switch id {
	case keys.Follow:
		return r.pickFollow(), true
	case keys.Reply, keys.ReplyAll, keys.New:
		return r.write(id), true
	case keys.Send:
		return r.trySend(), true
	case keys.Template, keys.TextTemplate:
		return r.pickTemplate(id), true
	case keys.Snooze, keys.Promise, keys.Retire, keys.SortNever, keys.Log:
		return r.pick(id), true
	case keys.SnoozeAgain:
		return r.snoozeAgain(), true
	case keys.Done:
		return r.handled(), true
	case keys.SortKeep:
		return r.doTo(model.Keep{}), true
	case keys.SortNotNow:
		return r.doTo(model.PutOff{}), true
	case keys.MoveOn:
		return r.doTo(model.MoveOn{}), true
	case keys.OnceMore:
		return r.doTo(model.OnceMore{}), true
	case keys.Hold:
		return r.doTo(model.HoldStep{Why: model.HeldByHand}), true
	case keys.Revive:
		return r.revive(), true
	case keys.Warmer:
		return r.pin(1), true
	case keys.Colder:
		return r.pin(-1), true
	case keys.Undo:
		return r.takeBack(), true
	case keys.Remember:
		return r.keepAnswers(), true
	case keys.History:
		return r.opens(loadHistory(r.o)), true
	case keys.Mark:
		r.list().ToggleMark()
		return r.follow(), true
	case keys.MarkRange:
		r.list().MarkRange()
		return nil, true
	}
	return nil, false
}

// doTo applies a verb to the contact under the cursor or the marked ones.
func (r *Root) doTo(v model.Verb) tea.Cmd {
	if !r.aim() {
		return r.say(toastWarn, "Nobody is selected.")
	}
	return r.do(v)
}

// handled is done; about somebody whom nobody has decided on it is keep.
func (r *Root) handled() tea.Cmd {
	if d, ok := r.thread.Dossier(); ok && r.place == inThread && !d.Contact.FollowUp.Sorted {
		return r.doTo(model.Keep{})
	}
	return r.doTo(model.HandledWithout{})
}

// write puts the cursor into the draft.
func (r *Root) write(id keys.ID) tea.Cmd {
	if _, ok := r.list().Selected(); !ok && r.place == inList {
		return r.say(toastWarn, "Nobody is selected.")
	}
	if r.whenShown(id) {
		return nil
	}
	d, ok := r.thread.Dossier()
	switch {
	case !ok:
		return r.say(toastWarn, "There is no draft for "+r.called()+" yet.")
	case d.Contact.Email() == "":
		return r.say(toastWarn, d.Contact.Called()+" has no address. l logs a call instead.")
	case !r.draft.Loaded() && r.load.noDraft != nil:
		return r.fail("make a draft for "+r.called(), r.load.noDraft)
	case !r.draft.Loaded():
		return r.say(toastWarn, "There is no draft for "+r.called()+" yet.")
	}
	if id == keys.New {
		r.draft.Unthread()
	}
	r.lesson.done(lessonDraft)
	r.from = r.place
	r.goTo(inDraft)
	if id == keys.ReplyAll {
		r.answerAll(d)
	}
	return tea.Batch(r.seen(), r.typed())
}

func (r *Root) trySend() tea.Cmd {
	if r.place == inList && r.list().Marked() > 1 {
		return r.say(toastWarn, "Mails are sent one by one: esc takes the marks away, then ctrl+s.")
	}
	if r.whenShown(keys.Send) {
		return nil
	}
	if !r.draft.Loaded() {
		return r.write(keys.Reply) // which says why there is none
	}
	if n := r.draft.Blanks(); n > 0 && r.place != inDraft {
		return tea.Batch(r.write(keys.Reply), r.say(toastWarn, "Fill the blank first; tab goes to the next, ctrl+s sends."))
	}
	if r.place != inDraft {
		r.from = r.place
	}
	return r.send()
}

func (r *Root) pick(id keys.ID) tea.Cmd {
	if !r.aim() {
		return r.say(toastWarn, "Nobody is selected.")
	}
	switch id {
	case keys.Snooze:
		return r.pickSnooze()
	case keys.Promise:
		return r.pickPromise()
	case keys.Retire:
		r.modal = modal.NewRetire(r.look, r.who(), r.o.Rulebook().Rules)
	case keys.SortNever:
		r.modal = modal.NewNever(r.look, r.who(), r.o.Rulebook().Rules)
	case keys.Log:
		return r.pickOutcome()
	}
	return nil
}

// pickOutcome asks what happened. With one person whose call or text is due or
// suggested, the script and the number stand beside the question.
func (r *Root) pickOutcome() tea.Cmd {
	if len(r.targets) == 1 {
		if id, ok := r.current(); ok && id == r.targets[0] && r.whenShown(keys.Log) {
			return nil
		}
		if d, ok := r.thread.Dossier(); ok && d.Contact.ID == r.targets[0] && d.Script != nil {
			r.modal = modal.NewCall(r.look, r.who(), *d.Script)
			return nil
		}
	}
	r.modal = modal.NewLog(r.look, r.who())
	return nil
}

// pickFollow asks for a sequence.
func (r *Root) pickFollow() tea.Cmd {
	if !r.aim() {
		return r.say(toastWarn, "Nobody is selected.")
	}
	book := r.o.Rulebook()
	sequences := book.Sequences.List()
	var in model.Enrolment
	if len(r.targets) == 1 {
		in = r.enrolment(r.targets[0])
	}
	if len(sequences) == 0 && in.Sequence == "" {
		return r.say(toastWarn, "There is no sequence to enrol in. `stoke config path` shows where they belong.")
	}
	r.modal = modal.NewFollow(r.look, r.who(), len(r.targets), sequences, in, book.BeginADay)
	return nil
}

// enrolment is the place of a contact in a sequence, as the screen knows it.
func (r *Root) enrolment(contact int64) model.Enrolment {
	if d, ok := r.thread.Dossier(); ok && d.Contact.ID == contact {
		return d.Contact.FollowUp.Enrolment
	}
	if row, ok := r.list().Selected(); ok && row.Contact.ID == contact {
		return row.Contact.FollowUp.Enrolment
	}
	return model.Enrolment{}
}

func (r *Root) pickBack() tea.Cmd {
	w := modal.Back(r.look, r.now, r.who(), r.o.Rulebook().Rules.RetireDays[model.ReasonTiming])
	r.modal = w
	return r.act(w.Ask())
}

func (r *Root) pickNote(kind model.Kind) { r.modal = modal.NewNote(r.look, r.who(), kind) }

func (r *Root) pickTemplate(id keys.ID) tea.Cmd {
	if r.whenShown(id) {
		return nil
	}
	return r.opens(loadTemplates(r.o, r.load.shown))
}

func (r *Root) gotTemplates(m templatesMsg) tea.Cmd {
	r.opening = false
	switch {
	case m.err != nil:
		return r.fail("load the templates", m.err)
	case m.contact != r.load.shown || r.modal != nil:
		return nil
	case len(m.templates) == 0:
		return r.say(toastWarn, "There is no template for "+r.called()+".")
	}
	d, _ := r.draft.Draft()
	r.modal = modal.NewTemplates(r.look, m.templates, d.Template)
	return nil
}

func (r *Root) filled(m filledMsg) tea.Cmd {
	if m.err != nil {
		return r.fail("fill the template", m.err)
	}
	if m.contact != r.load.shown {
		return nil
	}
	r.draft.Fill(m.draft)
	if r.place == inDraft {
		r.draft.Enter()
	}
	return tea.Batch(r.typed(), r.say(toastDone, "Filled from "+m.draft.Template+". ctrl+z in the draft brings your text back."))
}

// resolved hands dates to the picker that asked.
func (r *Root) resolved(m resolvedMsg) tea.Cmd {
	if w, ok := r.modal.(modal.Resolver); ok {
		return r.act(w.Resolved(m.ask, m.at))
	}
	return nil
}
