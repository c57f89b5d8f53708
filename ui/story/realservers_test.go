package story

import (
	"bytes"
	"encoding/json"
	"net/mail"
	"os"
	"strings"
	"testing"
	"time"

	"stoke/mail/realtest"
)

// The whole loop against a real Dovecot and a real Postfix. The oracle is the disk behind them.
func TestTheWholeLoopAgainstRealServers(t *testing.T) {
	for _, security := range []string{"tls", "starttls"} {
		t.Run(security, func(t *testing.T) {
			t.Parallel()
			s := realtest.Start(t)
			imap, smtp := s.IMAPS, s.SMTPS
			if security == "starttls" {
				imap, smtp = s.IMAP, s.Submission
			}
			authority, err := os.ReadFile(s.CAFile)
			if err != nil {
				t.Fatal(err)
			}
			r := &rep{t: t}
			r.configure(account{user: s.User, address: s.User, password: s.Password, imap: imap, smtp: smtp, imapSecurity: security, smtpSecurity: security, ca: authority})
			r.adjusts("[outbox]\nundo_window = \"2s\"\n")
			r.says("add", s.Prospect, "--name", "Dana Whitfield", "--company", "Northwind", "--country", "NL")
			ask := "ask-" + security + "@northwind.example"
			s.Deliver(t, s.User, letter(s.Prospect, s.User, ask, "", "Pricing for 40 seats", "Can you do 40 seats at the old price?"))
			var done []struct{ Replies int }
			r.asks(&done, "sync")
			if len(done) != 1 || done[0].Replies != 1 {
				t.Fatalf("the first sync found %+v", done)
			}

			x := r.screen(80, 24)
			x.sees("NOW 1", "Dana Whitfield", "draft")
			x.press("r")
			x.sees("Subject  Re: Pricing for 40 seats", "esc keep")
			x.types("Good to hear from you. ")
			x.sees("Good to hear from you.")
			x.press("C-s")
			x.sees("Sending to Dana", "u undo")
			arrived := s.AwaitMail(t, s.Prospect, "INBOX", 1)
			id := r.outbox()[0].MessageID
			threaded(t, arrived[0], map[string]string{
				"From": s.User, "To": s.Prospect, "Subject": "Re: Pricing for 40 seats",
				"Message-Id": "<" + id + ">", "In-Reply-To": "<" + ask + ">", "References": "<" + ask + ">",
			}, "Good to hear from you.=20\r\n")
			x.sees("synced ") // the line of the reply is open

			s.Deliver(t, s.User, letter(s.Prospect, s.User, "yes-"+security+"@northwind.example", id, "Re: Pricing for 40 seats", "Great. When can we start?"))
			began := time.Now()
			x.sees("NOW 1", "Dana Whitfield", "When can we start?")
			t.Logf("%s: the reply was on the screen %d ms after its delivery", security, time.Since(began).Milliseconds())

			s.AwaitMail(t, s.User, "Sent", 1)
			x.press("q")
			x.ended()
			r.says("sync")
			s.Settle(t)
			if n := len(s.Mailbox(t, s.Prospect, "INBOX")); n != 1 {
				t.Errorf("the prospect got %d mails", n)
			}
			sent := s.Mailbox(t, s.User, "Sent")
			if len(sent) != 1 {
				t.Fatalf("%d copies in Sent", len(sent))
			}
			threaded(t, sent[0], map[string]string{"Message-Id": "<" + id + ">", "To": s.Prospect}, "Good to hear from you.=20\r\n")
			if o := r.outbox(); len(o) != 1 || o[0].State != "sent" {
				t.Errorf("the outbox says %+v", o)
			}

			again := r.screen(80, 24)
			again.sees("NOW 1", "Dana Whitfield", "When can we start?")
			again.press("C-c")
			again.ended()
		})
	}
}

// threaded judges the fields of a mail, addresses without their names, and that it holds what was typed.
func threaded(t *testing.T, raw []byte, want map[string]string, typed string) {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	for field, value := range want {
		got := m.Header[field]
		if len(got) == 1 && (field == "From" || field == "To") {
			a, err := mail.ParseAddress(got[0])
			if err != nil {
				t.Fatal(err)
			}
			got = []string{a.Address}
		}
		if len(got) != 1 || got[0] != value {
			t.Errorf("%s: %q, want %q", field, got, value)
		}
	}
	if !bytes.Contains(raw, []byte(typed)) {
		t.Errorf("%q is not in the mail\n%s", typed, raw)
	}
}

// A real server whose certificate nobody vouches for is refused in plain words, before anything is asked or sent.
func TestARealServerOfAnUnknownAuthorityIsRefused(t *testing.T) {
	s := realtest.Start(t)
	for security, at := range map[string][2]string{"tls": {s.IMAPS, s.SMTPS}, "starttls": {s.IMAP, s.Submission}} {
		r := &rep{t: t}
		r.configure(account{user: s.User, address: s.User, password: s.Password, imap: at[0], smtp: at[1], imapSecurity: security, smtpSecurity: security})
		out, errs, code := r.tries("sync", "--json")
		if code != 78 || !strings.Contains(errs, "signed by nobody this machine trusts") || !strings.Contains(errs, "ca_file") || strings.Contains(out+errs, s.Password) {
			t.Errorf("%s: exit %d\n%s%s", security, code, out, errs)
		}
		var checks []struct{ Check, Status, Detail string }
		out, _, _ = r.tries("doctor", "--json")
		if err := json.Unmarshal([]byte(out), &checks); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		refused := 0
		for _, c := range checks {
			if c.Status == "fail" && strings.Contains(c.Detail, "signed by nobody") {
				refused++
			}
		}
		if refused != 2 {
			t.Errorf("%s: the doctor finds %+v", security, checks)
		}
	}
}
