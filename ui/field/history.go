package field

import "strings"

// state is a text with its cursor, in runes.
type state struct {
	text string
	at   int
}

// historySize is how many bytes of texts are kept, the oldest go first.
const historySize = 4 << 20

// stateSize is that of a state beside its text.
const stateSize = 24

// history is what can be undone. A line is short, so that whole texts are kept.
type history struct {
	undo, redo []state
	kept       int // bytes of undo
	// typing says that the last step may still grow by the next letter.
	typing bool
}

// step remembers what stood before a change; a letter of the same word joins
// the step before it.
func (h *history) step(before, now state, typed bool) {
	grows := typed && h.typing && len(now.text) > len(before.text) && !startsWord(before, now)
	h.redo = nil
	if !grows {
		h.keep(before)
	}
	h.typing = typed
}

// startsWord says that a space was followed by a letter.
func startsWord(before, now state) bool {
	return strings.HasSuffix(upTo(before.text, before.at), " ") && !strings.HasSuffix(upTo(now.text, now.at), " ")
}

func (h *history) keep(s state) {
	h.undo, h.redo, h.typing = append(h.undo, s), nil, false
	for h.kept += len(s.text) + stateSize; h.kept > historySize && len(h.undo) > 1; h.undo = h.undo[1:] {
		h.kept -= len(h.undo[0].text) + stateSize
	}
}

func (h *history) back(now state) (state, bool) {
	if len(h.undo) == 0 {
		return state{}, false
	}
	s := h.undo[len(h.undo)-1]
	h.undo, h.redo, h.typing = h.undo[:len(h.undo)-1], append(h.redo, now), false
	h.kept -= len(s.text) + stateSize
	return s, true
}

func (h *history) forth(now state) (state, bool) {
	if len(h.redo) == 0 {
		return state{}, false
	}
	s := h.redo[len(h.redo)-1]
	h.redo, h.undo, h.typing = h.redo[:len(h.redo)-1], append(h.undo, now), false
	h.kept += len(now.text) + stateSize
	return s, true
}
