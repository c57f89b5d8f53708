package model_test

import (
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stoke/model"
	"stoke/model/schedule"
	"stoke/model/sequence"
	"stoke/model/signal"
)

// chance is a contact in a random calendar to whom anything happens that can: every verb, mail in and out, colleagues, a
// change of calendar or sequences, and time.
type chance struct {
	*story
	rt *rapid.T
}

// calendars are those of several countries, each with an absence; making one works its holidays out.
var calendars = sync.OnceValue(func() (all []*schedule.Calendar) {
	for i, country := range []string{"", "de", "us", "jp"} {
		for n := range 4 {
			set := schedule.Settings{Zone: berlin, Country: country}
			if n > 0 {
				from := schedule.Day{Year: 2026, Month: time.November, Day: 24}.Add(7*i + 19*(n-1))
				set.Away = []schedule.Range{{From: from, To: from.Add(4 * n)}}
			}
			all = append(all, must(schedule.New(set)))
		}
	}
	return all
})

func newChance(t *testing.T, rt *rapid.T) *chance {
	c := &chance{story: newStory(t), rt: rt}
	c.sequenced(sequence.Step{Wait: 1, Channel: "mail"}, sequence.Step{Wait: 1, Channel: "mail"}, sequence.Step{Wait: 2, Channel: "call"}, sequence.Step{Wait: 4, Channel: "mail"})
	c.d.Contact.TZ = rapid.SampledFrom([]string{"", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Auckland"}).Draw(rt, "tz")
	if rapid.Bool().Draw(rt, "deal") {
		c.d.Contact.Deal = &model.Deal{Value: 10_000}
	}
	c.calendar()
	return c
}

// calendar gives the rep other free days.
func (c *chance) calendar() {
	c.b.Calendar = calendars()[rapid.IntRange(0, len(calendars())-1).Draw(c.rt, "calendar")]
}

// tries does a verb where it is possible.
func (c *chance) tries(v model.Verb) {
	if o, err := v.Decide(c.b, c.d, c.now); err == nil {
		c.outcome(o)
	}
}

// verb is any verb with any arguments.
func (c *chance) verb(rt *rapid.T) model.Verb {
	ahead := func() time.Time {
		return c.now.Add(time.Duration(rapid.IntRange(1, 30*24*60).Draw(rt, "ahead")) * time.Minute)
	}
	name := rapid.SampledFrom([]string{"sales", "re-engagement", "event", "auto"}).Draw(rt, "sequence")
	warm := rapid.SampledFrom([]model.Temperature{model.Cold, model.Warm, model.Hot}).Draw(rt, "temperature")
	return rapid.SampledFrom([]model.Verb{
		model.SnoozeTo{Until: ahead()}, model.SnoozeTo{UntilReply: true}, model.PromiseFor{At: ahead(), Words: "call"}, model.HandledWithout{},
		model.Retire{Reason: rapid.SampledFrom(model.Reasons()).Draw(rt, "reason")}, model.Retire{Reason: model.ReasonTiming, Until: ahead()}, model.Revive{},
		model.PinTo{}, model.PinTo{Temperature: &warm}, model.Enrol{Sequence: name}, model.Enrol{Sequence: name, At: ahead()},
		model.EnrolSpread{Sequence: name, First: map[int64]time.Time{1: c.b.Spread(name, 1, c.now)[0]}}, model.StopSequence{},
		model.Log{Kind: rapid.SampledFrom(model.Kinds()).Draw(rt, "kind"), At: c.now.Add(-time.Duration(rapid.IntRange(0, 5000).Draw(rt, "ago")) * time.Minute)},
		model.OnceMore{}, model.MoveOn{}, model.Keep{}, model.PutOff{}, model.HoldStep{Why: "held"},
	}).Draw(rt, "verb")
}

// happens lets one thing happen.
func (c *chance) happens() {
	c.later(time.Duration(rapid.IntRange(1, 5*24*60).Draw(c.rt, "minutes")) * time.Minute)
	switch rapid.IntRange(0, 9).Draw(c.rt, "what") {
	default:
		c.tries(c.verb(c.rt))
	case 5:
		c.arrives()
	case 6:
		if o, ok := c.b.ColleagueAnswered(c.d, "Tom", c.now); ok {
			c.outcome(o)
		}
	case 7:
		if o, ok := c.b.AnsweredByAnother(c.d, "Tom", c.now); ok {
			c.outcome(o)
		}
	case 8:
		c.calendar()
		c.d.Contact.FollowUp = c.b.Replan(c.d, c.now)
	case 9:
		a := c.approval()
		a.Force = rapid.Bool().Draw(c.rt, "force")
		if o, outcome, err := c.b.Dispatch(c.d, a, model.Envelope{MessageID: "out-" + c.now.String()}, c.now); err == nil {
			c.outcome(outcome)
			c.later(time.Duration(rapid.IntRange(0, 600).Draw(c.rt, "waits")) * time.Minute)
			c.outcome(c.b.Left(c.d, o, c.now, c.now, "words"))
		}
	}
}

// arrives is any mail in the contact's thread.
func (c *chance) arrives() {
	c.outcome(c.b.Receive(c.d, model.Inbound{
		Header: model.Header{At: c.now.Add(-time.Duration(rapid.SampledFrom([]int{0, 0, 0, 3, 90, 5000}).Draw(c.rt, "old")) * time.Minute), MessageID: "in-" + c.now.String()},
		Own:    rapid.IntRange(0, 4).Draw(c.rt, "own") == 0, Quotes: true,
		Verdict: signal.Verdict{
			Kind:       rapid.SampledFrom([]signal.Kind{signal.Human, signal.Human, signal.Human, signal.AutoReply, signal.Bounce, signal.OptOut, signal.Complaint, signal.List}).Draw(c.rt, "mail"),
			Severity:   rapid.SampledFrom([]signal.Severity{signal.Dead, signal.Refused, signal.Later}).Draw(c.rt, "severity"),
			ReturnDate: c.now.AddDate(0, 0, rapid.IntRange(-3, 20).Draw(c.rt, "back")), Recipients: c.d.Contact.Emails, Text: "words",
			AsksQuestion: rapid.Bool().Draw(c.rt, "asks"), Refusal: rapid.IntRange(0, 5).Draw(c.rt, "no") == 0, NotNow: rapid.IntRange(0, 5).Draw(c.rt, "later") == 0,
		},
	}, c.now))
}

func (c *chance) outcome(o model.Outcome) {
	c.apply(o)
	for _, s := range o.Suppress {
		c.d.Suppressed = &s
	}
}

func (c *chance) lives(most int) {
	for range rapid.IntRange(0, most).Draw(c.rt, "events") {
		c.happens()
	}
}
