package schedule_test

import (
	"testing"
	"time"

	"stoke/model/schedule"
)

func TestSay(t *testing.T) {
	z := berlin(t)
	now := at(t, z, "2026-11-04 15:30")
	for when, want := range map[string]string{
		"2026-11-04 16:00": "today 16:00",
		"2026-11-05 08:30": "tomorrow 08:30",
		"2026-11-03 09:00": "yesterday 09:00",
		"2026-12-03 08:30": "Thu 3 Dec",
		"2026-12-03 09:00": "Thu 3 Dec 09:00",
		"2027-12-03 08:30": "3 Dec 2027",
		"2027-01-05 14:00": "5 Jan 2027 14:00",
	} {
		if got := schedule.Say(at(t, z, when), now.UTC()); got != want {
			t.Errorf("%s: got %q, want %q", when, got, want)
		}
	}
}

func TestAgo(t *testing.T) {
	const day = 24 * time.Hour
	for d, want := range map[time.Duration]string{
		-time.Hour: "now", 0: "now", 59 * time.Second: "now", time.Minute: "1m", 38 * time.Minute: "38m", 2*time.Hour + 59*time.Minute: "2h",
		25 * time.Hour: "1d", 13 * day: "13d", 14 * day: "2w", 59 * day: "8w", 60 * day: "2mo", 364 * day: "12mo", 365 * day: "1y",
	} {
		if got := schedule.Ago(d); got != want {
			t.Errorf("%s: got %q, want %q", d, got, want)
		}
	}
}

func TestZoneOf(t *testing.T) {
	for country, want := range map[string]string{"de": "Europe/Berlin", "US": "America/New_York", "uk": "Europe/London", " in ": "Asia/Kolkata"} {
		if got := schedule.ZoneOf(country); got == nil || got.String() != want {
			t.Errorf("%s: got %v, want %s", country, got, want)
		}
	}
	if got := schedule.ZoneOf("atlantis"); got != nil {
		t.Errorf("atlantis lies in %s", got)
	}
}
