package signal_test

import (
	"maps"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"stoke/mail"
	"stoke/model/signal"
)

// hostileCalendar are pieces of calendars that, repeated, make a slow reader slow.
var hostileCalendar = map[string]string{
	"events":      "BEGIN:VEVENT\nDTSTART:20261126T100000Z\nEND:VEVENT\n",
	"open events": "BEGIN:VEVENT\n",
	"zones":       "BEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\nDTSTART:20201025T030000\n",
	"people":      "ATTENDEE;PARTSTAT=ACCEPTED:mailto:kim@north.example\n",
	"parameters":  "X;A=b;A=\"c;",
	"folds":       "\n ",
	"escapes":     "SUMMARY:\\\\\\n\\,\n",
	"one line":    "DTSTART;TZID=/a/b/c",
	"ends":        "END:VCALENDAR\n",
}

// slowdown is how much slower pure computation may be under the race detector.
func slowdown() time.Duration {
	if info, ok := debug.ReadBuildInfo(); ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"}) {
		return 20
	}
	return 1
}

// TestHostileMailsAreExplainedInASecond holds RELIABILITY's T11 from the octets of a mail to its verdict. What was ever
// allocated bounds what was held at once.
func TestHostileMailsAreExplainedInASecond(t *testing.T) {
	const size = 2 << 20
	mails := map[string]string{}
	for name, piece := range signal.Hostile {
		body := strings.Repeat(piece, size/len(piece))
		mails["text of "+name] = "Subject: Re: Offer\n\n" + body
		mails["absence of "+name] = "Subject: Automatic reply\nAuto-Submitted: auto-replied\n\n" + body
		mails["page of "+name] = "Subject: Re: Offer\nContent-Type: text/html\n\n<p>" + strings.ReplaceAll(body, "\n", "<br>")
		mails["report of "+name] = "From: MAILER-DAEMON@mx.example\nReturn-Path: <>\nContent-Type: multipart/report; report-type=delivery-status; boundary=r\n\n--r\n\n" + body[:size/4] +
			"\n--r\nContent-Type: message/delivery-status\n\n" + body[:size/4] + "\n--r\nContent-Type: message/rfc822\n\n" + body[:size/4] + "\n--r--\n"
	}
	for name, piece := range hostileCalendar {
		mails["calendar of "+name] = "Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\n" + strings.Repeat(piece, size/len(piece))
	}
	var slowest time.Duration
	var largest uint64
	for _, name := range slices.Sorted(maps.Keys(mails)) {
		raw := []byte("From: kim@north.example\nDate: Tue, 24 Nov 2026 10:12:00 +0100\n" + mails[name])
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		began := time.Now()
		err := mail.Explain(t.Context(), 1, func(int) ([]byte, error) { return raw, nil }, func(_ int, v signal.Verdict, err error) error {
			if err != nil || v.Kind == "" {
				t.Errorf("%s: %+v, %v", name, v.Kind, err)
			}
			return nil
		})
		took := time.Since(began)
		runtime.ReadMemStats(&after)
		allocated := after.TotalAlloc - before.TotalAlloc
		if err != nil || took > slowdown()*time.Second || allocated > 256<<20 {
			t.Errorf("%s took %v and %d MB, %v", name, took, allocated>>20, err)
		}
		if took > 150*time.Millisecond || allocated > 100<<20 {
			t.Logf("%s took %v and %d MB", name, took, allocated>>20)
		}
		slowest, largest = max(slowest, took), max(largest, allocated)
	}
	t.Logf("of %d mails the slowest took %v, the largest %d MB", len(mails), slowest, largest>>20)
}
