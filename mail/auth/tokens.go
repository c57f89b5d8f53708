package auth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
	"golang.org/x/oauth2"
)

// Tokens gives the access token of one account and renews it in time. Methods may be called from any
// goroutine, in any number of processes.
type Tokens struct {
	Account string
	Client  Client
	Vault   Vault
	LockDir string           // shared by all processes of the rep
	HTTP    *http.Client     // nil: the usual one
	Now     func() time.Time // real time, whatever clock decisions go by

	turn   chan struct{}
	cached *kept  // what this process saw last
	bad    string // an access token that a server refused
}

// NewTokens makes Tokens; nothing is read before Token.
func NewTokens(t Tokens) *Tokens {
	t.turn = make(chan struct{}, 1)
	return &t
}

// kept is what the vault keeps of a sign-in.
type kept struct {
	Access  string    `json:"access,omitempty"` // left out where the vault has too little room
	Refresh string    `json:"refresh,omitempty"`
	Expires time.Time `json:"expires,omitzero"` // of Access; zero: unknown
	Ended   string    `json:"ended,omitempty"`  // why the provider takes it no more
}

// early is how long before its end a token is renewed: a log-in and one long command fit in.
const early = 2 * time.Minute

func (t *Tokens) fresh(k *kept) bool {
	return k != nil && k.Access != "" && k.Access != t.bad && (k.Expires.IsZero() || t.Now().Add(early).Before(k.Expires))
}

// vaultName keeps a sign-in apart from a password of the same account.
func vaultName(account string) string { return account + "/sign-in" }

// Token gives an access token that is good for some minutes. Only one process of the rep renews at a
// time, and whoever waited takes what the other one got: a provider that gives each refresh token once
// would take a second use for a theft and end the sign-in. The error is *SignInError, *Refused,
// ErrVaultBusy, or ErrProvider.
func (t *Tokens) Token(ctx context.Context) (string, error) {
	select {
	case t.turn <- struct{}{}:
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
	defer func() { <-t.turn }()
	if t.fresh(t.cached) {
		return t.cached.Access, nil
	}
	lock := flock.New(filepath.Join(t.LockDir, "sign-in.lock"), flock.SetPermissions(0o600))
	if _, err := lock.TryLockContext(ctx, 50*time.Millisecond); err != nil {
		return "", fmt.Errorf("%w: another stoke renews a sign-in and does not end: %w", ErrProvider, err)
	}
	defer lock.Close()
	k, err := t.read(ctx)
	if err != nil {
		return "", err
	}
	switch {
	case k.Ended != "":
		return "", &SignInError{Account: t.Account, Why: k.Ended}
	case t.fresh(k):
		t.cached = k
		return k.Access, nil
	}
	return t.renew(ctx, k)
}

// Refused tells that a server did not take a token, so that the next Token is another one.
func (t *Tokens) Refused(token string) {
	t.turn <- struct{}{}
	t.bad = token
	<-t.turn
}

func (t *Tokens) read(ctx context.Context) (*kept, error) {
	raw, err := t.Vault.Get(ctx, vaultName(t.Account))
	if errors.Is(err, ErrNotKept) {
		return nil, &SignInError{Account: t.Account, Why: "You have not signed in to " + t.Account + " yet"}
	}
	if err != nil {
		return nil, err
	}
	k := &kept{}
	if json.Unmarshal([]byte(raw), k) != nil { // its words would quote the secret
		return nil, &SignInError{Account: t.Account, Why: "What is kept of the sign-in cannot be read"}
	}
	return k, nil
}

// renew trades the refresh token for an access token (RFC 6749, section 6). That the provider ended
// the sign-in is written down, so that nobody asks again before the next stoke login.
func (t *Tokens) renew(ctx context.Context, k *kept) (string, error) {
	if k.Refresh == "" {
		return "", t.end(ctx, k, "The sign-in of "+t.Account+" has run out, and the provider gave nothing to renew it with")
	}
	got, err := t.Client.config().TokenSource(with(ctx, t.HTTP), &oauth2.Token{RefreshToken: k.Refresh}).Token()
	if err != nil {
		err = t.Client.worded(err, k.Refresh, k.Access)
		if over, ok := errors.AsType[*SignInError](err); ok {
			return "", t.end(ctx, k, over.Why)
		}
		return "", err
	}
	next := keptOf(got)
	if err := t.keep(ctx, next); err != nil {
		return "", err
	}
	return next.Access, nil
}

func (t *Tokens) end(ctx context.Context, k *kept, why string) error {
	t.cached = nil
	over := &SignInError{Account: t.Account, Why: why}
	if err := keep(ctx, t.Vault, t.Account, kept{Refresh: k.Refresh, Ended: why}); err != nil {
		return errors.Join(over, err)
	}
	return over
}

func keptOf(got *oauth2.Token) kept {
	return kept{Access: got.AccessToken, Refresh: got.RefreshToken, Expires: got.Expiry}
}

// keep stores what was got. A token that the vault would lose must not be used either: the refresh
// token before it may be dead by now.
func (t *Tokens) keep(ctx context.Context, k kept) error {
	if err := keep(ctx, t.Vault, t.Account, k); err != nil {
		return err
	}
	t.cached = &k
	return nil
}

// keep outlives ctx: what a provider gave once must not be lost to the end of the program.
func keep(ctx context.Context, v Vault, account string, k kept) error {
	ctx = context.WithoutCancel(ctx)
	raw, err := json.Marshal(k)
	if err != nil {
		return err
	}
	err = v.Put(ctx, vaultName(account), string(raw))
	if errors.Is(err, ErrTooBig) && k.Access != "" && k.Refresh != "" {
		k.Access, k.Expires = "", time.Time{}
		return keep(ctx, v, account, k)
	}
	return err
}

// Keep stores a new sign-in; Forget drops it.
func Keep(ctx context.Context, v Vault, account string, got *oauth2.Token) error {
	return keep(ctx, v, account, keptOf(got))
}

// Forget drops the sign-in and the password of an account.
func Forget(ctx context.Context, v Vault, account string) error {
	return errors.Join(v.Drop(ctx, vaultName(account)), v.Drop(ctx, account))
}
