package ui_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/ui"
)

func TestARepWorksTheWholeLoop(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("j") // Dana
	s.Press("r")
	s.Sees("Dana Whitfield", "Re: pricing for 40 seats")
	s.Press("ctrl+end")
	s.Type("\nPS: yes, 40 seats.")
	for s.saved("Dana") == nil {
		s.Wait(100 * time.Millisecond)
		if s.Now().Sub(monday) > 2*time.Second {
			t.Fatal("the draft was not saved within a second of typing")
		}
	}
	fill(s)
	s.Press("ctrl+s")
	mails := s.desk.Mails()
	if len(mails) != 1 {
		t.Fatalf("%d mails in the outbox:\n%s", len(mails), s.Screen())
	}
	if m := mails[0]; !strings.HasSuffix(m.Text, "\nPS: yes, 40 seats.") || m.To[0].Addr != "dana@northwind.example" || m.InReplyTo == "" || m.Contact != s.who["Dana"] {
		t.Errorf("what was queued is not what was written: %+v", m)
	}
	if s.wire.Kicks == 0 {
		t.Error("the engine was not woken")
	}
	s.Sees("Sending to Dana", "u undo", "Hal Brooks")
	if strings.Contains(s.Screen(), "▌ ● Dana") {
		t.Error("the cursor stays with Dana")
	}

	s.Press("u")
	s.Sees("Undone")
	if d := s.saved("Dana"); d == nil || !strings.Contains(d.Body, "PS: yes, 40 seats.") {
		t.Error("the text is not back in the draft")
	}
	s.Sees("▌ ● Dana Whitfield")
}

// fill writes something into every blank of the draft.
func fill(s *stage) {
	for range 9 {
		if !strings.Contains(s.Screen(), "left: tab jumps") {
			return
		}
		s.Press("tab")
		s.Type("x")
	}
}

func TestTheThreadFoldsScrollsAndKeepsItsPlace(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("j", "enter")
	s.SeesNot("Proposal v2 attached.")
	if s.contact("Dana").FollowUp.Unread {
		t.Error("opened, and still unread")
	}
	s.Press("enter")
	s.Sees("│ Proposal v2 attached.")
	s.Press("g")
	s.Sees("Intro and deck")
	s.desk.Hear(s.who["Dana"], "One more thing.")
	s.Send(model.Event{Kind: model.EventReplied, Contact: s.who["Dana"], Text: "Dana replied"})
	s.Wait(time.Second)
	s.Sees("Intro and deck")
	s.Press("G")
	s.Sees("One more thing.")
	s.Press("ctrl+u", "ctrl+d", "K", "J", "esc")
	s.Sees("[1 Queue")
}

func TestWhatFailsIsSaidOnceAndLosesNothing(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("r")
	s.Type("Precious ")
	s.desk.Fails = errors.New("disk I/O error (5)")
	s.Wait(time.Second)
	s.Sees("Could not save the draft; details in the log.", "Precious ")
	s.SeesNot("disk I/O")
	if len(s.logs) == 0 || !strings.Contains(s.logs[0], "disk I/O error") {
		t.Errorf("the log has %q", s.logs)
	}
	s.desk.Fails = nil
	s.Wait(2 * time.Second)
	if d := s.saved("Ines"); d == nil || !strings.HasPrefix(d.Body, "Precious ") {
		t.Error("the text was not saved once it could be")
	}
	s.Press("esc")
	s.desk.Fails = model.Errorf(model.Conflict, "Another stoke changed Ines just now. Look again.")
	s.Press("e")
	s.Sees("Another stoke changed Ines just now.", "Ines Duarte")
}

func TestLeaving(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("q")
	if !s.Quit {
		t.Error("q on the queue leaves")
	}
	s = perform(t, 80, 24)
	s.Press("r")
	s.Type("Not saved yet")
	s.Press("ctrl+c")
	if d := s.saved("Ines"); !s.Quit || d == nil || !strings.HasPrefix(d.Body, "Not saved yet") {
		t.Error("ctrl+c leaves at once and keeps the text")
	}
	s = perform(t, 80, 24)
	s.Press("j", "r")
	fill(s)
	s.Press("ctrl+s", "q")
	s.Sees("1 mail has not left yet")
	s.Press("w")
	if s.Quit {
		t.Fatal("it was to wait")
	}
	if err := s.desk.Turn(s.desk.Mails()[0].ID, model.TurnClaim); err != nil {
		t.Fatal(err)
	}
	for _, turn := range []model.Turn{model.TurnCommit, model.TurnAccepted} {
		if err := s.desk.Turn(s.desk.Mails()[0].ID, turn); err != nil {
			t.Fatal(err)
		}
	}
	s.Send(model.Event{Kind: model.EventSent, Contact: s.who["Dana"]})
	s.Wait(time.Second)
	if !s.Quit {
		t.Error("the mail is out, and stoke still waits")
	}
}

func TestTheDemoTeachesOneThingAfterTheOther(t *testing.T) {
	s := perform(t, 80, 24, func(o *ui.Options) { o.Demo = true })
	s.Sees("press r to put the cursor into the draft")
	s.Press("r")
	s.Sees("ctrl+s sends it")
	fill(s)
	s.Press("ctrl+s")
	s.Wait(9 * time.Second)
	s.Sees("they answer in some seconds")
	s.Send(model.Event{Kind: model.EventReplied, Contact: s.who["Ines"], Text: "Ines replied"})
	s.Wait(9 * time.Second)
	s.Sees("s snoozes somebody")
}

func TestHelpPaletteAndFilter(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("?")
	s.Type("pin")
	s.Sees("Pin warmer")
	s.SeesNot("Retire the contact")
	s.Press("esc", ":")
	s.Type("snoozed")
	s.Press("enter")
	s.Sees("[3 Snoozed")
	s.Press("1", "/")
	s.Type("whit")
	s.Press("enter")
	s.Sees("▌ ● Dana")
	s.SeesNot("Mei Chen")
	s.Press("esc")
	s.Sees("Mei Chen")
	s.Press("Q")
	s.Sees("Q does nothing here")
}

func TestCopying(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("y")
	if s.Copied != "ines@mareverde.example" {
		t.Errorf("copied %q", s.Copied)
	}
	s.Press("Y")
	if s.Copied != "We would like to see a demo next week." {
		t.Errorf("copied %q", s.Copied)
	}
}

func TestColourObeysFlagThenNoColor(t *testing.T) {
	for _, c := range []struct {
		flag, noColor string
		options       int
	}{{"auto", "", 0}, {"", "", 0}, {"auto", "yes", 1}, {"", "1", 1}, {"never", "", 1}, {"always", "yes", 1}} {
		if got := len(ui.Colour(c.flag, []string{"TERM=xterm-256color"}, c.noColor)); got != c.options {
			t.Errorf("--color=%q NO_COLOR=%q: %d options", c.flag, c.noColor, got)
		}
	}
}

// The question how to leave with mail that has not left settles itself when the mail leaves while it is asked.
func TestTheQuestionHowToLeaveEndsWithItsGround(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("j", "r")
	fill(s)
	s.Press("ctrl+s", "q")
	s.Sees("1 mail has not left yet")
	for _, turn := range []model.Turn{model.TurnClaim, model.TurnCommit, model.TurnAccepted} {
		if err := s.desk.Turn(s.desk.Mails()[0].ID, turn); err != nil {
			t.Fatal(err)
		}
	}
	s.Send(model.Event{Kind: model.EventSent, Contact: s.who["Dana"]})
	s.Wait(time.Second)
	if !s.Quit {
		t.Errorf("it still asks:\n%s", s.Screen())
	}
}
