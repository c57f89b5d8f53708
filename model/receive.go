package model

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"stoke/model/signal"
	"stoke/model/text"
)

// Receive decides what an inbound mail, or one that the rep sent with another program, does to its contact. history
// tells that the mail was found by the first look into an old mailbox: then it is remembered and weighed, but what the
// rep has answered since raises no alarm.
func (b Rulebook) Receive(d Dossier, in Inbound, now time.Time) Outcome {
	i := Interaction{
		Contact: d.Contact.ID, Kind: Mail, Direction: In, At: in.At, Subject: in.Subject, MessageID: in.MessageID,
		InReplyTo: firstOf(in.InReplyTo, lastOf(in.References)), Account: in.Account,
		Text: in.Verdict.Text, Quoted: in.Verdict.Quoted, Summary: text.Summary(in.Verdict.Text, 120),
		From: in.From, To: in.To, Cc: in.Cc, ReplyTo: in.ReplyTo,
	}
	if i.Summary == "" {
		i.Summary = text.Line(in.Subject)
	}
	if !d.knowsAny(in) {
		if asked, ok := d.guess(in.Subject, in.At); ok {
			i.InReplyTo, i.Guessed = asked.MessageID, true
		}
	}
	f := d.Contact.FollowUp
	if in.Own {
		if in.Verdict.Kind == signal.AutoReply {
			return Outcome{FollowUp: f} // the rep is away; nobody was answered
		}
		i.Direction = Out
		return b.wroteElsewhere(d, f, i, now)
	}
	switch v := in.Verdict; v.Kind {
	case signal.AutoReply:
		i.Kind = AutoReply
		return b.outOfOffice(d, f, i, v.ReturnDate, now)
	case signal.Bounce, signal.Complaint:
		if !in.credible(d) {
			return Outcome{FollowUp: f, Ignored: true}
		}
		if v.Kind == signal.Complaint {
			i.Kind, i.Summary, f.OptedOut = OptOut, "marked your mail as spam", true
			return b.answered(d, f, i, in.References, now)
		}
		i.Kind = Bounce
		return b.bounced(d, f, i, v, now)
	case signal.OptOut:
		i.Kind, f.OptedOut = OptOut, true
		return b.answered(d, f, i, in.References, now)
	case signal.Human:
		if in.passedOn() {
			i.Kind, i.Text, i.Summary = Note, "", "passed on: "+text.Line(in.Subject)
			return Outcome{FollowUp: f, Add: []Interaction{i}, Says: d.Contact.Called() + " passed a mail on to you"}
		}
		if v.Meeting.Act != "" {
			return b.invited(d, i, in, now)
		}
		i.Asks = v.AsksQuestion || v.NamesTime
		switch {
		case v.Refusal:
			i.Kind = Refusal
		case v.NotNow:
			i.Kind, i.Asks = NotNow, false
		}
		return b.answered(d, f, i, in.References, now)
	}
	return Outcome{FollowUp: f} // lists, robots, delays and receipts change nothing
}

// bounceWindow is how long after a mail a report that does not name it is believed.
const bounceWindow = 7 * 24 * time.Hour

// credible tells whether a bounce or a complaint may change its contact: it must name a mail of ours, or come soon after
// one to this contact (RELIABILITY.md, T16). Anybody can send a forged one.
func (in Inbound) credible(d Dossier) bool {
	if in.Quotes {
		return true
	}
	if id := in.Verdict.OriginalMessageID; id != "" {
		if _, ours := d.newest(func(i Interaction) bool { return i.wrote() && i.MessageID == id }); ours {
			return true
		}
	}
	return slices.ContainsFunc(d.Happened, func(i Interaction) bool {
		return i.wrote() && in.At.Sub(i.At) < bounceWindow && in.At.After(i.At.Add(-clockSkew))
	})
}

// answered is any real mail of the contact: it stops the sequence, wakes a snooze, brings a retired contact back once,
// and waits for the rep. A promise survives it.
func (b Rulebook) answered(d Dossier, f FollowUp, i Interaction, references []string, now time.Time) Outcome {
	if asked, ok := d.newest(func(i Interaction) bool { return i.IsTouch() && i.MessageID != "" }); ok &&
		(i.InReplyTo == asked.MessageID || has(references, asked.MessageID)) && !i.At.After(asked.At) {
		i.At = asked.At.Add(time.Millisecond) // an answer is never older than what it answers, whatever the clocks say
	}
	if i.At.Before(lastAt(d.Happened, Interaction.wrote).Add(-clockSkew)) || i.At.Before(lastAt(d.Happened, Interaction.heard).Add(-clockSkew)) {
		// The rep has written since, or the contact has: an old mailbox is read newest first, and what waits is the newest.
		return Outcome{FollowUp: b.settle(d, f, now, i), Add: []Interaction{i}}
	}
	out := Outcome{Add: []Interaction{i}, Cancel: d.Contact.Called() + " " + i.Did(), Says: d.Contact.Called() + " " + i.Did()}
	f.Enrolment, f.Snooze, f.Unread, f.Asks = Enrolment{}, Snooze{}, true, ""
	if !f.Retired.At.IsZero() {
		out.Add = append(out.Add, b.back(d, f.Retired, now))
		f.Retired = Retirement{} // whoever writes is seen; what forbids to write back stays
		out.Says += " and is back"
	}
	f.Sorted = true
	if i.putsOff() && slices.ContainsFunc(d.Happened, Interaction.putsOff) {
		f.Asks = i.Did() + again
	}
	switch {
	case i.Kind == Refusal, i.Kind == OptOut, f.Asks != "":
		f.MeetsAt = time.Time{}
		f.Next = Touch{Kind: TouchNext, Since: i.At, ReadyAt: i.At}
	default:
		f.Next = b.reply(i)
	}
	out.FollowUp = b.settle(d, f, now, i)
	return out
}

// back is the note in the thread of a contact whom their own mail took out of retirement.
func (b Rulebook) back(d Dossier, was Retirement, now time.Time) Interaction {
	says := "Back by their own mail. Retired since " + was.At.In(b.Calendar.Zone()).Format("2 Jan 2006") + ": " + was.Reason.Says() + "."
	return Interaction{Contact: d.Contact.ID, Kind: Note, At: now, Summary: says, Text: says}
}

// clockSkew is how far a server's clock may be behind the rep's before mail seems older than it is.
const clockSkew = 5 * time.Minute

// outOfOffice snoozes to the business day after the stated return, or ten business days where none is stated. It is
// never a reply and never an opt-out (DOMAIN.md, "Sequences"). A longer snooze of the rep stays, and who is not sorted
// stays so.
func (b Rulebook) outOfOffice(d Dossier, f FollowUp, i Interaction, back, now time.Time) Outcome {
	until := b.Calendar.AddDays(i.At, b.Rules.OutOfOfficeDays)
	if back.After(i.At) {
		until = b.Calendar.AddDays(back, b.Rules.AfterReturn)
	}
	until = b.Calendar.Opening(until)
	out := Outcome{Add: []Interaction{i}, Says: d.Contact.Called() + " is out of office"}
	saidNo := (f.Last.Kind == Refusal || f.Last.Kind == OptOut) && f.Enrolment.Sequence == "" // and the rep has not decided yet
	waits := saidNo || f.Next.Kind == TouchReply || f.Next.Kind == TouchInquiry
	if until.After(now) && until.After(f.Snooze.Until) && f.Sorted && !waits {
		f = b.snoozed(d.Contact, f, Snooze{Until: until}, now)
		out.Cancel = d.Contact.Called() + " is out of office until " + until.Format("2 Jan")
	}
	out.FollowUp = b.settle(d, f, now, i)
	return out
}

// bounced stops what cannot arrive: a dead address is suppressed, a refusal by policy is told to the rep, a delay changes nothing.
func (b Rulebook) bounced(d Dossier, f FollowUp, i Interaction, v signal.Verdict, now time.Time) Outcome {
	if v.Severity == signal.Later {
		return b.delayed(d, f, i, now)
	}
	wrote := lastAt(d.Happened, Interaction.wrote)
	if i.At.Before(wrote) && !i.At.Before(wrote.Add(-clockSkew)) {
		i.At = wrote.Add(time.Millisecond) // a report is never older than what it is about, whatever the clocks say
	}
	out := Outcome{Add: []Interaction{i}, Cancel: "the last mail to " + d.Contact.Called() + " bounced", Says: "The mail to " + d.Contact.Called() + " bounced"}
	if v.Severity == signal.Dead {
		for _, address := range v.Recipients {
			if address = strings.ToLower(address); has(d.Contact.Emails, address) {
				out.Suppress = append(out.Suppress, Suppression{What: address, Why: "the address does not exist", At: i.At})
			}
		}
	}
	if i.At.Before(lastAt(d.Happened, Interaction.heard).Add(-clockSkew)) {
		out.Cancel, out.Says, out.Suppress = "", "", nil // they have written since, so mail arrives again
		out.FollowUp = b.settle(d, f, now, i)
		return out
	}
	f.Enrolment = Enrolment{}
	f.Next, f.Asks = Touch{Kind: TouchNext, Since: i.At, ReadyAt: i.At}, ""
	if v.Severity == signal.Refused && !i.At.Before(wrote) {
		f.Asks = byPolicy
		out.Cancel, out.Says = "the last mail to "+d.Contact.Called()+" was refused", "The mail to "+d.Contact.Called()+" was refused by their server"
	}
	out.FollowUp = b.settle(d, f, now, i)
	return out
}

// byPolicy is what the rep is asked when a server refused a mail and not its address.
const byPolicy = "their server refused the mail, not the address: try other words, another way, or retire"

// Undeliverable is what a refusal of the recipient does to the contact: the server said at once what else a report says
// hours later. ok is false where the address may live.
func (b Rulebook) Undeliverable(d Dossier, o Outgoing, res Result, now time.Time) (out Outcome, ok bool) {
	if res.Dead == "" {
		return out, false
	}
	i := Interaction{Contact: d.Contact.ID, Kind: Bounce, Direction: In, At: now, Subject: o.Subject, InReplyTo: o.MessageID, Account: o.Account,
		Summary: text.Summary(res.Reply, 120), Text: res.Reply}
	return b.bounced(d, d.Contact.FollowUp, i, signal.Verdict{Severity: signal.Dead, Recipients: []string{res.Dead}}, now), true
}

// delayed is a soft bounce: the server tries again by itself, but several in a row hold the contact and ask.
func (b Rulebook) delayed(d Dossier, f FollowUp, i Interaction, now time.Time) Outcome {
	out := Outcome{Add: []Interaction{i}}
	soft := 1
	for _, h := range d.Happened {
		if h.Kind == Bounce && i.At.Sub(h.At) <= time.Duration(b.Rules.SoftDays)*24*time.Hour {
			soft++
		}
	}
	if soft >= b.Rules.SoftBounces && f.Next.Kind != TouchReply && f.Next.Kind != TouchInquiry {
		f.Enrolment, f.Next = Enrolment{}, Touch{Kind: TouchNext, Since: i.At, ReadyAt: i.At}
		f.Asks = fmt.Sprintf("%d mails could not be delivered for now: another address, or retire?", soft)
		out.Cancel = "the mails to " + d.Contact.Called() + " are not delivered for now"
	}
	out.FollowUp = b.settle(d, f, now, i)
	return out
}

// ColleagueAnswered holds the sequence of a contact when somebody at the same company has answered, and asks the rep
// whether to go on. ok is false for a contact whom that does not concern.
func (b Rulebook) ColleagueAnswered(d Dossier, who string, now time.Time) (out Outcome, ok bool) {
	f := d.Contact.FollowUp
	if f.Enrolment.Sequence == "" || !f.Live(now) || f.Next.Kind != TouchStep && f.Next.Kind != TouchFirst {
		return Outcome{}, false
	}
	if until := b.Calendar.StartOfDay(b.Calendar.AddDays(now, b.Rules.ColleagueDays)); f.Next.ReadyAt.Before(until) {
		f.Next.ReadyAt, f.Next.DueAt, f.Next.AmberAt = until, b.endOfDay(b.Calendar.Opening(until)), time.Time{}
		f.Next.GoesAt = time.Time{} // it is the rep's to decide now
	}
	f.Asks = who + " at the same company answered on " + now.Format("2 Jan") + ": go on with " + d.Contact.Called() + "?"
	return Outcome{FollowUp: b.settle(d, f, now), Cancel: who + " at the same company answered"}, true
}

// AnsweredByAnother is a reply in a contact's thread by somebody who is a contact, too: it stops the sequence, and the rep
// is asked how to go on (DOMAIN.md: "a reply in the thread by anyone"). ok is false for who waits for nothing of the kind.
func (b Rulebook) AnsweredByAnother(d Dossier, who string, now time.Time) (out Outcome, ok bool) {
	f := d.Contact.FollowUp
	if !f.Live(now) || f.Next.Kind == TouchReply || f.Next.Kind == TouchInquiry {
		return Outcome{}, false
	}
	f.Enrolment, f.Next = Enrolment{}, Touch{Kind: TouchNext, Since: now, ReadyAt: now, DueAt: b.endOfDay(now)}
	f.Asks = who + " answered in the thread with " + d.Contact.Called() + ": how to go on?"
	return Outcome{FollowUp: b.settle(d, f, now), Cancel: who + " answered in the thread with " + d.Contact.Called()}, true
}

// wroteElsewhere is mail that the rep sent by hand with any program: it counts as the due step.
func (b Rulebook) wroteElsewhere(d Dossier, f FollowUp, i Interaction, now time.Time) Outcome {
	out := Outcome{Add: []Interaction{i}, Says: "You wrote to " + d.Contact.Called()}
	if i.At.Before(lastAnswer(d.Happened)) || i.At.Before(lastTouch(d.Happened)) || !f.Sorted {
		out.FollowUp = b.settle(d, f, now, i) // history
		return out
	}
	out.Cancel = "you wrote to " + d.Contact.Called() + " from elsewhere"
	f = b.afterTouch(d, b.settle(d, f, now, i), i.At)
	if b.late(i, now) && f.Next.DueAt.Before(now) { // found in an old mailbox: what it leads to is due, but no alarm
		f.Next.DueAt, f.Next.AmberAt = b.endOfDay(now), time.Time{}
	}
	out.FollowUp = f.normal()
	return out
}

func lastTouch(happened []Interaction) time.Time  { return lastAt(happened, Interaction.IsTouch) }
func lastAnswer(happened []Interaction) time.Time { return lastAt(happened, Interaction.IsAnswer) }

func lastAt(happened []Interaction, fits func(Interaction) bool) time.Time {
	var last time.Time
	for _, i := range happened {
		if fits(i) && i.At.After(last) {
			last = i.At
		}
	}
	return last
}

func has(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}

func lastOf(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[len(list)-1]
}
