package model

import (
	"math"
	"slices"
	"time"
)

// Temperature is hot, warm or cold; warmer is greater.
type Temperature int

// Temperatures.
const (
	Cold Temperature = iota
	Warm
	Hot
)

func (t Temperature) String() string { return [...]string{"cold", "warm", "hot"}[t] }

// ParseTemperature reads "hot", "warm" or "cold".
func ParseTemperature(s string) (Temperature, error) {
	for t := Cold; t <= Hot; t++ {
		if t.String() == s {
			return t, nil
		}
	}
	return Cold, Errorf(Invalid, "%q is no temperature. Say hot, warm or cold.", s)
}

// heatEpoch is the moment at which a Heat is expressed. The sum doubles every half-life beyond it, which a float64
// carries for some 39 years.
var heatEpoch = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

// Heat is Σ points × 2^((at − epoch) / half-life): the sum of DOMAIN.md's formula, expressed at a fixed moment. Because
// every signal has the same half-life, the order of two heats is the order of the contacts at any time, so it is stored
// and indexed and nothing is recomputed as time passes. It may be negative.
type Heat float64

// Points is the heat as a person reads it, at a moment: max(0, Σ points × 2^(−age / half-life)).
func (h Heat) Points(now time.Time, r Rules) float64 {
	return math.Max(0, float64(h)*math.Exp2(-halfLives(now, r)))
}

// Until is the moment at which the heat falls below a level of points; zero if it never reaches the level.
func (h Heat) Until(level float64, r Rules) time.Time {
	if h <= 0 || level <= 0 {
		return time.Time{}
	}
	lives := math.Log2(float64(h) / level)
	return heatEpoch.Add(time.Duration(lives * float64(r.HalfLife))).UTC()
}

func halfLives(t time.Time, r Rules) float64 { return float64(t.Sub(heatEpoch)) / float64(r.HalfLife) }

// Signal is an interaction that carries points, with the points as they were given and as they count at a moment.
type Signal struct {
	Kind   Kind
	At     time.Time
	Points float64
	Now    float64
	Why    string // "no answer to your mail" for cooling; otherwise what the contact did
}

// Signals are the points that a contact's interactions carry (DOMAIN.md, "Heat"), oldest first, weighed at now. Replies
// count once a day of zone; the cooling of a touch without an answer counts when the next attempt leaves, and is gone as
// soon as a real answer comes.
func Signals(happened []Interaction, zone *time.Location, now time.Time, r Rules) []Signal {
	var cooling []Signal
	signals := make([]Signal, 0, len(happened))
	var lastTouch, lastReply time.Time
	reply := 0 // where the last reply's signal stands
	all := oldestFirst(happened)
	for n := range all {
		i := &all[n]
		switch {
		case i.IsTouch():
			if !lastTouch.IsZero() && !sameDay(lastTouch, i.At, zone) {
				cooling = append(cooling, Signal{Kind: Mail, At: i.At, Points: r.Cooling, Why: "no answer to your last touch"})
			}
			lastTouch = i.At
			continue
		case i.IsAnswer():
			cooling, lastTouch = nil, time.Time{}
		}
		points := r.Points[i.Kind]
		if i.Kind == Mail && i.Direction != In {
			points = 0
		}
		why := i.Did()
		if i.Kind == Mail && i.Direction == In && i.Asks {
			points += r.AskPoints
			why = "replied with a question or a time"
		}
		if points == 0 {
			continue
		}
		if i.Kind == Mail {
			again := !lastReply.IsZero() && sameDay(lastReply, i.At, zone)
			if lastReply = i.At; again {
				if points > signals[reply].Points {
					signals[reply].Points, signals[reply].Why = points, why
				}
				continue
			}
			reply = len(signals)
		}
		signals = append(signals, Signal{Kind: i.Kind, At: i.At, Points: points, Why: why})
	}
	signals = append(signals, cooling...)
	for i := range signals {
		signals[i].Now = signals[i].Points * math.Exp2(-float64(now.Sub(signals[i].At))/float64(r.HalfLife))
	}
	return signals
}

// Sum adds signals up to the heat that is stored.
func Sum(signals []Signal, r Rules) Heat {
	var sum float64
	for _, s := range signals {
		sum += s.Points * math.Exp2(halfLives(s.At, r))
	}
	return Heat(sum)
}

// oldestFirst is a history in the order of time; it is the same slice where that is its order already.
func oldestFirst(happened []Interaction) []Interaction {
	for i := 1; i < len(happened); i++ { // without copying them: a long thread is gone through for each mail of a first sync
		if happened[i].At.Before(happened[i-1].At) {
			happened = slices.Clone(happened)
			slices.SortStableFunc(happened, func(a, b Interaction) int { return a.At.Compare(b.At) })
			break
		}
	}
	return happened
}

func sameDay(a, b time.Time, zone *time.Location) bool {
	y, m, d := a.In(zone).Date()
	y2, m2, d2 := b.In(zone).Date()
	return d == d2 && m == m2 && y == y2
}

func day(t time.Time, zone *time.Location) string { return t.In(zone).Format(time.DateOnly) }
