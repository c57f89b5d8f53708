package model_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/signal"
)

// points is the heat of a story's contact.
func (s *story) points() float64 {
	return math.Round(s.d.Contact.FollowUp.Heat.Points(s.now, s.b.Rules)*1e6) / 1e6
}

// DOMAIN.md, "Heat: one formula that a person can check".
func TestDomainHeat(t *testing.T) {
	logs := func(kind model.Kind, points float64) func(*story) {
		return func(s *story) { s.do(model.Log{Kind: kind}); want(s, "points", s.points(), points) }
	}
	domain(t, []rule{
		{says: "heat(now) = max(0, Σ points × 2^(−age / 14 days))", by: "TestHeatHalvesEveryFourteenDays"},
		{says: "**hot ≥ 50, warm 25 to < 50, cold < 25**", holds: func(s *story) {
			for points, temperature := range map[float64]model.Temperature{0: model.Cold, 24.9: model.Cold, 25.1: model.Warm, 49.9: model.Warm, 50.1: model.Hot, 500: model.Hot} {
				f := model.FollowUp{Heat: model.Sum([]model.Signal{{At: monday, Points: points}}, s.b.Rules)}
				got, _ := f.Temperature(false, monday, s.b.Rules)
				want(s, "temperature", got, temperature)
			}
		}},
		{says: "the order of contacts independent of `now`", by: "TestTheOrderOfHeatDoesNotDependOnNow"},
		{says: "inquiry (demo, pricing, contact request) | 60", holds: func(s *story) {
			for _, kind := range []model.Kind{model.Demo, model.Pricing, model.Inquiry} {
				logs(kind, 60)(newStory(s.t))
			}
		}},
		{says: "reply (once a contact and day) | 40", by: "TestSignalsOfTheTable", holds: func(s *story) {
			s.writes("one")
			s.writes("two", func(in *model.Inbound) { in.MessageID = "two" })
			want(s, "points", s.points(), 40)
		}},
		{says: "… that asks a question or names a time | +15", holds: func(s *story) {
			s.writes("on Thursday?", func(in *model.Inbound) { in.Verdict.NamesTime = true })
			want(s, "points", s.points(), 55)
		}},
		{says: "referral | 35", holds: logs(model.Referral, 35)},
		{says: "met in person | 30", holds: logs(model.Met, 30)},
		{says: "event attended | 20", holds: logs(model.EventSeen, 20)},
		{says: "meeting held | 40", holds: logs(model.Meeting, 40)},
		{says: "purchase | 20", holds: logs(model.Purchase, 20)},
		{says: "meeting booked | 30", holds: logs(model.Booked, 30)},
		{says: "proposal sent | 20", holds: logs(model.Proposal, 20)},
		{says: "call, spoke | 30", holds: logs(model.Call, 30)},
		{says: "download, sign-up | 10", holds: logs(model.Download, 10)},
		{says: `"not now" | −30`, holds: func(s *story) {
			s.do(model.Log{Kind: model.Pricing})
			logs(model.NotNow, 30)(s)
			logs(model.NotNow, 0)(newStory(s.t)) // never below zero
		}},
		{says: "call without an answer, auto-reply, refusal, opt-out | 0", holds: func(s *story) {
			for _, kind := range []model.Kind{model.NoAnswer, model.Voicemail, model.Busy, model.Refusal, model.OptOut} {
				logs(kind, 0)(newStory(s.t))
			}
			s.writes("away", func(in *model.Inbound) { in.Verdict.Kind = signal.AutoReply })
			want(s, "points", s.points(), 0)
		}},
		{says: "a touch that got no answer, counted when the next touch leaves | −5", by: "TestSignalsOfTheTable"},
		{says: "any real signal cancels the −5s before it", by: "TestSignalsOfTheTable"},
		{says: "A refusal or opt-out stops and proposes retirement instead of cooling.", by: "TestWhoSaidNoIsProposedWithTheReason", holds: func(s *story) {
			s.do(model.Log{Kind: model.Pricing})
			s.do(model.Log{Kind: model.Refusal})
			want(s, "points", s.points(), 60)
			s.stands(model.ViewQueue, model.GroupHot, "said no: know when to move on")
		}},
		{says: "For 30 days after a purchase, and while a deal is open, a contact is at least warm whatever the sum.", holds: func(s *story) {
			s.do(model.Log{Kind: model.Purchase})
			s.now = monday.AddDate(0, 0, 29)
			want(s, "a customer of 29 days", s.row().Temperature, model.Warm)
			s.now = monday.AddDate(0, 0, 30)
			want(s, "a customer of 30 days", s.row().Temperature, model.Cold)
			s.d.Contact.Deal = &model.Deal{Value: 1}
			want(s, "with an open deal", s.row().Temperature, model.Warm)
			s.d.Contact.Deal.Closed = "lost"
			want(s, "with a closed deal", s.row().Temperature, model.Cold)
		}},
		{says: "A pin by the rep holds 30 days and says when it lapses.", holds: func(s *story) {
			hot := model.Hot
			says := s.do(model.PinTo{Temperature: &hot}).Says
			if !strings.Contains(says, "until Wed 23 Dec") {
				s.t.Errorf("the pin says %q", says)
			}
			s.now = monday.AddDate(0, 0, 30).Add(-time.Minute)
			want(s, "before it lapses", s.row().Temperature, model.Hot)
			s.later(time.Minute)
			want(s, "after it lapsed", s.row().Temperature, model.Cold)
		}},
		{says: "someone who asked for a demo and someone who downloaded an ebook six months ago never get the same treatment",
			by: "TestADemoRequestAndAnEbookOfSixMonthsAgoAreTreatedDifferently"},
		{says: "the sum is stored and indexed and nothing is recomputed as time passes", by: "store TestTickMovesOnlyWhatCrossedABorder, store TestTheNextPageIsSoughtAndNotWalkedTo"},
		{says: "Everything else about heat is decided when something happens, never by the clock.", by: "TestTheOrderOfHeatDoesNotDependOnNow"},
		{says: "No points for opens or clicks: no tracking pixel, ever", by: "mail/mime TestBuildLooksLikeAPersonsMail", holds: func(s *story) {
			for _, kind := range []string{"open", "opened", "click", "view"} {
				if _, err := model.ParseKind(kind); err == nil {
					s.t.Errorf("%q can be logged", kind)
				}
			}
		}},
	})
}
