package ui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/ui/modal"
)

// visit opens a contact whom the list need not hold: of a mail in the outbox,
// or at a company. Going back leads to where the rep was.
func (r *Root) visit(contact int64, from string) tea.Cmd {
	save := r.saveNow()
	r.visiting, r.visitFrom = contact, from
	r.goTo(inThread)
	r.load.stale = r.load.shown == contact
	return tea.Batch(save, r.followContact(), r.seen())
}

// inOutbox says that the outbox is what the rep looks at.
func (r *Root) inOutbox() bool { return r.view == viewOutbox && r.place == inList }

// openFromOutbox shows the contact of the mail under the cursor.
func (r *Root) openFromOutbox() tea.Cmd {
	mail, ok := r.outbox.Selected()
	if !ok || mail.Contact == 0 {
		return r.say(toastWarn, "No mail is selected.")
	}
	return r.visit(mail.Contact, "Outbox")
}

// askCompany asks for everybody at the contact's company.
func (r *Root) askCompany() tea.Cmd {
	id, ok := r.current()
	if !ok {
		return r.say(toastWarn, "Nobody is selected.")
	}
	return r.opens(loadCompany(r.o, id))
}

// current is the contact that keys mean: the one that is shown, or under the
// cursor.
func (r *Root) current() (int64, bool) {
	if r.visiting != 0 {
		return r.visiting, true
	}
	if r.place != inList && r.load.shown != 0 {
		return r.load.shown, true
	}
	row, ok := r.list().Selected()
	return row.Contact.ID, ok
}

func (r *Root) gotCompany(m companyMsg) tea.Cmd {
	r.opening = false
	if m.err != nil {
		return r.fail("look up the company", m.err)
	}
	if r.modal != nil {
		return nil
	}
	r.setNow(m.now)
	r.modal = modal.NewCompany(r.look, r.now, m.company, m.contact)
	return nil
}

// askMorning asks for the mails that go by themselves today; unasked it shows
// them only once a day.
func (r *Root) askMorning(asked bool) tea.Cmd { return loadMorning(r.o, asked) }

func (r *Root) gotMorning(m morningMsg) tea.Cmd {
	if m.asked {
		r.opening = false
	}
	switch {
	case m.err != nil && !m.asked:
		r.o.Log("look what goes today", m.err)
		return nil
	case m.err != nil:
		return r.fail("look what goes today", m.err)
	case m.asked && len(m.morning.Going) == 0:
		return r.say(toastWarn, "No mail goes by itself today. A sequence with auto = true sends its steps.")
	case !m.asked && !m.morning.First:
		return nil
	case r.modal != nil || !m.asked && (r.place == inDraft || r.underWay()):
		return r.say(toastNews, fmt.Sprintf("%s by themselves today. T shows them, one key holds one.", going(len(m.morning.Going))))
	}
	r.setNow(m.now)
	r.modal = modal.NewMorning(r.look, r.now, m.morning)
	if m.asked {
		return nil
	}
	r.grace = true
	return after(r.o, graceTime, func() tea.Msg { return graceMsg{} })
}

// graceTime is how long a window that opened by itself takes no keys: they were
// meant for what stood there before.
const graceTime = 700 * time.Millisecond

// holdMails keeps mails that would go by themselves; the window stays.
func (r *Root) holdMails(contacts []int64) tea.Cmd {
	return doVerb(r.o, model.HoldStep{Why: model.HeldByHand}, contacts, false)
}

func going(n int) string {
	if n == 1 {
		return "1 mail goes"
	}
	return fmt.Sprintf("%d mails go", n)
}
