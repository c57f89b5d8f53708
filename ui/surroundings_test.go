package ui_test

import (
	"errors"
	"slices"
	"testing"

	"stoke/ui"
)

// An editor may have arguments, and spaces in its path; no shell reads them.
func TestTheEditorIsReadAsAShellWouldReadIt(t *testing.T) {
	find := func(name string) (string, error) {
		if name == "/a b/ed" || name == "vi" {
			return name, nil
		}
		return "", errors.New("not found")
	}
	for line, want := range map[string][]string{
		"code --wait":                     {"code", "--wait"},
		`'/a b/ed' -x`:                    {"/a b/ed", "-x"},
		`"/a b/ed" -x "two words"`:        {"/a b/ed", "-x", "two words"},
		`/a\ b/ed -x`:                     {"/a b/ed", "-x"},
		"/a b/ed":                         {"/a b/ed"},
		"  vim\t-c  'set tw=72' ":         {"vim", "-c", "set tw=72"},
		`emacs --eval '(x "y")' ''`:       {"emacs", "--eval", `(x "y")`, ""},
		`sh -c 'echo $HOME; rm -rf "$1"'`: {"sh", "-c", `echo $HOME; rm -rf "$1"`},
		`ed $(touch x) ; rm`:              {"ed", "$(touch", "x)", ";", "rm"},
		`C:\Programs\ed.exe -x`:           {`C:\Programs\ed.exe`, "-x"},
		`ed "say \"hi\""`:                 {"ed", `say "hi"`},
		`ed 'not closed`:                  {"ed", "not closed"},
		`''`:                              {"vi"},
		"   ":                             {"vi"},
		"日本 エディタ":                         {"日本", "エディタ"},
	} {
		env := func(name string) string {
			if name == "EDITOR" {
				return line
			}
			return ""
		}
		if got := ui.Editor(env, find); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}

func TestTheRepsSurroundings(t *testing.T) {
	env := func(pairs map[string]string) func(string) string { return func(k string) string { return pairs[k] } }
	vi := func(name string) (string, error) {
		if name != "vi" {
			return "", errors.New("not found")
		}
		return "/usr/bin/vi", nil
	}
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
