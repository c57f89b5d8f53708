package text

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func TestSummaryCutsAtCells(t *testing.T) {
	for _, c := range []struct {
		in    string
		cells int
		want  string
	}{
		{"Thanks, Friday works", 40, "Thanks, Friday works"},
		{"Thanks,\n\nFriday works", 12, "Thanks, Fri…"},
		{"Thanks, Friday", 8, "Thanks,…"},
		{"日本語のメール", 7, "日本語…"},
		{"日本語のメール", 6, "日本…"},
		{"e\u0301e\u0301e\u0301", 2, "e\u0301…"},
		{"anything", 0, ""},
		{"anything", 1, "…"},
	} {
		if got := Summary(c.in, c.cells); got != c.want {
			t.Errorf("Summary(%q, %d) = %q, want %q", c.in, c.cells, got, c.want)
		}
	}
	long := strings.Repeat("word ", 1<<20)
	if got := Summary(long, 10); got != "word word…" {
		t.Errorf("long text: %q", got)
	}
}

func TestSummaryNeverExceedsItsCells(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, cells := rapid.String().Draw(t, "s"), rapid.IntRange(0, 30).Draw(t, "cells")
		got := Summary(s, cells)
		if w := ansi.StringWidth(got); w > cells || strings.Contains(got, "\n") {
			t.Fatalf("Summary(%q, %d) = %q, %d cells", s, cells, got, w)
		}
	})
}

func TestWordsAndQuestionsCountTheWritersOwn(t *testing.T) {
	for _, c := range []struct {
		in               string
		words, questions int
	}{
		{"", 0, 0},
		{"Does Friday suit you?", 4, 1},
		{"Does Friday suit you? Or Monday?\n> Which day?\n-- \nAna\nReady?", 6, 2},
		{"Really?? – yes", 2, 1},
		{"Really ? ?", 1, 1},
		{"https://example.com/?a=b tells more", 3, 0},
		{"¿Te viene bien el martes? (¿O el lunes?)", 8, 2},
		{"“Is it?” she asked.", 4, 1},
		{"  > quoted?\r\nmine", 1, 0},
	} {
		if w, q := Words(c.in), Questions(c.in); w != c.words || q != c.questions {
			t.Errorf("%q: %d words, %d questions; want %d, %d", c.in, w, q, c.words, c.questions)
		}
	}
}

func TestFoldFindsTheSameWord(t *testing.T) {
	for _, pair := range [][2]string{
		{"Müller", "MULLER"}, {"José", "jose"}, {"Straße", "STRASSE"}, {"Łódź", "lodz"}, {"Søren", "soren"},
		{"ﬁne", "Fine"}, {"Ｗｉｄｅ", "wide"}, {"İstanbul", "istanbul"}, {"Cafe\u0301", "café"}, {"ΣΊΣΥΦΟΣ", "σισυφοσ"}, {"Ꭰ", "ꭰ"},
	} {
		if a, b := Fold(pair[0]), Fold(pair[1]); a != b {
			t.Errorf("Fold(%q) = %q, Fold(%q) = %q", pair[0], a, pair[1], b)
		}
	}
	if Fold("か") == Fold("が") {
		t.Error("two letters of Japanese became one")
	}
	rapid.Check(t, func(t *rapid.T) {
		s := Fold(rapid.String().Draw(t, "s"))
		if again := Fold(s); again != s {
			t.Fatalf("%q folds again to %q", s, again)
		}
	})
}

func TestHostShowsLookAlikes(t *testing.T) {
	for in, want := range map[string]string{
		"Example.COM":                  "example.com",
		"example.com.":                 "example.com",
		"bücher.example":               "xn--bcher-kva.example",
		"аррӏе.com":                    "xn--80ak6aa92e.com",
		"pаypal.com":                   "xn--pypal-4ve.com",
		"exa\u200bmple.com":            "example.com",
		"a\x1b[31mb.example":           "ab.example",
		"b" + strings.Repeat("ü", 300): "b" + strings.Repeat("?", 300),
	} {
		if got := Host(in); got != want {
			t.Errorf("Host(%q) = %q, want %q", in, got, want)
		}
	}
}
