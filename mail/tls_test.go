package mail

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

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
		t.Run(tt.name, func(t *testing.T) {
			s := start(t, tt.server)
			if tt.spoil != nil {
				tt.spoil(s)
			}
			sub, asked := submissionTo(t, s, tt.security)
			_, smtpErr := sub.transmit(testContext(t), mailTo(prospect))
			session, imapErr := logIn(testContext(t), endpointOf(t, s, s.IMAP, tt.security), repLogin(), quick)
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

func noSecretIn(t *testing.T, s *mailtest.Server) {
	t.Helper()
	for _, p := range []*mailtest.Port{s.IMAP, s.SMTP} {
		clear := p.PlainOctets()
		for _, secret := range []string{repPass, base64.StdEncoding.EncodeToString([]byte("\x00" + rep + "\x00" + repPass)), "AUTHENTICATE", "LOGIN", "AUTH "} {
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
	}{"before STARTTLS": {mailtest.STARTTLS, StartTLS}, "in clear": {mailtest.Plain, Plain}} {
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
