package schedule

import (
	"fmt"
	"time"
)

// Say names a moment as briefly as it stays clear, in t's own zone: "today 14:00", "tomorrow 08:30", "Thu 3 Dec",
// "Thu 3 Dec 09:00", "3 Dec 2027". Beyond tomorrow the default hour 08:30 is left out; another year is named.
func Say(t, now time.Time) string {
	now = now.In(t.Location())
	clock := t.Format("15:04")
	switch day, today := dayOf(t), dayOf(now); day {
	case today:
		return "today " + clock
	case today.Add(1):
		return "tomorrow " + clock
	case today.Add(-1):
		return "yesterday " + clock
	}
	layout := "Mon 2 Jan"
	if t.Year() != now.Year() {
		layout = "2 Jan 2006"
	}
	if clock != hhmm(Morning) {
		layout += " 15:04"
	}
	return t.Format(layout)
}

// Ago is a short age for a row: "now", "38m", "2h", "4d", "3w", "5mo", "2y". What lies ahead is "now".
func Ago(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d < time.Minute:
		return "now"
	case d < time.Hour:
		return fmt.Sprintf("%dm", d/time.Minute)
	case d < day:
		return fmt.Sprintf("%dh", d/time.Hour)
	case d < 14*day:
		return fmt.Sprintf("%dd", d/day)
	case d < 60*day:
		return fmt.Sprintf("%dw", d/(7*day))
	case d < 365*day:
		return fmt.Sprintf("%dmo", d/(30*day))
	}
	return fmt.Sprintf("%dy", d/(365*day))
}
