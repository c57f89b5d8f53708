package store

import (
	"context"
	"database/sql"
	"errors"
	"sync"
)

// line is one connection with the statements that were parsed on it. Parsing costs more than most of our statements take,
// and database/sql forgets it at the end of a transaction.
type line struct {
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
}

// remembered bounds the statements that a line keeps; lists of many lengths make many.
const remembered = 256

func (l *line) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	if s := l.stmts[query]; s != nil {
		return s, nil
	}
	s, err := l.conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	l.stmts[query] = s
	return s, nil
}

// forget lets all statements go.
func (l *line) forget() error {
	var all error
	for _, s := range l.stmts {
		all = errors.Join(all, s.Close())
	}
	clear(l.stmts)
	return all
}

// pool hands out lines, each to one transaction at a time, the one that was used last first: each has a cache of its own
// pages, and a long sync would fill them all. A line is connected when it is first taken.
type pool struct {
	db     *sql.DB
	begin  string
	turns  chan struct{} // as many as there are lines to be taken
	mu     sync.Mutex
	free   []*line
	closed sync.Once
}

func newPool(db *sql.DB, size int, begin string) *pool {
	p := &pool{db: db, begin: begin, turns: make(chan struct{}, size)}
	for range size {
		p.put(&line{stmts: map[string]*sql.Stmt{}})
	}
	return p
}

var errClosed = errors.New("the database is closed")

func (p *pool) take(ctx context.Context) (*line, error) {
	select {
	case _, ok := <-p.turns:
		if !ok {
			return nil, errClosed
		}
		l := p.pop()
		if l.conn == nil {
			conn, err := p.db.Conn(ctx)
			if err != nil {
				p.put(l)
				return nil, err
			}
			l.conn = conn
		}
		return l, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// pop gives a free line to whoever has got a turn.
func (p *pool) pop() *line {
	p.mu.Lock()
	defer p.mu.Unlock()
	last := len(p.free) - 1
	l := p.free[last]
	p.free = p.free[:last]
	return l
}

// put gives back what take gave.
func (p *pool) put(l *line) {
	p.mu.Lock()
	p.free = append(p.free, l)
	p.mu.Unlock()
	p.turns <- struct{}{}
}

// do runs fn between BEGIN and COMMIT; an error or a panic of fn rolls back.
func (p *pool) do(ctx context.Context, fn func(*line) error) (err error) {
	l, err := p.take(ctx)
	if err != nil {
		return err
	}
	defer p.put(l)
	if len(l.stmts) > remembered {
		if err := l.forget(); err != nil {
			return err
		}
	}
	if err := l.run(ctx, p.begin); err != nil {
		// A context that ends in this moment hides that the transaction has begun, which would lock all others out for as
		// long as this process lives. Where none has begun, this is refused, which is no news.
		_ = l.run(context.WithoutCancel(ctx), "ROLLBACK")
		return err
	}
	committed := false
	defer func() {
		if !committed { // the connection must come back clean even when the context is over
			if e := l.run(context.WithoutCancel(ctx), "ROLLBACK"); e != nil {
				err = errors.Join(err, e)
			}
		}
	}()
	if err := fn(l); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	// From here on the context is not heard: nobody could tell whether an interrupted COMMIT has happened.
	if err := l.run(context.WithoutCancel(ctx), "COMMIT"); err != nil {
		return err
	}
	committed = true
	return nil
}

func (l *line) run(ctx context.Context, command string) error {
	s, err := l.prepared(ctx, command)
	if err != nil {
		return err
	}
	_, err = s.ExecContext(ctx)
	return err
}

// close waits for the transactions that run, then ends all connections.
func (p *pool) close() (err error) {
	p.closed.Do(func() {
		for range cap(p.turns) {
			<-p.turns
			l := p.pop()
			if l.conn != nil {
				err = errors.Join(err, l.forget(), l.conn.Close())
			}
		}
		close(p.turns)
		err = errors.Join(err, p.db.Close())
	})
	return err
}
