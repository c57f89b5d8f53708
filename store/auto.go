package store

import (
	"context"
	"database/sql"
	"errors"

	"stoke/model"
)

// Auto lets the steps of sequences that run by themselves into the outbox whose hour has come, and gives their number. A
// step that may not go by itself becomes the rep's, and its row says why. Each contact is a transaction of its own.
func (s *Store) Auto(ctx context.Context) (queued int, err error) {
	var due []int64
	err = s.read(ctx, "look what goes by itself", func(t *tx) error {
		return t.each("SELECT id FROM contact WHERE next_goes > 0 AND next_goes <= ? ORDER BY next_goes, id LIMIT 200", []any{millis(t.now)}, func(rows *sql.Rows) error {
			var id int64
			err := rows.Scan(&id)
			due = append(due, id)
			return err
		})
	})
	for _, id := range due {
		if err != nil {
			return queued, err
		}
		var went bool
		if went, err = s.goes(ctx, id); went {
			queued++
		}
		if refused, ok := errors.AsType[*model.Error](err); ok { // the others go all the same
			err = s.write(ctx, "hold what goes by itself", func(t *tx) error { return t.holdStep(id, refused.Message) })
		}
	}
	return queued, err
}

// goes queues the step of a contact whose time has come, or holds it for the rep.
func (s *Store) goes(ctx context.Context, id int64) (went bool, err error) {
	err = s.write(ctx, "send what goes by itself", func(t *tx) error {
		_, d, err := t.dossier(id)
		if err != nil {
			return err
		}
		a, why, err := t.rules.Ripe(d, t.now)
		switch {
		case err != nil:
			return t.holdStep(id, err.Error())
		case why != "":
			return t.holdStep(id, why)
		case a.Draft.Contact == 0:
			return nil
		}
		_, _, err = t.send(a)
		went = err == nil
		return err
	})
	return went && err == nil, err
}

func (t *tx) holdStep(id int64, why string) error {
	_, _, _, err := t.decide(id, "", func(d model.Dossier) (model.Outcome, error) {
		return model.HoldStep{Why: why}.Decide(*t.rules, d, t.now)
	})
	return err
}
