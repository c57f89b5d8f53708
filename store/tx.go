package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"stoke/model"
)

// tx is one transaction: everything in it sees one state of the database, one moment and one rulebook.
type tx struct {
	ctx     context.Context
	line    *line
	now     time.Time // in the rep's zone, to the millisecond, as it will be read back
	rules   *model.Rulebook
	o       Options
	words   []words       // noted by index
	lost    error         // the first error of a question that model asked
	recalls *recollection // of Receive; nil in every other transaction
}

// write runs fn in a transaction that no other writer interleaves with. what completes "could not …".
func (s *Store) write(ctx context.Context, what string, fn func(*tx) error) error {
	return s.in(ctx, s.writer, what, func(t *tx) error {
		s.writes++
		if err := fn(t); err != nil {
			return err
		}
		return t.storeWords()
	})
}

// read runs fn on one unchanging view of the database.
func (s *Store) read(ctx context.Context, what string, fn func(*tx) error) error {
	return s.in(ctx, s.reader, what, fn)
}

func (s *Store) in(ctx context.Context, p *pool, what string, fn func(*tx) error) error {
	err := p.do(ctx, func(l *line) error {
		rules := *s.o.Rules()
		t := &tx{ctx: ctx, line: l, rules: &rules, o: s.o, now: s.o.Now().Truncate(time.Millisecond).In(rules.Calendar.Zone())}
		rules.Planned = &planned{t: t, full: map[int64]bool{}}
		if err := fn(t); err != nil {
			return err
		}
		return t.lost
	})
	err = diskError(s.path, err)
	var worded *model.Error
	if err != nil && !errors.As(err, &worded) {
		return fmt.Errorf("could not %s: %w", what, err)
	}
	return err
}

// keepError remembers the first error where it cannot be returned; it ends the transaction.
func (t *tx) keepError(err error) {
	if t.lost == nil {
		t.lost = err
	}
}

// exec runs a statement and gives the number of rows that it changed.
func (t *tx) exec(query string, args ...any) (int64, error) {
	res, err := t.result(query, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// insert runs an INSERT and gives the new row's id.
func (t *tx) insert(query string, args ...any) (int64, error) {
	res, err := t.result(query, args...)
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}

func (t *tx) result(query string, args ...any) (sql.Result, error) {
	s, err := t.line.prepared(t.ctx, query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(t.ctx, args...)
}

// one reads one row; sql.ErrNoRows when there is none.
func (t *tx) one(query string, args []any, into ...any) error {
	s, err := t.line.prepared(t.ctx, query)
	if err != nil {
		return err
	}
	return s.QueryRowContext(t.ctx, args...).Scan(into...)
}

// attempt runs f, of which nothing is left where model refuses it, or where it is a dry run. no is the refusal.
func (t *tx) attempt(dry bool, f func() error) (no, err error) {
	if _, err := t.exec("SAVEPOINT attempt"); err != nil {
		return nil, err
	}
	words := len(t.words)
	err = f()
	if refusal := (*model.Error)(nil); errors.As(err, &refusal) {
		no, err = err, nil
	}
	if err == nil && (dry || no != nil) {
		t.words = t.words[:words]
		_, err = t.exec("ROLLBACK TO attempt")
	}
	if err == nil {
		_, err = t.exec("RELEASE attempt")
	}
	return no, err
}

// each calls fn for every row. fn must not ask the database: the connection is busy until the last row was read.
func (t *tx) each(query string, args []any, fn func(*sql.Rows) error) error {
	s, err := t.line.prepared(t.ctx, query)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(t.ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
