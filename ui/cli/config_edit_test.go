package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stoke/model"
	"stoke/model/config"
)

// editing is a house whose config lies in a folder that is not there yet, and an editor that does what it is told.
func editing(t *testing.T, does func(path string) error) *house {
	h := open(t)
	h.terminal, h.edit = true, does
	h.path = filepath.Join(t.TempDir(), "stoke", "config.toml")
	return h
}

// left are the files in the folder of the config.
func (h *house) left() (names []string) {
	files, _ := os.ReadDir(filepath.Dir(h.path))
	for _, f := range files {
		names = append(names, f.Name())
	}
	return names
}

func types(src string) func(string) error {
	return func(path string) error { return os.WriteFile(path, []byte(src), 0o600) }
}

func TestANewConfigBeginsAsTheExample(t *testing.T) {
	given := ""
	h := editing(t, nil)
	h.edit = func(path string) error {
		src, err := os.ReadFile(path)
		given = string(src)
		if err == nil {
			err = os.WriteFile(path, []byte(account), 0o600)
		}
		return err
	}
	r := h.run("config", "edit")
	if r.code != 0 || given != config.Example() || !strings.Contains(r.out, "one account, me@acme.test") {
		t.Errorf("exit %d, %s%s, from\n%s", r.code, r.out, r.err, given)
	}
	info, err := os.Stat(h.path)
	if err != nil || info.Mode().Perm() != 0o600 || len(h.left()) != 1 {
		t.Errorf("%v, %v, %v", info, err, h.left())
	}
}

func TestTheExampleIsNoConfig(t *testing.T) {
	h := editing(t, func(string) error { return nil })
	if r := h.run("config", "edit"); r.code != 78 || !strings.Contains(r.out, "Nothing was changed.") || len(h.left()) != 0 {
		t.Errorf("exit %d, %s%s, left %v", r.code, r.out, r.err, h.left())
	}
}

func TestAnEditedConfigIsCheckedAndKept(t *testing.T) {
	h := editing(t, types("name = 1"))
	if err := os.MkdirAll(filepath.Dir(h.path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := types(account)(h.path); err != nil {
		t.Fatal(err)
	}
	if r := h.run("config", "edit"); r.code != 78 || !strings.Contains(r.out, "name must be text in quotes") {
		t.Errorf("exit %d, %s%s", r.code, r.out, r.err)
	}
	if src, _ := os.ReadFile(h.path); string(src) != "name = 1" {
		t.Errorf("what was typed is gone: %q", src)
	}
}

func TestAnEditorThatGivesUpLosesNothing(t *testing.T) {
	h := editing(t, func(path string) error {
		if err := types("name = \"Robin\"")(path); err != nil {
			return err
		}
		return model.Errorf(model.Conflict, "Your editor gave up (exit status 1).")
	})
	r := h.run("config", "edit")
	if r.code != 1 || len(h.left()) != 1 || !strings.Contains(r.err, "Your editor gave up (exit status 1). What you wrote is in "+filepath.Join(filepath.Dir(h.path), h.left()[0])) {
		t.Errorf("exit %d, %s%s, left %v", r.code, r.out, r.err, h.left())
	}
}

func TestAConfigIsEditedAtATerminalOnly(t *testing.T) {
	h := editing(t, func(string) error { t.Error("an editor was opened"); return nil })
	h.terminal = false
	if r := h.run("config", "edit"); r.code != 2 || !strings.Contains(r.err, "needs a terminal. The file is "+h.path) {
		t.Errorf("exit %d, %s%s", r.code, r.out, r.err)
	}
	h.terminal = true
	if r := h.run("config", "edit", "--json"); r.code != 2 {
		t.Errorf("exit %d, %s%s", r.code, r.out, r.err)
	}
}
