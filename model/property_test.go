package model_test

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stoke/model"
	"stoke/model/schedule"
	"stoke/model/sequence"
	"stoke/model/signal"
)

// chance is a contact in a random calendar to whom anything happens that can: every verb, mail in and out, colleagues, a
// change of calendar or sequences, and time.
type chance struct {
	*story
	rt *rapid.T
}

// calendars are those of several countries, each with an absence; making one works its holidays out.
var calendars = sync.OnceValue(func() (all []*schedule.Calendar) {
	for i, country := range []string{"", "de", "us", "jp"} {
		for n := range 4 {
			set := schedule.Settings{Zone: berlin, Country: country}
			if n > 0 {
				from := schedule.Day{Year: 2026, Month: time.November, Day: 24}.Add(7*i + 19*(n-1))
				set.Away = []schedule.Range{{From: from, To: from.Add(4 * n)}}
			}
			all = append(all, must(schedule.New(set)))
		}
	}
	return all
})

func newChance(t *testing.T, rt *rapid.T) *chance {
	c := &chance{story: newStory(t), rt: rt}
	c.sequenced(sequence.Step{Wait: 1, Channel: "mail"}, sequence.Step{Wait: 1, Channel: "mail"}, sequence.Step{Wait: 2, Channel: "call"}, sequence.Step{Wait: 4, Channel: "mail"})
	c.d.Contact.TZ = rapid.SampledFrom([]string{"", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Auckland"}).Draw(rt, "tz")
	if rapid.Bool().Draw(rt, "deal") {
		c.d.Contact.Deal = &model.Deal{Value: 10_000}
	}
	c.calendar()
	return c
}

// calendar gives the rep other free days.
func (c *chance) calendar() {
	c.b.Calendar = calendars()[rapid.IntRange(0, len(calendars())-1).Draw(c.rt, "calendar")]
}

// tries does a verb where it is possible.
func (c *chance) tries(v model.Verb) {
	if o, err := v.Decide(c.b, c.d, c.now); err == nil {
		c.outcome(o)
	}
}

// verb is any verb with any arguments.
func (c *chance) verb(rt *rapid.T) model.Verb {
	ahead := func() time.Time {
		return c.now.Add(time.Duration(rapid.IntRange(1, 30*24*60).Draw(rt, "ahead")) * time.Minute)
	}
	name := rapid.SampledFrom([]string{"sales", "re-engagement", "event", "auto"}).Draw(rt, "sequence")
	warm := rapid.SampledFrom([]model.Temperature{model.Cold, model.Warm, model.Hot}).Draw(rt, "temperature")
	return rapid.SampledFrom([]model.Verb{
		model.SnoozeTo{Until: ahead()}, model.SnoozeTo{UntilReply: true}, model.PromiseFor{At: ahead(), Words: "call"}, model.HandledWithout{},
		model.Retire{Reason: rapid.SampledFrom(model.Reasons()).Draw(rt, "reason")}, model.Retire{Reason: model.ReasonTiming, Until: ahead()}, model.Revive{},
		model.PinTo{}, model.PinTo{Temperature: &warm}, model.Enrol{Sequence: name}, model.Enrol{Sequence: name, At: ahead()},
		model.EnrolSpread{Sequence: name, First: map[int64]time.Time{1: c.b.Spread(name, 1, c.now)[0]}}, model.StopSequence{},
		model.Log{Kind: rapid.SampledFrom(model.Kinds()).Draw(rt, "kind"), At: c.now.Add(-time.Duration(rapid.IntRange(0, 5000).Draw(rt, "ago")) * time.Minute)},
		model.OnceMore{}, model.MoveOn{}, model.Keep{}, model.PutOff{}, model.HoldStep{Why: "held"},
	}).Draw(rt, "verb")
}

// happens lets one thing happen.
func (c *chance) happens() {
	c.later(time.Duration(rapid.IntRange(1, 5*24*60).Draw(c.rt, "minutes")) * time.Minute)
	switch rapid.IntRange(0, 9).Draw(c.rt, "what") {
	default:
		c.tries(c.verb(c.rt))
	case 5:
		c.arrives()
	case 6:
		if o, ok := c.b.ColleagueAnswered(c.d, "Tom", c.now); ok {
			c.outcome(o)
		}
	case 7:
		if o, ok := c.b.AnsweredByAnother(c.d, "Tom", c.now); ok {
			c.outcome(o)
		}
	case 8:
		c.calendar()
		c.d.Contact.FollowUp = c.b.Replan(c.d, c.now)
	case 9:
		a := c.approval()
		a.Force = rapid.Bool().Draw(c.rt, "force")
		if o, outcome, err := c.b.Dispatch(c.d, a, model.Envelope{MessageID: "out-" + c.now.String()}, c.now); err == nil {
			c.outcome(outcome)
			c.later(time.Duration(rapid.IntRange(0, 600).Draw(c.rt, "waits")) * time.Minute)
			c.outcome(c.b.Left(c.d, o, c.now, c.now, "words"))
		}
	}
}

// arrives is any mail in the contact's thread.
func (c *chance) arrives() {
	c.outcome(c.b.Receive(c.d, model.Inbound{
		Header: model.Header{At: c.now.Add(-time.Duration(rapid.SampledFrom([]int{0, 0, 0, 3, 90, 5000}).Draw(c.rt, "old")) * time.Minute), MessageID: "in-" + c.now.String()},
		Own:    rapid.IntRange(0, 4).Draw(c.rt, "own") == 0, Quotes: true,
		Verdict: signal.Verdict{
			Kind:       rapid.SampledFrom([]signal.Kind{signal.Human, signal.Human, signal.Human, signal.AutoReply, signal.Bounce, signal.OptOut, signal.Complaint, signal.List}).Draw(c.rt, "mail"),
			Severity:   rapid.SampledFrom([]signal.Severity{signal.Dead, signal.Refused, signal.Later}).Draw(c.rt, "severity"),
			ReturnDate: c.now.AddDate(0, 0, rapid.IntRange(-3, 20).Draw(c.rt, "back")), Recipients: c.d.Contact.Emails, Text: "words",
			AsksQuestion: rapid.Bool().Draw(c.rt, "asks"), Refusal: rapid.IntRange(0, 5).Draw(c.rt, "no") == 0, NotNow: rapid.IntRange(0, 5).Draw(c.rt, "later") == 0,
		},
	}, c.now))
}

func (c *chance) outcome(o model.Outcome) {
	c.apply(o)
	for _, s := range o.Suppress {
		c.d.Suppressed = &s
	}
}

func (c *chance) lives(most int) {
	for range rapid.IntRange(0, most).Draw(c.rt, "events") {
		c.happens()
	}
}

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
