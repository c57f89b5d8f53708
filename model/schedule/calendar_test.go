package schedule_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stoke/model/schedule"
)

func day(t testing.TB, s string) schedule.Day {
	t.Helper()
	d, err := schedule.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestWorkdays(t *testing.T) {
	z := berlin(t)
	c := calendar(t, schedule.Settings{
		Zone: z, Country: "DE",
		Free: []schedule.Day{day(t, "2026-11-16")},
		Away: []schedule.Range{{From: day(t, "2026-11-23"), To: day(t, "2026-11-25")}},
	})
	for date, want := range map[string]bool{
		"2026-11-04": true,
		"2026-11-07": false,                                                                // Saturday
		"2026-11-08": false,                                                                // Sunday
		"2026-11-16": false,                                                                // own free day
		"2026-11-22": false, "2026-11-23": false, "2026-11-24": false, "2026-11-25": false, // weekend and away
		"2026-11-26": true,
		"2026-12-25": false, // Christmas Day
		"2026-12-24": true,
		"2026-04-03": false, // Good Friday
	} {
		if got := c.Workday(at(t, z, date+" 12:00")); got != want {
			t.Errorf("%s: workday %v, want %v", date, got, want)
		}
	}
	// The rep's zone decides, not that of the moment.
	if c.Workday(at(t, zone(t, "America/New_York"), "2026-11-06 22:00")) {
		t.Error("Friday night in New York is Saturday in Berlin")
	}
}

func TestHolidaysOfTheCountries(t *testing.T) {
	for country, date := range map[string]string{
		"at": "2026-10-26", "au": "2026-01-26", "be": "2026-07-21", "br": "2026-09-07", "ca": "2026-02-16", "ch": "2029-08-01",
		"de": "2026-10-03", "dk": "2026-06-05", "es": "2026-10-12", "fi": "2026-06-19", "fr": "2026-07-14", "gb": "2026-08-31",
		"ie": "2026-03-17", "it": "2026-06-02", "jp": "2026-05-04", "nl": "2026-04-27", "no": "2027-05-17", "nz": "2026-02-06",
		"pl": "2026-12-24", "pt": "2026-06-10", "se": "2026-06-19", "us": "2026-11-26",
	} {
		c := calendar(t, schedule.Settings{Country: country})
		if c.Workday(at(t, time.UTC, date+" 12:00")) {
			t.Errorf("%s: %s is a holiday", country, date)
		}
		if c.Workday(at(t, time.UTC, "2027-12-25 12:00")) {
			t.Errorf("%s: a Saturday is no workday", country)
		}
		if !c.Workday(at(t, time.UTC, "2026-11-18 12:00")) {
			t.Errorf("%s: 18 November 2026 is an ordinary Wednesday", country)
		}
	}
	// 1 January 2028 is a Saturday, observed in the United States on the Friday, in the old year.
	if calendar(t, schedule.Settings{Country: "us"}).Workday(at(t, time.UTC, "2027-12-31 12:00")) {
		t.Error("the observed New Year's Day of 2028 falls into 2027")
	}
}

func TestSettingsThatCannotBe(t *testing.T) {
	for name, tt := range map[string]struct {
		set  schedule.Settings
		says string
	}{
		"uk":       {schedule.Settings{Country: "uk"}, "did you mean gb?"},
		"germany":  {schedule.Settings{Country: "Germany"}, "did you mean de?"},
		"neighbor": {schedule.Settings{Country: "dx"}, "did you mean de or dk?"},
		"far":      {schedule.Settings{Country: "atlantis"}, "known are at, au"},
		"hours":    {schedule.Settings{Opens: 18 * time.Hour}, "working hours from 18:00 to 17:00"},
		"window":   {schedule.Settings{WindowTo: 25 * time.Hour}, "send window"},
		"target":   {schedule.Settings{TargetFrom: 7 * time.Hour}, "target hours from 07:00"},
		"away":     {schedule.Settings{Away: []schedule.Range{{From: day(t, "2026-12-24"), To: day(t, "2026-12-20")}}}, "before the start"},
		"years":    {schedule.Settings{Away: []schedule.Range{{From: day(t, "2026-12-24"), To: day(t, "2036-01-02")}}}, "check the years"},
		"no day":   {schedule.Settings{Free: []schedule.Day{{Year: 2026, Month: 2, Day: 30}}}, "no such day"},
	} {
		_, err := schedule.New(tt.set)
		if err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v does not say %q", name, err, tt.says)
		}
	}
	if _, err := schedule.ParseDay("24.12.2026"); err == nil || !strings.Contains(err.Error(), "2026-12-24") {
		t.Errorf("a date in another form: %v", err)
	}
}

func TestBusinessDaysLater(t *testing.T) {
	z := berlin(t)
	c := calendar(t, schedule.Settings{Zone: z, Country: "de"})
	for _, tt := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-11-04 15:30", 0, "2026-11-04 15:30"},
		{"2026-11-04 15:30", 1, "2026-11-05 15:30"},
		{"2026-11-06 15:30", 1, "2026-11-09 15:30"},
		{"2026-11-07 15:30", 0, "2026-11-09 15:30"},
		{"2026-11-07 15:30", 1, "2026-11-09 15:30"},
		{"2026-12-23 09:00", 3, "2026-12-29 09:00"},
		{"2026-12-31 09:00", 1, "2027-01-04 09:00"},
		{"2026-03-27 15:30", 1, "2026-03-30 15:30"}, // summer time begins between them
		{"2026-10-23 15:30", 1, "2026-10-26 15:30"}, // and ends
	} {
		if got := c.AddDays(at(t, z, tt.from), tt.n).Format("2006-01-02 15:04"); got != tt.want {
			t.Errorf("%s + %d: got %s, want %s", tt.from, tt.n, got, tt.want)
		}
	}
}

func TestWhatFallsIntoAnAbsenceIsShiftedByIt(t *testing.T) {
	z := berlin(t)
	c := calendar(t, schedule.Settings{Zone: z, Country: "de", Away: []schedule.Range{{From: day(t, "2026-12-22"), To: day(t, "2026-12-30")}}})
	for from, want := range map[string]string{
		"2026-12-21 15:30": "2026-12-21 15:30", // a working day
		"2026-12-22 15:30": "2026-12-31 15:30", // the first day away is the first one back
		"2026-12-23 09:00": "2027-01-04 09:00",
		"2026-12-24 09:00": "2027-01-05 09:00",
		"2026-12-25 09:00": "2027-01-06 09:00", // Christmas Day, a Friday
		"2026-12-27 09:00": "2027-01-06 09:00", // the Sunday behind it
		"2026-12-30 09:00": "2027-01-11 09:00",
		"2026-11-07 09:00": "2026-11-09 09:00", // a plain weekend
		"2027-01-01 09:00": "2027-01-04 09:00",
	} {
		if got := c.Shift(at(t, z, from)).Format("2006-01-02 15:04"); got != want {
			t.Errorf("%s: got %s, want %s", from, got, want)
		}
	}
}

func TestWorkingHoursLater(t *testing.T) {
	z := berlin(t)
	c := calendar(t, schedule.Settings{Zone: z, Country: "de"})
	for _, tt := range []struct {
		from string
		d    time.Duration
		want string
	}{
		{"2026-11-04 10:00", time.Hour, "2026-11-04 11:00"},
		{"2026-11-04 16:30", time.Hour, "2026-11-05 09:00"},
		{"2026-11-04 23:30", time.Hour, "2026-11-05 09:30"}, // a night inquiry counts from opening
		{"2026-11-04 03:00", time.Hour, "2026-11-04 09:30"},
		{"2026-11-06 16:30", time.Hour, "2026-11-09 09:00"},
		{"2026-11-07 12:00", 4 * time.Hour, "2026-11-09 12:30"},
		{"2026-11-04 08:30", 8*time.Hour + 30*time.Minute, "2026-11-04 17:00"},
		{"2026-11-04 17:00", 0, "2026-11-05 08:30"},
		{"2026-11-04 12:00", -time.Hour, "2026-11-04 12:00"},
		{"2026-03-27 16:30", time.Hour, "2026-03-30 09:00"},
	} {
		from := at(t, z, tt.from)
		got := c.AddWork(from, tt.d)
		if s := got.Format("2006-01-02 15:04"); s != tt.want {
			t.Errorf("%s + %s: got %s, want %s", tt.from, tt.d, s, tt.want)
		}
		if back := c.WorkBetween(from, got); back != max(tt.d, 0) {
			t.Errorf("%s + %s: %s of work between", tt.from, tt.d, back)
		}
	}
	if got := c.WorkBetween(at(t, z, "2026-11-09 12:00"), at(t, z, "2026-11-06 12:00")); got != 0 {
		t.Errorf("backwards: %s", got)
	}
}

func TestPlanningATouch(t *testing.T) {
	rep := calendar(t, schedule.Settings{Zone: berlin(t), Country: "de"})
	for _, tt := range []struct{ name, zone, from, want string }{
		{"early that day", "Europe/Berlin", "2026-11-04 07:00", "2026-11-04 09:30"},
		{"in the window but before the target", "Europe/Berlin", "2026-11-04 08:45", "2026-11-04 09:30"},
		{"inside the target", "Europe/Berlin", "2026-11-04 10:10", "2026-11-04 10:10"},
		{"later in the window", "Europe/Berlin", "2026-11-04 15:30", "2026-11-04 15:30"},
		{"at closing", "Europe/Berlin", "2026-11-04 17:00", "2026-11-05 09:30"},
		{"over the weekend", "Europe/Berlin", "2026-11-06 18:00", "2026-11-09 09:30"},
		{"over Christmas", "Europe/Berlin", "2026-12-24 18:00", "2026-12-28 09:30"},
		{"night in New York", "America/New_York", "2026-11-04 03:00", "2026-11-04 09:30"},
		{"Friday late in Los Angeles is Berlin's Saturday", "America/Los_Angeles", "2026-11-06 15:30", "2026-11-09 09:30"},
		{"Monday in Auckland waits for Berlin's Monday", "Pacific/Auckland", "2026-11-07 12:00", "2026-11-09 12:00"},
		{"across the change of clocks", "Europe/Berlin", "2026-03-27 17:30", "2026-03-30 09:30"},
	} {
		z := zone(t, tt.zone)
		got := rep.Plan(at(t, z, tt.from), z)
		if s := got.In(z).Format("2006-01-02 15:04"); s != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, s, tt.want)
		}
		if !rep.InWindow(got, z) {
			t.Errorf("%s: %s is outside the window", tt.name, got)
		}
	}
	if got := rep.Plan(at(t, berlin(t), "2026-11-04 07:00"), nil); got.Hour() != 9 || got.Location() != rep.Zone() {
		t.Errorf("without a zone, the rep's: %s", got)
	}
}

func TestDayBounds(t *testing.T) {
	c := calendar(t, schedule.Settings{Zone: zone(t, "Africa/Cairo")})
	noon := at(t, c.Zone(), "2026-04-24 12:00") // summer time leaves out midnight here
	if got := c.StartOfDay(noon).Format(stamp); got != "2026-04-24 01:00 +0300" {
		t.Errorf("start of day: %s", got)
	}
	if got := c.Opening(noon).Format(stamp); got != "2026-04-24 08:30 +0300" {
		t.Errorf("opening: %s", got)
	}
	if got := c.Closing(noon).Format(stamp); got != "2026-04-24 17:00 +0300" {
		t.Errorf("closing: %s", got)
	}
}

func TestPropertiesOfTheCalendar(t *testing.T) {
	zones := []string{"Europe/Berlin", "America/New_York", "America/Los_Angeles", "Pacific/Auckland", "Asia/Kolkata", "Africa/Cairo", "Pacific/Kiritimati", "UTC"}
	countries := []string{"", "de", "us", "fi", "pt", "jp", "se"}
	rapid.Check(t, func(r *rapid.T) {
		own, theirs := zone(t, rapid.SampledFrom(zones).Draw(r, "rep")), zone(t, rapid.SampledFrom(zones).Draw(r, "contact"))
		start := time.Unix(rapid.Int64Range(1735689600, 2051222400).Draw(r, "t"), 0)
		away := schedule.Day{Year: start.Year(), Month: start.Month(), Day: 1}
		c := calendar(t, schedule.Settings{
			Zone: own, Country: rapid.SampledFrom(countries).Draw(r, "country"),
			Away: []schedule.Range{{From: away, To: away.Add(rapid.IntRange(0, 60).Draw(r, "away"))}},
		})

		n := rapid.IntRange(1, 30).Draw(r, "n")
		later := c.AddDays(start, n)
		if !c.Workday(later) || !later.After(start) {
			r.Fatalf("%s + %d business days is %s", start, n, later)
		}
		if one := c.AddDays(c.AddDays(start, n), 1); !one.After(later) {
			r.Fatalf("a day more is not later: %s, %s", later, one)
		}

		d := time.Duration(rapid.Int64Range(1, int64(60*time.Hour)).Draw(r, "d"))
		end := c.AddWork(start, d)
		if got := c.WorkBetween(start, end); got != d {
			r.Fatalf("%s + %s of work is %s, between them %s", start, d, end, got)
		}

		plan := c.Plan(start, theirs)
		if plan.Before(start) || !c.InWindow(plan, theirs) || !c.Workday(plan) {
			r.Fatalf("planned for %s from %s", plan.In(theirs), start.In(theirs))
		}
		if again := c.Plan(plan, theirs); !again.Equal(plan) {
			r.Fatalf("a planned touch moves when planned again: %s, %s", plan, again)
		}
	})
}

func TestACalendarIsSharedByManyReaders(t *testing.T) {
	c := calendar(t, schedule.Settings{Country: "de"})
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			if c.Workday(time.Date(2020+i%4, 12, 25, 9, 0, 0, 0, time.UTC)) {
				t.Error("Christmas Day is free")
			}
		})
	}
	wg.Wait()
}

func BenchmarkPlan(b *testing.B) {
	c := calendar(b, schedule.Settings{Zone: berlin(b), Country: "de"})
	z := zone(b, "America/New_York")
	start := at(b, z, "2026-12-24 18:00")
	for b.Loop() {
		c.Plan(start, z)
	}
}
