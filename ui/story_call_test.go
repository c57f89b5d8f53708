package ui_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/ui/uitest"
)

// dueAs makes the contact's next touch a step of another channel.
func (s *stage) dueAs(name, channel string) {
	s.desk.Change(s.who[name], func(c *model.Contact) {
		c.FollowUp.Next = model.Touch{Kind: model.TouchStep, Channel: channel, Sequence: "sales", Step: 2, Of: 4,
			Since: s.Now(), ReadyAt: s.Now().Add(-time.Hour), DueAt: s.Now().Add(time.Hour)}
	})
	s.Press("R")
}

// on moves the cursor to a contact.
func (s *stage) on(t *testing.T, name string) {
	t.Helper()
	s.Press("g")
	for range 12 {
		for line := range strings.Lines(s.Screen()) {
			if strings.Contains(line, "▌") && strings.Contains(line, name) {
				return
			}
		}
		s.Press("j")
	}
	t.Fatalf("%s is not in the list\n%s", name, s.Screen())
}

// A step that is a call shows its number and script under l, and one key with a note moves the sequence on.
func TestACallIsAStepLikeAnyOther(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprint(size.w), func(t *testing.T) {
			s := perform(t, size.w, size.h)
			s.dueAs("Tom", "call")
			s.on(t, "Tom Okafor")
			s.Press("l")
			s.Sees("Call Tom", "+31 20 555 0134", "step 2 of sales is a call", "Hello Tom", "c  call: we spoke", "n  call: no answer", "l  log something else", "esc cancel")
			uitest.Golden(t, fmt.Sprintf("call-%dx%d", size.w, size.h), s.Screen())
			s.Press("y")
			s.Sees("+31 20 555 0134  copied", "Call Tom")
			s.Press("J", "K", "n")
			s.Sees("Tom: call: no answer")
			s.Type("rang twice")
			s.Press("enter")
			s.Sees("Logged for Tom")
			d := s.desk.Dossier(s.who["Tom"])
			if last := d.Interactions[len(d.Interactions)-1]; last.Kind != model.NoAnswer || last.Summary != "rang twice" {
				t.Errorf("logged %+v", last)
			}
			if f := d.Contact.FollowUp; !f.Next.ReadyAt.After(s.Now()) {
				t.Errorf("the sequence did not move on: %+v", f.Next)
			}
		})
	}
}

func TestATextHasItsOwnScriptAndAnythingElseCanBeLogged(t *testing.T) {
	s := perform(t, 80, 24)
	s.dueAs("Jonas", "text")
	s.on(t, "Jonas Lindqvist")
	s.Press("enter")
	s.Sees("Step 2 of sales is a text: l shows its script")
	s.Press("l")
	s.Sees("Text Jonas", "t  text sent", "Hi Jonas")
	s.Press("l")
	s.Sees("Log for Jonas", "meeting held", "bought")
	s.Press("esc")
	s.Press("l", "esc")
	if s.contact("Jonas").FollowUp.Next.Channel != "text" {
		t.Error("looking at a script did something")
	}
}

// The note on a call stands above the draft all the while; saving what is typed below it loads nothing anew.
func TestTypingBelowANoteOnACallLoadsNothing(t *testing.T) {
	s := perform(t, 120, 40)
	s.dueAs("Tom", "call")
	s.on(t, "Tom Okafor")
	s.Press("r")
	s.Sees("Step 2 of sales is a call")
	s.Wait(time.Second)
	before, saved := s.desk.Calls["Open"], s.desk.Calls["SaveDraft"]
	for range 3 {
		s.Type("More. ")
		s.Wait(time.Second)
	}
	if got := s.desk.Calls["Open"] - before; got != 0 || s.desk.Calls["SaveDraft"] != saved+3 {
		t.Errorf("the contact was opened %d times for %d saves", got, s.desk.Calls["SaveDraft"]-saved)
	}
}

// A script is no mail: several people at once, and who has no call due, get the plain list of outcomes.
func TestWithoutAScriptTheOutcomesStandAlone(t *testing.T) {
	s := perform(t, 80, 24)
	s.dueAs("Tom", "call")
	s.Press("space", "space", "l")
	s.Sees("Log for 2 people")
	s.Press("esc", "esc")
	s.on(t, "Ines Duarte")
	s.Press("l")
	s.Sees("Log for Ines")
}

// What a number holds that is no number never reaches the terminal as a command.
func TestAHostileNumberOpensNothing(t *testing.T) {
	s := perform(t, 80, 24)
	s.desk.Change(s.who["Tom"], func(c *model.Contact) { c.Phone = "+31 6\x1b]8;;http://evil.example\x1b\\ 12\u202e34" })
	s.dueAs("Tom", "call")
	s.on(t, "Tom Okafor")
	s.Press("l")
	s.Sees("Call Tom")
	raw := s.View().Content
	if strings.Contains(raw, "evil.example\x1b") || strings.Contains(raw, ";;http:") || strings.Contains(raw, "\u202e") {
		t.Errorf("the frame holds it: %q", raw)
	}
	if !strings.Contains(raw, "tel:+316") {
		t.Errorf("the number is no link: %q", raw)
	}
}
