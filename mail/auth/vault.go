package auth

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/zalando/go-keyring"
)

// Vault keeps secrets by the name of their account. Its errors hold no secret.
type Vault interface {
	// Get gives what is kept; ErrNotKept when there is nothing.
	Get(ctx context.Context, name string) (string, error)
	Put(ctx context.Context, name, secret string) error
	// Drop forgets; it is no error when there was nothing.
	Drop(ctx context.Context, name string) error
}

var (
	// ErrNotKept means that a vault works and has nothing under that name.
	ErrNotKept = errors.New("nothing is kept")
	// ErrVaultBusy means that a vault did not answer: it is locked, and perhaps asks the rep to open
	// it. Trying again later may help.
	ErrVaultBusy = errors.New("the keyring did not answer in time; is it locked? Unlock it and try again")
	// ErrTooBig means that a vault has no room for so long a secret.
	ErrTooBig = errors.New("the secret is too long for the keyring")
)

// Keyring is the vault of the operating system: Keychain, Credential Manager, or the Secret Service
// over D-Bus. It is made with NewKeyring.
type Keyring struct {
	ring ring
	wait time.Duration
	turn chan struct{} // held while the keyring works, also by a call that was given up
}

// service is the name under which the keyring files what is ours.
const service = "stoke"

// KeyringTime is how long the keyring may take to answer. Without D-Bus it fails within milliseconds;
// a locked one asks the rep and may never answer.
const KeyringTime = 3 * time.Second

// NewKeyring makes the vault of the operating system; wait is KeyringTime, or longer where the rep
// sits before the screen and can unlock it.
func NewKeyring(wait time.Duration) *Keyring {
	return &Keyring{ring: osRing{}, wait: wait, turn: make(chan struct{}, 1)}
}

// ring is what go-keyring offers; none of its calls can be ended from outside.
type ring interface {
	Get(service, name string) (string, error)
	Set(service, name, secret string) error
	Delete(service, name string) error
}

type osRing struct{}

func (osRing) Get(service, name string) (string, error) { return keyring.Get(service, name) }
func (osRing) Set(service, name, secret string) error   { return keyring.Set(service, name, secret) }
func (osRing) Delete(service, name string) error        { return keyring.Delete(service, name) }

// Get implements Vault.
func (k *Keyring) Get(ctx context.Context, name string) (string, error) {
	o := k.do(ctx, func() (string, error) { return k.ring.Get(service, name) })
	return o.secret, o.err
}

// Put implements Vault.
func (k *Keyring) Put(ctx context.Context, name, secret string) error {
	return k.do(ctx, func() (string, error) { return "", k.ring.Set(service, name, secret) }).err
}

// Drop implements Vault.
func (k *Keyring) Drop(ctx context.Context, name string) error {
	err := k.do(ctx, func() (string, error) { return "", k.ring.Delete(service, name) }).err
	if errors.Is(err, ErrNotKept) {
		return nil
	}
	return err
}

type outcome struct {
	secret string
	err    error
}

// do asks the keyring in a goroutine of its own. One that hangs is left behind, and as long as it
// hangs no second one is started: at most one is ever lost.
func (k *Keyring) do(ctx context.Context, f func() (string, error)) outcome {
	over := time.NewTimer(k.wait)
	defer over.Stop()
	select {
	case k.turn <- struct{}{}:
	case <-over.C:
		return outcome{err: ErrVaultBusy}
	case <-ctx.Done():
		return outcome{err: context.Cause(ctx)}
	}
	done := make(chan outcome, 1)
	go func() {
		defer func() { <-k.turn }()
		secret, err := f()
		if err != nil {
			secret, err = "", ringError(err)
		}
		done <- outcome{secret, err}
	}()
	select {
	case o := <-done:
		return o
	case <-over.C:
		return outcome{err: ErrVaultBusy}
	case <-ctx.Done():
		return outcome{err: context.Cause(ctx)}
	}
}

// ringError words what the keyring said; a headless machine has no keyring at all, and every library
// below says that in words of its own.
func ringError(err error) error {
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return ErrNotKept
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return ErrTooBig
	}
	return fmt.Errorf("this machine's keyring cannot be used (%w). Use password_command or token_command, or set allow_plaintext = true to keep it in a file of yours", err)
}
