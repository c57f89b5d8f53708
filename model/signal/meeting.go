package signal

import (
	"slices"
	"strings"
	"time"

	"stoke/model/text"
)

// Act is what a calendar mail does to a meeting (RFC 5546).
type Act string

// Acts of the person whose calendar wrote. "" means that the mail says nothing about a meeting.
const (
	MeetingBooked    Act = "booked"    // they invite, or accept
	MeetingMoved     Act = "moved"     // their invitation has a new time
	MeetingDeclined  Act = "declined"  // they do not come
	MeetingCancelled Act = "cancelled" // they call it off
	MeetingProposed  Act = "proposed"  // they want another time, which waits for the rep
	MeetingMaybe     Act = "maybe"     // they may come
)

// Meeting is what a calendar mail tells. Starts is zero where it cannot be read; a day without an hour starts at midnight,
// and an hour without a zone is taken in that of the mail.
type Meeting struct {
	Act     Act
	Starts  time.Time
	AllDay  bool
	Summary string   // one line
	Behalf  []string // addresses of the people whom a robot or an assistant wrote for, the likeliest first; at most 50
}

// says words an act with its person.
var says = map[Act]string{
	MeetingBooked: "a person booked a meeting", MeetingMoved: "a person moved a meeting", MeetingDeclined: "a person declined a meeting",
	MeetingCancelled: "a person cancelled a meeting", MeetingProposed: "a person proposes another time for a meeting",
	MeetingMaybe: "a person may come to a meeting", "": "a person answered or sent an invitation",
}

// meeting reads an invitation or the answer to one: a person's act, though calendars send it with the marks of a machine.
// ok is false for a calendar that is none, such as a ticket, and for the invitation of a robot that speaks for nobody.
func meeting(m Mail) (out Meeting, ok bool) {
	if len(m.Calendar) == 0 || fromDaemon(m) {
		return Meeting{}, false
	}
	c := readCalendar(m.Calendar)
	if c.method == "" {
		c.method = strings.ToUpper(strings.TrimSpace(m.CalendarMethod))
	}
	if !methods[c.method] {
		return Meeting{}, false
	}
	people := c.people()
	if !slices.Contains(people, m.From) {
		out.Behalf = people
	}
	if fromRobot(m) && !slices.ContainsFunc(people, func(a string) bool { return !slices.Contains(m.To, a) }) {
		return Meeting{}, false
	}
	out.Act = c.act(m.From)
	out.Starts, out.AllDay = c.starts(m.Date)
	out.Summary = text.Summary(text.Line(c.event.summary), 120)
	return out, true
}

var methods = map[string]bool{"REQUEST": true, "REPLY": true, "CANCEL": true, "COUNTER": true, "ADD": true, "DECLINECOUNTER": true}

// act is what the calendar of the address does.
func (c calendar) act(from string) Act {
	switch c.method {
	case "CANCEL":
		return MeetingCancelled
	case "COUNTER":
		return MeetingProposed
	case "REPLY":
		return c.answer(from)
	case "REQUEST", "ADD":
		switch {
		case c.event.status == "CANCELLED":
			return MeetingCancelled
		case c.event.sequence != "" && strings.Trim(c.event.sequence, "0") != "":
			return MeetingMoved
		}
		return MeetingBooked
	}
	return ""
}

// answer is what the attendee who answers says; an answer names one (RFC 5546 section 3.2.3), some programs name all.
func (c calendar) answer(from string) Act {
	said := ""
	for _, a := range c.event.attendees {
		if a.partstat != "" && (said == "" || a.address == from) {
			said = a.partstat
		}
	}
	switch said {
	case "ACCEPTED":
		return MeetingBooked
	case "DECLINED":
		return MeetingDeclined
	case "TENTATIVE", "DELEGATED":
		return MeetingMaybe
	}
	return ""
}

// people are those who may have caused the mail: who answers an invitation is an attendee, who sends one its organizer.
// Addresses behind which nobody reads are left out.
func (c calendar) people() []string {
	var all []string
	for _, a := range c.event.attendees {
		all = append(all, a.address)
	}
	if c.method == "REPLY" || c.method == "COUNTER" {
		all = append(all, c.event.organizer)
	} else {
		all = slices.Insert(all, 0, c.event.organizer)
	}
	var out []string
	for _, a := range all {
		if strings.Contains(a, "@") && !slices.Contains(out, a) && !fromRobot(Mail{From: a}) {
			out = append(out, a)
		}
	}
	return out
}

// starts reads DTSTART (RFC 5545 section 3.3.5): in UTC, in a zone, in no zone, or a day.
func (c calendar) starts(mail time.Time) (at time.Time, allDay bool) {
	p := c.event.start
	v := strings.ToUpper(strings.TrimSpace(p.value))
	if len(v) == len("20060102") {
		day, err := time.Parse("20060102", v)
		if err != nil {
			return time.Time{}, false
		}
		at, ok := atDay(day.Year(), day.Month(), day.Day(), mail.Location())
		if !ok {
			return time.Time{}, false
		}
		return at, true
	}
	w, err := time.Parse("20060102T150405", strings.TrimSuffix(v, "Z"))
	if err != nil {
		if w, err = time.Parse("20060102T1504", strings.TrimSuffix(v, "Z")); err != nil {
			return time.Time{}, false
		}
	}
	if w.Year() < 2000 || w.Year() > 2100 {
		return time.Time{}, false
	}
	if strings.HasSuffix(v, "Z") {
		return w, false
	}
	for _, zone := range []string{p.param("TZID"), c.zone} {
		if zone == "" {
			continue
		}
		if at, ok := c.in(zone, w); ok {
			return at, false
		}
	}
	return time.Date(w.Year(), w.Month(), w.Day(), w.Hour(), w.Minute(), w.Second(), 0, mail.Location()), false
}
