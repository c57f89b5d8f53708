package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"modernc.org/sqlite" // the driver "sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"stoke/model"
)

// Options are what the store is told by main; none may be nil.
type Options struct {
	Now          func() time.Time                           // the clock
	Rules        func() *model.Rulebook                     // the current rulebook; a reload may change it
	NewID        func() string                              // a fresh random token without spaces, for Message-IDs
	Sender       func(account string) (model.Address, bool) // the From of an account
	OwnAddresses func() []string                            // every address of the rep, lower-case
	NeedsSync    func(account string) bool                  // whether the account has an inbox to read before it sends
}

// Store is one open database. It satisfies ui.Desk and mail.Box.
type Store struct {
	o      Options
	path   string
	writer *pool // one connection; its transactions are immediate
	reader *pool // read-only connections

	writes       int64 // transactions of the writer, counted under its lock
	recollection atomic.Pointer[recollection]
}

// readers is the number of read connections: more than the screen and the engine use at once.
const readers = 4

// Open opens the database at path, making it and its directory (for their owner's eyes only) where they do not exist,
// and brings its schema up to date. A file of a newer stoke is refused with an *model.Error of code Newer.
func Open(path string, o Options) (*Store, error) {
	if err := prepare(path); err != nil {
		return nil, diskError(path, err)
	}
	writer, err := sql.Open("sqlite", source(path, "rwc", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)",
		"cache_size(-8000)", "temp_store(MEMORY)"))
	if err != nil {
		return nil, fmt.Errorf("could not open %s: %w", path, err)
	}
	writer.SetMaxOpenConns(1) // each transaction waits its turn here and not in SQLite
	waited := time.After(patience)
	for err = migrate(writer, path); busy(err); err = migrate(writer, path) {
		select {
		case <-time.After(20 * time.Millisecond):
			continue
		case <-waited:
		}
		break
	}
	if err != nil {
		return nil, diskError(path, errors.Join(err, writer.Close()))
	}
	reader, err := sql.Open("sqlite", source(path, "ro", "query_only(1)", "cache_size(-8000)", "temp_store(MEMORY)"))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("could not open %s: %w", path, err), writer.Close())
	}
	return &Store{o: o, path: path, writer: newPool(writer, 1, "BEGIN IMMEDIATE"), reader: newPool(reader, readers, "BEGIN")}, nil
}

// patience is how long Open tries again while another process makes the same database: SQLite does not wait for one that
// turns the log on, and five seconds each time for one that writes.
const patience = 5 * time.Second

func busy(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_BUSY
}

// Close ends the use of the database. The writer goes last: it folds the log into the file.
func (s *Store) Close() error { return errors.Join(s.reader.close(), s.writer.close()) }

// Path is the database file.
func (s *Store) Path() string { return s.path }

// prepare makes what is missing of the way to path. An existing database is never opened here: closing it again would
// drop the locks that SQLite holds on it in this process.
func prepare(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("could not make the folder of the database: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil
	case err != nil:
		return fmt.Errorf("could not make the database: %w", err)
	}
	return f.Close()
}

// source is the driver's name for a file. Pragmas stand in it so that each connection of a pool gets them; the driver
// ignores a misspelt one, so a test asks for every one back.
func source(path, mode string, pragmas ...string) string {
	q := url.Values{"mode": {mode}, "_txlock": {"immediate"}, "_dqs": {"0"}}
	for _, p := range append([]string{"busy_timeout(5000)"}, pragmas...) {
		q.Add("_pragma", p)
	}
	return "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath() + "?" + q.Encode()
}

// Check lets SQLite look for damage in the file; "" means there is none.
func (s *Store) Check(ctx context.Context) (string, error) {
	var says string
	err := s.read(ctx, "check the database", func(t *tx) error {
		return t.one("PRAGMA quick_check(1)", nil, &says)
	})
	if says == "ok" {
		says = ""
	}
	return says, err
}

// Backup writes a copy of the database, compact and whole, to a file that must not exist yet.
func (s *Store) Backup(ctx context.Context, to string) error {
	if _, err := os.Stat(to); err == nil {
		return model.Errorf(model.Conflict, "%s exists already. Name another file.", to)
	}
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600) // empty: VACUUM INTO takes it and keeps its mode
	if err != nil {
		return fmt.Errorf("could not back up: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("could not back up: %w", err)
	}
	l, err := s.writer.take(ctx)
	if err != nil {
		return fmt.Errorf("could not back up: %w", err)
	}
	defer s.writer.put(l)
	if _, err := l.conn.ExecContext(ctx, "VACUUM INTO ?", to); err != nil {
		return errors.Join(fmt.Errorf("could not back up: %w", err), os.Remove(to))
	}
	return nil
}
