package model_test

import (
	"testing"
	"time"

	"stoke/model"
)

func at(s string) time.Time { return must(time.ParseInLocation("2006-01-02 15:04", s, berlin)) }

// DOMAIN.md, "Kinds of follow-up, and their clocks": from what a kind starts, when its first touch is due, and when it
// turns amber and red. 2026-11-23 is a Monday.
func TestTheClocksOfTheKinds(t *testing.T) {
	for rule, c := range map[string]struct {
		now        string
		verb       model.Verb
		kind       model.TouchKind
		ready, due string
		amber      string
	}{
		"inquiry: within 60 minutes of the rep's working hours; amber after 5, red after 60": {
			now: "2026-11-23 10:00", verb: model.Log{Kind: model.Pricing}, kind: model.TouchInquiry, ready: "2026-11-23 10:00", amber: "2026-11-23 10:05", due: "2026-11-23 11:00"},
		"a night inquiry starts at opening": {
			now: "2026-11-23 23:30", verb: model.Log{Kind: model.Demo}, kind: model.TouchInquiry, ready: "2026-11-23 23:30", amber: "2026-11-24 08:35", due: "2026-11-24 09:30"},
		"an inquiry late on Friday has the rest of its hour on Monday": {
			now: "2026-11-27 16:40", verb: model.Log{Kind: model.Inquiry}, kind: model.TouchInquiry, ready: "2026-11-27 16:40", amber: "2026-11-27 16:45", due: "2026-11-30 09:10"},
		"sales: after a meeting 1 business day": {
			now: "2026-11-27 10:00", verb: model.Log{Kind: model.Meeting}, kind: model.TouchFirst, ready: "2026-11-30 00:00", due: "2026-11-30 17:00"},
		"sales: after a proposal 3": {
			now: "2026-11-26 10:00", verb: model.Log{Kind: model.Proposal}, kind: model.TouchStep, ready: "2026-12-01 00:00", due: "2026-12-01 17:00"},
		"download: next business day": {
			now: "2026-11-27 15:00", verb: model.Log{Kind: model.Download}, kind: model.TouchStep, ready: "2026-11-30 00:00", due: "2026-11-30 17:00"},
		"event: within 24 hours": {
			now: "2026-11-23 15:00", verb: model.Log{Kind: model.Met}, kind: model.TouchFirst, ready: "2026-11-23 15:00", due: "2026-11-24 15:00"},
		"event: else the next business morning": {
			now: "2026-11-27 15:00", verb: model.Log{Kind: model.EventSeen}, kind: model.TouchFirst, ready: "2026-11-27 15:00", due: "2026-11-30 12:00"},
		"post-purchase: thank-you the same day": {
			now: "2026-11-23 11:00", verb: model.Log{Kind: model.Purchase}, kind: model.TouchStep, ready: "2026-11-23 11:00", due: "2026-11-23 17:00"},
	} {
		s := newStory(t)
		s.now = at(c.now)
		next := s.do(c.verb).FollowUp.Next
		if next.Kind != c.kind || !next.ReadyAt.Equal(at(c.ready)) || !next.DueAt.Equal(at(c.due)) || c.amber != "" && !next.AmberAt.Equal(at(c.amber)) {
			t.Errorf("%s:\n got %s ready %s amber %s due %s", rule, next.Kind, next.ReadyAt.In(berlin), next.AmberAt.In(berlin), next.DueAt.In(berlin))
		}
	}
}

// "reply: the contact wrote last and waits: amber after 4 business hours, red after 1 business day."
func TestTheClockOfAReply(t *testing.T) {
	s := newStory(t)
	s.now = at("2026-11-27 15:00")
	s.writes("hello")
	for now, want := range map[string]model.Status{
		"2026-11-27 16:59": model.OK, "2026-11-29 12:00": model.OK, "2026-11-30 10:29": model.OK, "2026-11-30 10:31": model.Amber, "2026-11-30 15:01": model.Red,
	} {
		s.now = at(now)
		if got := s.place().Status(s.now); got != want {
			t.Errorf("at %s a reply of Friday 15:00 is %s, want %s", now, got, want)
		}
	}
}

// walk lets the rep write whenever a step falls due, and gives the calendar days between the mails and what comes after.
func walk(s *story) (gaps []int, then model.Touch) {
	last := s.now
	for range 12 {
		next := s.d.Contact.FollowUp.Next
		if next.Kind != model.TouchStep && next.Kind != model.TouchFirst {
			return gaps, next
		}
		s.now = next.ReadyAt.In(berlin)
		if h := s.now.Hour(); h < 9 {
			s.now = s.now.Add(10 * time.Hour)
		}
		gaps = append(gaps, int(s.b.Calendar.StartOfDay(s.now).Sub(s.b.Calendar.StartOfDay(last)).Hours()/24))
		last = s.now
		s.sends()
	}
	return gaps, model.Touch{}
}

func TestTheSequencesOfTheKinds(t *testing.T) {
	for rule, c := range map[string]struct {
		verb model.Verb
		pin  model.Temperature
		deal bool
		gaps []int
		then model.TouchKind
	}{
		"sales: +3, +4, +5, +3 business days": {verb: model.Log{Kind: model.Meeting}, pin: model.Hot, gaps: []int{1, 3, 6, 7, 5}, then: model.TouchNurture},
		"cold 3 attempts":                     {verb: model.Enrol{Sequence: "sales"}, pin: model.Cold, gaps: []int{1, 3, 6}, then: model.TouchNurture},
		"warm 4 attempts":                     {verb: model.Enrol{Sequence: "sales"}, pin: model.Warm, gaps: []int{1, 3, 6, 7}, then: model.TouchNurture},
		"download: 2 touches, then nurture":   {verb: model.Log{Kind: model.Download}, pin: model.Warm, gaps: []int{1, 6}, then: model.TouchNurture},
		"post-purchase: check-in after 3 to 7 days, feedback 14 later":            {verb: model.Log{Kind: model.Purchase}, pin: model.Warm, gaps: []int{0, 4, 14}, then: model.TouchNurture},
		"deal: 3 business days after a proposal, +5, +7, never nurture by itself": {verb: model.Log{Kind: model.Proposal}, pin: model.Warm, deal: true, gaps: []int{3, 7, 11}, then: model.TouchAlive},
		"re-engagement: 3 attempts":                                               {verb: model.Enrol{Sequence: "re-engagement"}, pin: model.Warm, gaps: []int{0, 7, 9}, then: model.TouchNurture},
	} {
		s := newStory(t)
		s.d.Contact.FollowUp.Pin = model.Pin{Temperature: c.pin, Until: monday.AddDate(0, 6, 0)}
		if c.deal {
			s.d.Contact.Deal = &model.Deal{Value: 1000}
		}
		s.do(c.verb)
		gaps, then := walk(s)
		if len(gaps) != len(c.gaps) || then.Kind != c.then {
			t.Errorf("%s: gaps of %v days, then %q", rule, gaps, then.Kind)
			continue
		}
		for i := range gaps {
			if gaps[i] != c.gaps[i] {
				t.Errorf("%s: gaps of %v days, want %v", rule, gaps, c.gaps)
				break
			}
		}
		total := 0
		for _, g := range gaps[1:] {
			total += g
		}
		if total > 21 {
			t.Errorf("%s: the attempts take %d calendar days, more than three weeks", rule, total)
		}
		days := then.ReadyAt.Sub(s.now).Hours() / 24
		switch then.Kind {
		case model.TouchNurture: // "90 days after the last contact"
			if days < 89 || days > 93 {
				t.Errorf("%s: nurture after %.0f days", rule, days)
			}
		case model.TouchAlive: // "then every 10 business days"
			if want := s.b.Calendar.StartOfDay(s.b.Calendar.AddDays(s.now, 10)); !then.ReadyAt.Equal(want) {
				t.Errorf("%s: asks again at %s, want %s", rule, then.ReadyAt, want)
			}
		}
	}
}

// "Retire asks one reason": what each leads to.
func TestWhatTheReasonsOfRetirementLeadTo(t *testing.T) {
	for reason, days := range map[model.Reason]int{
		model.ReasonNoAnswer: 90, model.ReasonTiming: 90, model.ReasonCompetitor: 180, model.ReasonNoFit: 0, model.ReasonWrongPerson: 0,
		model.ReasonLeft: 0, model.ReasonOptOut: 0, model.ReasonLost: 0,
	} {
		s := newStory(t)
		s.do(model.Log{Kind: model.Call})
		o := s.do(model.Retire{Reason: reason})
		until := s.d.Contact.FollowUp.Retired.Until
		if (days == 0) != until.IsZero() {
			t.Errorf("%s: back at %s", reason, until)
		}
		if got := int(until.Sub(s.now).Hours() / 24); days > 0 && (got < days-1 || got > days+3) {
			t.Errorf("%s: back after %d days, want %d", reason, got, days)
		}
		if suppresses := reason == model.ReasonOptOut || reason == model.ReasonLeft; (len(o.Suppress) == 1) != suppresses {
			t.Errorf("%s: suppresses %v", reason, o.Suppress)
		}
	}
	s := newStory(t)
	s.do(model.Log{Kind: model.Call})
	their := at("2027-01-11 14:00")
	s.do(model.Retire{Reason: model.ReasonTiming, Until: their})
	s.now = their.Add(-5 * time.Hour)
	s.now = s.place().ChangesAt.In(berlin)
	s.stands(model.ViewQueue, model.GroupNow, "")
	if s.place().Kind != model.TouchPromise {
		t.Errorf("their date is no promise: %+v", s.place())
	}
}
