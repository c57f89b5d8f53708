package model

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"stoke/model/template"
)

// Offer is a template as it would be for one contact.
type Offer struct {
	Template template.Template
	Draft    Draft  // filled, blanks as blanks
	Why      string // why it is offered first, or why it cannot be filled; "" for the others
	Tried    Tried  // how it has done so far
}

// Tried is how a template has done: of the mails made from it that arrived, how many got an answer before the rep wrote
// again.
type Tried struct {
	Sent     int // delivered: what bounced does not count
	Answered int
}

// FewTries is the number of mails below which a share says nothing.
const FewTries = 30

// Few tells whether there are too few mails to compare.
func (t Tried) Few() bool { return t.Sent < FewTries }

// Says is how a template has done, in words.
func (t Tried) Says() string {
	says := fmt.Sprintf("%d sent, %d answered", t.Sent, t.Answered)
	if t.Few() {
		return says + ", too few to compare"
	}
	return fmt.Sprintf("%s (%.0f %%)", says, 100*float64(t.Answered)/float64(t.Sent))
}

// Offers are all mail templates as they would be for a contact, the best first, then by fit. One that cannot be filled
// says so instead of a draft.
func (b Rulebook) Offers(d Dossier, now time.Time) ([]Offer, error) {
	best, why, err := b.choose(d, "", now)
	if err != nil {
		return nil, err
	}
	ranked := b.Templates.Rank(b.want(d, now))
	if at := slices.IndexFunc(ranked, func(t template.Template) bool { return t.Key() == best.Key() }); at > 0 {
		ranked = slices.Insert(slices.Delete(ranked, at, at+1), 0, best)
	}
	offers := make([]Offer, len(ranked))
	for i, t := range ranked {
		offers[i].Template = t
		if t.Key() == best.Key() {
			offers[i].Why = why
		}
		if offers[i].Draft, err = b.Compose(d, t.Key(), now); err != nil {
			offers[i].Why = err.Error()
		}
	}
	return offers, nil
}

// madeFrom is the template that a draft counts for: the one it was filled from, as long as at least half of its text still
// stands there, counted by whole lines. What the rep wrote anew is not the template's merit.
func (b Rulebook) madeFrom(d Dossier, draft Draft, now time.Time) string {
	if draft.Template == "" || !draft.Edited {
		return draft.Template
	}
	made, err := b.Compose(d, draft.Template, now)
	if err != nil {
		return ""
	}
	written := strings.Split(draft.Body, "\n")
	all, left := 0, 0
	for line := range strings.SplitSeq(made.Body, "\n") {
		if strings.TrimSpace(line) == "" || len(template.Blanks(line)) > 0 {
			continue
		}
		if all += len(line); slices.Contains(written, line) {
			left += len(line)
		}
	}
	if 2*left < all {
		return ""
	}
	return draft.Template
}
