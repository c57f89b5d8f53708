package model_test

import (
	"testing"
	"time"

	"stoke/model"
	"stoke/model/signal"
)

// DOMAIN.md, "Words".
func TestDomainWords(t *testing.T) {
	domain(t, []rule{
		{says: "a person, with one or more addresses, a company, a time zone, country, tags, free fields, optionally a deal (value, stage, expected close).",
			by: "store TestAContactKeepsEverything"},
		{says: `mail in, mail out, text, call (spoke, no answer, voicemail, busy, wrong number), meeting booked, meeting held, note, inquiry (demo, pricing or contact request), download, event, proposal, purchase, referral, refusal, "not now", auto-reply, bounce, opt-out`,
			holds: func(s *story) {
				for _, kind := range []model.Kind{model.Text, model.Call, model.NoAnswer, model.Voicemail, model.Busy, model.WrongNumber, model.Booked, model.Meeting, model.Note,
					model.Demo, model.Pricing, model.Inquiry, model.Download, model.EventSeen, model.Met, model.Proposal, model.Purchase, model.Referral, model.Refusal, model.NotNow, model.OptOut} {
					fresh := newStory(s.t)
					want(fresh, "logged as "+string(kind), fresh.do(model.Log{Kind: kind}).Add[0].Kind, kind)
				}
				for kind, arrives := range map[model.Kind]func(*model.Inbound){
					model.Mail: func(*model.Inbound) {}, model.AutoReply: func(in *model.Inbound) { in.Verdict.Kind = signal.AutoReply },
					model.Bounce: func(in *model.Inbound) {
						in.Quotes, in.Verdict = true, signal.Verdict{Kind: signal.Bounce, Severity: signal.Refused}
					},
					model.OptOut: func(in *model.Inbound) { in.Verdict.Kind = signal.OptOut },
				} {
					fresh := newStory(s.t)
					want(fresh, "received as "+string(kind), fresh.writes("words", arrives).Add[0].Kind, kind)
				}
			}},
		{says: "The newest real one is the *last interaction*.", holds: func(s *story) {
			s.do(model.Log{Kind: model.Download})
			s.later(time.Hour)
			s.do(model.Log{Kind: model.Note, Note: "likes tea"})
			s.do(model.Log{Kind: model.Call, At: monday.Add(-dayLong)}) // logged late
			want(s, "last", s.d.Contact.FollowUp.Last.Kind, model.Download)
		}},
		{says: "an interaction that the rep made", holds: func(s *story) {
			for kind, touch := range map[model.Kind]bool{model.Text: true, model.NoAnswer: true, model.Voicemail: true, model.Busy: true, model.Note: false, model.Download: false, model.Demo: false} {
				fresh := newStory(s.t)
				want(fresh, string(kind)+" is a touch", fresh.do(model.Log{Kind: kind}).Add[0].IsTouch(), touch)
			}
		}},
		{says: "a touch since the contact's last real answer; a call and its mail on one day are one attempt", by: "TestAttemptsOfOneDayAreOne", holds: func(s *story) {
			s.do(model.Log{Kind: model.Voicemail})
			s.later(time.Hour)
			s.sends()
			want(s, "attempts after a call and its mail", s.d.Contact.FollowUp.Attempts, 1)
			s.writes("thanks")
			want(s, "attempts after an answer", s.d.Contact.FollowUp.Attempts, 0)
		}},
		{says: "a contact is *enrolled* in at most one", holds: func(s *story) {
			s.do(model.Enrol{Sequence: "download"})
			s.do(model.Enrol{Sequence: "sales"})
			f := s.d.Contact.FollowUp
			want(s, "sequence", f.Enrolment.Sequence+" "+f.Next.Sequence, "sales sales")
		}},
		{says: "the one date, step and reason that a live contact waits for", by: "TestEveryLiveSortedContactHasExactlyOneNextTouch"},
		{says: "a next touch whose date the rep or the contact named", holds: func(s *story) {
			s.do(model.Enrol{Sequence: "sales"})
			s.do(model.PromiseFor{At: monday.AddDate(0, 0, 3)})
			f := s.d.Contact.FollowUp
			want(s, "the one next touch", f.Next.Kind, "")
			s.stands(model.ViewWaiting, 0, "promised for Thu 26 Nov 09:00")
		}},
		{says: "Unsorted contacts get no mail.", holds: func(s *story) {
			s.d.Contact.FollowUp.Sorted = false
			s.writes("", func(in *model.Inbound) { in.Own, in.At = true, monday.AddDate(0, 0, -45) })
			f := s.d.Contact.FollowUp
			want(s, "planned", f.Next.Kind, "")
			want(s, "goes by itself", f.Next.GoesAt.IsZero(), true)
			s.stands(model.ViewUnsorted, 0, "")
		}},
		{says: "hidden until a date; real mail wakes it", by: "TestASnoozeHidesAndAReplyWakes"},
		{says: "a date that stays visible and survives mail", by: "TestAPromiseSurvivesMailAndIsKeptByAMailOnItsDay"},
		{says: `on screen: "handled, next Thu 3 Dec"`, holds: func(s *story) {
			s.do(model.Log{Kind: model.Pricing}) // hot: two business days
			s.now = at("2026-12-01 10:00")
			want(s, "done says", s.do(model.HandledWithout{}).Says, "Dana handled, next Fri 4 Dec")
		}},
		{says: "out, with a reason", holds: func(s *story) {
			s.do(model.Retire{Reason: model.ReasonNoFit})
			s.stands(model.ViewRetired, 0, "retired: not a fit")
			_, err := model.Retire{Reason: "bored"}.Decide(s.b, newStory(s.t).d, s.now)
			want(s, "an unknown reason", model.CodeOf(err), model.Invalid)
		}},
		{says: "never mail again", holds: func(s *story) {
			s.d.Suppressed = &model.Suppression{What: "@northwind.example", Why: "asked by phone"}
			a := s.approval()
			a.Force = true
			want(s, "a forced mail", model.CodeOf(s.b.Gate(s.d, a, s.now)), model.GateSuppressed)
		}},
	})
}
