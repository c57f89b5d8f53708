package prose

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"stoke/themes"
	"stoke/ui/frame"
)

func TestATemplateFitsItsWidthInEveryTheme(t *testing.T) {
	text := "# Price hold\n\nHi {{ first_name }}, **this holds** until the end of the month.\n\n- one\n- two\n\n| key | does |\n|---|---|\n| `s` | snooze " + strings.Repeat("a contact ", 20) + "|\n"
	for _, name := range themes.Names() {
		theme, err := themes.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		var page Page
		lines := page.Lines(theme, text, 74)
		for _, l := range lines {
			if frame.Width(l) > 74 {
				t.Fatalf("%s: %d cells: %q", name, frame.Width(l), ansi.Strip(l))
			}
		}
		seen := ansi.Strip(strings.Join(lines, " "))
		for _, want := range []string{"Price hold", "this holds", "snooze", "{{ first_name }}"} {
			if !strings.Contains(seen, want) {
				t.Errorf("%s: %q is lost:\n%s", name, want, seen)
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

// glamour colours code through chroma, for which ui/prose/nochroma stands in.
func TestCodeStandsAsItIs(t *testing.T) {
	theme, err := themes.Load("mono")
	if err != nil {
		t.Fatal(err)
	}
	var page Page
	seen := ansi.Strip(strings.Join(page.Lines(theme, "Before\n\n```go\nif a < b {\n\treturn \"*x*\"\n}\n```\n\nafter `code`", 40), "\n"))
	for _, want := range []string{"if a < b {", `return "*x*"`, "after", "code"} {
		if !strings.Contains(seen, want) {
			t.Errorf("%q is lost:\n%s", want, seen)
		}
	}
}
