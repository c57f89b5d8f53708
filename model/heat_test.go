package model_test

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stoke/model"
)

func TestHeatHalvesEveryFourteenDays(t *testing.T) {
	r := model.DefaultRules()
	h := model.Sum([]model.Signal{{At: monday, Points: 60}}, r)
	for days, want := range map[int]float64{0: 60, 14: 30, 28: 15, 140: 60.0 / 1024} {
		if got := h.Points(monday.Add(time.Duration(days)*dayLong), r); math.Abs(got-want) > 1e-6 {
			t.Errorf("after %d days: %.6f, want %.6f", days, got, want)
		}
	}
	drop := h.Until(r.HotFrom, r)
	if before, after := h.Points(drop.Add(-time.Minute), r), h.Points(drop.Add(time.Minute), r); before < 50 || after >= 50 {
		t.Errorf("around the border: %.4f, %.4f", before, after)
	}
}

func TestSignalsOfTheTable(t *testing.T) {
	in := func(k model.Kind, at time.Time, asks bool) model.Interaction {
		return model.Interaction{Kind: k, Direction: model.In, At: at, Asks: asks}
	}
	out := func(at time.Time) model.Interaction {
		return model.Interaction{Kind: model.Mail, Direction: model.Out, At: at}
	}
	d := func(n int) time.Time { return monday.AddDate(0, 0, n) }
	for name, c := range map[string]struct {
		happened []model.Interaction
		points   float64
	}{
		"a demo request":                              {[]model.Interaction{in(model.Demo, monday, false)}, 60},
		"a reply":                                     {[]model.Interaction{in(model.Mail, monday, false)}, 40},
		"a reply that asks":                           {[]model.Interaction{in(model.Mail, monday, true)}, 55},
		"two replies on one day":                      {[]model.Interaction{in(model.Mail, monday, false), in(model.Mail, monday, true)}, 55},
		"replies on two days":                         {[]model.Interaction{in(model.Mail, d(0), false), in(model.Mail, d(1), false)}, 80},
		"one touch without an answer":                 {[]model.Interaction{out(monday)}, 0},
		"the next touch counts the first's silence":   {[]model.Interaction{out(d(0)), out(d(3))}, -5},
		"three touches":                               {[]model.Interaction{out(d(0)), out(d(3)), out(d(7))}, -10},
		"an answer cancels the cooling before it":     {[]model.Interaction{out(d(0)), out(d(3)), in(model.Mail, d(4), false)}, 40},
		"not now":                                     {[]model.Interaction{in(model.NotNow, monday, false)}, -30},
		"auto-reply, refusal and opt-out add nothing": {[]model.Interaction{in(model.AutoReply, monday, false), in(model.Refusal, monday, false), in(model.OptOut, monday, false)}, 0},
		"a call without an answer":                    {[]model.Interaction{{Kind: model.NoAnswer, At: monday}}, 0},
	} {
		var sum float64
		for _, s := range model.Signals(c.happened, berlin, monday, model.DefaultRules()) {
			sum += s.Points
		}
		if sum != c.points {
			t.Errorf("%s: %v points, want %v", name, sum, c.points)
		}
	}
}

func TestTheOrderOfHeatDoesNotDependOnNow(t *testing.T) {
	r := model.DefaultRules()
	signals := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) model.Signal {
		return model.Signal{At: monday.Add(-time.Duration(rapid.IntRange(0, 200*24).Draw(t, "age")) * time.Hour), Points: float64(rapid.IntRange(-30, 60).Draw(t, "points"))}
	}), 0, 8)
	rapid.Check(t, func(t *rapid.T) {
		a, b := model.Sum(signals.Draw(t, "a"), r), model.Sum(signals.Draw(t, "b"), r)
		later := monday.Add(time.Duration(rapid.IntRange(0, 400*24).Draw(t, "later")) * time.Hour)
		if a > b && a.Points(later, r) < b.Points(later, r) {
			t.Fatalf("%v > %v, but later %v < %v", a, b, a.Points(later, r), b.Points(later, r))
		}
	})
}

func TestAttemptsOfOneDayAreOne(t *testing.T) {
	touch := func(k model.Kind, at time.Time) model.Interaction {
		return model.Interaction{Kind: k, Direction: model.Out, At: at}
	}
	all := []model.Interaction{touch(model.NoAnswer, monday), touch(model.Mail, monday.Add(time.Hour)), touch(model.Mail, monday.Add(3*dayLong))}
	if n := model.Attempts(all, berlin); n != 2 {
		t.Errorf("%d attempts, want 2", n)
	}
	all = append(all, model.Interaction{Kind: model.Mail, Direction: model.In, At: monday.Add(4 * dayLong)})
	if n := model.Attempts(all, berlin); n != 0 {
		t.Errorf("%d attempts after an answer, want 0", n)
	}
}
