package model_test

import (
	"testing"
	"time"

	"stoke/model"
)

// A provider may ask for more time than our own schedule has; never for less, and after a day the rep is asked all the same.
func TestAServerMayAskForMoreTime(t *testing.T) {
	rules := model.DefaultRules()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	mail := model.Outgoing{State: model.Committing, Attempts: 1, Approved: now, SendAfter: now, DotAt: now}
	for asked, want := range map[time.Duration]time.Duration{4 * time.Hour: 4 * time.Hour, time.Minute: rules.Retry[0], 0: rules.Retry[0]} {
		got, err := mail.After(model.Result{Turn: model.TurnRetry, NotTill: now.Add(asked), Error: "later"}, now, rules)
		if err != nil || got.State != model.Queued || !got.NextAt.Equal(now.Add(want)) || got.Error != "later" {
			t.Errorf("asked for %v: %s at %v, %v", asked, got.State, got.NextAt, err)
		}
	}
	late := now.Add(rules.GiveUp)
	if got, err := mail.After(model.Result{Turn: model.TurnRetry, NotTill: late.Add(time.Hour)}, late, rules); err != nil || got.State != model.Failed {
		t.Errorf("after a day: %s, %v", got.State, err)
	}
}
