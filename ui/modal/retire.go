package modal

import (
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/ui/action"
	"stoke/ui/frame"
)

// Retire asks for the reason.
type Retire struct{ chooser }

// NewRetire returns the picker of reasons.
func NewRetire(look frame.Look, who string, rules model.Rules) *Retire {
	r := &Retire{chooser{look: look, title: "Retire " + who, foot: "u brings them back · esc cancel", width: 58}}
	for i, reason := range model.Reasons() {
		o := option{key: strconv.Itoa(i + 1), label: reason.Says(), right: consequence(reason, rules), does: action.Do{Verb: model.Retire{Reason: reason}}}
		if reason == model.ReasonTiming {
			o.does = action.AskDate{}
		}
		r.options = append(r.options, o)
	}
	return r
}

// consequence says what retiring for a reason does.
func consequence(reason model.Reason, rules model.Rules) string {
	days := rules.RetireDays[reason]
	switch {
	case reason == model.ReasonTiming:
		return "back on their date…"
	case reason == model.ReasonOptOut:
		return "never mailed again"
	case reason == model.ReasonLeft:
		return "this address only"
	case reason == model.ReasonLost:
		return "closes the deal"
	case days > 0:
		return fmt.Sprintf("nurture after %d days", days)
	default:
		return "for good"
	}
}

// Lines implements Modal.
func (r *Retire) Lines(w, h int) []string { return r.lines(w, h) }

// Press implements Modal.
func (r *Retire) Press(press tea.KeyPressMsg) action.Action {
	chosen, _ := r.press(press)
	return chosen
}

// Paste implements Modal.
func (r *Retire) Paste(string) action.Action { return nil }
