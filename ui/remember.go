package ui

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/ui/frame"
	"stoke/ui/keys"
)

// answers are what the rep wrote into the blanks of the last mail.
type answers struct {
	contact int64
	facts   map[string]string
}

// offerKeeping offers to keep what was filled into the blanks of a mail that
// was just queued, so that no draft to this contact asks for it again.
func (r *Root) offerKeeping(m sentMsg) {
	r.answers = answers{m.contact, m.change.Filled}
	key, bound := r.o.Keys.Find(keys.Remember)
	if len(m.change.Filled) == 0 || !bound {
		return
	}
	var names []string
	for _, fact := range slices.Sorted(maps.Keys(m.change.Filled)) {
		names = append(names, strings.ReplaceAll(strings.TrimPrefix(fact, "fields."), "_", " "))
	}
	what := frame.Plain(strings.Join(names, ", "))
	if frame.Width(what) > 18 {
		what = fmt.Sprintf("%d answers", len(names))
		if len(names) == 1 {
			what = "your answer"
		}
	}
	r.toast.way = key.Keys[0] + " keeps " + what
}

// keepAnswers keeps them on the contact they were written to.
func (r *Root) keepAnswers() tea.Cmd {
	a := r.answers
	if len(a.facts) == 0 {
		return r.say(toastWarn, "The last mail had no blank whose answer could be kept.")
	}
	r.answers = answers{}
	return doVerb(r.o, model.Remember{Facts: a.facts}, []int64{a.contact}, false)
}
