package model_test

import (
	"strings"
	"testing"

	"stoke/model"
	"stoke/model/template"
)

// The address and the way out that a law asks for stand below mail of a sequence, and below no other.
func TestTheFooterStandsBelowSequenceMailOnly(t *testing.T) {
	s := newStory(t)
	s.b.Templates = must(template.Starter())
	s.b.Footer = "Reply \"unsubscribe\" and you hear nothing more.\nAcme, 1 Canal Street"
	s.b.Signatures = map[string]string{"acme": "Robin Vale\nAcme"}
	leaves := func(change func(*model.Draft)) (model.Outgoing, model.Interaction) {
		t.Helper()
		a := s.approval()
		change(&a.Draft)
		o, _, err := s.b.Dispatch(s.d, a, model.Envelope{MessageID: "x"}, s.now)
		if err != nil {
			t.Fatal(err)
		}
		return o, s.b.Left(s.d, o, s.now, s.now, "").Add[0]
	}
	body := s.approval().Draft.Body
	const signature = "\n\n-- \nRobin Vale\nAcme"
	if o, i := leaves(func(*model.Draft) {}); o.Text != body+signature || i.Text != body {
		t.Errorf("a mail by hand: %q, kept as %q", o.Text, i.Text)
	}
	if o, i := leaves(func(d *model.Draft) { d.Sequence, d.Step = "sales", 1 }); o.Text != body+signature+"\n\n"+s.b.Footer || i.Text != body {
		t.Errorf("a mail of a sequence: %q, kept as %q", o.Text, i.Text)
	}
	if o, _ := leaves(func(d *model.Draft) { d.Sequence, d.Body = "sales", body+"\n\n"+s.b.Footer }); strings.Count(o.Text, "Canal Street") != 1 {
		t.Errorf("what stands there already is not put there again: %q", o.Text)
	}
	s.b.Signatures = nil
	if o, i := leaves(func(d *model.Draft) { d.Sequence = "sales" }); o.Text != body+"\n\n-- \n"+s.b.Footer || i.Text != body {
		t.Errorf("without a signature: %q, kept as %q", o.Text, i.Text)
	}
	s.b.Footer = ""
	if o, _ := leaves(func(d *model.Draft) { d.Sequence = "sales" }); o.Text != body {
		t.Errorf("no footer is set: %q", o.Text)
	}
}
