package model_test

import (
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/sequence"
	"stoke/model/template"
)

// DOMAIN.md, "Templates and drafts". What a single template does is the template package's own.
func TestDomainDrafts(t *testing.T) {
	starters := must(template.Starter())
	domain(t, []rule{
		{says: "A template is a Markdown file with front matter (name, kind, step or channel, language, subject, when) and **Liquid** tags", by: "model/template TestFrontMatter, model/template TestFill"},
		{says: "fields of the contact, the sender, the last interaction\n  (`last.subject`, `last.when`, `last.summary`, `last.quote`), the event, the purchase, the deal, and free fields", by: "TestAnyContactFillsAnyTemplate, TestFreeFieldsAndKeptBlanksAreTags"},
		{says: "`{{ ask.what_they_need }}` is a blank to fill once.", by: "TestAFilledBlankIsKeptOnTheContact"},
		{says: "**No tag ever renders empty in silence**, also not behind a filter.", by: "model/template TestPropertiesOfFill"},
		{says: "What has no value stays visible as a blank, the cursor jumps to it, and a mail\n  with a blank cannot be sent.", by: "ui TestABlankIsFilledBeforeAnythingLeaves", holds: func(s *story) {
			a := s.approval()
			a.Draft.Body = "It is {{ ask.price }}. Shall I send the form?"
			want(s, "the gate", model.CodeOf(s.b.Gate(s.d, a, s.now)), model.GateBlank)
			a.Force = true
			want(s, "forced", model.CodeOf(s.b.Gate(s.d, a, s.now)), model.GateBlank)
		}},
		{says: "Filling one offers to keep the value on the contact.", by: "ui TestWhatWasFilledInIsKept, store TestAFilledBlankIsKeptAndForgotten"},
		{says: "The draft is the preview: the queue opens with the draft of the selected contact ready, built from the template that fits kind, step, temperature and\n  language.", by: "TestOffersAreFilledAndTheBestComesFirst, model/template TestChoose, model/sample TestTheFirstContactsDraftIsReadyToGo"},
		{says: "It is edited in place, saved as it is typed, never lost.", by: "ui TestTextTypedBeforeTheCursorMovesIsNeverLost, ui/story TestKilledWhileTyping"},
		{says: "A follow-up stays in its thread: `In-Reply-To`, `References`, `Re:` of the true first subject.", by: "TestADraftStaysInItsThread"},
		{says: "To, Cc, signature, attachments as in any mail program.", by: "ui TestTheFieldsAboveTheText, TestSignatureAndQuoteStandBelowTheTextOnce, ui/story TestAttachedFilesArriveOctetByOctet"},
		{says: "A draft knows what it was based on: when the contact writes after it was made, it says so and asks before it is sent.", by: "ui TestAnAnswerThatComesWhileWritingIsAnnouncedAndAskedAbout", holds: func(s *story) {
			a := s.approval()
			s.later(time.Hour)
			s.writes("When?")
			want(s, "the gate", model.CodeOf(s.b.Gate(s.d, a, s.now)), model.GateAnswered)
			a.Draft.BasedOn = s.d.Contact.FollowUp.AnswerID
			want(s, "once it was read", s.b.Gate(s.d, a, s.now), nil)
		}},
		{says: "Starter set: at least 16 templates that obey this page for all kinds, steps and channels (call and text scripts too), and one sequence for each kind.", by: "model/template TestTheStarterSetObeysTheRules, TestTheStartersPassTheCoachForEverybody", holds: func(s *story) {
			channels := map[string]int{}
			for _, t := range starters.List() {
				channels[t.Channel]++
			}
			if len(starters.List()) < 16 || channels["mail"] == 0 || channels["call"] == 0 || channels["text"] == 0 {
				s.t.Errorf("the starter set has %v", channels)
			}
			var have []string
			for _, q := range must(sequence.Starter()).List() {
				have = append(have, q.Kind)
			}
			for _, kind := range []string{"inquiry", "sales", "download", "event", "post-purchase", "deal", "re-engagement", "nurture"} {
				want(s, "a sequence for "+kind, strings.Contains(strings.Join(have, " "), kind), true)
			}
		}},
	})
}

// DOMAIN.md, "Draft coach". The figures are the coach package's own.
func TestDomainCoach(t *testing.T) {
	var rules []rule
	for _, says := range []string{
		"opener 25–50 words, follow-up 50–125, warn beyond (S)", "exactly one question; 0 or more than 3 warn", "a day and time, or a yes/no question",
		`flags "just checking in", "touching base", "circling back", "bumping this", "any update", "hope this finds you well", "did you see my last email"`,
		"a word of the last thread, note, event or purchase appears (only where the contact is known)", "3–4 words, ≤ 50 characters, never empty, no false \"Re:\"",
		"≤ 25 words; you ≥ I + we", `"attached" without attachment, greeting with another name, ALL CAPS, more than one "!", more than one link in an opener, a blank left`,
	} {
		rules = append(rules, rule{says: says, by: "model/coach TestDrafts"})
	}
	domain(t, append(rules,
		rule{says: "≤ 5 good, 8 warn, 10 red (Flesch–Kincaid) (S)", by: "model/coach TestTheGradeIsThatOfPublishedExamples, model/coach TestDrafts"},
		rule{says: "Levels: `good`, `hint`, `warn`.", by: "model/coach TestDrafts"},
		rule{says: "Gates are only these: a blank, a suppressed address, a duplicate, an answer that arrived since, the touch limits (can be forced), no recipient.", by: "TestTheGatesNameTheirCode, TestWhatWasForcedIsLogged", holds: func(s *story) {
			a := s.approval()
			a.Draft.Subject, a.Draft.Body = "URGENT!!! Re: OFFER", "JUST CHECKING IN!!! Any update??? Did you see my last email???"
			want(s, "the worst of drafts", s.b.Gate(s.d, a, s.now), nil)
		}},
	))
}
