package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/ui/keys"
	"stoke/ui/queue"
)

// loading is what was asked of the store and has not come.
type loading struct {
	listGen    int
	countGen   int
	paging     bool // a page for the end of the window is on its way
	reloadDue  bool
	contactGen int
	contact    int64 // asked for, zero for none
	shown      int64 // in thread and draft
	noDraft    error // why the contact that is shown has no draft
	stale      bool  // what is shown of the contact may be old
	begun      bool  // the store was told to look at the clock
}

// Quiet times in which what happens is gathered before anything is loaded.
const (
	gather = 80 * time.Millisecond
	// borderMost and borderLeast bound the wait for the next moment at which
	// the clock moves a contact.
	borderMost  = 30 * time.Second
	borderLeast = time.Second
)

// reload asks for what the screen shows.
func (r *Root) reload(why queue.Reason) tea.Cmd {
	if r.view == viewOutbox {
		return tea.Batch(loadOutbox(r.o), r.reloadList(queue.Quietly))
	}
	return r.reloadList(why)
}

func (r *Root) reloadList(why queue.Reason) tea.Cmd {
	p := r.list()
	q := p.Again()
	if !p.Loaded() {
		q, why = p.First(), queue.Anew
	}
	return r.ask(q, why)
}

// ask sends one query for the list; answers to earlier ones are dropped.
func (r *Root) ask(q model.Query, why queue.Reason) tea.Cmd {
	r.load.listGen++
	r.load.paging = why == queue.Below || why == queue.Above
	return loadPage(r.o, r.load.listGen, q, why)
}

func (r *Root) gotPage(m pageMsg) tea.Cmd {
	if m.gen != r.load.listGen {
		return nil
	}
	r.load.paging = false
	r.setNow(m.now)
	return tea.Batch(r.firstBorder(), r.tookPage(m))
}

// firstBorder lets the store look at the clock once something is on the
// screen: what the clock and edited rules moved since stoke last ran may be
// long work.
func (r *Root) firstBorder() tea.Cmd {
	if r.load.begun {
		return nil
	}
	r.load.begun = true
	return after(r.o, gather, func() tea.Msg { return borderDueMsg{} })
}

func (r *Root) tookPage(m pageMsg) tea.Cmd {
	if m.err != nil {
		return r.fail("load the list", m.err)
	}
	if p := r.lists[m.view]; p != nil {
		p.Take(m.page, m.query, m.why)
	}
	switch {
	case m.counts != nil:
		return tea.Batch(r.counted(*m.counts), r.follow())
	case m.why == queue.Below || m.why == queue.Above:
		return r.follow()
	}
	r.load.countGen++
	return tea.Batch(loadCounts(r.o, r.load.countGen), r.follow())
}

func (r *Root) gotCounts(m countsMsg) tea.Cmd {
	switch {
	case m.gen != r.load.countGen:
		return nil
	case m.err != nil:
		return r.fail("count the lists", m.err)
	}
	return r.counted(*m.counts)
}

func (r *Root) counted(c model.Counts) tea.Cmd {
	r.counts = c
	for _, p := range r.lists {
		p.SetCounts(c)
	}
	if c.Outbox == 0 && (r.quitting || r.owing != nil && r.modal == r.owing) {
		r.modal = nil // what it asks is settled: the mail left while it was asked
		return r.leave()
	}
	return nil
}

// follow loads the contact under the cursor and the page that the cursor runs
// into, one of each at a time.
func (r *Root) follow() tea.Cmd {
	return tea.Batch(r.followContact(), r.followPage())
}

func (r *Root) followPage() tea.Cmd {
	if r.load.paging {
		return nil
	}
	q, why, missing := r.list().Missing()
	if !missing {
		return nil
	}
	return r.ask(q, why)
}

func (r *Root) followContact() tea.Cmd {
	id, ok := r.current()
	if !ok {
		if !r.list().Loaded() || r.load.contact != 0 {
			return nil
		}
		r.then = waiting{} // nobody comes for whom a key could wait
		if r.place != inList {
			return nil
		}
		cmd := r.keepText(0)
		r.load.shown = 0
		r.thread.Clear()
		r.draft.Clear()
		return cmd
	}
	// While the rep is with a contact the list may change its mind, the contact's
	// pane does not.
	if r.load.contact != 0 || id == r.load.shown && !r.load.stale {
		return nil
	}
	r.load.contactGen++
	r.load.contact, r.load.stale = id, false
	return loadContact(r.o, r.load.contactGen, id)
}

func (r *Root) gotContact(m contactMsg) tea.Cmd {
	if m.gen != r.load.contactGen {
		return nil
	}
	r.load.contact = 0
	cmd := r.keepText(m.id)
	if m.err != nil && m.dossier.Contact.ID == 0 {
		r.load.shown = m.id
		r.thread.Clear()
		if r.draft.Contact() != m.id {
			r.draft.Clear()
		}
		r.then = waiting{}
		return tea.Batch(cmd, r.fail("open the contact", m.err))
	}
	r.load.shown, r.load.noDraft = m.id, m.err
	r.thread.Show(m.dossier)
	r.showDraft(m)
	return tea.Batch(cmd, r.typed(), r.follow(), r.shown(m.id))
}

// isShown says that the panes show the contact under the cursor.
func (r *Root) isShown() bool {
	if r.visiting != 0 {
		return r.load.shown == r.visiting
	}
	if r.place != inList && r.load.shown != 0 {
		return true
	}
	row, ok := r.list().Selected()
	return ok && row.Contact.ID == r.load.shown
}

// whenShown runs a key now, or as soon as the contact under the cursor is
// shown, so that no key ever acts on the one before.
func (r *Root) whenShown(id keys.ID) (wait bool) {
	if r.isShown() && r.load.shown != 0 {
		return false
	}
	r.then = waiting{id: id, who: "Who was chosen"}
	r.then.contact, _ = r.current()
	if row, ok := r.list().Selected(); ok && row.Contact.ID == r.then.contact {
		r.then.who = row.Contact.Called()
	}
	return true
}

func (r *Root) gotOutbox(m outboxMsg) tea.Cmd {
	if m.err != nil {
		return r.fail("load the outbox", m.err)
	}
	r.outbox.Show(m.mails)
	return nil
}

// reloadSoon gathers what happens and reloads once.
func (r *Root) reloadSoon() tea.Cmd {
	r.load.stale = true
	if r.load.reloadDue {
		return nil
	}
	r.load.reloadDue = true
	return after(r.o, gather, func() tea.Msg { return reloadDueMsg{} })
}

func (r *Root) reloadDue() tea.Cmd {
	r.load.reloadDue = false
	return r.reload(queue.Quietly)
}

// gotBorder waits for the next moment at which the clock moves a contact, and
// not much longer.
func (r *Root) gotBorder(m borderMsg) tea.Cmd {
	r.setNow(m.now)
	if m.err != nil {
		r.o.Log("move contacts whose time has come", m.err)
	}
	wait := borderMost
	if !m.next.IsZero() {
		wait = min(max(m.next.Sub(m.now), borderLeast), borderMost)
	}
	// The reload also shows what another stoke, or the command line, changed.
	return tea.Batch(after(r.o, wait, func() tea.Msg { return borderDueMsg{} }), r.reloadSoon())
}
