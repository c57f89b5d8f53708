package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"stoke/ui/keys"
)

// A quick rep is ahead of the disk. What is pressed and pasted before it is
// known where it goes waits, in its order: in the wrong place a letter is a
// verb, and an e or a d about somebody.

// waiting is a key that waits for its contact to be shown, and for nobody else.
type waiting struct {
	id      keys.ID
	contact int64
	who     string
}

// held are keys and pastes that wait.
type held struct {
	msgs []tea.Msg
	text bool // they were meant for a draft, and for nothing else
}

// underWay says that what is pressed now is for a place that is not there yet:
// the draft or the window that was asked for, or who comes after the mail that
// is being sent.
func (r *Root) underWay() bool {
	return r.sends() || r.then.id != "" || r.opening
}

// sends says that a mail is being sent, or will be as soon as its contact is
// shown or its text is saved.
func (r *Root) sends() bool {
	return r.sending != 0 || r.save.send || r.then.id == keys.Send
}

// opens asks for what a window shows.
func (r *Root) opens(load tea.Cmd) tea.Cmd {
	r.opening = true
	return load
}

// awaitsDraft says that the cursor goes into a draft as soon as its contact is
// shown.
func (r *Root) awaitsDraft() bool {
	return r.then.id == keys.Reply || r.then.id == keys.ReplyAll || r.then.id == keys.New
}

// hold keeps a key or a paste. Behind a send it would go out with the mail, or
// be lost with the draft, so not even a second ctrl+s is held there: it would
// overrule a gate that the rep has not read yet.
func (r *Root) hold(msg tea.Msg) {
	r.held.msgs = append(r.held.msgs, msg)
	r.held.text = r.awaitsDraft()
}

// shown runs the key that waits for a contact, now that one is shown. Where
// its own has left the list meanwhile, neither it nor what was pressed behind
// it is for who comes next.
func (r *Root) shown(contact int64) tea.Cmd {
	then := r.then
	if then.id == "" || !r.isShown() {
		return nil
	}
	r.then = waiting{}
	if then.contact == contact {
		return r.run(then.id)
	}
	if r.held.text {
		r.putBy(r.held.msgs)
	}
	r.held = held{}
	return r.say(toastWarn, then.who+" has left the list; nothing was done.")
}

// release does what is held, once it is known where it goes.
func (r *Root) release() tea.Cmd {
	if len(r.held.msgs) == 0 || r.underWay() {
		return nil
	}
	held := r.held
	r.held.msgs = nil
	if held.text && r.place != inDraft {
		r.putBy(held.msgs)
		return nil
	}
	var all []tea.Cmd
	for _, msg := range held.msgs {
		switch msg := msg.(type) {
		case tea.KeyPressMsg:
			all = append(all, r.press(msg))
		case tea.PasteMsg:
			all = append(all, r.paste(msg.Content))
		}
	}
	return tea.Batch(all...)
}

// putBy keeps for ctrl+v what was typed for a draft that did not come.
func (r *Root) putBy(msgs []tea.Msg) {
	var typed strings.Builder
	for _, msg := range msgs {
		switch msg := msg.(type) {
		case tea.KeyPressMsg:
			if msg.Code == tea.KeyEnter {
				typed.WriteByte('\n')
			}
			typed.WriteString(msg.Text)
		case tea.PasteMsg:
			typed.WriteString(msg.Content)
		}
	}
	if strings.TrimSpace(typed.String()) == "" {
		return
	}
	r.draft.Keep(typed.String())
	r.tell(news{kind: toastWarn, text: "What you typed is kept: in a draft, ctrl+v puts it in."})
}
