package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"

	"stoke/model/text"
	"stoke/ui/frame"
)

// print writes one JSON document on one line, every text in it clean.
func (c *command) print(v any) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	copied := clean(reflect.ValueOf(v))
	if err := e.Encode(copied.Interface()); err != nil {
		// Only our own structs come here; one that cannot be written is a mistake of ours that a test must see.
		panic("cli: " + err.Error())
	}
	_, _ = c.app.Out.Write(b.Bytes())
}

// clean gives a copy of a value in which every text is clean.
func clean(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.String:
		return reflect.ValueOf(text.Clean(v.String())).Convert(v.Type())
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return v
		}
		if v.Kind() == reflect.Interface {
			return clean(v.Elem())
		}
		p := reflect.New(v.Type().Elem())
		p.Elem().Set(clean(v.Elem()))
		return p
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		all := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			all.Index(i).Set(clean(v.Index(i)))
		}
		return all
	case reflect.Map:
		if v.IsNil() {
			return v
		}
		all := reflect.MakeMapWithSize(v.Type(), v.Len())
		for _, k := range v.MapKeys() {
			all.SetMapIndex(clean(k), clean(v.MapIndex(k)))
		}
		return all
	case reflect.Struct:
		s := reflect.New(v.Type()).Elem()
		s.Set(v)
		cleanFields(s)
		return s
	}
	return v
}

// cleanFields cleans a struct in place. An embedded struct of ours cannot be set as a whole, its fields can.
func cleanFields(s reflect.Value) {
	for i := range s.NumField() {
		if s.Type().Field(i).Anonymous {
			cleanFields(s.Field(i))
			continue
		}
		s.Field(i).Set(clean(s.Field(i)))
	}
}

// say writes one line for people; spaces at the start of the format indent it.
func (c *command) say(format string, args ...any) {
	indent := format[:len(format)-len(strings.TrimLeft(format, " "))]
	fmt.Fprintln(c.app.Out, indent+text.Line(fmt.Sprintf(format, args...)))
}

// block writes several lines for people, indented.
func (c *command) block(indent, s string) {
	for line := range strings.Lines(text.Clean(s)) {
		fmt.Fprintln(c.app.Out, strings.TrimRight(indent+line, " \n"))
	}
}

// table writes rows in columns that are as wide as their longest cell, at most widest cells each; the last column is not
// cut.
func (c *command) table(rows [][]string) {
	const widest = 32
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = min(widest, max(widths[i], frame.Width(text.Line(cell))))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			cell = text.Line(cell)
			if i == len(row)-1 {
				line.WriteString(cell)
				break
			}
			line.WriteString(frame.Fit(cell, widths[i]) + "  ")
		}
		fmt.Fprintln(c.app.Out, strings.TrimRight(line.String(), " "))
	}
}

// stamp is a moment as JSON gives it: in the rep's zone, null for none.
func (c *command) stamp(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	s := t.In(c.clock().Location()).Format(time.RFC3339)
	return &s
}

// moment is a moment as JSON gives it where there always is one.
func (c *command) moment(t time.Time) string {
	if s := c.stamp(t); s != nil {
		return *s
	}
	return ""
}

// list is a slice that JSON never shows as null.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
