package auth

import (
	"encoding/base64"
	"errors"
	"strings"

	"github.com/emersion/go-sasl"
)

// Login is a user name and its secret. The zero Login is no log-in at all.
type Login struct {
	User   string
	secret string
}

// NewLogin makes a Login.
func NewLogin(user, secret string) Login { return Login{User: user, secret: secret} }

// None reports whether there is nothing to log in with.
func (l Login) None() bool { return l.User == "" && l.secret == "" }

// ErrNoMechanism means that the server offers no mechanism that we speak.
var ErrNoMechanism = errors.New("no known log-in mechanism is offered")

// Choose picks the mechanism for a server, by what it supports: PLAIN (RFC 4616), else LOGIN. Both
// show the secret to whoever reads along, so the caller must have encrypted the connection.
func (l Login) Choose(supports func(mechanism string) bool) (sasl.Client, error) {
	switch {
	case supports(sasl.Plain):
		return sasl.NewPlainClient("", l.User, l.secret), nil
	case supports(sasl.Login):
		return sasl.NewLoginClient(l.User, l.secret), nil
	}
	return nil, ErrNoMechanism
}

// Bare gives user and secret to f, for IMAP's LOGIN command where the server has no SASL.
func (l Login) Bare(f func(user, secret string) error) error { return f(l.User, l.secret) }

// Redact takes the secret out of what a server said, in clear and as the mechanisms encode it.
func (l Login) Redact(s string) string {
	if l.secret == "" {
		return s
	}
	enc := base64.StdEncoding.EncodeToString
	return strings.NewReplacer(
		enc([]byte("\x00"+l.User+"\x00"+l.secret)), "…",
		enc([]byte(l.secret)), "…",
		l.secret, "…",
	).Replace(s)
}

// String keeps the secret out of whatever prints a Login.
func (l Login) String() string { return "login of " + l.User }

// GoString keeps the secret out of %#v.
func (l Login) GoString() string { return l.String() }
