package model

import (
	"math"
	"strings"
)

// Coverage tells of how many of the rep's contacts the values are known that a template can use.
type Coverage struct {
	Contacts int
	Known    map[string]int // contacts by the name of the value: "company", "last.subject", "fields.budget"
}

// Of is the number of contacts for whom a tag has a value. ok is false for what does not depend on the contact (the rep's
// own name), for blanks that the rep fills mail by mail, and for what is true for some days only.
func (c Coverage) Of(tag string) (n int, ok bool) {
	group, rest, parted := strings.Cut(tag, ".")
	switch {
	case group == "me", group == "talk", tag == "last.time":
		return 0, false
	case group == "ask":
		n, ok = c.Known["fields."+rest]
		return n, ok
	case parted && group != "fields":
		return c.Known[tag], true
	}
	if n, ok = c.Known[tag]; ok {
		return n, true
	}
	return c.Known["fields."+strings.TrimPrefix(tag, "fields.")], true
}

// Percent is a share of the contacts in whole per cent; only all are 100, and only none are 0.
func (c Coverage) Percent(n int) int {
	if c.Contacts == 0 {
		return 0
	}
	share := int(math.Round(100 * float64(n) / float64(c.Contacts)))
	switch {
	case n > 0 && share == 0:
		return 1
	case n < c.Contacts && share == 100:
		return 99
	}
	return share
}
