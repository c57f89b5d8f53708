package model_test

import (
	"strings"
	"time"

	"stoke/model"
)

// Nurtures, LastNurture and Openers implement model.Planned: the quarter knows everybody.
func (q *quarter) Nurtures(day time.Time, besides int64, enough int) (n int) {
	for _, p := range q.people {
		t := p.d.Contact.FollowUp.Next
		if t.Kind == model.TouchNurture && p.d.Contact.ID != besides && !t.ReadyAt.Before(day) && t.ReadyAt.Before(day.AddDate(0, 0, 1)) && n < enough {
			n++
		}
	}
	return n
}

// Openers counts first steps.
func (q *quarter) Openers(day time.Time, enough int) (n int) {
	for _, p := range q.people {
		f := p.d.Contact.FollowUp
		if f.Next.Kind == model.TouchStep && f.Enrolment.Done == 0 && !f.Next.ReadyAt.Before(day) && f.Next.ReadyAt.Before(day.AddDate(0, 0, 1)) && n < enough {
			n++
		}
	}
	return n
}

// LastNurture is when the last nurture touch becomes ready.
func (q *quarter) LastNurture() (last time.Time) {
	for _, p := range q.people {
		if t := p.d.Contact.FollowUp.Next; t.Kind == model.TouchNurture && t.ReadyAt.After(last) {
			last = t.ReadyAt
		}
	}
	return last
}

// spread checks how a bulk enrolment begins.
func (q *quarter) spread(first []time.Time) {
	each := map[time.Time]int{}
	for _, day := range first {
		if each[day]++; each[day] > 16 || !q.b.Calendar.Workday(day) {
			q.t.Fatalf("seed %d: %d people begin on %s", q.seed, each[day], day)
		}
	}
}

// inquiries lets somebody ask for a demo now and then, at any hour.
func (q *quarter) inquiries() {
	for _, p := range q.people {
		if q.r.IntN(2500) != 0 || p.saidNo {
			continue
		}
		q.do(p, model.Log{Kind: model.Demo})
		p.moved = true
		due := q.b.Calendar.AddWork(q.now, time.Hour)
		if place := q.place(p); place.View != model.ViewQueue || place.Group != model.GroupNow || !place.DueAt.Equal(due) {
			q.fail(p, "asked for a demo and stands in %s/%s, due %s", place.View, place.Group, place.DueAt)
		}
	}
}

// colleagues holds the others at the company of somebody who answered.
func (q *quarter) colleagues(who *person) {
	for _, p := range q.people {
		if p == who || p.d.Contact.Company != who.d.Contact.Company {
			continue
		}
		if o, ok := q.b.ColleagueAnswered(p.d, who.d.Contact.Called(), q.now); ok {
			q.apply(p, o)
			p.heldUntil, p.paused, p.moved = q.b.Calendar.StartOfDay(q.b.Calendar.AddDays(q.now, q.b.Rules.ColleagueDays)), true, true
		}
	}
}

// ticks is the clock: it puts nurture beyond the day's number back, and checks whoever has come up since it was last here.
func (q *quarter) ticks() {
	nurture := 0
	for _, p := range q.people {
		place := q.place(p)
		if place.View == model.ViewQueue && place.Kind == model.TouchNurture {
			if f, back := q.b.PutBack(p.d.Contact, nurture, q.now); back {
				p.d.Contact.FollowUp, place = f, model.PlaceOf(p.d.Contact, q.now, q.b.Rules)
			} else {
				nurture++
			}
		}
		came := place.View == model.ViewQueue && !q.queued[p.d.Contact.ID]
		if q.queued[p.d.Contact.ID] = place.View == model.ViewQueue; came && q.days > 0 && place.Status(q.now) == model.Red && q.b.Calendar.Workday(q.now) {
			q.fail(p, "comes up overdue: %+v", place)
		}
		if place.View == model.ViewQueue && q.row(p).Why(q.now) == "" {
			q.fail(p, "stands in the queue without a reason")
		}
	}
	if nurture > q.b.Rules.NurtureRows {
		q.t.Fatalf("seed %d: %d nurture rows on %s", q.seed, nurture, q.now.Format(time.DateOnly))
	}
}

func (q *quarter) row(p *person) model.Row {
	f := p.d.Contact.FollowUp
	return model.Row{Contact: p.d.Contact, Place: q.place(p), Limit: q.b.Rules.AttemptLimit(f.Warmest), Barred: q.b.Barred(p.d.Contact, "", q.now)}
}

// mayWrite checks what forbids the mail that the rep is about to send.
func (q *quarter) mayWrite(p *person) {
	f, calendar := p.d.Contact.FollowUp, q.b.Calendar
	step := f.Next.Kind == model.TouchStep
	exempt := f.Next.Kind == model.TouchReply || f.Next.Kind == model.TouchInquiry || f.Next.Kind == model.TouchFirst ||
		step && f.Next.Sequence == "post-purchase" && f.Next.Step == 1
	switch {
	case p.saidNo:
		q.fail(p, "is written to after saying no")
	case step && (q.now.Before(p.awayUntil) || q.now.Before(p.heldUntil)):
		q.fail(p, "a step is due while they are away until %s or held until %s", p.awayUntil, p.heldUntil)
	case !p.lastMail.IsZero() && !exempt && q.now.Before(calendar.StartOfDay(calendar.AddDays(p.lastMail, q.b.Rules.MailGapDays))):
		q.fail(p, "is written to twice within two business days, last %s", p.lastMail)
	case exempt || f.Next.Kind != model.TouchStep && f.Next.Kind != model.TouchNext || !f.Promise.At.IsZero():
		return
	}
	limit, recent := q.b.Rules.AttemptLimit(f.Warmest), 1
	from := calendar.StartOfDay(q.now.AddDate(0, 0, -q.b.Rules.AttemptWindow))
	for _, at := range p.attempts {
		if at.After(from) && at.Before(calendar.StartOfDay(q.now)) {
			recent++
		}
	}
	if recent > limit {
		q.fail(p, "attempt %d of %d in three weeks: %s", recent, limit, p.attempts)
	}
	if closing := strings.Contains(q.row(p).Why(q.now), "the closing mail"); closing != (f.Attempts+1 >= limit) && f.Asks == "" {
		q.fail(p, "attempt %d of %d, and the row says %q", f.Attempts+1, limit, q.row(p).Why(q.now))
	}
}

// written checks what a mail leaves behind; before is the state that it was written in.
func (q *quarter) written(p *person, before model.FollowUp) {
	f := p.d.Contact.FollowUp
	if f.Next.Kind != model.TouchNurture {
		return
	}
	if p.d.Contact.Deal.Open() {
		q.fail(p, "an open deal went into nurture by itself")
	}
	if days := f.Next.ReadyAt.Sub(q.now).Hours() / 24; days < 89 || days > 130 {
		q.fail(p, "nurture %.0f days after the last contact", days)
	}
	if before.Enrolment.Sequence == "" || p.paused || len(p.attempts) < 2 {
		return
	}
	days := 0
	for day := p.attempts[0].AddDate(0, 0, 1); !day.After(q.now); day = day.AddDate(0, 0, 1) {
		if q.b.Calendar.Workday(day) {
			days++
		}
	}
	if days > 15 {
		q.fail(p, "%d attempts over %d business days: %s", len(p.attempts), days, p.attempts)
	}
}

// evening checks the rules for everybody.
func (q *quarter) evening() {
	overdue, nurture := 0, map[time.Time]int{}
	for _, p := range q.people {
		place, f := q.place(p), p.d.Contact.FollowUp
		if f.Next.Kind == model.TouchNurture && f.Next.ReadyAt.After(q.now) {
			if day := q.b.Calendar.StartOfDay(f.Next.ReadyAt); nurture[day] >= q.b.Rules.NurtureRows {
				q.fail(p, "is one nurture touch too many on %s", day)
			} else {
				nurture[day]++
			}
		}
		switch {
		case !f.Live(q.now):
			if place.View != model.ViewRetired {
				q.fail(p, "is retired and stands in %s", place.View)
			}
			continue
		case f.Next.Kind == "" && f.Promise.At.IsZero():
			q.fail(p, "has no next touch")
		case place.View != model.ViewQueue && (place.ReadyAt.IsZero() || place.ReadyAt.Sub(q.now) > 130*24*time.Hour):
			q.fail(p, "is forgotten in %s: nothing before %s", place.View, place.ReadyAt)
		}
		if t := f.Next; (t.Kind == model.TouchStep || t.Kind == model.TouchNext || t.Kind == model.TouchNurture) && t.ReadyAt.After(q.now) && !q.b.Calendar.Workday(t.ReadyAt) && !f.Snoozed(q.now) {
			q.fail(p, "the %s is planned for a free day: %s", t.Kind, t.ReadyAt.In(berlin))
		}
		temperature, _ := f.Temperature(p.d.Contact.Deal.Open(), q.now, q.b.Rules)
		if f.Warmest < temperature {
			q.fail(p, "is %s and counts as %s", temperature, f.Warmest)
		}
		if f.Next.Kind == model.TouchStep && f.Next.Sequence != f.Enrolment.Sequence {
			q.fail(p, "is in %q and waits for a step of %q", f.Enrolment.Sequence, f.Next.Sequence)
		}
		if place.Status(q.now) == model.Red && q.b.Calendar.Workday(q.now) {
			overdue++
		}
	}
	if q.steps > q.b.Rules.PaceDay {
		q.t.Fatalf("seed %d: %d sequence mails on %s", q.seed, q.steps, q.now.Format(time.DateOnly))
	}
	if overdue > len(q.people)/10+3 {
		q.t.Fatalf("seed %d: a wall of %d overdue on %s", q.seed, overdue, q.now.Format(time.DateOnly))
	}
}
