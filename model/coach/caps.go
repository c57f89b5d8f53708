package coach

import (
	"fmt"
	"strings"
	"unicode"
)

// shouts are short words that people shout; other short words in capitals are names and abbreviations.
var shouts = set("free now act best deal sale save win not very all only must yes no buy get new today last big top stop why hot offer hurry urgent the and you your for this that with are our")

// abbreviated are long ones that are written so.
var abbreviated = set("gdpr hipaa https unesco nasdaq nafta ofcom tupac saas paas iaas laser ebitda codeql mysql nosql ascii utf8 wysiwyg")

// caps looks for words in capitals.
func (c *judge) caps() {
	n, said, place := 0, "", Place{}
	note := func(s string, p Place) {
		if c.isShout(s) {
			if n++; n == 1 {
				said, place = s, p
			}
		}
	}
	for i, w := range c.text.words {
		if !w.quoted && !w.frame {
			note(c.text.at(i), body(w.from, w.to))
		}
	}
	at := 0
	for w := range strings.FieldsSeq(c.Subject) {
		at += strings.Index(c.Subject[at:], w)
		a, b := core(w)
		note(w[a:b], Place{InSubject, at + a, at + b})
		at += len(w)
	}
	if n == 0 {
		return
	}
	c.say(Hint{Check: Caps, Level: Warn, Place: place, Source: house, Figure: plural(n, "word") + " in capitals; none",
		Message: fmt.Sprintf("“%s” shouts: write it in small letters.", shortened(said))})
}

func (c *judge) isShout(s string) bool {
	letters := 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			letters++
		case unicode.IsLower(r), unicode.IsDigit(r), r == '.', r == '&', r == '_', r == '@', r == '/':
			return false
		}
	}
	if letters < 2 || len(s) > 60 {
		return false
	}
	small := strings.ToLower(s)
	if letters < 5 && !shouts[small] || abbreviated[small] {
		return false
	}
	if strings.Contains(strings.ToUpper(c.Company+" "+c.Name), s) && strings.Contains(c.Company+" "+c.Name, s) {
		return false // they write themselves so
	}
	for _, last := range c.Last {
		if len(last) < remembered && strings.Contains(last, s) {
			return false // and so do they
		}
	}
	return true
}
