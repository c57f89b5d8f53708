package auth

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/zalando/go-keyring"
)

// vaults are the two kinds; both keep the same contract.
func vaults(t *testing.T) map[string]Vault {
	keyring.MockInit()
	return map[string]Vault{"keyring": NewKeyring(KeyringTime), "file": FileVault{filepath.Join(t.TempDir(), "secrets")}}
}

func TestAVaultKeepsWhatItWasGiven(t *testing.T) {
	for name, v := range vaults(t) {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			if _, err := v.Get(ctx, "work"); !errors.Is(err, ErrNotKept) {
				t.Errorf("at first: %v", err)
			}
			if err := v.Drop(ctx, "work"); err != nil {
				t.Errorf("nothing to drop: %v", err)
			}
			for _, secret := range []string{"s3cret", " another one, ünd länger "} {
				for _, account := range []string{"work", "../x", "a/b", "C:\\x"} {
					if err := v.Put(ctx, account, secret+account); err != nil {
						t.Fatal(err)
					}
					if got, err := v.Get(ctx, account); got != secret+account || err != nil {
						t.Errorf("%s: got %q, %v", account, got, err)
					}
				}
			}
			if err := v.Drop(ctx, "work"); err != nil {
				t.Fatal(err)
			}
			if _, err := v.Get(ctx, "work"); !errors.Is(err, ErrNotKept) {
				t.Errorf("after Drop: %v", err)
			}
			if got, err := v.Get(ctx, "a/b"); got == "" || err != nil {
				t.Errorf("the other one went, too: %v", err)
			}
		})
	}
}

func TestAFileOfSecretsIsTheRepsAlone(t *testing.T) {
	v := FileVault{filepath.Join(t.TempDir(), "secrets")}
	if err := v.Put(t.Context(), "work", "s3cret"); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]os.FileMode{v.Dir: 0o700, v.path("work"): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
	if err := os.Chmod(v.path("work"), 0o640); err != nil {
		t.Fatal(err)
	}
	if got, err := v.Get(t.Context(), "work"); got != "" || err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("readable by others: %q, %v", got, err)
	}
	if err := os.Symlink(v.path("work"), v.path("link")); err != nil {
		t.Fatal(err)
	}
	if got, err := v.Get(t.Context(), "link"); got != "" || err == nil {
		t.Errorf("through a link: %q, %v", got, err)
	}
	if left, err := os.ReadDir(v.Dir); err != nil || len(left) != 2 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// stuck is a keyring whose dialog nobody answers.
type stuck struct {
	asked atomic.Int32
	until chan struct{}
}

func (s *stuck) Get(string, string) (string, error) {
	s.asked.Add(1)
	<-s.until
	return "s3cret", nil
}
func (s *stuck) Set(string, string, string) error { return nil }
func (s *stuck) Delete(string, string) error      { return nil }

func TestALockedKeyringHoldsNobodyUp(t *testing.T) {
	s := &stuck{until: make(chan struct{})}
	k := NewKeyring(30 * time.Millisecond)
	k.ring = s
	began := time.Now()
	for range 3 {
		if _, err := k.Get(t.Context(), "work"); !errors.Is(err, ErrVaultBusy) {
			t.Errorf("got %v", err)
		}
	}
	if took := time.Since(began); took > 3*time.Second || s.asked.Load() != 1 {
		t.Errorf("it took %v and %d calls are left behind, want one", took, s.asked.Load())
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	k.wait = time.Minute
	if _, err := k.Get(ctx, "work"); !errors.Is(err, context.Canceled) {
		t.Errorf("leaving: %v", err)
	}
	close(s.until) // the rep unlocks it
	if got, err := k.Get(t.Context(), "work"); got != "s3cret" || err != nil {
		t.Errorf("unlocked: %q, %v", got, err)
	}
}

// Without a D-Bus the library fails in words of its own; the rep is told what else there is.
func TestWithoutAKeyring(t *testing.T) {
	keyring.MockInitWithError(errors.New(`exec: "dbus-launch": executable file not found in $PATH`))
	defer keyring.MockInit()
	v := NewKeyring(KeyringTime)
	s := Source{Account: "work", Vault: v}
	if _, err := s.Fetch(t.Context(), none); !errors.Is(err, ErrNoSecret) || !strings.Contains(err.Error(), "password_command") {
		t.Errorf("got %v", err)
	}
	s.Env = "P"
	if got, err := s.Fetch(t.Context(), func(string) (string, bool) { return "from env", true }); got != "from env" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	keyring.MockInitWithError(keyring.ErrSetDataTooBig)
	if err := v.Put(t.Context(), "work", "x"); !errors.Is(err, ErrTooBig) {
		t.Errorf("got %v", err)
	}
}

// The real keyring of this machine, if there is one, is only asked for what is not there.
func TestTheMachinesOwnKeyringAnswersInTime(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "no-bus"))
	k := NewKeyring(2 * time.Second)
	began := time.Now()
	if got, err := k.Get(t.Context(), "nobody has this account"); got != "" || err == nil {
		t.Errorf("got %q, %v", got, err)
	}
	if took := time.Since(began); took > 4*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestTheOrderOfSources(t *testing.T) {
	v := vaults(t)["file"]
	lookup := func(string) (string, bool) { return "environment", true }
	all := Source{Account: "work", Vault: v, Env: "P", Plain: "plain"}
	want := func(s Source, lookup func(string) (string, bool), want string) {
		t.Helper()
		if got, err := s.Fetch(t.Context(), lookup); got != want || err != nil {
			t.Errorf("got %q, %v, want %q", got, err, want)
		}
	}
	want(all, none, "plain")
	want(all, lookup, "environment")
	if err := v.Put(t.Context(), "work", "kept"); err != nil {
		t.Fatal(err)
	}
	want(all, lookup, "kept")
	all.Command = command(t, "args", "commanded")
	want(all, lookup, "commanded")
	all.Command = command(t, "fail")
	if got, err := all.Fetch(t.Context(), lookup); got != "" || !errors.Is(err, ErrNoSecret) {
		t.Errorf("a command that failed was passed over: %q, %v", got, err)
	}
	if _, err := (Source{Account: "home", Vault: v}).Fetch(t.Context(), none); !errors.Is(err, ErrNoSecret) || !strings.Contains(err.Error(), "stoke login home") {
		t.Errorf("got %v", err)
	}
}
