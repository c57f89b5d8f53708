package sample_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/sample"
)

var (
	nudges = regexp.MustCompile(`(?i)checking in|touch(ing)? base|circl(e|ing) back|bump(ing)? this|any updates?|hope this (finds|mail)|did you see my`)
	blanks = regexp.MustCompile(`\{\{[a-z_]+\.?[a-z_0-9]*\}\}`)
	// seams are what an empty merge leaves behind. Quoted words are the contact's own.
	seams  = regexp.MustCompile(`[^ ]  [^ ]| [,.;:!?]|,,|\.\.|\( ?\)|""|^\s*[,.;]|[a-z]\.[A-Z]|\(,`)
	quoted = regexp.MustCompile(`"[^"]*"|(?m)^> .*$`)
)

// Every starter template is filled for every person of the demo, at several moments: nothing is missing in silence, no
// blank can be overlooked, and no mail begs.
func TestEveryStarterFitsEveryPerson(t *testing.T) {
	b := rulebook(t)
	for _, now := range []time.Time{
		time.Date(2026, 11, 23, 9, 41, 0, 0, berlin), time.Date(2026, 11, 29, 15, 0, 0, 0, berlin), time.Date(2027, 3, 28, 2, 30, 0, 0, berlin),
	} {
		for _, d := range sample.People(b, now, 1, 90) {
			for _, tpl := range b.Templates.List() {
				draft, err := b.Compose(d, tpl.Key(), now)
				if err != nil {
					t.Errorf("%s for %s: %v", tpl.File, d.Contact.Name, err)
					continue
				}
				text := draft.Subject + "\n" + draft.Body
				if rest := blanks.ReplaceAllString(text, ""); strings.Contains(rest, "{{") || strings.Contains(rest, "{%") || strings.Contains(rest, "}}") {
					t.Errorf("%s for %s: a tag is left in\n%s", tpl.File, d.Contact.Name, text)
				}
				if len(blanks.FindAllString(text, -1)) < len(draft.Blanks()) {
					t.Errorf("%s for %s: a blank is not to be seen in\n%s", tpl.File, d.Contact.Name, text)
				}
				if len(draft.Blanks()) > 0 {
					draft.To = []model.Address{{Addr: d.Contact.Email()}}
					if err := b.Gate(d, model.Approval{Draft: draft, Force: true}, now); model.CodeOf(err) != model.GateBlank {
						t.Errorf("%s for %s: a mail with a blank may leave: %v", tpl.File, d.Contact.Name, err)
					}
				}
				if said := nudges.FindString(text); said != "" {
					t.Errorf("%s for %s says %q", tpl.File, d.Contact.Name, said)
				}
				for line := range strings.SplitSeq(quoted.ReplaceAllString(draft.Body, `"…"`), "\n") {
					if seam := seams.FindString(line); seam != "" {
						t.Errorf("%s for %s: an empty merge shows as %q in %q", tpl.File, d.Contact.Name, seam, line)
					}
				}
				if d.Contact.FirstName() != "" && !strings.Contains(draft.Body, d.Contact.FirstName()) {
					t.Errorf("%s for %s greets nobody:\n%s", tpl.File, d.Contact.Name, draft.Body)
				}
			}
		}
	}
}
