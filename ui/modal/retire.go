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
type Retire struct {
	chooser
	again string // the key that takes the option under the cursor, beside enter
}

// NewRetire returns the picker of reasons.
func NewRetire(look frame.Look, who string, rules model.Rules) *Retire {
	r := &Retire{chooser: chooser{look: look, title: "Retire " + who, foot: "u brings them back · esc cancel", width: 58}}
	for i, reason := range model.Reasons() {
		o := option{key: strconv.Itoa(i + 1), label: reason.Says(), right: consequence(reason, rules), does: action.Do{Verb: model.Retire{Reason: reason}}}
		if reason == model.ReasonTiming {
			o.does = action.AskDate{}
		}
		r.options = append(r.options, o)
	}
	return r
}

// NewNever returns the picker for people whom nobody has decided on: the key
// that opened it says not a fit, the usual reason.
func NewNever(look frame.Look, who string, rules model.Rules) *Retire {
	r := NewRetire(look, who, rules)
	r.title, r.foot, r.again = "Never "+who, "d not a fit · u brings them back · esc cancel", "d"
	for i, reason := range model.Reasons() {
		if reason == model.ReasonNoFit {
			r.at = i
		}
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

// Press implements Modal.
func (r *Retire) Press(press tea.KeyPressMsg) action.Action {
	if r.again != "" && press.String() == r.again {
		return r.options[r.at].does
	}
	return r.chooser.Press(press)
}
