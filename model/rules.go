package model

import (
	"time"

	"stoke/model/coach"
)

// Rules are DOMAIN.md's numbers. DefaultRules is the one place that holds their defaults; the config may change each.
type Rules struct {
	HalfLife  time.Duration // of every signal's points
	HotFrom   float64       // heat
	WarmFrom  float64       // heat
	Points    map[Kind]float64
	AskPoints float64 // more for a reply that asks or names a time
	Cooling   float64 // for a touch that got no answer, counted when the next one leaves
	PinDays   int     // calendar days that a pin holds

	CustomerWarmDays int // after a purchase a contact is at least warm

	InquiryHour   time.Duration // of working time until an inquiry is red
	InquiryAmber  time.Duration // of working time until it is amber
	InquiryOld    time.Duration // found in old mail beyond this age it is history, not an alarm
	ReplyAmber    time.Duration // of working time until a waiting reply is amber
	ReplyRedDays  int           // business days until it is red
	AfterMeeting  int           // business days
	AfterProposal int           // business days
	AfterEvent    time.Duration // until the first follow-up is red; at a weekend the next business morning
	NurtureDays   int           // calendar days after the last contact
	NurtureRows   int           // nurture touches that come up a day; 0 lifts it
	QuietDays     int           // without a next touch before re-engagement is proposed
	AliveDays     int           // business days between "still alive?" rows of an open deal
	MoveOnDays    int           // calendar days after the last attempt until the queue proposes to move on
	MoveOnFor     int           // calendar days that it proposes so; then the nurture goes on by itself

	AttemptsCold, AttemptsWarm, AttemptsHot int
	AttemptWindow                           int // calendar days
	MailGapDays                             int // business days between unanswered mails to one person

	PaceDay  int           // sequence mails in a rolling 24 hours; 0 lifts it
	PaceHour int           // in a rolling hour; 0 lifts it
	PaceGap  time.Duration // least time between two; 0 lifts it

	BounceShare float64 // of the last BounceOf sends in 24 hours: beyond it openers wait
	BounceOf    int
	BounceLeast int // and at least so many bounces
	SoftBounces int // deliveries delayed or refused for now, within SoftDays, that hold a contact
	SoftDays    int // calendar days

	ColleagueDays int // business days that a sequence is held when a colleague answered

	CallValue int // from this value on an open deal suggests a call, in whole units of the rep's currency
	CallAfter int // touches without an answer that suggest a call

	NextHot           int // business days until the automatic next touch of a hot contact
	NextWarm          int // calendar days
	NextCold          int // calendar days
	OutOfOfficeDays   int // business days where no return date is found
	AfterReturn       int // business days after the stated return
	UntilReplyMaxDays int // a snooze "until they reply" ends after so many days

	UndoWindow time.Duration // a single send waits so long before it leaves
	SyncFresh  time.Duration // before a claim the inbox was synced within this time
	GiveUp     time.Duration // a mail that could not leave for so long is given back to the rep
	Retry      []time.Duration
	Looks      []time.Duration // after the doubt arose: when the Sent folder is looked at

	Coach coach.Aims

	RetireDays map[Reason]int // calendar days until a retired contact comes back by itself; absent means never
}

// DefaultRules are the numbers of DOMAIN.md and RELIABILITY.md.
func DefaultRules() Rules {
	return Rules{
		HalfLife: 14 * 24 * time.Hour, HotFrom: 50, WarmFrom: 25,
		Points: map[Kind]float64{
			Inquiry: 60, Demo: 60, Pricing: 60, Mail: 40, Meeting: 40, Booked: 30, Call: 30, NotNow: -30,
			Referral: 35, Met: 30, EventSeen: 20, Purchase: 20, Proposal: 20, Download: 10,
		},
		AskPoints: 15, Cooling: -5, PinDays: 30, CustomerWarmDays: 30,
		InquiryHour: 60 * time.Minute, InquiryAmber: 5 * time.Minute, InquiryOld: 7 * 24 * time.Hour,
		ReplyAmber: 4 * time.Hour, ReplyRedDays: 1, AfterMeeting: 1, AfterProposal: 3, AfterEvent: 24 * time.Hour,
		NurtureDays: 90, NurtureRows: 10, QuietDays: 30, AliveDays: 10, MoveOnDays: 6, MoveOnFor: 7,
		AttemptsCold: 3, AttemptsWarm: 4, AttemptsHot: 5, AttemptWindow: 21, MailGapDays: 2,
		PaceDay: 50, PaceHour: 30, PaceGap: 60 * time.Second, BounceShare: 0.05, BounceOf: 50, BounceLeast: 3, SoftBounces: 3, SoftDays: 14, ColleagueDays: 5,
		CallValue: 1000, CallAfter: 2,
		NextHot: 2, NextWarm: 7, NextCold: 30, OutOfOfficeDays: 10, AfterReturn: 1, UntilReplyMaxDays: 30,
		UndoWindow: 8 * time.Second, SyncFresh: 10 * time.Minute, GiveUp: 24 * time.Hour,
		Retry:      []time.Duration{5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour},
		Looks:      []time.Duration{0, time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour},
		Coach:      coach.DefaultAims(),
		RetireDays: map[Reason]int{ReasonNoAnswer: 90, ReasonTiming: 90, ReasonCompetitor: 180},
	}
}

// AttemptLimit is how many attempts a contact gets whose warmest temperature since the last real answer was t.
func (r Rules) AttemptLimit(t Temperature) int {
	switch t {
	case Hot:
		return r.AttemptsHot
	case Warm:
		return r.AttemptsWarm
	}
	return r.AttemptsCold
}
