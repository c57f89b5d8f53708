package model_test

import (
	"testing"
	"time"

	"stoke/model"
)

// world is one mail, the server it may reach, and two processes that may work on it. The test below walks every
// interleaving of their steps, of kills, lost replies, late copies and the rep's choices, with the outbox's own table.
type world struct {
	row      model.State
	owner    int // 0 none, else the process
	accepted int // by the server
	chosen   int // deliveries that the rep asked for beyond the first
	copied   bool
	pc       [2]int // 0 idle, 1 claimed, 2 dot may leave, 3 dot left, 4 read 250, 5 read 4xx, 6 read 5xx, 7 no answer
	looks    int
	judged   bool // the rep said how it ended
}

// turn applies a turn to the row if the table allows it and, for what an owner does, if the owner still is the owner.
func (w world) turn(turn model.Turn, by int) (world, bool) {
	if by != 0 && w.owner != by {
		return w, false
	}
	rules := model.DefaultRules()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	o, err := model.Outgoing{State: w.row, Looks: w.looks, Approved: now, SendAfter: now, DotAt: now}.After(model.Result{Turn: turn}, now, rules)
	if err != nil {
		return w, false
	}
	w.row, w.looks = o.State, o.Looks
	if o.State != model.Claimed && o.State != model.Committing {
		w.owner = 0
	}
	return w, true
}

func (w world) next() []world {
	var all []world
	add := func(n world, ok bool) {
		if ok {
			all = append(all, n)
		}
	}
	for p := range w.pc {
		me := p + 1
		at := func(n world, pc int) world { n.pc[p] = pc; return n }
		switch w.pc[p] {
		case 0:
			if n, ok := w.turn(model.TurnClaim, 0); ok {
				n.owner = me
				add(at(n, 1), true)
			}
		case 1:
			if n, ok := w.turn(model.TurnRetry, me); ok {
				add(at(n, 0), true) // any failure before the dot
			}
			if n, ok := w.turn(model.TurnCommit, me); ok {
				add(at(n, 2), true)
			} else {
				add(at(w, 0), true) // not the owner any more: close the connection
			}
		case 2: // only here does a dot leave
			taken := w
			taken.accepted++
			add(at(taken, 3), true)
			taken.copied = true
			add(at(taken, 3), true)
			add(at(w, 7), true) // the network ate it
			add(at(w, 5), true)
			add(at(w, 6), true)
		case 3:
			add(at(w, 4), true)
			add(at(w, 7), true)
		case 4, 5, 6, 7:
			turn := map[int]model.Turn{4: model.TurnAccepted, 5: model.TurnRetry, 6: model.TurnRefused, 7: model.TurnLost}[w.pc[p]]
			n, _ := w.turn(turn, me)
			add(at(n, 0), true)
		}
		if w.pc[p] != 0 {
			add(at(w, 0), true) // kill -9
		}
	}
	if w.owner != 0 && w.pc[w.owner-1] == 0 { // its lock is gone
		add(w.turn(model.TurnOrphan, 0))
	}
	if w.copied {
		add(w.turn(model.TurnFound, 0))
	} else {
		add(w.turn(model.TurnAbsent, 0))
	}
	if w.accepted > 0 && !w.copied {
		late := w
		late.copied = true
		all = append(all, late)
	}
	if n, ok := w.turn(model.TurnSaysSent, 0); ok {
		n.judged = true
		add(n, true)
	}
	if n, ok := w.turn(model.TurnDrop, 0); ok && w.row != model.Queued {
		n.judged = true
		add(n, true)
	}
	if w.chosen == 0 && (w.row == model.AskRep) {
		if n, ok := w.turn(model.TurnAgain, 0); ok {
			n.chosen++
			add(n, true)
		}
	}
	return all
}

func TestNoInterleavingSendsTwiceOrLosesAMail(t *testing.T) {
	start := world{row: model.Queued}
	seen := map[world]bool{start: true}
	queue := []world{start}
	for len(queue) > 0 {
		w := queue[0]
		queue = queue[1:]
		switch {
		case w.accepted > 1+w.chosen:
			t.Fatalf("sent twice: %+v", w)
		case w.row == model.Sent && w.accepted == 0 && !w.judged:
			t.Fatalf("called sent and never accepted: %+v", w)
		case w.row == model.Queued && w.accepted > 0 && w.chosen == 0:
			t.Fatalf("goes back to the queue after the server took it: %+v", w)
		case w.row == model.Failed && w.accepted > 0 && w.chosen == 0:
			t.Fatalf("called failed and was accepted: %+v", w)
		}
		for _, n := range w.next() {
			if !seen[n] {
				seen[n] = true
				queue = append(queue, n)
			}
		}
		if len(seen) > 200_000 {
			t.Fatal("the walk does not end")
		}
	}
	reached, again := map[model.State]bool{}, false
	for w := range seen {
		reached[w.row] = true
		again = again || (w.chosen == 1 && w.accepted == 2)
	}
	for _, state := range []model.State{model.Queued, model.Claimed, model.Committing, model.Sent, model.Uncertain, model.AskRep, model.Failed, model.Cancelled} {
		if !reached[state] {
			t.Errorf("the walk never reached %s", state)
		}
	}
	if !again {
		t.Error("the walk never saw the rep send a mail again")
	}
}

func TestRetriesWaitLongerAndGiveUpAfterADay(t *testing.T) {
	rules, now := model.DefaultRules(), time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	o := model.Outgoing{State: model.Queued, Approved: now, SendAfter: now}
	var waits []time.Duration
	for o.State == model.Queued {
		claimed, err := o.After(model.Result{Turn: model.TurnClaim}, now, rules)
		if err != nil {
			t.Fatal(err)
		}
		if o, err = claimed.After(model.Result{Turn: model.TurnRetry, Error: "no connection."}, now, rules); err != nil {
			t.Fatal(err)
		}
		if o.State == model.Queued {
			waits = append(waits, o.NextAt.Sub(now))
			now = o.NextAt
		}
	}
	for i, want := range []time.Duration{5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour, 4 * time.Hour} {
		if waits[i] != want {
			t.Errorf("wait %d is %s, want %s", i+1, waits[i], want)
		}
	}
	if o.State != model.Failed || o.Error == "" {
		t.Errorf("after a day: %s %q", o.State, o.Error)
	}
}

func TestLooksIntoTheSentFolderEndWithTheRep(t *testing.T) {
	rules, dot := model.DefaultRules(), time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	o := model.Outgoing{State: model.Uncertain, DotAt: dot, NextAt: dot}
	var at []time.Duration
	for o.State == model.Uncertain {
		at = append(at, o.NextAt.Sub(dot))
		var err error
		if o, err = o.After(model.Result{Turn: model.TurnAbsent}, o.NextAt, rules); err != nil {
			t.Fatal(err)
		}
	}
	if want := rules.Looks; len(at) != len(want) || at[1] != want[1] || at[4] != want[4] || o.State != model.AskRep {
		t.Errorf("looked at %v and ended as %s", at, o.State)
	}
}
