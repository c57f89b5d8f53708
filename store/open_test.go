package store

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stoke/model"
)

// fresh opens a database without a clock or rules, for tests of the file itself.
func fresh(t *testing.T, path string) *Store {
	t.Helper()
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

func TestEveryConnectionHasItsPragmas(t *testing.T) {
	s := fresh(t, filepath.Join(t.TempDir(), "stoke.db"))
	for _, pool := range []struct {
		*pool
		pragmas map[string]string
	}{
		{s.writer, map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000",
			"cache_size": "-8000", "temp_store": "2", "query_only": "0"}},
		{s.reader, map[string]string{"journal_mode": "wal", "query_only": "1", "busy_timeout": "5000", "cache_size": "-8000", "temp_store": "2"}},
	} {
		for range cap(pool.turns) { // taken and not given back: each is another connection
			l, err := pool.take(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer pool.put(l)
			for name, want := range pool.pragmas {
				var got string
				if err := l.conn.QueryRowContext(t.Context(), "PRAGMA "+name).Scan(&got); err != nil || got != want {
					t.Errorf("%s: %s is %q, %v; want %q", pool.begin, name, got, err, want)
				}
			}
		}
	}
}

func TestReadersCannotWrite(t *testing.T) {
	s := fresh(t, filepath.Join(t.TempDir(), "stoke.db"))
	err := s.reader.do(t.Context(), func(l *line) error {
		_, err := l.conn.ExecContext(t.Context(), "DELETE FROM contact")
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "readonly") {
		t.Errorf("a reader wrote: %v", err)
	}
}

func TestTheDatabaseIsForItsOwnerOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new folder", "50% of ? and #1.db")
	s := fresh(t, path)
	if says, err := s.check(t.Context()); err != nil || says != "" {
		t.Errorf("check: %q, %v", says, err)
	}
	for name, want := range map[string]os.FileMode{filepath.Dir(path): 0o700 | os.ModeDir, path: 0o600, path + "-wal": 0o600} {
		info, err := os.Stat(name)
		if err != nil || info.Mode() != want {
			t.Errorf("%s: %v, %v; want %v", name, info, err, want)
		}
	}
}

// check is Check for a Store without a clock.
func (s *Store) check(ctx context.Context) (says string, err error) {
	err = s.reader.do(ctx, func(l *line) error { return l.conn.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&says) })
	return strings.TrimPrefix(says, "ok"), err
}

func TestANewerFileIsRefusedAndLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stoke.db")
	if err := fresh(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("PRAGMA user_version = 1000"); err != nil {
		t.Fatal(err)
	}
	_, err = Open(path, Options{})
	if model.CodeOf(err) != model.Newer || !strings.Contains(err.Error(), "Update stoke") {
		t.Errorf("a newer file: %v", err)
	}
	var version int
	if err := db.QueryRow("PRAGMA user_version").Scan(&version); err != nil || version != 1000 {
		t.Errorf("version is %d, %v", version, err)
	}
}

func TestAFileOfSomethingElseIsNotTouched(t *testing.T) {
	path := filepath.Join(t.TempDir(), "letter.txt")
	text := strings.Repeat("Dear Dana, this is no database. ", 100)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path, Options{}); err == nil {
		t.Error("a letter was opened as a database")
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != text {
		t.Errorf("the letter was changed: %v", err)
	}
}

func TestTwoThatStartAtOnceMakeOneDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stoke.db")
	done := make(chan error, 4)
	for range cap(done) {
		go func() {
			s, err := Open(path, Options{})
			if err == nil {
				err = s.Close()
			}
			done <- err
		}()
	}
	for range cap(done) {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

// A process that is stopped in the middle of a write, as a laptop stops it that is closed, holds nobody up who reads.
func TestWhoOnlyReadsWaitsForNobody(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stoke.db")
	stopped := fresh(t, path)
	err := stopped.writer.do(t.Context(), func(*line) error {
		began := time.Now()
		s, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}()
		var people int
		if err := s.reader.do(t.Context(), func(l *line) error {
			return l.conn.QueryRowContext(t.Context(), "SELECT count(*) FROM contact").Scan(&people)
		}); err != nil {
			t.Error(err)
		}
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("it took %v", took)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAClosedStoreSaysSo(t *testing.T) {
	s := fresh(t, filepath.Join(t.TempDir(), "stoke.db"))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
	if _, err := s.Counts(t.Context()); err == nil || !strings.Contains(err.Error(), "closed") {
		t.Errorf("counts of a closed store: %v", err)
	}
}

func TestAPanicRollsBack(t *testing.T) {
	s := fresh(t, filepath.Join(t.TempDir(), "stoke.db"))
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = s.writer.do(t.Context(), func(l *line) error {
			if _, err := l.conn.ExecContext(t.Context(), "INSERT INTO suppression VALUES ('a@b.example', 'x', 1)"); err != nil {
				t.Fatal(err)
			}
			panic("bug")
		})
	}()
	var n int
	err := s.writer.do(t.Context(), func(l *line) error {
		return l.conn.QueryRowContext(t.Context(), "SELECT count(*) FROM suppression").Scan(&n)
	})
	if err != nil || n != 0 {
		t.Errorf("after the panic: %d rows, %v", n, err)
	}
}

func TestATransactionEndsWithItsContext(t *testing.T) {
	s := fresh(t, filepath.Join(t.TempDir(), "stoke.db"))
	ctx, cancel := context.WithCancel(t.Context())
	err := s.writer.do(ctx, func(l *line) error {
		if _, err := l.conn.ExecContext(ctx, "INSERT INTO suppression VALUES ('a@b.example', 'x', 1)"); err != nil {
			t.Fatal(err)
		}
		cancel()
		return nil
	})
	if err == nil {
		t.Error("committed after its context was over")
	}
	var n int
	err = s.reader.do(t.Context(), func(l *line) error {
		return l.conn.QueryRowContext(t.Context(), "SELECT count(*) FROM suppression").Scan(&n)
	})
	if err != nil || n != 0 {
		t.Errorf("afterwards: %d rows, %v", n, err)
	}
}
