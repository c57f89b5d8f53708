package auth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"golang.org/x/oauth2"
)

// Client is what the rep registered with a provider, and where the provider answers (RFC 6749). The
// secret of an installed program is no secret (RFC 8252, section 8.5); it is kept out of errors anyway.
type Client struct {
	ID        string
	Secret    string
	AuthURL   string
	TokenURL  string
	DeviceURL string // "": the provider has no device flow
	Scopes    []string
	// Redirect is where the browser comes back to: a loopback URL as it was registered. Without a port
	// a free one is taken, as RFC 8252, section 7.3 allows; "" means http://127.0.0.1.
	Redirect string
	// Params go with the question for consent, as Google's access_type=offline.
	Params map[string]string
}

// httpTime is how long one request to a provider may take.
const httpTime = 30 * time.Second

func (c Client) config() *oauth2.Config {
	return &oauth2.Config{
		ClientID: c.ID, ClientSecret: c.Secret, Scopes: c.Scopes,
		Endpoint: oauth2.Endpoint{AuthURL: c.AuthURL, TokenURL: c.TokenURL, DeviceAuthURL: c.DeviceURL, AuthStyle: oauth2.AuthStyleInParams},
	}
}

// with makes the library use h; every request ends by itself, and where it was sent: a redirect would
// carry the refresh token to wherever it points.
func with(ctx context.Context, h *http.Client) context.Context {
	if h == nil {
		h = &http.Client{Timeout: httpTime, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	return context.WithValue(ctx, oauth2.HTTPClient, h)
}

// SignInError means that a provider takes the sign-in of an account no more, or that there is none:
// only the rep can help, and asking again is useless.
type SignInError struct{ Account, Why string }

func (e *SignInError) Error() string {
	if e.Account == "" { // it failed while the rep was at it
		return e.Why
	}
	return e.Why + ". Sign in again: stoke login " + e.Account
}

// Refused reports that the provider refused for a reason that only the config can mend.
type Refused struct{ Why string }

func (e *Refused) Error() string { return e.Why }

// ErrProvider means that a provider could not be reached or failed; later it may work.
var ErrProvider = errors.New("the provider did not answer")

// worded turns an error of the library into ours. Nothing of the answer's body is passed on but the
// code and the description of the error, with what is secret taken out.
func (c Client) worded(err error, secrets ...string) error {
	said, ok := errors.AsType[*oauth2.RetrieveError](err)
	if !ok {
		if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
			return fmt.Errorf("%w: %w", ErrProvider, err)
		}
		return fmt.Errorf("%w: %s", ErrProvider, c.clean(err.Error(), secrets))
	}
	why := c.clean(said.ErrorDescription, secrets)
	if why == "" {
		why = "it said " + c.clean(said.ErrorCode, secrets)
	}
	switch said.ErrorCode {
	case "invalid_grant", "expired_token", "access_denied", "interaction_required", "consent_required", "login_required":
		return &SignInError{Why: reasons[said.ErrorCode] + " (" + why + ")"}
	case "invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope", "invalid_request":
		return &Refused{"The provider refused the client (" + why + "). Check client_id, client_secret and scopes under [account.oauth] in the config"}
	}
	if said.Response != nil && said.Response.StatusCode >= 400 && said.Response.StatusCode < 500 && said.Response.StatusCode != http.StatusTooManyRequests && said.ErrorCode != "" {
		return &Refused{"The provider refused (" + why + ")"}
	}
	status := ""
	if said.Response != nil {
		status = ": " + said.Response.Status
	}
	return fmt.Errorf("%w%s", ErrProvider, status)
}

var reasons = map[string]string{
	"invalid_grant":        "The provider ended the sign-in",
	"expired_token":        "The sign-in was not finished in time",
	"access_denied":        "The sign-in was declined",
	"interaction_required": "The provider wants to see you",
	"consent_required":     "The provider wants your consent anew",
	"login_required":       "The provider wants to see you",
}

// clean is one printable line of at most 200 octets without our secrets.
func (c Client) clean(s string, secrets []string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	for _, secret := range append(secrets, c.Secret) { // only now: what was taken out may have hidden one
		if secret != "" {
			s = strings.ReplaceAll(s, secret, "…")
		}
	}
	s = strings.TrimRight(strings.Join(strings.Fields(s), " "), ".")
	if len(s) > 200 {
		s = strings.ToValidUTF8(s[:200], "") + "…"
	}
	return s
}
