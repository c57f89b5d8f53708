package store_test

import (
	"context"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/signal"
	"stoke/store/storetest"
)

// form is a mail of the web site's form.
func form(d *storetest.Desk, id, body string, change ...func(*model.Inbound)) model.Inbound {
	in := model.Inbound{
		Header:  model.Header{At: d.Now(), MessageID: id, From: model.Address{Addr: "forms@acme.example"}, Subject: "Demo request"},
		Mailbox: "INBOX", Hash: "hash of " + id,
		Verdict: signal.Verdict{Kind: signal.List, Text: body},
	}
	for _, c := range change {
		c(&in)
	}
	return in
}

// A form mail makes an inquiry once, however often it is read, of somebody new and of somebody known; mails that no rule
// knows stay where they are.
func TestAFormMailMakesOneInquiry(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	rules := *d.Rules()
	rules.Leads = []model.LeadRule{{From: "forms@acme.example", Subject: "demo request", Kind: model.Demo}}
	d.SetRules(rules)
	if err := d.Follow(ctx, "rules", "heat"); err != nil {
		t.Fatal(err)
	}
	known := person(t, d, "Priya Raman", "priya@kestrel.example")
	if _, err := d.Suppress(ctx, "no@thanks.example", "asked so"); err != nil {
		t.Fatal(err)
	}
	batch := []model.Inbound{
		form(d, "1@site", "Name: Dana Whitfield\nEmail: dana@northwind.example\nCompany: Northwind\nMessage: Two depots.\n"),
		form(d, "2@site", "Email: priya@kestrel.example\nMessage: Is it still to be had?\n"),
		form(d, "3@site", "Name: Nobody\nMessage: call me\n"),
		form(d, "4@site", "Email: no@thanks.example\n"),
		form(d, "", "Email: bare@northwind.example\n"),
		form(d, "5@site", "Email: invoice@acme.example\n", func(in *model.Inbound) { in.Subject = "Invoice" }),
		form(d, "6@site", "Email: old@northwind.example\n", func(in *model.Inbound) { in.At = in.At.AddDate(0, 0, -60) }),
	}
	var heads []model.Header
	for _, in := range batch {
		heads = append(heads, in.Header)
	}
	worth, err := d.Interesting(ctx, storetest.Account, heads)
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range []bool{true, true, true, true, true, false, true} {
		if worth[n] != want {
			t.Errorf("mail %d is worth reading: %v", n, worth[n])
		}
	}
	for round := range 2 {
		got, err := d.Receive(ctx, storetest.Account, "INBOX", batch, model.Cursor{UIDValidity: 1, UIDNext: 10})
		if err != nil {
			t.Fatal(err)
		}
		if want := []int{5, 0}[round]; got.Matched != want {
			t.Errorf("round %d: %d mails matched, want %d", round, got.Matched, want)
		}
	}
	d.Pass(10 * time.Minute)
	page, err := d.Rows(ctx, model.Query{View: model.ViewQueue})
	if err != nil {
		t.Fatal(err)
	}
	why := map[string]string{}
	for _, r := range page.Rows {
		why[r.Contact.Email()] = r.Why(d.Now())
	}
	for _, address := range []string{"dana@northwind.example", "priya@kestrel.example", "bare@northwind.example"} {
		if why[address] != "asked for a demo 10 min ago · 50 min left of the first hour" {
			t.Errorf("%s stands in the queue with %q", address, why[address])
		}
	}
	found, err := d.Find(ctx, "dana@northwind.example")
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	dana, err := d.Open(ctx, found[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	if c := dana.Contact; c.Name != "Dana Whitfield" || c.Company != "Northwind" || len(dana.Interactions) != 1 || dana.Interactions[0].Text != "Two depots." || dana.Interactions[0].Account != storetest.Account {
		t.Errorf("stored is %+v with %+v", c, dana.Interactions)
	}
	if priya, err := d.Open(ctx, known.ID); err != nil || priya.Interactions[len(priya.Interactions)-1].Kind != model.Demo {
		t.Errorf("%v, %+v", err, priya.Interactions)
	}
	counts, err := d.Counts(ctx)
	if err != nil || counts.Unsorted != 1 {
		t.Errorf("%d to sort, want the one of long ago (%v)", counts.Unsorted, err)
	}
	// The answer to the form goes to the person, in a thread of its own.
	draft, err := d.Rules().Compose(dana, "", d.Now())
	if err != nil || draft.InReplyTo != "" || len(draft.To) != 1 || draft.To[0].Addr != "dana@northwind.example" {
		t.Errorf("%v, %+v", err, draft)
	}
}

// A rule takes nothing that is no form: not what the rep wrote to others, no report, and no mail of somebody known.
func TestARuleTakesFormsOnly(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	rules := *d.Rules()
	rules.Leads = []model.LeadRule{{From: storetest.Me.Addr, Kind: model.Demo}, {From: "forms@acme.example", Kind: model.Demo}, {From: "priya@kestrel.example", Kind: model.Demo}}
	d.SetRules(rules)
	if err := d.Follow(ctx, "rules", "heat"); err != nil {
		t.Fatal(err)
	}
	priya := person(t, d, "Priya Raman", "priya@kestrel.example")
	out := sent(t, d, priya)
	to := func(in *model.Inbound, addresses ...string) {
		in.To = nil
		for _, a := range addresses {
			in.To = append(in.To, model.Address{Addr: a})
		}
	}
	batch := []model.Inbound{
		form(d, "hand@me", "As I said, boss@kestrel.example knows more.\n", func(in *model.Inbound) {
			in.From.Addr, in.Own, in.Mailbox, in.Verdict.Kind = storetest.Me.Addr, true, "Sent", signal.Human
			to(in, "priya@kestrel.example")
		}),
		form(d, "own@site", "Email: dana@northwind.example\n", func(in *model.Inbound) {
			in.From.Addr, in.Own = storetest.Me.Addr, true
			to(in, storetest.Me.Addr)
		}),
		form(d, "priya@kestrel", "My colleague boss@kestrel.example asks, too.\n", func(in *model.Inbound) { in.From.Addr, in.Verdict.Kind = "priya@kestrel.example", signal.Human }),
		form(d, "bounce@acme", "nobody@x.example\n", func(in *model.Inbound) {
			in.Verdict = signal.Verdict{Kind: signal.Bounce, Severity: signal.Dead, Recipients: []string{"priya@kestrel.example"}, OriginalMessageID: out.MessageID}
		}),
	}
	if _, err := d.Receive(ctx, storetest.Account, "INBOX", batch, model.Cursor{UIDValidity: 1, UIDNext: 10}); err != nil {
		t.Fatal(err)
	}
	if all, err := d.Find(ctx, "boss@kestrel.example"); err != nil || len(all) != 0 {
		t.Errorf("somebody whom a mail only names is %+v (%v)", all, err)
	}
	if all, err := d.Find(ctx, "dana@northwind.example"); err != nil || len(all) != 1 {
		t.Errorf("the form that writes from the rep's address brought %+v (%v)", all, err)
	}
	now, err := d.Open(ctx, priya.ID)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[model.Kind]int{}
	for _, i := range now.Interactions {
		kinds[i.Kind]++
	}
	if kinds[model.Mail] < 2 || kinds[model.Bounce] != 1 || kinds[model.Demo] != 0 {
		t.Errorf("in Priya's thread stand %v", kinds)
	}
}

// Who was erased does not come back by an old form that is read again, but by a new one.
func TestAnErasedPersonComesBackByANewFormOnly(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	rules := *d.Rules()
	rules.Leads = []model.LeadRule{{From: "forms@acme.example", Kind: model.Demo}}
	d.SetRules(rules)
	receive := func(in model.Inbound) []model.Contact {
		t.Helper()
		if _, err := d.Receive(ctx, storetest.Account, "INBOX", []model.Inbound{in}, model.Cursor{UIDValidity: 1, UIDNext: 10}); err != nil {
			t.Fatal(err)
		}
		all, err := d.Find(ctx, "dana@northwind.example")
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	old := form(d, "1@site", "Name: Dana Whitfield\nEmail: dana@northwind.example\n")
	all := receive(old)
	if len(all) != 1 {
		t.Fatal(all)
	}
	d.Pass(time.Hour)
	if err := d.EraseContact(ctx, all[0].ID); err != nil {
		t.Fatal(err)
	}
	if all := receive(old); len(all) != 0 {
		t.Errorf("back are %+v", all)
	}
	d.Pass(time.Hour)
	if all := receive(form(d, "2@site", "Email: dana@northwind.example\n")); len(all) != 1 {
		t.Errorf("by a new form came %+v", all)
	}
}
