package modal

import (
	"stoke/model"
	"stoke/themes"
	"stoke/ui/action"
	"stoke/ui/frame"
)

// Question states something and offers a few answers, each with its key.
type Question struct {
	chooser
	text string
}

// ConfirmDiscard asks before a draft is forgotten.
func ConfirmDiscard(look frame.Look, who string) *Question {
	return question(look, "Discard the draft to "+who+"?", "u brings it back within 8 seconds.",
		option{key: "d", label: "discard it", does: action.Discard{}},
		option{key: "k", label: "keep it", does: action.Close{}})
}

// Owed asks how to leave while mail has not left.
func Owed(look frame.Look, n int) *Question {
	text := "1 mail has not left yet. It leaves at the next start or with `stoke sync`."
	if n > 1 {
		text = frame.Count(n) + " mails have not left yet. They leave at the next start or with `stoke sync`."
	}
	return question(look, "Leave now?", text,
		option{key: "w", label: "wait until they are out, then leave", does: action.QuitWhenSent{}},
		option{key: "q", label: "leave now", does: action.Quit{}},
		option{key: "s", label: "stay", does: action.Close{}})
}

// Decide asks the rep's word on a mail; what can be said depends on its state.
// Line is the sentence on how it stands.
func Decide(look frame.Look, mail model.Outgoing, line string) *Question {
	judge := func(turn model.Turn) action.Action { return action.Judge{Mail: mail.ID, Turn: turn} }
	var options []option
	switch mail.State {
	case model.Queued:
		options = []option{
			{key: "b", label: "take it back into the draft", does: judge(model.TurnUndo)},
			{key: "d", label: "drop it", does: judge(model.TurnDrop)},
		}
	case model.Failed:
		options = []option{
			{key: "a", label: "send it again", does: judge(model.TurnAgain)},
			{key: "d", label: "drop it", does: judge(model.TurnDrop)},
		}
	case model.Uncertain:
		options = []option{{key: "s", label: "it went out", does: judge(model.TurnSaysSent)}}
	case model.AskRep:
		options = []option{
			{key: "s", label: "it went out", does: judge(model.TurnSaysSent)},
			{key: "a", label: "send it again", right: "they may get it twice", does: judge(model.TurnAgain)},
			{key: "d", label: "drop it", does: judge(model.TurnDrop)},
		}
	}
	options = append(options, option{key: "l", label: "leave it as it is", does: action.Close{}})
	return question(look, mail.Subject, line, options...)
}

func question(look frame.Look, title, text string, options ...option) *Question {
	return &Question{chooser{look: look, title: frame.Plain(title), options: options, width: 60}, text}
}

// Lines implements Modal.
func (q *Question) Lines(w, h int) []string {
	width := min(q.width, w)
	var lines []string
	for _, l := range frame.Wrap(frame.PlainText(q.text), width-4) {
		lines = append(lines, " "+q.look.Paint(themes.Text, l))
	}
	lines = append(lines, "")
	for i := range q.options {
		lines = append(lines, " "+q.option(i, width-4))
	}
	if len(lines) > h-2 {
		lines = lines[len(lines)-max(0, h-2):]
	}
	return frame.Framed(q.look.Theme, q.look.Glyphs, q.title, lines, width)
}
