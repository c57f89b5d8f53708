package mailtest

import (
	"encoding/base64"
	"strings"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-sasl"
)

const (
	xoauth2     = "XOAUTH2"
	oauthBearer = "OAUTHBEARER"
)

// shown takes user and token out of the first response of either mechanism.
func shown(mech, response string) (user, token string) {
	for i, part := range strings.Split(response, "\x01") {
		if mech == oauthBearer && i == 0 {
			if _, authzid, ok := strings.Cut(strings.TrimSuffix(part, ","), "n,a="); ok {
				user = strings.NewReplacer("=2C", ",", "=3D", "=").Replace(authzid)
			}
		}
		if v, ok := strings.CutPrefix(part, "user="); ok && mech == xoauth2 {
			user = v
		}
		if v, ok := strings.CutPrefix(part, "auth=Bearer "); ok {
			token = v
		}
	}
	return user, token
}

// admits tells whether a token opens the account that it is shown for.
func (s *Server) admits(mech, response string) (user string, ok bool) {
	user, token := shown(mech, response)
	if s.opts.Token == nil || token == "" {
		return "", false
	}
	whose, ok := s.opts.Token(token)
	if _, err := s.accounts.find(whose); err != nil {
		return "", false
	}
	return whose, ok && strings.EqualFold(whose, user)
}

// refusals are the error challenges, as Google gives them and as RFC 7628 does.
var refusals = map[string]string{
	xoauth2:     `{"status":"401","schemes":"bearer mac","scope":"https://mail.example/"}`,
	oauthBearer: `{"status":"invalid_token","scope":"mail"}`,
}

// farewell is the response that a client owes to an error challenge.
var farewells = map[string]string{xoauth2: "", oauthBearer: "\x01"}

// bearer is AUTH with a token: one that is refused gets the reason as a challenge first.
func (c *smtpSession) bearer(mech, initial string) bool {
	response, ok := c.challenge("", initial)
	if goOn, refused := c.allowed(Auth, ""); !goOn || refused {
		return goOn
	}
	if user, good := c.srv.admits(mech, response); ok && good {
		c.user = strings.ToLower(user)
		return c.write("235 2.7.0 Welcome")
	}
	if !c.write("334 " + base64.StdEncoding.EncodeToString([]byte(refusals[mech]))) {
		return false
	}
	line, ok := c.line()
	if !ok {
		return false
	}
	c.wire.port.hear("FAREWELL " + line)
	if line != base64.StdEncoding.EncodeToString([]byte(farewells[mech])) {
		return c.write("501 5.5.2 That is no farewell")
	}
	return c.write("535 5.7.8 Token not accepted")
}

// AuthenticateMechanisms lists what AUTHENTICATE takes.
func (s *imapSession) AuthenticateMechanisms() []string { return s.server.opts.mechanisms("PLAIN") }

// Authenticate begins an AUTHENTICATE.
func (s *imapSession) Authenticate(mech string) (sasl.Server, error) {
	for _, m := range s.AuthenticateMechanisms() {
		switch {
		case m != mech:
		case mech == sasl.Plain:
			return sasl.NewPlainServer(func(_, user, password string) error { return s.Login(user, password) }), nil
		case mech == xoauth2 || mech == oauthBearer:
			return &bearerServer{session: s, mech: mech}, nil
		}
	}
	return nil, &imap.Error{Type: imap.StatusResponseTypeNo, Text: "Unknown mechanism"}
}

type bearerServer struct {
	session *imapSession
	mech    string
	refused bool
}

// Next takes the token, or the farewell after a refusal.
func (b *bearerServer) Next(response []byte) (challenge []byte, done bool, err error) {
	switch {
	case b.refused:
		if string(response) != farewells[b.mech] {
			return nil, false, &imap.Error{Type: imap.StatusResponseTypeBad, Text: "That is no farewell"}
		}
		return nil, false, imapserver.ErrAuthFailed
	case response == nil:
		return []byte{}, false, nil
	}
	if user, ok := b.session.server.admits(b.mech, string(response)); ok {
		b.session.enter(user)
		return nil, true, nil
	}
	b.refused = true
	return []byte(refusals[b.mech]), false, nil
}
