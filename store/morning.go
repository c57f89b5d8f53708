package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"stoke/model"
)

// Morning gives the mails that leave by themselves today. First is true once a day, where there are any: then the list is
// shown without being asked for.
func (s *Store) Morning(ctx context.Context) (m model.Morning, err error) {
	shown := ""
	err = s.read(ctx, "look what goes today", func(t *tx) error {
		until := model.EndOfToday(t.now)
		const clause = "WHERE next_goes > 0 AND next_goes < ? ORDER BY next_goes, id LIMIT ?"
		err := t.eachListed(clause, []any{millis(until), most}, func(c stored, also listed) {
			if f := c.FollowUp; f.Live(t.now) && !f.Snoozed(t.now) {
				m.Going = append(m.Going, t.row(c, c.place.View, also))
			}
		})
		if err == nil {
			err = t.foresee(m.Going)
		}
		if err != nil {
			return err
		}
		m.Going = slices.DeleteFunc(m.Going, func(r model.Row) bool { return r.Contact.FollowUp.Next.GoesAt.IsZero() })
		err = t.one("SELECT value FROM memo WHERE name = 'morning'", nil, &shown)
		if errors.Is(err, sql.ErrNoRows) {
			err = nil
		}
		m.First = len(m.Going) > 0 && shown != t.now.Format(time.DateOnly)
		return err
	})
	if err != nil || !m.First {
		return m, err
	}
	return m, s.write(ctx, "note that the morning list was shown", func(t *tx) error {
		_, err := t.exec("INSERT INTO memo (name, value) VALUES ('morning', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", t.now.Format(time.DateOnly))
		return err
	})
}
