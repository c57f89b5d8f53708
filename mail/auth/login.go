package auth

import (
	"encoding/base64"
	"errors"
	"strings"

	"github.com/emersion/go-sasl"
)

// Login is a user name and its secret. The zero Login is no log-in at all.
type Login struct {
	User      string
	secret    string
	bearer    bool   // the secret is an access token
	mechanism string // the only one that may be used; "": the best that both sides know
	host      string // for OAUTHBEARER, which names whom it talks to
	port      int
}

// NewLogin makes a Login with a password.
func NewLogin(user, password string) Login { return Login{User: user, secret: password} }

// NewBearer makes a Login with an access token (RFC 6750) for a server.
func NewBearer(user, token, host string, port int) Login {
	return Login{User: user, secret: token, bearer: true, host: host, port: port}
}

// Only restricts the Login to one mechanism; "" lifts that.
func (l Login) Only(mechanism string) Login {
	l.mechanism = strings.ToUpper(mechanism)
	return l
}

// None reports whether there is nothing to log in with.
func (l Login) None() bool { return l.User == "" && l.secret == "" }

// Bearer reports whether the secret is an access token, which is never to be used as a password.
func (l Login) Bearer() bool { return l.bearer }

// ErrNoMechanism means that the server offers no mechanism that we speak.
var ErrNoMechanism = errors.New("no known log-in mechanism is offered")

// Exchange is one run of a mechanism with a server.
type Exchange interface {
	sasl.Client
	// Refusal is what the server's error challenge said, in plain words; "" where there was none.
	Refusal() string
}

// Choose picks the mechanism for a server, by what it supports: for a password PLAIN (RFC 4616), else
// LOGIN; for a token OAUTHBEARER (RFC 7628), else XOAUTH2. All of them show the secret to whoever
// reads along, so the caller must have encrypted the connection.
func (l Login) Choose(supports func(mechanism string) bool) (Exchange, error) {
	may := func(mechanism string) bool {
		return (l.mechanism == "" || l.mechanism == mechanism) && supports(mechanism)
	}
	switch {
	case l.bearer && may(sasl.OAuthBearer):
		return l.oauthBearer(), nil
	case l.bearer && may(XOAuth2):
		return l.xoauth2(), nil
	case !l.bearer && may(sasl.Plain):
		return byPassword{sasl.NewPlainClient("", l.User, l.secret)}, nil
	case !l.bearer && may(sasl.Login):
		return byPassword{sasl.NewLoginClient(l.User, l.secret)}, nil
	}
	return nil, ErrNoMechanism
}

// byPassword is an exchange in which a refusal says nothing before the server's last word.
type byPassword struct{ sasl.Client }

func (byPassword) Refusal() string { return "" }

// Bare gives user and password to f, for IMAP's LOGIN command where the server has no SASL. A token,
// and a Login that is restricted to another mechanism, give ErrNoMechanism.
func (l Login) Bare(f func(user, password string) error) error {
	if l.bearer || l.mechanism != "" && l.mechanism != sasl.Login {
		return ErrNoMechanism
	}
	return f(l.User, l.secret)
}

// Redact takes the secret out of what a server said, in clear and as the mechanisms encode it.
func (l Login) Redact(s string) string {
	if l.secret == "" {
		return s
	}
	enc := base64.StdEncoding.EncodeToString
	return strings.NewReplacer(
		enc([]byte("\x00"+l.User+"\x00"+l.secret)), "…",
		enc(l.oauthBearer().initial), "…",
		enc(l.xoauth2().initial), "…",
		enc([]byte(l.secret)), "…",
		l.secret, "…",
	).Replace(s)
}

// String keeps the secret out of whatever prints a Login.
func (l Login) String() string { return "login of " + l.User }

// GoString keeps the secret out of %#v.
func (l Login) GoString() string { return l.String() }
