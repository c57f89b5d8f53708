package template

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/osteele/liquid"
)

// blankFilter ends every output. Its name cannot be written in a template, which knows only the names in filters.
const blankFilter = "or_blank"

// argument is one parameter of a filter; value stands in where the template gives none.
type argument struct {
	value  string
	number bool
}

type filter struct {
	least int
	args  []argument
	usage string
	fn    any
}

// filters are pure, fast and lead from no value to no value, so that a blank stays a blank behind them.
var filters = map[string]filter{
	"default":    {1, []argument{{}}, `default: "there"`, func(v, instead any) any { return first(v, instead) }},
	"capitalize": {fn: onText(capitalize), usage: "without an argument"},
	"upcase":     {fn: onText(strings.ToUpper), usage: "without an argument"},
	"downcase":   {fn: onText(strings.ToLower), usage: "without an argument"},
	"strip":      {fn: onText(strings.TrimSpace), usage: "without an argument"},
	"truncate": {1, []argument{{number: true}, {value: `"…"`}}, "truncate: 60", func(v any, n int, end any) any {
		return onText(func(s string) string { return truncate(s, n, asText(end)) })(v)
	}},
	"truncatewords": {1, []argument{{number: true}, {value: `"…"`}}, "truncatewords: 12", func(v any, n int, end any) any {
		return onText(func(s string) string { return truncateWords(s, n, asText(end)) })(v)
	}},
}

func filterNames() []string { return slices.Sorted(maps.Keys(filters)) }

// engine is built on first use: the library's own set-up costs start-up time.
var engine = sync.OnceValue(func() *liquid.Engine {
	e := liquid.NewEngine()
	for name, f := range filters {
		e.RegisterFilter(name, f.fn)
	}
	e.RegisterFilter(blankFilter, func(v any, name string) string {
		if s := asText(v); !saysNothing(s) {
			return s
		}
		return blankMark + name + blankMark
	})
	return e
})

// first is v, or instead where v says nothing.
func first(v, instead any) any {
	if saysNothing(asText(v)) {
		return instead
	}
	return v
}

func onText(change func(string) string) func(any) any {
	return func(v any) any {
		s := asText(v)
		if s == "" {
			return nil
		}
		return change(s)
	}
}

// asText is how a value reads in a mail; what has no text of its own is "".
func asText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

func capitalize(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// truncate cuts to n characters, the ending included.
func truncate(s string, n int, end string) string {
	keep := n - utf8.RuneCountInString(end)
	count, cut := 0, 0
	for i := range s {
		if count == max(keep, 0) {
			cut = i
		}
		if count++; count > n {
			return strings.TrimRightFunc(s[:cut], unicode.IsSpace) + end
		}
	}
	return s
}

func truncateWords(s string, n int, end string) string {
	inWord, words := false, 0
	for i, r := range s {
		space := unicode.IsSpace(r)
		if !space && !inWord {
			if words++; words > n {
				return strings.TrimRightFunc(s[:i], unicode.IsSpace) + end
			}
		}
		inWord = !space
	}
	return s
}
