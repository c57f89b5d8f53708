package mail

import (
	"errors"
	"io/fs"
	"net/url"
	"path/filepath"

	"github.com/gofrs/flock"
)

// lockError words that the lock cannot be asked for, which is not the same as that another stoke has it.
func lockError(account, path string, err error) error {
	return &Error{Kind: Permanent, Err: err, Sentence: "Nothing is sent or read for " + account + ", because its lock " + words(path) +
		" cannot be opened (" + words(causeOfPath(err)) + "). It must be a file that you may write."}
}

// causeOfPath leaves the path out, which is named already.
func causeOfPath(err error) string {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err.Error()
	}
	return err.Error()
}

// lockOf is the lock that one engine of an account holds while it works. It is a lock of the
// operating system, so that it is gone when its owner is, and only then: a sleeping laptop keeps it.
func lockOf(dir, account string) *flock.Flock {
	return flock.New(filepath.Join(dir, "engine-"+url.PathEscape(account)+".lock"), flock.SetPermissions(0o600))
}
