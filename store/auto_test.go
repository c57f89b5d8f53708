package store_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/sequence"
	"stoke/store/storetest"
)

// "A sequence may say auto = true: then a step without a blank, a warning or a hand edit enters the outbox at its time,
// after a morning list in which one key holds it."
func TestASequenceThatRunsByItself(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	rules := *d.Rules()
	rules.Sequences = rules.Sequences.With(sequence.Sequence{Name: "quiet", Kind: "re-engagement", Auto: true, Steps: []sequence.Step{{Wait: 1, Channel: "mail"}, {Wait: 5, Channel: "mail"}}})
	d.SetRules(rules)
	goes, barred, edited, held := person(t, d, "Goes Itself", "goes@a.example"), person(t, d, "Bar Red", "barred@b.example"), person(t, d, "Ed Ited", "ed@c.example"), person(t, d, "Held Back", "held@e.example")
	if _, err := d.Do(ctx, model.Log{Kind: model.Call, At: d.Now().AddDate(0, 0, -40)}, goes.ID, barred.ID, edited.ID, held.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Do(ctx, model.Enrol{Sequence: "quiet"}, goes.ID, barred.ID, edited.ID, held.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Suppress(ctx, "barred@b.example", "asked so"); err != nil {
		t.Fatal(err)
	}
	draft, err := d.Compose(ctx, edited.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	draft.Edited, draft.Body = true, "by hand"
	if _, err := d.SaveDraft(ctx, draft); err != nil {
		t.Fatal(err)
	}
	auto := func(want int) {
		t.Helper()
		if n, err := d.Auto(ctx); err != nil || n != want {
			t.Fatalf("%s: %d went by themselves, want %d (%v)", d.Now(), n, want, err)
		}
	}
	auto(0)
	d.Pass(17 * time.Hour) // the next morning, before the hour
	if _, _, err := d.Tick(ctx); err != nil {
		t.Fatal(err)
	}
	for _, r := range view(t, d, model.ViewQueue) {
		if why := r.Why(d.Now().In(rules.Calendar.Zone())); !strings.Contains(why, "goes by itself today 09:30") {
			t.Errorf("the morning list says of %s: %q", r.Contact.Called(), why)
		}
	}
	if _, err := d.Do(ctx, model.HoldStep{Why: "you held it"}, held.ID); err != nil {
		t.Fatal(err)
	}
	auto(0)
	d.Pass(8 * time.Hour)
	auto(1)
	auto(0)
	outbox, err := d.Outbox(ctx, 10)
	if err != nil || len(outbox) != 1 || outbox[0].Contact != goes.ID || outbox[0].Single || outbox[0].State != model.Queued {
		t.Fatalf("the outbox holds %+v (%v)", outbox, err)
	}
	for id, want := range map[int64]string{barred.ID: "must not be mailed", edited.ID: "by hand", held.ID: "you held it"} {
		if dossier, err := d.Open(ctx, id); err != nil || !strings.Contains(dossier.Contact.FollowUp.Asks, want) {
			t.Errorf("contact %d asks %q, want %q (%v)", id, dossier.Contact.FollowUp.Asks, want, err)
		}
	}
}

// A draft with a blank never goes by itself, and neither the row nor the morning list says that it will.
func TestAMailWithABlankIsNoMailThatGoesByItself(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	rules := *d.Rules()
	rules.Sequences = rules.Sequences.With(sequence.Sequence{Name: "cold", Kind: "opener", Auto: true, Steps: []sequence.Step{{Wait: 1, Channel: "mail"}}})
	d.SetRules(rules)
	blank, edited := person(t, d, "Blank Left", "blank@a.example"), person(t, d, "Ed Ited", "ed@b.example")
	for _, id := range []int64{blank.ID, edited.ID} { // together they would be spread
		if _, err := d.Do(ctx, model.Enrol{Sequence: "cold"}, id); err != nil {
			t.Fatal(err)
		}
	}
	draft, err := d.Compose(ctx, edited.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	draft.Edited, draft.Subject, draft.Body = true, "Docks", "by hand"
	if _, err := d.SaveDraft(ctx, draft); err != nil {
		t.Fatal(err)
	}
	d.Pass(17 * time.Hour) // the next morning, before the hour
	if _, _, err := d.Tick(ctx); err != nil {
		t.Fatal(err)
	}
	says := func() map[int64]string {
		all := map[int64]string{}
		for _, r := range view(t, d, model.ViewQueue) {
			all[r.Contact.ID] = r.Why(d.Now().In(rules.Calendar.Zone()))
		}
		return all
	}
	before := says()
	if want := "the draft has a blank, {{ask.what_you_saw_about_them}}: it waits for your key"; before[blank.ID] != want || !strings.HasPrefix(before[edited.ID], "you began the draft by hand") {
		t.Errorf("before its hour the rows say %v", before)
	}
	if m, err := d.Morning(ctx); err != nil || len(m.Going) > 0 || m.First {
		t.Errorf("the morning list holds %+v (%v)", m, err)
	}
	d.Pass(8 * time.Hour)
	if n, err := d.Auto(ctx); err != nil || n != 0 {
		t.Fatalf("%d went by themselves (%v)", n, err)
	}
	if after := says(); after[blank.ID] != before[blank.ID] {
		t.Errorf("after its hour the row says %q", after[blank.ID])
	}
}

// A mail that the store refuses, here because its account is no longer in the config, becomes the rep's and holds up nobody
// behind it.
func TestOneThatMayNotGoHoldsUpNobody(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	rules := *d.Rules()
	rules.Sequences = rules.Sequences.With(sequence.Sequence{Name: "quiet", Kind: "re-engagement", Auto: true, Steps: []sequence.Step{{Wait: 1, Channel: "mail"}}})
	d.SetRules(rules)
	old, other := person(t, d, "Old Account", "old@a.example"), person(t, d, "Goes Itself", "goes@b.example")
	if err := d.AddInteractions(ctx, old.ID, []model.Interaction{{Kind: model.Mail, Direction: model.Out, At: d.Now().AddDate(0, 0, -40), Subject: "Docks", Account: "gone", MessageID: "old@gone.example", Text: "Hello"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Do(ctx, model.Log{Kind: model.Call, At: d.Now().AddDate(0, 0, -40)}, old.ID, other.ID); err != nil {
		t.Fatal(err)
	}
	for _, id := range []int64{old.ID, other.ID} {
		if _, err := d.Do(ctx, model.Enrol{Sequence: "quiet"}, id); err != nil {
			t.Fatal(err)
		}
	}
	d.Pass(48 * time.Hour)
	n, err := d.Auto(ctx)
	outbox, boxErr := d.Outbox(ctx, 10)
	if err != nil || boxErr != nil || n != 1 || len(outbox) != 1 || outbox[0].Contact != other.ID {
		t.Fatalf("%d went, %v; the outbox holds %+v, %v", n, err, outbox, boxErr)
	}
	if dossier, err := d.Open(ctx, old.ID); err != nil || !strings.Contains(dossier.Contact.FollowUp.Asks, "gone") {
		t.Errorf("the row asks %q, %v", dossier.Contact.FollowUp.Asks, err)
	}
	if n, err := d.Auto(ctx); err != nil || n != 0 {
		t.Errorf("%d more went, %v", n, err)
	}
}
