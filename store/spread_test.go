package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"stoke/model"
	"stoke/store/storetest"
)

// "Enrolling many spreads their first steps over business days at pace ÷ steps (50 ÷ 3 = 16 a day)": also those who were
// enrolled by another command, a minute before.
func TestTwoEnrolmentsOnOneDayShareTheDays(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	first := map[string]int{}
	for part := range 3 {
		var group []int64
		for n := range 20 {
			group = append(group, person(t, d, fmt.Sprintf("Person %d-%02d", part, n), fmt.Sprintf("p%d@firm%d-%d.example", n, part, n)).ID)
		}
		d.Pass(time.Minute)
		tried, err := d.Try(ctx, model.Enrol{Sequence: "sales"}, group...)
		if err != nil {
			t.Fatal(err)
		}
		change, err := d.Do(ctx, model.Enrol{Sequence: "sales"}, group...)
		if err != nil {
			t.Fatal(err)
		}
		for i, step := range change.Steps {
			if !step.After.Next.ReadyAt.Equal(tried[i].Outcome.FollowUp.Next.ReadyAt) {
				t.Errorf("begins %s, and was shown as %s", step.After.Next.ReadyAt, tried[i].Outcome.FollowUp.Next.ReadyAt)
			}
			first[step.After.Next.ReadyAt.Format(time.DateOnly)]++
		}
	}
	if len(first) != 4 {
		t.Errorf("60 begin on %v", first)
	}
	for day, n := range first {
		if n > 16 {
			t.Errorf("%d begin on %s", n, day)
		}
	}
}

// Who is named twice is enrolled as if they were named once.
func TestWhoIsNamedTwiceIsNotSpread(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	one, two := person(t, d, "Dana Whitfield", "dana@northwind.example"), person(t, d, "Greg Palmer", "greg@brightline.example")
	alone, err := d.Do(ctx, model.Enrol{Sequence: "sales"}, one.ID)
	if err != nil {
		t.Fatal(err)
	}
	twice, err := d.Do(ctx, model.Enrol{Sequence: "sales"}, two.ID, two.ID)
	if err != nil || len(twice.Steps) != 1 {
		t.Fatal(twice, err)
	}
	if a, b := alone.Steps[0].After.Next, twice.Steps[0].After.Next; !a.ReadyAt.Equal(b.ReadyAt) || !a.DueAt.Equal(b.DueAt) {
		t.Errorf("%+v is not %+v", b, a)
	}
}
