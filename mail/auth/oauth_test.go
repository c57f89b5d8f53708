package auth

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/oauth2"

	"stoke/mail/mailtest/authserver"
)

func provider(t *testing.T) (*authserver.Server, Client) {
	t.Helper()
	s, err := authserver.Start("ines@stoke.example")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s, Client{
		ID: authserver.ClientID, Secret: authserver.ClientSecret, Scopes: []string{"mail", "offline"},
		AuthURL: s.URL + "/authorize", TokenURL: s.URL + "/token", DeviceURL: s.URL + "/device", Params: map[string]string{"access_type": "offline"},
	}
}

// visit opens a link as a browser does and gives the page that it ends on.
func visit(t *testing.T, link string) (status int, page string) {
	t.Helper()
	r, err := http.Get(link)
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Error(err)
	}
	return r.StatusCode, string(body)
}

// landing is where the provider sends the browser, without going there.
func landing(t *testing.T, link string) *url.URL {
	t.Helper()
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, err := c.Get(link)
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	u, err := r.Location()
	if err != nil {
		t.Fatalf("status %d: %v", r.StatusCode, err)
	}
	return u
}

type signedIn struct {
	token *oauth2.Token
	err   error
}

// browser starts a sign-in and gives its link.
func browser(t *testing.T, c Client, pasted <-chan string, say func(string)) (link string, end <-chan signedIn) {
	t.Helper()
	links, done := make(chan string, 1), make(chan signedIn, 1)
	go func() {
		token, err := c.Browser(t.Context(), nil, func(l string) { links <- l }, pasted, say)
		done <- signedIn{token, err}
	}()
	select {
	case link = <-links:
	case got := <-done:
		t.Fatalf("it ended with %v", got.err)
	}
	return link, done
}

func TestSigningInWithTheBrowser(t *testing.T) {
	s, c := provider(t)
	link, done := browser(t, c, nil, nil)
	status, page := visit(t, link)
	got := <-done
	if got.err != nil {
		t.Fatal(got.err)
	}
	if user, ok := s.Valid(got.token.AccessToken); !ok || user != s.User || got.token.RefreshToken == "" {
		t.Errorf("the token is %q's, %v", user, ok)
	}
	if status != 200 || !strings.Contains(page, "You can close this page") {
		t.Errorf("the browser shows %d %q", status, page)
	}
	asked, consent := s.Asked(), s.Consents()
	if len(asked) != 1 || len(consent) != 1 {
		t.Fatalf("asked %v, %v", asked, consent)
	}
	if q := consent[0]; q.Get("scope") != "mail offline" || q.Get("access_type") != "offline" || len(q.Get("state")) < 20 || q.Has("client_secret") {
		t.Errorf("asked for consent with %v", q)
	}
	if redirect := asked[0].Get("redirect_uri"); !strings.HasPrefix(redirect, "http://127.0.0.1:") || len(asked[0].Get("code_verifier")) != 43 {
		t.Errorf("asked with %v", asked[0])
	}
}

func TestTheRepDeclines(t *testing.T) {
	s, c := provider(t)
	s.Deny()
	link, done := browser(t, c, nil, nil)
	_, page := visit(t, link)
	var over *SignInError
	if got := <-done; !errors.As(got.err, &over) || strings.Contains(over.Error(), "\x1b") || !strings.Contains(over.Error(), "declined") {
		t.Errorf("got %v", got.err)
	}
	if !strings.Contains(page, "declined") || len(s.Asked()) != 0 {
		t.Errorf("the page says %q; asked %v", page, s.Asked())
	}
}

// Somebody who gets the rep's browser to open a link with a code of their own must not have stoke read
// their mailbox, nor end the sign-in.
func TestAnAnswerWithAnotherStateIsNotTaken(t *testing.T) {
	s, c := provider(t)
	link, done := browser(t, c, nil, nil)
	planted := landing(t, link)
	q := planted.Query()
	for _, state := range []string{"", "x", q.Get("state") + "x"} {
		evil := *planted
		evil.RawQuery = url.Values{"state": {state}, "code": {"code-of-a-stranger"}}.Encode()
		if status, page := visit(t, evil.String()); status != 400 || !strings.Contains(page, "another sign-in") {
			t.Errorf("%q: %d %q", state, status, page)
		}
	}
	for _, path := range []string{"/favicon.ico", "/other?" + planted.RawQuery} {
		u := planted.ResolveReference(&url.URL{Path: strings.Split(path, "?")[0], RawQuery: planted.RawQuery})
		if status, _ := visit(t, u.String()); status != 404 {
			t.Errorf("%s: %d", path, status)
		}
	}
	if len(s.Asked()) != 0 {
		t.Errorf("asked for a token with %v", s.Asked())
	}
	visit(t, planted.String())
	if got := <-done; got.err != nil {
		t.Errorf("the right answer afterwards: %v", got.err)
	}
}

// Over SSH the browser cannot come back; its address is pasted.
func TestSigningInOverSSH(t *testing.T) {
	s, c := provider(t)
	c.Redirect = "http://localhost"
	pasted, said := make(chan string), make(chan string, 9)
	link, done := browser(t, c, pasted, func(w string) { said <- w })
	right := landing(t, link)
	wrong := *right
	wrong.RawQuery = "code=x&state=y"
	for _, line := range []string{"", "yes", wrong.String(), "http://localhost/?state=" + right.Query().Get("state")} {
		pasted <- line
		if w := <-said; w == "" {
			t.Errorf("%q: nothing was said", line)
		}
	}
	pasted <- "  " + right.String() + " \r"
	if got := <-done; got.err != nil {
		t.Fatal(got.err)
	}
	if asked := s.Asked(); len(asked) != 1 || !strings.HasPrefix(asked[0].Get("redirect_uri"), "http://localhost:") {
		t.Errorf("asked %v", asked)
	}
}

func TestNobodyFinishesTheSignIn(t *testing.T) {
	defer func(d time.Duration) { signInTime = d }(signInTime)
	signInTime = 30 * time.Millisecond
	_, c := provider(t)
	closed := make(chan string)
	close(closed) // an input that has ended must not be asked in a loop
	_, done := browser(t, c, closed, nil)
	if got := <-done; !errors.Is(got.err, ErrNotInTime) {
		t.Errorf("got %v", got.err)
	}
	signInTime = time.Minute
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := c.Browser(ctx, nil, func(string) { cancel() }, nil, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("ctrl+c: %v", err)
	}
}

func TestTheRedirectIsOnThisMachine(t *testing.T) {
	for _, redirect := range []string{"https://127.0.0.1", "http://evil.example", "http://0.0.0.0:1", "urn:ietf:wg:oauth:2.0:oob", "http://127.0.0.1.evil.example"} {
		var r *Refused
		if _, err := (Client{Redirect: redirect}).Browser(t.Context(), nil, func(string) {}, nil, nil); !errors.As(err, &r) {
			t.Errorf("%s: %v", redirect, err)
		}
	}
}

// quickly runs a device flow in fake time, against a server outside of it: a connection that stays
// open would hold the clock.
func quickly(t *testing.T, c Client, before func()) (token *oauth2.Token, shown string, took time.Duration, err error) {
	synctest.Test(t, func(t *testing.T) {
		h := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
		began := time.Now()
		token, err = c.Device(t.Context(), h, func(link, code string) { shown = link + " " + code; before() })
		took = time.Since(began)
	})
	return token, shown, took, err
}

func TestSigningInWithACode(t *testing.T) {
	s, c := provider(t)
	s.Interval(5)
	token, shown, took, err := quickly(t, c, func() { s.Device("authorization_pending", "slow_down", "authorization_pending") })
	if err != nil {
		t.Fatal(err)
	}
	if user, ok := s.Valid(token.AccessToken); !ok || user != s.User || token.RefreshToken == "" {
		t.Errorf("the token is %q's", user)
	}
	if shown != s.URL+"/enter WDJB-MJHT" {
		t.Errorf("shown was %q", shown)
	}
	// 5 s, 5 s, then slow_down: 10 s, 10 s (RFC 8628, section 3.5).
	if took.Round(time.Second) != 30*time.Second || len(s.Asked()) != 4 {
		t.Errorf("it took %v and %d questions", took, len(s.Asked()))
	}
}

func TestACodeThatIsNotEntered(t *testing.T) {
	for name, tt := range map[string]struct {
		before func(*authserver.Server)
		want   func(error) bool
		took   time.Duration
	}{
		"declined": {func(s *authserver.Server) { s.Deny() }, func(err error) bool {
			_, ok := errors.AsType[*SignInError](err)
			return ok && strings.Contains(err.Error(), "declined")
		}, 5 * time.Second},
		"the provider's time is over": {func(s *authserver.Server) { s.Device("authorization_pending", "expired_token") }, func(err error) bool {
			_, ok := errors.AsType[*SignInError](err)
			return ok && strings.Contains(err.Error(), "not finished in time")
		}, 10 * time.Second},
		"nobody comes":        {func(*authserver.Server) {}, func(err error) bool { return errors.Is(err, ErrNotInTime) }, 10 * time.Minute},
		"the provider breaks": {func(s *authserver.Server) { s.Fail(502, "<html>") }, func(err error) bool { return errors.Is(err, ErrProvider) }, 5 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			s, c := provider(t)
			s.Interval(5)
			_, _, took, err := quickly(t, c, func() { tt.before(s) })
			if !tt.want(err) || took.Round(time.Second) != tt.took {
				t.Errorf("after %v: %v", took, err)
			}
		})
	}
	_, c := provider(t)
	c.DeviceURL = ""
	if _, err := c.Device(t.Context(), nil, nil); err == nil || !strings.Contains(err.Error(), "--device") {
		t.Errorf("got %v", err)
	}
	_, c = provider(t)
	c.ID = "somebody else"
	var r *Refused
	if _, err := c.Device(t.Context(), nil, nil); !errors.As(err, &r) || !strings.Contains(err.Error(), "client_id") {
		t.Errorf("got %v", err)
	}
}
