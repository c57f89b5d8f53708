package prose

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"stoke/themes"
	"stoke/ui/frame"
	"stoke/ui/keys"
)

func TestTheHelpFitsItsWidthAndLosesNoKey(t *testing.T) {
	for _, name := range themes.Names() {
		theme, err := themes.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		var page Page
		lines := page.Lines(theme, keys.Default().Markdown("", false), 74)
		for _, l := range lines {
			if frame.Width(l) > 74 {
				t.Fatalf("%s: %d cells: %q", name, frame.Width(l), ansi.Strip(l))
			}
		}
		text := ansi.Strip(strings.Join(lines, " "))
		for _, want := range []string{"snooze", "ctrl+s", "Outbox"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not in the help", name, want)
			}
		}
	}
}

func TestNothingFromOutsideReachesTheTerminalThroughProse(t *testing.T) {
	theme, err := themes.Load("mono")
	if err != nil {
		t.Fatal(err)
	}
	var page Page
	out := strings.Join(page.Lines(theme, "a\x1b]52;c;aGk=\x07 \x1bP1q\x1b\\ **b** \u202ec", 40), "\n")
	if strings.Contains(out, "\x1b]") || strings.Contains(out, "\x1bP") || strings.Contains(out, "\u202e") || !strings.Contains(ansi.Strip(out), "b") {
		t.Errorf("%q", out)
	}
}

func TestAPageIsRenderedOnce(t *testing.T) {
	theme, err := themes.Load("dark")
	if err != nil {
		t.Fatal(err)
	}
	var page Page
	first := page.Lines(theme, "# One", 40)
	if again := page.Lines(theme, "# One", 40); &again[0] != &first[0] {
		t.Error("rendered again")
	}
	if other := page.Lines(theme, "# Two", 40); !strings.Contains(strings.Join(other, ""), "Two") {
		t.Error("another text must be rendered")
	}
}
