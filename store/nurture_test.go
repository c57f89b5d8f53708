package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"stoke/model"
	"stoke/store/storetest"
)

// dueTogether are so many contacts whose nurture touch is due on one day, as an older stoke or an import leaves them.
func dueTogether(t *testing.T, d *storetest.Desk, n int, day time.Time) {
	t.Helper()
	people := make([]model.Dossier, n)
	for i := range people {
		people[i].Contact = model.Contact{Name: fmt.Sprintf("Person %03d", i), Emails: []string{fmt.Sprintf("p%d@firm%d.example", i, day.Unix())}, FollowUp: model.FollowUp{
			Sorted: true, Next: model.Touch{Kind: model.TouchNurture, Since: d.Now(), ReadyAt: day, DueAt: day.Add(17 * time.Hour)}}}
	}
	if _, err := d.AddDossiers(context.Background(), people); err != nil {
		t.Fatal(err)
	}
}

// "At most 10 nurture rows a day. Nothing is ever overdue because of a cap." Day by day the rep writes to whoever comes up.
func TestTwoHundredNurturesDueOnOneDay(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	calendar := d.Rules().Calendar
	dueTogether(t, d, 200, calendar.StartOfDay(calendar.AddDays(d.Now(), 3)))
	written := map[int64]bool{}
	for day := 0; len(written) < 200; day++ {
		if day > 40 {
			t.Fatalf("%d of 200 came up in %d days", len(written), day)
		}
		d.Pass(24 * time.Hour)
		if _, _, err := d.Tick(ctx); err != nil {
			t.Fatal(err)
		}
		counts, err := d.Counts(ctx)
		if err != nil {
			t.Fatal(err)
		}
		due := view(t, d, model.ViewQueue)
		if len(due) > 10 || counts.Overdue > 0 {
			t.Fatalf("%s: %d nurture rows, %d overdue", d.Now().Format(time.DateOnly), len(due), counts.Overdue)
		}
		if all := counts.Queue() + counts.Nurture; all != 200 {
			t.Fatalf("%s: %d of 200 are in queue or nurture", d.Now().Format(time.DateOnly), all)
		}
		if len(due) > 0 && !calendar.Workday(d.Now()) {
			t.Errorf("%d come up on a free day, %s", len(due), d.Now())
		}
		for _, r := range due {
			if written[r.Contact.ID] {
				t.Errorf("%s comes up twice", r.Contact.Name)
			}
			written[r.Contact.ID] = true
			if _, err := d.Do(ctx, model.HandledWithout{}, r.Contact.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	// Those handled on twenty days are planned for twenty days again, ten on each.
	each := map[time.Time]int{}
	for _, r := range view(t, d, model.ViewNurture) {
		each[r.Contact.FollowUp.Next.ReadyAt]++
	}
	for day, n := range each {
		if n > 10 || !calendar.Workday(day) {
			t.Errorf("%d are planned for %s", n, day)
		}
	}
}

// What is done to many at once is spread as it is planned, and the day that the rep reads is the true one.
func TestManyPutOffAreSpread(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	var ids []int64
	for i := range 60 {
		ids = append(ids, person(t, d, fmt.Sprintf("Person %02d", i), fmt.Sprintf("p%d@firm.example", i)).ID)
	}
	change, err := d.Do(ctx, model.PutOff{}, ids...)
	if err != nil {
		t.Fatal(err)
	}
	each := map[time.Time]int{}
	for _, r := range view(t, d, model.ViewNurture) {
		each[r.Contact.FollowUp.Next.ReadyAt]++
	}
	if len(each) != 6 {
		t.Errorf("60 people on %d days: %v", len(each), each)
	}
	if _, _, err := d.Undo(ctx, change.ID); err != nil {
		t.Fatal(err)
	}
	// A lifted cap spreads nobody.
	rules := *d.Rules()
	rules.Rules.NurtureRows = 0
	d.SetRules(rules)
	if _, err := d.Do(ctx, model.PutOff{}, ids...); err != nil {
		t.Fatal(err)
	}
	clear(each)
	for _, r := range view(t, d, model.ViewNurture) {
		each[r.Contact.FollowUp.Next.ReadyAt]++
	}
	if len(each) != 1 {
		t.Errorf("without a cap on %d days", len(each))
	}
}

// Whoever is planned beyond a full quarter comes after the last, and the work does not grow with their number.
func TestAFullQuarterGoesOnBehindItsEnd(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	rules := *d.Rules()
	rules.Rules.NurtureRows = 1
	d.SetRules(rules)
	var ids []int64
	for i := range 90 {
		ids = append(ids, person(t, d, fmt.Sprintf("Person %02d", i), fmt.Sprintf("p%d@firm.example", i)).ID)
	}
	if _, err := d.Do(ctx, model.PutOff{}, ids...); err != nil {
		t.Fatal(err)
	}
	each := map[time.Time]int{}
	for _, r := range view(t, d, model.ViewNurture) {
		each[r.Contact.FollowUp.Next.ReadyAt]++
	}
	if len(each) != 90 {
		t.Errorf("90 people on %d days", len(each))
	}
}

// One retirement until a far year is no reason to plan everybody else's nurture for that year.
func TestNurtureLooksForRoomBeforeTheFurthestDate(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	calendar := d.Rules().Calendar
	dueTogether(t, d, 1, calendar.StartOfDay(calendar.AddDays(d.Now(), 1000)))
	first := calendar.StartOfDay(calendar.NextWorkday(d.Now().AddDate(0, 0, 90)))
	for n := range 70 {
		dueTogether(t, d, 10, calendar.StartOfDay(calendar.AddDays(first, n)))
	}
	c, err := d.AddContact(ctx, model.Contact{Name: "One More", Emails: []string{"one@more.example"}})
	if err != nil {
		t.Fatal(err)
	}
	change, err := d.Do(ctx, model.PutOff{}, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if at := change.Steps[0].After.Next.ReadyAt; at.After(calendar.AddDays(first, 75)) {
		t.Errorf("planned for %s", at)
	}
}
