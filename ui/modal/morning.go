package modal

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/ui/action"
	"stoke/ui/frame"
)

// Morning is the list "going today": one key holds a mail that would leave by
// itself.
type Morning struct {
	chooser
	going []model.Row
	held  []bool
}

// NewMorning returns the list, the first to go first.
func NewMorning(look frame.Look, now time.Time, m model.Morning) *Morning {
	w := &Morning{going: m.Going, held: make([]bool, len(m.Going)),
		chooser: chooser{look: look, title: fmt.Sprintf("Going today: %d by themselves", len(m.Going)), foot: "enter holds one for your key · A holds all · esc lets them go", width: 72}}
	for _, r := range m.Going {
		f := r.Contact.FollowUp
		who := r.Contact.Name
		if who == "" {
			who = r.Contact.Called()
		}
		if r.Contact.Company != "" {
			who += ", " + r.Contact.Company
		}
		step := fmt.Sprintf("%s %d of %d", f.Next.Sequence, f.Next.Step, f.Next.Of)
		w.options = append(w.options, option{label: f.Next.GoesAt.In(now.Location()).Format("15:04") + "  " + frame.Plain(who), right: step, does: action.Hold{Contacts: []int64{r.Contact.ID}}})
	}
	return w
}

// Lines implements Modal.
func (w *Morning) Lines(width, h int) []string { return w.lines(width, min(h, 20)) }

// Press implements Modal.
func (w *Morning) Press(press tea.KeyPressMsg) action.Action {
	switch press.String() {
	case "A":
		return w.holdAll()
	case "T":
		return action.Close{}
	case "h", "H", "space":
		press = tea.KeyPressMsg{Code: tea.KeyEnter}
	}
	chosen, _ := w.press(press)
	if _, holds := chosen.(action.Hold); holds {
		w.hold(w.at)
		w.move(1)
	}
	return chosen
}

func (w *Morning) holdAll() action.Action {
	var all []int64
	for i, r := range w.going {
		if !w.held[i] {
			all = append(all, r.Contact.ID)
			w.hold(i)
		}
	}
	if len(all) == 0 {
		return nil
	}
	return action.Hold{Contacts: all}
}

func (w *Morning) hold(i int) {
	w.held[i] = true
	w.options[i].right, w.options[i].does = "held: waits for you", nil
}
