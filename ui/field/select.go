package field

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Selected is the selected text, "" for none.
func (f *Field) Selected() string {
	if !f.selecting {
		return ""
	}
	text := f.Text()
	return text[len(upTo(text, f.chosen[0])):len(upTo(text, f.chosen[1]))]
}

// ToggleMark begins a selection at the cursor, or lets go of the one there is.
// It says whether one has begun.
func (f *Field) ToggleMark() bool {
	if f.marking || f.selecting {
		f.letGo()
		return false
	}
	f.letGo()
	f.marking, f.anchor = true, f.input.Position()
	return true
}

// SelectAll selects the whole line.
func (f *Field) SelectAll() {
	f.ToEnd()
	f.selectFrom(0, false)
}

// Cut takes the selected text out, as one step that can be undone, and gives
// it; "" for none.
func (f *Field) Cut() string {
	text, before := f.Selected(), f.now()
	if text != "" {
		f.dropChosen()
		f.changed(before, false)
	}
	return text
}

// Unselect lets go of a selection, and keeps the cursor.
func (f *Field) Unselect() { f.letGo() }

// extends does what a key does that moves the cursor with shift, or while a
// selection is being marked.
func (f *Field) extends(press tea.KeyPressMsg) bool {
	k := press.Key()
	shifted := k.Mod&tea.ModShift != 0
	if k.Text != "" || !shifted && !f.marking {
		return false
	}
	k.Mod &^= tea.ModShift
	plain := tea.KeyPressMsg(k)
	times := 1
	switch strings.TrimPrefix(plain.String(), "ctrl+") {
	case "left":
		if k.Mod == 0 {
			times = f.letterBefore()
		}
	case "right":
		if k.Mod == 0 {
			times = f.letterBehind()
		}
	case "home", "end", "a", "e", "alt+left", "alt+right", "alt+b", "alt+f":
	default:
		return false
	}
	anchor, marking := f.anchor, f.marking
	if !f.selecting && !f.marking {
		anchor = f.input.Position()
	}
	for range times {
		f.update(plain)
	}
	f.selectFrom(anchor, marking)
	return true
}

func (f *Field) selectFrom(anchor int, marking bool) {
	at := f.input.Position()
	f.chosen = [2]int{min(anchor, at), max(anchor, at)}
	f.anchor, f.marking, f.selecting, f.history.typing = anchor, marking, anchor != at, false
	f.follow()
}

func (f *Field) letGo() { f.chosen, f.selecting, f.marking = [2]int{}, false, false }
