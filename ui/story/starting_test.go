package story

import (
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// bare is a machine on which stoke was never set up.
func bare(t *testing.T) *rep {
	t.Helper()
	dir := t.TempDir()
	r := &rep{t: t, config: filepath.Join(dir, "config.toml"), data: filepath.Join(dir, "data")}
	r.env = []string{"STOKE_CONFIG=" + r.config, "STOKE_DATA=" + r.data, "HOME=" + dir, "XDG_STATE_HOME=" + dir, "TZ=Europe/Berlin"}
	return r
}

func TestWithoutConfigAndTerminalThereAreThreeLines(t *testing.T) {
	r := bare(t)
	for _, args := range [][]string{nil, {"queue"}, {"sync"}} {
		out, errs, code := r.tries(args...)
		said := out + errs
		if code != 78 || strings.Count(said, "\n") != 3 || !strings.Contains(said, "stoke demo") || !strings.Contains(said, r.config) {
			t.Errorf("stoke %s: exit %d\n%s", args, code, said)
		}
	}
	if _, err := os.Stat(r.data); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the data folder was made: %v", err)
	}
}

func TestAnEmptyConfigWorksWithoutAnAccount(t *testing.T) {
	r := bare(t)
	r.write(r.config, nil)
	r.says("add", "dana@northwind.example", "--name", "Dana Whitfield")
	r.says("log", "dana", "inquiry", "--note", "asks for 40 seats")
	for _, command := range []string{"queue", "next", "show dana", "draft dana", "outbox", "when tomorrow", "version", "doctor"} {
		r.says(strings.Fields(command)...)
	}
	body := filepath.Join(t.TempDir(), "body")
	r.write(body, []byte("Hello Dana,\n\nyes.\n"))
	for _, args := range [][]string{{"sync"}, {"send", "dana", "--subject", "Seats", "--body-file", body, "--yes"}} {
		out, errs, code := r.tries(args...)
		if code != 78 || !strings.Contains(errs, "account") || strings.Count(errs, "\n") != 1 {
			t.Errorf("stoke %s: exit %d\n%s%s", args, code, out, errs)
		}
	}
	x := r.screen(80, 24)
	x.sees("NOW 1", "Dana Whitfield")
	x.press("r")
	x.sees("Subject")
	x.types("Kept without an account. ")
	x.keeps(r, "Kept without an account.")
	x.press("C-c")
	x.ended()
}

func TestAllMistakesOfAConfigAreToldAtOnce(t *testing.T) {
	r := bare(t)
	r.write(r.config, []byte("name = \"Robin\"\nnmae = \"Vale\"\n\n[outbox]\nundo_window = \"soon\"\n\n[ui]\ntheme = \"terminal\"\ncolour = \"always\"\n"))
	for _, args := range [][]string{{"config", "check"}, {"queue"}, {"sync"}, nil} {
		out, errs, code := r.tries(args...)
		said := out + errs
		for _, want := range []string{"config.toml:2", "config.toml:5", "config.toml:9"} {
			if strings.Count(said, want) != 1 {
				t.Errorf("stoke %s does not tell the mistake at %s", args, want)
			}
		}
		if code != 78 || !strings.Contains(said, "name") || !strings.Contains(said, "color") {
			t.Errorf("stoke %s: exit %d\n%s", args, code, said)
		}
	}
}

func TestADatabaseOfANewerStokeIsLeftAlone(t *testing.T) {
	r := bare(t)
	r.write(r.config, nil)
	r.says("add", "dana@northwind.example")
	files, err := filepath.Glob(filepath.Join(r.data, "*.db"))
	if err != nil || len(files) != 1 {
		t.Fatalf("databases %q, %v", files, err)
	}
	db, err := sql.Open("sqlite", files[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("PRAGMA user_version = 9999"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"queue"}, {"add", "ines@mareverde.example"}} {
		out, errs, code := r.tries(args...)
		if code == 0 || !strings.Contains(errs, "newer") || strings.Count(errs, "\n") != 1 {
			t.Errorf("stoke %s: exit %d\n%s%s", args, code, out, errs)
		}
	}
	x := open(t, 80, 24, append([]string{}, r.env...), "sh", "-c", stoke(t)+"; echo \"left with $?\"; exec cat")
	x.sees("newer", "left with 1")
	after, err := os.ReadFile(files[0])
	if err != nil || string(after) != string(before) {
		t.Errorf("the file was touched: %v", err)
	}
}

// small is a disk of the story's own, of so many kilobytes.
func small(t *testing.T, kilobytes string) string {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size="+kilobytes+"k", "tmpfs", dir).CombinedOutput(); err != nil {
		if os.Getenv("STOKE_TEST_SERVERS") == "1" {
			t.Fatalf("this story needs a disk of its own, and STOKE_TEST_SERVERS=1 says it can have one: %v\n%s", err, out)
		}
		t.Skipf("SKIPPED, NOT TESTED: this story needs the right to mount a small disk: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Errorf("unmount: %v", err)
		}
	})
	return dir
}

// onDisk moves the rep's data to a disk.
func (r *rep) onDisk(dir string) {
	r.data = filepath.Join(dir, "data")
	r.env = append(r.env, "STOKE_DATA="+r.data)
}

func TestAReadOnlyDiskIsToldInPlainWords(t *testing.T) {
	r := bare(t)
	r.write(r.config, nil)
	dir := small(t, "8192")
	r.onDisk(dir)
	r.says("add", "dana@northwind.example", "--name", "Dana Whitfield")
	if out, err := exec.Command("mount", "-o", "remount,ro", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, args := range [][]string{{"add", "ines@mareverde.example"}, {"snooze", "dana", "tomorrow"}, {"queue"}} {
		out, errs, code := r.tries(args...)
		if code == 0 || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, r.data) || !(strings.Contains(errs, "read-only") || strings.Contains(errs, "cannot be written")) {
			t.Errorf("stoke %s: exit %d\n%s%s", args, code, out, errs)
		}
	}
}

func TestAFullDiskLosesNothingAndIsTold(t *testing.T) {
	r := bare(t)
	r.write(r.config, nil)
	dir := small(t, "8192")
	r.onDisk(dir)
	r.says("add", "dana@northwind.example", "--name", "Dana Whitfield")
	r.says("log", "dana", "inquiry")
	x := r.screen(100, 30)
	x.sees("NOW 1", "Dana Whitfield")
	x.press("r")
	x.sees("Subject")
	x.types("Before it was full. ")
	x.keeps(r, "Before it was full.")
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 16<<20), 0o600); !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("the disk is not full: %v", err)
	}

	out, errs, code := r.tries("log", "dana", "note", "--note", strings.Repeat("a long note ", 8000))
	if code == 0 || !strings.Contains(errs, "disk is full") || strings.Count(errs, "\n") != 1 {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	var typed strings.Builder
	for range 40 { // so much that no free page of the log takes it
		typed.WriteString("While it was full the rep typed on and on, as reps do. ")
	}
	x.types(typed.String())
	x.sees("disk is full")
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	x.types("Room again. ")
	x.keeps(r, "Room again.")
	if kept := strings.Join(strings.Fields(r.draft()), " "); !strings.Contains(kept, strings.TrimSpace(typed.String())+" Room again.") {
		t.Errorf("the draft is\n%s", kept)
	}
	x.press("C-c")
	x.ended()
}
