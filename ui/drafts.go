package ui

import (
	"errors"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/ui/modal"
	"stoke/ui/queue"
)

// showDraft puts a loaded draft on the screen, and says when the contact wrote
// after it was made.
func (r *Root) showDraft(m contactMsg) {
	r.draft.About(m.dossier, r.o.Rulebook().Rules.Coach)
	kept, unsaved := r.newest(m.id)
	if kept != nil {
		m.draft = kept
	}
	if m.draft != nil {
		d := *m.draft
		if !d.Saved.IsZero() {
			d.Saved = d.Saved.In(r.now.Location())
		}
		r.draft.Show(d)
		if unsaved {
			r.draft.Unkept()
		}
	} else if r.draft.Contact() != m.id {
		r.draft.Clear()
	}
	if r.draft.Contact() != m.id {
		return
	}
	f, who := m.dossier.Contact.FollowUp, m.dossier.Contact.Called()
	var notices []string
	switch answered := f.AnswerID > r.draft.BasedOn(); {
	case answered && r.draft.Active():
		notices = append(notices, who+" wrote while you were writing. Read it above; ctrl+s twice sends anyway.")
	case answered && m.dossier.Draft != nil && r.draft.BasedOn() >= 0:
		notices = append(notices, who+" wrote after this draft was made. Read it; ctrl+s twice sends anyway.")
	}
	notices = append(notices, m.dossier.Outdated...)
	if s := m.dossier.Script; s != nil {
		notices = append(notices, besides(*s))
	}
	r.draft.Notice(notices)
	r.showAlong()
}

// besides says that there is something else to do than to write.
func besides(s model.Script) string {
	if s.Asked {
		return strings.ToUpper(s.Why[:1]) + s.Why[1:] + ": l shows its script and logs how it went."
	}
	return "A call may do more: " + s.Why + ". l shows a script."
}

// send queues the mail as it stands.
func (r *Root) send() tea.Cmd {
	if r.sending != 0 || !r.draft.Loaded() {
		return nil
	}
	if r.isFlying() {
		r.save.send = true
		return nil
	}
	d, err := r.draft.Draft()
	if err != nil {
		return r.fail("send", err)
	}
	r.sending = d.Contact
	r.draft.Taken()
	return send(r.o, model.Approval{Draft: d, Single: true, Force: r.force == d.Contact})
}

func (r *Root) sent(m sentMsg) tea.Cmd {
	r.sending = 0
	if m.err != nil {
		// The text stays where it is, and is saved.
		if r.draft.Contact() == m.contact {
			r.draft.Unkept()
		}
		if code := model.CodeOf(m.err); code.Forceable() {
			r.force = m.contact
			r.say(toastWarn, sentence(m.err))
			r.toast.way = "ctrl+s again sends it "
			return r.saveNow()
		}
		return tea.Batch(r.fail("send to "+r.called(), m.err), r.saveNow())
	}
	r.force, r.save.back = 0, 0
	r.lesson.done(lessonSend)
	r.draft.Clear()
	says := m.change.Says
	r.toast = toast{text: says, kind: toastDone, change: m.change.ID, until: later(m.mail.SendAfter, m.now.Add(toastTime)), since: m.now}
	r.offerKeeping(m)
	return r.moveOn([]int64{m.contact})
}

// moveOn takes contacts out of the list and goes to the next one.
func (r *Root) moveOn(done []int64) tea.Cmd {
	p := r.list()
	for _, id := range done {
		if id == r.load.shown {
			r.load.shown = 0
		}
	}
	p.Advance(done)
	back := r.place
	if back == inDraft {
		back = r.from
	}
	if _, ok := p.Selected(); !ok || r.visiting != 0 {
		back = inList
	}
	r.goTo(back)
	return tea.Batch(r.followContact(), r.reload(queue.Anew))
}

func later(a, b time.Time) time.Time {
	if a.After(b) && a.Sub(b) < time.Hour {
		return a
	}
	return b
}

// askDiscard asks before a draft is forgotten.
func (r *Root) askDiscard() tea.Cmd {
	r.modal = modal.ConfirmDiscard(r.look, r.called())
	return nil
}

func (r *Root) discard() tea.Cmd {
	if r.draft.Contact() == 0 {
		return nil
	}
	if r.isFlying() {
		r.save.discard = true
		return nil
	}
	d, _ := r.draft.Draft() // where an address cannot be read, with its last good form
	r.draft.Clear()
	r.save.back = 0
	r.goTo(r.from)
	return discardDraft(r.o, d)
}

func (r *Root) discarded(m discardedMsg) tea.Cmd {
	if m.err != nil {
		return r.fail("discard the draft", m.err)
	}
	r.load.stale = true
	r.say(toastDone, "The draft is discarded.")
	r.toast.draft = &m.draft
	return r.followContact()
}

// bringBack saves a draft that was discarded, as long as nothing else was
// written to the contact. Where it was it stands at once, so that what is typed
// next, or saved when this fails, is that text and not the template's.
func (r *Root) bringBack(d model.Draft) tea.Cmd {
	r.save.back = d.Contact
	if r.draft.Contact() == d.Contact {
		r.draft.Show(d)
	}
	return r.handOver(d)
}

// called is what the contact on the screen is called.
func (r *Root) called() string {
	if d, ok := r.thread.Dossier(); ok {
		return d.Contact.Called()
	}
	return "them"
}

// sentence is what the rep reads of an error of the domain.
func sentence(err error) string {
	var e *model.Error
	if errors.As(err, &e) {
		return e.Message
	}
	return ""
}
