package store_test

import (
	"context"
	"testing"
	"time"

	"stoke/model"
	"stoke/store/storetest"
)

func person(t testing.TB, d *storetest.Desk, name, address string) model.Contact {
	t.Helper()
	c, err := d.AddContact(context.Background(), model.Contact{Name: name, Emails: []string{address}, Company: "Northwind"})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func letter(c model.Contact) model.Draft {
	return model.Draft{Contact: c.ID, Account: storetest.Account, To: []model.Address{{Name: c.Name, Addr: c.Email()}},
		Subject: "Docks", Body: "Hello " + c.FirstName() + ",\n\nshall we talk on Thursday?\n", Edited: true, BasedOn: c.FollowUp.AnswerID}
}

// send approves a letter to a contact as the rep would and gives the change and the mail.
func send(t testing.TB, d *storetest.Desk, c model.Contact) (model.Change, model.Outgoing) {
	t.Helper()
	change, out, err := d.Send(context.Background(), model.Approval{Draft: letter(c), Single: true})
	if err != nil {
		t.Fatal(err)
	}
	return change, out
}

func view(t testing.TB, d *storetest.Desk, v model.View) []model.Row {
	t.Helper()
	page, err := d.Rows(context.Background(), model.Query{View: v})
	if err != nil {
		t.Fatal(err)
	}
	return page.Rows
}

func TestASentMailMovesItsContactOn(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	if rows := view(t, d, model.ViewQueue); len(rows) != 1 || rows[0].Contact.ID != dana.ID {
		t.Fatalf("a new contact is not in the queue: %+v", rows)
	}

	change, out := send(t, d, dana)
	if out.State != model.Queued || change.Mail != out.ID || out.MessageID != "id000001@harbor.example" {
		t.Fatalf("queued %+v as change %+v", out, change)
	}
	if rows := view(t, d, model.ViewQueue); len(rows) != 0 {
		t.Errorf("the row is still in the queue: %+v", rows)
	}
	if rows := view(t, d, model.ViewWaiting); len(rows) != 1 || rows[0].Leaving != model.Queued {
		t.Errorf("the row is not waiting with its mail leaving: %+v", rows)
	}
	if got, err := d.Claim(ctx, storetest.Account, "a", true); got != nil || err != nil {
		t.Fatalf("claimed %v, %v inside the undo window", got, err)
	}

	d.Pass(9 * time.Second)
	if got, err := d.Claim(ctx, storetest.Account, "a", false); got != nil || err != nil {
		t.Fatalf("claimed %v, %v on a stale inbox", got, err)
	}
	got, err := d.Claim(ctx, storetest.Account, "a", true)
	if err != nil || got == nil || got.ID != out.ID || got.Owner != "a" || got.Date.IsZero() {
		t.Fatalf("claimed %+v, %v", got, err)
	}
	if err := d.Freeze(ctx, got.ID, "a", []byte("first"), 7); err != nil {
		t.Fatal(err)
	}
	if err := d.Freeze(ctx, got.ID, "a", []byte("second"), 9); err != nil {
		t.Fatal(err)
	}
	if err := d.Commit(ctx, got.ID, "a"); err != nil {
		t.Fatal(err)
	}
	sent, err := d.Settle(ctx, got.ID, "a", model.Result{Turn: model.TurnAccepted, Reply: "250 2.0.0 taken"})
	if err != nil || sent.State != model.Sent || sent.Reply != "250 2.0.0 taken" {
		t.Fatalf("settled %+v, %v", sent, err)
	}
	uncopied, err := d.Uncopied(ctx, storetest.Account)
	if err != nil || len(uncopied) != 1 || string(uncopied[0].Raw) != "first" || uncopied[0].SentNext != 7 {
		t.Fatalf("the first bytes were not kept: %+v, %v", uncopied, err)
	}
	if err := d.Copied(ctx, sent.ID); err != nil {
		t.Fatal(err)
	}
	if at, err := d.NextDue(ctx, storetest.Account); err != nil || !at.IsZero() {
		t.Errorf("something is still owed: %v, %v", at, err)
	}

	open, err := d.Open(ctx, dana.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(open.Interactions) != 1 || open.Interactions[0].MessageID != out.MessageID || open.Contact.FollowUp.Attempts != 1 ||
		open.Contact.FollowUp.Last.Kind != model.Mail || open.Draft != nil || len(open.Outbox) != 0 {
		t.Errorf("after the mail: %+v", open)
	}
	if _, _, err := d.Undo(ctx, change.ID); model.CodeOf(err) != model.Conflict {
		t.Errorf("undo of a sent mail: %v", err)
	}
}

func TestAMailTakenBackIsADraftAgain(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	draft, err := d.SaveDraft(ctx, letter(dana))
	if err != nil {
		t.Fatal(err)
	}
	change, _ := send(t, d, dana)
	if open, _ := d.Open(ctx, dana.ID); open.Draft != nil {
		t.Errorf("the draft did not leave with its mail: %+v", open.Draft)
	}
	if _, says, err := d.Undo(ctx, 0); err != nil || says == "" {
		t.Fatalf("undo: %q, %v", says, err)
	}
	open, err := d.Open(ctx, dana.ID)
	if err != nil || open.Draft == nil || open.Draft.Body != draft.Body || len(open.Outbox) != 0 {
		t.Fatalf("after undo: %+v, %v", open, err)
	}
	if open.Contact.FollowUp != dana.FollowUp {
		t.Errorf("the contact stands elsewhere:\n%+v\n%+v", open.Contact.FollowUp, dana.FollowUp)
	}
	if _, _, err := d.Undo(ctx, change.ID); model.CodeOf(err) != model.Conflict {
		t.Errorf("undo twice: %v", err)
	}
	if rows := view(t, d, model.ViewQueue); len(rows) != 1 {
		t.Errorf("the row did not come back: %+v", rows)
	}
}
