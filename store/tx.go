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
	ctx   context.Context
	sql   *sql.Tx
	now   time.Time // in the rep's zone, to the millisecond, as it will be read back
	rules *model.Rulebook
	o     Options
	stmts map[string]*sql.Stmt
}

// write runs fn in a transaction that no other writer interleaves with. what completes "could not …".
func (s *Store) write(ctx context.Context, what string, fn func(*tx) error) error {
	return s.in(ctx, s.writer, nil, what, fn)
}

// read runs fn on one unchanging view of the database.
func (s *Store) read(ctx context.Context, what string, fn func(*tx) error) error {
	return s.in(ctx, s.reader, &sql.TxOptions{ReadOnly: true}, what, fn)
}

func (s *Store) in(ctx context.Context, db *sql.DB, opts *sql.TxOptions, what string, fn func(*tx) error) (err error) {
	defer func() {
		var worded *model.Error
		if err != nil && !errors.As(err, &worded) {
			err = fmt.Errorf("could not %s: %w", what, err)
		}
	}()
	begun, err := db.BeginTx(ctx, opts)
	if err != nil {
		return err
	}
	defer begun.Rollback() //nolint:errcheck // after a commit there is nothing to roll back
	rules := s.o.Rules()
	t := &tx{ctx: ctx, sql: begun, rules: rules, o: s.o, stmts: map[string]*sql.Stmt{},
		now: s.o.Now().Truncate(time.Millisecond).In(rules.Calendar.Zone())}
	if err := fn(t); err != nil {
		return err
	}
	return begun.Commit()
}

// prepared keeps each statement for the rest of the transaction, so that bulk work parses it once.
func (t *tx) prepared(query string) (*sql.Stmt, error) {
	if s := t.stmts[query]; s != nil {
		return s, nil
	}
	s, err := t.sql.PrepareContext(t.ctx, query)
	if err != nil {
		return nil, err
	}
	t.stmts[query] = s
	return s, nil
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
	s, err := t.prepared(query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(t.ctx, args...)
}

// row asks for one row; sql.ErrNoRows comes out of Scan.
func (t *tx) row(query string, args ...any) *sql.Row {
	return t.sql.QueryRowContext(t.ctx, query, args...)
}

// each calls fn for every row. fn must not ask the database: the connection is busy until the last row was read.
func (t *tx) each(query string, args []any, fn func(*sql.Rows) error) error {
	s, err := t.prepared(query)
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
