package story

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"stoke/mail/mailtest"
)

// answering is a rep who has written an answer to Dana and stands before ctrl+s.
func answering(t *testing.T, undo string) (*rep, *terminal) {
	t.Helper()
	r := newRep(t, mailtest.Options{})
	r.adjusts("[outbox]\nundo_window = \"" + undo + "\"\n")
	r.dana()
	x := r.screen(100, 30)
	x.sees("NOW 1", "Dana Whitfield", "synced")
	x.press("r")
	x.sees("Subject  Re: Pricing for 40 seats")
	x.types("Yes, I can.")
	x.sees("Yes, I can.")
	return r, x
}

// q with mail owed says so; the rep may stay, wait until it is out, or leave it for the next start.
func TestLeavingWithMailOwedSaysSo(t *testing.T) {
	t.Run("waits", func(t *testing.T) {
		t.Parallel()
		r, x := answering(t, "3s")
		x.press("C-s")
		x.sees("Sending to Dana", "1 sending")
		x.press("q")
		x.sees("Leave now?", "1 mail has not left yet", "stoke sync", "wait until they are out")
		x.press("s")
		x.lost("Leave now?")
		x.press("q")
		x.sees("Leave now?")
		x.press("w")
		x.ended()
		if n := len(r.server.Deliveries()); n != 1 {
			t.Errorf("it left with %d mails delivered", n)
		}
	})
	t.Run("leaves", func(t *testing.T) {
		t.Parallel()
		r := newRep(t, mailtest.Options{})
		r.adjusts("[outbox]\nundo_window = \"30s\"\n")
		r.dana()
		// A shell around it: what is said last is for the shell's screen.
		x := open(t, 100, 30, append([]string{}, r.env...), "sh", "-c", stoke(t)+"; echo \"left with $?\"; exec cat")
		x.sees("NOW 1", "synced")
		x.press("r")
		x.sees("Subject  Re: Pricing for 40 seats")
		x.types("Yes, I can.")
		x.press("C-s")
		x.sees("Sending to Dana", "1 sending")
		x.press("q")
		x.sees("Leave now?")
		x.press("q")
		x.sees("left with 0", "1 mail leaves at the next start or `stoke sync`.")
		if n := len(r.server.Deliveries()); n != 0 {
			t.Errorf("%d mails were delivered within the undo window", n)
		}
		r.says("--now", in(time.Minute), "sync")
		r.says("--now", in(time.Minute), "sync")
		if n := len(r.server.Deliveries()); n != 1 {
			t.Errorf("delivered %d times by `stoke sync`", n)
		}
	})
}

// Ctrl+c is out within three seconds even while the server hangs behind the dot. Whether the mail went out is then told
// as the doubt that it is, and settled by the rep.
func TestLeavingWhileTheServerHangsAfterTheDot(t *testing.T) {
	for name, settle := range map[string]func(r *rep, x *terminal){
		"on the screen": func(r *rep, x *terminal) {
			x.press("e")
			x.sees("it went out")
			x.press("s")
			x.sees("Marked as sent.")
			eventually(r.t, "the outbox says sent", func() bool { return r.outbox()[0].State == "sent" })
		},
		"by command line": func(r *rep, x *terminal) {
			x.press("C-c")
			x.ended()
			out := r.says("outbox", "resolve", fmt.Sprint(r.outbox()[0].ID), "sent")
			if r.outbox()[0].State != "sent" {
				r.t.Errorf("after resolve the outbox says %+v; it printed %s", r.outbox(), out)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, x := answering(t, "0s")
			hangs := make(chan struct{}, 8)
			r.server.SMTP.Set(mailtest.Silent(mailtest.AfterDot).OnStrike(func() { hangs <- struct{}{} }))
			x.press("C-s")
			select {
			case <-hangs:
			case <-time.After(patience):
				t.Fatal("the dot never came")
			}
			x.press("C-c")
			began := time.Now()
			x.ended()
			took := time.Since(began)
			t.Logf("out after %d ms", took.Milliseconds())
			if took > 3*time.Second {
				t.Errorf("leaving took %s", took)
			}
			r.heals()
			if o := r.outbox(); len(o) != 1 || o[0].State != "uncertain" && o[0].State != "committing" {
				t.Fatalf("after leaving the outbox says %+v", o)
			}
			again := r.screen(100, 30)
			again.sees("synced")
			again.press("6")
			again.sees("It may have gone out", "looking in your Sent folder")
			settle(r, again)
			r.tries("sync")
			if n := len(r.server.Deliveries()); n != 0 {
				t.Errorf("a mail in doubt was sent again by itself: %d deliveries", n)
			}
		})
	}
}

// However the program ends, what was typed more than a second before is on the disk.
func TestAnEndWhileTypingLosesAtMostASecond(t *testing.T) {
	ends := map[string]func(x *terminal){
		"kill -9": func(x *terminal) { x.kill(syscall.SIGKILL) },
		"SIGTERM": func(x *terminal) { x.kill(syscall.SIGTERM) },
		"SIGHUP":  func(x *terminal) { x.kill(syscall.SIGHUP) },
		"ctrl+c":  func(x *terminal) { x.press("C-c"); x.ended() },
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, x := answering(t, "8s")
			x.types("Typing: ")
			x.sees("Typing:")
			type word struct {
				text  string
				shown time.Time
			}
			var typed []word
			over := time.NewTimer(2500 * time.Millisecond)
			defer over.Stop()
			pace := time.NewTicker(60 * time.Millisecond)
			defer pace.Stop()
			for typing := true; typing; {
				select {
				case <-over.C:
					typing = false
				case <-pace.C:
					w := fmt.Sprintf("w%d.", len(typed))
					x.types(w + " ")
					x.sees(w)
					typed = append(typed, word{w, time.Now()})
				}
			}
			ended := time.Now()
			end(x)
			kept := r.draft()
			lost := 0
			for _, w := range typed {
				if strings.Contains(kept, w.text) {
					continue
				}
				lost++
				if name == "ctrl+c" {
					t.Errorf("ctrl+c lost %q", w.text)
				} else if ago := ended.Sub(w.shown); ago > time.Second {
					t.Errorf("%q was typed %s before the end and is lost; kept is\n%s", w.text, ago, kept)
				}
			}
			t.Logf("%d of %d words were lost", lost, len(typed))
		})
	}
}

// On every way out the shell has its screen, its cursor and its line discipline back.
func TestTheTerminalIsRestored(t *testing.T) {
	for name, end := range map[string]func(x *terminal, pid int) error{
		"ctrl+c":  func(x *terminal, _ int) error { x.press("C-c"); return nil },
		"SIGTERM": func(_ *terminal, pid int) error { return syscall.Kill(pid, syscall.SIGTERM) },
		"SIGHUP":  func(_ *terminal, pid int) error { return syscall.Kill(pid, syscall.SIGHUP) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRep(t, mailtest.Options{})
			r.dana()
			pid := filepath.Join(t.TempDir(), "pid")
			x := open(t, 80, 24, append([]string{}, r.env...), "sh", "-c", "sh -c 'echo $$ >"+pid+"; exec "+stoke(t)+"'; echo \"left with $?\"; stty -a; exec cat")
			x.sees("NOW 1", "synced")
			x.press("r")
			x.sees("Subject  Re: Pricing for 40 seats")
			if got := x.modes(); !strings.HasPrefix(got, "1 ") {
				t.Fatalf("alternate screen and cursor while it runs: %s", got)
			}
			text, err := os.ReadFile(pid)
			if err != nil {
				t.Fatal(err)
			}
			child, err := strconv.Atoi(strings.TrimSpace(string(text)))
			if err != nil {
				t.Fatal(err)
			}
			if err := end(x, child); err != nil {
				t.Fatal(err)
			}
			picture := x.sees("left with 0", "icanon")
			if strings.Contains(picture, "-icanon") || strings.Contains(picture, "-echo ") || strings.Contains(picture, "Dana Whitfield") {
				t.Errorf("the terminal is left as\n%s", picture)
			}
			eventually(t, "the cursor is seen and the mouse is free", func() bool { return x.modes() == "0 1 0" })
		})
	}
}

// modes are: alternate screen, cursor visible, mouse taken.
func (x *terminal) modes() string {
	x.t.Helper()
	return strings.TrimSpace(x.tmux("display-message", "-p", "-t", "rep", "#{alternate_on} #{cursor_flag} #{mouse_any_flag}"))
}

// The terminal is closed, and what started the program keeps the hangup to itself, as make does: the program notices by
// itself that there is nobody left to type, and ends.
func TestTheProgramEndsWithItsTerminal(t *testing.T) {
	r := newRep(t, mailtest.Options{})
	r.dana()
	code := filepath.Join(t.TempDir(), "code")
	s := start(t, 100, 30, r.env, "sh", "-c", `trap "" HUP; "$0"; echo $? >"$1"`, stoke(t), code)
	t.Cleanup(s.end)
	s.shows(t, "Dana Whitfield")
	if err := s.tty.Close(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the program ended", func() bool {
		out, err := os.ReadFile(code)
		return err == nil && strings.TrimSpace(string(out)) == "0"
	})
}
