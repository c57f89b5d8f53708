package auth

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// FileVault keeps secrets in files that only the rep can read, for machines without a keyring and
// reps who allowed it (allow_plaintext). Dir is made when something is kept.
type FileVault struct{ Dir string }

func (v FileVault) path(name string) string {
	return filepath.Join(v.Dir, url.PathEscape(name)+".secret")
}

// Get implements Vault. A file that others can read is refused: whoever could read it may have.
func (v FileVault) Get(_ context.Context, name string) (string, error) {
	path := v.path(name)
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", ErrNotKept
	case err != nil:
		return "", err
	case !info.Mode().IsRegular():
		return "", fmt.Errorf("%s is no file of its own", path)
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return "", fmt.Errorf("others can read %s. Run: chmod 600 %s", path, path)
	case info.Size() > maxSecret:
		return "", fmt.Errorf("%s is too long for a secret", path)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	secret := strings.TrimRight(string(raw), "\r\n")
	if secret == "" {
		return "", ErrNotKept
	}
	return secret, nil
}

// Put implements Vault. The old secret stays whole until the new one is.
func (v FileVault) Put(_ context.Context, name, secret string) error {
	if err := os.MkdirAll(v.Dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(v.Dir, "new-*") // 0600 by itself
	if err != nil {
		return err
	}
	_, err = f.WriteString(secret + "\n")
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), v.path(name))
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// Drop implements Vault.
func (v FileVault) Drop(_ context.Context, name string) error {
	err := os.Remove(v.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Holds tells whether a secret of that account lies here.
func (v FileVault) Holds(ctx context.Context, account string) bool {
	for _, name := range []string{account, vaultName(account)} {
		if _, err := v.Get(ctx, name); err == nil {
			return true
		}
	}
	return false
}

// Either keeps secrets in the better vault where that works, else in the first one. The first is asked
// first: it is a file, and costs nothing.
type Either struct{ First, Better Vault }

// Get implements Vault.
func (e Either) Get(ctx context.Context, name string) (string, error) {
	secret, err := e.First.Get(ctx, name)
	if !errors.Is(err, ErrNotKept) {
		return secret, err
	}
	secret, err = e.Better.Get(ctx, name)
	if err != nil && !errors.Is(err, ErrVaultBusy) {
		err = ErrNotKept
	}
	return secret, err
}

// Put implements Vault. A secret lies in one place only.
func (e Either) Put(ctx context.Context, name, secret string) error {
	if e.Better.Put(ctx, name, secret) == nil {
		return e.First.Drop(ctx, name)
	}
	return e.First.Put(ctx, name, secret)
}

// Drop implements Vault.
func (e Either) Drop(ctx context.Context, name string) error {
	err := e.First.Drop(ctx, name)
	if gone := e.Better.Drop(ctx, name); errors.Is(gone, ErrVaultBusy) {
		err = errors.Join(err, gone)
	}
	return err
}
