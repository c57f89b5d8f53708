package store_test

import (
	"context"
	"testing"
	"time"

	"stoke/model"
	"stoke/store/storetest"
)

// A laptop that was closed over the weekend, or a backup that was put back, must not send what nobody expects any more.
func TestAfterDaysOfflineNothingLeavesByItself(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	_, o := send(t, d, dana)
	d.Pass(50 * time.Hour)
	if got, err := d.Claim(ctx, storetest.Account, owner, true); err != nil || got != nil {
		t.Fatalf("claimed %+v, %v", got, err)
	}
	o, err := d.Outgoing(ctx, o.ID)
	if err != nil || o.State != model.Failed || o.Error == "" {
		t.Fatalf("%+v, %v", o, err)
	}
	if n, err := d.Counts(ctx); err != nil || n.Ask != 1 {
		t.Errorf("the rep is not asked: %+v, %v", n, err)
	}
	if _, err := d.Judge(ctx, o.ID, model.TurnAgain); err != nil {
		t.Fatal(err)
	}
	if got, err := d.Claim(ctx, storetest.Account, owner, true); err != nil || got == nil || got.ID != o.ID {
		t.Errorf("the rep says again, and it does not leave: %+v, %v", got, err)
	}
}

func TestTheRepsOtherAccountIsNotTheContact(t *testing.T) {
	d := storetest.Open(t)
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	o := sent(t, d, dana)
	d.Pass(time.Hour)
	mine := reply(dana, "own@harbor.example", d.Now(), "One thing I forgot.")
	mine.From, mine.To, mine.InReplyTo = storetest.Me, []model.Address{{Addr: dana.Email()}}, o.MessageID
	mine.Own = false // the mailbox that it lies in is that of another account
	if got := receive(t, d, mine); got.Replies != 0 {
		t.Errorf("the rep answered the rep: %+v", got)
	}
}

// A mail that is taken back when its contact has a new draft must not be lost to sight.
func TestTheTextOfAMailTakenBackIsSomewhere(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	change, o := send(t, d, dana)
	other := letter(dana)
	other.Body = "Something else.\n"
	if _, err := d.SaveDraft(ctx, other); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Undo(ctx, change.ID); err != nil {
		t.Fatal(err)
	}
	if dossier, err := d.Open(ctx, dana.ID); err != nil || dossier.Draft == nil || dossier.Draft.Body != other.Body {
		t.Fatalf("what the rep typed meanwhile: %+v, %v", dossier.Draft, err)
	}
	all, err := d.Outbox(ctx, 10)
	if err != nil || len(all) != 1 || all[0].ID != o.ID || all[0].Text != o.Text {
		t.Errorf("the outbox shows %+v, %v", all, err)
	}
}

func TestAMailTakenBackIntoItsDraftLeavesTheOutbox(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	change, _ := send(t, d, person(t, d, "Dana Whitfield", "dana@northwind.example"))
	if _, _, err := d.Undo(ctx, change.ID); err != nil {
		t.Fatal(err)
	}
	if all, err := d.Outbox(ctx, 10); err != nil || len(all) != 0 {
		t.Errorf("the outbox shows %+v, %v", all, err)
	}
}

func TestASyncKnowsHowLongTheUndoLasts(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	if last, err := d.LastUndo(ctx); err != nil || !last.IsZero() {
		t.Fatalf("%v, %v", last, err)
	}
	_, o := send(t, d, person(t, d, "Dana Whitfield", "dana@northwind.example"))
	lee := letter(person(t, d, "Lee Marsh", "lee@northwind.example"))
	if _, _, err := d.Send(ctx, model.Approval{Draft: lee, At: d.Now().AddDate(0, 0, 1)}); err != nil {
		t.Fatal(err)
	}
	if last, err := d.LastUndo(ctx); err != nil || !last.Equal(o.SendAfter) {
		t.Errorf("%v, %v, want %v", last, err, o.SendAfter)
	}
	d.Pass(time.Minute)
	if last, err := d.LastUndo(ctx); err != nil || !last.IsZero() {
		t.Errorf("afterwards: %v, %v", last, err)
	}
}
