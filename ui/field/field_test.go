package field

import (
	"strings"
	"testing"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"stoke/themes"
	"stoke/ui/frame"
)

var named = map[string]tea.KeyPressMsg{
	"left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd},
	"backspace": {Code: tea.KeyBackspace}, "delete": {Code: tea.KeyDelete},
	"ctrl+v": {Code: 'v', Mod: tea.ModCtrl}, "ctrl+w": {Code: 'w', Mod: tea.ModCtrl}, "ctrl+u": {Code: 'u', Mod: tea.ModCtrl},
	"shift+left": {Code: tea.KeyLeft, Mod: tea.ModShift}, "shift+right": {Code: tea.KeyRight, Mod: tea.ModShift},
	"shift+home": {Code: tea.KeyHome, Mod: tea.ModShift}, "ctrl+shift+left": {Code: tea.KeyLeft, Mod: tea.ModShift | tea.ModCtrl},
	"ctrl+k": {Code: 'k', Mod: tea.ModCtrl}, "alt+d": {Code: 'd', Mod: tea.ModAlt}, "alt+b": {Code: 'b', Mod: tea.ModAlt},
	"alt+f": {Code: 'f', Mod: tea.ModAlt}, "ctrl+d": {Code: 'd', Mod: tea.ModCtrl}, "up": {Code: tea.KeyUp}, "ctrl+p": {Code: 'p', Mod: tea.ModCtrl},
}

func press(f *Field, keys ...string) {
	for _, k := range keys {
		if p, ok := named[k]; ok {
			f.Press(p)
			continue
		}
		for _, r := range k {
			f.Press(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
}

func TestALetterIsOneBackspace(t *testing.T) {
	for _, letter := range []string{"a", "e\u0301", "日", "👍🏽", "क्षि"} {
		f := New(themes.Theme{})
		f.Insert("x" + letter)
		press(f, "left")
		if f.before() != "x" {
			t.Errorf("left of %q: %q", letter, f.before())
		}
		press(f, "right", "backspace")
		if f.Text() != "x" {
			t.Errorf("%q left %q", letter, f.Text())
		}
	}
}

func TestUndoGoesByWords(t *testing.T) {
	f := New(themes.Theme{})
	press(f, "fri two pm")
	for _, want := range []string{"fri two ", "fri ", ""} {
		if !f.Undo() || f.Text() != want {
			t.Fatalf("undone to %q, wanted %q", f.Text(), want)
		}
	}
	if f.Undo() {
		t.Error("nothing is left to undo")
	}
	for range 3 {
		f.Redo()
	}
	if f.Text() != "fri two pm" || f.Redo() {
		t.Errorf("redone to %q", f.Text())
	}
	f.Replace("next week")
	if f.Undo(); f.Text() != "fri two pm" {
		t.Errorf("a replaced text comes back: %q", f.Text())
	}
}

func TestBlanksAreReplacedByWhatIsTyped(t *testing.T) {
	f := New(themes.Theme{})
	f.SetText("Über {{topic}} und {{day}}")
	if f.Blanks() != 2 || !f.NextBlank() || f.LastBlankPassed() {
		t.Fatalf("%d blanks", f.Blanks())
	}
	press(f, "Preise")
	if f.Text() != "Über Preise und {{day}}" || !f.NextBlank() || !f.LastBlankPassed() {
		t.Fatalf("%q", f.Text())
	}
	press(f, "backspace")
	if f.Text() != "Über Preise und " || f.NextBlank() {
		t.Errorf("%q", f.Text())
	}
	if f.Undo(); f.Text() != "Über Preise und {{day}}" {
		t.Errorf("undone to %q", f.Text())
	}
}

func TestPasteIsOneLine(t *testing.T) {
	f := New(themes.Theme{})
	f.Insert("a\r\nb\tc\x1b[31m\x00")
	if f.Text() != "a b c[31m" {
		t.Errorf("%q", f.Text())
	}
}

// Whatever is pressed, the line is drawn in its cells, with the cursor in them
// and at the border of a letter, and undoing everything ends where it began.
func TestAnythingPressed(t *testing.T) {
	keys := []string{"a", " ", "é", "日", "👩‍👩‍👧", "{{x}}", "שלום", "mark", "cut", "all"}
	for k := range named {
		keys = append(keys, k)
	}
	rapid.Check(t, func(t *rapid.T) {
		f := New(themes.Theme{})
		w := rapid.IntRange(2, 20).Draw(t, "w")
		f.SetSize(w, 1)
		for _, k := range rapid.SliceOfN(rapid.SampledFrom(keys), 0, 60).Draw(t, "keys") {
			switch k {
			case "mark":
				f.ToggleMark()
			case "cut":
				f.Insert(f.Cut())
			case "all":
				f.SelectAll()
			default:
				press(f, k)
			}
			if line := f.View()[0]; frame.Width(line) != w {
				t.Fatalf("%d cells of %d: %q", frame.Width(line), w, line)
			}
			if x, _ := f.Cursor(); x < 0 || x >= w {
				t.Fatalf("the cursor is at %d of %d", x, w)
			}
			if !utf8.ValidString(f.Text()) || strings.ContainsAny(f.Text(), "\n\r\t") {
				t.Fatalf("%q", f.Text())
			}
		}
		for f.Undo() {
		}
		if f.Text() != "" {
			t.Fatalf("undone to %q", f.Text())
		}
	})
}

func TestTheCursorStandsWhereItIsDrawn(t *testing.T) {
	f := New(themes.Theme{})
	f.SetSize(10, 1)
	f.Insert("日本語日本語日本語")
	if x, _ := f.Cursor(); x != 9 {
		t.Errorf("behind the last letter of a long text: %d", x)
	}
	press(f, "left")
	if x, _ := f.Cursor(); x != 7 {
		t.Errorf("before the last letter: %d, %q", x, f.View()[0])
	}
	press(f, "home")
	if x, _ := f.Cursor(); x != 0 {
		t.Errorf("at the start: %d", x)
	}
}
