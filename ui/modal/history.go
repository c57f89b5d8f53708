package modal

import (
	"time"

	"stoke/model"
	"stoke/model/schedule"
	"stoke/ui/action"
	"stoke/ui/frame"
)

// History lists what was done lately and takes back what is chosen.
type History struct{ chooser }

// NewHistory returns the list, the newest first; nil when nothing was done.
func NewHistory(look frame.Look, now time.Time, changes []model.Change) *History {
	h := &History{chooser{look: look, title: "History", foot: "enter undoes it · what changed since is kept · esc back", width: 76}}
	for _, c := range changes {
		if c.Undone {
			continue
		}
		h.options = append(h.options, option{label: c.Says, right: schedule.Ago(now.Sub(c.At)), does: action.UndoChange{ID: c.ID}})
	}
	if len(h.options) == 0 {
		return nil
	}
	return h
}

// Lines implements Modal.
func (h *History) Lines(w, height int) []string { return h.lines(w, min(height, 18)) }
