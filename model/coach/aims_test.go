package coach_test

import (
	"strings"
	"testing"

	"stoke/model/coach"
)

// An aim of the rep's own decides, and the hint says whose it is.
func TestTheRepsOwnAims(t *testing.T) {
	for check, c := range map[coach.Check]struct {
		from func() coach.Draft
		set  func(*coach.Aims)
		says string
	}{
		coach.Length:      {dana, func(a *coach.Aims) { a.FollowUpMost = 60 }, "of 71 words is long: leave out 11"},
		coach.Sentence:    {dana, func(a *coach.Aims) { a.SentenceMost = 10 }, "One sentence has"},
		coach.Subject:     {stranger, func(a *coach.Aims) { a.SubjectLeast, a.SubjectMost = 5, 6 }, "4 words: 5 to 6 are your aim"},
		coach.Grade:       {dana, func(a *coach.Aims) { a.GradeGood, a.GradeWarn = 0.5, 1 }, "Hard to read"},
		coach.Question:    {func() coach.Draft { d := dana(); swap(ask, "Is it? Is that? Is this?")(&d); return d }, func(a *coach.Aims) { a.Questions = 1 }, "questions at once"},
		coach.Links:       {func() coach.Draft { d := stranger(); swap("Is that", "https://a.example Is that")(&d); return d }, func(a *coach.Aims) { a.OpenerLinks = 0 }, "keep none"},
		coach.Exclamation: {func() coach.Draft { d := dana(); swap("that.", "that!")(&d); return d }, func(a *coach.Aims) { a.Exclamations = 0 }, "none is plenty"},
	} {
		find := func(a coach.Aims) (coach.Hint, bool) {
			for _, h := range a.Judge(c.from()).Hints {
				if h.Check == check {
					return h, true
				}
			}
			return coach.Hint{}, false
		}
		aims := coach.DefaultAims()
		if h, _ := find(aims); strings.Contains(h.Source, "your") {
			t.Errorf("%s: the usual aim is said to be the rep's: %+v", check, h)
		}
		c.set(&aims)
		if h, found := find(aims); !found || h.Level == coach.Good || !strings.Contains(h.Message, c.says) || h.Source != "your own aim, from the config" {
			t.Errorf("%s: %+v", check, h)
		}
	}
}
