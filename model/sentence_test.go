package model_test

import (
	"testing"
	"time"

	"stoke/model"
	"stoke/model/signal"
)

// A promise is said with its hour once that has passed, and without one that nobody named.
func TestAPromiseIsOverdueAfterItsHour(t *testing.T) {
	for promised, says := range map[string][3]string{
		"2026-11-24 15:00": {"promised for today", "promised for today 15:00, overdue", "promised for yesterday 15:00, overdue"},
		"2026-11-24 08:30": {"promised for today", "promised for today, overdue", "promised for yesterday, overdue"},
	} {
		s := newStory(t)
		s.do(model.PromiseFor{At: at(promised)})
		for i, now := range []string{"2026-11-24 14:00", "2026-11-24 17:01", "2026-11-25 09:00"} {
			s.now = at(now)
			s.stands(model.ViewQueue, model.GroupNow, says[i])
			if red := s.place().Status(s.now) == model.Red; red != (i > 0) {
				t.Errorf("%s at %s: red %v", promised, now, red)
			}
		}
	}
}

// The clocks change in the night before 28 March 2027: a promise for that Sunday may still be kept until 17:00.
func TestAPromiseForTheDayOnWhichTheClocksChange(t *testing.T) {
	s := newStory(t)
	s.do(model.PromiseFor{At: at("2027-03-28 08:30")})
	s.now = at("2027-03-28 12:00")
	if p := s.place(); !p.DueAt.Equal(at("2027-03-28 17:00")) || p.Status(s.now) == model.Red {
		t.Errorf("due %s", p.DueAt)
	}
}

func TestWaitingRowsDoNotGlueADateToWhatHappened(t *testing.T) {
	for kind, says := range map[model.Kind]string{model.Booked: "follow up: booked a meeting, next Wed 25 Nov", model.Call: "follow up: spoke on the phone, next Wed 25 Nov"} {
		s := newStory(t)
		s.do(model.Log{Kind: model.Demo})
		s.do(model.Log{Kind: kind})
		s.stands(model.ViewWaiting, 0, says)
	}
}

// An open proposal past its attempts is asked about, and counts on without a limit that it has passed; so is one that was
// only logged. A customer is never asked to be given up.
func TestWhoIsNotGivenUp(t *testing.T) {
	s := newStory(t)
	s.do(model.Log{Kind: model.Proposal})
	for range 6 {
		s.later(20 * dayLong)
		s.do(model.Log{Kind: model.Text})
		if kind := s.d.Contact.FollowUp.Next.Kind; kind == model.TouchNurture {
			t.Fatalf("a proposal neither won nor lost: %s", kind)
		}
	}
	c := newStory(t)
	c.do(model.Log{Kind: model.Purchase})
	for c.d.Contact.FollowUp.Next.Kind != model.TouchNurture || c.now.Before(monday.AddDate(0, 0, 60)) {
		c.later(12 * dayLong)
		c.do(model.Log{Kind: model.Text})
		if c.now.After(monday.AddDate(1, 0, 0)) {
			t.Fatalf("no nurture in a year: %+v", c.d.Contact.FollowUp.Next)
		}
	}
	for range 20 {
		c.later(dayLong)
		if p := c.place(); p.Kind == model.TouchAlive {
			t.Fatalf("a customer is asked to be given up on %s", c.now)
		}
	}
}

// "a call and its mail on one day are one attempt", and one step of the sequence.
func TestACallAndItsMailAreOneStep(t *testing.T) {
	s := newStory(t)
	s.do(model.Enrol{Sequence: "sales"})
	s.do(model.Log{Kind: model.NoAnswer})
	s.later(5 * time.Minute)
	s.writes("Tried to reach you", func(in *model.Inbound) { in.Own = true })
	if f := s.d.Contact.FollowUp; f.Attempts != 1 || f.Next.Step != 2 || !f.Next.ReadyAt.After(s.now) {
		t.Errorf("%d attempts, next %+v", f.Attempts, f.Next)
	}
	s.now = s.d.Contact.FollowUp.Next.ReadyAt.Add(10 * time.Hour)
	s.sends()
	if f := s.d.Contact.FollowUp; f.Next.Step != 3 {
		t.Errorf("then %+v", f.Next)
	}
}

// An old report about a mail is no reason never to write to somebody who has written since.
func TestAnOldBounceSuppressesNobodyWhoHasWrittenSince(t *testing.T) {
	s := newStory(t)
	s.sends()
	s.later(dayLong)
	s.writes("Here I am")
	early := s.now.Add(-20 * time.Hour)
	if o := s.writes("", func(in *model.Inbound) {
		in.At, in.Quotes, in.Verdict = early, true, signal.Verdict{Kind: signal.Bounce, Severity: signal.Dead, Recipients: s.d.Contact.Emails}
	}); len(o.Suppress) != 0 {
		t.Errorf("suppresses %+v", o.Suppress)
	}
}

// What the rep wrote long ago, found in an old mailbox, leads to something that is due, and to no alarm.
func TestAMailOfLongAgoIsNoAlarm(t *testing.T) {
	s := newStory(t)
	s.writes("The offer", func(in *model.Inbound) { in.Own, in.At = true, monday.AddDate(0, 0, -63) })
	if p := s.place(); p.View != model.ViewQueue || p.Status(s.now) == model.Red {
		t.Errorf("stands in %s, %s", p.View, p.Status(s.now))
	}
}

// 30 and 20 points are 50, which is hot, also a moment after they were noted down.
func TestFiftyPointsAreHotAMomentLater(t *testing.T) {
	s := newStory(t)
	s.do(model.Log{Kind: model.Call})
	s.do(model.Log{Kind: model.EventSeen})
	for after, want := range map[time.Duration]model.Temperature{0: model.Hot, time.Second: model.Hot, 2 * time.Hour: model.Warm} {
		if got, _ := s.d.Contact.FollowUp.Temperature(false, s.now.Add(after), s.b.Rules); got != want {
			t.Errorf("after %s: %s", after, got)
		}
	}
	if f := s.d.Contact.FollowUp; f.Warmest != model.Hot {
		t.Errorf("the limit is that of %s", f.Warmest)
	}
}

func TestAnInquiryOfSixteenHundredEndsWithTheDay(t *testing.T) {
	s := newStory(t)
	s.now = at("2026-11-24 16:00").Add(30 * time.Millisecond)
	s.do(model.Log{Kind: model.Demo})
	if due := s.d.Contact.FollowUp.Next.DueAt; !due.Equal(at("2026-11-24 17:00")) {
		t.Errorf("due %s", due)
	}
}

func TestAWonDealIsNotLost(t *testing.T) {
	s := newStory(t)
	s.d.Contact.Deal = &model.Deal{Value: 1000, Closed: "won"}
	if _, err := (model.Retire{Reason: model.ReasonLost}).Decide(s.b, s.d, s.now); model.CodeOf(err) != model.Conflict {
		t.Errorf("a won deal was lost: %v", err)
	}
}
