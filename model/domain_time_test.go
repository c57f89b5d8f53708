package model_test

import (
	"testing"
	"time"

	"stoke/model"
	"stoke/model/schedule"
	"stoke/model/sequence"
)

// resting gives a story whose rep has free days.
func (s *story) resting(set schedule.Settings) {
	set.Zone = berlin
	s.b.Calendar = must(schedule.New(set))
}

// sequenced gives a story whose sequence "auto" runs by itself.
func (s *story) sequenced(steps ...sequence.Step) {
	s.b.Sequences = s.b.Sequences.With(sequence.Sequence{Name: "auto", Kind: "sales", Auto: true, Steps: steps})
}

func days(from, to string) []schedule.Range {
	return []schedule.Range{{From: must(schedule.ParseDay(from)), To: must(schedule.ParseDay(to))}}
}

// DOMAIN.md, "Time". The words for a date are held by model/schedule.
func TestDomainTime(t *testing.T) {
	domain(t, []rule{
		{says: "weekends, the public holidays of the rep's country, own free days and an `away` range", by: "model/schedule TestWorkdays, model/schedule TestHolidaysOfTheCountries"},
		{says: "A due date that falls on a free day moves to the next business day, same hour.", holds: func(s *story) {
			s.resting(schedule.Settings{Country: "us"}) // Thanksgiving is on 26 November
			s.now = at("2026-11-25 11:20")
			s.do(model.Log{Kind: model.Met})
			want(s, "due", s.place().DueAt.In(berlin), at("2026-11-27 11:20"))
			s.do(model.Log{Kind: model.Download})
			want(s, "the download's day", s.d.Contact.FollowUp.Next.ReadyAt.In(berlin), at("2026-11-27 00:00"))
		}},
		{says: "Back from `away` there is no red wall: due dates shift.", holds: func(s *story) {
			for name, begin := range map[string]func(*story){
				"a download's step": func(s *story) { s.do(model.Log{Kind: model.Download}) },
				"a meeting":         func(s *story) { s.do(model.Log{Kind: model.Meeting}) },
				"an event":          func(s *story) { s.do(model.Log{Kind: model.EventSeen}) },
				"an inquiry":        func(s *story) { s.now = at("2026-11-23 22:00"); s.do(model.Log{Kind: model.Demo}) },
				"a reply":           func(s *story) { s.writes("hello") },
				"a hot contact":     func(s *story) { s.do(model.Log{Kind: model.Booked}); s.do(model.Log{Kind: model.Call}) },
				"a later step":      func(s *story) { s.do(model.Enrol{Sequence: "re-engagement"}); s.sends() },
				"a first step":      func(s *story) { s.do(model.Enrol{Sequence: "sales", At: at("2026-11-25 08:30")}) },
			} {
				fresh := newStory(s.t)
				begin(fresh)
				// The absence is written into the config afterwards: from tomorrow to the end of next week.
				fresh.resting(schedule.Settings{Away: days("2026-11-24", "2026-12-04")})
				fresh.d.Contact.FollowUp = fresh.b.Replan(fresh.d, fresh.now)
				fresh.now = at("2026-12-07 08:35")
				if p := fresh.place(); p.Status(fresh.now) == model.Red {
					s.t.Errorf("%s is red on the first morning back: %+v", name, p)
				}
			}
		}},
		{says: "Steps of sequences are planned in the contact's time zone (own field, else by country, else the rep's).", holds: func(s *story) {
			for _, c := range []struct{ tz, country, goes string }{
				{"America/Los_Angeles", "de", "2026-11-24 09:30 -0800"}, {"", "jp", "2026-11-24 09:30 +0900"}, {"", "", "2026-11-24 09:30 +0100"}, {"Mars/Base", "us", "2026-11-24 09:30 -0500"},
			} {
				fresh := newStory(s.t)
				fresh.d.Contact.TZ, fresh.d.Contact.Country = c.tz, c.country
				fresh.sequenced(sequence.Step{Wait: 1, Channel: "mail"}, sequence.Step{Wait: 3, Channel: "mail"})
				fresh.do(model.Enrol{Sequence: "auto"})
				zone := fresh.d.Contact.Zone(berlin)
				want(fresh, c.tz+c.country, fresh.d.Contact.FollowUp.Next.GoesAt.In(zone).Format("2006-01-02 15:04 -0700"), c.goes)
				fresh.do(model.SnoozeTo{Until: at("2026-12-01 08:30")})
				if goes := fresh.d.Contact.FollowUp.Next.GoesAt; !fresh.b.Calendar.InWindow(goes, zone) || goes.Before(at("2026-12-01 08:30")) {
					fresh.t.Errorf("%s: after a snooze it goes at %s", c.tz+c.country, goes.In(zone))
				}
			}
		}},
		{says: "Window Monday to Friday 08:30–17:00, target 09:30–11:30.", by: "model/schedule TestPlanningATouch, model/schedule TestBestIsTheNextTargetHour", holds: func(s *story) {
			for _, c := range []struct{ now, zone, goes string }{ // across the change of clocks, a leap day, the end of a year
				{"2027-03-26 10:00", "Europe/Berlin", "2027-03-29 09:30 +0200"}, {"2026-10-30 10:00", "America/New_York", "2026-11-02 09:30 -0500"},
				{"2027-03-12 10:00", "America/New_York", "2027-03-15 09:30 -0400"}, {"2028-02-28 10:00", "Europe/Berlin", "2028-02-29 09:30 +0100"},
				{"2028-02-29 10:00", "Asia/Tokyo", "2028-03-01 09:30 +0900"}, {"2026-12-30 10:00", "Australia/Sydney", "2026-12-31 10:00 +1100"},
				{"2026-12-31 10:00", "Europe/Berlin", "2027-01-01 09:30 +0100"},
			} {
				fresh := newStory(s.t)
				fresh.now, fresh.d.Contact.TZ = at(c.now), c.zone
				fresh.sequenced(sequence.Step{Wait: 1, Channel: "mail"})
				fresh.do(model.Enrol{Sequence: "auto"})
				goes := fresh.d.Contact.FollowUp.Next.GoesAt.In(must(time.LoadLocation(c.zone)))
				want(fresh, c.now+" in "+c.zone, goes.Format("2006-01-02 15:04 -0700"), c.goes)
			}
		}},
		{says: "A send outside it waits, in order; the rep can force one.", by: "store TestPlannedMailKeepsThePaceAndASingleOneDoesNotWait, store TestWhatThePaceHoldsBackLeavesByRank"},
		{says: `No hour given means 08:30, "eod" 17:00, in the rep's zone.`, by: "model/schedule TestTheWordsOfARep"},
		{says: `absolute ones mean the next such day, never today`, by: "model/schedule TestTheWordsOfARep, model/schedule TestWordsAroundTheEndsOfMonthYearAndDay, model/schedule TestNoPhraseOfKnownWordsLiesInThePast"},
		{says: "A date the rep sets is never moved; computed ones are.", holds: func(s *story) {
			s.resting(schedule.Settings{Away: days("2026-11-24", "2026-12-04")})
			sunday := at("2026-11-29 08:30")
			s.do(model.PromiseFor{At: sunday})
			s.d.Contact.FollowUp = s.b.Replan(s.d, s.now)
			want(s, "promise", s.d.Contact.FollowUp.Promise.At.In(berlin), sunday)
			s.now = sunday
			s.stands(model.ViewQueue, model.GroupNow, "promised for today")
			fresh := newStory(s.t)
			fresh.do(model.SnoozeTo{Until: sunday})
			fresh.resting(schedule.Settings{Away: days("2026-11-24", "2026-12-04")})
			fresh.d.Contact.FollowUp = fresh.b.Replan(fresh.d, fresh.now)
			want(fresh, "snooze", fresh.d.Contact.FollowUp.Snooze.Until.In(berlin), sunday)
		}},
		{says: "What cannot be read or is past is refused.", by: "model/schedule TestWhatIsRefused", holds: func(s *story) {
			for _, v := range []model.Verb{model.SnoozeTo{Until: monday}, model.PromiseFor{At: monday.Add(-time.Hour)}, model.Enrol{Sequence: "sales", At: monday},
				model.Retire{Reason: model.ReasonTiming, Until: monday}, model.Log{Kind: model.Call, At: monday.Add(time.Minute)}} {
				_, err := v.Decide(s.b, s.d, s.now)
				want(s, v.Name(), model.CodeOf(err), model.Invalid)
			}
		}},
		{says: "A promise survives new mail until it passes; once it is overdue, sending clears it and automatic timing returns.", by: "TestAPromiseSurvivesMailAndIsKeptByAMailOnItsDay", holds: func(s *story) {
			s.do(model.PromiseFor{At: monday.AddDate(0, 0, 2)})
			s.later(5 * dayLong)
			s.stands(model.ViewQueue, model.GroupNow, "promised for Wed 25 Nov 09:00, overdue")
			want(s, "status", s.place().Status(s.now), model.Red)
			s.writes("are you there?")
			s.sends()
			f := s.d.Contact.FollowUp
			want(s, "promise", f.Promise.At.IsZero(), true)
			want(s, "then", f.Next.Kind, model.TouchNext)
		}},
		{says: `Relative words count from now ("in 2 hours" to the minute; days, weeks and months give that day at 08:30)`, by: "model/schedule TestTheWordsOfARep"},
		{says: `("friday"; "next tue" is the one of next week, "next week" its Monday, "jan 5" the next January, "9am" and "noon" tomorrow once past, "day after tomorrow", "in a month", "end of month")`, by: "model/schedule TestTheWordsOfARep, model/schedule TestWordsAroundTheEndsOfMonthYearAndDay"},
	})
}
