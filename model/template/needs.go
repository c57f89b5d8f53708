package template

import "fmt"

// need is something that a template may speak of as having happened.
type need struct {
	word string // in front matter
	says string // in a sentence: "speaks of a talk"
}

// needs stand from the general to the particular: where two templates fit, the one that says more of what happened is taken.
var needs = []need{
	{"mailed", "an earlier mail of yours"},
	{"exchange", "words that you exchanged"},
	{"quiet", "a quiet month"},
	{"deal", "an open deal"},
	{"talk", "a talk"},
	{"event", "an event"},
	{"met", "a meeting in person"},
	{"download", "a download"},
	{"proposal", "a proposal"},
	{"inquiry", "an inquiry"},
	{"purchase", "a purchase"},
	{"not-now", "a \"not now\""},
	{"referral", "somebody who sent them to you"},
}

// Needs are the words that front matter can name behind "needs", the general before the particular.
func Needs() []string {
	all := make([]string, len(needs))
	for i, n := range needs {
		all[i] = n.word
	}
	return all
}

// Untrue says that a template speaks of something that never happened with a contact.
func (t Template) Untrue() string {
	for _, n := range needs {
		if n.word == t.Needs {
			return fmt.Sprintf("%q speaks of %s, and none is known of late", t.Name, n.says)
		}
	}
	return ""
}
