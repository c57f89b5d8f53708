package store

import (
	"database/sql"
	"encoding/json"

	"stoke/model"
)

// standing is one contact's part of a change that was not taken back.
type standing struct {
	change int64
	rank   int
	text   string // as it is stored
	step   model.ChangeStep
}

// since are a contact's changes after one that stand, oldest first.
func (t *tx) since(contact, change int64) ([]standing, error) {
	return t.standing("change_step.contact = ? AND change.id > ? ORDER BY change.id, rank", contact, change)
}

// newestBefore is a contact's newest change before one that stands, if there is one.
func (t *tx) newestBefore(contact, change int64) ([]standing, error) {
	return t.standing("change_step.contact = ? AND change.id < ? ORDER BY change.id DESC, rank DESC LIMIT 1", contact, change)
}

func (t *tx) standing(clause string, args ...any) (all []standing, err error) {
	err = t.each("SELECT change.id, rank, step FROM change_step JOIN change ON change.id = change_step.change WHERE NOT undone AND "+clause, args, func(rows *sql.Rows) error {
		var s standing
		if err := rows.Scan(&s.change, &s.rank, &s.text); err != nil {
			return err
		}
		all = append(all, s)
		return json.Unmarshal([]byte(s.text), &all[len(all)-1].step)
	})
	return all, err
}

// restand stores those that are others now.
func (t *tx) restand(all []standing) error {
	for _, s := range all {
		text, err := json.Marshal(s.step)
		if err != nil {
			return err
		}
		if string(text) == s.text {
			continue
		}
		if _, err := t.exec("UPDATE change_step SET step = ? WHERE change = ? AND rank = ?", string(text), s.change, s.rank); err != nil {
			return err
		}
	}
	return nil
}
