package ui_test

import (
	"errors"
	"slices"
	"testing"

	"stoke/ui"
)

func TestTheRepsSurroundings(t *testing.T) {
	env := func(pairs map[string]string) func(string) string { return func(k string) string { return pairs[k] } }
	vi := func(string) (string, error) { return "/usr/bin/vi", nil }
	none := func(string) (string, error) { return "", errors.New("not found") }
	if got := ui.Locale(env(map[string]string{"LANG": "de_DE.UTF-8", "LC_ALL": "C"})); got != "C" {
		t.Errorf("locale %q", got)
	}
	if got := ui.Editor(env(map[string]string{"EDITOR": "code --wait", "VISUAL": ""}), vi); !slices.Equal(got, []string{"code", "--wait"}) {
		t.Errorf("editor %q", got)
	}
	if got := ui.Editor(env(nil), vi); !slices.Equal(got, []string{"/usr/bin/vi"}) {
		t.Errorf("editor %q", got)
	}
	if got := ui.Editor(env(nil), none); got != nil {
		t.Errorf("editor %q", got)
	}
	if one, two := ui.Owing(1), ui.Owing(2); one != "1 mail leaves at the next start or `stoke sync`." || two != "2 mails leave at the next start or `stoke sync`." {
		t.Errorf("%q, %q", one, two)
	}
}
