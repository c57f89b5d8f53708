package model

import (
	"time"

	"stoke/model/text"
)

// FollowUp is a contact's whole follow-up state. It is a plain value: decisions return a new one, the history of verbs
// keeps the one before and the one after, and an undo is computed from both.
type FollowUp struct {
	Sorted    bool // false: imported or discovered and not yet decided on; such a contact gets no mail
	Heat      Heat
	Pin       Pin
	WarmUntil time.Time // a customer is at least warm until then
	Next      Touch     // the automatic next touch; a sorted, live contact always has one
	Promise   Promise
	Snooze    Snooze
	Retired   Retirement
	Enrolment Enrolment
	Attempts  int         // since the contact's last real answer
	Warmest   Temperature // since the last real answer; it sets the limit of attempts
	OptedOut  bool        // asked not to be written to; nothing is sent until the rep lifts it
	Last      Last
	AnswerID  int64  // the newest interaction that is a real answer; drafts are based on it
	Unread    bool   // the contact wrote and the rep has not opened it
	Asks      string // what the rep is asked to decide, as a row says it; "" for nothing. The next touch or verb clears it
	Spacing   Spacing
	MeetsAt   time.Time // when the meeting begins that was booked last; zero where it was called off, or something else was begun
}

// Pin is a temperature that the rep set by hand, until it lapses.
type Pin struct {
	Temperature Temperature
	Until       time.Time // zero: no pin
}

// TouchKind says why a contact is in the queue; the words are those of `queue --json` (CLI.md).
type TouchKind string

// Kinds of next touch.
const (
	TouchInquiry TouchKind = "inquiry"
	TouchReply   TouchKind = "reply"
	TouchPromise TouchKind = "promise"
	TouchFirst   TouchKind = "first" // after a meeting, an event, a purchase
	TouchStep    TouchKind = "step"
	TouchAlive   TouchKind = "alive" // "still alive?" of an open deal
	TouchNext    TouchKind = "next"  // set by itself, without a sequence
	TouchNurture TouchKind = "nurture"
)

// TouchKinds are all of them.
func TouchKinds() []string {
	var all []string
	for _, k := range []TouchKind{TouchInquiry, TouchReply, TouchPromise, TouchFirst, TouchStep, TouchAlive, TouchNext, TouchNurture} {
		all = append(all, string(k))
	}
	return all
}

// Touch is the one touch that a contact waits for.
type Touch struct {
	Kind     TouchKind // "" means none
	Since    time.Time // where its clock started
	About    Kind      // of an inquiry or a reply: what the contact did, whatever has happened since
	Asks     bool      // and whether they ask something or name a time
	ReadyAt  time.Time // it enters the queue
	AmberAt  time.Time // zero: it never turns amber
	DueAt    time.Time // the end of the allowed time; then it is overdue and red
	Sequence string
	Step, Of int // from 1; 0 without a sequence
	Channel  string
	Template string    // the step's own template; "" means the best fitting one
	GoesAt   time.Time // the step's mail leaves by itself then; zero: it waits for the rep's key
}

// Promise is a date that the rep or the contact named. It stays visible and survives mail.
type Promise struct {
	At      time.Time // zero: none
	ReadyAt time.Time // the start of its day
	Words   string
}

// Snooze hides a contact until a date; real mail wakes it early.
type Snooze struct {
	Until      time.Time // zero: not snoozed
	UntilReply bool      // until they reply, and Until is only the longest wait
}

// Reason says why a contact was retired; the words are those of `stoke retire` (CLI.md).
type Reason string

// Reasons of retirement.
const (
	ReasonNoAnswer    Reason = "no-answer"
	ReasonTiming      Reason = "timing"
	ReasonCompetitor  Reason = "competitor"
	ReasonNoFit       Reason = "no-fit"
	ReasonWrongPerson Reason = "wrong-person"
	ReasonLeft        Reason = "left"
	ReasonOptOut      Reason = "opt-out"
	ReasonLost        Reason = "lost"
)

// Reasons lists every reason in the order in which the picker offers them.
func Reasons() []Reason {
	return []Reason{ReasonNoAnswer, ReasonTiming, ReasonCompetitor, ReasonNoFit, ReasonWrongPerson, ReasonLeft, ReasonOptOut, ReasonLost}
}

// Says is the reason in plain words.
func (r Reason) Says() string {
	switch r {
	case ReasonNoAnswer:
		return "no answer"
	case ReasonTiming:
		return "bad timing"
	case ReasonCompetitor:
		return "chose a competitor"
	case ReasonNoFit:
		return "not a fit"
	case ReasonWrongPerson:
		return "wrong person"
	case ReasonLeft:
		return "left the company"
	case ReasonOptOut:
		return "asked not to be contacted"
	case ReasonLost:
		return "deal lost"
	}
	return string(r)
}

// ParseReason reads a reason's code.
func ParseReason(s string) (Reason, error) {
	for _, r := range Reasons() {
		if string(r) == s {
			return r, nil
		}
	}
	return "", Errorf(Invalid, "%q is no reason. One of: no-answer, timing, competitor, no-fit, wrong-person, left, opt-out, lost.", s)
}

// Retirement takes a contact out of the follow-up. With Until it comes back then, as nurture.
type Retirement struct {
	At     time.Time // zero: not retired
	Reason Reason
	Until  time.Time // zero: for good
}

// Enrolment is a contact's place in a sequence. Done counts its steps that were taken.
type Enrolment struct {
	Sequence string // "" means none
	Done     int
	Since    time.Time
}

// Last is the newest real interaction, as a row shows it.
type Last struct {
	Kind      Kind // "" means none yet
	Direction Direction
	At        time.Time
	Summary   string
	Asks      bool
	Subject   string // of the newest that has one, without its reply marks
}

// after is what was last once an interaction has come on top. A machine hides no answer: who said no and is away has said no.
func (l Last) after(i Interaction) Last {
	if i.Kind == AutoReply && (Interaction{Kind: l.Kind, Direction: l.Direction}).IsAnswer() {
		return l
	}
	return Last{Kind: i.Kind, Direction: i.Direction, At: i.At, Summary: firstOf(i.Summary, i.Subject), Asks: i.Asks,
		Subject: firstOf(text.Summary(bareSubject(i.Subject), 80), l.Subject)}
}

// Live tells whether the contact takes part in the follow-up at a moment: it is not retired, or its way back has come.
func (f FollowUp) Live(now time.Time) bool {
	return f.Retired.At.IsZero() || (!f.Retired.Until.IsZero() && !now.Before(f.Retired.Until))
}

// bounced tells whether the last mail did not arrive, which ended what was planned; a report of a delay ends nothing.
func (f FollowUp) bounced() bool { return f.Last.Kind == Bounce && !f.Next.Since.Before(f.Last.At) }

// Snoozed tells whether the contact is hidden at a moment.
func (f FollowUp) Snoozed(now time.Time) bool { return now.Before(f.Snooze.Until) }

// Temperature is the contact's temperature at a moment, and the next moment at which the clock alone may change it
// (zero: never). A pin holds over everything; a customer and an open deal are at least warm (DOMAIN.md, "Heat"). Heat counts
// as it is shown, to a tenth of a point: who has just got 50 is hot, and not warm a blink later.
func (f FollowUp) Temperature(dealOpen bool, now time.Time, r Rules) (Temperature, time.Time) {
	var next time.Time
	const shown = 0.05
	hot, warm := r.HotFrom-shown, r.WarmFrom-shown
	next = earliest(now, next, f.Pin.Until, f.WarmUntil, f.Heat.Until(hot, r), f.Heat.Until(warm, r))
	if now.Before(f.Pin.Until) {
		return f.Pin.Temperature, next
	}
	points := f.Heat.Points(now, r)
	switch {
	case points >= hot:
		return Hot, next
	case points >= warm, dealOpen, now.Before(f.WarmUntil):
		return Warm, next
	}
	return Cold, next
}

// closing tells whether the next attempt is the last that the limit permits: its mail says so.
func (f FollowUp) closing(limit int) bool {
	planned := f.Next.Kind == TouchStep || f.Next.Kind == TouchNext && f.Attempts > 0
	return planned && f.Attempts+1 >= limit
}

// earliest is the first of several moments that lies ahead of now; zero when none does.
func earliest(now time.Time, moments ...time.Time) time.Time {
	var first time.Time
	for _, t := range moments {
		if t.After(now) && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	return first
}
