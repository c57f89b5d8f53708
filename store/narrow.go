package store

import (
	"context"
	"database/sql"
	"strings"

	"stoke/model"
)

// last stands behind every text that begins alike.
const last = "\U0010ffff"

// narrowed adds the conditions of what narrows a list beside words.
func narrowed(n model.Narrowing, and func(condition string, values ...any)) {
	begins := func(condition, text string) {
		if text != "" {
			and(strings.ReplaceAll(condition, "~", "BETWEEN ? AND ?"), text, text+last)
		}
	}
	begins("id IN (SELECT contact FROM tag WHERE tag COLLATE NOCASE ~)", n.Tag)
	begins("company <> '' AND company COLLATE NOCASE ~", n.Company)
	begins("enrol_sequence <> '' AND enrol_sequence COLLATE NOCASE ~", n.Sequence)
	begins("place_kind ~", n.Kind)
	if n.Value > 0 {
		and("deal AND deal_closed = '' AND deal_value >= ?", n.Value)
	}
}

// Filters gives what the rep kept under a name, by name.
func (s *Store) Filters(ctx context.Context) (all []model.Filter, err error) {
	err = s.read(ctx, "read the filters", func(t *tx) error {
		return t.each("SELECT name, text FROM filter ORDER BY name", nil, func(rows *sql.Rows) error {
			var f model.Filter
			err := rows.Scan(&f.Name, &f.Text)
			all = append(all, f)
			return err
		})
	})
	return all, err
}

// KeepFilter keeps a narrowing under a name, in the place of an earlier one of that name.
func (s *Store) KeepFilter(ctx context.Context, f model.Filter) error {
	f.Name, f.Text = strings.TrimSpace(f.Name), strings.TrimSpace(f.Text)
	if f.Name == "" || f.Text == "" {
		return model.Errorf(model.Invalid, "A filter needs a name and something to narrow by. / narrows the list, F keeps it.")
	}
	return s.write(ctx, "keep the filter", func(t *tx) error {
		_, err := t.exec("INSERT INTO filter (name, text) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET name = excluded.name, text = excluded.text", f.Name, f.Text)
		return err
	})
}

// DropFilter forgets a kept narrowing.
func (s *Store) DropFilter(ctx context.Context, name string) error {
	return s.write(ctx, "forget the filter", func(t *tx) error {
		n, err := t.exec("DELETE FROM filter WHERE name = ?", name)
		if err == nil && n == 0 {
			return model.Errorf(model.NotFound, "There is no filter %q.", name)
		}
		return err
	})
}
