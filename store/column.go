package store

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// column is a column of a table with the place in memory that it is read into and written from, so that reading and
// writing cannot drift apart.
type column struct {
	name string
	at   any // a pointer to a string, integer, float or bool of any name, or one of the types below
}

// moment is a time as the database keeps it: unix milliseconds, 0 for none.
type moment struct{ t *time.Time }

// Scan implements sql.Scanner.
func (m moment) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return fmt.Errorf("%T is no time", v)
	}
	*m.t = fromMillis(n)
	return nil
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMillis(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMilli(n).UTC()
}

// millisAfter is the first whole millisecond at which a moment has surely come, with one to spare for the rounding of
// moments that were computed from a heat.
func millisAfter(t time.Time) int64 {
	n := millis(t)
	if t.Nanosecond()%int(time.Millisecond) != 0 {
		n += 2
	}
	return n
}

// asJSON is a list or map that the database keeps as text.
type asJSON struct{ v any }

// Scan implements sql.Scanner.
func (j asJSON) Scan(v any) error {
	switch s := v.(type) {
	case string:
		return unpack(s, j.v)
	case nil:
		return nil
	}
	return fmt.Errorf("%T is no JSON", v)
}

// moments is a list of unix milliseconds that the database keeps as a JSON array. Every row of a list has one, and taking
// it apart here costs a fifth of what encoding/json takes.
type moments struct{ list *[]int64 }

// Scan implements sql.Scanner.
func (m moments) Scan(v any) error {
	s, ok := v.(string)
	if !ok {
		return fmt.Errorf("%T is no list of times", v)
	}
	*m.list = nil
	if s == "" {
		return nil
	}
	if len(s) < 2 || s[0] != '[' || s[len(s)-1] != ']' {
		return fmt.Errorf("%q is no list of times", s)
	}
	all := make([]int64, 0, 1+strings.Count(s, ","))
	for one := range strings.SplitSeq(s[1:len(s)-1], ",") {
		n, err := strconv.ParseInt(one, 10, 64)
		if err != nil {
			return fmt.Errorf("%q is no list of times: %w", s, err)
		}
		all = append(all, n)
	}
	*m.list = all
	return nil
}

// lines is a list of short texts that the database keeps one a line.
type lines struct{ list *[]string }

// Scan implements sql.Scanner.
func (l lines) Scan(v any) error {
	s, ok := v.(string)
	if !ok {
		return fmt.Errorf("%T is no list", v)
	}
	*l.list = nil
	if s != "" {
		*l.list = strings.Split(s, "\n")
	}
	return nil
}

func unpack(s string, to any) error {
	if s == "" {
		return nil
	}
	return json.Unmarshal([]byte(s), to)
}

func pack(v any) (string, error) {
	r := reflect.Indirect(reflect.ValueOf(v))
	if !r.IsValid() || r.IsZero() || ((r.Kind() == reflect.Map || r.Kind() == reflect.Slice) && r.Len() == 0) {
		return "", nil
	}
	b, err := json.Marshal(v)
	return string(b), err
}

// value is what the database gets for a column.
func (c column) value() (any, error) {
	switch p := c.at.(type) {
	case *string:
		return *p, nil
	case *int64:
		return *p, nil
	case *int:
		return int64(*p), nil
	case *bool:
		return flag(*p), nil
	case moment:
		return millis(*p.t), nil
	case lines:
		return strings.Join(*p.list, "\n"), nil
	case moments:
		return pack(p.list)
	case asJSON:
		return pack(p.v)
	}
	switch v := reflect.ValueOf(c.at).Elem(); v.Kind() {
	case reflect.String:
		return v.String(), nil
	case reflect.Int:
		return v.Int(), nil
	case reflect.Uint32:
		return int64(v.Uint()), nil
	case reflect.Float64:
		if f := v.Float(); !math.IsNaN(f) && !math.IsInf(f, 0) {
			return f, nil
		}
	}
	return nil, fmt.Errorf("column %s cannot keep %v", c.name, reflect.ValueOf(c.at).Elem())
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func pointers(columns []column) []any {
	all := make([]any, len(columns))
	for i, c := range columns {
		all[i] = c.at
	}
	return all
}

func values(columns []column) ([]any, error) {
	all := make([]any, len(columns))
	for i, c := range columns {
		v, err := c.value()
		if err != nil {
			return nil, err
		}
		all[i] = v
	}
	return all, nil
}

func names(columns []column, table string) string {
	var b strings.Builder
	for i, c := range columns {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(table + c.name)
	}
	return b.String()
}

// inserting is the INSERT of columns into a table; updating is the UPDATE of them for the row of an id, the last value.
func inserting(table string, columns []column) string {
	return "INSERT INTO " + table + " (" + names(columns, "") + ") VALUES (" + marks(len(columns)) + ")"
}

func updating(table string, columns []column) string {
	sets := make([]string, len(columns))
	for i, c := range columns {
		sets[i] = c.name + " = ?"
	}
	return "UPDATE " + table + " SET " + strings.Join(sets, ", ") + " WHERE id = ?"
}

// marks are n placeholders.
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// these are placeholders and arguments for a list of values.
func these[T any](list []T) (string, []any) {
	args := make([]any, len(list))
	for i, v := range list {
		args[i] = v
	}
	return "(" + marks(len(list)) + ")", args
}
