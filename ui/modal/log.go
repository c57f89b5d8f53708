package modal

import (
	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/ui/action"
	"stoke/ui/field"
	"stoke/ui/frame"
)

// Log asks what happened, one key an outcome.
type Log struct{ chooser }

// outcomes are the kinds with the key that logs them.
var outcomes = []struct {
	key  string
	kind model.Kind
	says string
}{
	{"c", model.Call, "call: we spoke"},
	{"n", model.NoAnswer, "call: no answer"},
	{"v", model.Voicemail, "call: voicemail"},
	{"b", model.Busy, "call: busy"},
	{"x", model.WrongNumber, "call: wrong number"},
	{"m", model.Meeting, "meeting held"},
	{"M", model.Booked, "meeting booked"},
	{"t", model.Text, "text sent"},
	{"e", model.EventSeen, "event attended"},
	{"i", model.Inquiry, "asked to be contacted"},
	{"D", model.Demo, "asked for a demo"},
	{"P", model.Pricing, "asked about pricing"},
	{"p", model.Proposal, "proposal sent"},
	{"$", model.Purchase, "bought"},
	{"r", model.Referral, "referred by somebody"},
	{"N", model.NotNow, "said not now"},
	{"R", model.Refusal, "said no"},
	{"o", model.Note, "a note"},
}

// NewLog returns the picker of outcomes.
func NewLog(look frame.Look, who string) *Log {
	l := &Log{chooser{look: look, title: "Log for " + who, foot: "esc cancel", width: 46}}
	for _, o := range outcomes {
		l.options = append(l.options, option{key: o.key, label: o.says, does: action.AskNote{Kind: o.kind}})
	}
	return l
}

// Note asks for the words that go with an outcome; they may be left out.
type Note struct {
	chooser
	kind model.Kind
}

// NewNote returns the line for a note.
func NewNote(look frame.Look, who string, kind model.Kind) *Note {
	title := "Note for " + who
	for _, o := range outcomes {
		if o.kind == kind {
			title = who + ": " + o.says
		}
	}
	foot := "enter logs it, with or without a note · esc cancel"
	if kind == model.Note {
		foot = "enter keeps the note · esc cancel"
	}
	return &Note{chooser{look: look, title: title, foot: foot, field: field.New(look.Theme), width: 64}, kind}
}

// Press implements Modal.
func (n *Note) Press(press tea.KeyPressMsg) action.Action {
	if press.String() == "enter" {
		if n.kind == model.Note && n.words() == "" {
			return nil
		}
		return action.Do{Verb: model.Log{Kind: n.kind, Note: n.words()}}
	}
	return n.chooser.Press(press)
}
