package model_test

import (
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/sequence"
	"stoke/model/template"
)

// starters is a story told with the templates that come along.
func starters(t *testing.T) *story {
	s := newStory(t)
	s.b.Templates = must(template.Starter())
	return s
}

// drafts checks which template the contact's next mail is made from.
func (s *story) drafts(name string) model.Draft {
	s.t.Helper()
	draft, err := s.b.Compose(s.d, "", s.now)
	if err != nil || draft.Template != name {
		s.t.Errorf("the draft is %q (%s), wanted %q; %v\n%s", draft.Template, draft.WhyTemplate, name, err, draft.Body)
	}
	return draft
}

func TestNobodyIsThankedForWhatNeverWas(t *testing.T) {
	for sequence, speaks := range map[string]string{
		"sales": `"Going on from last time" speaks of words that you exchanged`, "event": `"After the event" speaks of an event`, "download": `"After a download" speaks of a download`,
		"post-purchase": `"Thank you" speaks of a purchase`, "re-engagement": `"After a quiet month" speaks of a quiet month`, "nurture": `speaks of a quiet month`,
		"inquiry": `speaks of an inquiry`, "deal": `speaks of an open deal`,
	} {
		s := starters(t)
		s.do(model.Enrol{Sequence: sequence})
		if why := s.drafts("First mail").WhyTemplate; !strings.HasPrefix(why, "made for opener step 1; ") || !strings.Contains(why, speaks) {
			t.Errorf("%s: it says %q", sequence, why)
		}
	}
	s := starters(t)
	s.do(model.Enrol{Sequence: "sales"})
	s.later(dayLong)
	s.sends()
	s.now = s.d.Contact.FollowUp.Next.ReadyAt
	s.drafts("Second try")

	s = starters(t)
	s.do(model.Log{Kind: model.Meeting})
	s.drafts("After the meeting")
	s.later(40 * dayLong)
	if got := s.drafts("Going on from last time"); strings.Contains(got.Body, "your time") {
		t.Errorf("the talk of last spring:\n%s", got.Body)
	}
}

func TestAStepThatNamesWhatNeverWasGivesWhatFits(t *testing.T) {
	s := starters(t)
	s.do(model.Enrol{Sequence: "sales"})
	s.d.Contact.FollowUp.Next.Template = "After the meeting"
	if why := s.drafts("First mail").WhyTemplate; !strings.HasSuffix(why, `; step 1 of sales names another: "After the meeting" speaks of a talk, and none is known of late`) {
		t.Errorf("it says %q", why)
	}
	draft, err := s.b.Compose(s.d, "After the meeting", s.now)
	if err != nil || draft.Template != "After the meeting" || draft.WhyTemplate != "you chose it" {
		t.Errorf("the rep's choice stands: %q, %q, %v", draft.Template, draft.WhyTemplate, err)
	}
}

func TestAnAnsweredInquiryGoesOnWithoutATalk(t *testing.T) {
	s := starters(t)
	s.do(model.Log{Kind: model.Demo})
	s.drafts("Answer an inquiry")
	s.sends()
	s.now = s.d.Contact.FollowUp.Next.ReadyAt
	s.d.Contact.FollowUp.Pin = model.Pin{Temperature: model.Warm, Until: s.now.Add(dayLong)}
	s.drafts("An example to look at")
}

// Outreach is the sequence for people who have never heard from the rep: an opener, a second one, and a plain last mail.
func TestOutreachIsOpenersForStrangers(t *testing.T) {
	s := starters(t)
	s.do(model.Enrol{Sequence: "outreach"})
	for _, name := range []string{"First mail", "Second try", "No third try"} {
		if f := s.d.Contact.FollowUp; f.Next.Kind != model.TouchStep {
			t.Fatalf("before %q: %+v", name, f.Next)
		}
		s.now = s.d.Contact.FollowUp.Next.ReadyAt.Add(10 * time.Hour)
		s.drafts(name)
		s.sends()
	}
	if k := s.d.Contact.FollowUp.Next.Kind; k != model.TouchNurture {
		t.Errorf("then comes %q", k)
	}
	s.now = s.d.Contact.FollowUp.Next.ReadyAt
	s.drafts("Quarterly note")
}

func TestAMailOfWhichNothingCameIsNotThankedFor(t *testing.T) {
	s := starters(t)
	s.do(model.Log{Kind: model.NotNow})
	s.now = s.d.Contact.FollowUp.Next.ReadyAt
	if got := s.drafts("After a not now"); strings.Contains(got.Body, "your mail") {
		t.Error(got.Body)
	}

	s = starters(t)
	s.do(model.Log{Kind: model.Referral})
	s.later(dayLong)
	if got := s.drafts("First mail after a referral"); len(got.Blanks()) == 0 {
		t.Errorf("who sent them?\n%s", got.Body)
	}
	s.sends()
	s.now = s.d.Contact.FollowUp.Next.ReadyAt
	s.drafts("Second try")

	s = starters(t)
	s.writes("Our Angebot, please.", func(in *model.Inbound) { in.Subject = "Angebot" })
	s.sends()
	s.do(model.PromiseFor{At: s.now.Add(3 * dayLong)})
	s.drafts("An example to look at")
	s.later(3 * dayLong)
	if got := s.drafts("As promised"); len(got.Blanks()) != 1 || !strings.Contains(got.Body, `about "Angebot"`) || strings.Contains(got.Body, "talk") {
		t.Errorf("on the day of a promise:\n%s", got.Body)
	}
	s.writes("Where is it?")
	s.drafts("Answer a reply")
}

func TestAnOpenDealIsFollowedUpAsOne(t *testing.T) {
	s := starters(t)
	s.d.Contact.FollowUp.Sorted = false
	s.d.Contact.Deal = &model.Deal{Title: "Two depots", Value: 14000, Stage: "negotiation"}
	s.do(model.Keep{})
	s.stands(model.ViewQueue, model.GroupWarm, "open deal, nothing was written yet")
	if got := s.drafts("An open deal"); len(got.Blanks()) > 0 || !strings.Contains(got.Body, `"Two depots"`) {
		t.Errorf("%s", got.Body)
	}
	s.sends()
	s.now = s.d.Contact.FollowUp.Next.ReadyAt
	s.drafts("Helping you decide")
	s.do(model.Log{Kind: model.Call})
	s.drafts("After the meeting")
	s.do(model.Log{Kind: model.Proposal})
	s.now = s.d.Contact.FollowUp.Next.ReadyAt
	s.drafts("After the proposal")
}

func TestACallWithoutANumberIsAMail(t *testing.T) {
	for channel, script := range map[string]string{"call": "Call about the next step", "text": "Text after a missed call"} {
		s := starters(t)
		s.b.Sequences = s.b.Sequences.With(sequence.Sequence{Name: "own", Kind: "sales", Steps: []sequence.Step{{Wait: 0, Channel: "mail"}, {Wait: 3, Channel: channel, Template: script}}})
		s.do(model.Enrol{Sequence: "own"})
		s.sends()
		s.now = s.d.Contact.FollowUp.Next.ReadyAt
		s.stands(model.ViewQueue, model.GroupCold, "attempt 2 of 3, by mail: there is no number to "+channel)
		s.drafts("Second try")
		if got, ok := s.b.Script(s.d, s.now); ok {
			t.Errorf("there is a script for a %s to nobody: %+v", channel, got)
		}
		s.d.Contact.Phone = "+31 20 555 0134"
		s.stands(model.ViewQueue, model.GroupCold, channel+", attempt 2 of 3")
		if got, ok := s.b.Script(s.d, s.now); !ok || got.Template != script {
			t.Errorf("with a number: %+v", got)
		}
	}
}

func TestAGuestAndSomebodyMetGetTheirOwnWords(t *testing.T) {
	for kind, want := range map[model.Kind][3]string{
		model.EventSeen: {"After the event", "Thank you for coming", "good to have you with us"},
		model.Met:       {"After meeting in person", "Good to meet you", "good to meet you"},
	} {
		s := starters(t)
		s.do(model.Log{Kind: kind})
		if got := s.drafts(want[0]); got.Subject != want[1] || !strings.Contains(got.Body, want[2]) {
			t.Errorf("%s: %q\n%s", kind, got.Subject, got.Body)
		}
		s.sends()
		s.now = s.d.Contact.FollowUp.Next.ReadyAt
		if got := s.drafts("Notes from the event"); strings.Contains(got.Body, "met") {
			t.Errorf("%s:\n%s", kind, got.Body)
		}
	}
	s := starters(t)
	s.do(model.Log{Kind: model.Met, At: s.now.AddDate(0, 0, -3)})
	s.do(model.Log{Kind: model.EventSeen})
	s.drafts("After the event")
}

func TestATimeThatAMailNamesIsAnswered(t *testing.T) {
	s := starters(t)
	s.writes("Thanks. Can we talk on Thursday at 3pm?")
	got := s.drafts("Answer a reply")
	if !strings.Contains(got.Body, "To Thursday at 3pm my answer is {{ask.yes_or_another_time}}.") || len(got.Blanks()) != 1 || strings.Contains(got.Body, "10:00") {
		t.Errorf("%s", got.Body)
	}
	if _, counted := (model.Coverage{Contacts: 1, Known: map[string]int{}}).Of("last.time"); counted {
		t.Error("a time that passes within days says nothing of a template")
	}
	s.later(7 * dayLong)
	if got := s.drafts("Answer a reply"); strings.Contains(got.Body, "my answer") || !strings.Contains(got.Body, "{{ask.answer}}") {
		t.Errorf("after that Thursday:\n%s", got.Body)
	}
}

// The note itself is the rep's; what the contact may read of it, only the rep can say.
func TestANoteOnATalkIsAskedFor(t *testing.T) {
	s := starters(t)
	s.do(model.Log{Kind: model.Call, Note: "wants 20% off"})
	if got := s.drafts("After the meeting"); strings.Join(got.Blanks(), " ") != "{{ask.what_they_said}}" || strings.Contains(got.Body, "20%") {
		t.Errorf("%s", got.Body)
	}
	s = starters(t)
	s.do(model.Log{Kind: model.Call})
	if got := s.drafts("After the meeting"); len(got.Blanks()) > 0 {
		t.Errorf("nothing was noted:\n%s", got.Body)
	}
}

func TestNobodyIsWelcomedWeeksAfterThePurchase(t *testing.T) {
	s := starters(t)
	says := func(want string) {
		t.Helper()
		if got := s.b.Row(s.d, s.now).Why(s.now); got != want {
			t.Errorf("the row says %q, not %q", got, want)
		}
	}
	s.do(model.Log{Kind: model.Purchase})
	s.drafts("Thank you")
	says("bought, say thank you")
	s.later(10 * dayLong)
	s.drafts("First days")
	says("after the purchase, touch 2 of 3, due since 23 Nov")
	s.later(26 * dayLong)
	if got := s.drafts("Your verdict"); got.Step != 3 {
		t.Errorf("it counts as step %d", got.Step)
	}
	says("after the purchase, touch 3 of 3, due since 23 Nov")
	s.sends()
	if f := s.d.Contact.FollowUp; f.Next.Kind != model.TouchNurture {
		t.Errorf("nothing is made twice: %+v", f.Next)
	}
}

func TestAWrongPersonIsAskedForTheRightOne(t *testing.T) {
	s := starters(t)
	s.writes("Not my area.", func(in *model.Inbound) { in.Subject = "Two depots" })
	if o := s.do(model.Retire{Reason: model.ReasonWrongPerson}); o.Says != "Retired Dana: wrong person; the next draft asks who is right" {
		t.Errorf("it says %q", o.Says)
	}
	if got := s.drafts("Who is right"); len(got.Blanks()) > 0 || !strings.Contains(got.Body, "Who is the right person to ask?") {
		t.Errorf("%s", got.Body)
	}
	s.d.Suppressed = &model.Suppression{What: "dana@northwind.example", Why: "asked so"}
	s.do(model.Revive{})
	if o := s.do(model.Retire{Reason: model.ReasonWrongPerson}); strings.Contains(o.Says, "draft") {
		t.Errorf("nobody may write to them, and it says %q", o.Says)
	}
}
