package model_test

import (
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/signal"
	"stoke/model/template"
)

// "A colleague replied (same company domain, free-mail domains exempt): hold the others 5 business days and ask."
func TestAColleaguesAnswerHoldsTheSequence(t *testing.T) {
	s := newStory(t)
	s.do(model.Enrol{Sequence: "sales"})
	o, ok := s.b.ColleagueAnswered(s.d, "Tom", s.now)
	if !ok || o.Cancel == "" {
		t.Fatalf("ok=%v %+v", ok, o)
	}
	s.apply(o)
	f := s.d.Contact.FollowUp
	if want := s.b.Calendar.AddDays(s.b.Calendar.StartOfDay(s.now), 5); !f.Next.ReadyAt.Equal(want) {
		t.Errorf("held until %s, want %s", f.Next.ReadyAt, want)
	}
	s.now = f.Next.ReadyAt.In(berlin).Add(9 * time.Hour)
	s.stands(model.ViewQueue, model.GroupCold, "Tom at the same company answered on 23 Nov: go on with Dana?")
	s.sends()
	if s.d.Contact.FollowUp.Asks != "" {
		t.Error("the question stays after it was answered by going on")
	}
	free := newStory(t)
	free.do(model.Log{Kind: model.Call})
	if _, ok := free.b.ColleagueAnswered(free.d, "Tom", free.now); ok {
		t.Error("held a contact that is in no sequence")
	}
	if model.CompanyDomain("a@gmail.com") != "" || model.CompanyDomain("a@firm.example") != "firm.example" {
		t.Error("free mail is taken for a company, or a company for free mail")
	}
}

// "3 soft ones in 14 days hold it."
func TestThreeSoftBouncesHoldTheContact(t *testing.T) {
	s := newStory(t)
	s.do(model.Enrol{Sequence: "sales"})
	s.sends()
	soft := func() {
		s.later(dayLong)
		s.writes("", func(in *model.Inbound) { in.Verdict = signal.Verdict{Kind: signal.Bounce, Severity: signal.Later} })
	}
	soft()
	s.now = at("2026-11-26 09:00")
	s.stands(model.ViewQueue, model.GroupCold, "attempt 2 of 3") // a delay is no reason to look for another address
	s.now = at("2026-11-24 09:00")
	soft()
	if s.d.Contact.FollowUp.Enrolment.Sequence == "" {
		t.Fatal("two soft bounces ended the sequence")
	}
	soft()
	if f := s.d.Contact.FollowUp; f.Enrolment.Sequence != "" || !strings.Contains(f.Asks, "3 mails could not be delivered") {
		t.Errorf("after three: %+v", f)
	}
}

// "After … a second "not now" …, the queue itself proposes retirement."
func TestASecondNotNowProposesRetirement(t *testing.T) {
	s := newStory(t)
	notNow := func(in *model.Inbound) { in.Verdict.NotNow = true }
	s.writes("Not now", notNow)
	s.stands(model.ViewQueue, model.GroupNow, "")
	s.sends()
	s.later(30 * dayLong)
	s.writes("Still not now", notNow)
	s.stands(model.ViewQueue, model.GroupCold-model.Group(s.row().Temperature), "said not now for the second time: know when to move on")
}

// "re-engagement: 30 quiet days without a next touch: now, 3 attempts."
func TestKeepingSomebodyQuietBeginsTheReEngagement(t *testing.T) {
	s := newStory(t)
	s.d.Contact.FollowUp.Sorted = false
	s.writes("", func(in *model.Inbound) { in.Own, in.At = true, monday.AddDate(0, 0, -45) })
	s.do(model.Keep{})
	f := s.d.Contact.FollowUp
	if f.Enrolment.Sequence != "re-engagement" || f.Next.Step != 1 || f.Next.Of != 3 {
		t.Errorf("kept: %+v %+v", f.Enrolment, f.Next)
	}
	s.stands(model.ViewQueue, model.GroupCold, "")
}

// The attempts of one season do not count against the next: the limit holds inside 21 calendar days.
func TestOldAttemptsDoNotForbidAMailToSomebodyRevived(t *testing.T) {
	s := newStory(t)
	s.do(model.Enrol{Sequence: "sales"})
	for s.d.Contact.FollowUp.Next.Kind == model.TouchStep {
		s.now = s.d.Contact.FollowUp.Next.ReadyAt.In(berlin).Add(10 * time.Hour)
		s.sends()
	}
	s.do(model.Retire{Reason: model.ReasonNoFit})
	s.do(model.Revive{})
	if err := s.b.Gate(s.d, s.approval(), s.now); model.CodeOf(err) != model.GateTouchLimit {
		t.Errorf("a fourth mail in the same weeks: %v", err)
	}
	s.later(30 * dayLong)
	if err := s.b.Gate(s.d, s.approval(), s.now); err != nil {
		t.Errorf("a month later: %v", err)
	}
}

func TestAPurchaseBringsARetiredContactBack(t *testing.T) {
	s := newStory(t)
	s.do(model.Log{Kind: model.Call})
	s.do(model.Retire{Reason: model.ReasonNoFit})
	s.do(model.Log{Kind: model.Purchase})
	if !s.d.Contact.FollowUp.Live(s.now) {
		t.Error("a customer is retired")
	}
}

// What a new rep ran into: nobody was reached, so who waits goes on waiting; a promised call is kept by the call; an
// enrolment never hides somebody who waits for an answer; "not now" is answered as such.
func TestWhoWaitsIsNotHidden(t *testing.T) {
	s := newStory(t)
	s.do(model.Log{Kind: model.Pricing})
	s.do(model.Log{Kind: model.NoAnswer})
	s.stands(model.ViewQueue, model.GroupNow, "")
	if _, err := (model.Enrol{Sequence: "sales"}).Decide(s.b, s.d, s.now); model.CodeOf(err) != model.Conflict {
		t.Errorf("enrolling somebody whose inquiry waits: %v", err)
	}

	s = newStory(t)
	s.do(model.PromiseFor{At: monday.Add(2 * time.Hour), Words: "call"})
	s.stands(model.ViewQueue, model.GroupNow, `promised for today: "call"`)
	s.do(model.Log{Kind: model.Call})
	if f := s.d.Contact.FollowUp; !f.Promise.At.IsZero() || f.Next.Kind != model.TouchNext {
		t.Errorf("the call did not keep the promise: %+v %+v", f.Promise, f.Next)
	}

	s = newStory(t)
	s.b.Templates = must(template.Starter())
	s.writes("Not now, write to me in February.\n\nMateo", func(in *model.Inbound) { in.Verdict.NotNow, in.Verdict.NamesTime = true, true })
	draft, err := s.b.Compose(s.d, "", s.now)
	if err != nil || draft.Template != "Not now" || strings.Contains(draft.Body, "Mateo") {
		t.Errorf("answered with %q (%v):\n%s", draft.Template, err, draft.Body)
	}
}

// A machine that answers after a refusal takes it back as little as it is one: who said no is not hidden, and not written to.
func TestAnAutoReplyHidesNoRefusal(t *testing.T) {
	for kind, reason := range map[string]model.Reason{"refusal": model.ReasonNoFit, "opt-out": model.ReasonOptOut} {
		s := newStory(t)
		s.do(model.Enrol{Sequence: "sales"})
		s.later(dayLong)
		s.sends()
		s.later(time.Hour)
		s.writes("No, thank you.", func(in *model.Inbound) {
			if in.Verdict.Refusal = true; kind == "opt-out" {
				in.Verdict.Kind = signal.OptOut
			}
		})
		s.later(time.Minute)
		s.writes("Away until Friday", func(in *model.Inbound) {
			in.Verdict.Kind, in.Verdict.ReturnDate = signal.AutoReply, s.now.AddDate(0, 0, 3)
		})
		if got, ok := s.row().Parting(); !ok || got != reason {
			t.Errorf("after a %s and an auto-reply the queue proposes %q: %+v", kind, got, s.d.Contact.FollowUp)
		}
	}
}

// What the rep decided after a refusal is a plan like others: an absence moves it.
func TestAnAbsenceMovesWhatWasPlannedAfterARefusal(t *testing.T) {
	s := newStory(t)
	s.writes("No, thank you.", func(in *model.Inbound) { in.Verdict.Refusal = true })
	s.do(model.Enrol{Sequence: "re-engagement", At: at("2026-11-27 08:30")})
	s.later(time.Hour)
	s.writes("Away", func(in *model.Inbound) {
		in.Verdict.Kind, in.Verdict.ReturnDate = signal.AutoReply, at("2026-12-14 00:00")
	})
	if next := s.d.Contact.FollowUp.Next; next.ReadyAt.Before(at("2026-12-15 00:00")) {
		t.Errorf("the step is planned for %s", next.ReadyAt.In(berlin))
	}
}

// A refusal of a mail is not said any more once the address turns out to be dead, nor of a mail before the last.
func TestARefusalByPolicyIsSaidOfTheLastMailOnly(t *testing.T) {
	bounces := func(s *story, severity signal.Severity, change ...func(*model.Inbound)) {
		s.writes("", append(change, func(in *model.Inbound) {
			in.Quotes, in.Verdict = true, signal.Verdict{Kind: signal.Bounce, Severity: severity, Recipients: s.d.Contact.Emails}
		})...)
	}
	s := newStory(t)
	s.sends()
	s.later(time.Hour)
	bounces(s, signal.Refused)
	s.later(time.Hour)
	bounces(s, signal.Dead)
	s.stands(model.ViewQueue, model.GroupCold, "your mail bounced: find another address or retire")
	if reason, ok := s.row().Parting(); !ok || reason != model.ReasonLeft {
		t.Errorf("the queue proposes %q", reason)
	}
	s = newStory(t)
	s.sends()
	s.later(4 * dayLong)
	s.sends()
	bounces(s, signal.Refused, func(in *model.Inbound) { in.At = s.now.Add(-3 * dayLong) })
	if asks := s.d.Contact.FollowUp.Asks; asks != "" {
		t.Errorf("of an older mail the row says %q", asks)
	}
}

// A report may be older than its mail by the clock of another machine.
func TestAReportIsNeverOlderThanItsMail(t *testing.T) {
	for severity, asks := range map[signal.Severity]string{signal.Dead: "", signal.Refused: "their server refused"} {
		s := newStory(t)
		s.sends()
		s.writes("", func(in *model.Inbound) {
			in.At = s.now.Add(-3 * time.Second)
			in.Quotes, in.Verdict = true, signal.Verdict{Kind: signal.Bounce, Severity: severity, Recipients: s.d.Contact.Emails}
		})
		f := s.d.Contact.FollowUp
		if f.Last.Kind != model.Bounce || !strings.HasPrefix(f.Asks, asks) || f.Asks == "" != (asks == "") {
			t.Errorf("%s: last is %s, and it asks %q", severity, f.Last.Kind, f.Asks)
		}
	}
}
