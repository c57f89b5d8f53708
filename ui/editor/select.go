package editor

// A selection reaches from an anchor to the cursor. Shift and a move extend it
// where the terminal reports them; everywhere a mark does, from which on every
// move extends it.

// Selected is the selected text, "" for none.
func (e *Editor) Selected() string {
	if !e.selecting {
		return ""
	}
	return e.slice(e.chosen)
}

// ToggleMark begins a selection at the cursor, or lets go of the one there is.
// It says whether one has begun.
func (e *Editor) ToggleMark() bool {
	if e.marking || e.selecting {
		e.marking = false
		e.moveTo(e.at)
		return false
	}
	e.moveTo(e.at)
	e.marking, e.anchor = true, e.at
	return true
}

// SelectAll selects the whole text.
func (e *Editor) SelectAll() {
	e.marking = false
	e.moveTo(place{})
	e.step(e.end(), true)
}

// Cut takes the selected text out, as one step that can be undone, and gives
// it; "" for none.
func (e *Editor) Cut() string {
	text := e.Selected()
	if text != "" {
		e.change(e.chosen, "", false)
		e.follow()
	}
	return text
}

// Unselect lets go of a selection, and keeps the cursor.
func (e *Editor) Unselect() {
	e.marking = false
	e.moveTo(e.at)
}

// step moves the cursor and takes the selection along where it is to grow.
func (e *Editor) step(to place, extend bool) {
	if !extend && !e.marking {
		e.moveTo(to)
		return
	}
	anchor, marking := e.anchor, e.marking
	if !e.selecting && !e.marking {
		anchor = e.at
	}
	e.moveTo(to)
	e.anchor, e.marking = anchor, marking
	if e.chosen = (reach{anchor, to}); to.before(anchor) {
		e.chosen = reach{to, anchor}
	}
	e.selecting = !e.chosen.empty()
}

// letGo ends what is chosen.
func (e *Editor) letGo() { e.chosen, e.selecting, e.marking = reach{}, false, false }
