package signal_test

import (
	"testing"
	"time"

	"stoke/model/signal"
)

func TestNamedTimeIsTheirsInTheirWords(t *testing.T) {
	sent := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) // a Monday
	for words, want := range map[string]string{
		"Can we talk on Thursday at 3pm?":            "Thursday at 3pm",
		"Hi Robin, 15:00 on Thursday would be best.": "15:00 on Thursday",
		"Passt Ihnen Donnerstag um 15 Uhr?":          "Donnerstag um 15 Uhr",
		"We must sign by Thursday.":                  "",
		"Could you call me at 3pm?":                  "3pm",
		"We need 40 seats for 3 teams.":              "",
		"What does it cost?":                         "",
	} {
		if got := signal.NamedTime(words, sent, sent.Add(time.Hour)); got != want {
			t.Errorf("%q names %q, not %q", words, got, want)
		}
	}
	if got := signal.NamedTime("Can we talk on Thursday at 3pm?", sent, sent.AddDate(0, 0, 7)); got != "" {
		t.Errorf("it has passed: %q", got)
	}
	if got := signal.NamedTime("Call me at 3pm.", sent, sent.AddDate(0, 0, 1)); got != "" {
		t.Errorf("the hour has passed: %q", got)
	}
}
