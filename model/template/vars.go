package template

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"
	"unicode"
)

// Vars are the values of one draft: texts, numbers, truths, lists of them, and maps of the same under a name. What is
// missing, nil or only space has no value. Values lists the names that a caller should give; beside them there are free
// fields, and ask, which holds what only the rep can fill in.
type Vars map[string]any

// present stands for a map with something in it: a condition may ask for it, but it has no text.
type present struct{}

// lookup finds "last.subject". Every value it returns is one of string, int, float64, bool, present or nil.
func (v Vars) lookup(name string) any {
	var at any = v
	for key := range strings.SplitSeq(name, ".") {
		switch m := at.(type) {
		case Vars:
			at = m[key]
		case map[string]any:
			at = m[key]
		case map[string]string:
			at = m[key]
		default:
			return nil
		}
	}
	return plain(at, 0)
}

// deepest bounds the look into nested values, which could contain themselves.
const deepest = 4

func plain(v any, depth int) any {
	if depth > deepest {
		return nil
	}
	switch v := v.(type) {
	case nil:
		return nil
	case string:
		return clean(v)
	case bool:
		return v
	case time.Time:
		return v.Format("2 January 2006")
	case fmt.Stringer:
		if r := reflect.ValueOf(v); r.Kind() == reflect.Pointer && r.IsNil() {
			return nil
		}
		return clean(v.String())
	}
	switch r := reflect.ValueOf(v); r.Kind() {
	case reflect.String:
		return clean(r.String())
	case reflect.Bool:
		return r.Bool()
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return int(r.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32:
		return int(r.Uint())
	case reflect.Float32, reflect.Float64:
		f := r.Float()
		if math.IsNaN(f) || math.IsInf(f, 0) {
			return nil
		}
		if f == math.Trunc(f) && math.Abs(f) < 1e15 {
			return int(f)
		}
		return f
	case reflect.Slice, reflect.Array:
		return list(r, depth)
	case reflect.Map:
		for _, key := range r.MapKeys() {
			if plain(r.MapIndex(key).Interface(), depth+1) != nil {
				return present{}
			}
		}
	}
	return nil
}

func list(r reflect.Value, depth int) any {
	var words []string
	for i := range r.Len() {
		if s := asText(plain(r.Index(i).Interface(), depth+1)); s != "" {
			words = append(words, s)
		}
	}
	if words == nil {
		return nil
	}
	return strings.Join(words, ", ")
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

// clean makes a value plain text: line ends of one kind and no control characters, so that neither a terminal nor a mail
// header can be steered by it and no value can imitate the mark of a blank. Space at its ends is cut. What is too long is left
// as it is: Fill refuses it by its length.
func clean(s string) any {
	if len(s) > maxWork {
		return s
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = lineEnds.Replace(s)
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s)
	if saysNothing(s) {
		return nil
	}
	return strings.TrimSpace(s)
}

// saysNothing reports whether a reader would see nothing: only space and invisible characters such as U+200B.
func saysNothing(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) }) < 0
}
