package sample

import (
	"fmt"
	"strings"
	"time"

	"stoke/model"
	"stoke/model/signal"
	"stoke/model/text"
)

// life lets things happen to one invented contact, in order of time, by the rules of the house.
type life struct {
	b       model.Rulebook
	d       model.Dossier
	today   time.Time // the moment at which the demo starts
	mails   int
	thread  string // the newest message id
	subject string
}

func (l *life) contact() *model.Contact { return &l.d.Contact }

// apply takes an outcome over, as a store would.
func (l *life) apply(o model.Outcome, err error) {
	if err != nil {
		panic(fmt.Sprintf("sample: %s: %v", l.d.Contact.Name, err)) // a mistake in the invented people, found by a test
	}
	f := o.FollowUp
	for _, i := range o.Add {
		i.ID = int64(len(l.d.Interactions) + 1)
		l.d.Interactions = append(l.d.Interactions, i)
		l.d.Happened = append(l.d.Happened, i)
		if i.Direction == model.In && i.Kind != model.AutoReply && i.Kind != model.Bounce {
			f.AnswerID = i.ID
		}
	}
	if o.Deal != nil {
		l.d.Contact.Deal = o.Deal
	}
	l.d.Contact.FollowUp = f
}

func (l *life) does(v model.Verb, at time.Time) { l.apply(v.Decide(l.b, l.d, at)) }

func (l *life) logs(kind model.Kind, note string, at time.Time) {
	l.does(model.Log{Kind: kind, Note: note, At: at}, at)
}

// writes is a mail of the contact to the rep; one with a question mark asks.
func (l *life) writes(words string, at time.Time) {
	l.receive(at, words, signal.Verdict{Kind: signal.Human, Text: words, AsksQuestion: strings.Contains(words, "?")}, false)
}

func (l *life) isAway(words string, back, at time.Time) {
	l.receive(at, words, signal.Verdict{Kind: signal.AutoReply, Text: words, ReturnDate: back}, false)
}

// gets is a mail of the rep to the contact.
func (l *life) gets(words string, at time.Time) {
	l.receive(at, words, signal.Verdict{Kind: signal.Human, Text: words}, true)
}

func (l *life) receive(at time.Time, words string, v signal.Verdict, own bool) {
	l.mails++
	host := l.d.Contact.Emails[0][strings.IndexByte(l.d.Contact.Emails[0], '@')+1:]
	subject := l.subject
	if l.thread != "" {
		subject = "Re: " + subject
	}
	in := model.Inbound{
		Header: model.Header{At: at, MessageID: fmt.Sprintf("%d.%d@%s", at.Unix(), l.mails, host), InReplyTo: l.thread, Subject: subject},
		Own:    own, Verdict: v,
	}
	in.Account = l.b.AccountOr("")
	l.thread = in.MessageID
	o := l.b.Receive(l.d, in, at)
	if own && o.Add[0].Summary == "" {
		o.Add[0].Summary = text.Summary(words, 120)
	}
	l.apply(o, nil)
}

// daysAgo is an hour of the business day so many business days before today; on a free day, before the last business day.
func (l *life) daysAgo(n int, hour float64) time.Time {
	c := l.b.Calendar
	day := c.StartOfDay(l.today)
	back := func() {
		for !c.Workday(day) {
			day = day.AddDate(0, 0, -1)
		}
	}
	for back(); n > 0; n-- {
		day = day.AddDate(0, 0, -1)
		back()
	}
	at := day.Add(time.Duration(hour * float64(time.Hour)))
	if !at.Before(l.today) {
		at = l.today.Add(-time.Duration(1+l.mails) * time.Minute)
	}
	return at
}
