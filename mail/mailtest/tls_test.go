package mailtest_test

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"stoke/mail/mailtest"
)

func smtpTLS(s *mailtest.Server, by mailtest.Security, c *tls.Config) (*smtp.Client, error) {
	if by != mailtest.STARTTLS {
		return smtp.DialTLS(s.SMTP.Addr(), c)
	}
	sc, err := smtp.DialStartTLS(s.SMTP.Addr(), c)
	if err != nil {
		return nil, err
	}
	// go-smtp shakes hands with the first command behind STARTTLS, not before.
	if err := sc.Noop(); err != nil {
		sc.Close()
		return nil, err
	}
	return sc, nil
}

func imapTLS(s *mailtest.Server, by mailtest.Security, c *tls.Config) (*imapclient.Client, error) {
	o := &imapclient.Options{TLSConfig: c}
	if by == mailtest.STARTTLS {
		return imapclient.DialStartTLS(s.IMAP.Addr(), o)
	}
	return imapclient.DialTLS(s.IMAP.Addr(), o)
}

func TestEncryptedSessions(t *testing.T) {
	for _, by := range []mailtest.Security{mailtest.STARTTLS, mailtest.ImplicitTLS} {
		s := start(t, secured(by))
		sc, err := smtpTLS(s, by, trusting(s))
		if err != nil {
			t.Fatal(err)
		}
		defer sc.Close()
		if err := sc.Auth(sasl.NewPlainClient("", rep, secret)); err != nil {
			t.Fatal(err)
		}
		if err := submit(sc, hello, mia); err != nil {
			t.Fatal(err)
		}
		ic, err := imapTLS(s, by, trusting(s))
		if err != nil {
			t.Fatal(err)
		}
		defer ic.Close()
		if err := ic.Login(mia, secret).Wait(); err != nil {
			t.Fatal(err)
		}
		if d, err := ic.Select("INBOX", nil).Wait(); err != nil || d.NumMessages != 1 {
			t.Fatalf("%+v, %v", d, err)
		}
		for _, p := range []*mailtest.Port{s.IMAP, s.SMTP} {
			if by == mailtest.ImplicitTLS && len(p.PlainOctets()) > 0 || bytes.Contains(p.PlainOctets(), []byte("AUTH")) {
				t.Errorf("in clear: %q", p.PlainOctets())
			}
		}
	}
}

func TestBadCertificates(t *testing.T) {
	for kind, name := range map[mailtest.Certificate]string{
		mailtest.WrongHost: "x509.HostnameError", mailtest.Expired: "expired", mailtest.SelfSigned: "unknown authority",
	} {
		for _, by := range []mailtest.Security{mailtest.STARTTLS, mailtest.ImplicitTLS} {
			s := start(t, secured(by), func(o *mailtest.Options) { o.Certificate = kind })
			_, serr := smtpTLS(s, by, trusting(s))
			_, ierr := imapTLS(s, by, trusting(s))
			for _, err := range []error{serr, ierr} {
				var host x509.HostnameError
				var invalid x509.CertificateInvalidError
				var unknown x509.UnknownAuthorityError
				ok := map[mailtest.Certificate]bool{
					mailtest.WrongHost: errors.As(err, &host), mailtest.Expired: errors.As(err, &invalid) && invalid.Reason == x509.Expired,
					mailtest.SelfSigned: errors.As(err, &unknown),
				}[kind]
				if !ok {
					t.Errorf("want %s, got %v", name, err)
				}
			}
		}
	}
}

func TestCAPEMIsThePool(t *testing.T) {
	s := start(t, secured(mailtest.ImplicitTLS))
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(s.CAPEM()) || !pool.Equal(s.CertPool()) {
		t.Fatal("PEM and pool differ")
	}
}

func TestOldTLS(t *testing.T) {
	s := start(t, secured(mailtest.ImplicitTLS), func(o *mailtest.Options) { o.OldTLS = true })
	if _, err := smtpTLS(s, mailtest.ImplicitTLS, trusting(s)); err == nil || !strings.Contains(err.Error(), "protocol version") {
		t.Fatal(err)
	}
	old := trusting(s)
	old.MinVersion = tls.VersionTLS10
	c, err := smtpTLS(s, mailtest.ImplicitTLS, old)
	if err != nil {
		t.Fatalf("the server is to speak TLS 1.1: %v", err)
	}
	c.Close()
}

func TestStrippedSTARTTLS(t *testing.T) {
	s := start(t, secured(mailtest.STARTTLS))
	s.SMTP.Hide("STARTTLS")
	s.IMAP.Hide("STARTTLS")
	if _, err := smtp.DialStartTLS(s.SMTP.Addr(), trusting(s)); err == nil {
		t.Fatal("SMTP went on without TLS")
	}
	if _, err := imapclient.DialStartTLS(s.IMAP.Addr(), &imapclient.Options{TLSConfig: trusting(s)}); err == nil {
		t.Fatal("IMAP went on without TLS")
	}
	c := imapClient(t, s, nil)
	if caps, err := c.Capability().Wait(); err != nil || !caps.Has(imap.AuthCap("PLAIN")) || caps.Has(imap.CapStartTLS) {
		t.Fatalf("the bait is missing: %v, %v", caps, err)
	}
	if err := c.Login(rep, secret).Wait(); err == nil {
		t.Fatal("logged in without TLS")
	}
	if !bytes.Contains(s.IMAP.PlainOctets(), []byte(secret)) {
		t.Fatal("a password in clear was not recorded")
	}
}

func TestInjectionBeforeTLS(t *testing.T) {
	s := start(t, secured(mailtest.STARTTLS))
	s.SMTP.Set(mailtest.InjectBeforeTLS("250 forged"))
	s.IMAP.Set(mailtest.InjectBeforeTLS("* CAPABILITY IMAP4rev1 FORGED"))
	if c, err := smtp.DialStartTLS(s.SMTP.Addr(), trusting(s)); err == nil {
		defer c.Close()
		if ok, _ := c.Extension("SIZE"); !ok {
			t.Fatal("the forged line was taken for the answer to EHLO")
		}
	}
	if c, err := imapclient.DialStartTLS(s.IMAP.Addr(), &imapclient.Options{TLSConfig: trusting(s)}); err == nil {
		defer c.Close()
		if caps, _ := c.Capability().Wait(); caps.Has("FORGED") {
			t.Fatal("the forged capability was believed")
		}
	}
}

func TestRefusedSTARTTLS(t *testing.T) {
	s := start(t, secured(mailtest.STARTTLS))
	s.SMTP.Set(mailtest.Reply(mailtest.StartTLS, "454 4.7.0 TLS not available"))
	s.IMAP.Set(mailtest.Reply(mailtest.StartTLS, "BAD No TLS today"))
	_, err := smtpTLS(s, mailtest.STARTTLS, trusting(s))
	wantCode(t, err, 454)
	var no *imap.Error
	if _, err := imapTLS(s, mailtest.STARTTLS, trusting(s)); !errors.As(err, &no) || no.Type != imap.StatusResponseTypeBad {
		t.Fatal(err)
	}
}

func TestPreauthBeforeTLS(t *testing.T) {
	s := start(t, secured(mailtest.STARTTLS))
	s.Preauth(rep)
	if c, err := imapTLS(s, mailtest.STARTTLS, trusting(s)); err == nil {
		c.Close()
		t.Fatal("went on without TLS")
	}
	c := imapClient(t, s, nil)
	if err := c.WaitGreeting(); err != nil || c.State() != imap.ConnStateAuthenticated {
		t.Fatalf("state %v, %v", c.State(), err)
	}
}

func TestSilentUpgrade(t *testing.T) {
	for _, x := range []struct {
		by mailtest.Security
		at mailtest.Phase
	}{{mailtest.STARTTLS, mailtest.StartTLS}, {mailtest.STARTTLS, mailtest.TLS}, {mailtest.ImplicitTLS, mailtest.TLS}} {
		by := x.by
		s := start(t, secured(by))
		for _, p := range []*mailtest.Port{s.IMAP, s.SMTP} {
			struck := make(chan struct{}, 1)
			p.Set(mailtest.Silent(x.at).OnStrike(func() { struck <- struct{}{} }))
			staysSilent(t, struck, func() error {
				var err error
				if p == s.SMTP {
					_, err = smtpTLS(s, by, trusting(s))
				} else {
					_, err = imapTLS(s, by, trusting(s))
				}
				return err
			}, p.Drop)
		}
	}
}
