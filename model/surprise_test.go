package model_test

import (
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/schedule"
	"stoke/model/sequence"
	"stoke/model/signal"
)

func TestAnAutoReplyNeverWakesALongerSnoozeNorSortsAStranger(t *testing.T) {
	away := func(in *model.Inbound) {
		in.Verdict = signal.Verdict{Kind: signal.AutoReply, Text: "Away until Wednesday.", ReturnDate: monday.AddDate(0, 0, 2)}
	}
	s := newStory(t)
	until := monday.AddDate(0, 1, 0)
	s.do(model.SnoozeTo{Until: until})
	s.writes("", away)
	if got := s.d.Contact.FollowUp.Snooze.Until; !got.Equal(until) {
		t.Errorf("snoozed for a month, and an auto-reply ends it on %s", got)
	}

	s = newStory(t)
	s.d.Contact.FollowUp.Sorted = false
	s.writes("", away)
	if f := s.d.Contact.FollowUp; f.Sorted || !f.Snooze.Until.IsZero() || f.Last.Kind != model.AutoReply {
		t.Errorf("a contact that nobody sorted is %+v after an auto-reply", f)
	}
}

func TestTheRepsOwnAutoReplyIsNoTouch(t *testing.T) {
	s := newStory(t)
	s.writes("When can you call?", func(in *model.Inbound) { in.Verdict.AsksQuestion = true })
	s.later(time.Minute)
	s.writes("I am away.", func(in *model.Inbound) { in.Own, in.Verdict.Kind = true, signal.AutoReply })
	if f := s.d.Contact.FollowUp; f.Next.Kind != model.TouchReply || f.Attempts != 0 {
		t.Errorf("the rep's out-of-office mail answered the contact: %+v", f.Next)
	}
}

func TestACallDoesNotHideTheReplyThatWasSyncedAfterIt(t *testing.T) {
	s := newStory(t)
	wrote := s.now
	s.later(time.Hour)
	s.do(model.Log{Kind: model.Voicemail}) // on the train, without a network
	s.later(time.Minute)
	o := s.writes("Yes, let us go ahead.", func(in *model.Inbound) { in.At = wrote })
	if f := s.d.Contact.FollowUp; f.Next.Kind != model.TouchReply || o.Cancel == "" {
		t.Errorf("a reply that nobody has read waits for nobody: %+v", f.Next)
	}
}

func TestAttemptsCountInTheOrderOfTime(t *testing.T) {
	s := newStory(t)
	wrote := s.now
	s.later(dayLong)
	s.sends()
	s.later(time.Hour)
	s.writes("An old mail, found late.", func(in *model.Inbound) { in.At = wrote })
	if f := s.d.Contact.FollowUp; f.Attempts != 1 {
		t.Errorf("%d attempts since an answer that is older than the attempt", f.Attempts)
	}
}

func TestAPromiseIsForTodayWhereTheRepIs(t *testing.T) {
	auckland := must(time.LoadLocation("Pacific/Auckland"))
	at := time.Date(2026, 11, 27, 8, 30, 0, 0, auckland)
	row := model.Row{Place: model.Place{View: model.ViewQueue, Kind: model.TouchPromise}}
	row.Contact.FollowUp.Promise = model.Promise{At: at.UTC()}
	if why := row.Why(at.Add(7 * time.Hour)); !strings.HasPrefix(why, "promised for today") {
		t.Errorf("on the afternoon of the day: %q", why)
	}
}

func TestWritingToARetiredContactBringsThemBack(t *testing.T) {
	s := newStory(t)
	s.do(model.Retire{Reason: model.ReasonNoFit})
	s.later(dayLong)
	mail, outcome, err := s.b.Dispatch(s.d, s.approval(), model.Envelope{MessageID: "out"}, s.now)
	if err != nil {
		t.Fatal(err)
	}
	s.apply(outcome)
	if why := mail.Stop(s.d, s.now); why != "" {
		t.Errorf("the rep approved it, and it is stopped: %s", why)
	}
	if f := s.d.Contact.FollowUp; !f.Live(s.now) || f.Next.Kind == "" {
		t.Errorf("after the mail: %+v", f)
	}
}

func TestAMailThatWaitedTooLongIsTheRepsAgain(t *testing.T) {
	r := model.DefaultRules()
	o := model.Outgoing{State: model.Queued, Approved: monday, SendAfter: monday.AddDate(0, 0, 3)}
	if o.Stale(o.SendAfter.Add(time.Hour), r) {
		t.Error("a planned mail is stale an hour after its time")
	}
	late := o.SendAfter.Add(25 * time.Hour)
	if !o.Stale(late, r) {
		t.Fatal("a day after its time it would still leave")
	}
	failed, err := o.After(model.Result{Turn: model.TurnStale}, late, r)
	if err != nil || failed.State != model.Failed || failed.Settled.IsZero() {
		t.Fatalf("%+v, %v", failed, err)
	}
	again, err := failed.After(model.Result{Turn: model.TurnAgain}, late, r)
	if err != nil || again.Stale(late.Add(time.Hour), r) {
		t.Errorf("the rep's new word does not count: %+v, %v", again, err)
	}
}

func TestAReportIsBelievedOnlyAboutAMailOfOurs(t *testing.T) {
	for name, tc := range map[string]struct {
		verdict  signal.Verdict
		at       time.Duration // after our mail; 0: we never wrote
		quotes   bool
		believed bool
	}{
		"a complaint about nothing":             {verdict: signal.Verdict{Kind: signal.Complaint}},
		"a complaint soon after a mail":         {verdict: signal.Verdict{Kind: signal.Complaint}, at: time.Hour, believed: true},
		"a bounce about nothing":                {verdict: signal.Verdict{Kind: signal.Bounce, Severity: signal.Dead}},
		"a bounce that names a mail of ours":    {verdict: signal.Verdict{Kind: signal.Bounce, Severity: signal.Dead}, quotes: true, believed: true},
		"a bounce that names the contact's own": {verdict: signal.Verdict{Kind: signal.Bounce, Severity: signal.Dead, OriginalMessageID: "theirs"}},
		"a bounce by a clock that is behind":    {verdict: signal.Verdict{Kind: signal.Bounce, Severity: signal.Dead}, at: -time.Minute, believed: true},
		"a bounce a month later":                {verdict: signal.Verdict{Kind: signal.Bounce, Severity: signal.Dead}, at: 30 * dayLong},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStory(t)
			if tc.at != 0 {
				s.sends()
			} else {
				s.writes("Hello.", func(in *model.Inbound) { in.MessageID = "theirs" })
			}
			before := s.d.Contact.FollowUp
			s.later(tc.at)
			tc.verdict.Recipients = []string{"dana@northwind.example"}
			o := s.writes("", func(in *model.Inbound) { in.MessageID, in.Quotes, in.Verdict = "report", tc.quotes, tc.verdict })
			if o.Ignored == tc.believed || !tc.believed && (o.FollowUp != before || len(o.Suppress)+len(o.Add) > 0) {
				t.Errorf("%+v", o)
			}
		})
	}
}

// Snoozed for a month, then only until Thursday: the second word counts.
func TestAShorterSnoozeBringsTheContactBackSooner(t *testing.T) {
	s := newStory(t)
	s.do(model.Enrol{Sequence: "sales"})
	s.do(model.SnoozeTo{Until: monday.AddDate(0, 1, 0)})
	s.do(model.SnoozeTo{Until: monday.AddDate(0, 0, 3)})
	s.now = monday.AddDate(0, 0, 3)
	s.stands(model.ViewQueue, model.GroupCold, "attempt 1 of 3")
}

// What is planned in the evening is due on its day, not a day later.
func TestAPlanMadeInTheEveningIsDueOnItsDay(t *testing.T) {
	s := newStory(t)
	s.later(10 * time.Hour) // 19:00
	s.do(model.Enrol{Sequence: "sales"})
	s.now = at("2026-11-24 09:00")
	if p := s.place(); !p.DueAt.Equal(at("2026-11-24 17:00")) {
		t.Errorf("a step of Tuesday is due %s", p.DueAt.In(berlin))
	}
	s.now = at("2026-11-24 20:00")
	s.sends()
	s.now = at("2026-11-27 09:00")
	if p := s.place(); p.View != model.ViewQueue || !p.DueAt.Equal(at("2026-11-27 17:00")) {
		t.Errorf("the second step stands in %s, due %s", p.View, p.DueAt.In(berlin))
	}
}

// A step that goes by itself goes soon after its contact was woken, not at the end of the snooze.
func TestWhoIsWokenGetsTheMailThatGoesByItself(t *testing.T) {
	s := newStory(t)
	s.sequenced(sequence.Step{Wait: 1, Channel: "mail"})
	s.do(model.Enrol{Sequence: "auto"})
	s.do(model.SnoozeTo{Until: monday.AddDate(0, 1, 0)})
	s.do(model.Revive{})
	if next := s.d.Contact.FollowUp.Next; !next.GoesAt.Equal(at("2026-11-23 09:30")) {
		t.Errorf("goes at %s, due %s", next.GoesAt.In(berlin), next.DueAt.In(berlin))
	}
}

// A mail in the afternoon of a day with a touch ends a snooze. Its day stays that of the next step, but for a free one; so does
// that of an absence.
func TestASnoozeThatASendEndsLeavesNoFreeDayBehind(t *testing.T) {
	s := newStory(t)
	s.do(model.Enrol{Sequence: "sales"})
	s.later(dayLong)
	s.do(model.Log{Kind: model.NoAnswer})
	s.do(model.SnoozeTo{Until: at("2026-12-26 08:30")}) // a Saturday
	s.later(time.Hour)
	s.sends()
	if next := s.d.Contact.FollowUp.Next; next.Step != 2 || !next.ReadyAt.Equal(at("2026-12-28 08:30")) {
		t.Errorf("next is step %d on %s", next.Step, next.ReadyAt.In(berlin))
	}
	s = newStory(t)
	s.do(model.Enrol{Sequence: "sales"})
	s.later(dayLong)
	s.do(model.Log{Kind: model.NoAnswer})
	s.writes("Away", func(in *model.Inbound) {
		in.Verdict.Kind, in.Verdict.ReturnDate = signal.AutoReply, at("2026-12-14 00:00")
	})
	s.later(time.Hour)
	s.sends()
	if next := s.d.Contact.FollowUp.Next; next.Step != 2 || !next.ReadyAt.Equal(at("2026-12-15 08:30")) {
		t.Errorf("of somebody away until 14 December the next is step %d on %s", next.Step, next.ReadyAt.In(berlin))
	}
	s = newStory(t)
	s.now = at("2026-11-26 09:00")
	s.do(model.SnoozeTo{UntilReply: true})
	if until := s.d.Contact.FollowUp.Snooze.Until; !until.Equal(at("2026-12-25 08:30")) { // a Friday, and no holiday in this calendar
		t.Errorf("until they reply is until %s", until.In(berlin))
	}
	s = newStory(t)
	s.resting(schedule.Settings{Away: days("2026-11-24", "2026-12-31")})
	s.do(model.SnoozeTo{UntilReply: true})
	if until := s.d.Contact.FollowUp.Snooze.Until; !until.Equal(at("2026-12-23 08:30")) {
		t.Errorf("before a long absence until they reply is until %s", until.In(berlin))
	}
}
