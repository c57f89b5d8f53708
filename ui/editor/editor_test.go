package editor

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"stoke/themes"
	"stoke/ui/frame"
)

func key(name string) tea.KeyPressMsg {
	special := map[string]rune{"enter": tea.KeyEnter, "backspace": tea.KeyBackspace, "delete": tea.KeyDelete, "left": tea.KeyLeft, "right": tea.KeyRight,
		"up": tea.KeyUp, "down": tea.KeyDown, "home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown}
	if rest, ok := strings.CutPrefix(name, "shift+"); ok {
		press := key(rest)
		press.Mod |= tea.ModShift
		return press
	}
	if rest, ok := strings.CutPrefix(name, "alt+"); ok {
		return tea.KeyPressMsg{Code: rune(rest[0]), Mod: tea.ModAlt}
	}
	if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
		if code, ok := special[rest]; ok {
			return tea.KeyPressMsg{Code: code, Mod: tea.ModCtrl}
		}
		return tea.KeyPressMsg{Code: rune(rest[0]), Mod: tea.ModCtrl}
	}
	if code, ok := special[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

func typeIn(e *Editor, text string) {
	for _, r := range text {
		if r == '\n' {
			e.Press(key("enter"))
		} else {
			e.Press(key(string(r)))
		}
	}
}

func sized(w, h int) *Editor {
	e := New(themes.Theme{})
	e.SetSize(w, h)
	return e
}

func TestTypingIsUndoneByTheWord(t *testing.T) {
	e := sized(40, 5)
	typeIn(e, "Hi Dana, seats?")
	for _, want := range []string{"Hi Dana, ", "Hi ", "", ""} {
		e.Undo()
		if got := e.Text(); got != want {
			t.Fatalf("undo: %q, wanted %q", got, want)
		}
	}
	for _, want := range []string{"Hi ", "Hi Dana, ", "Hi Dana, seats?"} {
		e.Redo()
		if got := e.Text(); got != want {
			t.Fatalf("redo: %q, wanted %q", got, want)
		}
	}
	if e.Redo() {
		t.Error("nothing is left to redo")
	}
	e.Press(key("backspace"))
	if e.Redo() {
		t.Error("a change ends what could be redone")
	}
}

func TestBackspaceTakesWhatAPersonCallsALetter(t *testing.T) {
	for _, letter := range []string{"e\u0301", "👩‍👩‍👧", "👍🏽", "日", "🇩🇪"} {
		e := sized(40, 5)
		e.Insert("a" + letter)
		e.Press(key("backspace"))
		if got := e.Text(); got != "a" {
			t.Errorf("%q: %q is left", letter, got)
		}
	}
}

func TestPasteIsCleaned(t *testing.T) {
	e := sized(40, 5)
	e.Insert("one\r\ntwo\rthree\tfour\x1b[31m\x00\xff")
	if got, want := e.Text(), "one\ntwo\nthree    four[31m\uFFFD"; got != want {
		t.Errorf("got %q, wanted %q", got, want)
	}
}

func TestTabGoesFromBlankToBlankAndTypingFillsIt(t *testing.T) {
	e := sized(30, 6)
	e.SetText("Until {{valid_until}}.\n\nAsk {{ ask.who decides }} or\n{{x}}")
	if e.Blanks() != 3 {
		t.Fatalf("%d blanks", e.Blanks())
	}
	e.NextBlank()
	typeIn(e, "Friday")
	if !strings.HasPrefix(e.Text(), "Until Friday.\n") {
		t.Fatalf("typing did not replace the blank: %q", e.Text())
	}
	e.NextBlank()
	e.NextBlank()
	if !e.LastBlankPassed() {
		t.Error("the third is the last")
	}
	e.Press(key("backspace"))
	if !strings.HasSuffix(e.Text(), "or\n") {
		t.Errorf("backspace removes a chosen blank: %q", e.Text())
	}
	e.NextBlank()
	if x, y := e.Cursor(); x != 4 || y != 2 {
		t.Errorf("the jump begins anew: cursor at %d,%d", x, y)
	}
	e.Press(key("right"))
	typeIn(e, "z")
	if !strings.Contains(e.Text(), "{z{ ask") {
		t.Errorf("moving lets go of the blank: %q", e.Text())
	}
	for e.Undo() {
	}
	if e.Blanks() != 3 {
		t.Errorf("undo brings the blanks back: %q", e.Text())
	}
}

func TestAFullRowTrapsNobody(t *testing.T) {
	e := sized(11, 6)
	e.SetText("0123456789abcdefghij\nend")
	for range 2 {
		e.Press(key("down"))
	}
	if e.at.row != 1 {
		t.Fatalf("two rows down from the top is the second line, not %+v", e.at)
	}
	e.Press(key("up"))
	if x, y := e.Cursor(); x != 0 || y != 1 {
		t.Errorf("up: %d,%d", x, y)
	}
	e.Press(key("end"))
	if x, y := e.Cursor(); x != 10 || y != 1 {
		t.Errorf("behind a full row: %d,%d", x, y)
	}
}

func TestReplaceIsOneStep(t *testing.T) {
	e := sized(30, 6)
	typeIn(e, "my own words")
	e.Replace("from\na template")
	e.Undo()
	if got := e.Text(); got != "my own words" {
		t.Errorf("ctrl+z after a template: %q", got)
	}
}

var presses = []string{"a", "b", " ", "é", "日", "enter", "backspace", "delete", "left", "right", "up", "down", "home", "end", "pgup", "pgdown",
	"ctrl+w", "ctrl+u", "ctrl+k", "ctrl+left", "ctrl+right", "ctrl+home", "ctrl+end"}

// However it is typed: undoing everything gives the first text, redoing
// everything the last, the frame is exact and the cursor is inside it.
func TestAnyTypingCanBeTakenBackExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(2, 30).Draw(t, "w"), rapid.IntRange(1, 8).Draw(t, "h")
		e := sized(w, h)
		first := rapid.StringMatching(`([a-c ]{0,9}|\{\{x\}\}|日本 語|\n){0,8}`).Draw(t, "text")
		e.SetText(first)
		for _, name := range rapid.SliceOfN(rapid.SampledFrom(append(presses, "blank", "paste")), 0, 60).Draw(t, "keys") {
			switch name {
			case "blank":
				e.NextBlank()
			case "paste":
				e.Insert("x\r\ny {{z}} e\u0301")
			default:
				e.Press(key(name))
			}
			view := e.View()
			if len(view) != h {
				t.Fatalf("%d rows, wanted %d", len(view), h)
			}
			for _, l := range view {
				if frame.Width(l) != w {
					t.Fatalf("%q is not %d cells", l, w)
				}
			}
			if x, y := e.Cursor(); x < 0 || x >= w || y < 0 || y >= h {
				t.Fatalf("after %s the cursor is at %d,%d of %d,%d", name, x, y, w, h)
			}
		}
		last := e.Text()
		for e.Undo() {
		}
		if got := e.Text(); got != first {
			t.Fatalf("undone to %q, began with %q", got, first)
		}
		for e.Redo() {
		}
		if got := e.Text(); got != last {
			t.Fatalf("redone to %q, ended with %q", got, last)
		}
	})
}

// Whatever is written is drawn, in order, without loss.
func TestWrappingLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`([a-z]{1,12} {0,2}|日本){0,12}`).Draw(t, "text")
		e := sized(rapid.IntRange(4, 20).Draw(t, "w"), 80)
		e.SetText(text)
		seen := strings.ReplaceAll(ansi.Strip(strings.Join(e.View(), "")), " ", "")
		if want := strings.ReplaceAll(text, " ", ""); seen != want {
			t.Fatalf("%q is drawn as %q", want, seen)
		}
	})
}

func BenchmarkKeyInALongMail(b *testing.B) {
	for _, n := range []int{20, 400} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			e := sized(81, 30)
			e.SetText(strings.Repeat("A line of a mail that is about as long as they are, {{blank}} and all.\n", n))
			e.ToEnd()
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				e.Press(key("a"))
				if i%60 == 59 {
					e.Press(key("enter"))
				}
				e.View()
				e.Cursor()
			}
		})
	}
}
