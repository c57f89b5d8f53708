package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/ui/action"
	"stoke/ui/frame"
	"stoke/ui/modal"
	"stoke/ui/queue"
)

// aim remembers whom the next verb is for; false when there is nobody.
func (r *Root) aim() bool {
	if id, ok := r.current(); ok && r.place != inList {
		r.targets = []int64{id}
		return true
	}
	r.targets = r.list().Targets()
	return len(r.targets) > 0
}

// who names the targets.
func (r *Root) who() string {
	if len(r.targets) > 1 {
		return fmt.Sprintf("%d people", len(r.targets))
	}
	if d, ok := r.thread.Dossier(); ok && len(r.targets) == 1 && d.Contact.ID == r.targets[0] {
		return frame.Plain(d.Contact.Called())
	}
	if row, ok := r.list().Selected(); ok {
		return frame.Plain(row.Contact.Called())
	}
	return "them"
}

// moves says that a verb takes its contact out of the list that is shown.
func (r *Root) moves(v model.Verb) bool {
	switch r.view {
	case model.ViewPeople:
		return false
	case model.ViewUnsorted:
		_, pin := v.(model.PinTo)
		return !pin
	case model.ViewRetired, model.ViewSnoozed:
		_, revive := v.(model.Revive)
		_, retire := v.(model.Retire)
		return revive || retire && r.view != model.ViewRetired
	}
	switch v.(type) {
	case model.SnoozeTo, model.HandledWithout, model.Retire, model.MoveOn:
		return true
	}
	return false
}

// do applies a verb to the targets. The screen goes on at once; when the verb
// is refused the contacts come back.
func (r *Root) do(v model.Verb) tea.Cmd {
	targets := r.targets
	if len(targets) == 0 {
		return r.say(toastWarn, "Nobody is selected.")
	}
	r.lesson.verb(v)
	save := r.saveNow()
	moved := r.moves(v)
	if moved {
		for _, id := range targets {
			if id == r.load.shown {
				r.load.shown = 0
			}
		}
		r.list().Advance(targets)
		if _, ok := r.list().Selected(); !ok || r.visiting != 0 || r.layout.Class == frame.Narrow {
			r.goTo(inList)
		} else if r.place == inDraft {
			r.goTo(r.from)
		}
	} else {
		r.list().ClearMarks()
	}
	return tea.Batch(save, doVerb(r.o, v, targets, moved), r.followContact())
}

func (r *Root) did(m didMsg) tea.Cmd {
	r.setNow(m.now)
	if m.err != nil {
		if m.moved {
			r.list().Return(m.targets)
		}
		return tea.Batch(r.fail("do that", m.err), r.follow())
	}
	r.toast = toast{kind: toastDone, text: m.change.Says, change: m.change.ID, since: m.now, until: m.now.Add(toastTime)}
	r.load.stale = true
	return tea.Batch(r.reload(queue.Anew), r.followContact())
}

// takeBack undoes what the toast shows, else the newest change.
func (r *Root) takeBack() tea.Cmd {
	shown := r.toast
	if !r.now.Before(shown.until) {
		shown = toast{}
	}
	r.toast = toast{}
	switch {
	case shown.draft != nil:
		return r.bringBack(*shown.draft)
	case shown.filter != nil:
		return keepFilter(r.o, *shown.filter)
	}
	return undo(r.o, shown.change)
}

func (r *Root) undone(m undoneMsg) tea.Cmd {
	r.setNow(m.now)
	if m.err != nil {
		return r.fail("undo that", m.err)
	}
	r.lesson.done(lessonUndo)
	says := m.says
	if says == "" {
		says = "Undone: " + m.change.Says
	}
	r.load.stale = true
	if len(m.change.Steps) > 0 && r.place == inList {
		r.list().Aim(m.change.Steps[0].Contact)
	}
	return tea.Batch(r.say(toastDone, says), r.reload(queue.Anew), r.followContact())
}

func (r *Root) gotHistory(m historyMsg) tea.Cmd {
	r.opening = false
	if m.err != nil {
		return r.fail("load the history", m.err)
	}
	if r.modal != nil {
		return nil
	}
	h := modal.NewHistory(r.look, r.now, m.changes)
	if h == nil {
		return r.say(toastWarn, "Nothing has been done yet.")
	}
	r.modal = h
	return nil
}

func (r *Root) judged(m judgedMsg) tea.Cmd {
	r.setNow(m.now)
	if m.err != nil {
		return tea.Batch(r.fail("do that", m.err), r.reload(queue.Quietly))
	}
	r.load.stale = true
	return tea.Batch(r.say(toastDone, judgement(m.turn)), r.reload(queue.Anew))
}

func judgement(turn model.Turn) string {
	switch turn {
	case model.TurnSaysSent:
		return "Marked as sent."
	case model.TurnDrop:
		return "Dropped. The text is in the draft again."
	case model.TurnAgain:
		return "It leaves again in a moment."
	default:
		return "Taken back. The text is in the draft again."
	}
}

// pin makes the targets warmer or colder by one step.
func (r *Root) pin(by int) tea.Cmd {
	row, ok := r.list().Selected()
	if !ok || !r.aim() {
		return r.say(toastWarn, "Nobody is selected.")
	}
	t := row.Temperature + model.Temperature(by)
	if t < model.Cold || t > model.Hot {
		return r.say(toastWarn, fmt.Sprintf("%s is %s already.", frame.Plain(row.Contact.Called()), row.Temperature))
	}
	return r.do(model.PinTo{Temperature: &t})
}

// revive brings back who is out, and sorts in who was not sorted yet.
func (r *Root) revive() tea.Cmd {
	if !r.aim() {
		return r.say(toastWarn, "Nobody is selected.")
	}
	if row, ok := r.list().Selected(); ok && !row.Contact.FollowUp.Sorted {
		return r.do(model.Keep{})
	}
	return r.do(model.Revive{})
}

// snoozeAgain repeats the last snooze.
func (r *Root) snoozeAgain() tea.Cmd {
	switch {
	case !r.aim():
		return r.say(toastWarn, "Nobody is selected.")
	case r.untilReply:
		return r.do(model.SnoozeTo{UntilReply: true})
	case r.lastSnooze == "":
		return r.pickSnooze()
	}
	return snoozeAgain(r.o, r.lastSnooze, r.targets)
}

func (r *Root) snoozedAgain(m againMsg) tea.Cmd {
	if m.err != nil {
		return r.fail("snooze", m.err)
	}
	r.targets = m.targets
	return r.do(model.SnoozeTo{Until: m.at})
}

func (r *Root) pickSnooze() tea.Cmd {
	temperature := model.Cold
	if row, ok := r.list().Selected(); ok {
		temperature = row.Temperature
	}
	days := map[model.Temperature]int{model.Hot: r.o.Rulebook().Rules.NextHot, model.Warm: r.o.Rulebook().Rules.NextWarm, model.Cold: r.o.Rulebook().Rules.NextCold}[temperature]
	w := modal.Snooze(r.look, r.now, r.who(), temperature, days)
	r.modal = w
	return r.act(w.Ask())
}

func (r *Root) pickPromise() tea.Cmd {
	w := modal.Promise(r.look, r.now, r.who())
	r.modal = w
	return r.act(w.Ask())
}

// remember keeps the words of a snooze for the key that repeats it.
func (r *Root) remember(a action.Do) {
	if v, ok := a.Verb.(model.SnoozeTo); ok {
		r.lastSnooze, r.untilReply = a.Again, v.UntilReply
	}
}
