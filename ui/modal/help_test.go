package modal

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"stoke/themes"
	"stoke/ui/frame"
	"stoke/ui/keys"
)

func TestTheHelpFitsItsWidthAndLosesNoKey(t *testing.T) {
	theme, err := themes.Load("terminal")
	if err != nil {
		t.Fatal(err)
	}
	look := frame.Look{Theme: theme, Glyphs: frame.Unicode}
	for _, w := range []int{52, 72, 80} {
		lines := helpLines(look, keys.Default(), "", w, map[helpKey][]string{})
		for _, l := range lines {
			if frame.Width(l) > w {
				t.Errorf("%d of %d cells: %q", frame.Width(l), w, ansi.Strip(l))
			}
		}
		text := ansi.Strip(strings.Join(lines, "\n"))
		for _, b := range keys.Default().Bindings() {
			for _, key := range b.All() {
				if !strings.Contains(text, key) {
					t.Errorf("at %d cells the help does not name %s", w, key)
				}
			}
		}
	}
	if lines := helpLines(look, keys.Default(), "no such thing", 60, map[helpKey][]string{}); len(lines) != 1 || !strings.Contains(lines[0], "palette") {
		t.Errorf("%q", lines)
	}
}

func TestAFootKeepsTheWayOut(t *testing.T) {
	foot := "type to search · up and down scroll · esc back"
	for w, want := range map[int]string{80: foot, 40: "type to search · esc back", 20: "esc back", 3: "esc back"} {
		if got := shorten(foot, w); got != want {
			t.Errorf("%d cells: %q, wanted %q", w, got, want)
		}
	}
}
