package model_test

import (
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/signal"
)

func TestAnInquiryIsDueWithinTheHourAndSaysSo(t *testing.T) {
	s := newStory(t)
	s.do(model.Log{Kind: model.Demo})
	s.stands(model.ViewQueue, model.GroupNow, "asked for a demo just now · 60 min left of the first hour")
	if st := s.place().Status(s.now); st != model.OK {
		t.Errorf("fresh inquiry is %s", st)
	}
	s.later(38 * time.Minute)
	s.stands(model.ViewQueue, model.GroupNow, "asked for a demo 38 min ago · 22 min left of the first hour")
	if st := s.place().Status(s.now); st != model.Amber {
		t.Errorf("inquiry after 38 minutes is %s", st)
	}
	s.later(30 * time.Minute)
	s.stands(model.ViewQueue, model.GroupNow, "asked for a demo 1 h ago · the first hour is over")
	if st := s.place().Status(s.now); st != model.Red {
		t.Errorf("inquiry after its hour is %s", st)
	}
}

func TestADemoRequestAndAnEbookOfSixMonthsAgoAreTreatedDifferently(t *testing.T) {
	demo, ebook := newStory(t), newStory(t)
	demo.do(model.Log{Kind: model.Demo})
	ebook.do(model.Log{Kind: model.Download, At: monday.AddDate(0, -6, 0)})
	if d, e := demo.row().Temperature, ebook.row().Temperature; d != model.Hot || e != model.Cold {
		t.Errorf("demo is %s, ebook is %s", d, e)
	}
	if d, e := demo.place(), ebook.place(); d.View != model.ViewQueue || d.Group != model.GroupNow || e.View == model.ViewQueue && e.Group == model.GroupNow {
		t.Errorf("demo stands in %s/%s, ebook in %s/%s", d.View, d.Group, e.View, e.Group)
	}
}

func TestAReplyStopsTheSequenceAndWaitsForTheRep(t *testing.T) {
	s := newStory(t)
	s.do(model.Enrol{Sequence: "sales"})
	s.later(dayLong)
	s.writes("Can you do 40 seats?", func(in *model.Inbound) { in.Verdict.AsksQuestion = true })
	f := s.d.Contact.FollowUp
	if f.Enrolment.Sequence != "" || f.Next.Kind != model.TouchReply || !f.Unread {
		t.Errorf("after a reply: %+v", f)
	}
	s.later(2 * time.Hour)
	s.stands(model.ViewQueue, model.GroupNow, "replied 2 h ago with a question or a time")
	if points := f.Heat.Points(s.now, s.b.Rules); points < 54 || points > 55 {
		t.Errorf("a reply with a question is worth 55, it is %.1f", points)
	}
	s.sends()
	s.stands(model.ViewWaiting, 0, "")
	if f := s.d.Contact.FollowUp; f.Next.Kind != model.TouchNext || f.Attempts != 1 {
		t.Errorf("after the answer: %+v", f.Next)
	}
}

func TestSalesRunsFourAttemptsForAWarmContactThenNurture(t *testing.T) {
	s := newStory(t)
	s.d.Contact.FollowUp.Pin = model.Pin{Temperature: model.Warm, Until: monday.AddDate(0, 0, 60)}
	s.do(model.Enrol{Sequence: "sales"})
	attempts := 0
	start := s.now
	for s.d.Contact.FollowUp.Next.Kind == model.TouchStep {
		s.now = s.d.Contact.FollowUp.Next.ReadyAt.In(berlin).Add(10 * time.Hour)
		if !s.b.Calendar.Workday(s.now) {
			t.Fatalf("attempt %d is planned for %s", attempts+1, s.now)
		}
		s.sends()
		if attempts++; attempts > 10 {
			t.Fatal("the sequence never ends")
		}
	}
	if attempts != 4 {
		t.Errorf("%d attempts for a warm contact, want 4", attempts)
	}
	if span := s.now.Sub(start); span > 21*dayLong {
		t.Errorf("the attempts took %s", span)
	}
	if k := s.d.Contact.FollowUp.Next.Kind; k != model.TouchNurture {
		t.Errorf("then comes %q", k)
	}
	s.stands(model.ViewNurture, 0, "")
}

func TestASnoozeHidesAndAReplyWakes(t *testing.T) {
	s := newStory(t)
	s.do(model.Log{Kind: model.Call})
	s.do(model.SnoozeTo{Until: monday.AddDate(0, 0, 7)})
	s.stands(model.ViewSnoozed, 0, "snoozed until Mon 30 Nov 09:00")
	if p := s.place(); !p.ChangesAt.Equal(monday.AddDate(0, 0, 7)) {
		t.Errorf("the place changes at %s", p.ChangesAt)
	}
	s.later(2 * dayLong)
	s.writes("Here is what we need.")
	s.stands(model.ViewQueue, model.GroupNow, "replied just now, waits for you")
}

func TestASnoozeThatEndsIsNotOverdue(t *testing.T) {
	s := newStory(t)
	s.do(model.Log{Kind: model.Call})
	s.do(model.SnoozeTo{Until: monday.AddDate(0, 0, 7)})
	s.now = monday.AddDate(0, 0, 7)
	if p := s.place(); p.View != model.ViewQueue || p.Status(s.now) != model.OK {
		t.Errorf("woken: %+v is %s", p, p.Status(s.now))
	}
}

func TestARefusalIsNotWrittenToAgainBySequenceAndAnOptOutNever(t *testing.T) {
	s := newStory(t)
	s.do(model.Enrol{Sequence: "sales"})
	s.writes("No thanks.", func(in *model.Inbound) { in.Verdict.Refusal = true })
	if f := s.d.Contact.FollowUp; f.Enrolment.Sequence != "" {
		t.Errorf("still enrolled: %+v", f.Enrolment)
	}
	s.stands(model.ViewQueue, model.GroupCold-model.Group(s.row().Temperature), "said no: know when to move on")
	s.later(time.Hour)
	s.writes("Unsubscribe", func(in *model.Inbound) { in.Verdict.Kind = signal.OptOut })
	_, _, err := s.b.Dispatch(s.d, model.Approval{Draft: s.approval().Draft, Force: true}, model.Envelope{}, s.now)
	if model.CodeOf(err) != model.GateSuppressed {
		t.Errorf("a forced mail to someone who opted out: %v", err)
	}
}

func TestOutOfOfficeSnoozesUntilTheDayAfterTheReturn(t *testing.T) {
	s := newStory(t)
	s.do(model.Enrol{Sequence: "sales"})
	back := time.Date(2026, 12, 3, 0, 0, 0, 0, berlin) // a Thursday
	s.writes("I am away until 3 December", func(in *model.Inbound) {
		in.Verdict.Kind, in.Verdict.ReturnDate = signal.AutoReply, back
	})
	f := s.d.Contact.FollowUp
	if f.Enrolment.Sequence == "" {
		t.Error("an out-of-office ended the sequence")
	}
	if want := time.Date(2026, 12, 4, 8, 30, 0, 0, berlin); !f.Snooze.Until.Equal(want) {
		t.Errorf("snoozed until %s, want %s", f.Snooze.Until, want)
	}
	if f.AnswerID != 0 || f.Attempts != 0 {
		t.Errorf("an out-of-office counted as an answer: %+v", f)
	}
}

func TestABounceSuppressesADeadAddressOnly(t *testing.T) {
	for severity, want := range map[signal.Severity]int{signal.Dead: 1, signal.Refused: 0, signal.Later: 0} {
		s := newStory(t)
		o := s.writes("", func(in *model.Inbound) {
			in.Quotes, in.Verdict = true, signal.Verdict{Kind: signal.Bounce, Severity: severity, Recipients: []string{"Dana@northwind.example", "stranger@x.example"}}
		})
		if len(o.Suppress) != want {
			t.Errorf("%s: suppressed %v", severity, o.Suppress)
		}
	}
}

func TestAPromiseSurvivesMailAndIsKeptByAMailOnItsDay(t *testing.T) {
	s := newStory(t)
	s.do(model.PromiseFor{At: time.Date(2026, 11, 26, 14, 0, 0, 0, berlin), Words: "call Tuesday's people"})
	s.stands(model.ViewWaiting, 0, `promised for Thu 26 Nov 14:00: "call Tuesday's people"`)
	s.later(dayLong)
	s.writes("One more thing")
	s.stands(model.ViewQueue, model.GroupNow, "replied just now, waits for you")
	s.sends()
	if f := s.d.Contact.FollowUp; f.Promise.At.IsZero() || f.Next.Kind != "" {
		t.Errorf("the promise did not survive: %+v %+v", f.Promise, f.Next)
	}
	s.now = time.Date(2026, 11, 26, 9, 0, 0, 0, berlin)
	s.stands(model.ViewQueue, model.GroupNow, `promised for today: "call Tuesday's people"`)
	s.do(model.HandledWithout{})
	if f := s.d.Contact.FollowUp; !f.Promise.At.IsZero() || f.Next.Kind == "" {
		t.Errorf("the promise was not kept: %+v %+v", f.Promise, f.Next)
	}
}

func TestAReplyEndsARetirement(t *testing.T) {
	s := newStory(t)
	s.do(model.Log{Kind: model.Call})
	s.do(model.Retire{Reason: model.ReasonNoFit})
	s.stands(model.ViewRetired, 0, "retired: not a fit")
	s.later(dayLong)
	s.writes("We changed our mind")
	s.stands(model.ViewQueue, model.GroupNow, "")
	s.do(model.Retire{Reason: model.ReasonNoFit})
	s.later(time.Hour)
	s.writes("And again")
	s.stands(model.ViewQueue, model.GroupNow, "")
}

func TestRetirementWithADateComesBackAsNurture(t *testing.T) {
	s := newStory(t)
	s.do(model.Log{Kind: model.NoAnswer})
	s.do(model.Retire{Reason: model.ReasonNoAnswer})
	p := s.place()
	if p.View != model.ViewRetired || p.ChangesAt.IsZero() {
		t.Fatalf("retired: %+v", p)
	}
	s.now = p.ChangesAt.In(berlin)
	s.stands(model.ViewQueue, model.GroupCold, "nurture, every quarter")
}

func TestMailTheRepSentFromAPhoneCountsAsTheStep(t *testing.T) {
	s := newStory(t)
	s.do(model.Enrol{Sequence: "sales"})
	s.later(2 * dayLong)
	s.writes("", func(in *model.Inbound) { in.Own = true })
	f := s.d.Contact.FollowUp
	if f.Enrolment.Done != 1 || f.Next.Step != 2 || f.Attempts != 1 {
		t.Errorf("after a mail from the phone: %+v %+v attempts %d", f.Enrolment, f.Next, f.Attempts)
	}
}

func TestOldMailFoundAtTheFirstSyncRaisesNoAlarm(t *testing.T) {
	s := newStory(t)
	s.writes("", func(in *model.Inbound) { in.Own, in.At = true, monday.Add(-2*dayLong) })
	s.writes("long ago", func(in *model.Inbound) { in.At = monday.Add(-30 * dayLong) })
	if f := s.d.Contact.FollowUp; f.Next.Kind == model.TouchReply || f.Unread {
		t.Errorf("old mail waits for an answer: %+v", f.Next)
	}
}

// An old mailbox is read newest first: what waits for the rep is the newest word, whatever comes to light after it.
func TestAnOlderMailFoundLaterTakesNothingBack(t *testing.T) {
	s := newStory(t)
	s.writes("no thanks", func(in *model.Inbound) { in.Verdict.Refusal, in.At = true, monday.Add(-dayLong) })
	last := s.d.Contact.FollowUp
	s.writes("can you do 40 seats?", func(in *model.Inbound) { in.Verdict.AsksQuestion, in.At = true, monday.Add(-3*dayLong) })
	s.writes("", func(in *model.Inbound) {
		in.Verdict.Kind, in.Verdict.Severity, in.Quotes, in.At = signal.Bounce, signal.Refused, true, monday.Add(-4*dayLong)
	})
	if f := s.d.Contact.FollowUp; f.Next != last.Next || f.Last != last.Last || f.Asks != last.Asks {
		t.Errorf("the refusal of yesterday gave way to older mail: %+v", f.Next)
	}
}

func TestTheGatesNameTheirCode(t *testing.T) {
	s := newStory(t)
	s.do(model.Log{Kind: model.Call})
	check := func(what string, want model.Code, a model.Approval) {
		t.Helper()
		_, _, err := s.b.Dispatch(s.d, a, model.Envelope{}, s.now)
		if model.CodeOf(err) != want {
			t.Errorf("%s: %v, want code %q", what, err, want)
		}
	}
	a := s.approval()
	check("fine", "", a)
	a.Draft.To = nil
	check("nobody", model.GateNoRecipient, a)
	a = s.approval()
	a.Draft.Body = "Hi Dana, {{ask.price}}?"
	check("blank", model.GateBlank, a)
	s.later(time.Hour)
	a = s.approval()
	s.writes("wait")
	check("answered", model.GateAnswered, a)
	a.Force = true
	check("answered, forced", "", a)
	s.sends()
	s.later(time.Hour)
	check("again the same day", model.GateTouchLimit, s.approval())
	a = s.approval()
	a.Force = true
	check("again, forced", "", a)
	s.d.Outbox = []model.Outgoing{{State: model.Uncertain}}
	check("one in doubt", model.GateDuplicate, a)
	s.d.Outbox = nil
	s.d.Suppressed = &model.Suppression{What: "dana@northwind.example", Why: "the address does not exist"}
	check("suppressed", model.GateSuppressed, a)
}

// What the rep forces is told in the history, and only where something was overruled.
func TestWhatWasForcedIsLogged(t *testing.T) {
	s := newStory(t)
	s.do(model.Log{Kind: model.Call})
	says := func(a model.Approval) string {
		t.Helper()
		_, outcome, err := s.b.Dispatch(s.d, a, model.Envelope{}, s.now)
		if err != nil {
			t.Fatal(err)
		}
		return outcome.Says
	}
	a := s.approval()
	a.Force = true
	if got := says(a); strings.Contains(got, "forced") {
		t.Errorf("nothing stood in the way: %q", got)
	}
	s.later(time.Hour)
	s.writes("wait")
	if got := says(a); !strings.Contains(got, "forced: after their answer") {
		t.Errorf("%q", got)
	}
	s.sends()
	s.later(time.Hour)
	a = s.approval()
	a.Force = true
	if got := says(a); !strings.Contains(got, "forced: past the touch limit") {
		t.Errorf("%q", got)
	}
}

// The server stamps mail in whole seconds and by its own clock, which may be behind the rep's.
func TestAnAnswerIsNewEvenIfTheServersClockIsBehind(t *testing.T) {
	s := newStory(t)
	s.do(model.Log{Kind: model.Call})
	s.sends()
	s.writes("That was quick", func(in *model.Inbound) {
		in.At, in.InReplyTo = s.now.Add(-20*time.Minute), s.d.Interactions[len(s.d.Interactions)-1].MessageID
	})
	if f := s.d.Contact.FollowUp; f.Next.Kind != model.TouchReply {
		t.Errorf("an answer to the last mail is taken for history: %+v", f.Next)
	}
	if n := len(s.d.Interactions); !s.d.Interactions[n-1].At.After(s.d.Interactions[n-2].At) {
		t.Errorf("the answer stands at %s, before the mail it answers", s.d.Interactions[n-1].At)
	}
	s = newStory(t)
	s.do(model.Log{Kind: model.Call})
	s.sends()
	s.writes("A new thread", func(in *model.Inbound) { in.At = s.now.Add(-30 * time.Second) })
	if f := s.d.Contact.FollowUp; f.Next.Kind != model.TouchReply {
		t.Errorf("a mail of the same minute is taken for history: %+v", f.Next)
	}
}

func TestWritingToAnUnsortedContactSortsIt(t *testing.T) {
	s := newStory(t)
	s.d.Contact.FollowUp.Sorted = false
	s.stands(model.ViewUnsorted, 0, "")
	s.sends()
	s.stands(model.ViewWaiting, 0, "")
}
