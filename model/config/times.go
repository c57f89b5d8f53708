package config

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"stoke/model/schedule"
)

func (s *section) span(key string, to *time.Duration, least, most time.Duration) {
	var words string
	if !s.text(key, &words) {
		return
	}
	got, err := span(words)
	switch {
	case err != nil:
		s.wrong(key, "%s: %q is no length of time. Write \"8s\", \"5m\", \"4h\" or \"7d\".", key, words)
	case got < least || got > most:
		s.wrong(key, "%s is %s; %s to %s are possible.", key, words, sayspan(least), sayspan(most))
	default:
		*to = got
	}
}

func (s *section) spans(key string, to *[]time.Duration, least, most time.Duration) {
	words, ok := s.words(key)
	if !ok {
		return
	}
	var all []time.Duration
	for _, w := range words {
		got, err := span(w)
		if err != nil || got < least || got > most {
			s.wrong(key, "%s: %q is not possible here. Write lengths from %s to %s, like \"5m\" or \"4h\".", key, w, sayspan(least), sayspan(most))
			return
		}
		if len(all) > 0 && got < all[len(all)-1] {
			s.wrong(key, "%s must grow: %q comes after a longer one.", key, w)
			return
		}
		all = append(all, got)
	}
	if len(all) == 0 || len(all) > 20 {
		s.wrong(key, "%s needs 1 to 20 lengths of time.", key)
		return
	}
	*to = all
}

// clock reads an hour of the day, "08:30", as the time since midnight.
func (s *section) clock(key string, to *time.Duration) {
	var words string
	if !s.text(key, &words) {
		return
	}
	t, err := time.Parse("15:04", words)
	if err != nil {
		s.wrong(key, "%s: %q is no hour. Write it as \"08:30\".", key, words)
		return
	}
	*to = time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
}

func (s *section) day(key, words string) (schedule.Day, bool) {
	d, err := schedule.ParseDay(strings.TrimSpace(words))
	if err != nil {
		s.wrong(key, "%s: %q is no day. Write it as \"2026-12-24\".", key, words)
	}
	return d, err == nil
}

// span reads a length of time: Go's form, and days.
func span(words string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(words, "d"); ok {
		if n, err := strconv.Atoi(days); err == nil && n >= 0 && n <= 36500 {
			return time.Duration(n) * 24 * time.Hour, nil
		}
	}
	return time.ParseDuration(words)
}

func sayspan(d time.Duration) string {
	switch {
	case d >= 24*time.Hour && d%(24*time.Hour) == 0:
		return fmt.Sprintf("%dd", d/(24*time.Hour))
	case d >= time.Hour && d%time.Hour == 0:
		return fmt.Sprintf("%dh", d/time.Hour)
	case d >= time.Minute && d%time.Minute == 0:
		return fmt.Sprintf("%dm", d/time.Minute)
	}
	return d.String()
}
