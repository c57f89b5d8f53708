package ui_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"stoke/model"
)

// A quick rep types before the draft is there: every letter after r is text, whatever it would do in a list.
func TestLettersBehindRWaitForTheDraft(t *testing.T) {
	for _, key := range []string{"r", "a", "c"} {
		s := perform(t, 120, 40)
		s.Hold = true
		s.Press("j", key)
		s.Type("de ")
		s.Paste("pasted")
		s.Type(" q")
		s.Release()
		s.Sees("To       Dana", "de pasted q")
		s.SeesNot("Retire Dana")
		if s.Quit || s.contact("Dana").FollowUp.Retired != (model.Retirement{}) {
			t.Error("a letter acted")
		}
		s.Press("esc")
		if s.saved("Ines") != nil || s.saved("Dana") == nil {
			t.Error("the text went to the wrong draft")
		}
	}
}

// Where no draft comes, what was typed for it acts on nobody, and is not gone.
func TestLettersForADraftThatDoesNotComeAreKept(t *testing.T) {
	s := perform(t, 120, 40)
	s.desk.Change(s.who["Dana"], func(c *model.Contact) { c.Emails = nil })
	s.Hold = true
	s.Press("j", "r")
	s.Type("de eh")
	s.Release()
	s.Sees("Dana has no address", "▌ ● Dana Whitfield")
	s.SeesNot("Retire Dana")
	s.Wait(20 * time.Second)
	s.Sees("What you typed is kept")
	s.Press("j", "r", "ctrl+v")
	s.Sees("de eh")

	s = perform(t, 120, 40)
	s.Hold = true
	s.Press("j", "r")
	s.Type("de")
	s.desk.Fails = errors.New("disk I/O error (5)")
	s.Release()
	s.desk.Fails = nil
	s.Sees("Could not open the contact")
	s.SeesNot("Retire Dana")
	s.Press("d") // and keys are keys again
	s.Sees("Retire Dana")
}

// Who is written to may leave the list before the draft is there, and be the last in it; keys are not held for ever.
func TestKeysActAgainWhenNobodyIsLeft(t *testing.T) {
	s := perform(t, 120, 40)
	s.Hold = true
	s.Press("j", "R", "r")
	s.Type("de")
	for _, id := range s.who {
		s.desk.Change(id, func(c *model.Contact) {
			c.FollowUp.Retired = model.Retirement{At: monday, Reason: model.ReasonNoFit}
		})
	}
	s.Release()
	s.Press("?")
	s.Sees("Help")
	s.Press("esc")
	s.Wait(9 * time.Second)
	s.Sees("What you typed is kept")
}

// Nor does a key behind ctrl+s act on who is written to, or the send on who comes after.
func TestKeysBehindASendWaitForItsContactToo(t *testing.T) {
	s := perform(t, 120, 40)
	s.Hold = true
	s.Press("j", "ctrl+s", "e")
	s.Release()
	s.Sees("Fill the blank first")
	if len(s.desk.Mails()) != 0 || s.desk.Calls["Do"] != 0 {
		t.Errorf("it acted: %v", s.desk.Calls)
	}
	fill(s)
	s.Press("esc", "k")
	s.Hold = true
	s.Press("j", "ctrl+s", "ctrl+s", "e")
	s.Release()
	if mails := s.desk.Mails(); len(mails) != 1 || mails[0].Contact != s.who["Dana"] {
		t.Fatalf("queued %+v", mails)
	}
	s.Sees("Hal handled")
}

// A contact who cannot be opened is not the one before.
func TestNothingIsSentToTheContactBeforeOneWhoCannotBeOpened(t *testing.T) {
	s := perform(t, 120, 40)
	s.desk.Fails, s.desk.FailsIn = errors.New("disk I/O error (5)"), "Open"
	s.Press("j")
	s.Sees("Could not open the contact", "▌ ● Dana Whitfield")
	s.SeesNot("To       Ines")
	s.Press("ctrl+s")
	if mails := s.desk.Mails(); len(mails) != 0 {
		t.Errorf("queued %+v", mails)
	}
	s.Sees("There is no draft for them yet.")
}

// Keys behind one that opens a window are for the window, which may come a moment later.
func TestKeysBehindAPickerWaitForIt(t *testing.T) {
	s := perform(t, 120, 40)
	if err := s.desk.KeepFilter(t.Context(), model.Filter{Name: "deals", Text: "value:20k"}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ key, sees string }{{"F", "Filters"}, {"t", "Template"}, {"U", ""}, {"C", "Northwind"}} {
		s.Press("g", "j")
		if c.key == "U" {
			s.Press("-") // there is something to tell
		}
		s.Hold = true
		s.Press(c.key)
		s.Press("j", "down", "esc", "k")
		s.Release()
		s.Sees("▌ ● Ines Duarte") // esc closed the window, and k went up
		s.Press("j", c.key)
		s.Sees(c.sees)
		s.Press("esc")
	}
	s.Hold = true
	s.Press("F")
	s.Type("de")
	s.Press("enter")
	s.Release()
	s.Sees("Dana Whitfield")
	s.SeesNot("Retire Dana", "Tom Okafor")

	s = perform(t, 120, 40)
	s.Hold = true
	s.Press("j", "t", "esc", "k") // and behind one whose contact is not there yet
	s.Release()
	s.Sees("▌ ● Ines Duarte")
}

// Who was chosen may leave the list before they are shown: the key that waits for them is for nobody else.
func TestAKeyThatWaitsIsForItsContactAlone(t *testing.T) {
	for _, pressed := range [][]string{{"ctrl+s"}, {"r"}, {"ctrl+s", "e"}} {
		s := perform(t, 120, 40)
		before := map[string]model.FollowUp{"Ines": s.contact("Ines").FollowUp, "Hal": s.contact("Hal").FollowUp}
		s.Hold = true
		s.Press("j", "R")
		s.Press(pressed...)
		if pressed[0] == "r" {
			s.Type("For Dana only.")
		}
		s.desk.Change(s.who["Dana"], func(c *model.Contact) {
			c.FollowUp.Retired = model.Retirement{At: monday, Reason: model.ReasonNoFit}
		})
		s.Release()
		s.Wait(10 * time.Second)
		if mails := s.desk.Mails(); len(mails) != 0 {
			t.Errorf("%v: a mail to %v", pressed, mails[0].To)
		}
		s.Sees("Dana has left the list")
		for _, name := range []string{"Ines", "Hal"} {
			if d := s.saved(name); d != nil && strings.Contains(d.Body, "For Dana") {
				t.Errorf("%v: %s has the text", pressed, name)
			}
			if f := s.contact(name).FollowUp; f != before[name] {
				t.Errorf("%v: something was done to %s: %+v", pressed, name, f)
			}
		}
	}
}
