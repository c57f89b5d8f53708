package uitest

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
)

var named = map[string]rune{
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "backspace": tea.KeyBackspace, "delete": tea.KeyDelete,
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd,
	"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "f1": tea.KeyF1, "f2": tea.KeyF2, "f3": tea.KeyF3,
}

// Key makes the press of a key from its name, as Bubble Tea names keys.
func Key(name string) tea.KeyPressMsg {
	var mod tea.KeyMod
	for {
		switch {
		case strings.HasPrefix(name, "ctrl+"):
			mod, name = mod|tea.ModCtrl, name[len("ctrl+"):]
			continue
		case strings.HasPrefix(name, "alt+"):
			mod, name = mod|tea.ModAlt, name[len("alt+"):]
			continue
		case strings.HasPrefix(name, "shift+"):
			mod, name = mod|tea.ModShift, name[len("shift+"):]
			continue
		}
		break
	}
	if code, ok := named[name]; ok {
		return tea.KeyPressMsg{Code: code, Mod: mod}
	}
	if name == "space" {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " ", Mod: mod}
	}
	r := []rune(name)[0]
	press := tea.KeyPressMsg{Code: unicode.ToLower(r), Mod: mod}
	if mod == 0 {
		press.Text = name
		if unicode.IsUpper(r) {
			press.Mod, press.ShiftedCode = tea.ModShift, r
		}
	}
	return press
}
