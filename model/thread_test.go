package model_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/template"
)

// A follow-up stays in its thread: it answers the newest mail, names the whole chain, bears the subject of the first mail
// whatever later ones were called, and leaves through the account that received.
func TestADraftStaysInItsThread(t *testing.T) {
	s := newStory(t)
	s.b.Templates = must(template.Starter())
	s.b.Accounts = []string{"acme", "field"}
	mail := func(id, answers, subject, account string, own bool) {
		s.later(time.Hour)
		in := model.Inbound{Header: model.Header{At: s.now, MessageID: id, InReplyTo: answers, Subject: subject, From: model.Address{Addr: "dana@northwind.example"}}, Account: account, Own: own}
		in.Verdict.Kind, in.Verdict.Text = "human", "Words."
		s.apply(s.b.Receive(s.d, in, s.now))
	}
	mail("1@acme.test", "", "Pricing: 40 seats", "acme", true)
	mail("2@northwind.example", "1@acme.test", "AW: Pricing: 40 seats", "field", false)
	mail("3@acme.test", "2@northwind.example", "Re: AW: Pricing: 40 seats", "field", true)
	mail("4@northwind.example", "3@acme.test", "Antw: another matter", "field", false)
	draft, err := s.b.Compose(s.d, "", s.now)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"1@acme.test", "2@northwind.example", "3@acme.test", "4@northwind.example"}; draft.InReplyTo != want[3] || !slices.Equal(draft.References, want) {
		t.Errorf("answers %s, references %v", draft.InReplyTo, draft.References)
	}
	if draft.Subject != "Re: Pricing: 40 seats" || draft.Account != "field" {
		t.Errorf("subject %q, from the account %q", draft.Subject, draft.Account)
	}

	// A thread of years keeps its first mail and the newest; one whose ids go round in a circle ends.
	s = newStory(t)
	s.b.Templates = must(template.Starter())
	last := ""
	for i := range 60 {
		id := fmt.Sprintf("%d@northwind.example", i)
		mail(id, last, "Re: seats", "acme", i%2 == 1)
		last = id
	}
	if draft, err = s.b.Compose(s.d, "", s.now); err != nil || len(draft.References) > 20 || draft.References[0] != "0@northwind.example" || draft.References[len(draft.References)-1] != last {
		t.Errorf("%d references, %v, %v", len(draft.References), draft.References, err)
	}
	s.d.Interactions[0].InReplyTo = last
	if draft, err = s.b.Compose(s.d, "", s.now); err != nil || draft.InReplyTo != last {
		t.Errorf("in a circle: %q, %v", draft.InReplyTo, err)
	}
}

// A subject or a name of the contact is data: it adds no header, and its braces are no blank that the rep could not fill.
func TestTheSubjectOfTheirMailIsData(t *testing.T) {
	for subject, want := range map[string]string{
		"{{ask.x}}":                     "Re: { {ask.x}}",
		"Seats\r\nBcc: a@evil.example":  "Re: Seats Bcc: a@evil.example",
		"a\x1b]0;x\x07b":                "Re: a]0;xb",
		"re: RE: Fwd: WG:  hello there": "Re: hello there",
		"שלום":                          "Re: שלום",
	} {
		s := newStory(t)
		s.b.Templates = must(template.Starter())
		s.writes("Hello?", func(in *model.Inbound) { in.Subject = subject })
		draft, err := s.b.Compose(s.d, "After the meeting", s.now)
		if err != nil || draft.Subject != want || len(draft.Blanks()) > 0 {
			t.Errorf("%q became %q with the blanks %q, %v", subject, draft.Subject, draft.Blanks(), err)
		}
	}
}

// The step of a sequence can be a call: what is said on the phone is never offered as a mail.
func TestAScriptIsNoMail(t *testing.T) {
	s := newStory(t)
	s.b.Templates = must(template.Starter())
	s.do(model.Log{Kind: model.Demo})
	s.d.Contact.FollowUp.Next = model.Touch{Kind: model.TouchStep, Sequence: "sales", Step: 2, Of: 5, Channel: "call", Template: "Call about the next step"}
	draft, err := s.b.Compose(s.d, "", s.now)
	if err != nil {
		t.Fatal(err)
	}
	if tpl, ok := s.b.Templates.Find(draft.Template); !ok || tpl.Channel != "mail" {
		t.Errorf("the draft is made from %q:\n%s", draft.Template, draft.Body)
	}
	s.d.Contact.FollowUp.Next.Channel, s.d.Contact.FollowUp.Next.Template = "mail", "What stands in the way"
	b := must(template.Parse("b.md", []byte("---\nname: What stands in the way\nvariant: B\nkind: sales\nstep: 3\nsubject: x\n---\nHi {{ first_name }}")))
	for id := int64(1); id <= 4; id++ {
		t := &story{t: t, b: s.b, d: s.d, now: s.now}
		t.b.Templates, t.d.Contact.ID = s.b.Templates.With(b), id
		t.d.Contact.FollowUp.Next.Template = "What stands in the way (B)"
		if draft, err := t.b.Compose(t.d, "", t.now); err != nil || draft.Template != "What stands in the way (B)" || draft.WhyTemplate != "it is named by step 2 of sales, variant B of 2" {
			t.t.Errorf("%q, %q, %v", draft.Template, draft.WhyTemplate, err)
		}
	}
	if draft, err = s.b.Compose(s.d, "", s.now); err != nil || draft.Template != "What stands in the way" || draft.WhyTemplate != "it is named by step 2 of sales" {
		t.Errorf("%q, %q, %v", draft.Template, draft.WhyTemplate, err)
	}
}
