package model_test

import (
	"testing"
	"time"

	"stoke/model"
	"stoke/model/signal"
)

// meets is a calendar mail of Dana's.
func (s *story) meets(act signal.Act, starts time.Time) model.Outcome {
	s.t.Helper()
	return s.writes("", func(in *model.Inbound) {
		in.Verdict.Meeting = signal.Meeting{Act: act, Starts: starts, Summary: "Numbers"}
		in.Verdict.NamesTime = true
	})
}

func (s *story) pointsFor(kind model.Kind) float64 {
	sum := 0.0
	for _, g := range model.Signals(s.d.Happened, s.b.Calendar.Zone(), s.now, s.b.Rules) {
		if g.Kind == kind {
			sum += g.Points
		}
	}
	return sum
}

func TestAMeetingAheadIsWaitedForAndThenFollowedUp(t *testing.T) {
	s := newStory(t)
	s.do(model.Enrol{Sequence: "sales"})
	s.later(dayLong) // Tuesday
	thursday := time.Date(s.now.Year(), s.now.Month(), s.now.Day()+2, 10, 0, 0, 0, s.b.Calendar.Zone())
	o := s.meets(signal.MeetingBooked, thursday)
	if o.Cancel == "" || o.Says != "Dana booked a meeting" || s.d.Contact.FollowUp.Enrolment.Sequence != "" {
		t.Errorf("a booked meeting stops the sequence: %+v", o)
	}
	if i := o.Add[0]; i.Kind != model.Booked || i.Summary != "booked: Numbers, "+thursday.Format("Mon 2 Jan 2006 15:04") || s.pointsFor(model.Booked) != 30 {
		t.Errorf("%+v, %v points", i, s.pointsFor(model.Booked))
	}
	for s.now.Before(thursday) {
		s.stands(model.ViewWaiting, 0, "")
		s.later(3 * time.Hour)
	}
	s.now = thursday.Add(-time.Hour)
	s.stands(model.ViewWaiting, 0, "meeting today 10:00")
	s.now = thursday.Add(dayLong)
	s.stands(model.ViewQueue, model.GroupNow, "your meeting was 1 day ago, first follow-up")
	if st := s.place().Status(s.now); st == model.Red {
		t.Error("the day after the meeting is not too late")
	}
}

// What the rep does before a meeting is no reason to forget it: nothing else is due before it, and it is followed up.
func TestNothingBeforeAMeetingMakesItForgotten(t *testing.T) {
	for what, does := range map[string]func(*story){
		"a mail":                 func(s *story) { s.sends() },
		"a reply and an answer":  func(s *story) { s.writes("Looking forward"); s.later(time.Hour); s.sends() },
		"a call that was missed": func(s *story) { s.do(model.Log{Kind: model.NoAnswer}) },
		"a call":                 func(s *story) { s.do(model.Log{Kind: model.Call}) },
		"done":                   func(s *story) { s.do(model.HandledWithout{}) },
		"a mail from elsewhere":  func(s *story) { s.writes("Agenda", func(in *model.Inbound) { in.Own = true }) },
	} {
		s := newStory(t)
		s.do(model.Log{Kind: model.Demo})
		s.later(time.Hour)
		s.do(model.Log{Kind: model.Booked, At: at("2026-12-03 10:00")})
		s.later(time.Hour)
		does(s)
		if f := s.d.Contact.FollowUp; f.Next.Kind != model.TouchFirst || !f.Next.ReadyAt.Equal(at("2026-12-04 00:00")) {
			t.Errorf("after %s: %+v", what, f.Next)
		}
		s.now = at("2026-12-04 09:00")
		s.stands(model.ViewQueue, model.GroupNow, "your meeting was 23 h ago, first follow-up")
	}
	for what, ends := range map[string]func(*story){
		"called off": func(s *story) { s.meets(signal.MeetingCancelled, at("2026-12-03 10:00")) },
		"declined":   func(s *story) { s.meets(signal.MeetingDeclined, at("2026-12-03 10:00")) },
		"a no":       func(s *story) { s.do(model.Log{Kind: model.Refusal}) },
		"retired":    func(s *story) { s.do(model.Retire{Reason: model.ReasonNoFit}); s.do(model.Revive{}) },
		"enrolled":   func(s *story) { s.do(model.Enrol{Sequence: "sales"}) },
	} {
		s := newStory(t)
		s.meets(signal.MeetingBooked, at("2026-12-03 10:00"))
		s.later(time.Hour)
		s.sends()
		s.later(time.Hour)
		ends(s)
		s.do(model.HandledWithout{})
		if f := s.d.Contact.FollowUp; f.Next.Kind == model.TouchFirst {
			t.Errorf("%s: still waits for %+v", what, f.Next)
		}
	}
}

func TestAMeetingThatIsMovedCountsOnce(t *testing.T) {
	s := newStory(t)
	first := s.now.Add(2 * dayLong)
	s.meets(signal.MeetingBooked, first)
	s.later(time.Hour)
	o := s.meets(signal.MeetingMoved, first.Add(4*dayLong))
	if s.pointsFor(model.Booked) != 30 || o.Add[0].Kind != model.Mail || !s.d.Contact.FollowUp.Next.Since.Equal(first.Add(4*dayLong)) {
		t.Errorf("%v points for %+v, next %+v", s.pointsFor(model.Booked), o.Add, s.d.Contact.FollowUp.Next)
	}
	s.later(3 * dayLong) // the old day has passed
	s.stands(model.ViewWaiting, 0, "")

	unheard := newStory(t)
	if unheard.meets(signal.MeetingMoved, first); unheard.pointsFor(model.Booked) != 30 {
		t.Error("a meeting whose booking was never seen is booked by its move")
	}
}

func TestWhatComesOfAMeetingWaitsForTheRep(t *testing.T) {
	for act, want := range map[signal.Act]struct {
		kind model.Kind
		why  string
	}{
		signal.MeetingCancelled: {model.CalledOff, "called the meeting off just now, waits for you"},
		signal.MeetingDeclined:  {model.Declined, "declined the meeting just now, waits for you"},
		signal.MeetingProposed:  {model.Mail, "replied just now with a question or a time"},
		signal.MeetingMaybe:     {model.Mail, "replied just now with a question or a time"},
	} {
		s := newStory(t)
		s.meets(signal.MeetingBooked, s.now.Add(2*dayLong))
		s.later(time.Hour)
		if o := s.meets(act, s.now.Add(2*dayLong)); o.Add[0].Kind != want.kind {
			t.Errorf("%s is a %s", act, o.Add[0].Kind)
		}
		s.stands(model.ViewQueue, model.GroupNow, want.why)
	}
}

func TestAnInvitationOfOldIsHistory(t *testing.T) {
	s := newStory(t)
	s.meets(signal.MeetingBooked, s.now.AddDate(0, -3, 0))
	s.stands(model.ViewWaiting, 0, "")
	s.writes("We signed!")
	late := s.now.Add(-dayLong)
	s.writes("", func(in *model.Inbound) { // an old mailbox is read newest first
		in.At, in.MessageID, in.Verdict.Meeting = late, "late", signal.Meeting{Act: signal.MeetingBooked, Starts: s.now.Add(dayLong)}
	})
	s.stands(model.ViewQueue, model.GroupNow, "")
	if f := s.d.Contact.FollowUp; f.Next.Kind != model.TouchReply {
		t.Errorf("the newer reply waits no more: %+v", f.Next)
	}
}

func TestARobotsInvitationIsThePersons(t *testing.T) {
	s := newStory(t)
	o := s.writes("", func(in *model.Inbound) {
		in.From, in.ReplyTo = model.Address{Addr: "no-reply@bookings.example"}, []model.Address{{Addr: "no-reply@bookings.example"}}
		in.Verdict.Meeting = signal.Meeting{Act: signal.MeetingBooked, Starts: s.now.Add(dayLong), Behalf: []string{"robin@acme.test", "dana@northwind.example"}}
		if got := in.MatchOf(nil, map[string]int64{"dana@northwind.example": 1}); got != 1 {
			t.Errorf("it belongs to %d", got)
		}
	})
	if i := o.Add[0]; i.From.Addr != "dana@northwind.example" || len(i.ReplyTo) != 0 {
		t.Errorf("answers would go to %+v, %+v", i.From, i.ReplyTo)
	}
}

func TestAMeetingLoggedAheadIsWaitedFor(t *testing.T) {
	s := newStory(t)
	s.do(model.Log{Kind: model.Booked, At: s.now.Add(5 * dayLong)})
	if points := s.points(); points != 30 {
		t.Errorf("a meeting in five days is worth %v now", points)
	}
	s.later(4 * dayLong)
	s.stands(model.ViewWaiting, 0, "")
	s.later(3 * dayLong)
	s.stands(model.ViewQueue, model.GroupNow, "your meeting was 2 days ago, first follow-up")
}
