package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"stoke/ui/action"
	"stoke/ui/frame"
	"stoke/ui/keys"
	"stoke/ui/modal"
)

// press routes a key: ctrl+c leaves whatever is on top, then the modal, the
// filter, the table of keys, and last the text.
func (r *Root) press(press tea.KeyPressMsg) tea.Cmd {
	id, bound := r.keys.Match(press, r.context())
	switch {
	case bound && id == keys.Leave:
		return r.leave()
	case r.layout.Class == frame.Guard && (r.place != inDraft || r.modal != nil):
		if bound && id == keys.Quit {
			return r.leave()
		}
		return nil
	case r.modal != nil && r.grace:
		return nil
	case r.modal != nil:
		return r.act(r.modal.Press(press))
	case r.underWay():
		if !bound || id != keys.Send || !r.sends() {
			r.hold(press)
		}
		return nil
	case r.filter != nil:
		return r.pressFilter(press)
	case bound:
		return r.run(id)
	case r.place == inDraft:
		if press.Text == " " {
			if cmd, expanded := r.expand(" ", false); expanded {
				return cmd
			}
		}
		r.draft.Press(press)
		return r.typed()
	default:
		return r.say(toastWarn, r.deaf(press))
	}
}

// deaf says what to do about a key that means nothing here.
func (r *Root) deaf(press tea.KeyPressMsg) string {
	key := press.Text
	if key == "" || key == " " {
		key = press.String()
	}
	return frame.Plain(key) + " does nothing here. ? shows the keys, : finds an action."
}

// pressFilter types into the filter; the list narrows with every letter.
func (r *Root) pressFilter(press tea.KeyPressMsg) tea.Cmd {
	switch press.String() {
	case "esc":
		r.filter = nil
		r.list().SetSearch("")
		return r.ask(r.list().First(), 0)
	case "enter":
		r.filter = nil
		return nil
	case "up", "ctrl+p":
		r.list().Move(-1)
		return r.follow()
	case "down", "ctrl+n":
		r.list().Move(1)
		return r.follow()
	}
	before := r.filter.Text()
	r.filter.Press(press)
	if r.filter.Text() == before {
		return nil
	}
	return r.filtered()
}

func (r *Root) filtered() tea.Cmd {
	r.list().SetSearch(r.filter.Text())
	return r.ask(r.list().First(), 0)
}

// act turns what a modal wants into commands.
func (r *Root) act(a action.Action) tea.Cmd {
	if a == nil {
		return nil
	}
	if ask, ok := a.(action.Resolve); ok {
		return resolve(r.o, ask.Ask, ask.Words)
	}
	if ask, ok := a.(action.ListFolder); ok {
		return listFolder(ask.Ask, ask.Folder)
	}
	if hold, ok := a.(action.Hold); ok {
		return r.holdMails(hold.Contacts)
	}
	if number, ok := a.(action.CopyNumber); ok {
		return tea.SetClipboard(number.Number)
	}
	if drop, ok := a.(action.DropFilter); ok {
		return dropFilter(r.o, drop.Filter)
	}
	r.modal = nil
	switch a := a.(type) {
	case action.Do:
		r.remember(a)
		return r.do(a.Verb)
	case action.AskDate:
		return r.pickBack()
	case action.UseFilter:
		return r.useFilter(a.Text)
	case action.KeepFilter:
		return keepFilter(r.o, a.Filter)
	case action.AskLog:
		r.modal = modal.NewLog(r.look, r.who())
	case action.AskNote:
		r.pickNote(a.Kind)
		return nil
	case action.Attach:
		r.folder = a.Path[:strings.LastIndexByte(a.Path, '/')+1]
		return attach(r.o, r.draft.Contact(), a.Path)
	case action.Detach:
		r.draft.Detach(a.Path)
		return tea.Batch(r.typed(), r.say(toastDone, "It does not go along any more."))
	case action.UseTemplate:
		return fillTemplate(r.o, r.load.shown, a.Name)
	case action.Jump:
		r.draft.Jump(a.To)
	case action.UndoChange:
		r.toast = toast{}
		return undo(r.o, a.ID)
	case action.Judge:
		return judge(r.o, a.Mail, a.Turn)
	case action.Visit:
		return r.visit(a.Contact, r.viewName())
	case action.Press:
		return r.run(a.ID)
	case action.Discard:
		return r.discard()
	case action.Quit:
		return r.leave()
	case action.QuitWhenSent:
		r.quitting = true
		r.o.Wire.Kick()
		return r.say(toastNews, "Leaving as soon as the mail is out. ctrl+c leaves now.")
	}
	return nil
}
