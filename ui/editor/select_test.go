package editor

import (
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func press(e *Editor, names ...string) {
	for _, n := range names {
		e.Press(key(n))
	}
}

func TestShiftAndAMoveSelect(t *testing.T) {
	for _, c := range []struct {
		keys []string
		want string
	}{
		{[]string{"shift+right", "shift+right"}, "on"},
		{[]string{"shift+down"}, "one two\n"},
		{[]string{"end", "shift+home"}, "one two"},
		{[]string{"down", "shift+up"}, "one two\n"},
		{[]string{"shift+end", "shift+right", "shift+right"}, "one two\nd"},
		{[]string{"shift+ctrl+right"}, "one"},
		{[]string{"down", "right", "shift+left", "shift+left"}, "\nd"},
		{[]string{"shift+right", "right", "shift+right"}, "n"},
		{[]string{"shift+right", "shift+left"}, ""},
	} {
		e := sized(40, 5)
		e.SetText("one two\ndrei 日本")
		press(e, c.keys...)
		if got := e.Selected(); got != c.want {
			t.Errorf("%v selects %q, wanted %q", c.keys, got, c.want)
		}
	}
}

func TestAMarkSelectsWithoutShift(t *testing.T) {
	e := sized(40, 5)
	e.SetText("one two\nthree")
	if !e.ToggleMark() {
		t.Fatal("no mark")
	}
	press(e, "ctrl+right", "down")
	if got := e.Selected(); got != "one two\nthr" {
		t.Fatalf("%q", got)
	}
	if e.ToggleMark() || e.Selected() != "" {
		t.Error("the second mark lets go")
	}
	e.ToggleMark()
	press(e, "left")
	press(e, "x")
	press(e, "left", "left")
	if e.Selected() != "" {
		t.Error("typing ends the mark")
	}
}

func TestASelectionIsReplacedErasedAndCutInOneStep(t *testing.T) {
	e := sized(40, 5)
	e.SetText("one two three")
	press(e, "shift+ctrl+right", "1")
	if e.Text() != "1 two three" {
		t.Fatalf("typed over: %q", e.Text())
	}
	press(e, "x")
	e.Undo()
	if e.Text() != "one two three" {
		t.Errorf("one step: %q", e.Text())
	}
	e.SelectAll()
	press(e, "backspace")
	if e.Text() != "" {
		t.Errorf("erased: %q", e.Text())
	}
	e.Undo()
	press(e, "ctrl+home", "shift+ctrl+right", "shift+right")
	if got := e.Cut(); got != "one " || e.Text() != "two three" || e.Cut() != "" {
		t.Errorf("cut %q from %q", got, e.Text())
	}
	press(e, "shift+end")
	e.Insert("paste\r\nover\ttabs")
	if e.Text() != "paste\nover    tabs" {
		t.Errorf("pasted over: %q", e.Text())
	}
	for e.Undo() {
	}
	if e.Text() != "one two three" {
		t.Errorf("undone to %q", e.Text())
	}
}

func TestLeftAndRightLeaveASelectionAtItsEnds(t *testing.T) {
	e := sized(40, 5)
	e.SetText("one two")
	press(e, "shift+right", "shift+right", "left")
	if e.at.col != 0 {
		t.Errorf("left: %d", e.at.col)
	}
	press(e, "shift+right", "shift+right", "right")
	if e.at.col != 2 {
		t.Errorf("right: %d", e.at.col)
	}
}

func TestAWordBeforeTheCursorIsReplacedInOneStep(t *testing.T) {
	e := sized(40, 5)
	e.SetText("a")
	press(e, "end", " ", ";", "p")
	if e.WordBefore() != ";p" {
		t.Fatalf("%q", e.WordBefore())
	}
	e.ReplaceWord("40 seats\nfor {{x}}!")
	if e.Text() != "a 40 seats\nfor {{x}}!" {
		t.Fatalf("%q", e.Text())
	}
	press(e, "y")
	if e.Text() != "a 40 seats\nfor y!" {
		t.Errorf("the blank is chosen: %q", e.Text())
	}
	e.Undo()
	e.Undo()
	if e.Text() != "a ;p" || e.WordBefore() != ";p" {
		t.Errorf("undone to %q", e.Text())
	}
}

// However long and wild the typing, every step of it can be taken back, to
// the exact text, and brought again.
func TestTenThousandKeysAreTakenBackExactly(t *testing.T) {
	keys := append([]string{"\u0301", "👩‍👩‍👧", "🇩", "क्षि", "ب", "\u200d", "ctrl+delete", "alt+d", "alt+b", "alt+f", "shift+left", "shift+right", "shift+up", "shift+down",
		"shift+home", "shift+end", "shift+ctrl+left", "shift+ctrl+right", "mark", "all", "cut", "paste", "blank", "expand", "replace"}, presses...)
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64().Draw(t, "seed")
		r := rand.New(rand.NewPCG(seed, 1))
		e := sized(rapid.IntRange(2, 90).Draw(t, "w"), 20)
		first := rapid.StringMatching(`([a-c ]{0,9}|\{\{x\}\}|日本 語|é|\n){0,20}`).Draw(t, "text")
		e.SetText(first)
		clip, changes := "", 0
		for range 10_000 {
			before := e.Version()
			switch k := keys[r.IntN(len(keys))]; k {
			case "mark":
				e.ToggleMark()
			case "all":
				if r.IntN(40) == 0 {
					e.SelectAll()
				}
			case "cut":
				clip = e.Cut()
			case "paste":
				e.Insert(clip)
			case "blank":
				e.NextBlank()
			case "expand":
				e.ReplaceWord("snip {{x}}")
			case "replace":
				if r.IntN(200) == 0 {
					e.Replace("a\r\nwhole {{new}} text\n")
				}
			default:
				e.Press(key(k))
			}
			if e.Version() != before {
				changes++
			}
		}
		if changes < 2000 {
			t.Fatalf("only %d changes: nothing is proved", changes)
		}
		last := e.Text()
		for e.Undo() {
		}
		if got := e.Text(); got != first {
			t.Fatalf("undone to %q, began with %q", got, first)
		}
		if e.kept != 0 {
			t.Fatalf("%d bytes of no history", e.kept)
		}
		for e.Redo() {
		}
		if got := e.Text(); got != last {
			t.Fatalf("redone to %q, ended with %q", got, last)
		}
	})
}

func TestTheHistoryIsBounded(t *testing.T) {
	e := sized(80, 20)
	big := strings.Repeat("x", 3<<20)
	for range 20 {
		e.Replace(big)
		e.Replace("small")
	}
	total := 0
	for _, c := range e.undo {
		total += c.size()
	}
	if total != e.kept || total > historySize {
		t.Errorf("%d bytes are kept, counted %d, %d is the most", total, e.kept, historySize)
	}
	if !e.Undo() || e.Text() != big {
		t.Error("the newest step is kept whole")
	}
}
