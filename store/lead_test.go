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
