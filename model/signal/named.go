package signal

import (
	"regexp"
	"strings"
	"time"
)

// hour is an hour as mails write it: "3pm", "15:00", "15 Uhr", "15h30".
var hour = regexp.MustCompile(`(?i)\b\d{1,2}(?:[:h.]\d{2})? ?(?:am|pm|uhr|uur|heures|horas|o'clock)\b|\b\d{1,2}(?::\d{2}|h\d{0,2})\b`)

// apart is how far a day and its hour stand apart at most: "Thursday, say at 3pm".
const apart = 16

// NamedTime is the first hour that a person's words name, with its day, as they name it: "Thursday at 3pm"; "" where they
// name none that lies ahead of since. A day alone is none: it may be anything's. sent is when the words were written, from which "Thursday" counts. Only the first 4 KB are read.
func NamedTime(words string, sent, since time.Time) string {
	words = cut(words, 4<<10)
	for _, d := range mentions(hear(words), sent) {
		if !d.At.After(since) {
			continue
		}
		from := strings.Index(d.Sentence, d.Words)
		to := from + len(d.Words)
		for _, h := range hour.FindAllStringIndex(d.Sentence, -1) {
			switch {
			case h[0] >= to && h[0]-to <= apart:
				return d.Sentence[from:h[1]]
			case h[1] <= from && from-h[1] <= apart:
				return d.Sentence[h[0]:to]
			}
		}
	}
	if sent.YearDay() == since.YearDay() && sent.Year() == since.Year() {
		return hour.FindString(words)
	}
	return ""
}
