package model_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"stoke/model"
)

// "Pace for sequence mail: 50 a rolling 24 h, 30 an hour, 60 to 120 s apart (0 lifts a limit)."
func TestThePaceHoldsForEverySequenceOfMoments(t *testing.T) {
	r := model.DefaultRules()
	rapid.Check(t, func(t *rapid.T) {
		var left []time.Time
		now := monday
		for range rapid.IntRange(1, 130).Draw(t, "mails") {
			now = now.Add(time.Duration(rapid.IntRange(0, 900).Draw(t, "wait")) * time.Second)
			recent := left
			for len(recent) > 0 && now.Sub(recent[0]) >= 24*time.Hour {
				recent = recent[1:]
			}
			stretch := rapid.Float64Range(0, 1).Draw(t, "stretch")
			at := r.FreeAt(recent, stretch, now)
			if n := len(left); n > 0 && at.Sub(left[n-1]) < r.PaceGap {
				t.Fatalf("two mails %s apart", at.Sub(left[n-1]))
			}
			left, now = append(left, at), at
			count := func(span time.Duration) (n int) {
				for _, l := range left {
					if at.Sub(l) < span {
						n++
					}
				}
				return n
			}
			if day, hour := count(24*time.Hour), count(time.Hour); day > r.PaceDay || hour > r.PaceHour {
				t.Fatalf("%d in 24 hours, %d in an hour", day, hour)
			}
		}
	})
	if free := (model.Rules{}).FreeAt([]time.Time{monday, monday, monday}, 1, monday); !free.Equal(monday) {
		t.Errorf("0 does not lift the pace: %s", free)
	}
}

// "More than 5 % and at least 3 bounces in the last 50 sends of 24 h stop openers, not follow-ups, and say so."
func TestBouncesHoldOpeners(t *testing.T) {
	r := model.DefaultRules()
	for _, c := range []struct {
		sent, bounced int
		held          bool
	}{{50, 2, false}, {50, 3, true}, {20, 2, false}, {20, 3, true}, {500, 3, true}, {0, 0, false}} {
		if got := r.OpenersHeld(c.sent, c.bounced); got != c.held {
			t.Errorf("%d of %d bounced: held=%v", c.bounced, c.sent, got)
		}
	}
}
