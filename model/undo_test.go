package model_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stoke/model"
	"stoke/model/sequence"
)

// ledger is a contact with a history of verbs, which it keeps and takes back as a store does.
type ledger struct {
	*story
	names []string
	steps []model.ChangeStep
	stand []bool
}

func newLedger(t *testing.T) *ledger {
	s := newStory(t)
	s.sequenced(sequence.Step{Wait: 1, Channel: "mail"}, sequence.Step{Wait: 3, Channel: "mail"})
	s.d.Contact.Deal = &model.Deal{Title: "Docks", Value: 4000}
	s.d.Contact.FollowUp.Sorted = false
	s.do(model.Keep{})
	s.later(time.Hour)
	return &ledger{story: s}
}

// tries does a verb where it is possible.
func (l *ledger) tries(v model.Verb) bool {
	o, err := v.Decide(l.b, l.d, l.now)
	if err != nil {
		return false
	}
	step := model.ChangeStep{Contact: 1, Before: l.d.Contact.FollowUp}
	if o.Deal != nil {
		step.DealBefore, step.DealAfter = l.d.Contact.Deal, o.Deal
	}
	step.Facts = o.Facts
	for _, f := range o.Facts {
		l.d.Contact = l.d.Contact.Knowing(f.Name, f.After)
	}
	n := len(l.d.Interactions)
	l.apply(o)
	for _, i := range l.d.Interactions[n:] {
		step.Added = append(step.Added, i.ID)
	}
	step.After = l.d.Contact.FollowUp
	l.names, l.steps, l.stand = append(l.names, fmt.Sprintf("%T%+v", v, v)), append(l.steps, step), append(l.stand, true)
	l.later(time.Minute)
	return true
}

// undoes takes the n-th verb back.
func (l *ledger) undoes(n int) {
	l.stand[n] = false
	var since []model.ChangeStep
	var at []int
	newest := -1
	for i := range l.steps {
		if l.stand[i] {
			newest = i
			if i > n {
				since, at = append(since, l.steps[i]), append(at, i)
			}
		}
	}
	step := l.steps[n]
	gone := func(i model.Interaction) bool { return slices.Contains(step.Added, i.ID) }
	l.d.Interactions = slices.DeleteFunc(slices.Clone(l.d.Interactions), gone)
	l.d.Happened = slices.DeleteFunc(slices.Clone(l.d.Happened), gone)
	l.d.Contact, _ = step.TakenBack(l.d.Contact, since)
	for i := range since {
		l.steps[at[i]] = since[i]
	}
	was := l.d.Contact.FollowUp
	if len(step.Added) > 0 {
		l.d.Contact.FollowUp = l.b.Settle(l.d, l.now)
	}
	l.d.Contact.FollowUp = l.b.Sound(l.d, l.now)
	if newest >= 0 {
		l.steps[newest].Follow(was, l.d.Contact.FollowUp)
	}
	l.later(time.Minute)
}

// unsound says what is wrong with the state of a contact, or "".
func (l *ledger) unsound() string {
	f := l.d.Contact.FollowUp
	if !f.Sorted || !f.Live(l.now) {
		return ""
	}
	p := l.place()
	switch {
	case f.Next.Kind == "" && f.Promise.At.IsZero():
		return "has no next touch"
	case p.Kind == "" && p.View != model.ViewSnoozed:
		return "its place is about nothing"
	case p.View != model.ViewQueue && !p.ReadyAt.After(l.now):
		return "waits for nothing in " + string(p.View)
	case f.Next.Sequence != "" && (f.Next.Sequence != f.Enrolment.Sequence || f.Next.Step != f.Enrolment.Done+1):
		return "waits for a step of a sequence that they are not in"
	case !f.Next.GoesAt.IsZero() && f.Next.Sequence != "auto":
		return "a mail would go by itself"
	case f.Next.Kind == model.TouchInquiry && !slices.ContainsFunc(l.d.Happened, func(i model.Interaction) bool { return i.Kind.IsInquiry() }):
		return "waits for the answer to a request that is gone"
	}
	return ""
}

// verbsToUndo are those of which every three are tried, and further ones of which every two are.
func verbsToUndo(now time.Time) (verbs, more []model.Verb) {
	hot := model.Hot
	day := func(n int) time.Time { return now.AddDate(0, 0, n) }
	return []model.Verb{
			model.SnoozeTo{Until: day(4)}, model.SnoozeTo{Until: day(2)}, model.PromiseFor{At: day(4), Words: "call me"}, model.HandledWithout{},
			model.Retire{Reason: model.ReasonNoFit}, model.Retire{Reason: model.ReasonOptOut}, model.Retire{Reason: model.ReasonLost}, model.Revive{},
			model.PinTo{Temperature: &hot}, model.Enrol{Sequence: "sales"}, model.Enrol{Sequence: "auto"}, model.StopSequence{}, model.HoldStep{Why: "held"},
			model.Log{Kind: model.Demo}, model.Log{Kind: model.Purchase}, model.Log{Kind: model.Meeting}, model.Log{Kind: model.Booked, At: day(3)},
			model.Log{Kind: model.Voicemail}, model.PutOff{},
		}, []model.Verb{
			model.SnoozeTo{UntilReply: true}, model.Retire{Reason: model.ReasonTiming}, model.Enrol{Sequence: "event", At: day(1)},
			model.Log{Kind: model.Call}, model.Log{Kind: model.Download}, model.Log{Kind: model.NotNow}, model.Log{Kind: model.OptOut}, model.Log{Kind: model.Note, Note: "x"},
			model.OnceMore{}, model.Remember{Facts: map[string]string{"fields.seats": "40"}},
		}
}

// "Every verb can be undone … later from a history": in whatever order changes are taken back, after each undo everybody has
// one next touch, and after all of them the state is the one before all.
func TestChangesAreTakenBackInAnyOrder(t *testing.T) {
	first := newLedger(t)
	verbs, more := verbsToUndo(first.now)
	orders := [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}
	tried, wrong := map[int]int{}, 0
	check := func(list []model.Verb, order []int) {
		fresh := *first.story
		l := &ledger{story: &fresh}
		before := l.d.Contact
		for _, v := range list {
			if !l.tries(v) {
				return
			}
		}
		tried[len(list)]++
		for n, k := range order {
			l.undoes(k)
			if says := l.unsound(); says != "" {
				if wrong++; wrong <= 10 {
					t.Errorf("%v, taken back %v: %s\n%+v", l.names, order[:n+1], says, l.d.Contact.FollowUp)
				}
			}
		}
		after := l.d.Contact
		after.FollowUp.AnswerID = before.FollowUp.AnswerID // never goes back
		if after.FollowUp != before.FollowUp || !after.Deal.Same(before.Deal) || !maps.Equal(after.Fields, before.Fields) {
			if wrong++; wrong <= 10 {
				t.Errorf("%v, taken back in the order %v:\n%+v %v\nwas\n%+v %v", l.names, order, after.FollowUp, after.Fields, before.FollowUp, before.Fields)
			}
		}
	}
	every := slices.Concat(verbs, more)
	for _, a := range every {
		for _, b := range every {
			check([]model.Verb{a, b}, []int{0, 1})
			check([]model.Verb{a, b}, []int{1, 0})
		}
	}
	for _, a := range verbs {
		for _, b := range verbs {
			for _, c := range verbs {
				for _, order := range orders {
					check([]model.Verb{a, b, c}, order)
				}
			}
		}
	}
	if tried[2] < 1200 || tried[3] < 20_000 || wrong > 0 {
		t.Errorf("%d pairs, %d triples, %d wrong", tried[2], tried[3], wrong)
	}
}

// Whatever happened between changes and their undos, mails and another calendar too: everybody who is live and sorted has
// one next touch, and stands in one place because of it.
func TestAnUndoInTheMiddleOfALifeLeavesOneNextTouch(t *testing.T) {
	undone := 0
	rapid.Check(t, func(rt *rapid.T) {
		c := newChance(t, rt)
		c.do(model.HandledWithout{})
		l := &ledger{story: c.story}
		for range rapid.IntRange(2, 30).Draw(rt, "events") {
			switch rapid.IntRange(0, 4).Draw(rt, "event") {
			case 0:
				c.happens()
			case 1, 2:
				l.tries(c.verb(rt))
			default:
				var standing []int
				for n := range l.steps {
					if l.stand[n] {
						standing = append(standing, n)
					}
				}
				if len(standing) == 0 {
					continue
				}
				undone++
				n := rapid.SampledFrom(standing).Draw(rt, "undone")
				l.undoes(n)
				if says := l.unsound(); says != "" {
					rt.Fatalf("%v, %s undone: %s\n%+v", l.names, l.names[n], says, c.d.Contact.FollowUp)
				}
			}
		}
	})
	if undone == 0 {
		t.Error("nothing was undone")
	}
}
