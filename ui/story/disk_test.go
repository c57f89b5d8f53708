package story

import (
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"stoke/mail/mailtest"
)

// A file may not grow beyond what the shell allows. At whichever write a send runs into that, the mail leaves once at
// most, none leaves that could not be written down before, and the rep is told in one line.
func TestAFileThatMayNotGrow(t *testing.T) {
	t.Parallel()
	r := newRep(t, mailtest.Options{SavesSent: true})
	r.dana()
	sendDana(r)
	const step = 24 // blocks of 512 octets: a few pages of SQLite's log
	failed := 0
	for n := range 60 {
		cmd := r.command("--now", in(5*time.Minute+time.Duration(n)*6*time.Minute), "sync")
		cmd.Args = append([]string{"sh", "-c", `ulimit -f "$1" && shift && exec "$@"`, "sh", strconv.Itoa(n * step), cmd.Path}, cmd.Args[1:]...)
		shell, err := exec.LookPath("sh")
		if err != nil {
			t.Fatal(err)
		}
		cmd.Path = shell
		quit := time.AfterFunc(patience, func() { _ = cmd.Process.Signal(syscall.SIGQUIT) })
		said, _ := cmd.CombinedOutput()
		if !quit.Stop() {
			t.Fatalf("at %d octets control never came back:\n%s", n*step*512, said)
		}
		state, delivered := r.outbox()[0].State, len(r.server.Deliveries())
		if delivered > 1 || state == "sent" && delivered != 1 || (state == "queued" || state == "claimed" || state == "failed") && delivered != 0 {
			t.Fatalf("at %d octets the mail is %s and was delivered %d times\n%s", n*step*512, state, delivered, said)
		}
		if cmd.ProcessState.ExitCode() != 0 {
			failed++
			if strings.Count(string(said), "goroutine") > 0 || !strings.Contains(string(said), "disk") {
				t.Errorf("at %d octets, exit %d:\n%s", n*step*512, cmd.ProcessState.ExitCode(), said)
			}
		}
		if state == "sent" {
			break
		}
	}
	if state := r.outbox()[0].State; state != "sent" || failed == 0 {
		t.Errorf("in the end it is %s, and %d runs failed", state, failed)
	}
}

// A program that is stopped in the middle of a send, as a laptop stops it that is closed, looks dead and is not: another
// one that runs two hours later leaves its mail alone. It goes on where it stood, and the mail is there once.
func TestAStoppedProgramIsNotDead(t *testing.T) {
	for _, phase := range []mailtest.Phase{mailtest.Data, mailtest.AfterDot} {
		t.Run(string(phase), func(t *testing.T) {
			t.Parallel()
			r := newRep(t, mailtest.Options{SavesSent: true})
			r.dana()
			sendDana(r)
			reached, answers := make(chan struct{}), make(chan struct{})
			r.server.SMTP.Set(mailtest.Late(phase, answers).OnStrike(func() { close(reached) }).Times(1))
			watch := r.command("--now", in(5*time.Minute), "sync", "--watch")
			if err := watch.Start(); err != nil {
				t.Fatal(err)
			}
			stopped := false
			defer func() {
				_ = watch.Process.Kill()
				_ = watch.Wait()
			}()
			select {
			case <-reached:
				if err := watch.Process.Signal(syscall.SIGSTOP); err != nil {
					t.Fatal(err)
				}
				stopped = true
			case <-time.After(patience):
			}
			if !stopped {
				t.Fatal("the mail never came so far")
			}
			close(answers)
			state := r.outbox()[0].State
			for _, after := range []time.Duration{2 * time.Hour, 26 * time.Hour} {
				out, errs, code := r.tries("--now", in(after), "sync")
				if now := r.outbox()[0].State; now != state || len(r.server.Deliveries()) > 1 {
					t.Errorf("%v later another program made %s of %s, %d deliveries (exit %d)\n%s%s", after, now, state, len(r.server.Deliveries()), code, out, errs)
				}
			}
			if err := watch.Process.Signal(syscall.SIGCONT); err != nil {
				t.Fatal(err)
			}
			if !r.comesTo("sent") || len(r.server.Deliveries()) != 1 {
				t.Errorf("it went on, and the mail is %s, %d deliveries", r.outbox()[0].State, len(r.server.Deliveries()))
			}
		})
	}
}
