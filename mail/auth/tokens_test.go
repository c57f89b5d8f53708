package auth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"stoke/mail/mailtest/authserver"
)

// desk is one account's sign-in and the clock beside it.
type desk struct {
	*Tokens
	server *authserver.Server
	vault  FileVault
	mu     sync.Mutex
	ahead  time.Duration
}

func (d *desk) now() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return time.Now().Add(d.ahead)
}

func (d *desk) move(by time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ahead += by
}

// another is the same account in another process.
func (d *desk) another() *Tokens {
	t := *d.Tokens
	t.cached, t.bad = nil, ""
	return NewTokens(t)
}

func signedInDesk(t *testing.T) *desk {
	t.Helper()
	s, c := provider(t)
	d := &desk{server: s, vault: FileVault{filepath.Join(t.TempDir(), "secrets")}}
	access, refresh, ends := s.Issue()
	if err := Keep(t.Context(), d.vault, "work", &oauth2.Token{AccessToken: access, RefreshToken: refresh, Expiry: ends}); err != nil {
		t.Fatal(err)
	}
	s.Life(24 * time.Hour) // of what comes later: the desk's clock runs ahead of the server's
	d.Tokens = NewTokens(Tokens{Account: "work", Client: c, Vault: d.vault, LockDir: t.TempDir(), Now: d.now})
	return d
}

func (d *desk) mustToken(t *testing.T, from *Tokens) string {
	t.Helper()
	got, err := from.Token(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestATokenIsRenewedBeforeItsEnd(t *testing.T) {
	d := signedInDesk(t)
	first := d.mustToken(t, d.Tokens)
	d.move(57 * time.Minute)
	if got := d.mustToken(t, d.Tokens); got != first || len(d.server.Asked()) != 0 {
		t.Fatalf("three minutes before its end it was renewed: %v", d.server.Asked())
	}
	d.move(2 * time.Minute) // a minute before its end
	second := d.mustToken(t, d.Tokens)
	if _, ok := d.server.Valid(second); !ok || second == first || len(d.server.Asked()) != 1 {
		t.Fatalf("it was not renewed: %v", d.server.Asked())
	}
	d.server.Life(72 * time.Hour)
	d.move(24 * time.Hour)
	third := d.mustToken(t, d.another()) // another process goes on with the refresh token that was kept
	asked := d.server.Asked()
	if len(asked) != 2 || asked[0].Get("refresh_token") == asked[1].Get("refresh_token") {
		t.Fatalf("asked %v", asked)
	}
	if got := d.mustToken(t, d.Tokens); got != third || len(d.server.Asked()) != 2 {
		t.Error("the first process did not take what the second one got")
	}
}

// The authorization server gives each refresh token once; whoever asks with one twice ends the sign-in.
func TestOneRenewalAtATime(t *testing.T) {
	d := signedInDesk(t)
	d.server.Expire()
	d.move(2 * time.Hour)
	held := make(chan struct{})
	d.server.Hold(held)
	other := signedInDesk(t) // a second account, at a provider of its own
	second := other.another()
	second.LockDir = d.LockDir
	processes := []*Tokens{d.Tokens, d.another(), d.another()}
	got := make(chan string, 12)
	var work sync.WaitGroup
	for i := range 12 {
		work.Go(func() {
			token, err := processes[i%3].Token(t.Context())
			if err != nil {
				t.Error(err)
			}
			got <- token
		})
	}
	waitFor(t, func() bool { return len(d.server.Asked()) == 1 })
	other.move(2 * time.Hour)
	work.Go(func() {
		if _, err := second.Token(t.Context()); err != nil {
			t.Error(err)
		}
	})
	close(held)
	work.Wait()
	first := <-got
	for range 11 {
		if next := <-got; next != first {
			t.Error("two tokens were got")
		}
	}
	if n := len(d.server.Asked()); n != 1 || d.server.MostAtOnce() != 1 || len(other.server.Asked()) != 1 {
		t.Errorf("%d renewals, %d at once; the other account %d", n, d.server.MostAtOnce(), len(other.server.Asked()))
	}
	if _, ok := d.server.Valid(first); !ok {
		t.Error("the token is not good")
	}
}

func waitFor(t *testing.T, yes func() bool) {
	t.Helper()
	over := time.After(20 * time.Second)
	for !yes() {
		select {
		case <-over:
			t.Fatal("it did not happen")
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// printToken is one of several processes that need a token.
func printToken() int {
	url := os.Getenv("AUTH_URL")
	tokens := NewTokens(Tokens{
		Account: "work", Vault: FileVault{os.Getenv("AUTH_VAULT")}, LockDir: os.Getenv("AUTH_LOCKS"),
		Client: Client{ID: authserver.ClientID, Secret: authserver.ClientSecret, TokenURL: url + "/token"},
		Now:    func() time.Time { return time.Now().Add(2 * time.Hour) },
	})
	token, err := tokens.Token(context.Background())
	if err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println(token)
	return 0
}

func TestSeveralProcessesRenewOnce(t *testing.T) {
	d := signedInDesk(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	const n = 5
	said := make([]string, n)
	var work sync.WaitGroup
	for i := range n {
		work.Go(func() {
			cmd := exec.CommandContext(t.Context(), self)
			cmd.Env = append(os.Environ(), "AUTH_TEST=token", "AUTH_URL="+d.server.URL, "AUTH_VAULT="+d.vault.Dir, "AUTH_LOCKS="+d.LockDir)
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Errorf("%v: %s", err, out)
			}
			said[i] = string(out)
		})
	}
	work.Wait()
	for _, s := range said {
		if s != said[0] {
			t.Errorf("two processes got %q and %q", s, said[0])
		}
	}
	if asked := d.server.Asked(); len(asked) != 1 {
		t.Errorf("%d renewals", len(asked))
	}
}

// What the provider ended is a lasting request: it is asked once, by one process, until the rep signs in.
func TestAnEndedSignInIsAskedOnce(t *testing.T) {
	d := signedInDesk(t)
	d.server.Revoke()
	d.move(2 * time.Hour)
	for _, tokens := range []*Tokens{d.Tokens, d.Tokens, d.another()} {
		_, err := tokens.Token(t.Context())
		over, ok := errors.AsType[*SignInError](err)
		if !ok || !strings.HasSuffix(err.Error(), "Sign in again: stoke login work") {
			t.Fatalf("got %v", err)
		}
		for _, secret := range []string{"refresh-", "access-"} {
			if strings.Contains(over.Error(), secret) {
				t.Errorf("a token is in %q", over)
			}
		}
	}
	if n := len(d.server.Asked()); n != 1 {
		t.Errorf("asked %d times", n)
	}
	again, _ := provider(t)
	access, refresh, ends := again.Issue()
	if err := Keep(t.Context(), d.vault, "work", &oauth2.Token{AccessToken: access, RefreshToken: refresh, Expiry: ends.Add(time.Hour * 24)}); err != nil {
		t.Fatal(err)
	}
	if got := d.mustToken(t, d.Tokens); got != access {
		t.Errorf("after stoke login: %q", got)
	}
	if err := Forget(t.Context(), d.vault, "work"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.another().Token(t.Context()); err == nil || !strings.Contains(err.Error(), "stoke login work") {
		t.Errorf("after stoke logout: %v", err)
	}
}

// A provider that is away, and one that does not know the client, take nothing away.
func TestARenewalThatFailsKeepsTheSignIn(t *testing.T) {
	d := signedInDesk(t)
	d.move(2 * time.Hour)
	for _, tt := range []struct {
		status int
		body   string
		want   func(error) bool
	}{
		{503, "busy", func(err error) bool { return errors.Is(err, ErrProvider) }},
		{200, "<html>", func(err error) bool { return errors.Is(err, ErrProvider) }},
		{200, `{}`, func(err error) bool { return errors.Is(err, ErrProvider) }},
		{429, `{"error":"slow_down"}`, func(err error) bool { return errors.Is(err, ErrProvider) }},
		{401, `{"error":"invalid_client","error_description":"` + authserver.ClientSecret + ` is wrong"}`, func(err error) bool {
			_, ok := errors.AsType[*Refused](err)
			return ok && !strings.Contains(err.Error(), authserver.ClientSecret)
		}},
	} {
		d.server.Fail(tt.status, tt.body)
		if _, err := d.Token(t.Context()); !tt.want(err) {
			t.Errorf("%d %s: %v", tt.status, tt.body, err)
		}
	}
	if _, ok := d.server.Valid(d.mustToken(t, d.Tokens)); !ok {
		t.Error("it was not renewed afterwards")
	}
	d.server.Close()
	d.move(48 * time.Hour)
	if _, err := d.Token(t.Context()); !errors.Is(err, ErrProvider) || strings.Contains(err.Error(), "refresh-") {
		t.Errorf("away: %v", err)
	}
}

// A mail server may refuse a token that has time left.
func TestARefusedTokenIsNotGivenAgain(t *testing.T) {
	d := signedInDesk(t)
	first := d.mustToken(t, d.Tokens)
	d.Refused(first)
	second := d.mustToken(t, d.Tokens)
	if second == first || len(d.server.Asked()) != 1 {
		t.Errorf("given again; asked %v", d.server.Asked())
	}
	if got := d.mustToken(t, d.Tokens); got != second || len(d.server.Asked()) != 1 {
		t.Error("a good one was renewed")
	}
}

// narrow is a keyring with room for a refresh token only, as on Windows.
type narrow struct{ Vault }

func (n narrow) Put(ctx context.Context, name, secret string) error {
	if len(secret) > 120 {
		return ErrTooBig
	}
	return n.Vault.Put(ctx, name, secret)
}

func TestAVaultWithLittleRoom(t *testing.T) {
	d := signedInDesk(t)
	d.Vault = narrow{d.vault}
	d.move(2 * time.Hour)
	first := d.mustToken(t, d.Tokens)
	if raw, err := d.vault.Get(t.Context(), "work/sign-in"); err != nil || strings.Contains(raw, first) || !strings.Contains(raw, "refresh-") {
		t.Errorf("kept is %q, %v", raw, err)
	}
	if got := d.mustToken(t, d.Tokens); got != first {
		t.Error("this process forgot its token")
	}
	if _, ok := d.server.Valid(d.mustToken(t, d.another())); !ok {
		t.Error("the next one got none")
	}
}

// A token endpoint that sends us elsewhere gets nothing sent elsewhere.
func TestATokenEndpointCannotSendUsElsewhere(t *testing.T) {
	elsewhere, _ := provider(t)
	d := signedInDesk(t)
	for _, status := range []int{http.StatusTemporaryRedirect, http.StatusPermanentRedirect, http.StatusFound} {
		gate := httptest.NewServer(http.RedirectHandler(elsewhere.URL+"/token", status))
		defer gate.Close()
		c := d.Client
		c.TokenURL = gate.URL
		tokens := NewTokens(Tokens{Account: "work", Client: c, Vault: d.vault, LockDir: d.LockDir, Now: func() time.Time { return time.Now().Add(48 * time.Hour) }})
		if _, err := tokens.Token(t.Context()); !errors.Is(err, ErrProvider) {
			t.Errorf("%d: %v", status, err)
		}
	}
	if asked := elsewhere.Asked(); len(asked) != 0 {
		t.Errorf("elsewhere heard %v", asked)
	}
}
