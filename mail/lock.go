package mail

import (
	"net/url"
	"path/filepath"

	"github.com/gofrs/flock"
)

// lockOf is the lock that one engine of an account holds while it works. It is a lock of the
// operating system, so that it is gone when its owner is, and only then: a sleeping laptop keeps it.
func lockOf(dir, account string) *flock.Flock {
	return flock.New(filepath.Join(dir, "engine-"+url.PathEscape(account)+".lock"), flock.SetPermissions(0o600))
}
