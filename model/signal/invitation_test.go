package signal_test

import (
	"testing"

	"stoke/model/signal"
)

func TestAnAnswerToAnInvitation(t *testing.T) {
	reply := func(line string) string {
		return "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n" + line + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	}
	for calendar, declined := range map[string]bool{
		reply("ATTENDEE;PARTSTAT=DECLINED:mailto:dana@northwind.example"):                        true,
		reply("ATTENDEE;CN=Dana Whitfield;PARTST\r\n AT=declined:mailto:dana@northwind.example"): true,
		reply("ATTENDEE;PARTSTAT=ACCEPTED:mailto:dana@northwind.example"):                        false,
		reply("ATTENDEE;PARTSTAT=TENTATIVE:mailto:dana@northwind.example"):                       false,
		"BEGIN:VCALENDAR\nMETHOD:REQUEST\nATTENDEE;PARTSTAT=DECLINED:mailto:tom@x.example\n":     false, // their own invitation, which somebody else declined
	} {
		v := signal.Classify(signal.Mail{From: "dana@northwind.example", Subject: "Declined: Demo", Calendar: []byte(calendar)})
		if v.Kind != signal.Human || (v.Meeting.Act == signal.MeetingDeclined) != declined || v.NamesTime == declined {
			t.Errorf("%q: %s, %q, names a time %v", calendar, v.Kind, v.Meeting.Act, v.NamesTime)
		}
	}
}
