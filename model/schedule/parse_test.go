package schedule_test

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"stoke/model/schedule"
)

const stamp = "2006-01-02 15:04 -0700"

func berlin(t testing.TB) *time.Location { return zone(t, "Europe/Berlin") }

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func calendar(t testing.TB, s schedule.Settings) *schedule.Calendar {
	t.Helper()
	c, err := schedule.New(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func at(t testing.TB, z *time.Location, s string) time.Time {
	t.Helper()
	when, err := time.ParseInLocation("2006-01-02 15:04", s, z)
	if err != nil {
		t.Fatal(err)
	}
	return when
}

func TestTheWordsOfARep(t *testing.T) {
	z := berlin(t)
	c := calendar(t, schedule.Settings{Zone: z, Country: "de"})
	now := at(t, z, "2026-11-04 15:30") // a Wednesday
	for words, want := range map[string]string{
		"later today":           "2026-11-04 17:00",
		"in 2 hours":            "2026-11-04 17:30",
		"in an hour":            "2026-11-04 16:30",
		"2 hours":               "2026-11-04 17:30",
		"90m":                   "2026-11-04 17:00",
		"3h":                    "2026-11-04 18:30",
		"in 45 min":             "2026-11-04 16:15",
		"3d":                    "2026-11-07 08:30",
		"3d 10:00":              "2026-11-07 10:00",
		"in 3 days":             "2026-11-07 08:30",
		"in 3 days at 2pm":      "2026-11-07 14:00",
		"in 10 business days":   "2026-11-18 08:30",
		"3 working days at 9am": "2026-11-09 09:00",
		"the 5th":               "2026-11-05 08:30",
		"on the 3rd at 2pm":     "2026-12-03 14:00",
		"the 4th":               "2026-12-04 08:30",
		"31st":                  "2026-12-31 08:30",
		"2w":                    "2026-11-18 08:30",
		"two weeks":             "2026-11-18 08:30",
		"in two weeks":          "2026-11-18 08:30",
		"a week":                "2026-11-11 08:30",
		"1mo":                   "2026-12-04 08:30",
		"in a month":            "2026-12-04 08:30",
		"a month":               "2026-12-04 08:30",
		"a quarter":             "2027-02-04 08:30",
		"1y":                    "2027-11-04 08:30",
		"tomorrow":              "2026-11-05 08:30",
		"Tomorrow 9am":          "2026-11-05 09:00",
		"tomorrow 9 am":         "2026-11-05 09:00",
		"tomorrow at 9":         "2026-11-05 09:00",
		"tomorrow 14:00":        "2026-11-05 14:00",
		"tomorrow noon":         "2026-11-05 12:00",
		"tmrw":                  "2026-11-05 08:30",
		"  tmrw ,  9:05pm ":     "2026-11-05 21:05",
		"day after tomorrow":    "2026-11-06 08:30",
		"fri 2pm":               "2026-11-06 14:00",
		"friday":                "2026-11-06 08:30",
		"on friday":             "2026-11-06 08:30",
		"this fri":              "2026-11-06 08:30",
		"wed":                   "2026-11-11 08:30",
		"wednesday 16:00":       "2026-11-11 16:00",
		"monday 09:15":          "2026-11-09 09:15",
		"tue":                   "2026-11-10 08:30",
		"next tue":              "2026-11-10 08:30",
		"next fri":              "2026-11-13 08:30",
		"next sun":              "2026-11-15 08:30",
		"next week":             "2026-11-09 08:30",
		"next week 10:00":       "2026-11-09 10:00",
		"next month":            "2026-12-01 08:30",
		"jan 5":                 "2027-01-05 08:30",
		"Jan 5, 9am":            "2027-01-05 09:00",
		"5 jan":                 "2027-01-05 08:30",
		"5th of january":        "2027-01-05 08:30",
		"5. jan":                "2027-01-05 08:30",
		"5 nov":                 "2026-11-05 08:30",
		"4 nov":                 "2027-11-04 08:30",
		"jan 5 2028":            "2028-01-05 08:30",
		"29 feb":                "2028-02-29 08:30",
		"2026-12-01":            "2026-12-01 08:30",
		"2026-12-01 15:00":      "2026-12-01 15:00",
		"2026-11-04 16:00":      "2026-11-04 16:00",
		"9am":                   "2026-11-05 09:00",
		"5pm":                   "2026-11-04 17:00",
		"12am":                  "2026-11-05 00:00",
		"12pm":                  "2026-11-05 12:00",
		"noon":                  "2026-11-05 12:00",
		"at 16":                 "2026-11-04 16:00",
		"today 16:00":           "2026-11-04 16:00",
		"eod":                   "2026-11-04 17:00",
		"end of day":            "2026-11-04 17:00",
		"fri eod":               "2026-11-06 17:00",
		"tomorrow end of day":   "2026-11-05 17:00",
		"eow":                   "2026-11-06 08:30",
		"end of week":           "2026-11-06 08:30",
		"end of the week 16:00": "2026-11-06 16:00",
		"end of month":          "2026-11-30 08:30",
		"eom":                   "2026-11-30 08:30",

		"february":                  "2027-02-01 08:30",
		"in february":               "2027-02-01 08:30",
		"next february":             "2027-02-01 08:30",
		"sometime in feb.":          "2027-02-01 08:30",
		"february 2028":             "2028-02-01 08:30",
		"november":                  "2027-11-01 08:30", // the running one has begun
		"january":                   "2027-01-04 08:30", // behind New Year and its weekend
		"may":                       "2027-05-03 08:30", // the 1st is a Saturday
		"early march":               "2027-03-01 08:30",
		"beginning of march":        "2027-03-01 08:30",
		"mid january":               "2027-01-15 08:30",
		"in mid-january":            "2027-01-15 08:30",
		"in the middle of january":  "2027-01-15 08:30",
		"mid november":              "2026-11-16 08:30", // the 15th is a Sunday
		"late march":                "2027-03-22 08:30",
		"end of february":           "2027-02-28 08:30", // an end is the day it is
		"end of january 10am":       "2027-01-31 10:00",
		"second week of february":   "2027-02-08 08:30",
		"the second week of feb":    "2027-02-08 08:30",
		"in the 2nd week of april":  "2027-04-12 08:30", // April begins on a Thursday: its weeks count from the 5th
		"first week of december":    "2026-12-07 08:30",
		"last week of january 2027": "2027-01-25 08:30",
		"first week of november":    "2027-11-01 08:30",
		"monday morning":            "2026-11-09 08:30",
		"tuesday afternoon":         "2026-11-10 14:00",
		"tomorrow afternoon at 3":   "2026-11-05 15:00",
		"tomorrow evening":          "2026-11-05 18:00",
		"fri 3 in the afternoon":    "2026-11-06 15:00",
		"tomorrow 9 in the morning": "2026-11-05 09:00",
		"monday morning at 10":      "2026-11-09 10:00",
		"in the morning":            "2026-11-05 08:30",
		"morning":                   "2026-11-05 08:30",
		"this afternoon":            "2026-11-04 17:00", // 14:00 has passed: later today
		"this afternoon at 4":       "2026-11-04 16:00",
		"this evening":              "2026-11-04 18:00",
		"tonight":                   "2026-11-04 18:00",
		"tonight at 8":              "2026-11-04 20:00",
		"afternoon":                 "2026-11-05 14:00",
		"friday next week":          "2026-11-13 08:30",
		"next week friday 2pm":      "2026-11-13 14:00",
		"next week on friday":       "2026-11-13 08:30",
		"friday of next week":       "2026-11-13 08:30",
		"end of next week":          "2026-11-13 08:30",
		"middle of next week":       "2026-11-11 08:30",
		"early next week":           "2026-11-09 08:30",
		"week after next":           "2026-11-16 08:30",
		"end of next month":         "2026-12-31 08:30",
		"in half an hour":           "2026-11-04 16:00",
		"half an hour":              "2026-11-04 16:00",
		"in an hour and a half":     "2026-11-04 17:00",
		"in one and a half hours":   "2026-11-04 17:00",
		"1.5 hours":                 "2026-11-04 17:00",
		"1h30":                      "2026-11-04 17:00",
		"in 2 hours and 15 minutes": "2026-11-04 17:45",
		"in a couple of days":       "2026-11-06 08:30",
		"in a few weeks":            "2026-11-25 08:30",
		"a fortnight":               "2026-11-18 08:30",
		"half a year":               "2027-05-04 08:30",
		"14.12.":                    "2026-12-14 08:30",
		"5.1.":                      "2027-01-05 08:30",
		"14.12. 9:00":               "2026-12-14 09:00",
		"14.12.2026":                "2026-12-14 08:30",
		"14/12":                     "2026-12-14 08:30",
		"12/14":                     "2026-12-14 08:30",
		"12/14/2026":                "2026-12-14 08:30",
		"14 dec":                    "2026-12-14 08:30",
		"dec 14":                    "2026-12-14 08:30",
		"14th december":             "2026-12-14 08:30",
		"q1":                        "2027-01-04 08:30",
		"in q1":                     "2027-01-04 08:30",
		"Q2 2027":                   "2027-04-01 08:30",
		"q4":                        "2027-10-01 08:30", // the running one has begun
		"mid q1":                    "2027-02-15 08:30",
		"end of q1":                 "2027-03-31 08:30",
		"next quarter":              "2027-01-04 08:30",
		"end of the quarter":        "2026-12-31 08:30",
		"next year":                 "2027-01-04 08:30",
		"end of the year":           "2026-12-31 08:30",
		"eoy":                       "2026-12-31 08:30",
		"after christmas":           "2026-12-28 08:30",
		"after the holidays":        "2027-01-04 08:30",
		"after new year":            "2027-01-04 08:30",
		"after the weekend":         "2026-11-09 08:30",
	} {
		got, err := c.Parse(words, now)
		if err != nil {
			t.Errorf("%q: %v", words, err)
			continue
		}
		if s := got.Format("2006-01-02 15:04"); s != want {
			t.Errorf("%q: got %s, want %s", words, s, want)
		}
		if got.Location() != z {
			t.Errorf("%q: answered in %s", words, got.Location())
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	z := berlin(t)
	c := calendar(t, schedule.Settings{Zone: z})
	now := at(t, z, "2026-11-04 15:30")
	for words, why := range map[string]string{
		"":                         "no date given",
		"soon":                     "no date I can read",
		"12/1":                     "day and month or a month and day",
		"5.1":                      "day and month or a month and day",
		"31.11.":                   "does not exist",
		"31.13.":                   "does not exist",
		"30/2/2027":                "does not exist",
		"fifth week of february":   "week that does not exist",
		"this morning":             "is past",
		"yesterday":                "is past",
		"today 2pm":                "is past",
		"q5":                       "no date I can read",
		"q1 2026":                  "is past",
		"february 2026":            "is past",
		"february 2036":            "5 years",
		"early":                    "no date I can read",
		"end of":                   "no date I can read",
		"end of nothing":           "no date I can read",
		"week":                     "no date I can read",
		"month":                    "no date I can read",
		"after lunch break":        "no date I can read",
		"morning jan 5":            "no date I can read",
		"half":                     "no date I can read",
		"friday next":              "no date I can read",
		"14.12":                    "day and month",
		"5.1.2027":                 "day and month or a month and day",
		"12-1":                     "day and month or a month and day",
		"today":                    "is past",
		"today 9:00":               "is past",
		"this mon":                 "is past",
		"2026-11-04":               "is past",
		"2025-12-01":               "is past",
		"jan 5 2020":               "is past",
		"feb 30":                   "does not exist",
		"feb 29 2027":              "does not exist",
		"2026-02-30":               "does not exist",
		"tomorrow at 2":            "2am or 2pm",
		"tomorrow 25:00":           "no such hour",
		"tomorrow 13pm":            "no such hour",
		"0d":                       "no date I can read",
		"9999d":                    "5 years",
		"3h 10:00":                 "names an hour",
		"a":                        "no date I can read",
		"next":                     "no date I can read",
		"on":                       "no date I can read",
		"at":                       "no date I can read",
		"5 jan 27":                 "no date I can read",
		"remind me later":          "no date I can read",
		strings.Repeat("fri ", 40): "no date I can read",
	} {
		got, err := c.Parse(words, now)
		if err == nil {
			t.Errorf("%q was read as %s", words, got.Format(stamp))
			continue
		}
		if !strings.Contains(err.Error(), why) {
			t.Errorf("%q: %q does not say %q", words, err, why)
		}
		if len(err.Error()) > 160 {
			t.Errorf("%q: a refusal of %d letters", words, len(err.Error()))
		}
	}
}

func TestWordsAroundTheEndsOfMonthYearAndDay(t *testing.T) {
	z := berlin(t)
	c := calendar(t, schedule.Settings{Zone: z})
	for _, tt := range []struct{ now, words, want string }{
		{"2026-01-31 10:00", "1mo", "2026-02-28 08:30"},
		{"2028-01-31 10:00", "1mo", "2028-02-29 08:30"},
		{"2028-02-29 10:00", "1y", "2029-02-28 08:30"},
		{"2026-12-31 10:00", "tomorrow", "2027-01-01 08:30"},
		{"2026-12-31 10:00", "next month", "2027-01-01 08:30"},
		{"2026-12-31 10:00", "eom", "2027-01-31 08:30"},
		{"2026-12-30 10:00", "eom", "2026-12-31 08:30"},
		{"2026-11-30 10:00", "a quarter", "2027-02-28 08:30"},
		{"2028-02-28 10:00", "29 feb", "2028-02-29 08:30"},
		{"2026-11-06 07:00", "friday", "2026-11-13 08:30"}, // never today, even early on a Friday
		{"2026-11-06 07:00", "eow", "2026-11-13 08:30"},
		{"2026-11-08 12:00", "next week", "2026-11-09 08:30"}, // on a Sunday, next week begins tomorrow
		{"2026-11-08 12:00", "next tue", "2026-11-10 08:30"},
		{"2026-11-04 07:00", "9am", "2026-11-04 09:00"},
		{"2026-11-04 17:30", "eod", "2026-11-05 17:00"},
		{"2026-11-04 09:00", "later today", "2026-11-04 12:00"},
		{"2026-11-04 23:30", "90m", "2026-11-05 01:00"},
		{"2026-11-04 07:00", "today", "2026-11-04 08:30"},
		{"2026-11-04 10:00", "this afternoon", "2026-11-04 14:00"},
		{"2026-11-04 13:59", "afternoon", "2026-11-04 14:00"},
		{"2026-12-31 10:00", "january", "2027-01-01 08:30"}, // this rep's country has no holidays
		{"2026-12-31 10:00", "next quarter", "2027-01-01 08:30"},
		{"2026-12-31 10:00", "end of the year", "2027-12-31 08:30"},
		{"2026-12-31 10:00", "end of december", "2027-12-31 08:30"},
		{"2026-12-31 10:00", "after new year", "2027-01-04 08:30"},
		{"2026-12-26 10:00", "after christmas", "2026-12-28 08:30"},
		{"2026-12-28 10:00", "after christmas", "2027-12-27 08:30"},
		{"2026-12-07 07:00", "first week of december", "2027-12-06 08:30"}, // never today
		{"2026-12-14 07:00", "mid december", "2026-12-15 08:30"},
		{"2026-12-15 07:00", "mid december", "2027-12-15 08:30"},
		{"2028-02-28 10:00", "end of february", "2028-02-29 08:30"},
		{"2026-12-31 10:00", "friday next week", "2027-01-08 08:30"},
		{"2026-12-31 23:45", "in half an hour", "2027-01-01 00:15"},
		{"2026-11-08 12:00", "end of next week", "2026-11-13 08:30"},
	} {
		got, err := c.Parse(tt.words, at(t, z, tt.now))
		if err != nil {
			t.Errorf("%s, %q: %v", tt.now, tt.words, err)
		} else if s := got.Format("2006-01-02 15:04"); s != tt.want {
			t.Errorf("%s, %q: got %s, want %s", tt.now, tt.words, s, tt.want)
		}
	}
	for words, now := range map[string]string{"later today": "2026-11-04 17:00", "this afternoon": "2026-11-04 17:00", "tonight": "2026-11-04 18:00"} {
		if got, err := c.Parse(words, at(t, z, now)); err == nil {
			t.Errorf("at %s, %s was %s", now, words, got)
		}
	}
}

func TestWordsAcrossTheChangeOfClocks(t *testing.T) {
	for _, tt := range []struct{ zone, now, words, want string }{
		{"Europe/Berlin", "2026-03-28 12:00", "tomorrow", "2026-03-29 08:30 +0200"},
		{"Europe/Berlin", "2026-03-28 12:00", "1mo", "2026-04-28 08:30 +0200"},
		{"Europe/Berlin", "2026-03-29 01:30", "in 2 hours", "2026-03-29 04:30 +0200"},
		{"Europe/Berlin", "2026-03-28 12:00", "tomorrow 02:30", "2026-03-29 03:30 +0200"},
		{"Europe/Berlin", "2026-10-24 12:00", "2d", "2026-10-26 08:30 +0100"},
		{"Europe/Berlin", "2026-10-25 01:30", "in 2 hours", "2026-10-25 02:30 +0100"},
		{"America/New_York", "2026-03-07 12:00", "tomorrow 9am", "2026-03-08 09:00 -0400"},
		{"America/New_York", "2026-10-31 12:00", "2d", "2026-11-02 08:30 -0500"},
		{"Europe/Berlin", "2026-02-10 12:00", "end of march", "2026-03-31 08:30 +0200"},
		{"Europe/Berlin", "2026-03-29 01:30", "in half an hour", "2026-03-29 03:00 +0200"}, // the hour from two to three is left out
		{"Europe/Berlin", "2026-03-29 01:15", "in an hour and a half", "2026-03-29 03:45 +0200"},
		{"America/New_York", "2026-10-31 12:00", "in a few days", "2026-11-03 08:30 -0500"},
		{"Africa/Cairo", "2026-04-23 12:00", "tomorrow 12am", "2026-04-24 01:00 +0300"}, // midnight itself is left out
	} {
		z := zone(t, tt.zone)
		got, err := calendar(t, schedule.Settings{Zone: z}).Parse(tt.words, at(t, z, tt.now))
		if err != nil {
			t.Errorf("%s, %q: %v", tt.now, tt.words, err)
		} else if s := got.Format(stamp); s != tt.want {
			t.Errorf("%s, %q: got %s, want %s", tt.now, tt.words, s, tt.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"fri 2pm", "in 3 days", "5th of jan 2027", "2026-12-01 15:00", "tomorrow at 9", "later today", "12/1", "eod",
		"second week of february", "in mid-january", "end of next month", "q1 2027", "after christmas", "friday next week", "tonight at 8",
		"tomorrow 3 in the afternoon", "in an hour and a half", "1h30", "14.12.", "12/14/2026", "29.2.", "end of the quarter"} {
		f.Add(s, int64(1793802600))
	}
	z := berlin(f)
	c := calendar(f, schedule.Settings{Zone: z, Country: "de"})
	f.Fuzz(func(t *testing.T, words string, sec int64) {
		now := time.Unix(sec%4102444800, 0)
		got, err := c.Parse(words, now)
		if err == nil && !got.After(now) {
			t.Fatalf("%q at %s gave %s, which is not ahead", words, now, got)
		}
		if err == nil && got.After(now.AddDate(6, 0, 0)) {
			t.Fatalf("%q at %s gave %s", words, now, got)
		}
		if err != nil && !strings.Contains(err.Error(), ": try ") && !strings.Contains(err.Error(), ": write ") {
			t.Fatalf("%q: the refusal %q shows no way out", words, err)
		}
		if err == nil {
			again, err := c.Parse(words, now)
			if err != nil || !again.Equal(got) || got.Location() != z {
				t.Fatalf("%q at %s: %s in %s, then %s, %v", words, now, got, got.Location(), again, err)
			}
		}
	})
}

// Phrases out of the words that the parser knows, in any order: what is read lies ahead, within five years, and shown in
// the form of a day and an hour it is read again as itself.
func TestNoPhraseOfKnownWordsLiesInThePast(t *testing.T) {
	known := strings.Fields("in on at next this end of early mid late week month quarter year day days weeks hours hour minutes half an a and " +
		"january feb. march may december 5 14 31 2 9:30 3pm noon eod 2027 2026-12-31 14.12. 29.2. q1 q4 monday fri sunday morning afternoon " +
		"tonight tomorrow today first second last fifth after christmas weekend 3d 1h30 until the")
	zones := []*time.Location{berlin(t), zone(t, "America/New_York"), zone(t, "Africa/Cairo"), zone(t, "Pacific/Kiritimati"), time.UTC}
	rapid.Check(t, func(r *rapid.T) {
		c := calendar(t, schedule.Settings{Zone: rapid.SampledFrom(zones).Draw(r, "zone"), Country: rapid.SampledFrom([]string{"", "de", "us"}).Draw(r, "country")})
		now := time.Unix(rapid.Int64Range(1767225600, 1924992000).Draw(r, "now"), 0)
		words := strings.Join(rapid.SliceOfN(rapid.SampledFrom(known), 1, 5).Draw(r, "words"), " ")
		got, err := c.Parse(words, now)
		if err != nil {
			return
		}
		if !got.After(now) || got.After(now.AddDate(5, 0, 0)) {
			r.Fatalf("%q at %s is %s", words, now.In(c.Zone()), got)
		}
		if got.Second() != 0 {
			r.Fatalf("%q at %s has seconds: %s", words, now, got)
		}
		if again, err := c.Parse(got.Format("2006-01-02 15:04"), now); err != nil || !again.Equal(got) && again.Format("15:04") != got.Format("15:04") {
			r.Fatalf("%q is %s, which is read as %s, %v", words, got, again, err)
		}
	})
}

// An hour may stand before the day, too.
func TestAnHourBeforeItsDay(t *testing.T) {
	z := berlin(t)
	c := calendar(t, schedule.Settings{Zone: z, Country: "de"})
	now := at(t, z, "2026-11-04 15:30") // a Wednesday
	for words, want := range map[string]string{
		"noon tomorrow": "2026-11-05 12:00", "eod friday": "2026-11-06 17:00", "9am on friday": "2026-11-06 09:00", "14:30 next tue": "2026-11-10 14:30", "end of day tomorrow": "2026-11-05 17:00",
	} {
		if got, err := c.Parse(words, now); err != nil || !got.Equal(at(t, z, want)) {
			t.Errorf("%q is %s, %v; want %s", words, got, err, want)
		}
	}
}
