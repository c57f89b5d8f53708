package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/ui/queue"
)

// Every command of the screen: a free function that takes what it needs and
// answers with one message. Commands run beside the update loop and may wait
// for the disk, never for the network.

// saveLimit is how long leaving waits for the last text to be saved.
const saveLimit = 2 * time.Second

func loadPage(o Options, gen int, q model.Query, why queue.Reason) tea.Cmd {
	return func() tea.Msg {
		m := pageMsg{gen: gen, view: q.View, query: q, why: why, now: o.Now()}
		m.page, m.err = o.Desk.Rows(o.Ctx, q)
		if m.err == nil && len(m.page.Rows) == 0 {
			// An empty list says why it is empty, out of the counts; a full one does not wait for them.
			m.counts, m.err = count(o)
		}
		return m
	}
}

func loadCounts(o Options, gen int) tea.Cmd {
	return func() tea.Msg {
		m := countsMsg{gen: gen}
		m.counts, m.err = count(o)
		return m
	}
}

func count(o Options) (*model.Counts, error) {
	counts, err := o.Desk.Counts(o.Ctx)
	return &counts, err
}

// loadContact opens a contact; where no draft was begun it makes one from the
// best template, which is not saved.
func loadContact(o Options, gen int, id int64) tea.Cmd {
	return func() tea.Msg {
		m := contactMsg{gen: gen, id: id}
		if m.dossier, m.err = o.Desk.Open(o.Ctx, id); m.err != nil {
			return m
		}
		if m.draft = m.dossier.Draft; m.draft == nil {
			if fresh, err := o.Desk.Compose(o.Ctx, id, ""); err == nil {
				m.draft = &fresh
			} else {
				m.err = err
			}
		}
		return m
	}
}

func loadOutbox(o Options) tea.Cmd {
	return func() tea.Msg {
		mails, err := o.Desk.Outbox(o.Ctx, 200)
		return outboxMsg{mails, err}
	}
}

func doVerb(o Options, verb model.Verb, targets []int64, moved bool) tea.Cmd {
	return func() tea.Msg {
		change, err := o.Desk.Do(o.Ctx, verb, targets...)
		if err == nil {
			o.Wire.Kick()
		}
		return didMsg{change, targets, moved, o.Now(), err}
	}
}

func send(o Options, a model.Approval) tea.Cmd {
	return func() tea.Msg {
		change, mail, err := o.Desk.Send(o.Ctx, a)
		if err == nil {
			o.Wire.Kick()
		}
		return sentMsg{change, mail, a.Draft.Contact, o.Now(), err}
	}
}

func undo(o Options, change int64) tea.Cmd {
	return func() tea.Msg {
		undone, says, err := o.Desk.Undo(o.Ctx, change)
		return undoneMsg{undone, says, o.Now(), err}
	}
}

func loadHistory(o Options) tea.Cmd {
	return func() tea.Msg {
		changes, err := o.Desk.History(o.Ctx, 50)
		return historyMsg{changes, err}
	}
}

func loadCompany(o Options, contact int64) tea.Cmd {
	return func() tea.Msg {
		company, err := o.Desk.Company(o.Ctx, contact)
		return companyMsg{contact, company, o.Now(), err}
	}
}

func loadMorning(o Options, asked bool) tea.Cmd {
	return func() tea.Msg {
		morning, err := o.Desk.Morning(o.Ctx)
		return morningMsg{asked, morning, o.Now(), err}
	}
}

func judge(o Options, id int64, turn model.Turn) tea.Cmd {
	return func() tea.Msg {
		mail, err := o.Desk.Judge(o.Ctx, id, turn)
		if err == nil {
			o.Wire.Kick()
		}
		return judgedMsg{mail, turn, o.Now(), err}
	}
}

func saveDraft(o Options, d model.Draft) tea.Cmd {
	return func() tea.Msg {
		saved, err := o.Desk.SaveDraft(o.Ctx, d)
		return savedMsg{d.Contact, saved, err}
	}
}

// saveThenQuit keeps the last texts, even when the program's context has ended.
func saveThenQuit(o Options, texts []model.Draft) tea.Cmd {
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(o.Ctx), saveLimit)
		defer cancel()
		for _, d := range texts {
			if _, err := o.Desk.SaveDraft(ctx, d); err != nil {
				o.Log("save the draft while leaving", err)
			}
		}
		return tea.Quit()
	}
}

func discardDraft(o Options, d model.Draft) tea.Cmd {
	return func() tea.Msg { return discardedMsg{d, o.Desk.DiscardDraft(o.Ctx, d.Contact)} }
}

// markRead only logs what goes wrong: the rep did not ask for it.
func markRead(o Options, contact int64) tea.Cmd {
	return func() tea.Msg {
		if err := o.Desk.Read(o.Ctx, contact); err != nil {
			o.Log("mark as read", err)
		}
		return readMsg{}
	}
}

func resolve(o Options, ask int, words []string) tea.Cmd {
	return func() tea.Msg {
		m := resolvedMsg{ask: ask, at: make([]time.Time, len(words))}
		for i, w := range words {
			if w == "" {
				continue
			}
			if at, err := o.Desk.When(w); err == nil {
				m.at[i] = at
			}
		}
		return m
	}
}

func snoozeAgain(o Options, words string, targets []int64) tea.Cmd {
	return func() tea.Msg {
		at, err := o.Desk.When(words)
		return againMsg{at, targets, err}
	}
}

func loadTemplates(o Options, contact int64) tea.Cmd {
	return func() tea.Msg {
		list, err := o.Desk.Templates(o.Ctx, contact)
		return templatesMsg{contact, list, err}
	}
}

func fillTemplate(o Options, contact int64, name string) tea.Cmd {
	return func() tea.Msg {
		draft, err := o.Desk.Compose(o.Ctx, contact, name)
		return filledMsg{contact, draft, err}
	}
}

// crossBorders asks the store to move the contacts that the clock alone has
// moved.
func crossBorders(o Options) tea.Cmd {
	return func() tea.Msg {
		moved, next, err := o.Desk.Tick(o.Ctx)
		return borderMsg{moved, next, o.Now(), err}
	}
}

func syncNow(o Options) tea.Cmd {
	return func() tea.Msg {
		o.Wire.Sync()
		return nil
	}
}

// after sends a message once d has passed.
func after(o Options, d time.Duration, msg func() tea.Msg) tea.Cmd {
	if o.After != nil {
		return o.After(d, msg)
	}
	return tea.Tick(d, func(time.Time) tea.Msg { return msg() })
}

func tick(o Options, d time.Duration) tea.Cmd {
	return after(o, d, func() tea.Msg { return tickMsg{o.Now()} })
}

func preview(o Options, d model.Draft) tea.Cmd {
	return func() tea.Msg {
		mail, err := o.Desk.Preview(o.Ctx, d)
		return leavingMsg{d.Contact, mail, err}
	}
}

func attach(o Options, contact int64, path string) tea.Cmd {
	return func() tea.Msg {
		file, err := o.Desk.Attach(o.Ctx, atHome(path))
		return attachedMsg{contact, file, err}
	}
}
