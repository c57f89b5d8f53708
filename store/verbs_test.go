package store_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/store/storetest"
)

func TestEveryVerbIsTakenBack(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	dana.Deal = &model.Deal{Title: "Docks", Value: 4000, Stage: "offer"}
	if _, err := d.EditContact(ctx, dana); err != nil {
		t.Fatal(err)
	}
	before, err := d.Open(ctx, dana.ID)
	if err != nil {
		t.Fatal(err)
	}
	hot := model.Hot
	for _, verb := range []model.Verb{
		model.SnoozeTo{Until: d.Now().Add(24 * time.Hour)}, model.PromiseFor{At: d.Now().Add(24 * time.Hour), Words: "call me"}, model.HandledWithout{},
		model.Retire{Reason: model.ReasonOptOut}, model.Retire{Reason: model.ReasonLost}, model.PinTo{Temperature: &hot}, model.Enrol{Sequence: "sales"},
		model.Log{Kind: model.Demo, Note: "by phone"}, model.Log{Kind: model.Purchase}, model.Log{Kind: model.NoAnswer}, model.Log{Kind: model.OptOut},
	} {
		d.Pass(time.Minute)
		change, err := d.Do(ctx, verb, dana.ID)
		if err != nil || change.Says == "" || change.Verb != verb.Name() {
			t.Fatalf("%+v: %+v, %v", verb, change, err)
		}
		d.Reopen()
		if history, err := d.History(ctx, 1); err != nil || len(history) != 1 || history[0].Says != change.Says || history[0].Steps[0].After != change.Steps[0].After {
			t.Fatalf("%s: the history is %+v, %v", verb.Name(), history, err)
		}
		_, says, err := d.Undo(ctx, 0)
		if err != nil || !strings.Contains(says, change.Says) || strings.Contains(says, "kept") {
			t.Fatalf("%s: undo %q, %v", verb.Name(), says, err)
		}
		after, err := d.Open(ctx, dana.ID)
		if err != nil {
			t.Fatal(err)
		}
		want := before.Contact.FollowUp
		want.AnswerID = after.Contact.FollowUp.AnswerID // never goes back, so that an old draft never looks new
		if after.Contact.FollowUp != want || len(after.Interactions) != 0 || after.Suppressed != nil || *after.Contact.Deal != *before.Contact.Deal {
			t.Errorf("%s, undone:\n%+v\n%+v\n%v %v %v", verb.Name(), after.Contact.FollowUp, want, after.Interactions, after.Suppressed, after.Contact.Deal)
		}
	}
	for _, left := range []string{"Undone: Changed who Dana is.", "Undone: Added Dana."} {
		if _, says, err := d.Undo(ctx, 0); err != nil || says != left {
			t.Errorf("%q, %v; want %q", says, err, left)
		}
	}
	if _, _, err := d.Undo(ctx, 0); model.CodeOf(err) != model.NotFound {
		t.Errorf("one undo too many: %v", err)
	}
	if _, _, err := d.Undo(ctx, 9999); model.CodeOf(err) != model.NotFound {
		t.Errorf("undo of nothing: %v", err)
	}
}

func TestAReplyThatCameBetweenIsNeverUndone(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	change, err := d.Do(ctx, model.SnoozeTo{UntilReply: true}, dana.ID)
	if err != nil {
		t.Fatal(err)
	}
	d.Pass(time.Hour)
	receive(t, d, reply(dana, "r1@northwind.example", d.Now(), "Hello."))
	_, says, err := d.Undo(ctx, change.ID)
	if err != nil || !strings.Contains(says, "kept") {
		t.Errorf("undo says %q, %v", says, err)
	}
	open, err := d.Open(ctx, dana.ID)
	if err != nil || len(open.Interactions) != 1 || open.Contact.FollowUp.Next.Kind != model.TouchReply || !open.Contact.FollowUp.Unread {
		t.Errorf("the reply was undone: %+v, %v", open.Contact.FollowUp, err)
	}
}

func TestAVerbOnManyLeavesOutAboutWhomItIsRefused(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	greg := person(t, d, "Greg Palmer", "greg@palmer.example")
	gone := person(t, d, "Ivan Petrov", "ivan@petrov.example")
	if _, err := d.Do(ctx, model.Retire{Reason: model.ReasonNoFit}, gone.ID); err != nil {
		t.Fatal(err)
	}
	snooze := model.SnoozeTo{Until: d.Now().Add(24 * time.Hour)}
	tried, err := d.Try(ctx, snooze, gone.ID, dana.ID, greg.ID)
	if err != nil || len(tried) != 3 || model.CodeOf(tried[0].Refused) != model.Conflict || !tried[1].Outcome.FollowUp.Snoozed(d.Now()) {
		t.Errorf("tried %+v, %v", tried, err)
	}
	if rows := view(t, d, model.ViewQueue); len(rows) != 2 {
		t.Errorf("a try snoozed some: %v", ids(rows))
	}
	change, err := d.Do(ctx, snooze, dana.ID, gone.ID, greg.ID, 9999, dana.ID)
	if err != nil || len(change.Steps) != 2 || len(change.Left) != 2 || model.CodeOf(change.Left[0].Refused) != model.Conflict || !strings.HasSuffix(change.Says, ", and 1 more; left out: Ivan and 1 more") {
		t.Errorf("%+v, %v", change, err)
	}
	if history, err := d.History(ctx, 1); err != nil || history[0].Says != change.Says || len(history[0].Steps) != 2 {
		t.Errorf("the history says %+v, %v", history, err)
	}
	if _, _, err := d.Undo(ctx, change.ID); err != nil || len(view(t, d, model.ViewQueue)) != 2 {
		t.Errorf("undo: %v, %v", err, view(t, d, model.ViewQueue))
	}
	if _, err := d.Do(ctx, snooze, gone.ID, gone.ID); model.CodeOf(err) != model.Conflict {
		t.Errorf("snoozed a retired contact: %v", err)
	}
	if _, err := d.Do(ctx, snooze); model.CodeOf(err) != model.Invalid {
		t.Errorf("nobody named: %v", err)
	}
	if _, err := d.Do(ctx, snooze, 9999); model.CodeOf(err) != model.NotFound {
		t.Errorf("nobody there: %v", err)
	}
}

func TestARetiredContactComesBackByItself(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	if _, err := d.Do(ctx, model.Retire{Reason: model.ReasonNoAnswer}, dana.ID); err != nil {
		t.Fatal(err)
	}
	_, next, err := d.Tick(ctx)
	if err != nil || next.Sub(d.Now()) < 80*24*time.Hour {
		t.Fatalf("back %v, %v", next, err)
	}
	d.Pass(next.Sub(d.Now()))
	if moved, _, err := d.Tick(ctx); moved != 1 || err != nil {
		t.Errorf("moved %d, %v", moved, err)
	}
	rows := view(t, d, model.ViewQueue)
	if len(rows) != 1 || rows[0].Place.Kind != model.TouchNurture {
		t.Errorf("the queue: %+v", rows)
	}
	if _, err := d.Do(ctx, model.Retire{Reason: model.ReasonNoFit}, dana.ID); err != nil {
		t.Errorf("retiring again: %v", err)
	}
	if _, err := d.Do(ctx, model.Revive{}, dana.ID); err != nil || len(view(t, d, model.ViewQueue)) != 1 {
		t.Errorf("reviving: %v", err)
	}
}

func TestADraftIsKeptAndFits(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	composed, err := d.Compose(ctx, dana.ID, "")
	if err != nil || composed.Template == "" || !strings.Contains(composed.Body, "Dana") {
		t.Fatalf("composed %+v, %v", composed, err)
	}
	templates, err := d.Templates(ctx, dana.ID)
	if err != nil || len(templates) < 2 || templates[0].Draft.Template != composed.Template {
		t.Errorf("templates %v, %v", templates, err)
	}
	composed.Body, composed.Edited = "Mine.", true
	saved, err := d.SaveDraft(ctx, composed)
	if err != nil || saved.Saved.IsZero() {
		t.Fatal(saved, err)
	}
	d.Reopen()
	if open, err := d.Open(ctx, dana.ID); err != nil || open.Draft == nil || open.Draft.Body != "Mine." || !open.Draft.Saved.Equal(saved.Saved) {
		t.Errorf("the draft is %+v, %v", open.Draft, err)
	}
	if err := d.DiscardDraft(ctx, dana.ID); err != nil {
		t.Fatal(err)
	}
	if open, err := d.Open(ctx, dana.ID); err != nil || open.Draft != nil {
		t.Errorf("the draft is %+v, %v", open.Draft, err)
	}
	if _, err := d.SaveDraft(ctx, model.Draft{Contact: 99}); model.CodeOf(err) != model.NotFound {
		t.Errorf("a draft to nobody: %v", err)
	}
}

func TestWordsForAMoment(t *testing.T) {
	d := storetest.Open(t)
	at, err := d.When("fri 2pm")
	if err != nil || at.In(d.Rules().Calendar.Zone()).Format("Mon 15:04") != "Fri 14:00" {
		t.Errorf("%v, %v", at, err)
	}
	if _, err := d.When("when pigs fly"); model.CodeOf(err) != model.Invalid {
		t.Errorf("%v", err)
	}
}

// An undo is an inverse change: a deal that the rep edited since stays as it was edited, and the sentence says so.
func TestAnUndoKeepsADealThatWasEditedSince(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	edit := func(deal model.Deal) {
		t.Helper()
		open, err := d.Open(ctx, dana.ID)
		if err != nil {
			t.Fatal(err)
		}
		open.Contact.Deal = &deal
		if _, err := d.EditContact(ctx, open.Contact); err != nil {
			t.Fatal(err)
		}
	}
	edit(model.Deal{Title: "Docks", Value: 4000, Close: storetest.Start})
	for _, edited := range []bool{false, true} {
		change, err := d.Do(ctx, model.Log{Kind: model.Purchase}, dana.ID)
		if err != nil {
			t.Fatal(err)
		}
		if edited {
			edit(model.Deal{Title: "Docks", Value: 9000, Closed: "won", Close: storetest.Start})
		}
		_, says, err := d.Undo(ctx, change.ID)
		if err != nil {
			t.Fatal(err)
		}
		open, err := d.Open(ctx, dana.ID)
		if err != nil {
			t.Fatal(err)
		}
		deal := open.Contact.Deal
		if !edited && (!deal.Open() || deal.Value != 4000 || strings.Contains(says, "kept")) {
			t.Errorf("nothing came between: %+v, %q", deal, says)
		}
		if edited && (deal.Value != 9000 || deal.Closed != "won" || !strings.Contains(says, "What has changed since was kept.")) {
			t.Errorf("the edit is lost: %+v, %q", deal, says)
		}
	}
}
