package realtest

import "testing"

// StopSMTP takes Postfix away: open connections break, new ones are refused.
// Mail it has accepted waits in its queue. Postfix is back when the test ends
// at the latest, so such a test must not run in parallel with others.
func (s *Servers) StopSMTP(t testing.TB) { t.Helper(); s.master.away(t) }

// StartSMTP brings Postfix back on the same ports.
func (s *Servers) StartSMTP(t testing.TB) { t.Helper(); s.master.back(t) }

// StopIMAP takes IMAP away; SMTP and delivery go on. As with StopSMTP it is
// back when the test ends.
func (s *Servers) StopIMAP(t testing.TB) { t.Helper(); s.imapLogin.away(t) }

// StartIMAP brings IMAP back on the same ports.
func (s *Servers) StartIMAP(t testing.TB) { t.Helper(); s.imapLogin.back(t) }

func (d *daemon) away(t testing.TB) {
	t.Helper()
	if err := d.stop(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if !answers(d.listen[0]) {
			d.back(t)
		}
	})
}

func (d *daemon) back(t testing.TB) {
	t.Helper()
	if err := d.start(); err != nil {
		t.Fatal(err)
	}
}
