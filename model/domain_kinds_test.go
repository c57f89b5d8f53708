package model_test

import (
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/schedule"
	"stoke/model/template"
)

// becomes waits until a moment and checks how urgent the contact is then.
func (s *story) becomes(moment string, status model.Status) {
	s.t.Helper()
	s.now = at(moment)
	if got := s.place().Status(s.now); got != status {
		s.t.Errorf("at %s it is %s, want %s: %+v", moment, got, status, s.place())
	}
}

// DOMAIN.md, "Kinds of follow-up, and their clocks". 2026-11-23 is a Monday.
func TestDomainKinds(t *testing.T) {
	domain(t, []rule{
		{says: "within 60 minutes of the rep's working hours; amber after 5, red after 60", by: "TestTheClocksOfTheKinds", holds: func(s *story) {
			s.do(model.Log{Kind: model.Demo})
			s.becomes("2026-11-23 09:04", model.OK)
			s.becomes("2026-11-23 09:05", model.Amber)
			s.becomes("2026-11-23 09:59", model.Amber)
			s.becomes("2026-11-23 10:00", model.Red)
		}},
		{says: `a night inquiry starts at opening and says "came 9 h ago"`, holds: func(s *story) {
			s.now = at("2026-11-23 23:30")
			s.do(model.Log{Kind: model.Demo})
			s.becomes("2026-11-24 08:30", model.OK)
			s.stands(model.ViewQueue, model.GroupNow, "asked for a demo, came 9 h ago · 60 min left of the first hour")
			s.becomes("2026-11-24 08:35", model.Amber)
			s.becomes("2026-11-24 09:29", model.Amber)
			s.becomes("2026-11-24 09:30", model.Red)
		}},
		{says: "amber after 4 business hours, red after 1 business day", by: "TestTheClockOfAReply"},
		{says: "after a meeting 1 business day, after a proposal 3", by: "TestTheClocksOfTheKinds", holds: func(s *story) {
			s.do(model.Log{Kind: model.Meeting})
			s.becomes("2026-11-24 16:59", model.OK)
			s.becomes("2026-11-24 17:00", model.Red)
		}},
		{says: "+3, +4, +5, +3 business days", by: "TestTheSequencesOfTheKinds"},
		{says: "next business day", holds: func(s *story) {
			s.do(model.Log{Kind: model.Download})
			s.stands(model.ViewWaiting, 0, "")
			s.becomes("2026-11-24 09:00", model.OK)
			s.stands(model.ViewQueue, model.GroupCold, "attempt 1 of 3")
			s.becomes("2026-11-24 17:00", model.Red)
			s.becomes("2026-11-26 09:00", model.Red)
			s.stands(model.ViewQueue, model.GroupCold, "attempt 1 of 3, due since Tuesday")
		}},
		{says: "2 touches, then nurture", by: "TestTheSequencesOfTheKinds"},
		{says: "within 24 hours, else the next business morning", by: "TestTheClocksOfTheKinds", holds: func(s *story) {
			s.do(model.Log{Kind: model.EventSeen})
			s.stands(model.ViewQueue, model.GroupNow, "came to the event just now, first follow-up")
			s.becomes("2026-11-24 08:59", model.OK)
			s.becomes("2026-11-24 09:00", model.Red)
			patient := newStory(s.t)
			patient.b.Rules.AfterEvent = 48 * time.Hour
			patient.do(model.Log{Kind: model.EventSeen})
			patient.becomes("2026-11-25 08:59", model.OK)
			patient.becomes("2026-11-25 09:00", model.Red)
		}},
		{says: "sales sequence for those who engage", holds: func(s *story) {
			s.do(model.Log{Kind: model.EventSeen})
			s.later(2 * time.Hour)
			s.sends()
			s.later(dayLong)
			s.writes("Good to have met you. What does it cost?", func(in *model.Inbound) { in.Verdict.AsksQuestion = true })
			s.later(time.Hour)
			s.sends()
			f := s.d.Contact.FollowUp
			want(s, "sequence", f.Enrolment.Sequence, "sales")
			want(s, "step", f.Next.Step, 2)
		}},
		{says: "thank-you the same day, check-in after 5 days (3 to 7), feedback 14 days later", by: "TestTheSequencesOfTheKinds", holds: func(s *story) {
			s.do(model.Log{Kind: model.Purchase})
			s.becomes("2026-11-23 16:59", model.OK)
			s.becomes("2026-11-23 17:00", model.Red)
			for weekday := range 5 {
				fresh := newStory(s.t)
				fresh.now = monday.AddDate(0, 0, weekday)
				fresh.do(model.Log{Kind: model.Purchase})
				gaps, _ := walk(fresh)
				if gaps[1] < 3 || gaps[1] > 7 || gaps[2] < 12 || gaps[2] > 16 {
					s.t.Errorf("bought on %s: check-in after %d days, feedback %d later", fresh.now.Weekday(), gaps[1], gaps[2])
				}
			}
			for day := at("2026-12-14 09:00"); day.Before(at("2027-01-08 00:00")); day = day.AddDate(0, 0, 1) { // many free days
				fresh := newStory(s.t)
				fresh.resting(schedule.Settings{Country: "gb"})
				if fresh.now = day; !fresh.b.Calendar.Workday(day) {
					continue
				}
				fresh.do(model.Log{Kind: model.Purchase})
				if gaps, _ := walk(fresh); gaps[1] < 3 || gaps[1] > 7 || gaps[2] < 12 || gaps[2] > 16 {
					s.t.Errorf("bought on %s: check-in after %d days, feedback %d later", day.Format("Mon 2 Jan"), gaps[1], gaps[2])
				}
			}
		}},
		{says: `+5, +7, then every 10 business days; never nurture by itself: past the limit the row asks "still alive?"`, by: "TestTheSequencesOfTheKinds", holds: func(s *story) {
			s.d.Contact.Deal = &model.Deal{Value: 1000}
			s.do(model.Log{Kind: model.Proposal})
			_, then := walk(s)
			for range 3 {
				s.now = then.ReadyAt.In(berlin).Add(9 * time.Hour)
				if why := s.row().Why(s.now); !strings.HasPrefix(why, "still alive?") {
					s.t.Errorf("the row says %q", why)
				}
				last := s.now
				s.sends()
				then = s.d.Contact.FollowUp.Next
				want(s, "after that", then.Kind, model.TouchAlive)
				want(s, "ten business days later", then.ReadyAt.In(berlin), s.b.Calendar.StartOfDay(s.b.Calendar.AddDays(last, 10)))
			}
		}},
		{says: "3 business days after it", holds: func(s *story) {
			s.d.Contact.Deal = &model.Deal{Value: 1000}
			s.do(model.Log{Kind: model.Proposal})
			s.becomes("2026-11-25 17:00", model.OK)
			s.stands(model.ViewWaiting, 0, "")
			s.becomes("2026-11-26 09:00", model.OK)
			s.stands(model.ViewQueue, model.GroupWarm, "attempt 1 of 4")
			s.becomes("2026-11-26 17:00", model.Red)
		}},
		{says: "30 quiet days without a next touch", by: "TestKeepingSomebodyQuietBeginsTheReEngagement, TestKeepingProposesWhatFits"},
		{says: "3 attempts", by: "TestTheSequencesOfTheKinds", holds: func(s *story) {
			hot := model.Hot
			s.do(model.PinTo{Temperature: &hot}) // even then
			s.do(model.Enrol{Sequence: "re-engagement"})
			gaps, then := walk(s)
			want(s, "attempts", len(gaps), 3)
			want(s, "then", then.Kind, model.TouchNurture)
		}},
		{says: "90 days after the last contact", by: "TestTheSequencesOfTheKinds", holds: func(s *story) {
			s.do(model.Enrol{Sequence: "sales"})
			_, then := walk(s)
			for range 3 { // and then every 90 days
				want(s, "kind", then.Kind, model.TouchNurture)
				last := s.now
				s.now = then.ReadyAt.In(berlin).Add(9 * time.Hour)
				if days := s.now.Sub(last).Hours() / 24; days < 89 || days > 93 {
					s.t.Errorf("nurture %.0f days after the last contact", days)
				}
				s.stands(model.ViewQueue, model.GroupCold, "nurture, every quarter")
				s.sends()
				then = s.d.Contact.FollowUp.Next
			}
		}},
		{says: "An action (a purchase, a download, an event, a form mail) starts its kind by itself.", holds: func(s *story) {
			for kind, sequence := range map[model.Kind]string{model.Purchase: "post-purchase", model.Download: "download", model.EventSeen: "event", model.Met: "event", model.Meeting: "sales", model.Proposal: "sales"} {
				fresh := newStory(s.t)
				fresh.do(model.Log{Kind: kind})
				want(fresh, string(kind)+" starts", fresh.d.Contact.FollowUp.Enrolment.Sequence, sequence)
			}
		}},
		{says: "Inquiries found in old mail (older than 7 days at the first sync) are history, not alarms.", holds: func(s *story) {
			s.do(model.Log{Kind: model.Demo, At: monday.AddDate(0, 0, -8)})
			s.stands(model.ViewWaiting, 0, "")
			fresh := newStory(s.t)
			fresh.do(model.Log{Kind: model.Demo, At: monday.AddDate(0, 0, -6)})
			fresh.stands(model.ViewQueue, model.GroupNow, "asked for a demo 6 days ago · the first hour is over")
		}},
		{says: "Every step waits for the rep's key.", by: "store TestASequenceThatRunsByItself", holds: func(s *story) {
			s.do(model.Enrol{Sequence: "sales"})
			s.now = s.d.Contact.FollowUp.Next.ReadyAt.In(berlin).Add(9 * time.Hour)
			a, why, err := s.b.Ripe(s.d, s.now)
			if len(a.Draft.To) > 0 || why != "" || err != nil {
				s.t.Errorf("a step without auto would go: %+v %q %v", a, why, err)
			}
		}},
		{says: "leaves after the undo window, at any hour; window and pace hold for `auto`, planned (`--at`, `best`) and bulk sends", by: "store TestPlannedMailKeepsThePaceAndASingleOneDoesNotWait", holds: func(s *story) {
			s.now = at("2026-11-22 03:00") // a Sunday night
			o, _, err := s.b.Dispatch(s.d, s.approval(), model.Envelope{MessageID: "out"}, s.now)
			if err != nil || !o.Single || !o.SendAfter.Equal(s.now.Add(8*time.Second)) {
				s.t.Errorf("a single mail waits: %+v %v", o, err)
			}
			a := s.approval()
			a.At = monday.AddDate(0, 0, 1)
			if o, _, err = s.b.Dispatch(s.d, a, model.Envelope{MessageID: "out"}, s.now); err != nil || o.Single {
				s.t.Errorf("a planned mail is exempt: %+v %v", o, err)
			}
		}},
		{says: "cold 3, warm 4, hot 5, inside 21 calendar days (free days extend them)", by: "TestTheSequencesOfTheKinds, TestOldAttemptsDoNotForbidAMailToSomebodyRevived"},
		{says: "The limit is that of the warmest temperature since the last real\nanswer and does not fall as heat decays.", holds: func(s *story) {
			s.do(model.Log{Kind: model.Meeting})
			s.do(model.Log{Kind: model.Call})
			s.do(model.Enrol{Sequence: "sales"})
			for s.d.Contact.FollowUp.Next.Kind == model.TouchStep {
				s.now = s.d.Contact.FollowUp.Next.ReadyAt.In(berlin).Add(9 * time.Hour)
				s.sends()
			}
			want(s, "attempts", s.d.Contact.FollowUp.Attempts, 5)
			want(s, "temperature by then", s.row().Temperature, model.Cold)
		}},
		{says: "The last permitted attempt uses the closing template and says plainly that it is the last.", holds: func(s *story) {
			s.b.Templates = must(template.Starter())
			s.do(model.Enrol{Sequence: "sales"})
			for attempt := 1; s.d.Contact.FollowUp.Next.Kind == model.TouchStep; attempt++ {
				s.now = s.d.Contact.FollowUp.Next.ReadyAt.In(berlin).Add(9 * time.Hour)
				draft := must(s.b.Compose(s.d, "", s.now))
				closing := strings.Contains(strings.ToLower(draft.Subject+draft.Body), "last")
				if said := strings.Contains(s.row().Why(s.now), "the closing mail"); closing != (attempt == 3) || said != (attempt == 3) {
					s.t.Errorf("attempt %d with %q, closing %v, the row says so %v:\n%s", attempt, draft.Template, closing, said, draft.Body)
				}
				s.sends()
			}
		}},
		{says: "Then nurture by itself (deals and customers excepted), and the rep sees that it did.", by: "TestAfterTheLastAttemptTheQueueProposesToMoveOn", holds: func(s *story) {
			s.do(model.Enrol{Sequence: "sales"})
			says := ""
			for s.d.Contact.FollowUp.Next.Kind == model.TouchStep {
				s.now = s.d.Contact.FollowUp.Next.ReadyAt.In(berlin).Add(9 * time.Hour)
				o, outcome, err := s.b.Dispatch(s.d, s.approval(), model.Envelope{MessageID: "out-" + s.now.String()}, s.now)
				if err != nil {
					s.t.Fatal(err)
				}
				says = outcome.Says
				s.apply(outcome)
				s.apply(s.b.Left(s.d, o, s.now, s.now, "words"))
			}
			if !strings.Contains(says, "then nurture") {
				s.t.Errorf("the rep reads %q", says)
			}
			s.stands(model.ViewNurture, 0, "")
		}},
		{says: "A sequence may say `auto = true`: then a step without a blank, a warning or a hand edit enters the outbox at its time, after a morning list \"going today\" in which one key holds it.",
			by: "store TestASequenceThatRunsByItself, store TestTheMorningListIsNewOnceADay, ui TestTheMorningListHoldsAMailWithOneKey"},
		{says: "stoke never sends a mail that the rep did not approve, one by one or by `auto`.", by: "store TestASequenceThatRunsByItself, store TestAMailWithABlankIsNoMailThatGoesByItself"},
	})
}
