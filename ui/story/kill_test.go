package story

import (
	"fmt"
	"testing"
	"time"

	"stoke/mail/mailtest"
)

// A process that is killed at any moment of a send leaves a row from which the next one goes on, without a second
// delivery and without losing the mail. The oracle is what the server accepted.
func TestKilledAtAnyMomentOfASend(t *testing.T) {
	type moment struct {
		name     string
		fault    mailtest.Fault
		imap     bool // the fault is the mailbox's
		accepted bool // the server had taken the mail by then
		doubtful bool // the dot may have been on the wire
	}
	moments := []moment{
		{name: "connected", fault: mailtest.Silent(mailtest.Greeting)}, {name: "EHLO said", fault: mailtest.Silent(mailtest.EHLO)},
		{name: "logging in", fault: mailtest.Silent(mailtest.Auth)}, {name: "MAIL said", fault: mailtest.Silent(mailtest.Mail)},
		{name: "RCPT said", fault: mailtest.Silent(mailtest.Rcpt)}, {name: "DATA said", fault: mailtest.Silent(mailtest.Data)},
		{name: "in the body", fault: mailtest.Silent(mailtest.Body), doubtful: true},
		{name: "the dot written, not taken", fault: mailtest.Silent(mailtest.AfterDot), doubtful: true},
		{name: "the dot taken, no answer", fault: mailtest.AcceptThenSilent(), accepted: true},
		{name: "filing the copy", fault: mailtest.Silent(mailtest.Append), imap: true, accepted: true},
	}
	for _, saves := range []bool{false, true} {
		for _, m := range moments {
			t.Run(fmt.Sprintf("%s, provider saves=%v", m.name, saves), func(t *testing.T) {
				if m.imap && saves {
					return // such a provider is never asked to file a copy
				}
				t.Parallel()
				r := newRep(t, mailtest.Options{SavesSent: saves})
				r.dana()
				sendDana(r)
				struck := make(chan struct{}, 8)
				port := r.server.SMTP
				if m.imap {
					port = r.server.IMAP
				}
				port.Set(m.fault.OnStrike(func() { struck <- struct{}{} }))
				sync := r.command("--now", in(time.Minute), "sync")
				if err := sync.Start(); err != nil {
					t.Fatal(err)
				}
				select {
				case <-struck:
				case <-time.After(patience):
					t.Fatal("the moment never came")
				}
				if err := sync.Process.Kill(); err != nil {
					t.Fatal(err)
				}
				_ = sync.Wait()
				port.Clear()
				port.Drop()

				state := r.outbox()[0].State
				for after := 2 * time.Minute; after < 3*time.Hour && state != "sent" && state != "ask_rep"; after *= 2 {
					r.tries("--now", in(after), "sync")
					state = r.outbox()[0].State
				}
				r.tries("--now", in(4*time.Hour), "sync") // the copy in Sent is a job of its own
				deliveries := len(r.server.Deliveries())
				switch {
				case deliveries > 1:
					t.Fatalf("delivered %d times, and the outbox says %s", deliveries, state)
				case state == "sent" && deliveries != 1:
					t.Errorf("called sent with %d deliveries", deliveries)
				case state == "ask_rep" && m.accepted && saves:
					t.Error("the copy in Sent did not settle the doubt")
				case state != "sent" && state != "ask_rep":
					t.Errorf("ended as %s", state)
				case state == "ask_rep" && !m.doubtful && !m.accepted:
					t.Error("in doubt, though no dot can have left")
				}
				if copies := len(sentCopies(r)); deliveries == 1 && state == "sent" && copies != 1 {
					t.Errorf("%d copies in Sent", copies)
				}
			})
		}
	}
}

func sentCopies(r *rep) [][]byte {
	r.t.Helper()
	all, err := r.server.Mails(me, "Sent")
	if err != nil {
		r.t.Fatal(err)
	}
	return all
}

// sendDana queues an answer to Dana.
func sendDana(r *rep) {
	r.t.Helper()
	body := r.t.TempDir() + "/body.txt"
	r.write(body, []byte("Hi Dana,\n\nyes, I can. Shall I send the order form?\n\nRobin\n"))
	r.says("send", "dana", "--body-file", body, "--yes")
}

// in is a moment of the story's clock, so long after it began.
func in(d time.Duration) string { return time.Now().Add(d).Format(time.RFC3339) }
