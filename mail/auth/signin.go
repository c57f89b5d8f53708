package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"html"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/oauth2"
)

// signInTime is how long the rep has for a sign-in.
var signInTime = 10 * time.Minute

// ErrNotInTime means that nobody finished the sign-in.
var ErrNotInTime = errors.New("nobody finished the sign-in in time; run it again")

// Browser signs in with the rep's browser (RFC 8252): it shows a link and waits until the browser
// comes back to this machine. pasted gives lines that the rep pastes instead, because the browser runs
// elsewhere, as over SSH: the address that it was sent to. say answers a paste that does not fit. It
// ends with ctx, and after ten minutes at the latest.
func (c Client) Browser(ctx context.Context, h *http.Client, show func(link string), pasted <-chan string, say func(words string)) (*oauth2.Token, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, signInTime, ErrNotInTime)
	defer cancel()
	listener, redirect, err := c.listen(ctx)
	if err != nil {
		return nil, err
	}
	conf := c.config()
	conf.RedirectURL = redirect.String()
	b := &back{state: rand.Text(), path: redirect.Path, answers: make(chan answer, 1)}
	verifier := oauth2.GenerateVerifier()
	server := &http.Server{Handler: b, ReadHeaderTimeout: 10 * time.Second, MaxHeaderBytes: 64 << 10}
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = server.Serve(listener) // it ends with the sign-in
	}()
	defer func() { // the page of the last answer is on its way
		enough, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
		defer cancel()
		_ = server.Shutdown(enough)
		_ = server.Close()
		<-served
	}()

	options := []oauth2.AuthCodeOption{oauth2.S256ChallengeOption(verifier)}
	for k, v := range c.Params {
		options = append(options, oauth2.SetAuthURLParam(k, v))
	}
	show(conf.AuthCodeURL(b.state, options...))
	for {
		var a answer
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case a = <-b.answers:
		case line, open := <-pasted:
			if !open {
				pasted = nil // the input has ended; the browser may still come back
				continue
			}
			if a, err = b.read(line); err != nil {
				say(err.Error())
				continue
			}
		}
		if a.err != "" {
			return nil, c.worded(&oauth2.RetrieveError{ErrorCode: a.err, ErrorDescription: a.why})
		}
		got, err := conf.Exchange(with(ctx, h), a.code, oauth2.VerifierOption(verifier))
		if err != nil {
			return nil, c.worded(err, a.code, verifier)
		}
		return got, nil
	}
}

// listen opens the loopback address of the redirect. localhost is taken on IPv4: that is where every
// browser looks, too.
func (c Client) listen(ctx context.Context) (net.Listener, *url.URL, error) {
	raw := c.Redirect
	if raw == "" {
		raw = "http://127.0.0.1"
	}
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "http" || u.Hostname() != "localhost" && !net.ParseIP(u.Hostname()).IsLoopback() {
		return nil, nil, &Refused{"The redirect under [account.oauth] must be an http address on this machine, like http://127.0.0.1"}
	}
	host, port := u.Hostname(), u.Port()
	if host == "localhost" {
		host = "127.0.0.1"
	}
	if port == "" {
		port = "0"
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", net.JoinHostPort(host, port))
	if err != nil {
		return nil, nil, &Refused{"Port " + port + " of this machine, where the browser is to come back, is taken; is another sign-in under way?"}
	}
	_, port, err = net.SplitHostPort(l.Addr().String())
	if err != nil {
		return nil, nil, err
	}
	u.Host = net.JoinHostPort(u.Hostname(), port)
	return l, u, nil
}

// back is where the browser comes back to.
type back struct {
	state   string
	path    string
	answers chan answer
}

// answer is what the provider sent along with the browser (RFC 6749, section 4.1.2).
type answer struct{ code, err, why string }

var errForeign = errors.New("this answer belongs to another sign-in; use the link above")

// take reads the answer. One with another state is not ours: somebody may have planted it to have
// their mailbox used (RFC 6749, section 10.12).
func (b *back) take(q url.Values) (answer, error) {
	if subtle.ConstantTimeCompare([]byte(q.Get("state")), []byte(b.state)) != 1 {
		return answer{}, errForeign
	}
	a := answer{code: q.Get("code"), err: q.Get("error"), why: q.Get("error_description")}
	if a.code == "" && a.err == "" {
		return answer{}, errors.New("there is no code in this address; paste the whole of it")
	}
	return a, nil
}

// read takes a pasted line: the address that the browser was sent to.
func (b *back) read(line string) (answer, error) {
	u, err := url.Parse(strings.TrimSpace(line))
	if err != nil || u.RawQuery == "" {
		return answer{}, errors.New("that is not the address of the page; copy it from the browser's address bar, beginning with http://")
	}
	return b.take(u.Query())
}

func (b *back) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Referrer-Policy", "no-referrer") // the address holds the code
	w.Header().Set("Cache-Control", "no-store")
	page := func(status int, words string) {
		w.WriteHeader(status)
		fmt.Fprintf(w, "<!doctype html><title>stoke</title><p>%s</p>\n", html.EscapeString(words))
	}
	if strings.Trim(r.URL.Path, "/") != strings.Trim(b.path, "/") || r.Method != http.MethodGet {
		page(http.StatusNotFound, "There is nothing here.")
		return
	}
	a, err := b.take(r.URL.Query())
	if err != nil {
		page(http.StatusBadRequest, err.Error())
		return
	}
	select {
	case b.answers <- a:
	default: // the first answer counts
	}
	if a.err != "" {
		page(http.StatusOK, "The sign-in was declined. You can close this page.")
		return
	}
	page(http.StatusOK, "You can close this page and go back to stoke.")
}

// Device signs in with a code that the rep types in on another machine (RFC 8628). It ends when the
// provider says so, with ctx, and after ten minutes at the latest.
func (c Client) Device(ctx context.Context, h *http.Client, show func(link, code string)) (*oauth2.Token, error) {
	if c.DeviceURL == "" {
		return nil, &Refused{"This provider signs in only with a browser. Leave --device out"}
	}
	ctx, cancel := context.WithTimeoutCause(ctx, signInTime, ErrNotInTime)
	defer cancel()
	conf := c.config()
	begun, err := conf.DeviceAuth(with(ctx, h))
	if err != nil {
		return nil, c.worded(err)
	}
	if begun.DeviceCode == "" || begun.UserCode == "" || begun.VerificationURI == "" {
		return nil, fmt.Errorf("%w with a code", ErrProvider)
	}
	begun.Interval = min(max(begun.Interval, 0), 60) // the library panics on less than nothing
	show(begun.VerificationURI, begun.UserCode)
	got, err := conf.DeviceAccessToken(with(ctx, h), begun)
	switch {
	case err == nil:
		return got, nil
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case errors.Is(err, context.DeadlineExceeded): // the code's own end
		return nil, ErrNotInTime
	}
	return nil, c.worded(err, begun.DeviceCode)
}
