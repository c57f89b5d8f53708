package model_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"stoke/model"
	"stoke/model/signal"
)

// lived is a contact after a random life of verbs and mails.
func lived(t *rapid.T, b *story) *story {
	n := rapid.IntRange(0, 12).Draw(t, "events")
	for range n {
		b.later(time.Duration(rapid.IntRange(1, 6*24*60).Draw(t, "minutes")) * time.Minute)
		verbs := []model.Verb{
			model.SnoozeTo{Until: b.now.Add(time.Duration(rapid.IntRange(1, 500).Draw(t, "snooze")) * time.Hour)},
			model.PromiseFor{At: b.now.Add(time.Duration(rapid.IntRange(1, 500).Draw(t, "promise")) * time.Hour)},
			model.HandledWithout{}, model.Retire{Reason: rapid.SampledFrom(model.Reasons()).Draw(t, "reason")}, model.Revive{},
			model.Log{Kind: rapid.SampledFrom(model.Kinds()).Draw(t, "kind")}, model.Enrol{Sequence: "sales"}, model.StopSequence{},
		}
		if which := rapid.IntRange(0, len(verbs)+1).Draw(t, "which"); which < len(verbs) {
			if o, err := verbs[which].Decide(b.b, b.d, b.now); err == nil {
				b.apply(o)
			}
		} else if which == len(verbs) {
			kind := rapid.SampledFrom([]signal.Kind{signal.Human, signal.AutoReply, signal.Bounce, signal.OptOut, signal.List}).Draw(t, "mail")
			b.writes("words", func(in *model.Inbound) { in.Verdict.Kind, in.MessageID = kind, "" })
		} else if a := b.approval(); b.b.Gate(b.d, a, b.now) == nil {
			b.sends()
		}
	}
	return b
}

func TestEveryLiveSortedContactHasExactlyOneNextTouch(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := newStory(t)
		s.do(model.Log{Kind: model.Call})
		s = lived(rt, s)
		p, f := s.place(), s.d.Contact.FollowUp
		if !f.Live(s.now) {
			if p.View != model.ViewRetired {
				rt.Fatalf("retired, but stands in %s", p.View)
			}
			return
		}
		if f.Next.Kind == "" && f.Promise.At.IsZero() {
			rt.Fatalf("no next touch: %+v", f)
		}
		if p.View != model.ViewSnoozed && p.View != model.ViewQueue && p.ReadyAt.IsZero() {
			rt.Fatalf("waits for nothing: %+v %+v", p, f)
		}
	})
}

// A place holds until ChangesAt: a store that asks no sooner shows what PlaceOf would say at any moment between.
func TestAPlaceHoldsUntilItSaysItChanges(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := newStory(t)
		s.do(model.Log{Kind: model.Call})
		s = lived(rt, s)
		p := s.place()
		later := s.now.Add(time.Duration(rapid.IntRange(1, 60*24*60).Draw(rt, "later")) * time.Minute)
		if !p.ChangesAt.IsZero() && !later.Before(p.ChangesAt) {
			later = p.ChangesAt.Add(-time.Millisecond)
		}
		if later.Before(s.now) {
			return
		}
		q := model.PlaceOf(s.d.Contact, later, s.b.Rules)
		if q.View != p.View || q.Group != p.Group || q.Class != p.Class || q.Order != p.Order {
			rt.Fatalf("stood in %+v at %s, stands in %+v at %s without a border between", p, s.now, q, later)
		}
	})
}

func TestUndoRestoresTheExactStateWhereNothingCameBetween(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := newStory(t)
		s.do(model.Log{Kind: model.Call})
		s = lived(rt, s)
		before := s.d.Contact.FollowUp
		o, err := model.SnoozeTo{Until: s.now.Add(30 * time.Hour)}.Decide(s.b, s.d, s.now)
		if err != nil {
			return
		}
		step := model.ChangeStep{Before: before, After: o.FollowUp}
		got, kept := step.Undone(o.FollowUp)
		got.Heat, got.Attempts = before.Heat, before.Attempts // follow from the history, which a snooze does not touch
		if kept || got != before {
			rt.Fatalf("undone: %+v\nbefore: %+v", got, before)
		}
	})
}

func TestAnUndoKeepsAReplyThatCameBetween(t *testing.T) {
	s := newStory(t)
	s.do(model.Log{Kind: model.Call})
	before := s.d.Contact.FollowUp
	after := s.do(model.SnoozeTo{Until: monday.AddDate(0, 0, 7)}).FollowUp
	s.later(time.Hour)
	s.writes("hello")
	got, kept := model.ChangeStep{Before: before, After: after}.Undone(s.d.Contact.FollowUp)
	if !kept || got.Next.Kind != model.TouchReply || !got.Unread {
		t.Errorf("kept=%v %+v", kept, got.Next)
	}
}

func TestTheGroupNowIsOrderedAsTheDomainSays(t *testing.T) {
	var order []model.Place
	at := func(prepare func(*story)) {
		s := newStory(t)
		prepare(s)
		s.now = monday.Add(30 * time.Hour).Add(-5 * time.Hour) // Tuesday 10:00
		order = append(order, s.place())
	}
	fresh := func(age time.Duration) func(*story) {
		return func(s *story) { s.now = monday.Add(25*time.Hour - age); s.do(model.Log{Kind: model.Demo}) }
	}
	at(fresh(50 * time.Minute)) // least left first
	at(fresh(10 * time.Minute))
	at(func(s *story) {
		s.now = monday.Add(23 * time.Hour)
		s.writes("when?", func(in *model.Inbound) { in.Verdict.AsksQuestion = true })
	})
	at(func(s *story) { s.writes("older, asks nothing") })
	at(func(s *story) { s.later(time.Hour); s.writes("newer, asks nothing") })
	at(func(s *story) { s.do(model.PromiseFor{At: monday.Add(30 * time.Hour)}) })
	at(fresh(90 * time.Minute)) // past its hour
	at(func(s *story) { s.do(model.Log{Kind: model.Meeting}) })
	for i := 1; i < len(order); i++ {
		a, b := order[i-1], order[i]
		if a.Group != model.GroupNow || a.Class > b.Class || (a.Class == b.Class && a.Order >= b.Order) {
			t.Errorf("place %d %+v does not come before %+v", i, a, b)
		}
	}
}
