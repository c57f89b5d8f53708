package config

import (
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"
	"time"

	"stoke/model/text"
)

// reader collects the mistakes of one file.
type reader struct {
	file  string
	lines lines
	found Mistakes
}

func (r *reader) wrong(path, format string, args ...any) {
	r.found = append(r.found, Mistake{File: r.file, Line: r.lines.of(path), Text: text.Line(fmt.Sprintf(format, args...))})
}

// section is one table of the file. Every key that is asked for is a known one; what nobody asked for is a mistake.
type section struct {
	r     *reader
	path  string
	says  string // how a sentence names it: "[rules]"
	keys  map[string]any
	known []string
}

func (s *section) at(key string) string { return join(s.path, key) }

func (s *section) wrong(key, format string, args ...any) { s.r.wrong(s.at(key), format, args...) }

// ask gives a key's value, when it is there.
func (s *section) ask(key string) (any, bool) {
	s.known = append(s.known, key)
	v, ok := s.keys[key]
	return v, ok
}

// rest reports the keys that nobody asked for.
func (s *section) rest() {
	asked := map[string]bool{}
	for _, k := range s.known {
		asked[k] = true
	}
	var unknown []string
	for k := range s.keys {
		if !asked[k] {
			unknown = append(unknown, k)
		}
	}
	sort.Strings(unknown)
	for _, k := range unknown {
		s.wrong(k, "there is no key %q in %s%s", k, s.says, orThese(k, s.known))
	}
}

func (s *section) text(key string, to *string) bool {
	v, ok := s.ask(key)
	if !ok {
		return false
	}
	got, ok := v.(string)
	if !ok {
		s.wrong(key, "%s must be text in quotes, not %s.", key, kindOf(v))
		return false
	}
	*to = strings.TrimSpace(text.Line(got))
	return true
}

// lines reads a text that may have several lines.
func (s *section) lines(key string, to *string) {
	v, ok := s.ask(key)
	if !ok {
		return
	}
	got, ok := v.(string)
	if !ok {
		s.wrong(key, "%s must be text in quotes, not %s.", key, kindOf(v))
		return
	}
	*to = strings.Trim(text.Clean(got), "\n")
}

func (s *section) choice(key string, to *string, words ...string) {
	var got string
	if !s.text(key, &got) {
		return
	}
	for _, w := range words {
		if got == w {
			*to = got
			return
		}
	}
	s.wrong(key, "%s cannot be %q: it is %s%s", key, got, orList(words), meant(got, words))
}

func (s *section) yes(key string, to *bool) {
	v, ok := s.ask(key)
	if !ok {
		return
	}
	got, ok := v.(bool)
	if !ok {
		s.wrong(key, "%s must be true or false, not %s.", key, kindOf(v))
		return
	}
	*to = got
}

func (s *section) whole(key string, to *int, least, most int) {
	v, ok := s.ask(key)
	if !ok {
		return
	}
	got, ok := v.(int64)
	switch {
	case !ok:
		s.wrong(key, "%s must be a whole number, not %s.", key, kindOf(v))
	case got < int64(least) || got > int64(most):
		s.wrong(key, "%s is %d; %d to %d are possible.", key, got, least, most)
	default:
		*to = int(got)
	}
}

func (s *section) number(key string, to *float64, least, most float64) {
	v, ok := s.ask(key)
	if !ok {
		return
	}
	var got float64
	switch v := v.(type) {
	case int64:
		got = float64(v)
	case float64:
		got = v
	default:
		s.wrong(key, "%s must be a number, not %s.", key, kindOf(v))
		return
	}
	if math.IsNaN(got) || got < least || got > most {
		s.wrong(key, "%s is %v; %v to %v are possible.", key, got, least, most)
		return
	}
	*to = got
}

// words reads a list of texts.
func (s *section) words(key string) ([]string, bool) {
	v, ok := s.ask(key)
	if !ok {
		return nil, false
	}
	items, ok := v.([]any)
	if !ok {
		s.wrong(key, "%s must be a list, like [\"one\", \"two\"], not %s.", key, kindOf(v))
		return nil, false
	}
	var all []string
	for _, item := range items {
		switch item := item.(type) {
		case string:
			all = append(all, item)
		case time.Time:
			all = append(all, item.Format(time.DateOnly))
		default:
			s.wrong(key, "%s must hold texts in quotes, not %s.", key, kindOf(item))
			return nil, false
		}
	}
	return all, true
}

// sub is a table inside this one; without it in the file, an empty one.
func (s *section) sub(key, says string) *section {
	sub := &section{r: s.r, path: s.at(key), says: says}
	v, ok := s.ask(key)
	if !ok {
		return sub
	}
	if sub.keys, ok = v.(map[string]any); !ok {
		s.wrong(key, "%s must be a table, %s, not %s.", key, says, kindOf(v))
	}
	return sub
}

// subs are the elements of an array of tables.
func (s *section) subs(key, says string) []*section {
	v, ok := s.ask(key)
	if !ok {
		return nil
	}
	var all []*section
	add := func(keys map[string]any) {
		all = append(all, &section{r: s.r, path: s.at(key) + "#" + strconv.Itoa(len(all)), says: says, keys: keys})
	}
	switch v := v.(type) {
	case []map[string]any:
		for _, keys := range v {
			add(keys)
		}
	case map[string]any: // [account] where [[account]] was meant: one is one
		s.r.lines.at[s.at(key)+"#0"] = s.r.lines.of(s.at(key))
		for path, line := range s.r.lines.at {
			if rest, inside := strings.CutPrefix(path, s.at(key)+"/"); inside {
				s.r.lines.note(s.at(key)+"#0/"+rest, line)
			}
		}
		add(v)
	default:
		s.wrong(key, "%s must be a table, %s, not %s.", key, says, kindOf(v))
	}
	return all
}

func kindOf(v any) string {
	switch v.(type) {
	case string:
		return "a text"
	case int64, float64:
		return "a number"
	case bool:
		return "true or false"
	case time.Time:
		return "a date"
	case map[string]any, []map[string]any:
		return "a table"
	}
	return "a list"
}

func orList(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = strconv.Quote(w)
	}
	if len(quoted) < 2 {
		return strings.Join(quoted, "")
	}
	return strings.Join(quoted[:len(quoted)-1], ", ") + " or " + quoted[len(quoted)-1]
}
