// Package authserver is an OAuth 2 authorization server on the loopback, for tests: authorization code
// with PKCE (RFC 6749, RFC 7636), device code (RFC 8628), refresh with rotation, introspection
// (RFC 7662). It is as strict as the strictest provider: a code and a refresh token work once, and a
// second use ends the sign-in. Every fault is a switch.
//
// It imports nothing of ours. Its methods may be called from any goroutine.
package authserver

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// ClientID and ClientSecret are of the one client that the server knows.
const (
	ClientID     = "stoke-test-client"
	ClientSecret = "not-so-secret-client-secret"
)

// Server is a running authorization server.
type Server struct {
	URL string // without a path
	// User is who consents, and whom the tokens are for.
	User string

	http *http.Server
	done chan struct{}

	mu        sync.Mutex
	life      time.Duration
	interval  int
	codes     map[string]grant  // by code
	refresh   map[string]string // whose; "": used up
	access    map[string]holder
	device    *deviceGrant
	deny      bool
	noRefresh bool
	revoked   bool
	faults    []fault
	asked     []url.Values // at the token endpoint
	consents  []url.Values
	issued    []string
	busy      int
	most      int
	hold      chan struct{}
}

type grant struct{ challenge, redirect string }

type holder struct {
	user string
	ends time.Time
}

type fault struct {
	status int
	body   string
}

// Start makes a server for one user. Close must be called.
func Start(user string) (*Server, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &Server{
		URL: "http://" + listener.Addr().String(), User: user, done: make(chan struct{}), life: time.Hour, interval: 1,
		codes: map[string]grant{}, refresh: map[string]string{}, access: map[string]holder{},
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /authorize", s.authorize)
	mux.HandleFunc("POST /token", s.token)
	mux.HandleFunc("POST /device", s.deviceCode)
	mux.HandleFunc("/introspect", s.introspect)
	s.http = &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	s.http.SetKeepAlivesEnabled(false) // no goroutine outlives its request
	go func() {
		defer close(s.done)
		_ = s.http.Serve(listener)
	}()
	return s, nil
}

// Close ends the server and waits for it.
func (s *Server) Close() {
	_ = s.http.Close()
	<-s.done
}

func (s *Server) with(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
}

// Life sets how long access tokens live; an hour without it.
func (s *Server) Life(d time.Duration) { s.with(func() { s.life = d }) }

// Interval sets the seconds between questions in the device flow; 1 without it.
func (s *Server) Interval(seconds int) { s.with(func() { s.interval = seconds }) }

// Deny makes the user decline from now on.
func (s *Server) Deny() { s.with(func() { s.deny = true }) }

// NoRefresh gives no refresh tokens from now on, as providers do that were not asked for offline access.
func (s *Server) NoRefresh() { s.with(func() { s.noRefresh = true }) }

// Revoke ends every sign-in: access tokens are not active and refresh tokens give invalid_grant.
func (s *Server) Revoke() { s.with(func() { s.revoked = true }) }

// Expire ends every access token; refresh tokens stay good.
func (s *Server) Expire() { s.with(func() { clear(s.access) }) }

// Fail answers the next question to the token endpoint with this status and JSON.
func (s *Server) Fail(status int, body string) {
	s.with(func() { s.faults = append(s.faults, fault{status, body}) })
}

// Hold keeps answers of the token endpoint back until the channel is closed.
func (s *Server) Hold(until chan struct{}) { s.with(func() { s.hold = until }) }

// Asked are the questions to the token endpoint, in their order.
func (s *Server) Asked() []url.Values {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]url.Values{}, s.asked...)
}

// Issued are all tokens that were ever given out.
func (s *Server) Issued() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string{}, s.issued...)
}

// Consents are the questions that the browser brought.
func (s *Server) Consents() []url.Values {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]url.Values{}, s.consents...)
}

// MostAtOnce is how many questions to the token endpoint were open at the same time.
func (s *Server) MostAtOnce() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.most
}

// Valid tells whose an access token is.
func (s *Server) Valid(token string) (user string, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h, ok := s.access[token]
	return h.user, ok && !s.revoked && time.Now().Before(h.ends)
}

// Issue gives tokens without a flow, as from an earlier sign-in, or from a new one after Revoke.
func (s *Server) Issue() (access, refresh string, ends time.Time) { return s.IssueFor(s.User) }

// IssueFor is Issue for another user.
func (s *Server) IssueFor(user string) (access, refresh string, ends time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.revoked {
		s.revoked = false
		clear(s.access)
		clear(s.refresh)
	}
	access, refresh = s.issue(user)
	return access, refresh, s.access[access].ends
}

func (s *Server) issue(user string) (access, refresh string) {
	access, refresh = "access-"+rand.Text(), "refresh-"+rand.Text()
	s.access[access] = holder{user, time.Now().Add(s.life)}
	s.refresh[refresh] = user
	s.issued = append(s.issued, access, refresh)
	return access, refresh
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

func refuse(w http.ResponseWriter, code, why string) {
	answer(w, http.StatusBadRequest, map[string]string{"error": code, "error_description": why})
}

// introspect tells Dovecot about a token (RFC 7662).
func (s *Server) introspect(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		refuse(w, "invalid_request", err.Error())
		return
	}
	user, ok := s.Valid(r.Form.Get("token"))
	if !ok {
		answer(w, http.StatusOK, map[string]any{"active": false})
		return
	}
	answer(w, http.StatusOK, map[string]any{"active": true, "username": user, "scope": "mail"})
}

// authorize is the page of consent: the user of the server says yes or no at once.
func (s *Server) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.consents = append(s.consents, q)
	back, err := url.Parse(q.Get("redirect_uri"))
	switch {
	case err != nil || back.Scheme != "http" || q.Get("client_id") != ClientID:
		http.Error(w, "unknown client or redirect", http.StatusBadRequest)
		return
	case q.Get("response_type") != "code" || q.Get("code_challenge_method") != "S256" || len(q.Get("code_challenge")) != 43 || q.Get("state") == "":
		http.Error(w, fmt.Sprintf("not what RFC 8252 asks for: %v", q), http.StatusBadRequest)
		return
	}
	answer := url.Values{"state": {q.Get("state")}}
	if s.deny {
		answer.Set("error", "access_denied")
		answer.Set("error_description", "The user said no\x1b[31m")
	} else {
		code := "code-" + rand.Text()
		s.codes[code] = grant{q.Get("code_challenge"), q.Get("redirect_uri")}
		answer.Set("code", code)
	}
	back.RawQuery = answer.Encode()
	http.Redirect(w, r, back.String(), http.StatusFound)
}
