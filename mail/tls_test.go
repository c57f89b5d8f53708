package mail

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"io"
	"net"
	"strings"
	"testing"

	"stoke/mail/auth"
	"stoke/mail/mailtest"
)

// T5, T6: nothing that proves who we are leaves before trusted encryption, and the rep is told why.
func TestNoCredentialWithoutTrustedEncryption(t *testing.T) {
	tests := []struct {
		name     string
		server   mailtest.Options
		security Security
		spoil    func(*mailtest.Server)
		says     string
	}{
		{"wrong host", mailtest.Options{Security: mailtest.ImplicitTLS, Certificate: mailtest.WrongHost}, ImplicitTLS, nil, "for another host"},
		{"expired", mailtest.Options{Security: mailtest.ImplicitTLS, Certificate: mailtest.Expired}, ImplicitTLS, nil, "has expired"},
		{"self-signed", mailtest.Options{Security: mailtest.ImplicitTLS, Certificate: mailtest.SelfSigned}, ImplicitTLS, nil, "ca_file"},
		{"old TLS", mailtest.Options{Security: mailtest.ImplicitTLS, OldTLS: true}, ImplicitTLS, nil, "older than TLS 1.2"},
		{"wrong host behind STARTTLS", mailtest.Options{Security: mailtest.STARTTLS, Certificate: mailtest.WrongHost}, StartTLS, nil, "for another host"},
		{"expired behind STARTTLS", mailtest.Options{Security: mailtest.STARTTLS, Certificate: mailtest.Expired}, StartTLS, nil, "has expired"},
		{"self-signed behind STARTTLS", mailtest.Options{Security: mailtest.STARTTLS, Certificate: mailtest.SelfSigned}, StartTLS, nil, "ca_file"},
		{"old TLS behind STARTTLS", mailtest.Options{Security: mailtest.STARTTLS, OldTLS: true}, StartTLS, nil, "older than TLS 1.2"},
		{"STARTTLS refused", mailtest.Options{Security: mailtest.STARTTLS}, StartTLS, func(s *mailtest.Server) {
			s.IMAP.Set(mailtest.Reply(mailtest.StartTLS, "BAD not today"))
			s.SMTP.Set(mailtest.Reply(mailtest.StartTLS, "501 5.5.4 not today"))
		}, "encryption"},
		{"STARTTLS stripped", mailtest.Options{Security: mailtest.STARTTLS}, StartTLS, func(s *mailtest.Server) {
			s.IMAP.Hide("STARTTLS")
			s.SMTP.Hide("STARTTLS")
		}, "STARTTLS"},
		{"octets behind the consent", mailtest.Options{Security: mailtest.STARTTLS}, StartTLS, func(s *mailtest.Server) {
			s.IMAP.Set(mailtest.InjectBeforeTLS("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN]\r\n"))
			s.SMTP.Set(mailtest.InjectBeforeTLS("250-evil\r\n250 AUTH PLAIN\r\n"))
		}, ""},
		{"no TLS where it should be", mailtest.Options{Security: mailtest.Plain}, ImplicitTLS, nil, "does not speak TLS"},
	}
	for _, tt := range tests {
		for kind, login := range map[string]auth.Login{"a password": repLogin(), "a token": auth.NewBearer(rep, goodToken, "localhost", 1)} {
			t.Run(tt.name+", "+kind, func(t *testing.T) {
				s := start(t, tt.server)
				if tt.spoil != nil {
					tt.spoil(s)
				}
				sub, asked := submissionTo(t, s, tt.security)
				sub.login = login
				_, smtpErr := sub.transmit(testContext(t), mailTo(prospect))
				session, imapErr := logIn(testContext(t), endpointOf(t, s, s.IMAP, tt.security), login, quick)
				if session != nil {
					session.Close()
				}
				for protocol, err := range map[string]error{"SMTP": smtpErr, "IMAP": imapErr} {
					if KindOf(err) != TLS || !strings.Contains(err.Error(), tt.says) {
						t.Errorf("%s: %v %v", protocol, KindOf(err), err)
					}
				}
				noSecretIn(t, s)
				if *asked != 0 || len(s.Deliveries()) != 0 {
					t.Error("a mail went out")
				}
			})
		}
	}
}

// Octets that come in clear later than the consent, while the handshake is under way, end it: nothing
// that was said in clear is taken for an answer, and nothing is shown to whoever said it.
func TestOctetsDuringTheHandshake(t *testing.T) {
	for name, script := range map[string]struct {
		prelude prelude
		says    []string // what the server answers, line by line of ours; "" first is the greeting
	}{
		"IMAP": {imapPrelude, []string{"* OK ready\r\n", "S1 OK begin\r\n"}},
		"SMTP": {smtpPrelude, []string{"220 ready\r\n", "250-x\r\n250 STARTTLS\r\n", "220 go ahead\r\n"}},
	} {
		t.Run(name, func(t *testing.T) {
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer listener.Close()
			heard := make(chan []byte, 1)
			go func() {
				conn, err := listener.Accept()
				if err != nil {
					heard <- nil
					return
				}
				defer conn.Close()
				r := bufio.NewReader(conn)
				for i, answer := range script.says {
					if i > 0 {
						if _, err := r.ReadString('\n'); err != nil {
							break
						}
					}
					_, _ = io.WriteString(conn, answer)
				}
				_, _ = r.Peek(1) // the handshake has begun
				_, _ = io.WriteString(conn, "S2 OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] you are in\r\n250 AUTH PLAIN\r\n")
				rest, _ := io.ReadAll(r)
				heard <- rest
			}()
			port := listener.Addr().(*net.TCPAddr).Port
			_, err = connect(testContext(t), endpoint{host: "127.0.0.1", port: port, security: StartTLS, dial: (&net.Dialer{}).DialContext}, script.prelude, quick)
			if KindOf(err) != TLS {
				t.Errorf("got %v %v", KindOf(err), err)
			}
			if rest := <-heard; len(rest) == 0 || rest[0] != 22 || bytes.Contains(rest, []byte("AUTH")) || bytes.Contains(rest, []byte("LOGIN")) {
				t.Errorf("after the consent it heard %q", rest)
			}
		})
	}
}

func noSecretIn(t *testing.T, s *mailtest.Server) {
	t.Helper()
	for _, p := range []*mailtest.Port{s.IMAP, s.SMTP} {
		clear := p.PlainOctets()
		for _, secret := range []string{repPass, base64.StdEncoding.EncodeToString([]byte("\x00" + rep + "\x00" + repPass)), goodToken, base64.StdEncoding.EncodeToString([]byte("user=" + rep))[:12], base64.StdEncoding.EncodeToString([]byte("n,a=" + rep))[:12], "AUTHENTICATE", "LOGIN", "AUTH "} {
			if bytes.Contains(clear, []byte(secret)) {
				t.Errorf("in clear: %q", clear)
			}
		}
	}
}

func TestPreauthIsRefused(t *testing.T) {
	for name, security := range map[string]struct {
		server mailtest.Security
		client Security
	}{"before STARTTLS": {mailtest.STARTTLS, StartTLS}, "in clear": {mailtest.Plain, Plain}, "in TLS": {mailtest.ImplicitTLS, ImplicitTLS}} {
		t.Run(name, func(t *testing.T) {
			s := start(t, mailtest.Options{Security: security.server})
			s.Preauth(rep)
			session, err := logIn(testContext(t), endpointOf(t, s, s.IMAP, security.client), repLogin(), quick)
			if session != nil {
				session.Close()
			}
			if KindOf(err) != TLS || !strings.Contains(err.Error(), "logged in") {
				t.Errorf("got %v", err)
			}
			noSecretIn(t, s)
		})
	}
}

func TestPlainOnlyToThisMachine(t *testing.T) {
	s := start(t, mailtest.Options{})
	e := endpointOf(t, s, s.SMTP, Plain)
	if _, err := connect(testContext(t), endpoint{host: e.host, port: e.port, security: Plain, dial: farAway(e.dial)}, smtpPrelude, quick); KindOf(err) != TLS {
		t.Errorf("got %v", err)
	}
}
