package mail

import (
	"bufio"
	"bytes"
	"context"
	"net"
	"net/textproto"
	"strconv"
	"strings"
	"testing"
	"time"

	"stoke/mail/mailtest"
	"stoke/mail/realtest"
	"stoke/model"
)

// realAccount is the rep's account on the real servers.
func realAccount(t *testing.T, s *realtest.Servers, imap, smtp string, security Security) Account {
	t.Helper()
	server := func(addr string) Server {
		host, port, err := net.SplitHostPort(addr)
		if err != nil {
			t.Fatal(err)
		}
		n, err := strconv.Atoi(port)
		if err != nil {
			t.Fatal(err)
		}
		return Server{Host: host, Port: n, Security: security, User: s.User, Roots: s.CA}
	}
	return Account{Name: "work", IMAP: server(imap), SMTP: server(smtp), Own: []string{s.User}, SentCopy: CopyAuto}
}

// The loop against Dovecot and Postfix: what we send lies once in the mailbox behind Postfix and once
// in Sent; what is answered is here within two seconds.
func TestTheLoopAgainstRealServers(t *testing.T) {
	for _, name := range []string{"TLS", "STARTTLS"} {
		t.Run(name, func(t *testing.T) {
			s := realtest.Start(t)
			w := realWorld(t)
			imap, smtp, security := s.IMAPS, s.SMTPS, ImplicitTLS
			if name == "STARTTLS" {
				imap, smtp, security = s.IMAP, s.Submission, StartTLS
			}
			w.box.people[s.Prospect] = 7
			w.change = func(o *Options) {
				o.Accounts = []Account{realAccount(t, s, imap, smtp, security)}
				o.Secret = func(context.Context, string) (string, error) { return s.Password, nil }
			}
			w.run()
			w.awaitEvent(model.EventSynced)
			id := w.box.queue(model.Outgoing{
				From: model.Address{Name: "Ines Ö.", Addr: s.User}, To: []model.Address{{Name: "Dana", Addr: s.Prospect}},
				Subject: "Größe", Text: "Hallo Dana,\n.\n..\n" + strings.Repeat("lang ", 400) + "\n",
			})
			w.engine.Kick()
			m := w.awaitState(id, model.Sent)
			got := s.AwaitMail(t, s.Prospect, "INBOX", 1)
			if len(got) != 1 || !bytes.Equal(body(t, got[0]), body(t, m.Raw)) {
				t.Fatalf("behind Postfix lie %d mails, %q; sent was %q", len(got), got, m.Raw)
			}
			if h := head(t, got[0]); h.Get("Message-Id") != "<"+m.MessageID+">" || h.Get("X-Stoke-Id") != m.StokeID || len(h["To"]) != 1 {
				t.Errorf("head %v", h)
			}
			if err := w.box.await(testContext(t), func() bool { return w.box.rows[id].Copied }); err != nil {
				t.Fatal("no copy")
			}
			if sent := s.Mailbox(t, s.User, "Sent"); len(sent) != 1 || !bytes.Equal(sent[0], m.Raw) {
				t.Errorf("Sent holds %d mails", len(sent))
			}

			began := time.Now()
			s.Deliver(t, s.User, []byte("From: <"+s.Prospect+">\r\nTo: <"+s.User+">\r\nSubject: Re: x\r\nMessage-Id: <r@prospect.test>\r\nIn-Reply-To: <"+m.MessageID+">\r\n\r\nJa!\r\n"))
			w.awaitEvent(model.EventReplied)
			if took := time.Since(began); took > 2*time.Second {
				t.Errorf("the answer took %v", took)
			}
		})
	}
}

func TestRealServersRefuse(t *testing.T) {
	s := realtest.Start(t)
	w := realWorld(t)
	w.change = func(o *Options) {
		o.Accounts = []Account{realAccount(t, s, s.IMAPS, s.SMTPS, ImplicitTLS)}
		o.Secret = func(context.Context, string) (string, error) { return "wrong", nil }
	}
	e := w.newEngine("probe")
	imap, smtp := e.Probe(testContext(t), "work")
	if model.CodeOf(imap) != model.AuthError || model.CodeOf(smtp) != model.AuthError {
		t.Errorf("a wrong password: %v, %v", imap, smtp)
	}
	e.offices[0].account.IMAP.Roots, e.offices[0].account.SMTP.Roots = nil, nil
	imap, smtp = e.Probe(testContext(t), "work")
	if model.CodeOf(imap) != model.BadConfig || model.CodeOf(smtp) != model.BadConfig || !strings.Contains(imap.Error(), "ca_file") {
		t.Errorf("an unknown authority: %v, %v", imap, smtp)
	}
}

// realWorld is a world whose provider is not the loopback one.
func realWorld(t *testing.T) *world {
	w := newWorld(t, mailtest.Options{})
	w.clock.at = time.Now()
	w.limits = Limits{Copy: 100 * time.Millisecond}
	return w
}

func head(t *testing.T, raw []byte) textproto.MIMEHeader {
	t.Helper()
	h, err := textproto.NewReader(bufio.NewReader(bytes.NewReader(raw))).ReadMIMEHeader()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func body(t *testing.T, raw []byte) []byte {
	t.Helper()
	_, b, ok := bytes.Cut(raw, []byte("\r\n\r\n"))
	if !ok {
		t.Fatalf("no body in %q", raw)
	}
	return b
}
