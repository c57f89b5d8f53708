package store

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"stoke/model"
)

// This file takes everything about a contact out of its tables and puts it back, row by row, whatever the columns are.

// belongings are the tables with rows of a contact, in the order in which they can be filled again, and how to find the
// rows. change_step is the contact's part of the history.
var belongings = []struct{ table, where string }{
	{"contact", "id = ?"}, {"email", "contact = ?"}, {"tag", "contact = ?"}, {"interaction", "contact = ?"}, {"draft", "contact = ?"},
	{"outgoing", "contact = ?"}, {"alias", "outgoing IN (SELECT id FROM outgoing WHERE contact = ?)"}, {"change_step", "contact = ?"},
}

// saved is a row of a table as it was.
type saved struct {
	Table   string
	Columns []string
	Values  []cell
}

// of is the value of a column, nil where there is none.
func (r saved) of(column string) any {
	if at := slices.Index(r.Columns, column); at >= 0 {
		return r.Values[at].value()
	}
	return nil
}

// cell is a value of SQLite with its type, which plain JSON would lose.
type cell struct {
	Int  *int64   `json:",omitempty"`
	Real *float64 `json:",omitempty"`
	Text *string  `json:",omitempty"`
	Blob []byte   `json:",omitempty"`
}

func cellOf(v any) (cell, error) {
	switch v := v.(type) {
	case nil:
		return cell{}, nil
	case int64:
		return cell{Int: &v}, nil
	case float64:
		return cell{Real: &v}, nil
	case string:
		return cell{Text: &v}, nil
	case []byte:
		return cell{Blob: append([]byte{}, v...)}, nil
	}
	return cell{}, fmt.Errorf("%T is no value of SQLite", v)
}

func (c cell) value() any {
	switch {
	case c.Int != nil:
		return *c.Int
	case c.Real != nil:
		return *c.Real
	case c.Text != nil:
		return *c.Text
	case c.Blob != nil:
		return c.Blob
	}
	return nil
}

// belongingsOf is everything about a contact, one row a line.
func (t *tx) belongingsOf(id int64) (string, error) {
	var all strings.Builder
	encoder := json.NewEncoder(&all)
	for _, b := range belongings {
		columns, err := t.columnsOf(b.table)
		if err != nil {
			return "", err
		}
		into, values := make([]any, len(columns)), make([]any, len(columns))
		for i := range into {
			into[i] = &values[i]
		}
		err = t.each("SELECT "+strings.Join(columns, ", ")+" FROM "+b.table+" WHERE "+b.where, []any{id}, func(rows *sql.Rows) error {
			if err := rows.Scan(into...); err != nil {
				return err
			}
			row := saved{Table: b.table, Columns: columns, Values: make([]cell, len(values))}
			for i, v := range values {
				if row.Values[i], err = cellOf(v); err != nil {
					return err
				}
			}
			return encoder.Encode(row)
		})
		if err != nil {
			return "", err
		}
	}
	return all.String(), nil
}

// columnsOf names the columns of a table that can be written: generated ones fill themselves.
func (t *tx) columnsOf(table string) (names []string, err error) {
	err = t.each("SELECT name FROM pragma_table_info(?)", []any{table}, func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		names = append(names, name)
		return err
	})
	return names, err
}

func (t *tx) putBack(row saved) error {
	values := make([]any, len(row.Values))
	for i, v := range row.Values {
		values[i] = v.value()
		if row.Table == "email" && row.Columns[i] == "address" {
			address, _ := values[i].(string)
			if other, err := t.contactAt(address); err != nil {
				return err
			} else if other != 0 {
				return model.Errorf(model.Conflict, "%s belongs to contact %d now. Delete or change that one first.", address, other)
			}
		}
	}
	_, err := t.exec("INSERT INTO "+row.Table+" ("+strings.Join(row.Columns, ", ")+") VALUES ("+marks(len(values))+")", values...)
	return err
}
