package frame

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"stoke/model/text"
	"stoke/themes"
	"stoke/ui/keys"
)

// oddText draws what names and subjects are made of in the worst of mailboxes.
func oddText() *rapid.Generator[string] {
	parts := []string{"Dana", " ", "日本語", "é", "e\u0301", "👩‍👩‍👧", "❄️", "🔥", "שלום", "مرحبا", "\u202e", "\t", "\r\n",
		"\x1b[31m", "\x1b]52;c;aGk=\x07", "\x9b31m", "क्षि", "🇩🇪", "👍🏽", "ﷺ", "\u200d", "x", "ｗ", "\x00", "\xff"}
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 12).Draw(t, "parts"), "")
	})
}

func TestFitIsExact(t *testing.T) {
	for _, text := range []string{"A\u0600", "\u0600", "A\u06dd", "Dana \U000110bd"} { // signs before a number: a blank behind them has no cell of its own
		for name, line := range map[string]string{"Fit": Fit(text, 9), "Clip": Clip(text, 9)} {
			if got := Width(line); got != 9 {
				t.Errorf("%s(%q, 9) is %d cells wide", name, text, got)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := Plain(oddText().Draw(t, "text"))
		w := rapid.IntRange(0, 40).Draw(t, "w")
		for name, line := range map[string]string{"Fit": Fit(text, w), "Clip": Clip(text, w), "Right": Right(text, w), "Ends": Ends(text, text, w)} {
			if got := Width(line); got != w {
				t.Fatalf("%s(%q, %d) is %d cells wide: %q", name, text, w, got, line)
			}
		}
	})
}

func TestPlainLeavesNothingThatMovesTheCursor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		got := Plain(oddText().Draw(t, "text"))
		for _, r := range got {
			if text.Forbidden(r) || r < 0x20 || r >= 0x202a && r <= 0x202e {
				t.Fatalf("%U is left in %q", r, got)
			}
		}
	})
	for in, want := range map[string]string{
		"Dana\tW": "Dana W", "a\r\nb": "a b", "\x1b]0;evil\x07ok": "ok", "❄️": "❄", "👩‍👩‍👧!": "👩!", "👍🏽": "👍",
		"e\u0301": "e\u0301", "क्षि": "क्षि", "a\u202eb": "ab", "\xff": "\uFFFD",
	} {
		if got := Plain(in); got != want {
			t.Errorf("Plain(%q) = %q, wanted %q", in, got, want)
		}
	}
	if got := PlainText("a\r\nb\tc"); got != "a\nb c" {
		t.Errorf("PlainText: %q", got)
	}
}

func TestPanesFillTheScreen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(0, 260).Draw(t, "w"), rapid.IntRange(0, 90).Draw(t, "h")
		want := Preview(rapid.IntRange(0, 3).Draw(t, "preview"))
		l := Arrange(w, h, want, rapid.Bool().Draw(t, "open"))
		if (w < MinWidth || h < MinHeight) != (l.Class == Guard) {
			t.Fatalf("%d by %d is class %d", w, h, l.Class)
		}
		if l.Class == Guard {
			return
		}
		if l.Body.H != h-4 || l.Body.Y != 1 {
			t.Fatalf("body %+v in %d rows", l.Body, h)
		}
		switch l.Class {
		case Wide:
			if l.List.W+l.Contact.W+l.Facts.W+2 != w || l.Facts.W < 24 || l.Contact.W > 88 || l.Contact.W < 60 {
				t.Fatalf("wide: %+v", l)
			}
		case Medium:
			if l.List.W+l.Contact.W+1 != w || l.List.W < 45 {
				t.Fatalf("medium: %+v", l)
			}
		case Stacked:
			if l.List.H+l.Contact.H != l.Body.H || l.List.W != w || l.Contact.W != w {
				t.Fatalf("stacked: %+v", l)
			}
		case Narrow:
			if (l.List.W == w) == (l.Contact.W == w) {
				t.Fatalf("narrow shows one pane: %+v", l)
			}
		}
	})
}

func TestClassesOfTheContract(t *testing.T) {
	for _, c := range []struct {
		w, h int
		want Class
	}{{59, 40, Guard}, {80, 14, Guard}, {60, 15, Narrow}, {80, 24, Narrow}, {99, 60, Narrow}, {100, 24, Narrow}, {110, 36, Stacked}, {120, 40, Medium}, {159, 40, Medium}, {160, 45, Wide}, {200, 60, Wide}} {
		if got := Arrange(c.w, c.h, PreviewAuto, false).Class; got != c.want {
			t.Errorf("%d by %d: class %d, wanted %d", c.w, c.h, got, c.want)
		}
	}
	if Arrange(80, 24, PreviewAuto, false).Peek != 4 || Arrange(80, 23, PreviewAuto, false).Peek != 0 {
		t.Error("the peek begins at 24 rows")
	}
}

func TestHintsDropByRankAndKeepTheWayOut(t *testing.T) {
	theme, err := themes.Load("terminal")
	if err != nil {
		t.Fatal(err)
	}
	all := keys.Default().Hints(keys.Queue)
	before := len(all) + 1
	for w := 200; w >= 24; w-- {
		line := Hints(theme, Unicode, all, w)
		if Width(line) != w {
			t.Fatalf("%d cells asked, got %d", w, Width(line))
		}
		plain := ansi.Strip(line)
		if !strings.Contains(plain, "? help") || !strings.Contains(plain, "q quit") {
			t.Fatalf("at %d cells the way out is gone: %q", w, plain)
		}
		words := len(strings.Fields(plain))
		if words > before*4 {
			t.Fatalf("hints grew in a narrower bar: %q", plain)
		}
	}
	if line := ansi.Strip(Hints(theme, Unicode, all, 80)); !strings.Contains(line, "r draft") || !strings.Contains(line, "s snooze") {
		t.Errorf("at 80 cells: %q", line)
	}
}

func TestHeaderAndRuleAreExact(t *testing.T) {
	theme, err := themes.Load("dark")
	if err != nil {
		t.Fatal(err)
	}
	tabs := []Tab{{"1", "Queue", 12, true, 0}, {"2", "Waiting", 31, false, 2}, {"3", "Snoozed", 8, false, 3}, {"4", "Nurture", 40, false, 4}, {"5", "Retired", 112, false, QuietTab}, {"6", "Outbox", 0, false, 1}, {"7", "People", 100000, false, SpareTab}}
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.IntRange(1, 200).Draw(t, "w")
		left, right := Plain(oddText().Draw(t, "left")), Plain(oddText().Draw(t, "right"))
		if got := Width(Header(theme, tabs, "●", w)); got != w {
			t.Fatalf("header: %d of %d", got, w)
		}
		if got := Width(Rule(theme, Unicode, themes.Hot, left, right, w)); got != w {
			t.Fatalf("rule: %d of %d", got, w)
		}
	})
	for w, want := range map[int]string{
		120: " stoke  [1 Queue 12] 2 Waiting 31 3 Snoozed 8 4 Nurture 40 5 Retired 112 6 Outbox 7 People 100k",
		80:  " stoke  [1 Queue 12] 2 Waiting 31 3 Snoozed 8 4 Nurture 40 5 Retired 6 Outbox  ●",
		76:  " [1 Queue 12] 2 Waiting 31 3 Snoozed 8 4 Nurture 40 5 Retired 6 Outbox     ●",
		70:  " [1 Queue 12] 2 Waiting 31 3 Snoozed 8 4 Nurture 5 Retired 6 Outbox  ●",
		60:  " [1 Queue 12] 2 Waiting 3 Snoozed 4 Nurture 5 6 Outbox     ●",
	} {
		if line := ansi.Strip(Header(theme, tabs, "●", w)); !strings.HasPrefix(line, want) {
			t.Errorf("header at %d:\n%q, wanted\n%q", w, line, want)
		}
	}
}

func TestOverlayKeepsEveryLineItsWidth(t *testing.T) {
	theme, err := themes.Load("dark")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.IntRange(30, 80).Draw(t, "w")
		var screen []string
		for range 12 {
			screen = append(screen, theme.Paint(themes.Hot, Fit(Plain(oddText().Draw(t, "line")), w)))
		}
		block := Framed(theme, Unicode, Plain(oddText().Draw(t, "title")), []string{"日本語", "two"}, rapid.IntRange(6, 28).Draw(t, "bw"))
		for i, line := range Centre(screen, block) {
			if Width(line) != w {
				t.Fatalf("line %d is %d cells wide, wanted %d: %q", i, Width(line), w, line)
			}
		}
	})
}

func TestAsciiGlyphsAreOneCellOfASCII(t *testing.T) {
	if GlyphsNamed("", "C").Hot != "H" || GlyphsNamed("", "de_DE.UTF-8").Hot != "●" || GlyphsNamed("ascii", "de_DE.UTF-8").Hot != "H" {
		t.Error("the locale decides unless the config does")
	}
	if got := ASCII.Line("a · b…"); got != "a - b~" || Unicode.Line("a · b…") != "a · b…" {
		t.Errorf("Line: %q", got)
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1.0k", 9949: "9.9k", 9950: "10k", 100_000: "100k", 999_999: "1.0m", 12_000_000: "12m"} {
		if got := Count(n); got != want {
			t.Errorf("Count(%d) = %s, wanted %s", n, got, want)
		}
	}
}

func TestARuneOfOneCellIsOneCell(t *testing.T) {
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if oneCell(r) && ansi.StringWidth(string(r)) != 1 {
			t.Errorf("%U is %d cells wide", r, ansi.StringWidth(string(r)))
		}
	}
}

// The quick way to measure must agree with the library's for every text.
func FuzzWidth(f *testing.F) {
	for _, s := range []string{
		"plain", "naïve café Žižek ß", "┃ 09:41 · ›", "\x1b[1;38;5;9mhot\x1b[m", "1\ufe0f\u20e3", "e\u0301", "\x1b[2J", "\x1b[", "\x1b]0;t\x07x",
		"a\u00adb", "©\ufe0f", "…–•‹", "日本 x", "\r\n", "\x9b31mx", "👩‍👩‍👧 x", "ğ\u200dx", "\x1b[3\x1b[1mx",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := Width(s), ansi.StringWidth(s); got != want {
			t.Errorf("%q is %d cells wide, want %d", s, got, want)
		}
	})
}
