package model_test

import (
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/signal"
	"stoke/model/template"
)

// DOMAIN.md, "Opt-out and suppression".
func TestDomainOptOut(t *testing.T) {
	domain(t, []rule{
		{says: `Words in a reply ("unsubscribe", "remove me", "stop emailing", "do not contact", in the languages above)`, by: "model/signal TestOptOuts"},
		{says: "stop the sequence at once and propose\nsuppression, one key to confirm", by: "TestWhoSaidNoIsProposedWithTheReason", holds: func(s *story) {
			s.d.Contact.Emails = append(s.d.Contact.Emails, "dana@home.example")
			s.do(model.Enrol{Sequence: "sales"})
			o := s.writes("Unsubscribe", func(in *model.Inbound) { in.Verdict.Kind = signal.OptOut })
			want(s, "sequence", o.FollowUp.Enrolment.Sequence, "")
			want(s, "mail on its way is stopped", o.Cancel != "", true)
			s.stands(model.ViewQueue, model.GroupCold, "asked not to be written to: retire with opt-out?")
			want(s, "suppressed by one key", len(s.do(model.MoveOn{}).Suppress), 2)
		}},
		{says: "The list holds addresses and whole domains, outlives the contact (after erasure only a salted hash stays)", by: "store TestSuppressionOutlivesItsContact, store TestAnErasedPersonLeavesAHash"},
		{says: "checked at import, at enrolment and at send", by: "mail TestAStopConditionAtTheLastMomentStopsTheMail", holds: func(s *story) {
			s.d.Suppressed = &model.Suppression{What: "dana@northwind.example", Why: "asked by phone"}
			_, err := model.Enrol{Sequence: "sales"}.Decide(s.b, s.d, s.now)
			want(s, "at enrolment", model.CodeOf(err), model.GateSuppressed)
			want(s, "at send", model.CodeOf(s.b.Gate(s.d, s.approval(), s.now)), model.GateSuppressed)
			want(s, "as it leaves", model.Outgoing{}.Stop(s.d, s.now) != "", true)
		}},
		{says: "Imported opt-out columns suppress, never consent.", by: "store/exchange TestAnOptOutReachesEveryAddressOfItsRow"},
		{says: "Mails of sequences carry\n`List-Unsubscribe: <mailto:…>` and, where the rep set it, the postal address and opt-out line that the law asks for", by: "mail TestOnlySequenceMailSaysHowToLeave, TestTheFooterStandsBelowSequenceMailOnly"},
	})
}

// DOMAIN.md, "Snooze, done, retire".
func TestDomainSnoozeDoneRetire(t *testing.T) {
	domain(t, []rule{
		{says: `"until they reply" (at most 30 days)`, holds: func(s *story) {
			s.do(model.SnoozeTo{UntilReply: true})
			want(s, "until", s.d.Contact.FollowUp.Snooze.Until.In(berlin), at("2026-12-23 08:30"))
			s.stands(model.ViewSnoozed, 0, "until they reply, at most until Wed 23 Dec")
		}},
		{says: "with the resolved date shown before it is taken", by: "ui TestSnoozing"},
		{says: "Any real mail from the contact wakes it early.", by: "TestASnoozeHidesAndAReplyWakes, TestAnAutoReplyNeverWakesALongerSnoozeNorSortsAStranger"},
		{says: "One step can be moved without snoozing the person.", by: "ui TestFollowUpEnrolsMovesAndStops"},
		{says: "no answer (`no-answer`, nurture at 90 days), bad timing (`timing`: their date is a promise on that date, else nurture at 90 days), chose a competitor (`competitor`, 180 days)", by: "TestWhatTheReasonsOfRetirementLeadTo"},
		{says: "left the company (`left`, address only), asked not to be contacted (`opt-out`, suppression)", by: "TestWhatTheReasonsOfRetirementLeadTo", holds: func(s *story) {
			s.d.Contact.Emails = append(s.d.Contact.Emails, "dana@home.example")
			want(s, "left suppresses", len(s.do(model.Retire{Reason: model.ReasonLeft}).Suppress), 1)
			s.do(model.Revive{})
			want(s, "opt-out suppresses", len(s.do(model.Retire{Reason: model.ReasonOptOut}).Suppress), 2)
		}},
		{says: "**Won is no retirement**: it logs the purchase and starts its follow-up; lost is a reason with the deal closed.", holds: func(s *story) {
			s.d.Contact.Deal = &model.Deal{Value: 1000}
			s.do(model.Log{Kind: model.Purchase})
			want(s, "deal", s.d.Contact.Deal.Closed, "won")
			want(s, "live", s.d.Contact.FollowUp.Live(s.now), true)
			want(s, "sequence", s.d.Contact.FollowUp.Enrolment.Sequence, "post-purchase")
			fresh := newStory(s.t)
			fresh.d.Contact.Deal = &model.Deal{Value: 1000}
			fresh.do(model.Retire{Reason: model.ReasonLost})
			want(fresh, "deal", fresh.d.Contact.Deal.Closed, "lost")
		}},
		{says: "A reply brings a retired contact back, once a retirement, with a note; suppression stays until lifted by hand.", by: "TestAReplyEndsARetirement", holds: func(s *story) {
			s.do(model.Log{Kind: model.Call})
			s.do(model.Retire{Reason: model.ReasonOptOut})
			s.later(dayLong)
			out := s.writes("We changed our mind")
			want(s, "the news", out.Says, "Dana replied and is back")
			want(s, "interactions", len(out.Add), 2)
			want(s, "the note", out.Add[1].Summary, "Back by their own mail. Retired since 23 Nov 2026: asked not to be contacted.")
			s.stands(model.ViewQueue, model.GroupNow, "")
			a := s.approval()
			a.Force = true
			want(s, "a forced mail", model.CodeOf(s.b.Gate(s.d, a, s.now)), model.GateSuppressed)
		}},
		{says: "After the last attempt, a refusal, or a second \"not now\" or declined meeting, the queue itself proposes retirement", by: "TestAfterTheLastAttemptTheQueueProposesToMoveOn, TestASecondNotNowProposesRetirement, TestWhoSaidNoIsProposedWithTheReason", holds: func(s *story) {
			declines := func(in *model.Inbound) { in.Verdict.Meeting.Act = signal.MeetingDeclined }
			s.do(model.Log{Kind: model.Booked})
			s.writes("Declined: Demo", declines)
			s.stands(model.ViewQueue, model.GroupNow, "declined the meeting just now, waits for you")
			s.sends()
			s.later(7 * dayLong)
			s.writes("Declined: Demo", declines)
			reason, ok := s.row().Parting()
			if !ok || reason != model.ReasonTiming || !strings.Contains(s.row().Why(s.now), "know when to move on") {
				s.t.Errorf("after the second declined meeting: %s %v %q", reason, ok, s.row().Why(s.now))
			}
		}},
		{says: "Silence alone is no refusal.", holds: func(s *story) {
			s.do(model.Enrol{Sequence: "sales"})
			walk(s)
			want(s, "live", s.d.Contact.FollowUp.Live(s.now), true)
			want(s, "then", s.d.Contact.FollowUp.Next.Kind, model.TouchNurture)
		}},
		{says: "Every verb can be undone", by: "store TestEveryVerbIsTakenBack, TestUndoRestoresTheExactStateWhereNothingCameBetween"},
		{says: "what has changed since is kept and said; a reply that came between is never undone", by: "TestAnUndoKeepsAReplyThatCameBetween, store TestAReplyThatCameBetweenIsNeverUndone"},
		{says: "presets (later today, tomorrow, cadence, next week, two weeks, a month, a quarter), free words", by: "TestASnoozeByCadence, ui TestSnoozing"},
		{says: "not a fit (`no-fit`), wrong\nperson (`wrong-person`, asks for a referral)", by: "TestWhatTheReasonsOfRetirementLeadTo, TestAWrongPersonIsAskedForTheRightOne"},
		{says: "for 8 s by toast and later from a history, bulk verbs too; sent mail and erasure cannot, and ask first", by: "ui TestTheHistoryUndoesOneOfMany, ui TestVerbsActOnTheMarked, store TestAnUndoAfterAMailHasLeftSaysSo, ui/cli TestDeletingIsUndoableAndErasingAsks"},
		{says: "An undo is an inverse change", by: "store TestChangesAreTakenBackInAnyOrder, TestEveryVerbIsUndoneToTheExactState"},
	})
}

// DOMAIN.md, "Calls and texts".
func TestDomainCallsAndTexts(t *testing.T) {
	domain(t, []rule{
		{says: "One key logs an outcome with a note and moves the sequence on.", holds: func(s *story) {
			for _, outcome := range []model.Kind{model.NoAnswer, model.Voicemail, model.Busy} {
				fresh := newStory(s.t)
				calling(fresh, "call")
				fresh.stands(model.ViewQueue, model.GroupCold, "call, attempt 1 of 3")
				o := fresh.do(model.Log{Kind: outcome, Note: "try after lunch"})
				want(fresh, "note", o.Add[0].Text, "try after lunch")
				want(fresh, "next step", fresh.d.Contact.FollowUp.Next.Step, 2)
				want(fresh, "on", fresh.d.Contact.FollowUp.Next.ReadyAt.In(berlin), at("2026-11-26 00:00"))
			}
			fresh := newStory(s.t)
			calling(fresh, "call")
			fresh.do(model.Log{Kind: model.Call})
			want(fresh, "a spoken call ends the sequence", fresh.d.Contact.FollowUp.Enrolment.Sequence, "")
			fresh = newStory(s.t)
			calling(fresh, "text")
			fresh.do(model.Log{Kind: model.Text})
			want(fresh, "next step after a text", fresh.d.Contact.FollowUp.Next.Step, 2)
		}},
		{says: "A step can be a call or a text: its script is a template too, the number can be copied or opened.", by: "ui TestACallIsAStepLikeAnyOther, ui TestAHostileNumberOpensNothing", holds: func(s *story) {
			s.b.Templates = must(template.Starter())
			s.d.Contact.Phone = "+49 30 555 0134"
			for channel, wanted := range map[string]string{"call": "Call about the next step", "text": "Text after a missed call"} {
				calling(s, channel)
				script, ok := s.b.Script(s.d, s.now)
				want(s, channel+" has a script", ok && script.Asked, true)
				want(s, channel+" script", script.Template, wanted)
				want(s, channel+" number", script.Number, "+49 30 555 0134")
				want(s, channel+" greets", strings.Contains(script.Body, "Dana"), true)
				draft, err := s.b.Compose(s.d, "", s.now)
				want(s, "the mail beside the "+channel+" is no script", err == nil && draft.Template != wanted, true)
				s.do(model.StopSequence{})
			}
		}},
		{says: "A deal of value or a thread gone stale suggests the call; a fresh customer never.", holds: func(s *story) {
			suggested := func() bool { _, ok := s.b.Script(s.d, s.now); return ok }
			s.d.Contact.Phone = "+49 30 555 0134"
			s.do(model.Enrol{Sequence: "sales"})
			s.later(dayLong)
			want(s, "nothing was tried yet", suggested(), false)
			s.sends()
			s.later(8 * dayLong)
			want(s, "one mail went unanswered", suggested(), false)
			s.d.Contact.Deal = &model.Deal{Value: 24000}
			want(s, "and a deal of value is open", suggested(), true)
			s.d.Contact.Deal.Closed = "lost"
			want(s, "the deal is closed", suggested(), false)
			s.d.Contact.Deal = nil
			s.sends()
			want(s, "the next touch lies ahead", suggested(), false)
			s.later(8 * dayLong)
			want(s, "the thread is stale", suggested(), true)
			s.d.Contact.FollowUp.WarmUntil = s.now.Add(dayLong)
			want(s, "a fresh customer", suggested(), false)
			s.d.Contact.FollowUp.WarmUntil, s.d.Contact.Phone = time.Time{}, ""
			want(s, "no number", suggested(), false)
			s.d.Contact.Phone = "+49 30 555 0134"
			s.do(model.Retire{Reason: model.ReasonNoFit})
			want(s, "a retired contact", suggested(), false)
		}},
	})
}

// DOMAIN.md, "Finding contacts", as far as mail goes.
func TestDomainLeads(t *testing.T) {
	domain(t, []rule{
		{says: `From lead mail: rules in the config ("from forms@…, subject contains Demo request") read name, address and message out of a form mail and make an inquiry whose hour is running.`,
			by: "TestAFormMailIsTakenApart, TestWhichMailsAreForms, TestAFormMakesAnInquiryWhoseHourRuns, model/config TestRulesForFormMails, store TestAFormMailMakesOneInquiry, ui/story TestAFormOfTheWebSiteIsAnInquiry"},
	})
}

// DOMAIN.md, "Privacy".
func TestDomainPrivacy(t *testing.T) {
	domain(t, []rule{
		{says: "Only mail between the rep and known contacts (or a lead rule) is stored.", by: "store TestAStrangerIsDropped, store TestAFormMailMakesOneInquiry", holds: func(s *story) {
			in := model.Inbound{Header: model.Header{At: s.now.Add(time.Hour), From: model.Address{Addr: "stranger@elsewhere.example"}}}
			want(s, "a stranger's mail belongs to", in.MatchOf(map[string]int64{"ours": 1}, map[string]int64{"dana@northwind.example": 1}), 0)
		}},
		{says: "Nothing leaves the machine except mail that the rep sends.", by: "TestTheArrowsPointDown"},
		{says: "No pixel, no link rewriting, no remote content loaded.", by: "mail/mime TestBuildLooksLikeAPersonsMail, model/text TestFromHTMLListsLinks"},
	})
}
