package model_test

import (
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/modeltest"
	"stoke/model/signal"
	"stoke/model/text"
)

// "From lead mail: rules in the config … read name, address and message out of a form mail" (DOMAIN.md, "Finding contacts").
// The forms are written after those that the usual tools send.
func TestAFormMailIsTakenApart(t *testing.T) {
	from := model.Address{Name: "Acme web site", Addr: "forms@acme.example"}
	rule := model.LeadRule{From: "forms@acme.example", Kind: model.Demo}
	for _, c := range []struct {
		name  string
		rule  model.LeadRule
		body  string
		reply model.Address
		want  model.Lead
	}{
		{"a line a field", rule, "Name: Dana Whitfield\nE-mail: Dana@Northwind.example\nCompany: Northwind Logistics\nPhone: +44 20 7946 0001\nMessage: Could we see it for two depots?\nWe have 40 drivers.\n", model.Address{},
			model.Lead{Name: "Dana Whitfield", Email: "dana@northwind.example", Company: "Northwind Logistics", Phone: "+44 20 7946 0001", Message: "Could we see it for two depots?\nWe have 40 drivers."}},
		{"the label above its value", rule, "First Name\nDana\n\nLast Name\nWhitfield\n\nWork email\n\ndana@northwind.example\n\nHow can we help?\nShow us the board.\n\nThanks\n", model.Address{},
			model.Lead{Name: "Dana Whitfield", Email: "dana@northwind.example", Message: "Show us the board.\n\nThanks"}},
		{"bold labels and a table", rule, "*Name:* Dana\n*Email:* <dana@northwind.example>\nBudget:\n10k\nCompany  Northwind\n| Phone | +44 20 |\n", model.Address{},
			model.Lead{Name: "Dana", Email: "dana@northwind.example", Company: "Northwind", Phone: "+44 20", Message: "Budget:\n10k"}},
		{"as mail programs write people", rule, "From: Dana Whitfield <dana@northwind.example>\nSubject: Rotas\n\nMessage Body:\nWhat does it cost?\n", model.Address{},
			model.Lead{Name: "Dana Whitfield", Email: "dana@northwind.example", Message: "What does it cost?\n\nSubject: Rotas"}},
		{"in German", rule, "Vorname: Jörg\nNachname: Weiß\nE-Mail-Adresse: joerg@werk.example\nFirma: Werk GmbH\nNachricht:\nWas kostet das?\n", model.Address{},
			model.Lead{Name: "Jörg Weiß", Email: "joerg@werk.example", Company: "Werk GmbH", Message: "Was kostet das?"}},
		{"in French", rule, "Nom : Inès Duarte\nCourriel : ines@mareverde.example\nSociété : Mareverde\nMessage : Bonjour\n", model.Address{},
			model.Lead{Name: "Inès Duarte", Email: "ines@mareverde.example", Company: "Mareverde", Message: "Bonjour"}},
		{"only where answers are wanted", rule, "Somebody asked:\n\nWhat does it cost?\n", model.Address{Name: "Dana Whitfield", Addr: "Dana@northwind.example"},
			model.Lead{Name: "Dana Whitfield", Email: "dana@northwind.example", Message: "Somebody asked:\nWhat does it cost?"}},
		{"somewhere in the text", rule, "New request by dana@northwind.example, sent from forms@acme.example to me@acme.example\n", model.Address{},
			model.Lead{Email: "dana@northwind.example", Message: "New request by dana@northwind.example, sent from forms@acme.example to me@acme.example"}},
		{"the house's own address is nobody", rule, "New enquiry for info@acme.example\nE-mail (required): 'dana@northwind.example'\nName: Dana\n", model.Address{Name: "Acme Sales", Addr: "sales@acme.example"},
			model.Lead{Name: "Dana", Email: "dana@northwind.example", Message: "New enquiry for info@acme.example"}},
		{"labels among the words of a message", rule, "Name: Dana\nEmail: dana@northwind.example <mailto:dana@northwind.example>\nMessage: We want:\nname: on each van\nmail: our boss first\nFrom: Monday on we have 40 drivers.\nEnd.\n---\nPage URL: https://acme.example/demo\n", model.Address{},
			model.Lead{Name: "Dana", Email: "dana@northwind.example", Message: "We want:\nname: on each van\nmail: our boss first\nFrom: Monday on we have 40 drivers.\nEnd.\n\n---\nPage URL: https://acme.example/demo"}},
		{"of two addresses the one that wants an answer", rule, "Message: Please contact my boss\nEmail: boss@other.example\nEmail: dana@northwind.example\n", model.Address{Addr: "dana@northwind.example"},
			model.Lead{Email: "dana@northwind.example", Message: "Please contact my boss"}},
		{"fields left empty", rule, "Name: Dana\nPhone:\nPage URL: https://acme.example\nCompany:\n\nEmail: dana@northwind.example\n", model.Address{},
			model.Lead{Name: "Dana", Email: "dana@northwind.example", Message: "Page URL: https://acme.example"}},
		{"fields of its own", model.LeadRule{From: from.Addr, Kind: model.Pricing, Labels: model.Labels{Email: "Where to write", Message: "Wish"}}, "Name: Dana\nWhere to write: dana@northwind.example\nWish: 40 seats\n", model.Address{},
			model.Lead{Name: "Dana", Email: "dana@northwind.example", Message: "40 seats"}},
		{"what a person types is no label", rule, "Name: Dana\nEmail: dana@northwind.example\nMessage: Name: the price.\nCompany: later\n", model.Address{},
			model.Lead{Name: "Dana", Email: "dana@northwind.example", Company: "later", Message: "Name: the price."}},
		{"what a terminal obeys", rule, "Name: Da\x1b[31mna\u202e\nEmail: dana@northwind.example\n", model.Address{},
			model.Lead{Name: "Dana", Email: "dana@northwind.example"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := model.Inbound{Header: model.Header{From: from, Subject: "Demo request"}, Verdict: signal.Verdict{Kind: signal.List, Text: c.body}}
			if c.reply.Addr != "" {
				in.ReplyTo = []model.Address{c.reply}
			}
			c.want.Kind = c.rule.Kind
			if got, ok := c.rule.Read(in, []string{"me@acme.example"}); !ok || got != c.want {
				t.Errorf("\ngot  %+v (%v)\nwant %+v", got, ok, c.want)
			}
		})
	}
	for name, in := range map[string]model.Inbound{
		"nobody":                {Verdict: signal.Verdict{Kind: signal.Human, Text: "Name: Dana\nMessage: call me\n"}},
		"the rep":               {Verdict: signal.Verdict{Kind: signal.Human, Text: "Email: me@acme.example\n"}},
		"whoever runs the form": {Verdict: signal.Verdict{Kind: signal.Human, Text: "Name: Dana\nQuestions? help@acme.example\n"}},
		"one of two":            {Verdict: signal.Verdict{Kind: signal.Human, Text: "Dana asked (dana@northwind.example). Questions? help@typeform.example\n"}},
	} {
		in.From = from
		if got, ok := rule.Read(in, []string{"me@acme.example"}); ok {
			t.Errorf("%s: read %+v", name, got)
		}
	}
}

// A rule knows its form by the sender and the subject; an answer and a mail of our own is none.
func TestWhichMailsAreForms(t *testing.T) {
	b := model.Rulebook{Leads: []model.LeadRule{
		{From: "forms@acme.example", Subject: "Demo request", Kind: model.Demo}, {From: "@forms.example", Kind: model.Inquiry},
	}}
	mail := func(from, subject string) model.Header {
		return model.Header{From: model.Address{Addr: from}, Subject: subject}
	}
	answer, ours := mail("forms@acme.example", "Demo request"), mail("forms@acme.example", "Demo request")
	answer.InReplyTo, ours.StokeID = "x@acme.example", "1"
	for _, c := range []struct {
		h    model.Header
		want model.Kind
	}{
		{mail("Forms@acme.example", "New DEMO REQUEST from the site"), model.Demo},
		{mail("forms@acme.example", "Invoice"), ""},
		{mail("else@acme.example", "Demo request"), ""},
		{mail("any@forms.example", ""), model.Inquiry},
		{mail("any@otherforms.example", ""), ""},
		{mail("any@sub.forms.example", ""), ""},
		{answer, ""}, {ours, ""},
	} {
		if r, _ := b.LeadRule(c.h); r.Kind != c.want {
			t.Errorf("%s %q: %q, want %q", c.h.From.Addr, c.h.Subject, r.Kind, c.want)
		}
	}
}

// What a mail server reports is no form, nor what the rep writes to others, though a form may write from the rep's address.
func TestAFormIsNoReportAndNoMailOfTheRep(t *testing.T) {
	own := []string{"me@acme.example"}
	mail := func(kind signal.Kind, mine bool, to ...string) model.Inbound {
		in := model.Inbound{Own: mine, Verdict: signal.Verdict{Kind: kind}}
		for _, a := range to {
			in.To = append(in.To, model.Address{Addr: a})
		}
		return in
	}
	for _, c := range []struct {
		in   model.Inbound
		want bool
	}{
		{mail(signal.Human, false, "sales@acme.example"), true}, {mail(signal.AutoReply, false), true}, {mail(signal.Human, true, "Me@acme.example"), true},
		{mail(signal.Bounce, false), false}, {mail(signal.Complaint, false), false}, {mail(signal.Human, true, "me@acme.example", "priya@kestrel.example"), false},
	} {
		if got := c.in.IsForm(own); got != c.want {
			t.Errorf("%+v is a form: %v", c.in, got)
		}
	}
}

// A visitor can send any number of lines.
func TestAHugeFormIsReadSoon(t *testing.T) {
	rule := model.LeadRule{From: "forms@acme.example", Kind: model.Demo}
	for _, line := range []string{"a\n", "\n", "Name: x\n", "a@b.example\n", "Email: a@b.example\n", "| x |\n"} {
		in := model.Inbound{Header: model.Header{From: model.Address{Addr: "forms@acme.example"}}, Verdict: signal.Verdict{Text: "Message:\n" + strings.Repeat(line, 250_000/len(line))}}
		most := modeltest.Within(100 * time.Millisecond)
		if took := modeltest.Quickest(most, func() { rule.Read(in, nil) }); took > most {
			t.Errorf("many of %q took %v", line, took)
		}
	}
}

// A form read late, or twice, stops and wakes nobody, and takes nothing from the hour that runs.
func TestAFormOfBeforeIsHistory(t *testing.T) {
	lead := model.Lead{Kind: model.Demo, Message: "Two depots."}
	asks := func(s *story, at time.Time) model.Outcome {
		o, err := s.b.Asked(s.d, lead, model.Inbound{Header: model.Header{At: at}}, s.now)
		if err != nil {
			s.t.Fatal(err)
		}
		s.apply(o)
		return o
	}
	s := newStory(t)
	asks(s, s.now.Add(-20*time.Minute))
	due := s.place().DueAt
	asks(s, s.now.AddDate(0, 0, -60))
	want(s, "after an older form, due", s.place().DueAt, due)
	want(s, "after another form, the news", asks(s, s.now.Add(-time.Minute)).Says, "Dana asked for a demo")
	want(s, "and due", s.place().DueAt, due)

	s = newStory(t)
	s.do(model.Enrol{Sequence: "sales"})
	o := asks(s, s.now.AddDate(0, 0, -60))
	want(s, "sequence", s.d.Contact.FollowUp.Enrolment.Sequence, "sales")
	want(s, "cancel and news", o.Cancel+o.Says, "")
	s.do(model.Retire{Reason: model.ReasonNoFit})
	asks(s, s.now.AddDate(-2, 0, 0))
	want(s, "live", s.d.Contact.FollowUp.Live(s.now), false)

	s = newStory(t)
	s.sends()
	want(s, "answered since", asks(s, s.now.Add(-time.Hour)).Says, "")
}

// "make an inquiry whose hour is running": that of the moment at which the form came. A form of long ago is history.
func TestAFormMakesAnInquiryWhoseHourRuns(t *testing.T) {
	s := newStory(t)
	s.d.Contact.FollowUp = model.FollowUp{}
	in := model.Inbound{Header: model.Header{At: s.now.Add(-20 * time.Minute), Subject: "Demo request"}, Account: "work"}
	o, err := s.b.Asked(s.d, model.Lead{Kind: model.Demo, Message: "For two depots."}, in, s.now)
	if err != nil {
		t.Fatal(err)
	}
	s.apply(o)
	s.now = at("2026-11-23 09:05")
	want(s, "the news", o.Says, "Dana asked for a demo")
	want(s, "the words", o.Add[0].Text, "For two depots.")
	want(s, "kind", s.place().Kind, model.TouchInquiry)
	want(s, "due", s.place().DueAt.In(berlin), at("2026-11-23 09:40"))
	if o.Add[0].MessageID != "" {
		t.Error("a draft would answer the form")
	}

	old := newStory(t)
	old.d.Contact.FollowUp = model.FollowUp{}
	in.At = old.now.AddDate(0, 0, -30)
	if o, err = old.b.Asked(old.d, model.Lead{Kind: model.Demo}, in, old.now); err != nil {
		t.Fatal(err)
	}
	old.apply(o)
	old.stands(model.ViewUnsorted, 0, "")
	want(old, "news", o.Says, "")
	want(old, "history", len(o.Add), 1)
}

// Whatever a form says, what is taken from it is fit for a screen, and it has an address or is none.
func FuzzFormMail(f *testing.F) {
	for _, s := range []string{"Name: Dana\nEmail: dana@northwind.example\nMessage: x\n", "| Phone | +1 |\nE-Mail\n\na@b.example", ":\n: :\n@\nname:\x1b]0;x\a"} {
		f.Add(s)
	}
	rule := model.LeadRule{From: "forms@acme.example", Kind: model.Demo, Labels: model.Labels{Name: "Who"}}
	f.Fuzz(func(t *testing.T, body string) {
		in := model.Inbound{Header: model.Header{From: model.Address{Addr: "forms@acme.example"}}, Verdict: signal.Verdict{Kind: signal.Human, Text: text.Clean(body)}}
		lead, ok := rule.Read(in, nil)
		if ok != (lead.Email != "") || lead.Email != strings.ToLower(lead.Email) || ok && !strings.Contains(lead.Email, "@") {
			t.Errorf("%q: %+v, %v", body, lead, ok)
		}
		for _, s := range []string{lead.Name, lead.Company, lead.Phone} {
			if s != text.Line(s) || len(s) > 2000 {
				t.Errorf("%q gives %q", body, s)
			}
		}
		if lead.Message != text.Clean(lead.Message) || len(lead.Message) > len(text.Clean(body))+1 {
			t.Errorf("%q gives the message %q", body, lead.Message)
		}
	})
}
