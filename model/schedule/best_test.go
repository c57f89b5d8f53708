package schedule

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestBestIsTheNextTargetHour(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(Settings{Zone: berlin})
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", s, berlin)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for now, want := range map[string]string{
		"2026-11-23 07:00": "2026-11-23 09:30", "2026-11-23 10:15": "2026-11-23 10:15", "2026-11-23 11:30": "2026-11-24 09:30",
		"2026-11-27 16:00": "2026-11-30 09:30", "2026-11-28 10:00": "2026-11-30 09:30",
	} {
		if got := c.Best(at(now), nil); !got.Equal(at(want)) {
			t.Errorf("best after %s is %s, want %s", now, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		now := at("2026-01-01 00:00").Add(time.Duration(rapid.IntRange(0, 365*24*60).Draw(t, "minutes")) * time.Minute)
		best := c.Best(now, nil)
		clock := best.Sub(c.StartOfDay(best))
		if best.Before(now) || !c.InWindow(best, nil) || clock >= 12*time.Hour {
			t.Fatalf("best after %s is %s", now, best)
		}
	})
}
