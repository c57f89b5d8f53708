package model_test

import (
	"testing"
	"time"

	"stoke/model"
)

// planned are the nurture touches of contacts, as a store would know them.
type planned map[int64]time.Time

func (planned) Openers(time.Time, int) int { return 0 }

// Nurtures implements model.Planned.
func (p planned) Nurtures(day time.Time, besides int64, enough int) (n int) {
	for id, at := range p {
		if id != besides && !at.Before(day) && at.Before(day.AddDate(0, 0, 1)) && n < enough {
			n++
		}
	}
	return n
}

// LastNurture implements model.Planned.
func (p planned) LastNurture() (last time.Time) {
	for _, at := range p {
		if at.After(last) {
			last = at
		}
	}
	return last
}

// "At most 10 nurture rows a day.": whatever leads to nurture on one day is planned for several, each once, on business days.
func TestNurtureIsSpreadOverDays(t *testing.T) {
	for name, ends := range map[string]func(*story){
		"a sequence that ran out": func(s *story) { s.do(model.Enrol{Sequence: "sales"}); walk(s) },
		"no answer":               func(s *story) { s.do(model.Retire{Reason: model.ReasonNoAnswer}) },
		"not now":                 func(s *story) { s.do(model.PutOff{}) },
	} {
		t.Run(name, func(t *testing.T) {
			on, came := planned{}, map[string]int{}
			for id := range int64(95) {
				s := newStory(t)
				s.d.Contact.ID, s.b.Planned = id, on
				ends(s)
				f := s.d.Contact.FollowUp
				if f.Next.Kind != model.TouchNurture || !s.b.Calendar.Workday(f.Next.ReadyAt) || f.Next.DueAt.Before(f.Next.ReadyAt) {
					t.Fatalf("planned %+v", f.Next)
				}
				if !f.Retired.At.IsZero() && !f.Retired.Until.Equal(f.Next.ReadyAt) {
					t.Fatalf("back on %s, planned for %s", f.Retired.Until, f.Next.ReadyAt)
				}
				on[id] = f.Next.ReadyAt
				came[f.Next.ReadyAt.In(berlin).Format(time.DateOnly)]++
			}
			if len(came) != 10 {
				t.Errorf("95 people on %d days: %v", len(came), came)
			}
			for day, n := range came {
				if n > 10 {
					t.Errorf("%d on %s", n, day)
				}
			}
		})
	}
}

// What comes up beyond the day's number is put back, with its due date, and says so by its date; a date that somebody named
// is kept.
func TestWhatIsOverTheDaysNumberComesUpLater(t *testing.T) {
	s := newStory(t)
	s.b.Planned = planned{}
	s.do(model.PutOff{})
	s.now = s.d.Contact.FollowUp.Next.ReadyAt.In(berlin).Add(9 * time.Hour)
	if f, ok := s.b.PutBack(s.d.Contact, 9, s.now); ok {
		t.Errorf("the tenth was put back to %s", f.Next.ReadyAt)
	}
	f, ok := s.b.PutBack(s.d.Contact, 10, s.now)
	if !ok || !f.Next.ReadyAt.After(s.now) || !f.Next.DueAt.After(f.Next.ReadyAt) {
		t.Fatalf("the eleventh: %v %+v", ok, f.Next)
	}
	s.d.Contact.FollowUp = f
	s.stands(model.ViewNurture, 0, "nurture, every quarter, tomorrow")
	for what, v := range map[string]model.Verb{"a promise": model.PromiseFor{At: s.now.AddDate(0, 0, 1)}, "a step": model.Enrol{Sequence: "re-engagement"}} {
		other := newStory(t)
		other.now = s.now
		other.do(v)
		other.later(dayLong)
		if f, ok := other.b.PutBack(other.d.Contact, 100, other.now); ok {
			t.Errorf("%s was put back to %+v", what, f.Next)
		}
	}
}
