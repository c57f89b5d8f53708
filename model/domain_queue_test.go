package model_test

import (
	"strings"
	"testing"
	"time"

	"stoke/model"
)

// DOMAIN.md, "The queue".
func TestDomainQueue(t *testing.T) {
	// order checks that places come one after the other.
	order := func(s *story, places ...model.Place) {
		s.t.Helper()
		for i := 1; i < len(places); i++ {
			a, b := places[i-1], places[i]
			if a.Group > b.Group || a.Group == b.Group && (a.Class > b.Class || a.Class == b.Class && a.Order >= b.Order) {
				s.t.Errorf("place %d %+v does not come before %+v", i, a, b)
			}
		}
	}
	// as is the place of a contact in a state, on Tuesday at 10:00.
	as := func(s *story, next model.Touch) model.Place {
		fresh := newStory(s.t)
		fresh.now = at("2026-11-24 10:00")
		fresh.d.Contact.FollowUp.Next = next
		return fresh.place()
	}
	domain(t, []rule{
		{says: "every live contact whose next touch is due, or who waits for the rep", holds: func(s *story) {
			s.do(model.Enrol{Sequence: "sales"})
			s.stands(model.ViewWaiting, 0, "attempt 1 of 3, tomorrow")
			s.now = at("2026-11-24 00:00")
			s.stands(model.ViewQueue, model.GroupCold, "attempt 1 of 3")
			fresh := newStory(s.t)
			fresh.writes("hello")
			fresh.stands(model.ViewQueue, model.GroupNow, "")
		}},
		{says: "Groups **now, hot, warm, cold**; every row keeps its own temperature mark.", holds: func(s *story) {
			for temperature, group := range map[model.Temperature]model.Group{model.Hot: model.GroupHot, model.Warm: model.GroupWarm, model.Cold: model.GroupCold} {
				fresh := newStory(s.t)
				fresh.do(model.PinTo{Temperature: &temperature})
				fresh.d.Contact.FollowUp.Next = model.Touch{Kind: model.TouchNext, ReadyAt: monday}
				fresh.stands(model.ViewQueue, group, "")
				fresh.writes("hello")
				fresh.stands(model.ViewQueue, model.GroupNow, "")
				want(fresh, "temperature in now", fresh.row().Temperature, temperature)
			}
		}},
		{says: "inquiry in its hour (least left first); a reply that waits (questions and named times first, then oldest); a promise due today or overdue; an inquiry past its hour; the first follow-up after a meeting or an event.",
			by: "TestTheGroupNowIsOrderedAsTheDomainSays"},
		{says: "a due step (later steps first, then longest waiting)", holds: func(s *story) {
			step := func(n int, ready string) model.Place {
				return as(s, model.Touch{Kind: model.TouchStep, Step: n, ReadyAt: at(ready)})
			}
			order(s, step(4, "2026-11-24 00:00"), step(2, "2026-11-20 00:00"), step(2, "2026-11-23 00:00"), step(1, "2026-11-01 00:00"),
				as(s, model.Touch{Kind: model.TouchAlive, ReadyAt: at("2026-10-01 00:00")}), as(s, model.Touch{Kind: model.TouchNurture, ReadyAt: at("2026-09-01 00:00")}))
		}},
		{says: `one row "412 people to sort", which opens them 20 at a time, by heat, then newest reply`, by: "TestPeopleToSortStandByHeatThenNewestReply, ui TestSortingTheUnsorted"},
		{says: "Each row shows who, company, temperature, last interaction (who wrote last, what, how long ago), due state, deal value where there is one", by: "ui/queue TestARowNeverLosesNameTemperatureAndDue"},
		{says: "and **one plain sentence that says why this row is here now**", holds: func(s *story) {
			s.do(model.Log{Kind: model.Pricing})
			s.later(38 * time.Minute)
			s.stands(model.ViewQueue, model.GroupNow, "asked about pricing 38 min ago · 22 min left of the first hour")
			fresh := newStory(s.t)
			warm := model.Warm
			fresh.do(model.PinTo{Temperature: &warm})
			fresh.do(model.Enrol{Sequence: "sales"})
			for range 2 {
				fresh.now = fresh.d.Contact.FollowUp.Next.ReadyAt.In(berlin).Add(9 * time.Hour)
				fresh.sends()
			}
			fresh.now = fresh.d.Contact.FollowUp.Next.DueAt.In(berlin).Add(40 * time.Hour)
			fresh.stands(model.ViewQueue, model.GroupWarm, "attempt 3 of 4, due since Thursday")
			fresh = newStory(s.t)
			fresh.do(model.PromiseFor{At: monday.Add(5 * time.Hour)})
			fresh.stands(model.ViewQueue, model.GroupNow, "promised for today")
		}},
		{says: "When a stop, or mail the rep sent by hand, leaves no planned step, the next touch sets itself (hot 2 business days, warm 7 days, cold 30), shown before the send", holds: func(s *story) {
			for temperature, day := range map[model.Temperature]string{model.Hot: "Wed 25 Nov", model.Warm: "Mon 30 Nov", model.Cold: "Wed 23 Dec"} {
				for _, way := range []func(*story){
					func(s *story) { s.do(model.Enrol{Sequence: "sales"}); s.do(model.StopSequence{}) },
					func(s *story) { s.writes("", func(in *model.Inbound) { in.Own = true }) },
					func(s *story) { s.do(model.Enrol{Sequence: "sales"}); s.do(model.Log{Kind: model.Call}) },
				} {
					fresh := newStory(s.t)
					fresh.d.Contact.FollowUp.Pin = model.Pin{Temperature: temperature, Until: monday.AddDate(0, 1, 0)}
					way(fresh)
					next := fresh.d.Contact.FollowUp.Next
					want(fresh, "kind", next.Kind, model.TouchNext)
					want(fresh, temperature.String(), next.ReadyAt.In(berlin).Format("Mon 2 Jan"), day)
				}
				fresh := newStory(s.t)
				fresh.d.Contact.FollowUp.Pin = model.Pin{Temperature: temperature, Until: monday.AddDate(0, 1, 0)}
				_, o, err := fresh.b.Dispatch(fresh.d, fresh.approval(), model.Envelope{MessageID: "out"}, fresh.now)
				if err != nil || !strings.HasSuffix(o.Says, "next touch "+day) {
					fresh.t.Errorf("%s: the send says %q, %v", temperature, o.Says, err)
				}
			}
		}},
		{says: "every live contact that is sorted has exactly one", by: "TestEveryLiveSortedContactHasExactlyOneNextTouch"},
		{says: "Every live, sorted contact is in exactly one of Queue, Waiting, Snoozed, Nurture.", by: "TestEveryLiveSortedContactHasExactlyOneNextTouch, store TestEveryoneStandsInOnePlace"},
		{says: "Each with its own order (ties: heat, then id)", by: "store TestTheQueueIsInTheOrderOfItsKeys"},
		{says: `an empty state that answers "what now?"`, by: "ui TestEmptyStatesSayWhatNow"},
		{says: "keep (proposes a next touch or a sequence), not now, never", by: "TestKeepingProposesWhatFits, TestNotNowIsNurtureInAQuarter, ui TestSortingTheUnsorted"},
		{says: "A key opens the whole sum: every signal with its age and points, and what would change it.", by: "ui TestPictures, ui/cli TestTheContract"},
		{says: "Other views: Waiting (nothing to do now: they owe an answer or the next touch lies ahead), Snoozed, Nurture, Retired, Outbox, People (everyone, unsorted too).", by: "store TestEveryoneStandsInOnePlace, ui TestPictures"},
		{says: "Views can be narrowed by tag, company, sequence, kind, value, and saved; a company view shows all its people and who spoke last.", by: "store TestListsAreNarrowed, store TestANarrowingIsKeptUnderAName, ui TestAListIsNarrowedAndTheNarrowingKept, ui TestACompanyShowsWhoSpokeLast"},
	})
}

// The mission in a rep's own sentences.
func TestTheMission(t *testing.T) {
	domain(t, []rule{
		{says: "an inquiry is due within the hour and says so", by: "TestAnInquiryIsDueWithinTheHourAndSaysSo"},
		{says: "an event within 24 hours", holds: func(s *story) {
			s.do(model.Log{Kind: model.Met})
			s.stands(model.ViewQueue, model.GroupNow, "met you in person just now, first follow-up")
			want(s, "due", s.place().DueAt.Sub(monday), 24*time.Hour)
		}},
		{says: "a purchase after some days", holds: func(s *story) {
			s.do(model.Log{Kind: model.Purchase})
			s.sends() // the thank-you
			s.stands(model.ViewWaiting, 0, "after the purchase, touch 2 of 3, Fri 27 Nov")
		}},
		{says: "three to five attempts over two to three weeks, then nurture", holds: func(s *story) {
			for temperature, attempts := range map[model.Temperature]int{model.Cold: 3, model.Warm: 4, model.Hot: 5} {
				fresh := newStory(s.t)
				fresh.d.Contact.FollowUp.Pin = model.Pin{Temperature: temperature, Until: monday.AddDate(0, 2, 0)}
				fresh.do(model.Enrol{Sequence: "sales"})
				gaps, then := walk(fresh)
				days := int(fresh.now.Sub(monday).Hours() / 24)
				if len(gaps) != attempts || days < 10 || days > 22 || then.Kind != model.TouchNurture {
					fresh.t.Errorf("%s: %d attempts in %d days, then %s", temperature, len(gaps), days, then.Kind)
				}
			}
		}},
		{says: "a demo request and an ebook of six months ago are treated differently", by: "TestADemoRequestAndAnEbookOfSixMonthsAgoAreTreatedDifferently"},
		{says: "someone who said no is not written to again", by: "TestARefusalIsNotWrittenToAgainBySequenceAndAnOptOutNever, TestAQuarterOfThreeReps", holds: func(s *story) {
			s.do(model.Enrol{Sequence: "sales"})
			s.writes("No, thank you.", func(in *model.Inbound) { in.Verdict.Refusal = true })
			for range 200 { // half a year without a key: nothing is planned but the question
				s.later(dayLong)
				if draft, why, err := s.b.Ripe(s.d, s.now); len(draft.Draft.To) > 0 || why != "" || err != nil {
					s.t.Fatalf("would go by itself: %v %s %v", draft, why, err)
				}
				if why := s.row().Why(s.now); why != "said no: know when to move on" {
					s.t.Fatalf("asks for %q", why)
				}
			}
		}},
	})
}
