package model

import "time"

// Rank is the order in which sequence mail leaves when the pace holds it back; lower goes first (DOMAIN.md, "Sequences").
type Rank int

// Ranks, in their order. Later steps come before earlier ones within RankStep.
const (
	RankInquiry Rank = iota
	RankPromise
	RankEvent
	RankStep    Rank = 100 // less the step, so that a later step goes first
	RankOpener  Rank = 200
	RankNurture Rank = 300
)

// rank says where the next mail of a contact stands when mail is held back by the pace.
func (f FollowUp) rank(now time.Time) Rank {
	switch {
	case f.Next.Kind == TouchInquiry, f.Next.Kind == TouchReply: // who wrote waits for nobody's sequence
		return RankInquiry
	case !f.Promise.At.IsZero() && !now.Before(f.Promise.ReadyAt):
		return RankPromise
	case f.Next.Kind == TouchFirst && (f.Last.Kind == EventSeen || f.Last.Kind == Met) && now.Before(f.Next.DueAt):
		return RankEvent
	case f.Next.Kind == TouchNurture:
		return RankNurture
	case f.Last.Kind == "" && f.Attempts == 0 && f.Next.Step <= 1:
		return RankOpener // nothing has happened between the two yet
	}
	return RankStep - Rank(min(f.Next.Step, 90))
}

// FreeAt is the earliest moment, now or later, at which a mail under the pace may leave: at most PaceDay in any 24 hours,
// PaceHour in any hour, and PaceGap apart, stretched by up to as much again so that no machine's rhythm shows. left are
// the moments at which such mails left in the last 24 hours, oldest first; stretch is between 0 and 1.
func (r Rules) FreeAt(left []time.Time, stretch float64, now time.Time) time.Time {
	free := now
	later := func(t time.Time) {
		if t.After(free) {
			free = t
		}
	}
	if n := len(left); n > 0 && r.PaceGap > 0 {
		later(left[n-1].Add(r.PaceGap + time.Duration(stretch*float64(r.PaceGap))))
	}
	if n := len(left); r.PaceDay > 0 && n >= r.PaceDay {
		later(left[n-r.PaceDay].Add(24 * time.Hour))
	}
	if n := len(left); r.PaceHour > 0 && n >= r.PaceHour {
		later(left[n-r.PaceHour].Add(time.Hour))
	}
	return free
}

// OpenersHeld tells whether too many of the last mails bounced, so that openers wait until the rep has looked: more than
// BounceShare of the last BounceOf sends within 24 hours, and at least BounceLeast.
func (r Rules) OpenersHeld(sent, bounced int) bool {
	return bounced >= r.BounceLeast && float64(bounced) > r.BounceShare*float64(min(sent, r.BounceOf))
}
