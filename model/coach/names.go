package coach

import (
	"strings"

	folding "stoke/model/text"
)

// pets are short names by what they stand for, where neither begins with the other.
var pets = map[string]string{
	"bob": "robert", "bobby": "robert", "rob": "robert", "bill": "william", "billy": "william", "will": "william", "liam": "william",
	"dick": "richard", "rick": "richard", "peggy": "margaret", "meg": "margaret", "maggie": "margaret", "liz": "elizabeth", "beth": "elizabeth", "betty": "elizabeth",
	"lisa": "elizabeth", "jack": "john", "johnny": "john", "jim": "james", "jimmy": "james", "jamie": "james", "ted": "edward", "ned": "edward", "eddie": "edward",
	"tony": "anthony", "hank": "henry", "harry": "henry", "chuck": "charles", "charlie": "charles", "kate": "katherine", "katie": "catherine", "kathy": "catherine",
	"kit": "christopher", "mike": "michael", "mick": "michael", "nick": "nicholas", "nancy": "ann", "polly": "mary", "molly": "mary", "sally": "sarah",
	"sasha": "alexander", "sandy": "alexander", "lex": "alexander", "xander": "alexander", "pepe": "josé", "paco": "francisco", "nacho": "ignacio", "hans": "johannes",
	"jan": "johannes", "fritz": "friedrich", "sepp": "josef", "joe": "joseph", "andy": "andrew", "drew": "andrew", "dave": "david", "steve": "stephen", "gus": "august",
	"tina": "christina", "trish": "patricia", "pat": "patricia", "patty": "patricia", "becky": "rebecca", "sue": "susan", "suzie": "susan", "jenny": "jennifer",
	"vicky": "victoria", "cindy": "cynthia", "fred": "frederick", "larry": "lawrence", "jerry": "gerald", "terry": "terence", "kim": "kimberly", "toni": "antonia",
}

// isCalled tells whether a greeted name may be the contact's: one of the names, a short form of it, or an initial.
func (c *judge) isCalled(name string) bool {
	n := folding.Fold(strings.TrimSuffix(name, "'s"))
	if c.Name == "" {
		local, _, _ := strings.Cut(folding.Fold(c.Address), "@")
		if len(local) < 4 || roles[local] {
			return true // it says nothing of a name
		}
		for part := range strings.FieldsFuncSeq(local, notLetter) {
			if alike(n, part) || len(part) < 3 {
				return true
			}
		}
		return strings.Contains(local, n)
	}
	for own := range strings.FieldsFuncSeq(folding.Fold(c.Name), notLetter) {
		if alike(n, own) {
			return true
		}
	}
	for part := range strings.FieldsFuncSeq(n, notLetter) {
		if part != n && c.isCalled(part) {
			return true // "Anna-Lena" for Anna
		}
	}
	return false
}

// roles are addresses of nobody in particular.
var roles = set("info sales contact hello office team support admin mail post kontakt contacto buero accounts billing enquiries inquiries welcome")

func notLetter(r rune) bool { return strings.ContainsRune(" ,.-_+'’\"()0123456789", r) }

// alike tells whether two folded names may be the same person's.
func alike(a, b string) bool {
	if a == b || pets[a] == b || pets[b] == a || pets[a] != "" && pets[a] == pets[b] {
		return true
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(a) >= 3 && strings.HasPrefix(b, a) || len(a) == 1 && b[0] == a[0]
}

// theirNames are the words of the contact's name and company, folded.
func (d Draft) theirNames() []string {
	if d.Name == "" && d.Company == "" {
		return nil
	}
	return strings.FieldsFunc(folding.Fold(d.Name+" "+d.Company), notLetter)
}

// isTheirName tells whether a stemmed word is one of them.
func (c *judge) isTheirName(w string) bool {
	for _, own := range c.names {
		if len(own) >= 3 && strings.HasPrefix(own, w) && len(own)-len(w) < 4 {
			return true
		}
	}
	return false
}
