package mail

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"stoke/mail/auth"
	"stoke/mail/mailtest"
)

const letter = "From: Ines <ines@stoke.example>\r\nTo: Dana <dana@prospect.example>\r\nSubject: The slots you asked for\r\nMessage-Id: <one@stoke.example>\r\n\r\nHello Dana,\r\n.\r\n..two\r\n.end\r\n"

func mailTo(rcpts ...string) envelope {
	return envelope{from: rep, rcpts: rcpts, raw: []byte(letter)}
}

// submissionTo counts how often the dot was asked for.
func submissionTo(t *testing.T, s *mailtest.Server, security Security) (submission, *int) {
	asked := new(int)
	return submission{
		server: endpointOf(t, s, s.SMTP, security), login: repLogin(), limits: quick,
		beforeDot: func(context.Context) error { *asked++; return nil },
	}, asked
}

func TestTransmitDeliversTheBytesAsTheyAre(t *testing.T) {
	for name, security := range map[string]struct {
		server mailtest.Security
		client Security
	}{
		"plain on loopback": {mailtest.Plain, Plain},
		"STARTTLS":          {mailtest.STARTTLS, StartTLS},
		"TLS":               {mailtest.ImplicitTLS, ImplicitTLS},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, mailtest.Options{Security: security.server})
			sub, asked := submissionTo(t, s, security.client)
			reply, err := sub.transmit(testContext(t), mailTo(prospect, "left@elsewhere.example"))
			if err != nil || !strings.HasPrefix(reply, "250 ") {
				t.Fatalf("reply %q, error %v", reply, err)
			}
			got := s.Deliveries()
			if len(got) != 1 || *asked != 1 {
				t.Fatalf("%d deliveries, the dot was asked for %d times", len(got), *asked)
			}
			if string(got[0].Raw) != letter {
				t.Errorf("received\n%q\nsent\n%q", got[0].Raw, letter)
			}
			if got[0].From != rep || strings.Join(got[0].To, " ") != prospect+" left@elsewhere.example" {
				t.Errorf("envelope %s -> %v", got[0].From, got[0].To)
			}
			if security.client != Plain && bytes.Contains(s.SMTP.PlainOctets(), []byte("AUTH")) {
				t.Errorf("a log-in in clear: %q", s.SMTP.PlainOctets())
			}
		})
	}
}

// The kinds decide what becomes of the outbox row, so each fault has exactly one.
func TestTransmitFaults(t *testing.T) {
	type want struct {
		kind      Kind
		delivered int
		asked     int // was the dot asked for?
		says      string
	}
	tests := []struct {
		name  string
		fault mailtest.Fault
		want  want
	}{
		{"black hole", mailtest.BlackHole(), want{Temporary, 0, 0, "did not answer in time"}},
		{"silent greeting", mailtest.Silent(mailtest.Greeting), want{Temporary, 0, 0, "did not answer in time"}},
		{"silent EHLO", mailtest.Silent(mailtest.EHLO), want{Temporary, 0, 0, "did not answer in time"}},
		{"silent AUTH", mailtest.Silent(mailtest.Auth), want{Temporary, 0, 0, "did not answer in time"}},
		{"silent MAIL", mailtest.Silent(mailtest.Mail), want{Temporary, 0, 0, "did not answer in time"}},
		{"silent RCPT", mailtest.Silent(mailtest.Rcpt), want{Temporary, 0, 0, "did not answer in time"}},
		{"silent DATA", mailtest.Silent(mailtest.Data), want{Temporary, 0, 0, "did not answer in time"}},
		{"greeting refused", mailtest.Reply(mailtest.Greeting, "554 no"), want{Temporary, 0, 0, "554 no"}},
		{"EHLO busy", mailtest.Reply(mailtest.EHLO, "421 4.3.2 busy"), want{Temporary, 0, 0, "421"}},
		{"AUTH refused", mailtest.AuthRefused(), want{Auth, 0, 0, "refused the log-in"}},
		{"AUTH later", mailtest.Reply(mailtest.Auth, "454 4.7.0 later"), want{Temporary, 0, 0, "454"}},
		{"AUTH echo", mailtest.Reply(mailtest.Auth, "535 wrong password "+repPass), want{Auth, 0, 0, "wrong password …"}},
		{"MAIL refused", mailtest.Reply(mailtest.Mail, "550 5.7.1 not you"), want{Permanent, 0, 0, "not you"}},
		{"MAIL needs log-in", mailtest.Reply(mailtest.Mail, "530 5.7.0 log in first"), want{Auth, 0, 0, "log-in"}},
		{"RCPT gone", mailtest.RefuseRecipient(prospect, "550 5.1.1 no such user"), want{Permanent, 0, 0, prospect}},
		{"RCPT greylisted", mailtest.RefuseRecipient(prospect, "450 4.7.1 try later"), want{Temporary, 0, 0, prospect}},
		{"RCPT drop", mailtest.DropRST(mailtest.Rcpt), want{Temporary, 0, 0, "closed the connection"}},
		{"DATA refused", mailtest.Reply(mailtest.Data, "554 5.7.1 spam"), want{Permanent, 0, 0, "spam"}},
		{"escape in words", mailtest.Reply(mailtest.Data, "554 \x1b]0;x\x07\u202eevil"), want{Permanent, 0, 0, "evil"}},
		{"FIN at the dot", mailtest.DropFIN(mailtest.AfterDot), want{Unknown, 0, 1, "may have gone out"}},
		{"RST at the dot", mailtest.DropRST(mailtest.AfterDot), want{Unknown, 0, 1, "may have gone out"}},
		{"silence at the dot", mailtest.Silent(mailtest.AfterDot), want{Unknown, 0, 1, "may have gone out"}},
		{"accepted, FIN", mailtest.AcceptThenFIN(), want{Unknown, 1, 1, "may have gone out"}},
		{"accepted, RST", mailtest.AcceptThenRST(), want{Unknown, 1, 1, "may have gone out"}},
		{"accepted, silence", mailtest.AcceptThenSilent(), want{Unknown, 1, 1, "may have gone out"}},
		{"accepted, a blank line first", mailtest.BlankLine(mailtest.AfterDot), want{Unknown, 1, 1, "may have gone out"}},
		{"accepted, nonsense", mailtest.AcceptThenReply("hello there"), want{Unknown, 1, 1, "may have gone out"}},
		{"4xx at the dot", mailtest.Reply(mailtest.AfterDot, "451 4.3.0 later"), want{Temporary, 0, 1, "451"}},
		{"421 at the dot", mailtest.Reply(mailtest.AfterDot, "421 4.3.0 bye"), want{Temporary, 0, 1, "421"}},
		{"5xx at the dot", mailtest.Reply(mailtest.AfterDot, "554 5.7.1 looks like spam"), want{Permanent, 0, 1, "spam"}},
	}
	s := start(t, mailtest.Options{})
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := len(s.Deliveries())
			s.SMTP.Clear()
			s.SMTP.Set(tt.fault)
			sub, asked := submissionTo(t, s, Plain)
			began := time.Now()
			_, err := sub.transmit(testContext(t), mailTo("other@elsewhere.example", prospect))
			took := time.Since(began)
			if KindOf(err) != tt.want.kind {
				t.Errorf("kind %v, want %v (%v)", KindOf(err), tt.want.kind, err)
			}
			if got := len(s.Deliveries()) - before; got != tt.want.delivered {
				t.Errorf("%d delivered, want %d", got, tt.want.delivered)
			}
			if *asked != tt.want.asked {
				t.Errorf("the dot was asked for %d times, want %d", *asked, tt.want.asked)
			}
			if err == nil || !strings.Contains(err.Error(), tt.want.says) {
				t.Errorf("it says %q, want %q in it", err, tt.want.says)
			}
			if err != nil && strings.ContainsAny(err.Error(), "\x1b\x07\u202e\n") {
				t.Errorf("control characters in %q", err.Error())
			}
			if err != nil && strings.Contains(err.Error(), repPass) {
				t.Errorf("the secret is in %q", err.Error())
			}
			if took > 4*time.Second {
				t.Errorf("control came back after %v", took)
			}
		})
	}
}

func TestTransmitHoldsTheDotBack(t *testing.T) {
	s := start(t, mailtest.Options{})
	t.Run("when the decision says no", func(t *testing.T) {
		sub, _ := submissionTo(t, s, Plain)
		no := errors.New("answered since")
		sub.beforeDot = func(context.Context) error { return no }
		_, err := sub.transmit(testContext(t), mailTo(prospect))
		var held errHeld
		if !errors.As(err, &held) || !errors.Is(err, no) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("when the program leaves while it is decided", func(t *testing.T) {
		sub, _ := submissionTo(t, s, Plain)
		ctx, cancel := context.WithCancel(testContext(t))
		sub.beforeDot = func(context.Context) error { cancel(); return nil }
		if _, err := sub.transmit(ctx, mailTo(prospect)); KindOf(err) != Temporary {
			t.Errorf("got %v", err)
		}
	})
	t.Run("and never says QUIT or RSET behind an open body", func(t *testing.T) {
		for _, command := range s.SMTP.Heard() {
			if c := strings.ToUpper(command); strings.HasPrefix(c, "QUIT") || strings.HasPrefix(c, "RSET") {
				t.Errorf("the server heard %q", command)
			}
		}
	})
	if got := s.Deliveries(); len(got) != 0 {
		t.Errorf("%d mails were delivered: %q", len(got), got[0].Raw)
	}
}

// A dot in flight gets a short while when the program leaves, and is doubt afterwards.
func TestTransmitLeavesInTime(t *testing.T) {
	s := start(t, mailtest.Options{})
	for _, at := range []mailtest.Phase{mailtest.Rcpt, mailtest.AfterDot} {
		t.Run(string(at), func(t *testing.T) {
			s.SMTP.Clear()
			ctx, cancel := context.WithCancel(testContext(t))
			s.SMTP.Set(mailtest.Silent(at).OnStrike(cancel))
			sub, _ := submissionTo(t, s, Plain)
			sub.limits.Command, sub.limits.Dot = time.Minute, time.Minute
			began := time.Now()
			_, err := sub.transmit(ctx, mailTo(prospect))
			if want := map[mailtest.Phase]Kind{mailtest.Rcpt: Temporary, mailtest.AfterDot: Unknown}[at]; KindOf(err) != want {
				t.Errorf("got %v", err)
			}
			if took := time.Since(began); took > 2*time.Second {
				t.Errorf("control came back after %v", took)
			}
		})
	}
}

func TestTransmitRefusesBeforeDialling(t *testing.T) {
	sub := submission{limits: quick, server: endpoint{host: "nowhere"}} // a dial would panic
	with := func(change func(*envelope)) envelope {
		m := mailTo(prospect)
		change(&m)
		return m
	}
	raw := func(s string) envelope { return with(func(m *envelope) { m.raw = []byte(s) }) }
	for name, m := range map[string]envelope{
		"nobody":       with(func(m *envelope) { m.rcpts = nil }),
		"parameter":    with(func(m *envelope) { m.rcpts = []string{"a@b.example> NOTIFY=NEVER"} }),
		"second line":  with(func(m *envelope) { m.rcpts = []string{"a@b.example\r\nRCPT TO:<c@d.example>"} }),
		"from":         with(func(m *envelope) { m.from = "a@b.example> SIZE=1" }),
		"empty":        raw(""),
		"bare LF dot":  raw("A: b\r\n\r\nx\n.\nQUIT\r\n"),
		"bare CR dot":  raw("A: b\r\n\r\nx\r.\rQUIT\r\n"),
		"NUL":          raw("A: b\r\n\r\nx\x00\r\n"),
		"5,000 octets": raw("A: b\r\n\r\n" + strings.Repeat("x", 5000) + "\r\n"),
		"no end":       raw("A: b\r\n\r\nx"),
	} {
		if _, err := sub.transmit(t.Context(), m); KindOf(err) != Permanent {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestTransmitAsksWhatTheServerTakes(t *testing.T) {
	s := start(t, mailtest.Options{MaxBytes: 2000})
	sub, _ := submissionTo(t, s, Plain)
	m := mailTo(prospect)
	m.raw = []byte(letter + strings.Repeat("0123456789\r\n", 400))
	if _, err := sub.transmit(testContext(t), m); KindOf(err) != Permanent || !strings.Contains(err.Error(), "takes at most") {
		t.Errorf("too large: %v", err)
	}
	s.SMTP.Hide("8BITMIME")
	m.raw = []byte("Subject: x\r\n\r\nGrüße\r\n")
	if _, err := sub.transmit(testContext(t), m); KindOf(err) != Permanent {
		t.Errorf("8 bit: %v", err)
	}
	if len(s.Deliveries()) != 0 {
		t.Error("something was delivered")
	}
}

func TestTransmitWithoutLogin(t *testing.T) {
	s := start(t, mailtest.Options{})
	s.SMTP.Hide("AUTH")
	sub, _ := submissionTo(t, s, Plain)
	if _, err := sub.transmit(testContext(t), mailTo(prospect)); KindOf(err) != Auth {
		t.Errorf("a server without AUTH: %v", err)
	}
	sub.login = auth.NewLogin(rep, "wrong")
	s.SMTP.Clear()
	if _, err := sub.transmit(testContext(t), mailTo(prospect)); KindOf(err) != Auth {
		t.Errorf("a wrong password: %v", err)
	}
}
