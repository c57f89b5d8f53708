package store_test

import (
	"context"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/sequence"
	"stoke/store/storetest"
)

func TestACompanyIsItsNameAndItsDomain(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	add := func(c model.Contact) int64 {
		t.Helper()
		added, err := d.AddContact(ctx, c)
		if err != nil {
			t.Fatal(err)
		}
		return added.ID
	}
	dana := add(model.Contact{Name: "Dana", Company: "Northwind", Emails: []string{"dana@northwind.example"}})
	add(model.Contact{Name: "Marta", Company: "NORTHWIND", Emails: []string{"marta@other.example"}})
	add(model.Contact{Name: "Nils", Emails: []string{"nils@northwind.example"}})
	alone := add(model.Contact{Name: "Gail", Emails: []string{"gail@gmail.com"}})
	add(model.Contact{Name: "Gus", Emails: []string{"gus@gmail.com"}})
	if _, err := d.Do(ctx, model.Log{Kind: model.Call, Note: "racks"}, dana); err != nil {
		t.Fatal(err)
	}
	company, err := d.Company(ctx, dana)
	if err != nil || company.Name != "Northwind" || len(company.People) != 3 || company.People[0].Contact.Name != "Dana" {
		t.Errorf("%s with %d people, %v", company.Name, len(company.People), err)
	}
	if company, err = d.Company(ctx, alone); err != nil || len(company.People) != 1 {
		t.Errorf("at a free mail provider nobody is a colleague: %d people, %v", len(company.People), err)
	}
	if _, err = d.Company(ctx, 999); model.CodeOf(err) != model.NotFound {
		t.Errorf("of nobody: %v", err)
	}
}

// "After a morning list 'going today' in which one key holds it", once a day, also after a restart.
func TestTheMorningListIsNewOnceADay(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	own := *d.Rules()
	own.Sequences = own.Sequences.With(sequence.Sequence{Name: "own", Kind: "sales", Auto: true, Steps: []sequence.Step{{Wait: 1, Channel: "mail"}}})
	d.SetRules(own)
	c, err := d.AddContact(ctx, model.Contact{Name: "Dana", Emails: []string{"dana@northwind.example"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []model.Verb{model.Log{Kind: model.Call}, model.Enrol{Sequence: "own"}} {
		if _, err := d.Do(ctx, v, c.ID); err != nil {
			t.Fatal(err)
		}
	}
	look := func(going int, first bool) {
		t.Helper()
		m, err := d.Morning(ctx)
		if err != nil || len(m.Going) != going || m.First != first {
			t.Errorf("%d going, first %v, %v; wanted %d, %v", len(m.Going), m.First, err, going, first)
		}
	}
	look(0, false)
	d.Pass(18 * time.Hour)
	look(1, true)
	look(1, false)
	d.Reopen()
	look(1, false)
	if _, err := d.Do(ctx, model.HoldStep{Why: model.HeldByHand}, c.ID); err != nil {
		t.Fatal(err)
	}
	look(0, false)
	if queued, err := d.Auto(ctx); err != nil || queued != 0 {
		t.Errorf("held, and %d are queued, %v", queued, err)
	}
	if _, _, err := d.Undo(ctx, 0); err != nil {
		t.Fatal(err)
	}
	look(1, false)
}

// "By heat, then newest reply."
func TestPeopleToSortComeByHeatThenNewestReply(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	storetest.Seed(t, d, 400, 2)
	rows := all(t, d, model.ViewUnsorted)
	if len(rows) < 5 {
		t.Fatalf("only %d are unsorted", len(rows))
	}
	for i := 1; i < len(rows); i++ {
		if a, b := rows[i-1], rows[i]; a.Contact.FollowUp.Heat < b.Contact.FollowUp.Heat*0.999 {
			t.Errorf("%f before %f", a.Contact.FollowUp.Heat, b.Contact.FollowUp.Heat)
		}
	}
	change, err := d.Do(ctx, model.Keep{}, ids(rows)[:5]...)
	if err != nil || len(change.Steps) != 5 {
		t.Fatal(change, err)
	}
	for _, id := range ids(rows)[:5] {
		if got, err := d.Open(ctx, id); err != nil || got.Contact.FollowUp.Next.Kind != model.TouchReply && !got.Contact.FollowUp.Next.ReadyAt.After(d.Now()) {
			t.Errorf("kept together, %d is due at once, %v", id, err)
		}
	}
}
