package model_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"stoke/model"
	"stoke/model/schedule"
	"stoke/model/sequence"
	"stoke/model/signal"
)

// berlin is the zone of the rep in these tests; monday is a plain business day's morning.
var (
	berlin = must(time.LoadLocation("Europe/Berlin"))
	monday = time.Date(2026, 11, 23, 9, 0, 0, 0, berlin)
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func rulebook(t testing.TB) model.Rulebook {
	t.Helper()
	calendar, err := schedule.New(schedule.Settings{Zone: berlin})
	if err != nil {
		t.Fatal(err)
	}
	return model.Rulebook{
		Rules: model.DefaultRules(), Calendar: calendar, Sequences: must(sequence.Starter()),
		Me: model.Address{Name: "Robin Vale", Addr: "robin@acme.test"}, Accounts: []string{"acme"},
	}
}

// story is one contact that things happen to; it applies each outcome as a store would.
type story struct {
	t   testing.TB
	b   model.Rulebook
	d   model.Dossier
	now time.Time
	ids int64
}

func newStory(t testing.TB) *story {
	return &story{t: t, b: rulebook(t), now: monday, d: model.Dossier{Contact: model.Contact{
		ID: 1, Name: "Dana Whitfield", Company: "Northwind", Emails: []string{"dana@northwind.example"},
		FollowUp: model.FollowUp{Sorted: true},
	}}}
}

func (s *story) apply(o model.Outcome) {
	f := o.FollowUp
	for _, i := range o.Add {
		s.ids++
		i.ID = s.ids
		s.d.Interactions = append(s.d.Interactions, i)
		s.d.Happened = append(s.d.Happened, i)
		if i.Direction == model.In && i.Kind != model.AutoReply && i.Kind != model.Bounce {
			f.AnswerID = i.ID
		}
	}
	if o.Deal != nil {
		s.d.Contact.Deal = o.Deal
	}
	s.d.Contact.FollowUp = f
}

func (s *story) do(v model.Verb) model.Outcome {
	s.t.Helper()
	o, err := v.Decide(s.b, s.d, s.now)
	if err != nil {
		s.t.Fatalf("%s: %v", v.Name(), err)
	}
	s.apply(o)
	return o
}

// writes is a mail from the contact.
func (s *story) writes(words string, change ...func(*model.Inbound)) model.Outcome {
	in := model.Inbound{Header: model.Header{At: s.now, MessageID: "in-" + s.now.Format(time.RFC3339), From: model.Address{Addr: "dana@northwind.example"}, Subject: "Re: seats"},
		Verdict: signal.Verdict{Kind: signal.Human, Text: words}}
	for _, c := range change {
		c(&in)
	}
	o := s.b.Receive(s.d, in, s.now)
	s.apply(o)
	return o
}

// sends is a mail of the rep that goes out at once.
func (s *story) sends() {
	s.t.Helper()
	o, outcome, err := s.b.Dispatch(s.d, s.approval(), model.Envelope{MessageID: "out-" + s.now.Format(time.RFC3339)}, s.now)
	if err != nil {
		s.t.Fatal(err)
	}
	s.apply(outcome)
	s.apply(s.b.Left(s.d, o, s.now, s.now, "proposal"))
}

func (s *story) approval() model.Approval {
	return model.Approval{Single: true, Draft: model.Draft{Contact: 1, To: []model.Address{{Addr: "dana@northwind.example"}}, Subject: "Seats", Body: "Hi Dana, shall we talk on Thursday?",
		BasedOn: s.d.Contact.FollowUp.AnswerID}}
}

func (s *story) place() model.Place { return model.PlaceOf(s.d.Contact, s.now, s.b.Rules) }

func (s *story) row() model.Row {
	temperature, _ := s.d.Contact.FollowUp.Temperature(s.d.Contact.Deal.Open(), s.now, s.b.Rules)
	barred := ""
	if s.d.Suppressed != nil {
		barred = s.d.Suppressed.What
	}
	return model.Row{Contact: s.d.Contact, Place: s.place(), Temperature: temperature, Limit: s.b.Rules.AttemptLimit(s.d.Contact.FollowUp.Warmest),
		Barred: s.b.Barred(s.d.Contact, barred, s.now)}
}

func (s *story) stands(view model.View, group model.Group, why string) {
	s.t.Helper()
	p := s.place()
	if p.View != view || (view == model.ViewQueue && p.Group != group) {
		s.t.Errorf("stands in %s/%s, want %s/%s", p.View, p.Group, view, group)
	}
	if got := s.row().Why(s.now); why != "" && got != why {
		s.t.Errorf("why: %q, want %q", got, why)
	}
}

// later moves the clock on.
func (s *story) later(d time.Duration) { s.now = s.now.Add(d) }

const dayLong = 24 * time.Hour
