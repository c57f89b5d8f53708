package ui_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stoke/ui"
)

func TestAnEditorThatFailsLeavesTheDraft(t *testing.T) {
	s := perform(t, 80, 24, func(o *ui.Options) { o.Editor = []string{"/no/such/editor"} })
	s.Press("r")
	s.Type("Mine. ")
	s.Send(ui.EditorGone(s.who["Ines"], errors.New("fork: out of paper")))
	s.Sees("Mine. ", "could not be taken from your editor. The draft is as it was.")
}

// What the rep's editor wrote is in the draft, or still in its file, which is named.
func TestWhatAnEditorWroteIsInTheDraftOrInItsFile(t *testing.T) {
	for name, c := range map[string]struct{ wrote, body, says string }{
		"Latin-1":         {"Caf\xe9 at ten?\n", "Caf\uFFFD at ten?", "Not all that your editor wrote is text; it is whole in "},
		"only NUL added":  {"Given.\x00", "Given.", "Not all that your editor wrote is text; it is whole in "},
		"text":            {"Café at ten?\n", "Café at ten?", ""},
		"nothing changed": {"Given.\n", "Given.", ""},
	} {
		s := perform(t, 120, 40)
		s.Press("r")
		path := filepath.Join(t.TempDir(), "stoke-1.txt")
		if err := os.WriteFile(path, []byte(c.wrote), 0o600); err != nil {
			t.Fatal(err)
		}
		s.Send(ui.EditorDone(s.who["Ines"], path, "Given."))
		s.Press("esc")
		if d := s.saved("Ines"); d == nil || d.Body != c.body {
			t.Errorf("%s: the draft is %+v", name, d)
		}
		left, err := os.ReadFile(path)
		switch {
		case c.says == "" && !errors.Is(err, os.ErrNotExist):
			t.Errorf("%s: the file is left: %v", name, err)
		case c.says != "" && (err != nil || string(left) != c.wrote):
			t.Errorf("%s: the file has %q, %v", name, left, err)
		case c.says != "":
			s.Sees(c.says)
			if !strings.Contains(s.Screen(), filepath.Dir(path)[:30]) {
				t.Errorf("%s: the file is not named:\n%s", name, s.Screen())
			}
		}
	}
}

// A file that cannot be read may hold anything, so it stays.
func TestAFileThatCannotBeReadIsKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stoke-2.txt")
	if err := os.WriteFile(path, []byte("Only here."), 0o000); err != nil {
		t.Fatal(err)
	}
	if _, err := os.ReadFile(path); err == nil {
		path = "/proc/self/mem" // who is root reads any file but this one
		if _, err := os.ReadFile(path); err == nil || errors.Is(err, os.ErrNotExist) {
			t.Skipf("SKIPPED, NOT TESTED: %s can be read, and this user reads files of mode 0", path)
		}
	}
	s := perform(t, 120, 40)
	s.Press("r")
	s.Send(ui.EditorDone(s.who["Ines"], path, "Given."))
	s.Sees("The text could not be taken from your editor. The draft is as it was. What you wrote is in")
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
	for _, line := range s.logs {
		if strings.Contains(line, "remove") {
			t.Errorf("it was to be removed: %s", line)
		}
	}
}
