package store_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/store/storetest"
)

// "Pace for sequence mail: 50 a rolling 24 h, 30 an hour, 60 to 120 s apart; hand-written mail, answers and single sends
// exempt." Ninety mails planned for one moment leave over two days, inside the window, while a single one goes at once.
func TestPlannedMailKeepsThePaceAndASingleOneDoesNotWait(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	d.Pass(18 * time.Hour) // the next morning, half an hour after opening
	for i := range 90 {
		c := person(t, d, fmt.Sprintf("Person %02d", i), fmt.Sprintf("p%d@northwind.example", i))
		if _, _, err := d.Send(ctx, model.Approval{Draft: letter(c), Single: true, At: d.Now().Add(time.Minute)}); err != nil {
			t.Fatal(err)
		}
	}
	var left []time.Time
	start := d.Now()
	leave := func() bool {
		o, err := d.Claim(ctx, storetest.Account, "me", true)
		if err != nil {
			t.Fatal(err)
		}
		if o == nil {
			return false
		}
		if err := d.Commit(ctx, o.ID, "me"); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Settle(ctx, o.ID, "me", model.Result{Turn: model.TurnAccepted}); err != nil {
			t.Fatal(err)
		}
		if !o.Single {
			left = append(left, d.Now())
		}
		return true
	}
	for d.Now().Sub(start) < 30*time.Minute {
		leave()
		d.Pass(20 * time.Second)
	}
	hand := person(t, d, "By Hand", "hand@northwind.example")
	_, out := send(t, d, hand)
	d.Pass(10 * time.Second)
	leave()
	if o, err := d.Outgoing(ctx, out.ID); err != nil || o.State != model.Sent {
		t.Errorf("the single mail waits behind the pace: %s %v", o.State, err)
	}
	for d.Now().Sub(start) < 60*time.Hour {
		leave()
		d.Pass(20 * time.Second)
	}
	if len(left) != 90 {
		t.Errorf("%d of 90 left in sixty hours", len(left))
	}
	window := d.Rules().Calendar
	for i, at := range left {
		if i > 0 && at.Sub(left[i-1]) < 60*time.Second {
			t.Errorf("mails %d and %d are %s apart", i-1, i, at.Sub(left[i-1]))
		}
		if i >= 30 && at.Sub(left[i-30]) < time.Hour || i >= 50 && at.Sub(left[i-50]) < 24*time.Hour {
			t.Errorf("mail %d leaves too soon, at %s", i, at)
		}
		if !window.InWindow(at, nil) {
			t.Errorf("mail %d leaves outside the window, at %s", i, at)
		}
	}
}

// "When capped, the order is: inquiry, promise, event inside its 24 h, later step, older, opener, nurture."
// "CLAIMED: one transaction: owner, stop conditions, pace, sync freshness checked again." A slow upload may end after the
// working day, or after another process let a mail go.
func TestThePaceIsCheckedAgainBeforeTheDot(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	d.Pass(18 * time.Hour)
	planned := func(name string) {
		c := person(t, d, name, name+"@northwind.example")
		if _, _, err := d.Send(ctx, model.Approval{Draft: letter(c), Single: true, At: d.Now().Add(time.Minute)}); err != nil {
			t.Fatal(err)
		}
	}
	claim := func() *model.Outgoing {
		o, err := d.Claim(ctx, storetest.Account, "me", true)
		if err != nil || o == nil {
			t.Fatal(o, err)
		}
		return o
	}
	held := func(o *model.Outgoing, why string) {
		t.Helper()
		if err := d.Commit(ctx, o.ID, "me"); model.CodeOf(err) != model.Conflict || !strings.Contains(err.Error(), why) {
			t.Errorf("let go: %v", err)
		}
		if after, err := d.Outgoing(ctx, o.ID); err != nil || after.State != model.Queued || !after.NextAt.After(d.Now()) || after.Attempts != 0 {
			t.Errorf("%+v, %v", after, err)
		}
	}
	planned("first")
	planned("second")
	d.Pass(6 * time.Hour) // when the working day begins
	one, two := claim(), claim()
	if err := d.Commit(ctx, one.ID, "me"); err != nil {
		t.Fatal(err)
	}
	held(two, "pace")
	d.Pass(3 * time.Minute)
	two = claim()
	d.Pass(12 * time.Hour)
	held(two, "outside the working hours")
}

func TestWhatThePaceHoldsBackLeavesByRank(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	planned := func(name string, v ...model.Verb) {
		c := person(t, d, name, name+"@northwind.example")
		for _, v := range v {
			if _, err := d.Do(ctx, v, c.ID); err != nil {
				t.Fatal(err)
			}
		}
		found, err := d.Find(ctx, name+"@northwind.example")
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := d.Send(ctx, model.Approval{Draft: letter(found[0]), Single: true, At: d.Now().Add(time.Minute), Force: false}); err != nil {
			t.Fatal(err)
		}
	}
	planned("opener")
	planned("promise", model.PromiseFor{At: d.Now().Add(time.Hour), Words: "call"})
	planned("guest", model.Log{Kind: model.Met})
	planned("inquiry", model.Log{Kind: model.Demo})
	d.Pass(2 * time.Minute)
	var order []string
	for range 40 {
		o, err := d.Claim(ctx, storetest.Account, "me", true)
		if err != nil {
			t.Fatal(err)
		}
		if o != nil {
			order = append(order, o.To[0].Name)
			if err := d.Commit(ctx, o.ID, "me"); err != nil {
				t.Fatal(err)
			}
			if _, err := d.Settle(ctx, o.ID, "me", model.Result{Turn: model.TurnAccepted}); err != nil {
				t.Fatal(err)
			}
		}
		d.Pass(20 * time.Second)
	}
	if got := fmt.Sprint(order); got != "[inquiry promise guest opener]" {
		t.Errorf("left in the order %s", got)
	}
}
