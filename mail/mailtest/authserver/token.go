package authserver

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
)

// deviceGrant is the one device flow under way.
type deviceGrant struct {
	code     string
	user     string
	answers  []string // what the next questions get before the grant: authorization_pending, slow_down …
	approved bool
}

// Device tells what the next questions of the device flow under way are answered with, one after the
// other; the grant comes when all were given.
func (s *Server) Device(errors ...string) {
	s.with(func() { s.device.answers, s.device.approved = errors, true })
}

func (s *Server) deviceCode(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil || r.Form.Get("client_id") != ClientID {
		refuse(w, "invalid_client", "unknown client")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.device = &deviceGrant{code: "device-" + rand.Text(), user: "WDJB-MJHT"}
	answer(w, http.StatusOK, map[string]any{
		"device_code": s.device.code, "user_code": s.device.user, "verification_uri": s.URL + "/enter",
		"expires_in": 600, "interval": s.interval,
	})
}

func (s *Server) token(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		refuse(w, "invalid_request", err.Error())
		return
	}
	s.mu.Lock()
	s.asked = append(s.asked, r.PostForm)
	s.busy++
	s.most = max(s.most, s.busy)
	hold := s.hold
	s.mu.Unlock()
	if hold != nil {
		select {
		case <-hold:
		case <-r.Context().Done():
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.busy--
	if len(s.faults) > 0 {
		f := s.faults[0]
		s.faults = s.faults[1:]
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(f.status)
		_, _ = w.Write([]byte(f.body))
		return
	}
	if r.Form.Get("client_id") != ClientID || r.Form.Get("client_secret") != ClientSecret {
		refuse(w, "invalid_client", "unknown client "+r.Form.Get("client_secret"))
		return
	}
	switch r.Form.Get("grant_type") {
	case "authorization_code":
		s.byCode(w, r)
	case "refresh_token":
		s.byRefresh(w, r)
	case "urn:ietf:params:oauth:grant-type:device_code":
		s.byDevice(w, r)
	default:
		refuse(w, "unsupported_grant_type", "")
	}
}

func (s *Server) byCode(w http.ResponseWriter, r *http.Request) {
	g, ok := s.codes[r.Form.Get("code")]
	delete(s.codes, r.Form.Get("code"))
	sum := sha256.Sum256([]byte(r.Form.Get("code_verifier")))
	if !ok || g.redirect != r.Form.Get("redirect_uri") || g.challenge != base64.RawURLEncoding.EncodeToString(sum[:]) {
		refuse(w, "invalid_grant", "wrong code, redirect or verifier")
		return
	}
	s.give(w, s.User)
}

func (s *Server) byRefresh(w http.ResponseWriter, r *http.Request) {
	token := r.Form.Get("refresh_token")
	user, known := s.refresh[token]
	if known && user == "" {
		s.revoked = true // used twice: a thief has it
	}
	if !known || s.revoked {
		refuse(w, "invalid_grant", "Token has been expired or revoked: "+token)
		return
	}
	s.refresh[token] = ""
	s.give(w, user)
}

func (s *Server) byDevice(w http.ResponseWriter, r *http.Request) {
	d := s.device
	switch {
	case d == nil || r.Form.Get("device_code") != d.code:
		refuse(w, "invalid_grant", "unknown device code")
	case s.deny:
		refuse(w, "access_denied", "")
	case len(d.answers) > 0:
		code := d.answers[0]
		d.answers = d.answers[1:]
		refuse(w, code, "")
	case !d.approved:
		refuse(w, "authorization_pending", "")
	default:
		s.device = nil
		s.give(w, s.User)
	}
}

func (s *Server) give(w http.ResponseWriter, user string) {
	access, refresh := s.issue(user)
	given := map[string]any{"access_token": access, "token_type": "Bearer", "expires_in": int(s.life.Seconds())}
	if !s.noRefresh {
		given["refresh_token"] = refresh
	}
	answer(w, http.StatusOK, given)
}
