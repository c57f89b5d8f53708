package model_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/schedule"
	"stoke/model/sequence"
	"stoke/model/signal"
	"stoke/model/template"
)

// DOMAIN.md, "Sequences: what stops, pauses and protects". 2026-11-23 is a Monday.
func TestDomainSequences(t *testing.T) {
	// free is the morning from which the gate lets a mail go, found by asking it day by day.
	free := func(s *story) string {
		s.t.Helper()
		for range 60 {
			if s.b.Gate(s.d, s.approval(), s.now) == nil {
				return s.now.Format("Mon 2 Jan")
			}
			next := s.now.AddDate(0, 0, 1)
			s.now = time.Date(next.Year(), next.Month(), next.Day(), 9, 0, 0, 0, berlin)
		}
		return "never"
	}
	mail := func(wait int) sequence.Step { return sequence.Step{Wait: wait, Channel: "mail"} }
	named := func(s *story, name string, steps ...sequence.Step) {
		s.b.Sequences = s.b.Sequences.With(sequence.Sequence{Name: name, Kind: "sales", Steps: steps})
	}
	domain(t, []rule{
		{says: "A sequence stops on: a reply in the thread by anyone, any new mail from one of the contact's addresses, a spoken call, a meeting booked, a purchase, an inquiry, a hard bounce, an opt-out, a retirement.", by: "store TestAnotherContactAnswersInTheThread", holds: func(s *story) {
			for what, ends := range map[string]func(*story) model.Outcome{
				"a reply": func(s *story) model.Outcome { return s.writes("Tell me more.") },
				"a reply in the thread by somebody else": func(s *story) model.Outcome {
					return s.writes("Dana asked me to answer.", func(in *model.Inbound) { in.From.Addr = "tom@elsewhere.example" })
				},
				"an answer of a contact in this one's thread": func(s *story) model.Outcome {
					o, _ := s.b.AnsweredByAnother(s.d, "Tom", s.now)
					s.apply(o)
					return o
				},
				"a spoken call":    func(s *story) model.Outcome { return s.do(model.Log{Kind: model.Call}) },
				"a meeting booked": func(s *story) model.Outcome { return s.do(model.Log{Kind: model.Booked}) },
				"a purchase":       func(s *story) model.Outcome { return s.do(model.Log{Kind: model.Purchase}) },
				"an inquiry":       func(s *story) model.Outcome { return s.do(model.Log{Kind: model.Demo}) },
				"a dead address": func(s *story) model.Outcome {
					return s.writes("", func(in *model.Inbound) {
						in.Verdict = signal.Verdict{Kind: signal.Bounce, Severity: signal.Dead, Recipients: s.d.Contact.Emails}
					})
				},
				"a refusal by policy": func(s *story) model.Outcome {
					return s.writes("", func(in *model.Inbound) { in.Verdict = signal.Verdict{Kind: signal.Bounce, Severity: signal.Refused} })
				},
				"an opt-out": func(s *story) model.Outcome {
					return s.writes("Unsubscribe", func(in *model.Inbound) { in.Verdict.Kind = signal.OptOut })
				},
				"a retirement": func(s *story) model.Outcome { return s.do(model.Retire{Reason: model.ReasonNoFit}) },
			} {
				fresh := newStory(s.t)
				fresh.do(model.Enrol{Sequence: "sales"})
				fresh.later(dayLong)
				fresh.sends()
				fresh.later(time.Hour)
				o := ends(fresh)
				want(fresh, what+": still in sales", fresh.d.Contact.FollowUp.Enrolment.Sequence == "sales", false)
				want(fresh, what+": stops mail on its way", o.Cancel != "", true)
			}
			for what, stays := range map[string]func(*story){
				"out of office":          func(s *story) { s.writes("Away", func(in *model.Inbound) { in.Verdict.Kind = signal.AutoReply }) },
				"nobody picked up":       func(s *story) { s.do(model.Log{Kind: model.NoAnswer}) },
				"a note":                 func(s *story) { s.do(model.Log{Kind: model.Note, Note: "likes tea"}) },
				"a newsletter of theirs": func(s *story) { s.writes("News", func(in *model.Inbound) { in.Verdict.Kind = signal.List }) },
			} {
				fresh := newStory(s.t)
				fresh.do(model.Enrol{Sequence: "sales"})
				stays(fresh)
				want(fresh, what, fresh.d.Contact.FollowUp.Enrolment.Sequence, "sales")
			}
			// A sequence may stop on more, and what happened starts its own kind.
			for _, stops := range []bool{false, true} {
				fresh, own := newStory(s.t), sequence.Sequence{Name: "own", Kind: "sales", Steps: []sequence.Step{mail(1), mail(3)}}
				if stops {
					own.Stop = []string{"download"}
				}
				fresh.b.Sequences = fresh.b.Sequences.With(own)
				fresh.do(model.Enrol{Sequence: "own"})
				fresh.later(dayLong)
				fresh.sends()
				o := fresh.do(model.Log{Kind: model.Download})
				want(fresh, "in", fresh.d.Contact.FollowUp.Enrolment.Sequence, map[bool]string{false: "own", true: "download"}[stops])
				want(fresh, "stops mail on its way", o.Cancel != "", stops)
			}
			// A stop of its own is no news of before it began, and hides nobody who waits.
			fresh := newStory(s.t)
			fresh.b.Sequences = fresh.b.Sequences.With(sequence.Sequence{Name: "post-purchase", Kind: "post-purchase", Stop: []string{"event", "download"}, Steps: []sequence.Step{mail(0), mail(4)}})
			fresh.writes("Where do I sign?")
			fresh.do(model.Log{Kind: model.Purchase})
			fresh.do(model.Log{Kind: model.Download, At: fresh.now.AddDate(0, -2, 0)})
			want(fresh, "after news of two months ago in", fresh.d.Contact.FollowUp.Enrolment.Sequence, "post-purchase")
			fresh.do(model.Log{Kind: model.EventSeen})
			want(fresh, "in", fresh.d.Contact.FollowUp.Enrolment.Sequence, "")
			want(fresh, "waits for", fresh.d.Contact.FollowUp.Next.Kind, model.TouchReply)
			fresh = newStory(s.t)
			fresh.b.Sequences = fresh.b.Sequences.With(sequence.Sequence{Name: "own", Kind: "sales", Stop: []string{"referral"}, Steps: []sequence.Step{mail(1), mail(3)}})
			fresh.do(model.Enrol{Sequence: "own"})
			fresh.do(model.Log{Kind: model.Referral})
			want(fresh, "in", fresh.d.Contact.FollowUp.Enrolment.Sequence, "")
			want(fresh, "waits for", fresh.d.Contact.FollowUp.Next.Kind, model.TouchNext)
		}},
		{says: "Mail the rep sent by hand anywhere (the Sent folder of any client is read) counts as the due step; the next one moves by its wait.", by: "TestMailTheRepSentFromAPhoneCountsAsTheStep, store TestMailFromAnotherProgramCounts", holds: func(s *story) {
			s.do(model.Enrol{Sequence: "sales"})
			s.later(2 * dayLong) // Wednesday, a day behind the first step
			s.writes("", func(in *model.Inbound) { in.Own = true })
			want(s, "the second step, three business days later", s.d.Contact.FollowUp.Next.ReadyAt.In(berlin), at("2026-11-30 00:00"))
		}},
		{says: "All of it is checked **again at the moment of sending**.", by: "store TestWhatStopsAMailAtTheLastMoment, store TestWhoAnsweredBeforeTheMailLeftGetsNone, mail TestAStopConditionAtTheLastMomentStopsTheMail", holds: func(s *story) {
			for what, change := range map[string]func(*story){
				"":             func(*story) {},
				"suppressed":   func(s *story) { s.d.Suppressed = &model.Suppression{What: "@northwind.example", Why: "asked so"} },
				"an opt-out":   func(s *story) { s.writes("Unsubscribe", func(in *model.Inbound) { in.Verdict.Kind = signal.OptOut }) },
				"a reply":      func(s *story) { s.writes("Tell me more.") },
				"a retirement": func(s *story) { s.do(model.Retire{Reason: model.ReasonNoFit}) },
			} {
				fresh := newStory(s.t)
				o, outcome, err := fresh.b.Dispatch(fresh.d, fresh.approval(), model.Envelope{MessageID: "out"}, fresh.now)
				if err != nil {
					s.t.Fatal(err)
				}
				fresh.apply(outcome)
				fresh.later(time.Second)
				change(fresh)
				want(fresh, what+" stops it", o.Stop(fresh.d, fresh.now) != "", what != "")
			}
		}},
		{says: "**Out of office** is never a reply and never an opt-out: snooze to the stated return date + 1 business day, or 10 business days where no date is found or it is past.", by: "TestOutOfOfficeSnoozesUntilTheDayAfterTheReturn", holds: func(s *story) {
			for _, c := range []struct {
				back, until string
				days        int // of the rep's own
			}{
				{"2026-12-03 00:00", "Thu 3 Dec 08:30", 0},
				{"2026-12-03 00:00", "Mon 7 Dec 08:30", 2},
			} {
				fresh := newStory(s.t)
				fresh.b.Rules.AfterReturn = c.days
				fresh.do(model.Enrol{Sequence: "sales"})
				fresh.writes("I am away.", func(in *model.Inbound) {
					in.Verdict.Kind, in.Verdict.ReturnDate = signal.AutoReply, at(c.back)
				})
				want(fresh, "so many days after the return", fresh.d.Contact.FollowUp.Snooze.Until.In(berlin).Format("Mon 2 Jan 15:04"), c.until)
			}
			for _, c := range []struct{ back, until string }{
				{"2026-12-03 00:00", "Fri 4 Dec 08:30"}, // a Thursday
				{"2026-12-04 00:00", "Mon 7 Dec 08:30"}, // a Friday
				{"2026-12-06 00:00", "Mon 7 Dec 08:30"}, // a Sunday
				{"2026-12-24 00:00", "Mon 28 Dec 08:30"},
				{"2026-11-20 00:00", "Mon 7 Dec 08:30"}, // past
				{"", "Mon 7 Dec 08:30"},
			} {
				fresh := newStory(s.t)
				fresh.resting(schedule.Settings{Country: "de"})
				fresh.do(model.Enrol{Sequence: "sales"})
				o := fresh.writes("I am away.", func(in *model.Inbound) {
					if in.Verdict.Kind = signal.AutoReply; c.back != "" {
						in.Verdict.ReturnDate = at(c.back)
					}
				})
				f := fresh.d.Contact.FollowUp
				want(fresh, "back "+c.back, f.Snooze.Until.In(berlin).Format("Mon 2 Jan 15:04"), c.until)
				fresh.stands(model.ViewSnoozed, 0, "")
				want(fresh, "an answer", f.AnswerID != 0 || f.OptedOut || f.Next.Kind == model.TouchReply, false)
				want(fresh, "sequence", f.Enrolment.Sequence, "sales")
				want(fresh, "stops mail on its way", o.Cancel != "", true)
				fresh.now = f.Snooze.Until.In(berlin)
				fresh.stands(model.ViewQueue, model.GroupCold, "attempt 1 of 3")
				want(fresh, "overdue when it wakes", fresh.place().Status(fresh.now), model.OK)
			}
		}},
		{says: "Understand at least English, Spanish, French, German, Portuguese, Swedish, Dutch dates and phrases.", by: "model/signal TestAutoReplies, model/signal TestReturnDates, model/signal TestCorpus"},
		{says: "**A colleague replied** (same company domain, free-mail domains exempt): hold the others 5 business days and ask.", by: "TestAColleaguesAnswerHoldsTheSequence, store TestAColleaguesAnswerHoldsTheOthersOfTheCompany"},
		{says: "dead address (see RELIABILITY.md: not every 5.x.x) suppresses it now", by: "TestABounceSuppressesADeadAddressOnly, model/signal TestReportsAndTheirSeverity, TestAReportIsBelievedOnlyAboutAMailOfOurs"},
		{says: "3 soft ones in 14 days hold it", by: "TestThreeSoftBouncesHoldTheContact", holds: func(s *story) {
			s.do(model.Enrol{Sequence: "sales"})
			s.sends()
			for range 4 { // never three within 14 days
				s.later(7*dayLong + time.Hour)
				s.writes("", func(in *model.Inbound) {
					in.Quotes, in.Verdict = true, signal.Verdict{Kind: signal.Bounce, Severity: signal.Later}
				})
			}
			want(s, "sequence", s.d.Contact.FollowUp.Enrolment.Sequence, "sales")
		}},
		{says: "a refusal by policy stops and tells", holds: func(s *story) {
			s.do(model.Enrol{Sequence: "sales"})
			o := s.writes("", func(in *model.Inbound) {
				in.Quotes, in.Verdict = true, signal.Verdict{Kind: signal.Bounce, Severity: signal.Refused, Recipients: s.d.Contact.Emails}
			})
			want(s, "suppressed", len(o.Suppress), 0)
			want(s, "the rep reads", o.Says, "The mail to Dana was refused by their server")
			s.stands(model.ViewQueue, model.GroupCold, "their server refused the mail, not the address: try other words, another way, or retire")
			if reason, ok := s.row().Parting(); ok {
				s.t.Errorf("the queue proposes to retire with %q", reason)
			}
			want(s, "another mail at once, because that one reached nobody", s.b.Gate(s.d, s.approval(), s.now), nil)
			s.sends()
			s.later(time.Hour)
			want(s, "and then the days between mails hold again", model.CodeOf(s.b.Gate(s.d, s.approval(), s.now)), model.GateTouchLimit)
		}},
		{says: "More than 5 % and at least 3 bounces in the last 50 sends of 24 h stop openers, not follow-ups, and say so.", by: "TestBouncesHoldOpeners, store TestBouncesOfTheLastMailsHoldFirstMails"},
		{says: "At least 2 business days between unanswered mails to one person", by: "TestTheQueueAndTheGateAgree", holds: func(s *story) {
			s.sends()
			s.later(time.Hour)
			want(s, "after a mail on Monday", free(s), "Wed 25 Nov")
			fresh := newStory(s.t)
			fresh.resting(schedule.Settings{Away: days("2026-11-24", "2026-11-27")})
			fresh.sends()
			want(fresh, "before an absence", free(fresh), "Tue 1 Dec")
			// Of a shorter wait and the gap the longer holds, and the plan says so before the send.
			fresh = newStory(s.t)
			named(fresh, "hasty", mail(0), mail(1), mail(1))
			fresh.do(model.Enrol{Sequence: "hasty"})
			_, o, err := fresh.b.Dispatch(fresh.d, fresh.approval(), model.Envelope{MessageID: "out"}, fresh.now)
			if err != nil || !strings.HasSuffix(o.Says, "next touch Wed 25 Nov") {
				fresh.t.Errorf("the send says %q, %v", o.Says, err)
			}
			fresh.sends()
			fresh.stands(model.ViewWaiting, 0, "attempt 2 of 3, Wed 25 Nov")
			fresh.d.Contact.FollowUp = fresh.b.Replan(fresh.d, fresh.now)
			fresh.stands(model.ViewWaiting, 0, "attempt 2 of 3, Wed 25 Nov")
			fresh.now = at("2026-11-25 08:30")
			fresh.sends()
			// A date that the rep sets is not moved: its row says from when on a mail may go.
			fresh = newStory(s.t)
			fresh.sends()
			fresh.do(model.PromiseFor{At: at("2026-11-24 14:00")})
			fresh.now = at("2026-11-24 09:00")
			fresh.stands(model.ViewQueue, model.GroupNow, "promised for today · no second mail before tomorrow")
			want(fresh, "the gate", model.CodeOf(fresh.b.Gate(fresh.d, fresh.approval(), fresh.now)), model.GateTouchLimit)
		}},
		{says: "never two sequence mails in one day", holds: func(s *story) {
			s.do(model.Enrol{Sequence: "re-engagement"})
			s.sends()
			s.later(time.Hour)
			s.writes("Yes?") // which ends it
			s.do(model.HandledWithout{})
			s.do(model.Enrol{Sequence: "re-engagement"})
			s.stands(model.ViewWaiting, 0, "attempt 1 of 4, tomorrow")
			want(s, "the gate", model.CodeOf(s.b.Gate(s.d, s.approval(), s.now)), model.GateTouchLimit)
			want(s, "free", free(s), "Tue 24 Nov")
		}},
		{says: "Exempt: answers, and the first follow-up after a meeting, an event or a purchase.", holds: func(s *story) {
			for what, happens := range map[string]func(*story){
				"an answer":      func(s *story) { s.writes("When?") },
				"an inquiry":     func(s *story) { s.do(model.Log{Kind: model.Demo}) },
				"a meeting":      func(s *story) { s.do(model.Log{Kind: model.Meeting, At: s.now.Add(-3 * time.Hour)}) },
				"an event":       func(s *story) { s.do(model.Log{Kind: model.EventSeen, At: s.now.Add(-3 * time.Hour)}) },
				"met in person":  func(s *story) { s.do(model.Log{Kind: model.Met, At: s.now.Add(-3 * time.Hour)}) },
				"a purchase":     func(s *story) { s.do(model.Log{Kind: model.Purchase, At: s.now.Add(-3 * time.Hour)}) },
				"a purchase now": func(s *story) { s.do(model.Log{Kind: model.Purchase}) },
			} {
				fresh := newStory(s.t)
				fresh.later(2 * time.Hour)
				fresh.sends() // it happened before this mail, or after it
				fresh.later(time.Hour)
				happens(fresh)
				if err := fresh.b.Gate(fresh.d, fresh.approval(), fresh.now); err != nil {
					fresh.t.Errorf("%s: %v", what, err)
				}
			}
		}},
		{says: "One live sequence a person.", holds: func(s *story) {
			s.do(model.Enrol{Sequence: "sales"})
			s.do(model.Enrol{Sequence: "re-engagement"})
			f := s.d.Contact.FollowUp
			want(s, "enrolled in", f.Enrolment.Sequence, "re-engagement")
			want(s, "next step of", f.Next.Sequence, "re-engagement")
		}},
		{says: "Pace for sequence mail: 50 a rolling 24 h, 30 an hour, 60 to 120 s apart (0 lifts a limit); hand-written mail, answers and single sends exempt.", by: "TestThePaceHoldsForEverySequenceOfMoments, store TestPlannedMailKeepsThePaceAndASingleOneDoesNotWait"},
		{says: "When capped, the order is: inquiry, promise, event inside its 24 h, later step, older, opener, nurture.", by: "store TestWhatThePaceHoldsBackLeavesByRank", holds: func(s *story) {
			stands := func(prepare func(*story)) model.Rank {
				fresh := newStory(s.t)
				prepare(fresh)
				return fresh.b.Letter(fresh.d, fresh.approval(), model.Envelope{}, fresh.now).Rank
			}
			event := func(after time.Duration) func(*story) {
				return func(s *story) { s.do(model.Log{Kind: model.EventSeen}); s.later(after) }
			}
			step := func(n int) func(*story) {
				return func(s *story) {
					s.do(model.Enrol{Sequence: "sales"})
					for range n - 1 {
						s.now = s.d.Contact.FollowUp.Next.ReadyAt.In(berlin).Add(9 * time.Hour)
						s.sends()
					}
				}
			}
			var last model.Rank
			for i, c := range []struct {
				what    string
				prepare func(*story)
			}{
				{"inquiry", func(s *story) { s.do(model.Log{Kind: model.Pricing}) }},
				{"promise", func(s *story) { s.do(model.PromiseFor{At: s.now.Add(time.Hour)}) }},
				{"event", event(23 * time.Hour)},
				{"third step", step(3)}, {"second step", step(2)},
				{"event past its day", event(25 * time.Hour)},
				{"opener", step(1)},
				{"nurture", func(s *story) { step(4)(s); s.now = s.d.Contact.FollowUp.Next.ReadyAt }},
			} {
				rank := stands(c.prepare)
				if i > 0 && rank <= last {
					s.t.Errorf("%s has rank %d, the one before %d", c.what, rank, last)
				}
				last = rank
			}
			// Who answers, met or bought is no opener: bounces hold only first mails to strangers.
			for what, prepare := range map[string]func(*story){
				"answer":   func(s *story) { s.writes("When?") },
				"meeting":  func(s *story) { s.do(model.Log{Kind: model.Meeting}) },
				"purchase": func(s *story) { s.do(model.Log{Kind: model.Purchase}) },
				"proposal": func(s *story) { s.do(model.Log{Kind: model.Proposal}) },
				"event":    event(50 * time.Hour),
			} {
				if rank := stands(prepare); rank >= model.RankOpener {
					s.t.Errorf("the follow-up of a %s has rank %d", what, rank)
				}
			}
		}},
		{says: "Enrolling many spreads their first steps over business days at pace ÷ steps (50 ÷ 3 = 16 a day), shown before it is done.", by: "ui TestKeepingManyIsOneEntryAndSpread", holds: func(s *story) {
			s.resting(schedule.Settings{Country: "de", Away: days("2026-11-26", "2026-11-30")})
			each := map[string]int{}
			for _, day := range s.b.Spread("sales", 50, s.now) {
				each[day.In(berlin).Format("Mon 2 Jan")]++
			}
			want(s, "spread", fmt.Sprint(each), "map[Tue 1 Dec:16 Tue 24 Nov:16 Wed 2 Dec:2 Wed 25 Nov:16]")
		}},
		{says: "At most 10 nurture rows a day.", by: "TestNurtureIsSpreadOverDays, store TestTwoHundredNurturesDueOnOneDay"},
		{says: "**Nothing is ever overdue because of a cap.**", by: "store TestTwoHundredNurturesDueOnOneDay, TestAQuarterOfThreeReps", holds: func(s *story) {
			for i, day := range s.b.Spread("sales", 40, s.now) {
				fresh := newStory(s.t)
				fresh.do(model.EnrolSpread{Sequence: "sales", First: map[int64]time.Time{1: day}})
				if i == 39 {
					fresh.now = day
					fresh.stands(model.ViewQueue, model.GroupCold, "attempt 1 of 3")
					want(fresh, "the last of forty", fresh.place().Status(fresh.now.Add(8*time.Hour)), model.OK)
				}
			}
		}},
		{says: `A contact's touch budget ("touch 3 of 4 in 21 days") stands in its row.`, by: "ui TestPictures", holds: func(s *story) {
			s.do(model.Enrol{Sequence: "sales"})
			s.now = at("2026-11-24 09:00")
			s.sends()
			s.now = at("2026-11-27 09:00")
			s.stands(model.ViewQueue, model.GroupCold, "attempt 2 of 3")
		}},
		{says: "Editing a template or a sequence reaches the contacts already in it, except drafts that the rep edited by hand.", by: "store TestAnEditedSequenceReachesWhoIsInIt, store TestADraftIsKeptAndFits, TestWhatChangedSinceTheDraftIsSaid", holds: func(s *story) {
			made := func(body string) {
				t := must(template.Parse("mine.md", []byte("---\nname: Mine\nkind: sales\nsubject: Seats\n---\n"+body)))
				s.b.Templates = template.NewLibrary(t)
			}
			named(s, "own", sequence.Step{Wait: 1, Channel: "mail", Template: "Mine"}, mail(3))
			made("First words.")
			s.do(model.Enrol{Sequence: "own"})
			want(s, "before the edit", must(s.b.Compose(s.d, "", s.now)).Body, "First words.")
			made("Better words.")
			want(s, "after it", must(s.b.Compose(s.d, "", s.now)).Body, "Better words.")
			named(s, "own", sequence.Step{Wait: 1, Channel: "mail"}, mail(8))
			s.now = at("2026-11-24 09:00")
			s.sends()
			named(s, "own", sequence.Step{Wait: 1, Channel: "mail"}, mail(5))
			s.d.Contact.FollowUp = s.b.Replan(s.d, s.now)
			want(s, "the second step", s.d.Contact.FollowUp.Next.ReadyAt.In(berlin), at("2026-12-01 00:00"))
		}},
	})
}
