package model

import (
	"fmt"
	"strings"
	"time"

	"stoke/model/schedule"
)

// Key is a row's position in its list; pages are asked for after or before one.
type Key struct {
	Group Group
	Class int
	Order int64
	Heat  Heat
	Name  string // the folded name, in the view people only
	ID    int64
}

// Query asks for a page of a list.
type Query struct {
	View   View
	Search string // words; data, never syntax
	Tag    string
	After  *Key // nil: from the start
	Before *Key // the page that ends before this key
	Last   bool // the last page of the list
	Limit  int
}

// Page is a part of a list in its order.
type Page struct {
	Rows []Row
	More bool // there are rows beyond the page, in the direction that was asked for
}

// Counts are the sizes of the lists.
type Counts struct {
	Now, Hot, Warm, Cold, Overdue      int // of the queue
	Unsorted                           int
	Waiting, Snoozed, Nurture, Retired int
	People                             int
	Outbox                             int // owed: queued, claimed, committing, uncertain
	Ask                                int // mails about which only the rep can decide: ask_rep and failed
}

// Queue is the number of rows in the queue.
func (c Counts) Queue() int { return c.Now + c.Hot + c.Warm + c.Cold }

// Row is a contact as a list shows it.
type Row struct {
	Contact     Contact // identity and FollowUp; Fields are not loaded
	Place       Place
	Temperature Temperature
	Limit       int // of attempts
	Touches     int // in the last Rules.AttemptWindow days
	Leaving     State
	Proposal    string // what keeping an unsorted contact would begin
	Barred      string // why the mail that it asks for may not go now; "" where it may
	Key         Key
}

// RowOf is what a list shows of a contact who stands at a place: leaving is the state of the newest mail about which something
// is open, suppressed what of their address must not be mailed, touches how many they had in the last Rules.AttemptWindow.
func (b Rulebook) RowOf(c Contact, place Place, leaving State, suppressed string, touches int, now time.Time) Row {
	f := c.FollowUp
	temperature, _ := f.Temperature(c.Deal.Open(), now, b.Rules)
	r := Row{Contact: c, Place: place, Temperature: temperature, Limit: b.Rules.AttemptLimit(f.Warmest), Touches: touches, Leaving: leaving,
		Key: Key{Group: place.Group, Class: place.Class, Order: place.Order, Heat: f.Heat, ID: c.ID}}
	r.Contact.FollowUp.Next.Step = b.stepOf(c, f, now)
	switch place.View {
	case ViewUnsorted:
		r.Proposal, r.Barred = b.Proposal(c, now), unmailable(f, suppressed)
	case ViewQueue:
		r.Barred = b.Barred(c, suppressed, now)
	}
	return r
}

// Row is what a list would show of a contact now.
func (b Rulebook) Row(d Dossier, now time.Time) Row {
	suppressed, leaving := "", State("")
	if d.Suppressed != nil {
		suppressed = d.Suppressed.What
	}
	for _, o := range d.Outbox { // newest first
		if leaving == "" && (o.State.Blocks() || o.State == Failed) {
			leaving = o.State
		}
	}
	r := b.RowOf(d.Contact, PlaceOf(d.Contact, now, b.Rules), leaving, suppressed, Touches(d.Happened, now, b.Rules.AttemptWindow), now)
	return b.Foreseen(r, d, now)
}

// Why is the one plain sentence that says why the row is here now (DOMAIN.md, "The queue").
func (r Row) Why(now time.Time) string {
	f := r.Contact.FollowUp
	switch {
	case r.Leaving == Uncertain:
		return "a mail may have gone out; looking in your Sent folder"
	case r.Leaving == AskRep:
		return "a mail may have gone out: you decide in the outbox"
	case r.Leaving != "" && r.Leaving.Owed():
		return "your mail is on its way out"
	case r.Leaving == Failed && !f.bounced():
		return "your mail was not sent: the outbox says why"
	}
	switch r.Place.View {
	case ViewRetired:
		return retiredWhy(f.Retired, now)
	case ViewUnsorted:
		if r.Barred != "" {
			return "not sorted yet; " + r.Barred
		}
		return "not sorted yet; keep begins " + firstOf(r.Proposal, "a first mail")
	case ViewSnoozed:
		if f.Snooze.UntilReply {
			return "until they reply, at most until " + say(f.Snooze.Until, now)
		}
		return "snoozed until " + say(f.Snooze.Until, now)
	case ViewWaiting, ViewNurture:
		if r.Place.Kind == TouchPromise {
			return "promised for " + say(f.Promise.At, now) + words(f.Promise.Words)
		}
		if r.Place.ReadyAt.IsZero() {
			return "nothing planned"
		}
		if f.Next.Kind == TouchFirst && f.Next.Since.After(now) {
			return "meeting " + say(f.Next.Since, now)
		}
		if f.Next.Kind == TouchAlive {
			return "still alive? from " + sayDate(r.Place.ReadyAt, now)
		}
		what, at := r.what(), sayDate(r.Place.ReadyAt, now)
		if f.Next.Kind == TouchNext && f.Attempts == 0 { // it ends in what happened, of which this is no date
			return what + ", next " + at
		}
		return what + ", " + at
	}
	why := r.due(now)
	moves := r.Place.Kind == TouchAlive && f.Next.Kind == TouchNurture // it asks whether to go on at all
	if r.Barred == "" || moves || strings.Contains(why, r.Barred) {
		return why
	}
	return why + " · " + r.Barred
}

// due is why a row of the queue is here now.
func (r Row) due(now time.Time) string {
	f := r.Contact.FollowUp
	switch r.Place.Kind {
	case TouchInquiry:
		return r.inquiryWhy(now)
	case TouchReply:
		why := did(f.Next.About, In) + " " + ago(now.Sub(f.Next.Since))
		if f.Next.Asks {
			return why + " with a question or a time"
		}
		return why + ", waits for you"
	case TouchPromise:
		return promiseWhy(f.Promise, now)
	case TouchFirst:
		return f.occasion() + " " + ago(now.Sub(f.Next.Since)) + ", first follow-up" + overdue(r.Place, now)
	case TouchAlive:
		if f.Next.Kind == TouchNurture {
			return "last attempt was " + ago(now.Sub(f.Last.At)) + ", no answer: move on?"
		}
		return "still alive? nothing for " + span(now.Sub(f.Last.At))
	}
	if says, _ := f.halts(); says != "" {
		return says
	}
	if t := f.Next; !t.GoesAt.IsZero() && t.GoesAt.After(now) {
		return r.what() + ", goes by itself " + say(t.GoesAt, now)
	}
	return r.what() + overdue(r.Place, now)
}

// Topic is what the conversation is about; "" where no mail had a subject.
func (r Row) Topic() string { return r.Contact.FollowUp.Last.Subject }

// occasion is what a first follow-up follows. Of a meeting that was booked ahead nobody knows whether it took place.
func (f FollowUp) occasion() string {
	if f.Last.Kind == Booked || f.Next.Since.After(f.Last.At) {
		return "your meeting was"
	}
	return did(f.Last.Kind, f.Last.Direction)
}

// what names the planned touch: "attempt 3 of 4", "follow up", "nurture".
func (r Row) what() string {
	f := r.Contact.FollowUp
	switch {
	case f.Next.Kind == TouchNurture:
		return "nurture, every quarter"
	case f.Next.Kind == TouchFirst:
		return "first follow-up"
	case f.Next.Channel == "call" || f.Next.Channel == "text":
		if r.Contact.channel(f.Next) == "mail" {
			return r.attempt() + ", by mail: there is no number to " + f.Next.Channel
		}
		return f.Next.Channel + ", " + r.attempt()
	case f.Next.Kind == TouchStep && f.Next.Sequence == afterPurchase && f.Next.Step == 1:
		return "bought, say thank you"
	case f.Next.Kind == TouchStep && f.Next.Sequence == afterPurchase:
		return fmt.Sprintf("after the purchase, touch %d of %d", f.Next.Step, f.Next.Of)
	case f.closing(r.Limit):
		return r.attempt() + ", the closing mail"
	case f.Attempts > 0 || f.Next.Kind == TouchStep:
		return r.attempt()
	}
	if f.Last.Kind == "" && r.Contact.Deal.Open() {
		return "open deal, nothing was written yet"
	}
	if f.Last.Kind == "" {
		return "new, nothing was tried yet"
	}
	return "follow up: " + did(f.Last.Kind, f.Last.Direction)
}

// attempt counts the next touch: "attempt 2 of 4". A deal goes on past its limit, and then the limit says nothing.
func (r Row) attempt() string {
	n := r.Contact.FollowUp.Attempts + 1
	if n > r.Limit {
		return fmt.Sprintf("attempt %d", n)
	}
	return fmt.Sprintf("attempt %d of %d", n, r.Limit)
}

func (r Row) inquiryWhy(now time.Time) string {
	f := r.Contact.FollowUp
	what := did(f.Next.About, In)
	since := what + " " + ago(now.Sub(f.Next.Since))
	if r.Place.DueAt.Sub(f.Next.Since) > time.Hour && now.Sub(f.Next.Since) >= time.Minute {
		since = what + ", came " + ago(now.Sub(f.Next.Since)) // outside the working hours, where no hour runs
	}
	if left := r.Place.DueAt.Sub(now); left > 0 {
		if left > time.Hour { // a night inquiry: its hour starts at opening
			return since + " · first hour ends " + say(r.Place.DueAt, now)
		}
		return fmt.Sprintf("%s · %d min left of the first hour", since, int(left.Minutes()+0.999))
	}
	return since + " · the first hour is over"
}

func promiseWhy(p Promise, now time.Time) string {
	if now.Before(p.place(now).DueAt) {
		return "promised for " + sayDate(p.At, now) + words(p.Words)
	}
	at := say(p.At, now)
	if _, whole := p.wholeDay(now); whole {
		at = sayDate(p.At, now)
	}
	return "promised for " + at + ", overdue" + words(p.Words)
}

func retiredWhy(r Retirement, now time.Time) string {
	if r.Until.IsZero() {
		return "retired: " + r.Reason.Says()
	}
	return "retired: " + r.Reason.Says() + ", back " + say(r.Until, now)
}

func words(quote string) string {
	if quote == "" {
		return ""
	}
	return `: "` + quote + `"`
}

func overdue(p Place, now time.Time) string {
	if p.DueAt.IsZero() || now.Before(p.DueAt) {
		return ""
	}
	return ", due since " + sinceDay(p.DueAt, now)
}

// sinceDay names a moment that has passed: its hour today, "Thursday" within a week, else the date.
func sinceDay(t, now time.Time) string {
	t = t.In(now.Location())
	switch age := now.Sub(t); {
	case age < 24*time.Hour && t.Day() == now.Day():
		return t.Format("15:04")
	case age < 6*24*time.Hour:
		return t.Weekday().String()
	}
	return t.Format("2 Jan")
}

func ago(d time.Duration) string {
	if d < time.Minute {
		return "just now"
	}
	return span(d) + " ago"
}

// span is a length of time in a person's words: "38 min", "2 h", "4 days".
func span(d time.Duration) string {
	switch {
	case d < time.Hour:
		return fmt.Sprintf("%d min", max(1, int(d.Minutes())))
	case d < 24*time.Hour:
		return fmt.Sprintf("%d h", int(d.Hours()))
	case d < 48*time.Hour:
		return "1 day"
	}
	return fmt.Sprintf("%d days", int(d.Hours()/24))
}

// sayDate names the day of a moment that lies ahead: what is planned for a day has no hour.
func sayDate(t, now time.Time) string {
	t = t.In(now.Location())
	return strings.TrimSuffix(say(t, now), " "+t.Format("15:04"))
}

// say names a moment that lies ahead, in the zone of now, which is the rep's wherever a sentence is made.
func say(t, now time.Time) string { return schedule.Say(t.In(now.Location()), now) }
