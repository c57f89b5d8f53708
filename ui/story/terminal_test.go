package story

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// patience is how long a story waits for something to be seen before it gives up.
const patience = 20 * time.Second

// binary builds the program once for all stories.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "stoke-story-*")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "stoke")
	build := exec.Command("go", "build", "-o", path, "stoke")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, nil
})

func stoke(t testing.TB) string {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// need skips a story loudly, or fails it where everything must be there.
func need(t testing.TB, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err == nil {
		return
	}
	if os.Getenv("STOKE_TEST_SERVERS") == "1" {
		t.Fatalf("this story needs %s, and STOKE_TEST_SERVERS=1 says it is there", program)
	}
	t.Skipf("SKIPPED, NOT TESTED: this story needs %s; install it to see the whole program run", program)
}

// windows counts terminals, so that each has a tmux server of its own.
var windows atomic.Int64

// terminal is a tmux window of its own in which a rep works.
type terminal struct {
	t    testing.TB
	sock string
}

// open starts a command in a fresh terminal of this size. env holds KEY=value pairs.
func open(t testing.TB, width, height int, env []string, command ...string) *terminal {
	t.Helper()
	need(t, "tmux")
	x := &terminal{t: t, sock: fmt.Sprintf("stoke-%d-%d", os.Getpid(), windows.Add(1))}
	line := "exec env -u NO_COLOR TERM=tmux-256color LC_ALL=C.UTF-8 " + quoted(append(env, command...))
	x.tmux("-f", "/dev/null", "new-session", "-d", "-s", "rep", "-x", fmt.Sprint(width), "-y", fmt.Sprint(height), line+"; ", ";", "set-option", "-g", "remain-on-exit", "on", ";", "set-option", "-g", "escape-time", "0")
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the screen at the end:\n%s", x.picture())
		}
		_ = exec.Command("tmux", "-L", x.sock, "kill-server").Run()
	})
	return x
}

func quoted(words []string) string {
	for i, w := range words {
		words[i] = "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
	}
	return strings.Join(words, " ")
}

func (x *terminal) tmux(args ...string) string {
	x.t.Helper()
	out, err := exec.Command("tmux", append([]string{"-L", x.sock}, args...)...).CombinedOutput()
	if err != nil {
		x.t.Fatalf("tmux %s: %v\n%s", args, err, out)
	}
	return string(out)
}

// picture is the screen as text.
func (x *terminal) picture() string {
	out, _ := exec.Command("tmux", "-L", x.sock, "capture-pane", "-p", "-t", "rep").Output()
	return string(out)
}

// press presses keys by their tmux names: "Enter", "C-s", "r".
func (x *terminal) press(keys ...string) {
	x.t.Helper()
	x.tmux(append([]string{"send-keys", "-t", "rep"}, keys...)...)
}

// types types a text letter by letter.
func (x *terminal) types(text string) {
	x.t.Helper()
	x.tmux("send-keys", "-t", "rep", "-l", text)
}

// sees waits until the screen shows all of these, and gives the picture.
func (x *terminal) sees(texts ...string) string {
	x.t.Helper()
	return x.until(fmt.Sprintf("the screen shows %q", texts), func(picture string) bool {
		for _, text := range texts {
			if !strings.Contains(picture, text) {
				return false
			}
		}
		return true
	})
}

// lost waits until the screen does not show a text any more.
func (x *terminal) lost(text string) {
	x.t.Helper()
	x.until(fmt.Sprintf("%q is gone", text), func(picture string) bool { return !strings.Contains(picture, text) })
}

func (x *terminal) until(what string, ok func(picture string) bool) string {
	x.t.Helper()
	var picture string
	eventually(x.t, what, func() bool {
		picture = x.picture()
		return ok(picture)
	})
	return picture
}

// ended waits until the program has left.
func (x *terminal) ended() {
	x.t.Helper()
	eventually(x.t, "the program left", func() bool {
		out, err := exec.Command("tmux", "-L", x.sock, "display-message", "-p", "-t", "rep", "#{pane_dead}").Output()
		return err != nil || strings.TrimSpace(string(out)) == "1"
	})
}

// pid is the process that runs in the terminal.
func (x *terminal) pid() int {
	x.t.Helper()
	var pid int
	if _, err := fmt.Sscan(x.tmux("display-message", "-p", "-t", "rep", "#{pane_pid}"), &pid); err != nil {
		x.t.Fatal(err)
	}
	return pid
}

// eventually waits for a condition; it looks again and again until patience ends.
func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for !ok() {
		select {
		case <-again.C:
		case <-deadline.C:
			t.Fatalf("waited %s, and still not: %s", patience, what)
		}
	}
}
