package mailtest_test

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"stoke/mail/mailtest"
)

func TestSubmissionIsRecordedAndReachesTheColleague(t *testing.T) {
	s := start(t)
	c := smtpClient(t, s)
	raw := hello + ".\r\n..two\r\nlast\r\n"
	if err := submit(c, raw, mia, "ana@acme.example"); err != nil {
		t.Fatal(err)
	}
	got := s.Deliveries()
	if len(got) != 1 || got[0].From != rep || !slices.Equal(got[0].To, []string{mia, "ana@acme.example"}) || string(got[0].Raw) != raw {
		t.Fatalf("recorded %+v", got)
	}
	inbox, err := s.Mails(mia, "INBOX")
	if err != nil || len(inbox) != 1 || string(inbox[0]) != raw {
		t.Fatalf("the colleague has %q, %v", inbox, err)
	}
	if sent, err := s.Mails(rep, "Sent"); err != nil || len(sent) != 0 {
		t.Fatalf("Sent holds %q, %v", sent, err)
	}
	if err := c.Quit(); err != nil {
		t.Fatal(err)
	}
}

func TestBodyOctetsAreKeptExactly(t *testing.T) {
	s := start(t)
	bodies := []string{
		"a\n.\nb\r\n", "\x00\x01\r\n", strings.Repeat("x", 4096) + "\r\n.dot\r\n", strings.Repeat("y", 4095) + "\r\n..\r\n",
		strings.Repeat("z", 4094) + "\r\n.\tq\r\n", "\r.\r\n\r\n",
	}
	for _, body := range bodies {
		conn := dial(t, s.SMTP)
		br := bufio.NewReader(conn)
		stuffed := strings.ReplaceAll("\r\n"+body, "\r\n.", "\r\n..")[2:]
		_, _ = io.WriteString(conn, "EHLO x\r\nAUTH PLAIN AHJlcEBzdG9rZS5leGFtcGxlAGNvcnJlY3QgaG9yc2U=\r\nMAIL FROM:<"+rep+">\r\nRCPT TO:<a@b.example>\r\nDATA\r\n"+stuffed+".\r\nQUIT\r\n")
		if all, err := io.ReadAll(br); err != nil || !bytes.Contains(all, []byte("250 2.0.0 Accepted")) {
			t.Fatalf("%.20q: %s %v", body, all, err)
		}
	}
	for i, d := range s.Deliveries() {
		if string(d.Raw) != bodies[i] {
			t.Errorf("sent %.40q, recorded %.40q", bodies[i], d.Raw)
		}
	}
}

func TestLoginMechanismAndWrongPassword(t *testing.T) {
	s := start(t)
	if err := smtpDial(t, s).Auth(sasl.NewLoginClient(rep, secret)); err != nil {
		t.Fatal(err)
	}
	wantCode(t, smtpDial(t, s).Auth(sasl.NewLoginClient(rep, "wrong")), 535)
	wantCode(t, smtpDial(t, s).Mail(rep, nil), 530)
}

func TestSavesSent(t *testing.T) {
	s := start(t, func(o *mailtest.Options) { o.SavesSent = true })
	if err := submit(smtpClient(t, s), hello, "ana@acme.example"); err != nil {
		t.Fatal(err)
	}
	sent, err := s.Mails(rep, "Sent")
	if err != nil || len(sent) != 1 || string(sent[0]) != hello {
		t.Fatalf("Sent holds %q, %v", sent, err)
	}
}

func TestProspectAnswers(t *testing.T) {
	answered := make(chan error, 1)
	var s *mailtest.Server
	s = start(t, func(o *mailtest.Options) {
		o.OnDelivery = func(d mailtest.Delivery) {
			answered <- s.Deliver(d.From, "INBOX", []byte("Subject: Re\r\n\r\nYes\r\n"))
		}
	})
	if err := submit(smtpClient(t, s), hello, "ana@acme.example"); err != nil {
		t.Fatal(err)
	}
	if err := <-answered; err != nil {
		t.Fatal(err)
	}
	if got, err := s.Mails(rep, "INBOX"); err != nil || len(got) != 1 {
		t.Fatalf("inbox %q, %v", got, err)
	}
}

func TestTooBig(t *testing.T) {
	s := start(t, func(o *mailtest.Options) { o.MaxBytes = 100 })
	wantCode(t, submit(smtpClient(t, s), hello+strings.Repeat("long line\r\n", 20), "ana@acme.example"), 552)
	if n := len(s.Deliveries()); n != 0 {
		t.Fatalf("%d deliveries", n)
	}
}

func wantCode(t *testing.T, err error, code int) {
	t.Helper()
	var e *smtp.SMTPError
	if !errors.As(err, &e) || e.Code != code {
		t.Fatalf("want %d, got %v", code, err)
	}
}

func TestSMTPReplies(t *testing.T) {
	for _, x := range []struct {
		fault mailtest.Fault
		code  int
		takes int
	}{
		{mailtest.Reply(mailtest.EHLO, "421 4.3.2 Closing"), 421, 0},
		{mailtest.AuthRefused(), 535, 0},
		{mailtest.Reply(mailtest.Mail, "451 4.7.1 Later"), 451, 0},
		{mailtest.Reply(mailtest.Mail, "550 5.7.1 Never"), 550, 0},
		{mailtest.Reply(mailtest.Rcpt, "450 4.2.1 Later"), 450, 0},
		{mailtest.RefuseRecipient("mia@stoke.example", "550-5.1.1 Who\r\n550 5.1.1 is that"), 550, 0},
		{mailtest.Reply(mailtest.Data, "554 5.5.0 No"), 554, 0},
		{mailtest.Reply(mailtest.AfterDot, "421 4.3.2 Closing"), 421, 0},
		{mailtest.Reply(mailtest.AfterDot, "554 5.6.0 Spam"), 554, 0},
		{mailtest.AcceptThenReply("451 4.3.0 Strange"), 451, 1},
	} {
		s := start(t)
		s.SMTP.Set(x.fault)
		wantCode(t, talk(t, s), x.code)
		if n := len(s.Deliveries()); n != x.takes {
			t.Errorf("%v: %d deliveries", x.fault, n)
		}
		s.SMTP.Clear()
		if err := talk(t, s); err != nil {
			t.Errorf("%v: after Clear: %v", x.fault, err)
		}
	}
}

// talk is a whole submission; err is what failed first.
func talk(t *testing.T, s *mailtest.Server) error {
	t.Helper()
	conn, err := net.Dial("tcp", s.SMTP.Addr())
	if err != nil {
		return err
	}
	defer conn.Close()
	c := smtp.NewClient(conn)
	if err := c.Hello("tester.example"); err != nil {
		return err
	}
	if err := c.Auth(sasl.NewPlainClient("", rep, secret)); err != nil {
		return err
	}
	return submit(c, hello, "ana@acme.example", mia)
}

func TestRefusalOfOneRecipientSparesTheOther(t *testing.T) {
	s := start(t)
	s.SMTP.Set(mailtest.RefuseRecipient("gone@acme.example", "550 5.1.1 No such user"))
	c := smtpClient(t, s)
	if err := c.Mail(rep, nil); err != nil {
		t.Fatal(err)
	}
	wantCode(t, c.Rcpt("gone@acme.example", nil), 550)
	if err := c.Rcpt("ana@acme.example", nil); err != nil {
		t.Fatal(err)
	}
}

func TestSMTPDrops(t *testing.T) {
	phases := []mailtest.Phase{mailtest.Connect, mailtest.Greeting, mailtest.EHLO, mailtest.Auth, mailtest.Mail,
		mailtest.Rcpt, mailtest.Data, mailtest.Body, mailtest.AfterDot}
	for _, at := range phases {
		for how, f := range map[string]mailtest.Fault{"FIN": mailtest.DropFIN(at), "RST": mailtest.DropRST(at)} {
			s := start(t)
			s.SMTP.Set(f.Times(1))
			err := talk(t, s)
			var reply *smtp.SMTPError
			if err == nil || errors.As(err, &reply) {
				t.Errorf("%s at %s: %v", how, at, err)
			}
			if n := len(s.Deliveries()); n != 0 {
				t.Errorf("%s at %s: %d deliveries", how, at, n)
			}
			if err := talk(t, s); err != nil {
				t.Errorf("%s at %s was for once: %v", how, at, err)
			}
		}
	}
}

func TestResetIsAReset(t *testing.T) {
	s := start(t)
	s.SMTP.Set(mailtest.DropRST(mailtest.AfterDot))
	if err := talk(t, s); !errors.Is(err, syscall.ECONNRESET) {
		t.Fatal(err)
	}
}

func TestAcceptedButNeverSaid(t *testing.T) {
	for _, f := range []mailtest.Fault{mailtest.AcceptThenFIN(), mailtest.AcceptThenRST()} {
		s := start(t)
		s.SMTP.Set(f)
		if err := talk(t, s); err == nil {
			t.Fatal("the client was told")
		}
		if n := len(s.Deliveries()); n != 1 {
			t.Fatalf("%d deliveries", n)
		}
	}
}

func TestSMTPSilence(t *testing.T) {
	for _, f := range []mailtest.Fault{
		mailtest.BlackHole(), mailtest.Silent(mailtest.Greeting), mailtest.Silent(mailtest.EHLO), mailtest.Silent(mailtest.Auth),
		mailtest.Silent(mailtest.Mail), mailtest.Silent(mailtest.Rcpt), mailtest.Silent(mailtest.Data),
		mailtest.Silent(mailtest.Body), mailtest.Silent(mailtest.AfterDot), mailtest.AcceptThenSilent(),
	} {
		s := start(t)
		struck := make(chan struct{}, 1)
		s.SMTP.Set(f.OnStrike(func() { struck <- struct{}{} }))
		conn := dial(t, s.SMTP)
		c := smtp.NewClient(conn)
		staysSilent(t, struck, func() error {
			if err := c.Auth(sasl.NewPlainClient("", rep, secret)); err != nil {
				return err
			}
			return submit(c, hello, "ana@acme.example")
		}, func() { conn.Close() })
	}
}

func TestReplyComesLate(t *testing.T) {
	s := start(t)
	now, struck, done := make(chan struct{}), make(chan struct{}, 1), make(chan error, 1)
	s.SMTP.Set(mailtest.Late(mailtest.AfterDot, now).OnStrike(func() { struck <- struct{}{} }))
	go func() { done <- talk(t, s) }()
	<-struck
	if got := s.Deliveries(); len(got) != 1 {
		t.Fatalf("the mail was to be in before the reply, there are %d", len(got))
	}
	select {
	case err := <-done:
		t.Fatalf("the reply was to be withheld: %v", err)
	default:
	}
	close(now)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

func TestBlankLineBefore250(t *testing.T) {
	s := start(t)
	s.SMTP.Set(mailtest.BlankLine(mailtest.AfterDot))
	var reply *smtp.SMTPError
	if err := talk(t, s); err == nil || errors.As(err, &reply) {
		t.Fatalf("go-smtp cannot read a blank line as a reply, but: %v", err)
	}
	if n := len(s.Deliveries()); n != 1 {
		t.Fatalf("%d deliveries", n)
	}
}

func TestRefuseConnection(t *testing.T) {
	s := start(t)
	for _, p := range []*mailtest.Port{s.SMTP, s.IMAP} {
		if err := p.Refuse(true); err != nil {
			t.Fatal(err)
		}
		if _, err := net.DialTimeout("tcp", p.Addr(), time.Second); !errors.Is(err, syscall.ECONNREFUSED) {
			t.Fatalf("want a refusal, got %v", err)
		}
		if err := p.Refuse(false); err != nil {
			t.Fatal(err)
		}
	}
	if err := talk(t, s); err != nil {
		t.Fatal(err)
	}
}

func TestHeardHidesSecrets(t *testing.T) {
	s := start(t)
	if err := talk(t, s); err != nil {
		t.Fatal(err)
	}
	want := []string{"EHLO tester.example", "AUTH", "MAIL FROM:<rep@stoke.example> BODY=8BITMIME", "RCPT TO:<ana@acme.example>", "RCPT TO:<mia@stoke.example>", "DATA"}
	if got := s.SMTP.Heard(); !slices.Equal(got, want) {
		t.Fatalf("heard %q", got)
	}
}
