package mailtest

import (
	"crypto/tls"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Security says how both ports are protected.
type Security int

const (
	// Plain speaks clear text for the whole session and takes passwords in it.
	Plain Security = iota
	// STARTTLS begins in clear text and takes no password before the upgrade.
	STARTTLS
	// ImplicitTLS speaks TLS from the first octet (RFC 8314).
	ImplicitTLS
)

// Certificate says what the server shows in the TLS handshake.
type Certificate int

const (
	// Trusted is signed by the server's own CA for 127.0.0.1 and localhost.
	Trusted Certificate = iota
	// WrongHost is signed by the CA, for somebody else's name.
	WrongHost
	// Expired is signed by the CA and ran out long ago.
	Expired
	// SelfSigned is signed by nobody that CertPool knows.
	SelfSigned
)

// User is a local account; Address is the login name and the mail address.
type User struct{ Address, Password string }

// Options say what kind of provider Start makes.
type Options struct {
	Users       []User
	Security    Security
	Certificate Certificate
	// OldTLS lets the server speak nothing newer than TLS 1.1.
	OldTLS bool
	// Mechanisms are offered for logging in: PLAIN, LOGIN, XOAUTH2, OAUTHBEARER;
	// none given means PLAIN and, over SMTP, LOGIN.
	Mechanisms []string
	// Token tells whose an access token is, for XOAUTH2 and OAUTHBEARER.
	Token func(token string) (address string, ok bool)
	// SavesSent files every accepted submission in the sender's Sent mailbox,
	// as Gmail and Exchange do.
	SavesSent bool
	// MaxBytes is the largest mail taken, in octets; 0 means 25 MB.
	MaxBytes int
	// OnDelivery is called for every accepted submission, in order, in one
	// goroutine of the server's own; it may call Deliver. Close waits for the
	// call under way and drops the rest.
	OnDelivery func(Delivery)
	// Now stamps deliveries and INTERNALDATE. It must be given.
	Now func() time.Time
}

// mechanisms are what a port offers.
func (o Options) mechanisms(usual ...string) []string {
	if len(o.Mechanisms) > 0 {
		return o.Mechanisms
	}
	return usual
}

const defaultMaxBytes = 25 << 20

func (o Options) check() error {
	if o.Now == nil {
		return errors.New("mailtest: Options.Now must be given")
	}
	seen := map[string]bool{}
	for _, u := range o.Users {
		name := strings.ToLower(u.Address)
		if !strings.Contains(name, "@") || seen[name] {
			return fmt.Errorf("mailtest: user %q is not an address or is there twice", u.Address)
		}
		seen[name] = true
	}
	return nil
}

func (o Options) tlsConfig(cert tls.Certificate) *tls.Config {
	c := &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12}
	if o.OldTLS {
		c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS11
	}
	return c
}
