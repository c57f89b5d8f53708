package editor

import tea "charm.land/bubbletea/v2"

// Press answers a key and says whether it meant anything here. Escape, tab and
// the control keys of the table are the caller's.
func (e *Editor) Press(press tea.KeyPressMsg) bool {
	k := press.Key()
	name := press.String()
	if k.Text != "" && k.Mod&(tea.ModCtrl|tea.ModAlt|tea.ModMeta|tea.ModSuper) == 0 {
		return e.write(k.Text)
	}
	switch name {
	case "enter", "shift+enter":
		return e.write("\n")
	case "left", "ctrl+b":
		e.moveTo(e.previous(e.at))
	case "right", "ctrl+f":
		e.moveTo(e.next(e.at))
	case "up":
		e.vertical(-1)
	case "down":
		e.vertical(1)
	case "pgup":
		e.vertical(-max(1, e.h-1))
	case "pgdown":
		e.vertical(max(1, e.h-1))
	case "home", "ctrl+a":
		e.moveTo(e.rowStart())
	case "end", "ctrl+e":
		e.moveTo(e.rowEnd())
	case "ctrl+home", "alt+<":
		e.ToStart()
	case "ctrl+end", "alt+>":
		e.ToEnd()
	case "alt+left", "ctrl+left", "alt+b":
		e.moveTo(e.previousWord(e.at))
	case "alt+right", "ctrl+right", "alt+f":
		e.moveTo(e.nextWord(e.at))
	case "backspace", "shift+backspace":
		e.erase(e.previous(e.at), true)
	case "delete":
		e.erase(e.next(e.at), false)
	case "ctrl+w", "alt+backspace", "ctrl+backspace":
		e.erase(e.previousWord(e.at), false)
	case "alt+d", "ctrl+delete":
		e.erase(e.nextWord(e.at), false)
	case "ctrl+u":
		e.erase(place{e.at.row, 0}, false)
	case "ctrl+k":
		e.erase(place{e.at.row, len(e.lines[e.at.row].text)}, false)
	default:
		return false
	}
	return true
}

func (e *Editor) write(text string) bool {
	if text != "\n" {
		text = clean(text)
	}
	if text == "" {
		return false
	}
	e.change(e.target(), text, true)
	e.follow()
	return true
}

// erase removes from the cursor to a place, or the chosen blank.
func (e *Editor) erase(to place, typed bool) {
	r := reach{e.at, to}
	if to.before(e.at) {
		r = reach{to, e.at}
	}
	if !e.chosen.empty() {
		r, typed = e.chosen, false
	}
	if r.empty() {
		return
	}
	e.change(r, "", typed)
	e.follow()
}
