package model_test

import (
	"strings"
	"testing"
	"time"

	"stoke/model"
)

// "People to sort: keep (proposes a next touch or a sequence), not now, never", by what was last heard of them.
func TestKeepingProposesWhatFits(t *testing.T) {
	for _, c := range []struct {
		last     model.Kind
		from     model.Direction
		ago      time.Duration
		kind     model.TouchKind
		sequence string
		says     string
	}{
		{"", "", 0, model.TouchNext, "", "a first mail"},
		{model.Mail, model.In, 3 * 24 * time.Hour, model.TouchReply, "", "they wrote 3 days ago"},
		{model.Mail, model.Out, 3 * 24 * time.Hour, model.TouchNext, "", "you wrote 3 days ago"},
		{model.Mail, model.In, 60 * 24 * time.Hour, model.TouchStep, "re-engagement", "quiet for 60 days"},
		{model.Download, model.In, 5 * 24 * time.Hour, model.TouchStep, "download", "downloaded 5 days ago"},
		{model.EventSeen, model.In, 4 * 24 * time.Hour, model.TouchFirst, "event", "the sequence event"},
		{model.Purchase, model.In, 2 * 24 * time.Hour, model.TouchStep, "post-purchase", "bought 2 days ago"},
	} {
		s := newStory(t)
		s.d.Contact.FollowUp = model.FollowUp{}
		if c.last != "" {
			s.d.Contact.FollowUp.Last = model.Last{Kind: c.last, Direction: c.from, At: s.now.Add(-c.ago)}
		}
		if says := s.b.Proposal(s.d.Contact, s.now); !strings.Contains(says, c.says) {
			t.Errorf("%s %s: proposes %q", c.from, c.last, says)
		}
		s.do(model.Keep{})
		f := s.d.Contact.FollowUp
		if f.Next.Kind != c.kind || f.Enrolment.Sequence != c.sequence || !f.Sorted {
			t.Errorf("%s %s: next %s in %q", c.from, c.last, f.Next.Kind, f.Enrolment.Sequence)
		}
		if place := s.place(); place.Status(s.now) == model.Red {
			t.Errorf("%s %s: overdue the moment it was kept", c.from, c.last)
		}
	}
}

// "Enrolling many spreads their first steps over business days at pace ÷ steps (50 ÷ 3 = 16 a day)".
func TestKeepingManyIsSpread(t *testing.T) {
	b, ids := rulebook(t), make([]int64, 40)
	for i := range ids {
		ids[i] = int64(i + 1)
	}
	days := map[string]int{}
	for _, v := range []model.Verb{model.Keep{}, model.Enrol{Sequence: "re-engagement"}} {
		clear(days)
		aimed := model.Aimed(v, b, ids, monday)
		for _, id := range ids {
			o, err := aimed.Decide(b, model.Dossier{Contact: model.Contact{ID: id}}, monday)
			if err != nil {
				t.Fatal(err)
			}
			days[o.FollowUp.Next.ReadyAt.In(berlin).Format(time.DateOnly)]++
		}
		if days["2026-11-24"] != 16 || days["2026-11-25"] != 16 || days["2026-11-26"] != 8 {
			t.Errorf("%s: first touches fall on %v", v.Name(), days)
		}
	}
	if v := model.Aimed(model.Keep{}, b, ids[:1], monday); v.(model.Keep).First != nil {
		t.Error("one alone is due today")
	}
}

func TestNotNowIsNurtureInAQuarter(t *testing.T) {
	s := newStory(t)
	s.d.Contact.FollowUp = model.FollowUp{}
	s.do(model.PutOff{})
	f := s.d.Contact.FollowUp
	if days := f.Next.ReadyAt.Sub(s.now).Hours() / 24; s.place().View != model.ViewNurture || days < 89 || days > 115 {
		t.Errorf("stands in %s, back in %.0f days", s.place().View, days)
	}
}

// "People to sort, by heat, then newest reply".
func TestPeopleToSortStandByHeatThenNewestReply(t *testing.T) {
	s := newStory(t)
	order := func(points float64, wrote time.Duration) int64 {
		f := model.FollowUp{Heat: model.Sum([]model.Signal{{At: s.now.Add(-24 * time.Hour), Points: points}}, s.b.Rules)}
		if wrote > 0 {
			f.Last = model.Last{Kind: model.Mail, Direction: model.In, At: s.now.Add(-wrote)}
		}
		return model.PlaceOf(model.Contact{FollowUp: f}, s.now, s.b.Rules).Order
	}
	sorted := []int64{order(60, 0), order(40, time.Hour), order(40, 48*time.Hour), order(40, 0), order(39.5, time.Minute), order(0, time.Hour), order(0, 2*time.Hour), order(0, 0)}
	for i := 1; i < len(sorted); i++ {
		if sorted[i-1] >= sorted[i] && !(i == 7 && sorted[6] == sorted[7]) {
			t.Errorf("number %d does not come before number %d: %d, %d", i, i+1, sorted[i-1], sorted[i])
		}
	}
}
