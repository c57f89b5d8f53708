package model

import (
	"strings"
	"time"

	"stoke/model/signal"
	"stoke/model/text"
)

// invited decides what a calendar mail does: an invitation, or the answer to one. A meeting that is booked or moved is
// waited for; one that is turned down, called off or in doubt is an answer that waits for the rep.
func (b Rulebook) invited(d Dossier, i Interaction, in Inbound, now time.Time) Outcome {
	m := in.Verdict.Meeting
	i.Summary = text.Summary(sayMeeting(m, in.Subject, b.Calendar.Zone()), 120)
	for _, address := range m.Behalf {
		if has(d.Contact.Emails, address) { // a robot wrote, which reads no answer
			i.From, i.ReplyTo = Address{Name: d.Contact.Name, Addr: address}, nil
			break
		}
	}
	switch m.Act {
	case signal.MeetingDeclined:
		i.Kind, d.Contact.FollowUp.MeetsAt = Declined, time.Time{}
	case signal.MeetingCancelled:
		i.Kind, d.Contact.FollowUp.MeetsAt = CalledOff, time.Time{}
	case signal.MeetingBooked, signal.MeetingMoved:
		i.Kind = Booked
		if _, before := d.newest(func(i Interaction) bool { return i.Kind == Booked }); before && m.Act == signal.MeetingMoved {
			i.Kind = Mail // it was booked once, and counts once
		}
		out := b.answered(d, d.Contact.FollowUp, i, in.References, now)
		if out.Cancel == "" {
			return out // history: they or the rep have written since
		}
		out.FollowUp.MeetsAt = m.Starts
		out.FollowUp.Next = b.afterMeeting(d, out.FollowUp, m.Starts, now)
		out.FollowUp = out.FollowUp.normal()
		return out
	default:
		i.Asks = true
	}
	return b.answered(d, d.Contact.FollowUp, i, in.References, now)
}

// afterMeeting is the touch that follows a meeting that lies ahead or was a few days ago: nothing is due before it, and one
// business day after it the first follow-up is. Whether it took place nobody knows yet, so no sequence starts.
func (b Rulebook) afterMeeting(d Dossier, f FollowUp, starts, now time.Time) Touch {
	if starts.IsZero() || now.Sub(starts) > b.Rules.InquiryOld {
		return b.automatic(d, f, now)
	}
	return b.planned(TouchFirst, starts, b.Rules.AfterMeeting)
}

// onItsOwn is the next touch that sets itself: after the meeting that lies ahead, else by temperature.
func (b Rulebook) onItsOwn(d Dossier, f FollowUp, now time.Time) Touch {
	if f.MeetsAt.After(now) {
		return b.afterMeeting(d, f, f.MeetsAt, now)
	}
	return b.automatic(d, f, now)
}

// sayMeeting is one line about a meeting: "booked: Numbers, Thu 26 Nov 2026 10:00".
func sayMeeting(m signal.Meeting, subject string, zone *time.Location) string {
	did := map[signal.Act]string{
		signal.MeetingBooked: "booked", signal.MeetingMoved: "moved", signal.MeetingDeclined: "declined", signal.MeetingCancelled: "cancelled",
		signal.MeetingProposed: "proposes another time", signal.MeetingMaybe: "may come",
	}[m.Act]
	parts := []string{firstOf(m.Summary, text.Line(subject), "a meeting")}
	switch {
	case m.AllDay:
		parts = append(parts, m.Starts.Format("Mon 2 Jan 2006"))
	case !m.Starts.IsZero():
		parts = append(parts, m.Starts.In(zone).Format("Mon 2 Jan 2006 15:04"))
	}
	said := strings.Join(parts, ", ")
	if did == "" {
		return said
	}
	return did + ": " + said
}
