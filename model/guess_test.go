package model_test

import (
	"strings"
	"testing"
	"time"

	"stoke/model"
)

// S6: a mail that names no other one belongs to the last of the same subject, of the last thirty days, and is marked.
func TestAMailThatNamesNoneIsPutIntoItsThreadByItsSubject(t *testing.T) {
	for _, tc := range []struct {
		name, ours, theirs string
		after              time.Duration
		change             func(*model.Inbound)
		guessed            bool
	}{
		{"the same subject", "Seats for Harbor", "Re: Seats for Harbor", dayLong, nil, true},
		{"marks, tags, case, accents and signs apart", "Größe der Flotte", "AW: [EXTERN] RE: grosse  der Flotte!", dayLong, nil, true},
		{"another subject", "Seats for Harbor", "Re: Seats for Northwind", dayLong, nil, false},
		{"no subject", "", "Re:", dayLong, nil, false},
		{"a subject of any mail", "Quick question", "Re: quick question", dayLong, nil, false},
		{"a greeting", "Hallo", "AW: Hallo", dayLong, nil, false},
		{"thirty days", "Seats for Harbor", "Re: Seats for Harbor", 30 * dayLong, nil, true},
		{"thirty-one days", "Seats for Harbor", "Re: Seats for Harbor", 31 * dayLong, nil, false},
		{"it names ours", "Seats for Harbor", "Re: Seats for Harbor", dayLong, func(in *model.Inbound) { in.InReplyTo = "ours" }, false},
		{"it names one that a provider rewrote", "Seats for Harbor", "Re: Seats for Harbor", dayLong, func(in *model.Inbound) { in.InReplyTo = "rewritten@elsewhere.example" }, true},
		{"it is older than ours", "Seats for Harbor", "Re: Seats for Harbor", dayLong, func(in *model.Inbound) { in.At = in.At.Add(-2 * dayLong) }, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := newStory(t)
			s.writes("", func(in *model.Inbound) {
				in.Own, in.From, in.To, in.Subject, in.MessageID = true, model.Address{Addr: "robin@harbor.example"}, []model.Address{in.From}, tc.ours, "ours"
			})
			s.later(tc.after)
			s.writes("Tell me more.", func(in *model.Inbound) {
				in.Subject = tc.theirs
				if tc.change != nil {
					tc.change(in)
				}
			})
			got := s.d.Interactions[len(s.d.Interactions)-1]
			if got.Guessed != tc.guessed || tc.guessed != (got.Guessed && got.InReplyTo == "ours") {
				t.Errorf("guessed: %v, it answers %q", got.Guessed, got.InReplyTo)
			}
		})
	}
}

// An old mailbox is read newest first: a mail that names one that is not read yet keeps what it says.
func TestAnOldMailKeepsWhatItAnswers(t *testing.T) {
	s := newStory(t)
	s.writes("The newest.", func(in *model.Inbound) { in.Subject, in.MessageID = "Seats for Harbor", "3@northwind.example" })
	s.later(-dayLong)
	s.writes("The one before.", func(in *model.Inbound) {
		in.Subject, in.MessageID, in.InReplyTo = "Re: Seats for Harbor", "2@northwind.example", "1@harbor.example"
	})
	if got := s.d.Interactions[1]; got.Guessed || got.InReplyTo != "1@harbor.example" {
		t.Errorf("guessed: %v, it answers %q", got.Guessed, got.InReplyTo)
	}
}

// S13: what somebody passes on without a word is no reply; with words of their own it is one.
func TestAMailThatIsPassedOnIsNoReply(t *testing.T) {
	for _, tc := range []struct {
		subject, words string
		reply          bool
	}{
		{"Fwd: News of the port", "", false},
		{"FW: Re: Seats", "", false},
		{"WG: AW: Angebot", "", false},
		{"TR: Offre", "", false},
		{"Fwd: Seats", "Tuesday is fine, see below.", true},
		{"Re: Fwd: Seats", "", true},
		{"Forward planning: seats", "", true},
	} {
		t.Run(tc.subject+" "+tc.words, func(t *testing.T) {
			s := newStory(t)
			s.do(model.Enrol{Sequence: "sales"})
			s.later(dayLong)
			in := model.Inbound{}
			out := s.writes(tc.words, func(m *model.Inbound) { m.Subject = tc.subject; in = *m })
			f := s.d.Contact.FollowUp
			if in.Answers() != tc.reply || (f.Next.Kind == model.TouchReply) != tc.reply || (f.Enrolment.Sequence == "") != tc.reply || (out.Cancel != "") != tc.reply {
				t.Errorf("answers: %v, next %s, sequence %q", in.Answers(), f.Next.Kind, f.Enrolment.Sequence)
			}
			if last := s.d.Interactions[len(s.d.Interactions)-1]; (last.Kind == model.Mail) != tc.reply || !strings.Contains(last.Subject, tc.subject) || last.Summary == "" {
				t.Errorf("in the thread lies %+v", last)
			}
		})
	}
}
