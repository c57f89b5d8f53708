package model

import (
	"cmp"
	"time"
)

// BeginADay is how many contacts begin a sequence on one day at most, so that all their steps together keep the daily pace:
// pace ÷ steps, 50 ÷ 3 = 16 (DOMAIN.md, "Sequences"), where a cold contact gets no more steps than it has attempts. 0 is no
// limit.
func (b Rulebook) BeginADay(sequence string) int {
	if b.Rules.PaceDay <= 0 {
		return 0
	}
	steps := b.Rules.AttemptsCold
	if s, ok := b.Sequences.Find(sequence); ok {
		steps = min(len(s.Steps), steps)
	}
	return max(1, b.Rules.PaceDay/max(1, steps))
}

// Spread gives the days on which the first steps of so many contacts begin: BeginADay of them, less those whose first step
// is planned for that day already. The first day is the next business day after from; a lifted pace begins everybody on it. The result is in order,
// one a contact.
func (b Rulebook) Spread(sequence string, contacts int, from time.Time) []time.Time {
	perDay := cmp.Or(b.BeginADay(sequence), contacts)
	days := make([]time.Time, 0, contacts)
	day := b.Calendar.Opening(b.Calendar.AddDays(from, 1))
	for len(days) < contacts {
		room := perDay
		if b.Planned != nil && b.Rules.PaceDay > 0 {
			room -= b.Planned.Openers(b.Calendar.StartOfDay(day), perDay)
		}
		for range min(room, contacts-len(days)) {
			days = append(days, day)
		}
		day = b.Calendar.AddDays(day, 1)
	}
	return days
}

// Over implements ForMany: people enrolled together begin spread over business days.
func (v Enrol) Over(b Rulebook, contacts []int64, now time.Time) Verb {
	if !v.At.IsZero() {
		return v // the rep named the day
	}
	spread := EnrolSpread{Sequence: v.Sequence, First: map[int64]time.Time{}}
	for i, day := range b.Spread(v.Sequence, len(contacts), now) {
		spread.First[contacts[i]] = day
	}
	return spread
}

// EnrolSpread puts many contacts into a sequence, each with its own first day, as Spread gave them and the rep saw.
type EnrolSpread struct {
	Sequence string
	First    map[int64]time.Time // by contact
}

// Name implements Verb.
func (EnrolSpread) Name() string { return "enrol" }

// Decide implements Verb.
func (v EnrolSpread) Decide(b Rulebook, d Dossier, now time.Time) (Outcome, error) {
	out, err := Enrol{Sequence: v.Sequence, At: v.First[d.Contact.ID]}.Decide(b, d, now)
	if err == nil {
		out.FollowUp.Next = b.spaced(d.Contact, out.FollowUp, now)
		out.FollowUp = out.FollowUp.normal()
	}
	return out, err
}
