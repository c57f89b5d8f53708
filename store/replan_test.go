package store_test

import (
	"context"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/sequence"
	"stoke/store/storetest"
)

// An edit of a sequence reaches the people already in it, also where no stoke ran when it was made.
func TestAnEditedSequenceReachesWhoIsInIt(t *testing.T) {
	edited := func(steps ...sequence.Step) sequence.Set {
		return sequence.NewSet(sequence.Sequence{Name: "sales", Kind: "sales", Steps: steps})
	}
	mail := func(wait int, template string) sequence.Step {
		return sequence.Step{Wait: wait, Channel: "mail", Template: template}
	}
	for _, tc := range []struct {
		name   string
		before func(t *testing.T, d *storetest.Desk, id int64)
		after  sequence.Set
		want   func(before, after model.FollowUp) bool
	}{
		{"a longer wait", touched, edited(mail(1, ""), mail(9, "")), func(before, after model.FollowUp) bool {
			return after.Next.ReadyAt.After(before.Next.ReadyAt.AddDate(0, 0, 4)) && after.Next.Since.Equal(before.Next.Since)
		}},
		{"another template and channel", touched, edited(mail(1, ""), sequence.Step{Wait: 3, Channel: "call", Template: "sales-call"}), func(_, after model.FollowUp) bool {
			return after.Next.Channel == "call" && after.Next.Template == "sales-call" && after.Next.Of == 2
		}},
		{"the first day was chosen", nil, edited(mail(9, "sales-2")), func(before, after model.FollowUp) bool {
			return after.Next.ReadyAt.Equal(before.Next.ReadyAt) && after.Next.Template == "sales-2"
		}},
		{"it is shorter than what was done", touched, edited(mail(1, "")), func(_, after model.FollowUp) bool {
			return after.Next.Kind == model.TouchNurture && after.Enrolment.Sequence == ""
		}},
		{"it is gone", touched, sequence.Set{}, func(_, after model.FollowUp) bool {
			return after.Next.Kind == model.TouchNurture && after.Enrolment.Sequence == ""
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d, ctx := storetest.Open(t), context.Background()
			rules := *d.Rules()
			rules.Sequences = edited(mail(1, ""), mail(3, ""), mail(4, ""))
			d.SetRules(rules)
			if err := d.Follow(ctx, "before", "heat"); err != nil {
				t.Fatal(err)
			}
			dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
			if _, err := d.Do(ctx, model.Enrol{Sequence: "sales"}, dana.ID); err != nil {
				t.Fatal(err)
			}
			if tc.before != nil {
				tc.before(t, d, dana.ID)
			}
			if _, _, err := d.Tick(ctx); err != nil {
				t.Fatal(err)
			}
			before := state(t, d, dana.ID)
			rules.Sequences = tc.after
			d.SetRules(rules)
			d.Reopen() // the file was edited while no stoke ran
			if err := d.Follow(ctx, "after", "heat"); err != nil {
				t.Fatal(err)
			}
			if _, _, err := d.Tick(ctx); err != nil {
				t.Fatal(err)
			}
			if after := state(t, d, dana.ID); !tc.want(before, after) {
				t.Errorf("was %+v\nis %+v", before.Next, after.Next)
			}
			if err := d.Follow(ctx, "after", "heat"); err != nil {
				t.Fatal(err)
			}
			if moved, _, err := d.Tick(ctx); err != nil || moved != 0 {
				t.Errorf("the same rules moved %d, %v", moved, err)
			}
		})
	}
}

// touched makes the first touch of the sequence, so that the second waits.
func touched(t *testing.T, d *storetest.Desk, id int64) {
	d.Pass(24 * time.Hour)
	if _, err := d.Do(context.Background(), model.HandledWithout{}, id); err != nil {
		t.Fatal(err)
	}
}

func state(t *testing.T, d *storetest.Desk, id int64) model.FollowUp {
	t.Helper()
	open, err := d.Open(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return open.Contact.FollowUp
}

// Heat is kept as a sum, so new points make it anew from what happened.
func TestNewPointsMakeTheHeatAnew(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	if err := d.Follow(ctx, "rules", "points"); err != nil {
		t.Fatal(err)
	}
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	if _, err := d.Do(ctx, model.Log{Kind: model.Referral}, dana.ID); err != nil {
		t.Fatal(err)
	}
	rules := *d.Rules()
	rules.Rules.Points = map[model.Kind]float64{model.Referral: 70}
	d.SetRules(rules)
	if err := d.Follow(ctx, "new rules", "new points"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Tick(ctx); err != nil {
		t.Fatal(err)
	}
	if heat := state(t, d, dana.ID).Heat.Points(d.Now(), rules.Rules); heat < 69.9 || heat > 70.1 {
		t.Errorf("the heat is %v, want 70", heat)
	}
}
