package ui

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

func TestTheOuterEditorGetsAPrivateFileThatIsGoneAfterwards(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	ready, ok := prepareEditor(7, "Hi Dana,\n")().(editorReadyMsg)
	if !ok || ready.err != nil || ready.edit.contact != 7 {
		t.Fatalf("%+v", ready)
	}
	path := ready.edit.path
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("others can read the draft: %v", info.Mode())
	}
	if err := os.WriteFile(path, []byte("Hi Dana,\r\nchanged\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	edited, ok := readEdited(ready.edit, nil)().(editedMsg)
	if !ok || edited.err != nil || edited.text != "Hi Dana,\nchanged\n" || !edited.other || edited.mixed {
		t.Fatalf("%+v", edited)
	}
	if removeFile(Options{}, path)(); exists(path) {
		t.Error("the file is left behind")
	}
	if again, _ := readEdited(ready.edit, nil)().(editedMsg); again.err == nil || !strings.Contains(again.err.Error(), "no such file") || again.other {
		t.Errorf("a lost file must be an error: %+v", again)
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func TestAnEditorThatGivesUpIsNamedForWhatItDid(t *testing.T) {
	_, missing := os.ReadFile(t.TempDir() + "/gone")
	for says, err := range map[string]error{
		"gave up (exit status 3)": exec.Command("sh", "-c", "exit 3").Run(),
		"left no file":            missing,
		"was not found":           exec.Command("no-such-editor-anywhere").Run(),
	} {
		if got := lost(err); !strings.Contains(got, says) {
			t.Errorf("%v: %q, wanted %q", err, got, says)
		}
	}
}
