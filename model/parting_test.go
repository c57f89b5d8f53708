package model_test

import (
	"strings"
	"testing"
	"time"

	"stoke/model"
)

// After the last attempt "the queue itself proposes retirement", and "then nurture by itself".
func TestAfterTheLastAttemptTheQueueProposesToMoveOn(t *testing.T) {
	s := newStory(t)
	s.do(model.Enrol{Sequence: "re-engagement"})
	for range s.b.Rules.AttemptsCold {
		for s.place().View != model.ViewQueue {
			s.later(24 * time.Hour)
		}
		s.sends()
	}
	if s.place().View != model.ViewNurture {
		t.Fatalf("after the last attempt in %s", s.place().View)
	}
	row := func() model.Row {
		return model.Row{Contact: s.d.Contact, Place: s.place(), Limit: s.b.Rules.AttemptLimit(s.d.Contact.FollowUp.Warmest)}
	}
	asks := s.place().ChangesAt
	s.now = asks
	reason, ok := row().Parting()
	if why := row().Why(s.now); !ok || reason != model.ReasonNoAnswer || why != "last attempt was 6 days ago, no answer: move on?" {
		t.Fatalf("%q proposes %v %q", why, ok, reason)
	}
	before := s.d.Contact.FollowUp
	s.do(model.MoveOn{})
	if r := s.d.Contact.FollowUp.Retired; r.Reason != model.ReasonNoAnswer || r.Until.IsZero() {
		t.Errorf("moved on as %+v", r)
	}
	if _, err := (model.MoveOn{}).Decide(s.b, s.d, s.now); model.CodeOf(err) != model.Conflict {
		t.Errorf("moving on from who is out: %v", err)
	}
	s.d.Contact.FollowUp = before

	s.do(model.OnceMore{})
	if place := s.place(); place.Kind != model.TouchPromise || place.View != model.ViewQueue {
		t.Errorf("once more stands in %s as %s", place.View, place.Kind)
	}
	s.sends()
	if s.place().View != model.ViewNurture {
		t.Errorf("after once more in %s", s.place().View)
	}

	s.d.Contact.FollowUp = before
	s.now = asks.AddDate(0, 0, s.b.Rules.MoveOnFor)
	if s.place().View != model.ViewNurture {
		t.Errorf("left alone it stands in %s: the nurture goes on by itself", s.place().View)
	}
	s.now = asks
	s.do(model.HandledWithout{})
	if _, ok := row().Parting(); ok {
		t.Error("handled, and asked again")
	}
}

func TestWhoSaidNoIsProposedWithTheReason(t *testing.T) {
	for _, c := range []struct {
		kinds  []model.Kind
		reason model.Reason
	}{{[]model.Kind{model.Refusal}, model.ReasonNoFit}, {[]model.Kind{model.OptOut}, model.ReasonOptOut}, {[]model.Kind{model.NotNow}, ""}, {[]model.Kind{model.NotNow, model.NotNow}, model.ReasonTiming}} {
		s := newStory(t)
		for _, k := range c.kinds {
			s.later(24 * time.Hour)
			s.do(model.Log{Kind: k})
		}
		reason, _ := model.Row{Contact: s.d.Contact, Place: s.place()}.Parting()
		if reason != c.reason {
			t.Errorf("after %v: %q", c.kinds, reason)
		}
	}
	s := newStory(t)
	s.do(model.Log{Kind: model.OptOut})
	if _, err := (model.OnceMore{}).Decide(s.b, s.d, s.now); model.CodeOf(err) != model.GateSuppressed || !strings.Contains(err.Error(), "must not be written to") {
		t.Errorf("once more after an opt-out: %v", err)
	}
}
