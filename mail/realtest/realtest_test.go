package realtest

import (
	"bytes"
	"crypto/tls"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

const letter = "From: Dana <dana@prospect.test>\r\n" +
	"To: rep@stoke.test\r\n" +
	"Subject: Re: forty seats\r\n" +
	"Date: Mon, 23 Nov 2026 09:41:00 +0100\r\n" +
	"Message-ID: <one@prospect.test>\r\n" +
	"\r\n" +
	"Can you hold the price?\r\n" +
	".a line that begins with a dot\r\n"

func (s *Servers) tls() *tls.Config {
	return &tls.Config{RootCAs: s.CA, ServerName: "localhost"}
}

func dialIMAP(t *testing.T, s *Servers, wire string, o *imapclient.Options) *imapclient.Client {
	t.Helper()
	if o == nil {
		o = &imapclient.Options{}
	}
	o.TLSConfig = s.tls()
	var c *imapclient.Client
	var err error
	if wire == "STARTTLS" {
		c, err = imapclient.DialStartTLS(s.IMAP, o)
	} else {
		c, err = imapclient.DialTLS(s.IMAPS, o)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func dialSMTP(t *testing.T, s *Servers, wire string) *smtp.Client {
	t.Helper()
	var c *smtp.Client
	var err error
	if wire == "STARTTLS" {
		c, err = smtp.DialStartTLS(s.Submission, s.tls())
	} else {
		c, err = smtp.DialTLS(s.SMTPS, s.tls())
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// loggedIn is an SMTP connection of the rep's.
func loggedIn(t *testing.T, s *Servers) *smtp.Client {
	t.Helper()
	c := dialSMTP(t, s, "STARTTLS")
	if err := c.Auth(sasl.NewPlainClient("", s.User, s.Password)); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheServersKnowTheirUsers(t *testing.T) {
	s := Start(t)
	for _, wire := range []string{"STARTTLS", "TLS"} {
		for _, tc := range []struct {
			name, user, password string
			ok                   bool
		}{
			{"the rep", s.User, s.Password, true},
			{"the prospect", s.Prospect, s.Password, true},
			{"a wrong password", s.User, "not " + s.Password, false},
			{"a stranger", "nobody@stoke.test", s.Password, false},
		} {
			t.Run(wire+"/"+tc.name, func(t *testing.T) {
				err := dialIMAP(t, s, wire, nil).Login(tc.user, tc.password).Wait()
				var refused *imap.Error
				switch {
				case tc.ok && err != nil:
					t.Errorf("IMAP: %v", err)
				case !tc.ok && (!errors.As(err, &refused) || refused.Code != imap.ResponseCodeAuthenticationFailed):
					t.Errorf("IMAP: got %v, want AUTHENTICATIONFAILED", err)
				}
				err = dialSMTP(t, s, wire).Auth(sasl.NewPlainClient("", tc.user, tc.password))
				if tc.ok && err != nil {
					t.Errorf("SMTP: %v", err)
				}
				if !tc.ok {
					wantReply(t, err, 535, smtp.EnhancedCode{5, 7, 8})
				}
			})
		}
	}
}

func TestADeliveredMailIsReadBackAsItCame(t *testing.T) {
	s := Start(t)
	if got := s.Mailbox(t, s.User, "INBOX"); len(got) != 0 {
		t.Fatalf("a new account holds %d mails", len(got))
	}
	s.Deliver(t, s.User, []byte(letter))
	s.Deliver(t, s.User, []byte("Subject: the second\r\n\r\nno From at all\r\n"))

	onDisk := s.Mailbox(t, s.User, "INBOX")
	if len(onDisk) != 2 {
		t.Fatalf("INBOX holds %d mails on disk, want 2", len(onDisk))
	}
	c := dialIMAP(t, s, "TLS", nil)
	if err := c.Login(s.User, s.Password).Wait(); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Select("INBOX", &imap.SelectOptions{ReadOnly: true}).Wait(); err != nil {
		t.Fatal(err)
	}
	whole := &imap.FetchItemBodySection{Peek: true}
	msgs, err := c.Fetch(imap.SeqSetNum(1, 2), &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{whole}}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	for i, m := range msgs {
		if got := m.FindBodySection(whole); !bytes.Equal(got, onDisk[i]) {
			t.Errorf("mail %d over IMAP is not the one on disk:\n%q\n%q", i, got, onDisk[i])
		}
	}
	if !bytes.HasSuffix(onDisk[0], []byte(letter)) {
		t.Errorf("the mail changed on its way:\n%q", onDisk[0])
	}
	boxes, err := c.List("", "*", nil).Collect()
	if err != nil {
		t.Fatal(err)
	}
	for _, use := range []imap.MailboxAttr{imap.MailboxAttrSent, imap.MailboxAttrArchive, imap.MailboxAttrJunk} {
		if !slices.ContainsFunc(boxes, func(b *imap.ListData) bool { return slices.Contains(b.Attrs, use) }) {
			t.Errorf("no mailbox is marked %s", use)
		}
	}
}

func TestASentMailArrivesExactlyOnce(t *testing.T) {
	s := Start(t)
	if err := loggedIn(t, s).SendMail(s.User, []string{s.Prospect}, strings.NewReader(letter)); err != nil {
		t.Fatal(err)
	}
	s.Settle(t)
	got := s.Mailbox(t, s.Prospect, "INBOX")
	if len(got) != 1 || !bytes.HasSuffix(got[0], []byte(letter)) {
		t.Errorf("the prospect has %d mails: %q", len(got), got)
	}
	if got := s.Mailbox(t, s.User, "INBOX"); len(got) != 0 {
		t.Errorf("the rep has %q", got)
	}
}

func TestWhatPostfixRefuses(t *testing.T) {
	s := Start(t)
	t.Run("a stranger", func(t *testing.T) {
		err := dialSMTP(t, s, "STARTTLS").SendMail(s.User, []string{s.Prospect}, strings.NewReader(letter))
		wantReply(t, err, 554, smtp.EnhancedCode{5, 7, 1})
	})
	t.Run("an unknown recipient", func(t *testing.T) {
		err := loggedIn(t, s).SendMail(s.User, []string{"nobody@prospect.test"}, strings.NewReader(letter))
		wantReply(t, err, 550, smtp.EnhancedCode{5, 1, 1})
	})
	t.Run("a recipient outside", func(t *testing.T) {
		err := loggedIn(t, s).SendMail(s.User, []string{"someone@example.org"}, strings.NewReader(letter))
		wantReply(t, err, 550, smtp.EnhancedCode{5, 7, 1})
	})
	s.Settle(t)
	if got := s.Mailbox(t, s.Prospect, "INBOX"); len(got) != 0 {
		t.Errorf("the prospect has %q", got)
	}
}

func wantReply(t *testing.T, err error, code int, enhanced smtp.EnhancedCode) {
	t.Helper()
	var reply *smtp.SMTPError
	if !errors.As(err, &reply) || reply.Code != code || reply.EnhancedCode != enhanced {
		t.Errorf("SMTP: got %v, want %d %v", err, code, enhanced)
	}
}

func TestWhoHasLeftBounces(t *testing.T) {
	s := Start(t)
	if err := loggedIn(t, s).SendMail(s.User, []string{Left}, strings.NewReader(letter)); err != nil {
		t.Fatal(err)
	}
	bounce := s.AwaitMail(t, s.User, "INBOX", 1)[0]
	for _, want := range []string{"multipart/report", "Final-Recipient: rfc822; " + Left, "Status: 5.1.1", "<one@prospect.test>"} {
		if !bytes.Contains(bounce, []byte(want)) {
			t.Errorf("the bounce lacks %q:\n%s", want, bounce)
		}
	}
}

func TestIdleHearsADelivery(t *testing.T) {
	s := Start(t)
	heard := make(chan uint32, 8)
	c := dialIMAP(t, s, "STARTTLS", &imapclient.Options{UnilateralDataHandler: &imapclient.UnilateralDataHandler{
		Mailbox: func(d *imapclient.UnilateralDataMailbox) {
			if d.NumMessages != nil {
				heard <- *d.NumMessages
			}
		},
	}})
	if err := c.Login(s.User, s.Password).Wait(); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Select("INBOX", nil).Wait(); err != nil {
		t.Fatal(err)
	}
	idle, err := c.Idle()
	if err != nil {
		t.Fatal(err)
	}
	s.Deliver(t, s.User, []byte(letter))
	if !await(func() bool { return len(heard) > 0 }) {
		t.Fatal("no EXISTS")
	}
	if n := <-heard; n != 1 {
		t.Errorf("%d mails, want 1", n)
	}
	if err := errors.Join(idle.Close(), idle.Wait()); err != nil {
		t.Error(err)
	}
}

func TestOneServerGoesAndComesBackWithoutTheOther(t *testing.T) {
	s := Start(t)
	t.Run("SMTP", func(t *testing.T) {
		s.StopSMTP(t)
		if answers(s.Submission) || answers(s.SMTPS) {
			t.Error("SMTP still answers")
		}
		if !answers(s.IMAPS) {
			t.Error("IMAP went with it")
		}
		s.StartSMTP(t)
		loggedIn(t, s)
	})
	t.Run("IMAP", func(t *testing.T) {
		open := dialIMAP(t, s, "TLS", nil)
		s.StopIMAP(t)
		if answers(s.IMAP) || answers(s.IMAPS) {
			t.Error("IMAP still answers")
		}
		<-open.Closed() // the server cut it
		if err := loggedIn(t, s).SendMail(s.User, []string{s.Prospect}, strings.NewReader(letter)); err != nil {
			t.Errorf("SMTP went with it: %v", err)
		}
		s.AwaitMail(t, s.Prospect, "INBOX", 1)
	})
	// The end of the second story has brought IMAP back by itself.
	if err := dialIMAP(t, s, "TLS", nil).Login(s.Prospect, s.Password).Wait(); err != nil {
		t.Error(err)
	}
}
