package model_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/schedule"
	"stoke/model/signal"
)

// A quarter in the life of three reps, day by day, with people who answer, ask for a demo, are away, bounce, opt out and say
// no at random, with colleagues, public holidays and an absence. These rules of DOMAIN.md hold for everybody all the time
// (quarter_rules_test.go):
//
//   - whoever wrote, answered or asked is in now at once; an inquiry is due within the hour of the rep's working time;
//   - whoever said no, opted out or has no address that lives is not written to again, unless they write themselves;
//   - what the queue asks to be mailed may go, each row says why it is there, and the last permitted attempt says so;
//   - two business days lie between unanswered mails, answers and first follow-ups aside, and no day has two step mails;
//   - attempts stay within the limit of the warmest temperature in any 21 calendar days, and a sequence that nothing paused
//     makes all its attempts within 15 business days; the warmest temperature never falls without an answer;
//   - one sequence a person, and the next step is one of it; none during an out-of-office, nor for 5 business days after a
//     colleague answered;
//   - after a sequence nurture, 90 days after the last contact, never for an open deal; at most 10 nurture touches a day;
//   - at most 16 people of a bulk enrolment begin on one day, so that no more than the pace's 50 mails of its sequence are asked
//     for on one, those aside whose own mail, absence or colleague moved their steps;
//   - nobody comes up overdue, whatever cap, absence or holiday lay before; no plan falls on a free day; no wall of overdue;
//   - everybody live has one next touch and nobody is forgotten for more than 130 days.
func TestAQuarterOfThreeReps(t *testing.T) {
	for name, begin := range map[string]func(*quarter){
		"300 cold prospects enrolled at once": func(q *quarter) { q.prospects(300) },
		"40 open deals":                       func(q *quarter) { q.deals(40) },
		"a founder with customers and guests": func(q *quarter) { q.customers(60); q.guests(40) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(20) {
				q := newQuarter(t, seed)
				begin(q)
				q.live(130) // and the weeks in which its nurture comes up
			}
		})
	}
}

// quarter is one rep's desk without a disk.
type quarter struct {
	t      *testing.T
	b      model.Rulebook
	r      *rand.Rand
	seed   uint64
	now    time.Time
	people []*person
	days   int            // that have gone by; what was logged late is late on the first
	steps  int            // of sequences, mailed today
	queued map[int64]bool // who stood in the queue when it was last looked at
}

// person is a contact and what is on its way from it.
type person struct {
	d         model.Dossier
	coming    []coming
	saidNo    bool // refused or opted out
	ids       int64
	lastMail  time.Time   // of the rep, unanswered
	attempts  []time.Time // the mails since the last answer
	moved     bool        // by their own mail, a bounce or a colleague, from the day that the spread gave them
	paused    bool        // by an out-of-office, a colleague or the rep's absence, since the last answer
	awayUntil time.Time   // by the out-of-office mail
	heldUntil time.Time   // because a colleague answered
}

// coming is a mail that will arrive.
type coming struct {
	at   time.Time
	mail func(*model.Inbound)
}

func newQuarter(t *testing.T, seed uint64) *quarter {
	calendar, err := schedule.New(schedule.Settings{Zone: berlin, Country: "DE",
		Away: []schedule.Range{{From: must(schedule.ParseDay("2026-11-09")), To: must(schedule.ParseDay("2026-11-13"))}}})
	if err != nil {
		t.Fatal(err)
	}
	b := rulebook(t)
	b.Calendar = calendar
	q := &quarter{t: t, b: b, seed: seed, r: rand.New(rand.NewPCG(seed, 4)), now: time.Date(2026, 10, 5, 8, 0, 0, 0, berlin), queued: map[int64]bool{}}
	q.b.Planned = q
	return q
}

func (q *quarter) add(prepare func(p *person)) {
	n := len(q.people) + 1
	p := &person{d: model.Dossier{Contact: model.Contact{
		ID: int64(n), Name: fmt.Sprintf("Person %d", n), Company: fmt.Sprintf("Firm %d", n/2), Emails: []string{fmt.Sprintf("p%d@firm%d.example", n, n/2)},
	}}}
	q.people = append(q.people, p)
	prepare(p)
}

func (q *quarter) prospects(n int) {
	first := q.b.Spread("sales", n, q.now)
	q.spread(first)
	for i := range n {
		q.add(func(p *person) {
			q.do(p, model.EnrolSpread{Sequence: "sales", First: map[int64]time.Time{p.d.Contact.ID: first[i]}})
		})
	}
}

func (q *quarter) deals(n int) {
	for i := range n {
		q.add(func(p *person) {
			p.d.Contact.Deal = &model.Deal{Title: "deal", Value: 10_000}
			q.do(p, model.Log{Kind: model.Proposal, At: q.now.AddDate(0, 0, -i%10)})
		})
	}
}

func (q *quarter) customers(n int) {
	for i := range n {
		q.add(func(p *person) { q.do(p, model.Log{Kind: model.Purchase, At: q.now.AddDate(0, 0, -i%14)}) })
	}
}

func (q *quarter) guests(n int) {
	for range n {
		q.add(func(p *person) { q.do(p, model.Log{Kind: model.EventSeen, At: q.now.Add(-3 * time.Hour)}) })
	}
}

func (q *quarter) fail(p *person, format string, args ...any) {
	q.t.Helper()
	q.t.Fatalf("seed %d, %s, %s: %s\n%+v", q.seed, q.now.Format("Mon 2 Jan 15:04"), p.d.Contact.Name, fmt.Sprintf(format, args...), p.d.Contact.FollowUp)
}

func (q *quarter) apply(p *person, o model.Outcome) {
	f := o.FollowUp
	for _, i := range o.Add {
		p.ids++
		i.ID = p.ids
		p.d.Interactions = append(p.d.Interactions, i)
		p.d.Happened = append(p.d.Happened, i)
		if i.Direction == model.In && i.Kind != model.AutoReply && i.Kind != model.Bounce {
			f.AnswerID = i.ID
		}
		if i.IsAnswer() {
			p.attempts, p.lastMail, p.paused, p.awayUntil, p.heldUntil = nil, time.Time{}, false, time.Time{}, time.Time{}
		}
	}
	for _, s := range o.Suppress {
		p.d.Suppressed = &s
	}
	if o.Deal != nil {
		p.d.Contact.Deal = o.Deal
	}
	p.d.Contact.FollowUp = f
}

func (q *quarter) do(p *person, v model.Verb) {
	q.t.Helper()
	o, err := v.Decide(q.b, p.d, q.now)
	if err != nil {
		q.fail(p, "%s: %v", v.Name(), err)
	}
	q.apply(p, o)
}

// live lets days pass. The rep works on business days and is away for one week.
func (q *quarter) live(days int) {
	for range days {
		q.steps = 0
		for _, hour := range []int{8, 11, 14, 16} {
			q.now = time.Date(q.now.Year(), q.now.Month(), q.now.Day(), hour, 40, 0, 0, berlin)
			q.mailArrives()
			q.inquiries()
			q.ticks()
			if q.b.Calendar.Workday(q.now) {
				q.work()
			}
		}
		q.evening()
		q.now = q.now.AddDate(0, 0, 1)
		q.days++
	}
}

func (q *quarter) mailArrives() {
	for _, p := range q.people {
		slices.SortStableFunc(p.coming, func(a, b coming) int { return a.at.Compare(b.at) })
		p.coming = slices.DeleteFunc(p.coming, func(c coming) bool {
			if c.at.After(q.now) {
				return false
			}
			in := model.Inbound{Header: model.Header{At: c.at, MessageID: fmt.Sprintf("in.%d.%d", p.d.Contact.ID, p.ids)}, Verdict: signal.Verdict{Kind: signal.Human, Text: "words"}}
			c.mail(&in)
			p.moved = true
			wasRetired := !p.d.Contact.FollowUp.Live(q.now)
			q.apply(p, q.b.Receive(p.d, in, q.now))
			if in.Verdict.Kind == signal.AutoReply && p.d.Contact.FollowUp.Snoozed(q.now) {
				p.awayUntil, p.paused = in.Verdict.ReturnDate, true
			}
			if in.Verdict.Kind == signal.Human {
				q.colleagues(p)
			}
			said := in.Verdict.Kind == signal.Human && !in.Verdict.Refusal
			if said {
				p.saidNo = p.d.Suppressed != nil || p.d.Contact.FollowUp.OptedOut // who writes again has changed their mind
			}
			if place := q.place(p); said && !in.Verdict.NotNow && !wasRetired && (place.View != model.ViewQueue || place.Group != model.GroupNow) {
				q.fail(p, "answered and stands in %s/%s", place.View, place.Group)
			}
			return true
		})
	}
}

func (q *quarter) place(p *person) model.Place { return model.PlaceOf(p.d.Contact, q.now, q.b.Rules) }

// work is a rep who takes the queue from the top: answers, writes what is due, and retires who said no.
func (q *quarter) work() {
	var queue []*person
	places := map[*person]model.Place{}
	for _, p := range q.people {
		if place := q.place(p); place.View == model.ViewQueue {
			queue, places[p] = append(queue, p), place
		}
	}
	slices.SortStableFunc(queue, func(a, b *person) int {
		x, y := places[a], places[b]
		return cmp.Or(cmp.Compare(x.Group, y.Group), cmp.Compare(x.Class, y.Class), cmp.Compare(x.Order, y.Order))
	})
	for _, p := range queue {
		if q.place(p).View != model.ViewQueue {
			continue
		}
		f := p.d.Contact.FollowUp
		switch {
		case f.OptedOut:
			q.do(p, model.Retire{Reason: model.ReasonOptOut})
			continue
		case f.Last.Kind == model.Refusal:
			q.do(p, model.Retire{Reason: model.ReasonNoFit})
			continue
		case p.d.Suppressed != nil:
			q.do(p, model.Retire{Reason: model.ReasonLeft})
			continue
		case f.Next.Kind == model.TouchReply && q.r.IntN(4) == 0:
			q.do(p, model.Log{Kind: model.Meeting})
			p.saidNo = false // who meets with the rep is in talks again
			continue
		}
		if reason, ok := (model.Row{Contact: p.d.Contact, Place: q.place(p)}).Parting(); ok && reason == model.ReasonNoAnswer {
			if q.r.IntN(2) == 0 {
				q.do(p, model.OnceMore{})
			} else {
				q.do(p, model.Retire{Reason: reason})
			}
			continue
		}
		q.write(p)
	}
}

// write sends what the queue asks for, and lets the prospect do something about it.
func (q *quarter) write(p *person) {
	f := p.d.Contact.FollowUp
	a := model.Approval{Single: true, Draft: model.Draft{Contact: p.d.Contact.ID, To: []model.Address{{Addr: p.d.Contact.Email()}},
		Subject: "Rota", Body: "Shall we talk on Thursday?", BasedOn: f.AnswerID}}
	o, outcome, err := q.b.Dispatch(p.d, a, model.Envelope{MessageID: fmt.Sprintf("out.%d.%d", p.d.Contact.ID, p.ids)}, q.now)
	if err != nil {
		q.fail(p, "the queue asks for a mail that the gate refuses: %v", err)
	}
	q.mayWrite(p)
	q.apply(p, outcome)
	q.apply(p, q.b.Left(p.d, o, q.now, q.now, "rota"))
	if f.Next.Kind == model.TouchStep && f.Enrolment.Sequence == "sales" && !p.moved {
		q.steps++
	}
	p.attempts = append(p.attempts, q.now)
	p.lastMail = q.now
	q.written(p, f)
	in := func(days float64, mail func(*model.Inbound)) {
		p.coming = append(p.coming, coming{q.now.Add(time.Duration(days * 24 * float64(time.Hour))), func(in *model.Inbound) {
			in.InReplyTo = o.MessageID
			mail(in)
		}})
	}
	switch chance := q.r.IntN(100); {
	case chance < 10:
		in(q.r.Float64()*4, func(in *model.Inbound) { in.Verdict.AsksQuestion = true })
	case chance < 16:
		in(q.r.Float64()*6, func(*model.Inbound) {})
	case chance < 22:
		in(0.01, func(in *model.Inbound) {
			in.Verdict.Kind, in.Verdict.ReturnDate = signal.AutoReply, in.At.AddDate(0, 0, 3+q.r.IntN(20))
		})
	case chance < 25:
		in(0.01, func(in *model.Inbound) {
			in.Verdict = signal.Verdict{Kind: signal.Bounce, Severity: signal.Dead, Recipients: p.d.Contact.Emails}
			p.saidNo = true
		})
	case chance < 26:
		in(0.01, func(in *model.Inbound) { in.Verdict = signal.Verdict{Kind: signal.Bounce, Severity: signal.Later} })
	case chance < 28:
		in(q.r.Float64()*3, func(in *model.Inbound) { in.Verdict.Kind, p.saidNo = signal.OptOut, true })
	case chance < 32:
		in(q.r.Float64()*3, func(in *model.Inbound) { in.Verdict.Refusal, p.saidNo = true, true })
	case chance < 35:
		in(q.r.Float64()*3, func(in *model.Inbound) { in.Verdict.NotNow = true })
	}
}
