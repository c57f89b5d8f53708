package editor

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// Press answers a key and says whether it meant anything here. Escape, tab and
// the control keys of the table are the caller's.
func (e *Editor) Press(press tea.KeyPressMsg) bool {
	k := press.Key()
	name := press.String()
	if k.Text != "" && k.Mod&(tea.ModCtrl|tea.ModAlt|tea.ModMeta|tea.ModSuper) == 0 {
		return e.write(k.Text)
	}
	if name == "enter" || name == "shift+enter" {
		return e.write("\n")
	}
	if e.moves(name) {
		return true
	}
	switch name {
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

// moves does what a key does that only moves the cursor; with shift, or while
// a selection is being marked, it extends the selection.
func (e *Editor) moves(name string) bool {
	plain, extend := strings.CutPrefix(name, "shift+")
	if !extend {
		plain, extend = strings.CutPrefix(name, "ctrl+shift+")
		if extend {
			plain = "ctrl+" + plain
		}
	}
	if extend && (plain == "backspace" || plain == "delete") {
		return false
	}
	switch plain {
	case "left", "ctrl+b":
		if e.selecting && !extend && !e.marking {
			e.moveTo(e.chosen.from)
			break
		}
		e.step(e.previous(e.at), extend)
	case "right", "ctrl+f":
		if e.selecting && !extend && !e.marking {
			e.moveTo(e.chosen.to)
			break
		}
		e.step(e.next(e.at), extend)
	case "up":
		e.vertical(-1, extend)
	case "down":
		e.vertical(1, extend)
	case "pgup":
		e.vertical(-max(1, e.h-1), extend)
	case "pgdown":
		e.vertical(max(1, e.h-1), extend)
	case "home", "ctrl+a":
		e.step(e.rowStart(), extend)
	case "end", "ctrl+e":
		e.step(e.rowEnd(), extend)
	case "ctrl+home", "alt+<":
		e.step(place{}, extend)
	case "ctrl+end", "alt+>":
		e.step(e.end(), extend)
	case "alt+left", "ctrl+left", "alt+b":
		e.step(e.previousWord(e.at), extend)
	case "alt+right", "ctrl+right", "alt+f":
		e.step(e.nextWord(e.at), extend)
	default:
		return false
	}
	return true
}

// erase removes from the cursor to a place, or what is chosen.
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
