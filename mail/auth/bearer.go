package auth

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/emersion/go-sasl"
)

// XOAuth2 is the name of Google's and Microsoft's mechanism for access tokens, older than RFC 7628
// and at some providers the only one (developers.google.com/workspace/gmail/imap/xoauth2-protocol).
const XOAuth2 = "XOAUTH2"

// bearer is one exchange that shows an access token. A server that refuses it says why in a JSON
// challenge first and gives its last word only after a farewell: an empty line in XOAUTH2, one 0x01
// in OAUTHBEARER (RFC 7628, section 3.2.3). go-sasl breaks off there, so that the last word, and
// with it the reason, is never read; hence both are spoken here.
type bearer struct {
	mechanism string
	initial   []byte
	farewell  []byte
	challenge []byte
}

func (l Login) xoauth2() *bearer {
	return &bearer{mechanism: XOAuth2, initial: []byte("user=" + l.User + "\x01auth=Bearer " + l.secret + "\x01\x01"), farewell: []byte{}}
}

func (l Login) oauthBearer() *bearer {
	authzid := strings.NewReplacer("=", "=3D", ",", "=2C").Replace(l.User) // saslname (RFC 5801, section 4)
	return &bearer{mechanism: sasl.OAuthBearer, farewell: []byte{1}, initial: fmt.Appendf(nil,
		"n,a=%s,\x01host=%s\x01port=%d\x01auth=Bearer %s\x01\x01", authzid, l.host, l.port, l.secret)}
}

func (b *bearer) Start() (mechanism string, initial []byte, err error) {
	return b.mechanism, b.initial, nil
}

func (b *bearer) Next(challenge []byte) ([]byte, error) {
	if b.challenge != nil {
		return nil, sasl.ErrUnexpectedServerChallenge
	}
	b.challenge = append([]byte{}, challenge...)
	return b.farewell, nil
}

// Refusal reads the error challenge: {"status":"401","schemes":"bearer","scope":"…"} in XOAUTH2,
// {"status":"invalid_token",…} in OAUTHBEARER.
func (b *bearer) Refusal() string {
	if b.challenge == nil {
		return ""
	}
	var said struct {
		Status any `json:"status"` // a text by the documents, a number at some servers
	}
	if json.Unmarshal(b.challenge, &said) != nil {
		return "the server did not say why"
	}
	switch status := fmt.Sprint(said.Status); status {
	case "401", "invalid_token":
		return "the sign-in has run out or was withdrawn"
	case "403", "insufficient_scope":
		return "the sign-in does not allow mail; allow it when you sign in again"
	case "400", "invalid_request":
		return "the server could not read the sign-in; is user the address that you signed in with?"
	}
	return "the server did not say why"
}
