package editor

import (
	"strings"
	"testing"

	"stoke/ui/frame"
)

// fuzzed are the keys that a byte can stand for.
var fuzzed = []string{"a", " ", "{", "}", "日", "enter", "backspace", "delete", "left", "right", "up", "down", "home", "end", "pgup", "pgdown", "ctrl+left", "ctrl+right",
	"ctrl+home", "ctrl+end", "ctrl+w", "ctrl+u", "ctrl+k", "ctrl+backspace", "ctrl+delete", "shift+left", "shift+right", "shift+up", "shift+down", "shift+home", "shift+end", "alt+b", "alt+f", "alt+d"}

// FuzzEditor plays keys on any text at any size: every frame is exact, the cursor is in it, and all of it can be undone
// and redone to the letter.
func FuzzEditor(f *testing.F) {
	f.Add("Hi {{name}},\n\n日本語 👩‍👩‍👧 e\u0301\r\nmore", "pasted {{ask.x}}\n", []byte{0, 1, 5, 40, 25, 26, 6, 90, 91, 92}, uint8(10), uint8(4))
	f.Add("\u200d\u0301\xff", "\x1b[31m", []byte{93, 8, 8, 6, 95}, uint8(0), uint8(0))
	f.Fuzz(func(t *testing.T, text, pasted string, keys []byte, width, height uint8) {
		if len(text) > 2000 || len(pasted) > 500 || len(keys) > 200 {
			return
		}
		w, h := int(width)%60+4, int(height)%12+1
		e := sized(w, h)
		e.SetText(text)
		first := e.Text()
		for _, k := range keys {
			switch k %= 48; {
			case int(k) < len(fuzzed):
				e.Press(key(fuzzed[k]))
			case k == 40:
				e.Insert(pasted)
			case k == 41:
				e.NextBlank()
			case k == 42:
				e.ToggleMark()
			case k == 43:
				e.SelectAll()
			case k == 44:
				e.Cut()
			case k == 45:
				e.Replace(pasted)
			case k == 46:
				e.ReplaceWord(pasted)
			default:
				w, h = w%50+4, h%9+1
				e.SetSize(w, h)
			}
			view := e.View()
			if len(view) != h {
				t.Fatalf("%d rows of %d", len(view), h)
			}
			for _, row := range view {
				if frame.Width(row) != w {
					t.Fatalf("%q has %d cells of %d", row, frame.Width(row), w)
				}
			}
			if x, y := e.Cursor(); x < 0 || x >= w || y < 0 || y >= h {
				t.Fatalf("the cursor is at %d,%d of %d,%d", x, y, w, h)
			}
			if strings.ContainsAny(e.Text(), "\r\t\x00\x1b") && !strings.ContainsAny(first, "\r\t\x00\x1b") {
				t.Fatalf("the text is %q", e.Text())
			}
		}
		last := e.Text()
		for e.Undo() {
		}
		if e.Text() != first {
			t.Fatalf("undone to %q, began as %q", e.Text(), first)
		}
		for e.Redo() {
		}
		if e.Text() != last {
			t.Fatalf("redone to %q, ended as %q", e.Text(), last)
		}
	})
}
