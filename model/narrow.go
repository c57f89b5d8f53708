package model

import (
	"strconv"
	"strings"
	"unicode"
)

// Narrowing is what a search asks for, taken apart: words that a contact is found by, and what narrows a list beside
// them (DOMAIN.md, "The queue"). Each text is the beginning of what is looked for, in any case; "" narrows nothing.
type Narrowing struct {
	Words    string
	Tag      string // tag:partner
	Company  string // company:"north wind"
	Sequence string // sequence:sales
	Kind     string // kind:step, the words of `queue --json`
	Value    int64  // value:5000: an open deal of at least that, in whole units; 0 narrows nothing
	None     bool   // it asks for what no contact can be
}

// Narrowing takes the search apart. What is no key before a colon is a word like others, so that nothing that is typed
// is an error; a key without a value yet narrows nothing.
func (q Query) Narrowing() Narrowing {
	var n Narrowing
	var words []string
	for rest := q.Search; ; {
		rest = strings.TrimLeftFunc(rest, unicode.IsSpace)
		if rest == "" {
			break
		}
		var word string
		if word, rest = term(rest); !n.takes(word) {
			words = append(words, word)
		}
	}
	n.Words = strings.Join(words, " ")
	return n
}

// term cuts the first word off a search; in quotes behind a colon it may hold spaces.
func term(s string) (word, rest string) {
	end := strings.IndexFunc(s, unicode.IsSpace)
	if at := strings.Index(s, `:"`); at > 0 && (end < 0 || at < end) {
		if long := strings.IndexByte(s[at+2:], '"'); long >= 0 {
			end = at + 2 + long + 1
		} else {
			end = -1
		}
	}
	if end < 0 {
		return s, ""
	}
	return s[:end], s[end:]
}

func (n *Narrowing) takes(word string) bool {
	key, value, ok := strings.Cut(word, ":")
	if !ok {
		return false
	}
	value = strings.TrimSpace(strings.Trim(value, `"`))
	switch strings.ToLower(key) {
	case "tag":
		n.Tag = value
	case "company":
		n.Company = value
	case "sequence", "seq":
		n.Sequence = value
	case "kind":
		n.Kind = strings.ToLower(value)
	case "value":
		value = strings.TrimPrefix(strings.TrimPrefix(value, ">"), "=")
		if value == "" {
			return true
		}
		var err error
		n.Value, err = ParseAmount(value)
		n.None = err != nil
	default:
		return false
	}
	return true
}

// ParseAmount reads an amount of money in whole units of the rep's currency: "12000", "12k".
func ParseAmount(s string) (int64, error) {
	digits, thousands := strings.CutSuffix(strings.ToLower(strings.TrimSpace(s)), "k")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 0 || n > 1<<50 {
		return 0, Errorf(Invalid, "%q is no amount. Write it like 12000 or 12k.", s)
	}
	if thousands {
		n *= 1000
	}
	return n, nil
}

// Terms writes what narrows beside words, as Query.Search takes it.
func (n Narrowing) Terms() string {
	var all []string
	for _, t := range [][2]string{{"tag", n.Tag}, {"company", n.Company}, {"sequence", n.Sequence}, {"kind", n.Kind}} {
		if value := strings.ReplaceAll(t[1], `"`, " "); strings.TrimSpace(value) != "" {
			all = append(all, t[0]+`:"`+value+`"`)
		}
	}
	if n.Value > 0 {
		all = append(all, "value:"+strconv.FormatInt(n.Value, 10))
	}
	return strings.Join(append(all, n.Words), " ")
}

// Filter is a narrowing that the rep kept under a name.
type Filter struct {
	Name string
	Text string // as Query.Search
}
