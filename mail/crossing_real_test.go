package mail

import (
	"crypto/tls"
	"fmt"
	"net"
	"testing"
	"time"

	"stoke/mail/mailtest"
	"stoke/mail/realtest"
)

// newRealCrossing is a crossing with Postfix and Dovecot behind a proxy that brings the faults. The oracle is the disk
// behind them.
func newRealCrossing(t *testing.T) *crossing {
	t.Helper()
	s := realtest.Start(t)
	config := &tls.Config{RootCAs: s.CA, ServerName: "localhost"}
	to := func(addr string) func() (net.Conn, error) {
		return func() (net.Conn, error) { return tls.Dial("tcp", addr, config) }
	}
	smtp, err := mailtest.SMTPProxy(to(s.SMTPS))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(smtp.Close)
	imap, err := mailtest.IMAPProxy(to(s.IMAPS))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(imap.Close)
	c := &crossing{t: t, password: s.Password, clock: newClock(), smtp: smtp.Port, imap: imap.Port}
	c.clock.at = time.Now()
	c.deliveries = func() int {
		smtp.Drop() // a mail whose end Postfix still waits for would never settle
		s.Settle(t)
		return len(s.Mailbox(t, s.Prospect, "INBOX"))
	}
	c.copies = func() int { return len(s.Mailbox(t, s.User, "Sent")) }
	// A real disk is behind the dot; what comes late is doubt, not a duplicate, but a slow machine should not see only that.
	c.limits = Limits{Connect: 5 * time.Second, Command: 600 * time.Millisecond, Whole: 10 * time.Second, Dot: 500 * time.Millisecond, Copy: 10 * time.Millisecond, Retry: 10 * time.Millisecond, Leave: 100 * time.Millisecond}
	c.queue(s.User, s.Prospect)
	return c
}

// A sample of the deaths and faults against Postfix and Dovecot: around the dot and around the copy, where it matters.
func TestDeathsCrossFaultsBeforeRealServers(t *testing.T) {
	faults := dotFaults()
	for _, name := range []string{
		"no fault", "RST in the body", "silence, not taken", "RST, not taken", "451 at the dot", "554 at the dot",
		"FIN, taken", "silence, taken", "250 is cut", "250 comes twice", "RST at QUIT", "silence at the copy", "the copy's answer cut", "the copy is refused",
	} {
		f, ok := faults[name]
		if !ok {
			t.Fatalf("there is no fault %q", name)
		}
		points := []string{"at the fault", "at no point", "after Commit", "before Settle"}
		if f.imap {
			points = []string{"at the fault", "at no point", "before Copied"}
		}
		for _, point := range points {
			t.Run(fmt.Sprintf("%s, %s", name, point), func(t *testing.T) {
				crossed{name: name, point: point, fault: f.fault, imap: f.imap}.run(newRealCrossing(t))
			})
		}
	}
}
