package model_test

import (
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/sequence"
)

// Whoever waits for the rep goes on waiting, whatever else is heard of them; what answers ends it.
func TestWhoWaitsGoesOnWaiting(t *testing.T) {
	waits := map[model.TouchKind]func(s *story){
		model.TouchInquiry: func(s *story) { s.do(model.Log{Kind: model.Demo}) },
		model.TouchReply:   func(s *story) { s.writes("What does it cost?") },
	}
	for kind, begin := range waits {
		for _, heard := range []model.Kind{model.Download, model.Referral, model.EventSeen, model.Met, model.Purchase, model.NoAnswer} {
			s := newStory(t)
			begin(s)
			since := s.d.Contact.FollowUp.Next.Since
			s.later(20 * time.Minute)
			s.do(model.Log{Kind: heard})
			if f := s.d.Contact.FollowUp; f.Next.Kind != kind || !f.Next.Since.Equal(since) || s.place().Group != model.GroupNow || s.place().View != model.ViewQueue {
				t.Errorf("%s, then %s: %+v", kind, heard, f.Next)
			}
		}
		for _, answer := range []model.Kind{model.Call, model.Meeting, model.Proposal, model.Refusal} {
			s := newStory(t)
			begin(s)
			s.later(20 * time.Minute)
			s.do(model.Log{Kind: answer, At: s.now.Add(-72 * time.Hour)}) // noted down late: it lies before what they wait for
			if f := s.d.Contact.FollowUp; f.Next.Kind != kind && answer != model.Refusal {
				t.Errorf("%s, with a %s of three days before: %+v", kind, answer, f.Next)
			}
			s.do(model.Log{Kind: answer})
			if f := s.d.Contact.FollowUp; f.Next.Kind == kind {
				t.Errorf("%s, answered by %s: %+v", kind, answer, f.Next)
			}
		}
	}
}

// A buyer whose mail waits is answered first; the answer is the thank-you, and the check-in follows.
// A call that reaches nobody, or what is logged beside it, takes from those who wait neither their words nor their place.
func TestWhoWaitsKeepsTheirWords(t *testing.T) {
	for _, kind := range []model.Kind{model.NoAnswer, model.Voicemail, model.Busy, model.Purchase, model.EventSeen, model.Download, model.Referral} {
		s := newStory(t)
		s.writes("Which one? Tuesday?", func(in *model.Inbound) { in.Verdict.AsksQuestion = true })
		asks := s.place()
		s.later(40 * time.Minute)
		s.do(model.Log{Kind: kind})
		s.stands(model.ViewQueue, model.GroupNow, "replied 40 min ago with a question or a time")
		if p := s.place(); p.Class != asks.Class {
			t.Errorf("a %s moves a question to class %d", kind, p.Class)
		}
	}
	s := newStory(t)
	s.do(model.Log{Kind: model.Demo})
	s.later(10 * time.Minute)
	s.do(model.Log{Kind: model.NoAnswer})
	s.stands(model.ViewQueue, model.GroupNow, "asked for a demo 10 min ago · 50 min left of the first hour")
	if brief := (model.Row{Contact: s.d.Contact, Place: s.place()}).Brief(s.now, 31); brief != "asked for a demo, 50 min left" {
		t.Errorf("in few words %q", brief)
	}
}

func TestABuyerWhoWaitsIsAnsweredFirst(t *testing.T) {
	s := newStory(t)
	s.writes("Where do I sign?")
	s.do(model.Log{Kind: model.Purchase})
	s.sends()
	if f := s.d.Contact.FollowUp; f.Next.Sequence != "post-purchase" || f.Next.Step != 2 {
		t.Errorf("after the answer: %+v", f.Next)
	}
}

// What runs is not replaced by a weaker sign.
func TestADownloadOrAReferralReplacesNoRunningFollowUp(t *testing.T) {
	for name, begin := range map[string]func(s *story){
		"a first follow-up": func(s *story) { s.do(model.Log{Kind: model.Meeting}) },
		"a step of sales": func(s *story) {
			s.do(model.Log{Kind: model.Meeting})
			s.later(dayLong)
			s.do(model.Log{Kind: model.Text})
		},
		"a deal": func(s *story) {
			s.d.Contact.Deal = &model.Deal{Value: 500}
			s.do(model.Log{Kind: model.Proposal})
		},
		"still alive?": func(s *story) {
			s.d.Contact.Deal = &model.Deal{Value: 500}
			s.d.Contact.FollowUp.Next = model.Touch{Kind: model.TouchAlive, Since: s.now.UTC(), ReadyAt: s.now.UTC(), DueAt: s.now.Add(dayLong).UTC()}
		},
	} {
		for _, sign := range []model.Kind{model.Download, model.Referral} {
			s := newStory(t)
			begin(s)
			before := s.d.Contact.FollowUp
			s.do(model.Log{Kind: sign})
			if after := s.d.Contact.FollowUp; after.Next != before.Next || after.Enrolment != before.Enrolment {
				t.Errorf("%s, then %s: %+v became %+v", name, sign, before.Next, after.Next)
			}
		}
	}
	s := newStory(t)
	s.do(model.Log{Kind: model.Meeting})
	s.later(3 * dayLong)
	s.do(model.Log{Kind: model.Met})
	if f := s.d.Contact.FollowUp; f.Next.Kind != model.TouchFirst || f.Enrolment.Sequence != "sales" {
		t.Errorf("met in person within a running sequence: its next step is due within 24 hours: %+v", f)
	}
}

// What has to be done within days is not hidden by a snooze that was set before it happened.
func TestWhatHappenedWakes(t *testing.T) {
	for kind, wakes := range map[model.Kind]bool{
		model.Purchase: true, model.Meeting: true, model.EventSeen: true, model.Met: true, model.Refusal: true, model.OptOut: true, model.Demo: true,
		model.Call: false, model.Download: false, model.NoAnswer: false, model.NotNow: false,
	} {
		s := newStory(t)
		s.do(model.SnoozeTo{Until: s.now.AddDate(0, 1, 0)})
		s.later(dayLong)
		s.do(model.Log{Kind: kind})
		if got := !s.d.Contact.FollowUp.Snoozed(s.now); got != wakes && !(kind == model.NoAnswer) {
			t.Errorf("%s wakes: %v, want %v", kind, got, wakes)
		}
	}
}

// Who said no is asked about, whatever was promised to them.
func TestARefusalEndsThePromise(t *testing.T) {
	for _, kind := range []model.Kind{model.Refusal, model.OptOut} {
		s := newStory(t)
		s.do(model.PromiseFor{At: s.now.Add(4 * dayLong)})
		s.do(model.Log{Kind: kind})
		if f := s.d.Contact.FollowUp; !f.Promise.At.IsZero() || s.place().View != model.ViewQueue {
			t.Errorf("%s: %+v in %s", kind, f.Promise, s.place().View)
		}
	}
}

// What is noted down weeks later is history, not an alarm.
func TestOldActionsAreHistory(t *testing.T) {
	for _, kind := range []model.Kind{model.Purchase, model.Download, model.EventSeen, model.Met} {
		s := newStory(t)
		s.do(model.Log{Kind: kind, At: s.now.AddDate(0, -3, 0)})
		if f := s.d.Contact.FollowUp; !f.Next.DueAt.After(s.now) || f.Next.Kind == "" {
			t.Errorf("a %s of three months ago: %+v", kind, f.Next)
		}
	}
	for kind, sequence := range map[model.Kind]string{model.Meeting: "sales", model.Proposal: "sales", model.Met: "event"} {
		s := newStory(t)
		s.do(model.Log{Kind: kind, At: s.now.AddDate(0, 0, -30)})
		if f := s.d.Contact.FollowUp; f.Next.Kind != model.TouchStep || f.Next.Sequence != sequence || !f.Next.DueAt.After(s.now) {
			t.Errorf("a %s of thirty days ago: %+v", kind, f.Next)
		}
	}
	for _, days := range []int{5, 10} {
		s := newStory(t)
		s.do(model.Enrol{Sequence: "sales"})
		s.sends()
		s.do(model.Log{Kind: model.Met, At: s.now.AddDate(0, 0, -days)})
		if e := s.d.Contact.FollowUp.Enrolment; e.Sequence != "sales" || e.Done != 1 {
			t.Errorf("met %d days ago, noted down now: %+v", days, e)
		}
	}
	s := newStory(t)
	s.do(model.Log{Kind: model.Purchase, At: s.now.AddDate(0, 0, -8)})
	if f := s.d.Contact.FollowUp; f.Next.Sequence != "post-purchase" || f.Next.Step != 3 || !f.Next.DueAt.After(s.now) {
		t.Errorf("a purchase of eight days ago goes on with what still lies ahead: %+v", f.Next)
	}
}

func TestAWrongNumberMovesTheCallStepOn(t *testing.T) {
	s := newStory(t)
	calling(s, "call")
	s.do(model.Log{Kind: model.WrongNumber})
	if f := s.d.Contact.FollowUp; f.Next.Step != 2 || f.Attempts != 0 || f.Last.Direction != model.Out {
		t.Errorf("%+v, %d attempts, %+v", f.Next, f.Attempts, f.Last)
	}
}

// calling enrols the contact in a sequence that begins with a call or a text.
func calling(s *story, channel string) {
	s.d.Contact.Phone = "+49 30 555 0134"
	s.b.Sequences = s.b.Sequences.With(sequence.Sequence{Name: "calls", Kind: "sales", Steps: []sequence.Step{{Wait: 0, Channel: channel}, {Wait: 3, Channel: "mail"}}})
	s.do(model.Enrol{Sequence: "calls"})
}

// A row says what the contact is about, whatever came last.
func TestARowSaysWhyInItsOwnWords(t *testing.T) {
	s := newStory(t)
	s.d.Contact.FollowUp.Sorted = false
	s.do(model.Keep{})
	s.stands(model.ViewQueue, model.GroupCold, "new, nothing was tried yet")
	s.do(model.Log{Kind: model.Referral})
	s.stands(model.ViewQueue, model.GroupWarm, "follow up: was referred")

	s = newStory(t)
	s.do(model.Log{Kind: model.Purchase})
	s.stands(model.ViewQueue, model.GroupWarm, "bought, say thank you")

	s = newStory(t)
	s.writes("What does it cost?")
	s.later(2 * time.Hour)
	s.do(model.Log{Kind: model.NoAnswer})
	s.stands(model.ViewQueue, model.GroupNow, "replied 2 h ago, waits for you")
}

// A deal is never nurtured by itself, also where only its sequence says that it is one.
func TestADealSequenceEndsInStillAlive(t *testing.T) {
	s := newStory(t)
	s.do(model.Enrol{Sequence: "deal"})
	for range 4 {
		s.later(20 * dayLong)
		s.do(model.Log{Kind: model.Text})
		if kind := s.d.Contact.FollowUp.Next.Kind; kind != model.TouchStep && kind != model.TouchAlive {
			t.Fatalf("the deal went on with %s", kind)
		}
	}
	if kind := s.d.Contact.FollowUp.Next.Kind; kind != model.TouchAlive {
		t.Errorf("in the end: %s", kind)
	}
	s.stands(model.ViewWaiting, 0, "still alive? from Thu 25 Feb")
}

// A promise without an hour may be kept all day; one with an hour is late after it.
func TestAPromiseForADayIsNotLateInTheMorning(t *testing.T) {
	for named, late := range map[string]string{"2026-11-27 08:30": "2026-11-27 17:00", "2026-11-27 14:00": "2026-11-27 14:00"} {
		s := newStory(t)
		s.do(model.PromiseFor{At: at(named)})
		s.now = at("2026-11-27 08:00")
		if due := s.place().DueAt; !due.Equal(at(late)) {
			t.Errorf("promised for %s it is late after %s, want %s", named, due, late)
		}
	}
}

// The cadence is the time after which the next touch would set itself.
func TestASnoozeByCadence(t *testing.T) {
	for temperature, want := range map[model.Temperature]string{model.Hot: "2026-11-25 08:30", model.Warm: "2026-11-30 08:30", model.Cold: "2026-12-23 08:30"} {
		s := newStory(t)
		s.do(model.PinTo{Temperature: &temperature})
		s.do(model.SnoozeTo{Cadence: true})
		if until := s.d.Contact.FollowUp.Snooze.Until; !until.Equal(at(want)) {
			t.Errorf("%s: until %s, want %s", temperature, until, want)
		}
	}
}

// "window and pace hold for auto, planned and bulk sends": what is planned for a night is shown for the hour at which it leaves.
func TestAPlannedMailShowsWhenItLeaves(t *testing.T) {
	for planned, leaves := range map[string]string{"2026-11-28 22:00": "2026-11-30 09:30", "2026-11-24 10:15": "2026-11-24 10:15"} {
		s := newStory(t)
		a := s.approval()
		a.At = at(planned)
		out, outcome, err := s.b.Dispatch(s.d, a, model.Envelope{MessageID: "m@x"}, s.now)
		if err != nil || !out.SendAfter.Equal(at(leaves)) || !out.NextAt.Equal(at(leaves)) {
			t.Errorf("planned for %s it leaves %s, want %s; %v", planned, out.SendAfter, leaves, err)
		}
		if !strings.HasPrefix(outcome.Says, "Planned for Dana, leaves ") {
			t.Errorf("it says %q", outcome.Says)
		}
		if next := outcome.FollowUp.Next.ReadyAt; !next.After(at(leaves)) {
			t.Errorf("what follows is ready %s", next)
		}
		a.Force = true
		if out, _, err := s.b.Dispatch(s.d, a, model.Envelope{MessageID: "m@x"}, s.now); err != nil || !out.SendAfter.Equal(at(planned)) {
			t.Errorf("forced for %s: %s, %v", planned, out.SendAfter, err)
		}
	}
}
