package store_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/signal"
	"stoke/store/storetest"
)

// "More than 5 % and at least 3 bounces in the last 50 sends of 24 h stop openers, not follow-ups, and say so." What
// bounced before the last 50, on another account, or was no mail of ours holds nothing.
func TestBouncesOfTheLastMailsHoldFirstMails(t *testing.T) {
	for name, c := range map[string]struct {
		bounced func(n int) bool // of 60 mails, the n-th from the first
		held    bool
		twice   bool // the last two had another mail before
	}{
		"none":                     {func(int) bool { return false }, false, false},
		"two of the last":          {func(n int) bool { return n >= 58 }, false, false},
		"two, who had two mails":   {func(n int) bool { return n >= 58 }, false, true},
		"three of the last":        {func(n int) bool { return n >= 57 }, true, false},
		"three before the last 50": {func(n int) bool { return n < 3 }, false, false},
		"one before and two after": {func(n int) bool { return n == 0 || n >= 58 }, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			d, ctx := storetest.Open(t), context.Background()
			rules := *d.Rules()
			rules.Rules.PaceDay, rules.Rules.PaceHour, rules.Rules.PaceGap = 0, 0, 0
			d.SetRules(rules)
			known := person(t, d, "Known Already", "known@elsewhere.example")
			if _, err := d.Do(ctx, model.Log{Kind: model.Proposal}, known.ID); err != nil {
				t.Fatal(err)
			}
			for n := range 60 {
				send(t, d, person(t, d, fmt.Sprintf("Person %02d", n), fmt.Sprintf("p%d@firm%d.example", n, n)))
				d.Pass(10 * time.Second)
				leave(t, d)
				if c.twice && n >= 58 {
					found, err := d.Find(ctx, fmt.Sprintf("p%d@firm%d.example", n, n))
					if err != nil {
						t.Fatal(err)
					}
					if _, _, err := d.Send(ctx, model.Approval{Draft: letter(found[0]), Single: true, Force: true}); err != nil {
						t.Fatal(err)
					}
					d.Pass(10 * time.Second)
					leave(t, d)
				}
			}
			for n := range 60 {
				if c.bounced(n) {
					found, err := d.Find(ctx, fmt.Sprintf("p%d@firm%d.example", n, n))
					if err != nil {
						t.Fatal(err)
					}
					in := reply(found[0], fmt.Sprintf("b%d@firm.example", n), d.Now(), "")
					in.Verdict = signal.Verdict{Kind: signal.Bounce, Severity: signal.Dead, Recipients: found[0].Emails}
					receive(t, d, in)
				}
			}
			stranger := person(t, d, "Never Written", "never@elsewhere.example")
			var planned [2]model.Outgoing
			for i, c := range []model.Contact{stranger, known} {
				_, o, err := d.Send(ctx, model.Approval{Draft: letter(c), Single: true, At: d.Now().Add(time.Second), Force: false})
				if err != nil {
					t.Fatal(err)
				}
				planned[i] = o
			}
			d.Pass(2 * time.Second)
			for range 2 {
				o, err := d.Claim(ctx, storetest.Account, "me", true)
				if err != nil {
					t.Fatal(err)
				}
				if o == nil {
					continue
				}
				if err := d.Commit(ctx, o.ID, "me"); err != nil {
					t.Fatal(err)
				}
				if _, err := d.Settle(ctx, o.ID, "me", model.Result{Turn: model.TurnAccepted}); err != nil {
					t.Fatal(err)
				}
			}
			for i, held := range []bool{c.held, false} {
				o, err := d.Outgoing(ctx, planned[i].ID)
				if err != nil || (o.State == model.Queued) != held || held && !strings.Contains(o.Error, "bounced, so first mails wait") {
					t.Errorf("%s: %s, %q, want held %v (%v)", o.To[0].Name, o.State, o.Error, held, err)
				}
			}
		})
	}
}
