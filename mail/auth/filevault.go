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
