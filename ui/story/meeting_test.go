package story

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"stoke/mail/mailtest"
)

// known is what `stoke show --json` tells of a contact, as far as the stories about meetings ask.
type known struct {
	Heat struct {
		Now     float64 `json:"now"`
		Signals []struct {
			Kind   string  `json:"kind"`
			Points float64 `json:"points"`
		} `json:"signals"`
	} `json:"heat"`
	Next struct {
		Kind  string    `json:"kind"`
		Due   time.Time `json:"due_at"`
		Ready time.Time `json:"ready_at"`
	} `json:"next"`
	Interactions []struct {
		Kind    string `json:"kind"`
		Summary string `json:"summary"`
	} `json:"interactions"`
}

// invitation is a calendar mail as Outlook lays it out: words, the same as a page, the calendar.
func invitation(from, replyTo, id, subject, method string, lines ...string) []byte {
	calendar := append([]string{"BEGIN:VCALENDAR", "METHOD:" + method, "PRODID:-//Calendar//EN", "VERSION:2.0", "BEGIN:VEVENT", "UID:a1@calendar.example", "SUMMARY:Walk through\\, 40 seats"}, lines...)
	calendar = append(calendar, "BEGIN:VALARM", "TRIGGER:-PT15M", "SUMMARY:Reminder", "END:VALARM", "END:VEVENT", "END:VCALENDAR", "")
	return fmt.Appendf(nil, "From: %s\r\nReply-To: %s\r\nTo: %s\r\nSubject: %s\r\nDate: %s\r\nMessage-ID: <%s>\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"+
		"Content-Type: multipart/alternative; boundary=m\r\n\r\n--m\r\nContent-Type: text/plain\r\n\r\nA line about the meeting.\r\n--m\r\nContent-Type: text/calendar; charset=utf-8; method=%s\r\n\r\n%s\r\n--m--\r\n",
		from, replyTo, me, subject, time.Now().Format(time.RFC1123Z), id, method, strings.Join(calendar, "\r\n"))
}

func (r *rep) syncs(want int) {
	r.t.Helper()
	var done []struct{ Replies int }
	if r.asks(&done, "sync"); len(done) != 1 || done[0].Replies != want {
		r.t.Fatalf("the sync found %+v, want %d replies", done, want)
	}
}

func TestAMeetingIsBookedMovedAndCalledOffByMail(t *testing.T) {
	r := newRep(t, mailtest.Options{})
	r.dana()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	day := time.Now().In(berlin).AddDate(0, 0, 5)
	starts := time.Date(day.Year(), day.Month(), day.Day(), 10, 0, 0, 0, berlin)
	zoned := func(at time.Time) string {
		return "DTSTART;TZID=W. Europe Standard Time:" + at.Format("20060102T150405")
	}
	dana := "Dana Whitfield <dana@northwind.example>"

	// She accepts the rep's invitation; her calendar sends that with a machine's marks.
	r.arrives(invitation(dana, dana, "yes@northwind.example", "Accepted: Walk through", "REPLY", zoned(starts), "ATTENDEE;PARTSTAT=ACCEPTED:mailto:dana@northwind.example"))
	r.syncs(1)
	var k known
	r.asks(&k, "show", "dana@northwind.example")
	if i := k.Interactions[len(k.Interactions)-1]; i.Kind != "booked" || i.Summary != "booked: Walk through, 40 seats, "+starts.Format("Mon 2 Jan 2006 15:04") {
		t.Errorf("show tells %+v", k.Interactions)
	}
	if k.Next.Kind != "first" || !k.Next.Due.After(starts) || len(k.Heat.Signals) == 0 {
		t.Errorf("next is %+v, the meeting is at %v", k.Next, starts)
	}
	booked := 0.0
	for _, s := range k.Heat.Signals {
		if s.Kind == "booked" {
			booked += s.Points
		}
	}
	if booked != 30 {
		t.Errorf("a booked meeting has %v points, want 30", booked)
	}
	var queue struct{ Items []struct{ Name string } }
	if r.asks(&queue, "queue"); len(queue.Items) != 0 {
		t.Errorf("the queue nags before the meeting: %+v", queue.Items)
	}

	// A robot moves it on her behalf: its From is nobody, her address is where answers go and in the calendar.
	later := starts.AddDate(0, 0, 1)
	r.arrives(invitation("Booking robot <no-reply@bookings.example>", dana, "moved@bookings.example", "Updated: Walk through", "REQUEST", zoned(later), "SEQUENCE:1",
		"ORGANIZER:mailto:no-reply@bookings.example", "ATTENDEE;CN=\"Whitfield, Dana\":mailto:dana@northwind.example", "ATTENDEE:mailto:"+me))
	r.syncs(1)
	r.asks(&k, "show", "dana@northwind.example")
	if i := k.Interactions[len(k.Interactions)-1]; i.Summary != "moved: Walk through, 40 seats, "+later.Format("Mon 2 Jan 2006 15:04") || k.Next.Kind != "first" || !k.Next.Due.After(later) {
		t.Errorf("after the move: %+v, next %+v", k.Interactions, k.Next)
	}

	r.arrives(invitation(dana, dana, "off@northwind.example", "Cancelled: Walk through", "CANCEL", "DTSTART:"+later.UTC().Format("20060102T150405Z"), "STATUS:CANCELLED"))
	r.syncs(1)
	r.asks(&k, "show", "dana@northwind.example")
	if i := k.Interactions[len(k.Interactions)-1]; i.Kind != "called-off" || !strings.HasPrefix(i.Summary, "cancelled: ") || k.Next.Kind != "reply" {
		t.Errorf("after the cancellation: %+v, next %+v", i, k.Next)
	}
	if r.asks(&queue, "queue"); len(queue.Items) != 1 {
		t.Errorf("a meeting that was called off waits for nobody: %+v", queue.Items)
	}
}
