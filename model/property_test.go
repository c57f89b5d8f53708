package model_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stoke/model"
)

// "Every live, sorted contact is in exactly one of Queue, Waiting, Snoozed, Nurture", and waits for exactly one next touch:
// its place names one kind and, where it is not in the queue, one moment.
func TestWhateverHappensEverybodyHasOnePlaceAndOneNextTouch(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := newChance(t, rt)
		c.do(model.HandledWithout{})
		for range rapid.IntRange(1, 20).Draw(rt, "events") {
			c.happens()
			p, f := c.place(), c.d.Contact.FollowUp
			if !f.Sorted {
				rt.Fatalf("is unsorted again: %+v", f)
			}
			if !f.Live(c.now) {
				if p.View != model.ViewRetired {
					rt.Fatalf("is retired and stands in %s", p.View)
				}
				continue
			}
			switch p.View {
			case model.ViewQueue:
			case model.ViewWaiting, model.ViewSnoozed, model.ViewNurture:
				if !p.ReadyAt.After(c.now) || !p.ChangesAt.Equal(p.ReadyAt) && p.ChangesAt.After(p.ReadyAt) {
					rt.Fatalf("waits in %s for %s, changes %s", p.View, p.ReadyAt, p.ChangesAt)
				}
			default:
				rt.Fatalf("is live and sorted and stands in %q", p.View)
			}
			if f.Next.Kind == "" && f.Promise.At.IsZero() {
				rt.Fatalf("has no next touch: %+v", f)
			}
			if p.View != model.ViewSnoozed && p.Kind == "" {
				rt.Fatalf("its place is about nothing: %+v", p)
			}
			if f.Next.Kind == model.TouchStep && f.Next.Sequence != f.Enrolment.Sequence {
				rt.Fatalf("is in %q and waits for a step of %q", f.Enrolment.Sequence, f.Next.Sequence)
			}
		}
	})
}

// "ties: heat, then id": the order of a list is total, the same whatever order its contacts come in, and the clock alone
// turns no two contacts round between two borders.
func TestTheOrderIsTotalStableAndNotOfTheClock(t *testing.T) {
	type standing struct {
		c model.Contact
		p model.Place
	}
	order := func(a, b standing) int {
		return cmp.Or(cmp.Compare(a.p.Group, b.p.Group), cmp.Compare(a.p.Class, b.p.Class), cmp.Compare(a.p.Order, b.p.Order),
			cmp.Compare(b.c.FollowUp.Heat, a.c.FollowUp.Heat), cmp.Compare(a.c.ID, b.c.ID))
	}
	ids := func(all []standing) (ids []int64) {
		for _, s := range all {
			ids = append(ids, s.c.ID)
		}
		return ids
	}
	rapid.Check(t, func(rt *rapid.T) {
		var all []standing
		now, border := monday.AddDate(0, 3, 0), time.Time{}
		for id := range int64(rapid.IntRange(2, 6).Draw(rt, "people")) {
			c := newChance(t, rt)
			c.lives(5)
			c.d.Contact.ID = id + 1
			s := standing{c.d.Contact, model.PlaceOf(c.d.Contact, now, c.b.Rules)}
			if s.p.View != model.ViewQueue {
				continue
			}
			if at := s.p.ChangesAt; !at.IsZero() && (border.IsZero() || at.Before(border)) {
				border = at
			}
			all = append(all, s)
		}
		slices.SortFunc(all, order)
		first := ids(all)
		for range 3 {
			turned := rapid.Permutation(all).Draw(rt, "turned")
			slices.SortFunc(turned, order)
			if got := ids(turned); !slices.Equal(got, first) {
				rt.Fatalf("%v and %v", first, got)
			}
		}
		later := now.Add(time.Duration(rapid.IntRange(1, 20*24*60).Draw(rt, "later")) * time.Minute)
		if !border.IsZero() && !later.Before(border) {
			later = border.Add(-time.Millisecond)
		}
		if later.Before(now) {
			return
		}
		for i := range all {
			all[i].p = model.PlaceOf(all[i].c, later, model.DefaultRules())
		}
		slices.SortFunc(all, order)
		if got := ids(all); !slices.Equal(got, first) {
			rt.Fatalf("%v at %s and %v at %s", first, now, got, later)
		}
	})
}

// "Every verb can be undone … an undo is an inverse change": where nothing came between, the state is exactly what it was.
func TestEveryVerbIsUndoneToTheExactState(t *testing.T) {
	// Some verbs need a state that chance rarely brings.
	ready := map[string]func(*chance){
		"stop":    func(c *chance) { c.tries(model.Enrol{Sequence: "sales"}) },
		"revive":  func(c *chance) { c.tries(model.Retire{Reason: model.ReasonNoFit}) },
		"move on": func(c *chance) { c.tries(model.Log{Kind: model.Refusal}) },
		"hold":    func(c *chance) { c.tries(model.Enrol{Sequence: "auto"}) },
		"keep":    func(c *chance) { c.d.Contact.FollowUp = model.FollowUp{} },
	}
	for _, name := range []string{"snooze", "promise", "done", "retire", "revive", "pin", "enrol", "stop", "log", "once more", "not now", "keep", "move on", "hold"} {
		t.Run(name, func(t *testing.T) {
			undone := 0
			rapid.Check(t, func(rt *rapid.T) {
				c := newChance(t, rt)
				c.do(model.HandledWithout{})
				c.lives(4)
				if before := ready[name]; before != nil {
					before(c)
				}
				v := rapid.Custom(c.verb).Filter(func(v model.Verb) bool { return v.Name() == name }).Draw(rt, "the verb")
				c.d.Contact.FollowUp = c.b.Settle(c.d, c.now) // as it is when the verb is decided on
				before, d := c.d.Contact.FollowUp, c.d
				o, err := v.Decide(c.b, d, c.now)
				if err != nil {
					return
				}
				undone++
				step := model.ChangeStep{Before: before, After: o.FollowUp}
				f, kept := step.Undone(o.FollowUp)
				if len(o.Add) > 0 { // a store takes them out again, and with them what follows from them
					d.Contact.FollowUp = f
					f = c.b.Settle(d, c.now)
				}
				if kept || f != before {
					rt.Fatalf("undone (kept %v):\n%+v\nwas\n%+v", kept, f, before)
				}
			})
			if undone == 0 {
				t.Error("it was never possible")
			}
		})
	}
}

// "no plan falls on a free day or outside the window", for what the rules plan; a date that the rep set is not moved.
func TestNoPlanFallsOnAFreeDayOrOutsideTheWindow(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := newChance(t, rt)
		c.do(model.HandledWithout{})
		for range rapid.IntRange(1, 15).Draw(rt, "events") {
			c.happens()
			f := c.d.Contact.FollowUp
			zone := c.d.Contact.Zone(berlin)
			if goes := f.Next.GoesAt; !goes.IsZero() && goes.After(c.now) {
				if !c.b.Calendar.InWindow(goes, zone) {
					rt.Fatalf("goes by itself at %s, %s in %s", goes.In(berlin), goes.In(zone), zone)
				}
				if f.Next.DueAt.Before(goes) {
					rt.Fatalf("is overdue at %s before it goes at %s", f.Next.DueAt, goes)
				}
			}
			set := f.Next.ReadyAt.Equal(f.Snooze.Until) || f.Enrolment.Done == 0 && f.Next.Kind == model.TouchStep || !f.Retired.At.IsZero()
			if ready := f.Next.ReadyAt; ready.After(c.now) && !set && !c.b.Calendar.Workday(ready) && !f.Snoozed(c.now) {
				rt.Fatalf("the %s is planned for %s\n%+v", f.Next.Kind, ready.In(berlin), f)
			}
		}
	})
}

// What the queue asks to be mailed either may go, or its row says what is in the way.
func TestTheQueueAndTheGateAgree(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := newChance(t, rt)
		c.do(model.HandledWithout{})
		for range rapid.IntRange(1, 15).Draw(rt, "events") {
			c.happens()
			if c.place().View != model.ViewQueue && rapid.Bool().Draw(rt, "until it is due") {
				if at := c.place().ChangesAt; !at.IsZero() {
					c.now = at.In(berlin).Add(time.Millisecond)
				}
			}
			f, row := c.d.Contact.FollowUp, c.row()
			if row.Place.View != model.ViewQueue || f.Next.Channel == "call" || f.Next.Channel == "text" {
				continue
			}
			why, err := row.Why(c.now), c.b.Gate(c.d, c.approval(), c.now)
			_, parts := row.Parting()
			switch model.CodeOf(err) {
			case "":
				if strings.Contains(why, " mail before ") || strings.Contains(why, "must not be mailed") {
					rt.Fatalf("the mail may go, and the row says %q\n%+v", why, f)
				}
			case model.GateTouchLimit:
				if !strings.Contains(why, " mail before ") && !parts {
					rt.Fatalf("the gate says %q, the row %q\n%+v", err, why, f)
				}
			case model.GateSuppressed:
				if !strings.Contains(why, "must not be mailed") && !strings.Contains(why, "asked not to be written to") {
					rt.Fatalf("the gate says %q, the row %q\n%+v", err, why, f)
				}
			default:
				rt.Fatalf("refused: %v", err)
			}
		}
	})
}
