package story

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"sort"
	"testing"
	"time"

	"github.com/creack/pty"
)

// session is a program in a bare pseudo-terminal, for measuring: nothing lies between it and the clock.
type session struct {
	cmd  *exec.Cmd
	tty  *os.File
	read chan []byte
	seen []byte
}

func start(tb testing.TB, width, height int, env []string, command ...string) *session {
	tb.Helper()
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + tb.TempDir(), "TERM=xterm-256color", "LC_ALL=C.UTF-8"}, env...)
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: uint16(height), Cols: uint16(width)})
	if err != nil {
		tb.Fatal(err)
	}
	s := &session{cmd: cmd, tty: tty, read: make(chan []byte, 1024)}
	go func() {
		defer close(s.read)
		for {
			chunk := make([]byte, 64<<10)
			n, err := tty.Read(chunk)
			if n > 0 {
				s.read <- chunk[:n]
			}
			if err != nil {
				return
			}
		}
	}()
	return s
}

// shows waits until the octets that the program wrote since the last call contain want.
func (s *session) shows(tb testing.TB, want string) {
	tb.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	for !bytes.Contains(s.seen, []byte(want)) {
		select {
		case chunk, ok := <-s.read:
			if !ok {
				tb.Fatalf("the program ended before it showed %q; it showed %q", want, s.seen)
			}
			s.seen = append(s.seen, chunk...)
		case <-deadline.C:
			tb.Fatalf("the program never showed %q; it showed %q", want, s.seen)
		}
	}
	s.seen = s.seen[:0]
}

// quiet waits until the program has written nothing for a while: its screen rests.
func (s *session) quiet(rest time.Duration) {
	timer := time.NewTimer(rest)
	defer timer.Stop()
	for {
		select {
		case _, ok := <-s.read:
			if !ok {
				return
			}
			timer.Reset(rest)
		case <-timer.C:
			s.seen = s.seen[:0]
			return
		}
	}
}

func (s *session) press(tb testing.TB, keys string) {
	tb.Helper()
	if _, err := io.WriteString(s.tty, keys); err != nil {
		tb.Fatal(err)
	}
}

// first waits for the next octets.
func (s *session) first(tb testing.TB) {
	tb.Helper()
	select {
	case _, ok := <-s.read:
		if !ok {
			tb.Fatal("the program ended")
		}
	case <-time.After(patience):
		tb.Fatal("no answer to a key")
	}
}

func (s *session) end() {
	_ = s.cmd.Process.Kill()
	_ = s.tty.Close()
	for range s.read {
	}
	_ = s.cmd.Wait()
}

// percentile gives the p-th percentile of durations in milliseconds.
func percentile(all []time.Duration, p float64) float64 {
	sort.Slice(all, func(a, b int) bool { return all[a] < all[b] })
	return float64(all[int(p*float64(len(all)-1))]) / float64(time.Millisecond)
}
