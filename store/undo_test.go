package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/signal"
	"stoke/store/storetest"
)

// newest is the last change's id.
func newest(t *testing.T, d *storetest.Desk) int64 {
	t.Helper()
	all, err := d.History(context.Background(), 1)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	return all[0].ID
}

// standing is all of a contact that changes can alter.
func standing(t *testing.T, d *storetest.Desk, id int64) model.Dossier {
	t.Helper()
	open, err := d.Open(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	open.Contact.FollowUp.AnswerID = 0                     // never goes back, so that an old draft never looks new
	open.Outdated, open.Script, open.Draft = nil, nil, nil // the text of a mail that was taken back is a draft
	return open
}

// "Every verb can be undone … later from a history": in whatever order changes are taken back, also those of who somebody
// is and of the list of those who are never mailed. Every two in both orders, and many three.
func TestChangesAreTakenBackInAnyOrder(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	day := func(n int) time.Time { return storetest.Start.AddDate(0, 0, n) }
	type action struct {
		name string
		do   func(c model.Contact) error
	}
	verb := func(v model.Verb) action {
		return action{fmt.Sprintf("%s %+v", v.Name(), v), func(c model.Contact) error {
			_, err := d.Do(ctx, v, c.ID)
			return err
		}}
	}
	edit := func(name string, change func(c *model.Contact)) action {
		return action{name, func(c model.Contact) error {
			change(&c)
			_, err := d.EditContact(ctx, c)
			return err
		}}
	}
	actions := []action{
		verb(model.SnoozeTo{Until: day(4)}), verb(model.PromiseFor{At: day(4), Words: "call me"}), verb(model.HandledWithout{}), verb(model.Enrol{Sequence: "sales"}),
		verb(model.Retire{Reason: model.ReasonNoFit}), verb(model.Retire{Reason: model.ReasonOptOut}), verb(model.Revive{}),
		verb(model.Log{Kind: model.Demo}), verb(model.Log{Kind: model.Purchase}), verb(model.Log{Kind: model.Meeting}),
		verb(model.Remember{Facts: map[string]string{"fields.seats": "40", "title": "COO"}}),
		edit("a deal", func(c *model.Contact) { c.Deal = &model.Deal{Value: 9000} }),
		edit("a field and a name", func(c *model.Contact) {
			c.Name, c.Fields = "Dana Marsh", map[string]string{"hobby": "sailing"}
		}),
		{"suppress", func(c model.Contact) error { _, err := d.Suppress(ctx, c.Email(), "they phoned"); return err }},
		{"unsuppress", func(c model.Contact) error { return d.Unsuppress(ctx, c.Email()) }},
		{"send", func(c model.Contact) error {
			draft := letter(c)
			draft.BasedOn = state(t, d, c.ID).AnswerID
			_, _, err := d.Send(ctx, model.Approval{Draft: draft, Single: true, Force: true})
			return err
		}},
	}
	people, tried := 0, 0
	try := func(list []action, order []int) {
		t.Helper()
		people++
		dana := person(t, d, "Dana Whitfield", fmt.Sprintf("dana%d@northwind.example", people))
		before := standing(t, d, dana.ID)
		var names []string
		var changes []int64
		for _, a := range list {
			d.Pass(time.Second)
			if err := a.do(standing(t, d, dana.ID).Contact); err != nil {
				if model.CodeOf(err) == "" {
					t.Fatalf("%s: %v", a.name, err)
				}
				return
			}
			names, changes = append(names, a.name), append(changes, newest(t, d))
		}
		tried++
		for _, n := range order {
			d.Pass(time.Second)
			if _, _, err := d.Undo(ctx, changes[n]); err != nil && !(names[n] == "send" && strings.Contains(err.Error(), "taken back already")) { // stopped by a later one
				t.Fatalf("%s, taken back %v: %v", strings.Join(names, ", "), order, err)
			}
			if f := state(t, d, dana.ID); f.Sorted && f.Live(d.Now()) && f.Next.Kind == "" && f.Promise.At.IsZero() {
				t.Errorf("%s, taken back %v: no next touch after %d", strings.Join(names, ", "), order, n)
			}
		}
		if after := standing(t, d, dana.ID); !reflect.DeepEqual(after, before) {
			t.Errorf("%s, taken back %v:\n%+v\nwas\n%+v", strings.Join(names, ", "), order, after, before)
		}
	}
	for _, a := range actions {
		for _, b := range actions {
			try([]action{a, b}, []int{0, 1})
			try([]action{a, b}, []int{1, 0})
		}
	}
	random := rand.New(rand.NewPCG(3, 5))
	for range 80 {
		list := []action{actions[random.IntN(len(actions))], actions[random.IntN(len(actions))], actions[random.IntN(len(actions))]}
		try(list, random.Perm(3))
	}
	if tried < 300 {
		t.Errorf("%d were tried", tried)
	}
}

// A bulk undo names about whom something had changed since, and takes them out of the sequence all the same.
func TestABulkUndoNamesWhomItKept(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	var all []int64
	for _, name := range []string{"Dana Whitfield", "Greg Palmer", "Aiko Tanaka", "Elif Demir"} {
		all = append(all, person(t, d, name, strings.ToLower(name[:4])+"@northwind.example").ID)
	}
	enrolled, err := d.Do(ctx, model.Enrol{Sequence: "sales"}, all...)
	if err != nil {
		t.Fatal(err)
	}
	until := storetest.Start.AddDate(0, 0, 9)
	if _, err := d.Do(ctx, model.SnoozeTo{Until: until}, all[1]); err != nil {
		t.Fatal(err)
	}
	if _, says, err := d.Undo(ctx, enrolled.ID); err != nil || !strings.HasSuffix(says, "What has changed since was kept for Greg.") {
		t.Errorf("%q, %v", says, err)
	}
	for _, id := range all {
		if f := state(t, d, id); f.Enrolment.Sequence != "" || f.Next.Kind != model.TouchNext {
			t.Errorf("%d: %+v", id, f)
		}
	}
	if f := state(t, d, all[1]); !f.Snooze.Until.Equal(until) || !f.Next.ReadyAt.Equal(until) {
		t.Errorf("the snooze is gone: %+v", f)
	}
}

// What somebody said themselves since is never undone: neither that they asked not to be written to.
func TestAnOptOutThatCameBetweenIsNeverUndone(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	retired, err := d.Do(ctx, model.Retire{Reason: model.ReasonOptOut}, dana.ID)
	if err != nil {
		t.Fatal(err)
	}
	d.Pass(time.Hour)
	in := reply(dana, "no@northwind.example", d.Now(), "unsubscribe")
	in.Verdict.Kind = signal.OptOut
	receive(t, d, in)
	if _, says, err := d.Undo(ctx, retired.ID); err != nil || !strings.Contains(says, "kept") {
		t.Errorf("%q, %v", says, err)
	}
	if f := state(t, d, dana.ID); !f.OptedOut {
		t.Errorf("may be written to: %+v", f)
	}
}

// What can no longer be undone does not stand in the way of what can.
func TestAnUndoPassesOverWhatCannotBeUndone(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	greg := person(t, d, "Greg Palmer", "greg@palmer.example")
	if _, err := d.Do(ctx, model.SnoozeTo{Until: storetest.Start.AddDate(0, 0, 4)}, greg.ID); err != nil {
		t.Fatal(err)
	}
	aiko := person(t, d, "Aiko Tanaka", "aiko@hoshi.example")
	if _, err := d.SaveDraft(ctx, model.Draft{Contact: aiko.ID, Subject: "Seats", Body: "Hi Aiko,"}); err != nil {
		t.Fatal(err)
	}
	if _, says, err := d.Undo(ctx, 0); err != nil || !strings.HasPrefix(says, "Undone: Snoozed Greg") {
		t.Fatalf("%q, %v", says, err)
	}
	if f := state(t, d, greg.ID); f.Snoozed(d.Now()) {
		t.Errorf("still snoozed: %+v", f)
	}
	if open, err := d.Open(ctx, aiko.ID); err != nil || open.Draft == nil || open.Draft.Body != "Hi Aiko," {
		t.Errorf("the draft: %+v, %v", open.Draft, err)
	}
	if _, says, err := d.Undo(ctx, 0); err != nil || says != "Undone: Added Greg." {
		t.Fatalf("%q, %v", says, err)
	}
	if _, _, err := d.Undo(ctx, 0); model.CodeOf(err) != model.Conflict || !strings.Contains(err.Error(), "with Aiko since") {
		t.Errorf("nothing is left but Aiko: %v", err)
	}
}

// The rep who undoes after a mail has left means the mail: nothing else is undone in its place, and the way to it is named.
func TestAnUndoAfterAMailHasLeftSaysSo(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	greg := person(t, d, "Greg Palmer", "greg@palmer.example")
	aiko := person(t, d, "Aiko Tanaka", "aiko@hoshi.example")
	snoozed, err := d.Do(ctx, model.SnoozeTo{Until: storetest.Start.AddDate(0, 0, 4)}, greg.ID)
	if err != nil {
		t.Fatal(err)
	}
	sent(t, d, aiko)
	want := fmt.Sprintf("The mail to Aiko has left and stays sent. `U` or `stoke undo %d` takes back what was before: %s.", snoozed.ID, snoozed.Says)
	if _, _, err := d.Undo(ctx, 0); model.CodeOf(err) != model.Conflict || err.Error() != want {
		t.Errorf("%v\nwant %s", err, want)
	}
	if f := state(t, d, greg.ID); !f.Snoozed(d.Now()) {
		t.Errorf("woken in place of the mail: %+v", f)
	}
	if _, says, err := d.Undo(ctx, snoozed.ID); err != nil || says != "Undone: "+snoozed.Says+"." {
		t.Errorf("%q, %v", says, err)
	}
	if _, _, err := d.Undo(ctx, 0); err == nil || !strings.Contains(err.Error(), "takes back what was before: Added Greg") {
		t.Errorf("who was mailed is not what comes before: %v", err)
	}
	if _, err := d.Do(ctx, model.HandledWithout{}, greg.ID); err != nil {
		t.Fatal(err)
	}
	if _, says, err := d.Undo(ctx, 0); err != nil || !strings.HasPrefix(says, "Undone: Greg handled") {
		t.Errorf("what was done after the mail: %q, %v", says, err)
	}
}

// An opt-out is never lifted by the undo of another one.
func TestANewerOptOutOutlivesTheUndoOfAnOlder(t *testing.T) {
	for _, lifts := range []bool{true, false} {
		d, ctx := storetest.Open(t), context.Background()
		dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
		if _, err := d.Suppress(ctx, dana.Email(), "they phoned"); err != nil {
			t.Fatal(err)
		}
		older := newest(t, d)
		d.Pass(time.Minute)
		if lifts {
			if err := d.Unsuppress(ctx, dana.Email()); err != nil {
				t.Fatal(err)
			}
			d.Pass(time.Minute)
		}
		retired, err := d.Do(ctx, model.Retire{Reason: model.ReasonOptOut}, dana.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, says, err := d.Undo(ctx, older); err != nil || !strings.HasSuffix(says, "What has changed since was kept.") {
			t.Errorf("lifted %v: %q, %v", lifts, says, err)
		}
		list, err := d.Suppressions(ctx)
		if err != nil || len(list) != 1 || list[0].Why != "asked not to be contacted" {
			t.Errorf("lifted %v: the list is %+v, %v", lifts, list, err)
		}
		if _, says, err := d.Undo(ctx, retired.ID); err != nil || strings.Contains(says, "kept") {
			t.Errorf("lifted %v: %q, %v", lifts, says, err)
		}
		if list, err := d.Suppressions(ctx); err != nil || len(list) != 0 {
			t.Errorf("lifted %v: still on the list: %+v, %v", lifts, list, err)
		}
	}
}

// What came onto the list by a mail is not taken off it by an undo.
func TestABounceOutlivesTheUndoOfASuppression(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	if _, err := d.Suppress(ctx, dana.Email(), "they phoned"); err != nil {
		t.Fatal(err)
	}
	first := newest(t, d)
	if _, _, err := d.Undo(ctx, first); err != nil {
		t.Fatal(err)
	}
	d.Pass(time.Minute)
	sent(t, d, dana)
	d.Pass(time.Minute)
	bounce := reply(dana, "bounce@northwind.example", d.Now(), "no such user")
	bounce.Quotes, bounce.Verdict = true, signal.Verdict{Kind: signal.Bounce, Severity: signal.Dead, Recipients: []string{dana.Email()}, Text: "no such user"}
	receive(t, d, bounce)
	d.Pass(time.Minute)
	if err := d.Unsuppress(ctx, dana.Email()); err != nil {
		t.Fatal(err)
	}
	lifted := newest(t, d)
	if _, err := d.Suppress(ctx, dana.Email(), "they phoned again"); err != nil {
		t.Fatal(err)
	}
	for _, id := range []int64{lifted, newest(t, d)} {
		if _, _, err := d.Undo(ctx, id); err != nil {
			t.Fatal(err)
		}
	}
	if list, err := d.Suppressions(ctx); err != nil || len(list) != 1 || list[0].Why != "the address does not exist" {
		t.Errorf("the list is %+v, %v", list, err)
	}
}

// A mail that fails takes back what was planned as if it had left, also from under a later change, and a new attempt plans
// it again.
func TestAMailFailsAndGoesAgainUnderALaterChange(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	before := state(t, d, dana.ID)
	_, mail := send(t, d, dana)
	queued := state(t, d, dana.ID)
	d.Pass(11 * time.Second)
	snoozed, err := d.Do(ctx, model.SnoozeTo{Until: storetest.Start.AddDate(0, 2, 0)}, dana.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := d.Claim(ctx, storetest.Account, owner, true); err != nil || got == nil {
		t.Fatal(got, err)
	}
	if _, err := d.Settle(ctx, mail.ID, owner, model.Result{Turn: model.TurnRefused, Error: "no."}); err != nil {
		t.Fatal(err)
	}
	if f := state(t, d, dana.ID); !f.Snoozed(d.Now()) || f.Next.Since != before.Next.Since || !f.Next.ReadyAt.Equal(f.Snooze.Until) {
		t.Errorf("failed: %+v", f)
	}
	if _, err := d.Judge(ctx, mail.ID, model.TurnAgain); err != nil {
		t.Fatal(err)
	}
	if f := state(t, d, dana.ID); !f.Snoozed(d.Now()) || f.Next.Since != queued.Next.Since || !f.Next.ReadyAt.Equal(f.Snooze.Until) {
		t.Errorf("again: %+v", f)
	}
	if _, _, err := d.Undo(ctx, snoozed.ID); err != nil {
		t.Fatal(err)
	}
	if f := state(t, d, dana.ID); f != queued {
		t.Errorf("without the snooze:\n%+v\n%+v", f, queued)
	}
}
