package store

import (
	"errors"
	"io/fs"
	"path/filepath"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"stoke/model"
)

// diskError words what stands in the way of keeping anything at path; other errors stay as they are. It has no code,
// because nothing was decided: who must not lose what was to be written tries again.
func diskError(path string, err error) error {
	folder, code := filepath.Dir(path), 0
	var e *sqlite.Error
	if errors.As(err, &e) {
		code = e.Code() & 0xff
	}
	switch {
	case code == sqlite3.SQLITE_FULL, errors.Is(err, syscall.ENOSPC):
		return &model.Error{Message: "The disk is full, so nothing more can be kept in " + folder + ". Make room there; what is on it is safe.", Err: err}
	case code == sqlite3.SQLITE_READONLY, code == sqlite3.SQLITE_CANTOPEN, code == sqlite3.SQLITE_PERM,
		errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return &model.Error{Message: "The folder " + folder + " cannot be written to. Give yourself the right to, or name another one with --data.", Err: err}
	case code == sqlite3.SQLITE_BUSY:
		return &model.Error{Message: "Another stoke has been writing into " + folder + " for some seconds. Try again; if it stays so, see whether one hangs or is stopped.", Err: err}
	case code == sqlite3.SQLITE_IOERR:
		return &model.Error{Message: "The disk under " + folder + " failed. Try again; if it stays so, look after the disk and your backups.", Err: err}
	}
	return err
}
