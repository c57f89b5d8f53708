package signal

import (
	"strings"
	"testing"
	"time"
)

// invites is a calendar mail of kim's; method "" leaves it to the part's header.
func invites(method string, lines ...string) Mail {
	calendar := "BEGIN:VCALENDAR\nVERSION:2.0\n"
	if method != "" {
		calendar += "METHOD:" + method + "\n"
	}
	return Mail{From: "kim@north.example", To: []string{"ines@stoke.example"}, Subject: "Numbers", Date: mailDay.In(time.FixedZone("", 3600)),
		Calendar: []byte(calendar + "BEGIN:VEVENT\n" + strings.Join(lines, "\n") + "\nEND:VEVENT\nEND:VCALENDAR\n")}
}

func TestWhatACalendarMailDoes(t *testing.T) {
	const yes, no, perhaps = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:kim@north.example", "ATTENDEE;PARTSTAT=DECLINED:mailto:kim@north.example", "ATTENDEE;PARTSTAT=TENTATIVE:mailto:kim@north.example"
	for _, c := range []struct {
		name string
		mail Mail
		want Act
	}{
		{"an invitation", invites("REQUEST", "DTSTART:20261126T090000Z"), MeetingBooked},
		{"an invitation of Outlook's, SEQUENCE 0", invites("REQUEST", "DTSTART:20261126T090000Z", "SEQUENCE:0"), MeetingBooked},
		{"a new time", invites("REQUEST", "DTSTART:20261126T090000Z", "SEQUENCE:12"), MeetingMoved},
		{"a cancellation as Google sends it to some", invites("REQUEST", "DTSTART:20261126T090000Z", "STATUS:CANCELLED"), MeetingCancelled},
		{"called off", invites("CANCEL", "DTSTART:20261126T090000Z"), MeetingCancelled},
		{"lower-case", invites("cancel ", "dtstart:20261126T090000Z"), MeetingCancelled},
		{"accepted", invites("REPLY", yes), MeetingBooked},
		{"declined", invites("REPLY", no), MeetingDeclined},
		{"maybe", invites("REPLY", perhaps), MeetingMaybe},
		{"all attendees named, the writer counts", invites("REPLY", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:tom@x.example", no), MeetingDeclined},
		{"nothing decided", invites("REPLY", "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:kim@north.example"), ""},
		{"another time", invites("COUNTER", "DTSTART:20261126T090000Z"), MeetingProposed},
		{"a name with a colon and a semicolon", invites("REPLY", `ATTENDEE;CN="North; Kim: CEO";PARTSTAT=DECLINED:mailto:kim@north.example`), MeetingDeclined},
	} {
		v := Classify(c.mail)
		if v.Kind != Human || v.Meeting.Act != c.want {
			t.Errorf("%s: %s, %q, want %q", c.name, v.Kind, v.Meeting.Act, c.want)
		}
	}
	published := invites("PUBLISH", "DTSTART:20261126T090000Z")
	if v := Classify(published); v.Kind != Human || v.Meeting.Act != "" {
		t.Errorf("a file for the calendar is %s, %q", v.Kind, v.Meeting.Act)
	}
}

func TestWhenAMeetingStarts(t *testing.T) {
	const custom = "END:VEVENT\nBEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\n" +
		"BEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\nBEGIN:VEVENT"
	const south = "END:VEVENT\nBEGIN:VTIMEZONE\nTZID:South\nBEGIN:STANDARD\nDTSTART:20080406T030000\nTZOFFSETTO:+1000\nRRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU\nEND:STANDARD\n" +
		"BEGIN:DAYLIGHT\nDTSTART:20081005T020000\nTZOFFSETTO:+1100\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=1SU\nEND:DAYLIGHT\nEND:VTIMEZONE\nBEGIN:VEVENT"
	for start, want := range map[string]string{
		"DTSTART:20261126T090000Z":                                                     "2026-11-26T09:00:00Z",
		"DTSTART;TZID=Europe/Berlin:20261126T100000":                                   "2026-11-26T09:00:00Z",
		"DTSTART;TZID=Europe/Berlin:20270726T100000":                                   "2027-07-26T08:00:00Z",
		"DTSTART;TZID=W. Europe Standard Time:20270726T100000":                         "2027-07-26T08:00:00Z",
		"DTSTART;TZID=\"Pacific Standard Time\":20261126T100000":                       "2026-11-26T18:00:00Z",
		"DTSTART;TZID=/freeassociation.sf.net/Europe/Paris:20261126T100000":            "2026-11-26T09:00:00Z",
		"DTSTART;TZID=(UTC+05:30) Chennai, Kolkata:20261126T100000":                    "2026-11-26T04:30:00Z",
		"DTSTART;TZID=GMT-0300:20261126T100000":                                        "2026-11-26T13:00:00Z",
		"DTSTART;TZID=Nowhere/At All:20261126T100000":                                  "2026-11-26T10:00:00+01:00", // as the mail
		"DTSTART;TZID=Local:20261126T100000":                                           "2026-11-26T10:00:00+01:00",
		"DTSTART;TZID=../../etc/passwd:20261126T100000":                                "2026-11-26T10:00:00+01:00",
		"DTSTART:20261126T100000":                                                      "2026-11-26T10:00:00+01:00",
		"DTSTART;VALUE=DATE:20261126":                                                  "2026-11-26T00:00:00+01:00",
		"DTSTART;TZID=Ours:20261126T100000\n" + custom:                                 "2026-11-26T09:00:00Z",
		"DTSTART;TZID=Ours:20270726T100000\n" + custom:                                 "2027-07-26T08:00:00Z",
		"DTSTART;TZID=South:20261226T100000\n" + south:                                 "2026-12-25T23:00:00Z",
		"DTSTART;TZID=South:20270726T100000\n" + south:                                 "2027-07-26T00:00:00Z",
		"DTSTART;TZ\n ID=Europe/Ber\n\tlin:20261126\n T100000":                         "2026-11-26T09:00:00Z",
		"BEGIN:VALARM\nDTSTART:20300101T000000Z\nEND:VALARM\nDTSTART:20261126T090000Z": "2026-11-26T09:00:00Z",
		"DTSTART:20261126T090000Z\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART:20271126T090000Z": "2026-11-26T09:00:00Z", // the series, then its exception
		"words that a gateway broke\nDTSTART:20261126T090000Z":                         "2026-11-26T09:00:00Z",
		"DTSTART:20261399T990000Z":                                                     "",
		"DTSTART:00000000":                                                             "",
		"DTSTART;VALUE=DATE:99999999":                                                  "",
		"SUMMARY:no start":                                                             "",
	} {
		v := Classify(invites("REQUEST", start))
		at, _ := time.Parse(time.RFC3339, want)
		if !v.Meeting.Starts.Equal(at) || v.Meeting.Act != MeetingBooked || v.Meeting.AllDay != (strings.Contains(start, "=DATE:") && want != "") {
			t.Errorf("%q starts at %v, want %q; %+v", start, v.Meeting.Starts, want, v.Meeting)
		}
	}
}

func TestAMeetingSaysWhatItIs(t *testing.T) {
	v := Classify(invites("REQUEST", `SUMMARY;LANGUAGE=en:Numbers\, part 2\; with a \\ and\nmore`, "DTSTART:20261126T090000Z"))
	if want := `Numbers, part 2; with a \ and more`; v.Meeting.Summary != want {
		t.Errorf("%q, want %q", v.Meeting.Summary, want)
	}
	v = Classify(invites("REQUEST", "SUMMARY:\x1b]0;owned\u202e"+strings.Repeat("x", 10_000), "DTSTART:20261126T090000Z"))
	if strings.ContainsAny(v.Meeting.Summary, "\x1b\u202e\n") || len(v.Meeting.Summary) > 200 {
		t.Errorf("%q", v.Meeting.Summary)
	}
	cut := invites("REQUEST", "SUMMARY:Numbers", "DTSTART:20261126T090000Z", "DESCRIPTION:the mail ends in the middle")
	cut.Calendar = cut.Calendar[:len(cut.Calendar)-40]
	if v = Classify(cut); v.Meeting.Summary != "Numbers" || v.Meeting.Starts.IsZero() {
		t.Errorf("of a mail that was cut: %+v", v.Meeting)
	}
	bare := invites("", "DTSTART:20261126T090000Z")
	if v = Classify(bare); v.Meeting.Act != "" {
		t.Errorf("without a method: %+v", v.Meeting)
	}
	if bare.CalendarMethod = "request"; Classify(bare).Meeting.Act != MeetingBooked {
		t.Error("the method of the part's header is not read")
	}
}

func TestForWhomARobotInvites(t *testing.T) {
	robot := invites("REQUEST", "DTSTART:20261126T090000Z", "ORGANIZER:mailto:no-reply@bookings.example", "ATTENDEE:mailto:ines@stoke.example", "ATTENDEE:MAILTO:Kim@North.example", "ATTENDEE;EMAIL=tom@north.example:urn:uuid:1")
	robot.From = "no-reply@bookings.example"
	v := Classify(robot)
	if got := strings.Join(v.Meeting.Behalf, " "); v.Kind != Human || got != "ines@stoke.example kim@north.example tom@north.example" {
		t.Errorf("%s for %q", v.Kind, got)
	}
	ticket := invites("REQUEST", "DTSTART:20261126T090000Z", "ORGANIZER:mailto:no-reply@bookings.example", "ATTENDEE:mailto:ines@stoke.example")
	ticket.From = "no-reply@bookings.example"
	if v := Classify(ticket); v.Kind != List || v.Meeting.Act != "" {
		t.Errorf("an invitation of nobody is %s, %+v", v.Kind, v.Meeting)
	}
	assistant := invites("REQUEST", "DTSTART:20261126T090000Z", "ORGANIZER:mailto:boss@north.example", "ATTENDEE:mailto:ines@stoke.example")
	if v := Classify(assistant); len(v.Meeting.Behalf) != 2 || v.Meeting.Behalf[0] != "boss@north.example" {
		t.Errorf("an assistant invites for %q", v.Meeting.Behalf)
	}
	if own := invites("REQUEST", "ORGANIZER:mailto:kim@north.example"); len(Classify(own).Meeting.Behalf) != 0 {
		t.Error("who invites himself speaks for nobody else")
	}
}

func TestEveryWindowsZoneIsOneOfTheDatabase(t *testing.T) {
	if n := len(windowsZones()); n < 130 {
		t.Fatalf("%d zones", n)
	}
	for name, zone := range windowsZones() {
		if _, err := time.LoadLocation(zone); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzCalendar(f *testing.F) {
	f.Add("BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\nDTSTART:20201025T030000\nTZOFFSETTO:+0530\nRRULE:BYMONTH=10;BYDAY=-1SU;UNTIL=2030\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nDTSTART;TZID=x:20261202T140000\nSUMMARY:a\\,b\nEND:VEVENT\n")
	f.Add("BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nATTENDEE;CN=\"a:b\";PARTSTAT=ACCEPTED:mailto:a@b.example\nDTSTART;VALUE=DATE:20261202\n")
	f.Add("BEGIN:VCALENDAR\nMETHOD:CANCEL\nX-WR-TIMEZONE:GMT+01:00\nBEGIN:VEVENT\nDTSTART;TZID=\":1T")
	f.Fuzz(func(t *testing.T, calendar string) {
		v := Classify(Mail{From: "kim@north.example", Subject: "x", Date: mailDay, Calendar: []byte(calendar)})
		m := v.Meeting
		if v.Kind == "" || strings.ContainsAny(m.Summary, "\x1b\n\r\u202e") || len(m.Behalf) > maxPeople+1 {
			t.Fatalf("%+v", v)
		}
		if !m.Starts.IsZero() && (m.Starts.Year() < 1999 || m.Starts.Year() > 2101) {
			t.Fatalf("starts at %v", m.Starts)
		}
	})
}

func FuzzDates(f *testing.F) {
	f.Add("back on Monday 30 November or 3.12., next week, semana que viene, 2026-12-01, in March")
	f.Add("bis 7/12/26 le 1er décembre, segunda-feira, dia 30")
	f.Fuzz(func(t *testing.T, s string) {
		for _, d := range mentions(hear(s), mailDay) {
			if !d.At.After(mailDay) || d.Words == "" {
				t.Fatalf("%+v", d)
			}
		}
		if at := returnDate(s, mailDay); !at.IsZero() && !at.After(mailDay) {
			t.Fatalf("back at %v", at)
		}
	})
}
