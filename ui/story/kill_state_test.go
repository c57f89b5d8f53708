package story

import (
	"testing"
	"time"

	"stoke/mail/mailtest"
)

// A process that is killed right after the outbox came to a state, whichever it is: a second process reads the state out
// of the database before the kill, so the state is committed, and the next start goes on from there. The oracle is what
// the server took.
func TestKilledInEachStateOfTheOutbox(t *testing.T) {
	later := time.Minute // the moment at which the killed process works
	for _, tc := range []struct {
		state  string
		hold   func(r *rep)  // brings the server to where the outbox stays in the state
		at     time.Duration // when the killed process works, later where zero
		looked bool          // all looks into Sent but the last are done before
		ends   string        // how it ends after all restarts
		mails  int           // how many the server has taken in the end
	}{
		{state: "queued", hold: func(r *rep) { r.server.SMTP.Set(mailtest.Reply(mailtest.Mail, "451 4.3.0 Try later").Times(1)) }, ends: "sent", mails: 1},
		{state: "claimed", hold: func(r *rep) { r.server.SMTP.Set(mailtest.Silent(mailtest.Greeting)) }, ends: "sent", mails: 1},
		{state: "committing", hold: func(r *rep) { r.server.SMTP.Set(mailtest.Silent(mailtest.AfterDot)) }, ends: "ask_rep"},
		{state: "committing", hold: func(r *rep) { r.server.SMTP.Set(mailtest.AcceptThenSilent().OnStrike(r.nobodyLooks)) }, ends: "sent", mails: 1},
		{state: "uncertain", hold: func(r *rep) { r.server.SMTP.Set(mailtest.DropRST(mailtest.AfterDot)) }, ends: "ask_rep"},
		{state: "uncertain", hold: func(r *rep) { r.server.SMTP.Set(mailtest.AcceptThenRST().OnStrike(r.nobodyLooks)) }, ends: "sent", mails: 1},
		{state: "ask_rep", hold: func(r *rep) { r.server.SMTP.Set(mailtest.DropRST(mailtest.AfterDot)) }, looked: true, at: 3 * time.Hour, ends: "ask_rep"},
		{state: "sent", hold: func(r *rep) { r.server.IMAP.Set(mailtest.Silent(mailtest.Append)) }, ends: "sent", mails: 1},
		{state: "failed", hold: func(r *rep) { r.server.SMTP.Set(mailtest.Reply(mailtest.Rcpt, "550 5.1.1 No such user")) }, ends: "failed"},
		{state: "cancelled", hold: func(r *rep) { r.says("retire", "dana", "no-fit") }, ends: "cancelled"},
	} {
		name := tc.state
		if tc.mails > 0 {
			name += ", in the end delivered"
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// Where a server saves what it sends, the copy in Sent settles a doubt.
			r := newRep(t, mailtest.Options{SavesSent: tc.state != "sent"})
			r.dana()
			sendDana(r)
			tc.hold(r)
			if tc.at == 0 {
				tc.at = later
			}
			if tc.looked {
				for _, after := range []time.Duration{0, 2 * time.Minute, 7 * time.Minute, 20 * time.Minute} {
					r.tries("--now", in(later+after), "sync")
				}
				if state := r.outbox()[0].State; state != "uncertain" {
					t.Fatalf("the mail is %s before, want uncertain", state)
				}
			}
			watch := r.command("--now", in(tc.at), "sync", "--watch")
			if err := watch.Start(); err != nil {
				t.Fatal(err)
			}
			held := r.comesTo(tc.state)
			if err := watch.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			_ = watch.Wait()
			if !held {
				t.Fatalf("never came to %s: %+v", tc.state, r.outbox())
			}
			for _, port := range []*mailtest.Port{r.server.SMTP, r.server.IMAP} {
				port.Clear()
				port.Drop()
			}
			for after := tc.at + time.Minute; after < tc.at+6*time.Hour; after *= 2 {
				r.tries("--now", in(after), "sync")
				if n := len(r.server.Deliveries()); n > 1 {
					t.Fatalf("delivered %d times", n)
				}
			}
			state, deliveries := r.outbox()[0].State, len(r.server.Deliveries())
			if state != tc.ends || deliveries != tc.mails {
				t.Errorf("ended as %s with %d deliveries, want %s with %d", state, deliveries, tc.ends, tc.mails)
			}
			if copies := len(sentCopies(r)); copies != deliveries {
				t.Errorf("%d copies in Sent of %d deliveries", copies, deliveries)
			}
		})
	}
}

// nobodyLooks keeps the copy in Sent from being found, which would settle the state.
func (r *rep) nobodyLooks() {
	r.server.IMAP.Set(mailtest.Silent(mailtest.Select), mailtest.Silent(mailtest.Fetch), mailtest.Silent(mailtest.Search), mailtest.Silent(mailtest.Noop))
}

// comesTo reads the outbox, in a process of its own each time, until its mail is in the state and was tried, where a
// state can also be the one from which it began.
func (r *rep) comesTo(state string) bool {
	r.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); {
		if m := r.outbox()[0]; m.State == state && (state != "queued" || m.Attempts > 0) {
			return true
		}
	}
	return false
}
