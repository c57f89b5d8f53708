package ui_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"stoke/model"
)

func TestEscapeKeepsTheDraftAlways(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("r")
	s.Type("Zebra ")
	s.Press("esc")
	if d := s.saved("Ines"); d == nil || !strings.HasPrefix(d.Body, "Zebra ") {
		t.Fatal("escape lost the text")
	}
	s.Press("j", "k", "r")
	s.Sees("Zebra")
}

func TestTextTypedBeforeTheCursorMovesIsNeverLost(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("r")
	s.Type("Kept")
	s.Hold = true
	s.Press("esc", "j")
	s.Release()
	if d := s.saved("Ines"); d == nil || !strings.HasPrefix(d.Body, "Kept") {
		t.Fatal("the text did not reach the desk")
	}
	if d := s.saved("Dana"); d != nil {
		t.Fatal("and not into somebody else's draft")
	}
}

func TestAKeyNeverActsOnTheContactBefore(t *testing.T) {
	s := perform(t, 120, 40)
	s.Hold = true
	s.Press("j", "r")
	s.Release()
	s.Sees("To       Dana Whitfield")
	s.Type("For Dana only. ")
	s.Press("esc")
	if s.saved("Ines") != nil || s.saved("Dana") == nil {
		t.Error("the text went to the wrong draft")
	}
}

func TestABlankIsFilledBeforeAnythingLeaves(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("j", "j") // Hal: an opener with a blank
	s.Sees("to fill")
	s.Press("ctrl+s")
	s.Sees("Fill the blank first")
	if len(s.desk.Mails()) != 0 {
		t.Fatal("a mail with a blank was queued")
	}
	fill(s)
	s.Press("ctrl+s")
	if mails := s.desk.Mails(); len(mails) != 1 || strings.Contains(mails[0].Text, "{{") {
		t.Errorf("after filling: %+v\n%s", mails, s.Screen())
	}
}

func TestATemplateKeepsTheTypedTextUndoable(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("r")
	s.Type("Mine ")
	s.Press("ctrl+t")
	s.Sees("Template", "1-9 pick")
	s.Press("7")
	s.SeesNot("Mine Hi")
	s.Press("ctrl+z")
	s.Sees("Mine Hi")
}

func TestATemplateTakenFromTheListCanStillBeUndoneInTheDraft(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("r")
	s.Type("Mine ")
	s.Press("esc", "t", "7")
	s.Wait(2 * time.Minute)
	s.SeesNot("Mine Hi")
	s.Press("r", "ctrl+z")
	s.Sees("Mine Hi")
}

func TestDiscardingAsksFirst(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("r")
	s.Type("Rubbish ")
	s.Press("ctrl+x")
	s.Sees("Discard the draft to Ines?")
	s.Press("k")
	s.Sees("Rubbish")
	s.Wait(time.Second)
	s.Press("ctrl+x", "d")
	s.Sees("The draft is discarded.")
	if s.saved("Ines") != nil {
		t.Error("the draft is still there")
	}
	s.Press("r")
	s.SeesNot("Rubbish")
}

func TestTheFieldsAboveTheText(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("r", "up", "end")
	s.Type(" soon")
	s.Press("up")
	s.Type("x@y.example, ")
	s.Press("shift+tab", "f3")
	s.Sees("As it leaves", "x@y.example", "Your question, Mareverde soon")
	s.Press("esc", "up", "home")
	s.Type("not an address,")
	s.Press("ctrl+s")
	s.Sees("holds no address")
	s.Press("ctrl+z", "ctrl+z", "ctrl+z", "ctrl+y", "esc")
	if d := s.saved("Ines"); d == nil || d.Subject != "Your question, Mareverde soon" {
		t.Errorf("kept %+v", d)
	}
}

func TestANewMessageLeavesTheThread(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("j", "c")
	s.Type("Another matter")
	s.Press("tab", "tab", "esc")
	if d := s.saved("Dana"); d == nil || d.InReplyTo != "" || d.Subject != "Another matter" {
		t.Errorf("the new message is %+v", d)
	}
}

func TestWithoutAnEditorTheKeySaysSo(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("r", "ctrl+o")
	s.Sees("export VISUAL or EDITOR")
}

func TestADraftIsSavedEvenWhenTheScreenBecomesTooSmall(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("r")
	s.Type("Small ")
	s.Resize(40, 10)
	s.Type("screen")
	s.Wait(time.Second)
	if d := s.saved("Ines"); d == nil || !strings.HasPrefix(d.Body, "Small screen") {
		t.Error("the draft was not saved behind the guard")
	}
	s.Resize(80, 24)
	s.Sees("Small screen")
}

func TestNothingOvertakesASave(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("r")
	s.Type("Slow ")
	s.Hold = true
	s.Wait(time.Second) // the save is on its way
	s.Press("ctrl+x", "d")
	s.Release()
	if s.saved("Ines") != nil {
		t.Error("the save came after the discard, and the draft is back")
	}

	s = perform(t, 80, 24)
	s.Press("r")
	s.Type("Slow ")
	s.Hold = true
	s.Wait(time.Second)
	s.Press("ctrl+s")
	s.Release()
	if len(s.desk.Mails()) != 1 || s.saved("Ines") != nil {
		t.Error("the save came after the send")
	}

	s = perform(t, 80, 24)
	s.Press("r")
	s.Type("Slow ")
	s.Hold = true
	s.Wait(time.Second)
	s.Type("and more")
	s.Press("ctrl+c")
	s.Release()
	if d := s.saved("Ines"); !s.Quit || d == nil || !strings.HasPrefix(d.Body, "Slow and more") {
		t.Errorf("left with %+v", d)
	}
}

// What could not be saved while its contact was on the screen, and what was on its way when the rep came back, is what
// the rep sees and what is saved in the end.
func TestTextOfAnotherContactIsSavedOnceItCanBe(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("r")
	s.Type("Precious ")
	s.desk.Fails, s.desk.FailsIn = errors.New("disk I/O error (5)"), "SaveDraft"
	s.Press("esc", "j")
	s.Sees("Could not save the draft; details in the log.", "To       Dana Whitfield")
	s.Press("k")
	s.Sees("Precious ")
	s.Press("j")
	s.desk.Fails = nil
	s.Wait(2 * time.Second)
	if d := s.saved("Ines"); d == nil || !strings.HasPrefix(d.Body, "Precious ") {
		t.Fatalf("saved %+v", d)
	}

	s.Press("k", "r", "ctrl+home")
	s.Type("Most ")
	s.desk.Fails = errors.New("disk I/O error (5)")
	s.Press("esc", "j")
	s.desk.Fails = nil
	s.Press("ctrl+c") // before it is tried again
	if d := s.saved("Ines"); !s.Quit || d == nil || !strings.HasPrefix(d.Body, "Most Precious ") {
		t.Fatalf("left with %+v", d)
	}
}

func TestAContactOpenedWhileItsTextIsBeingSavedShowsThatText(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("r")
	s.Type("New text. ")
	s.Hold = true
	s.Press("esc", "j", "k")
	s.Release() // the save is done last
	s.Sees("New text.")
	s.Press("r")
	s.Type("Newer. ")
	s.Wait(time.Second)
	if d := s.saved("Ines"); d == nil || !strings.Contains(d.Body, "New text. ") || !strings.Contains(d.Body, "Newer. ") {
		t.Errorf("saved %+v", d)
	}
}

// Who is written to may leave the list while the mail waits for its save: it is not sent as another's, and nothing waits
// for ever.
func TestASendThatWaitsForASaveIsOfItsOwnContact(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("r")
	s.Type("Slow ")
	s.Hold = true
	s.Press("esc", "R", "ctrl+s")
	s.desk.Change(s.who["Ines"], func(c *model.Contact) {
		c.FollowUp.Retired = model.Retirement{At: monday, Reason: model.ReasonNoFit}
	})
	s.Release() // the list is there before the save has landed
	s.Sees("The mail to Ines was not sent")
	s.Press("r")
	s.Type("for Dana ")
	s.Wait(2 * time.Second)
	if mails := s.desk.Mails(); len(mails) != 0 {
		t.Errorf("sent %+v", mails)
	}
	if d := s.saved("Dana"); d == nil || !strings.Contains(d.Body, "for Dana") {
		t.Errorf("the keys are dead: %+v\n%s", d, s.Screen())
	}
	if d := s.saved("Ines"); d == nil || !strings.Contains(d.Body, "Slow") {
		t.Errorf("what was to be sent is not kept: %+v", d)
	}
}

// The text for somebody who was deleted meanwhile has no place any more; it is not tried for ever.
func TestTheTextForSomebodyWhoIsGoneIsNotTriedForEver(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("r")
	s.Type("Late ")
	s.desk.Fails, s.desk.FailsIn = model.Errorf(model.NotFound, "There is no such contact."), "SaveDraft"
	s.Press("esc", "j")
	s.Sees("There is no such contact.")
	before := s.desk.Calls["SaveDraft"]
	s.Wait(5 * time.Second)
	if got := s.desk.Calls["SaveDraft"] - before; got != 0 {
		t.Errorf("tried %d times more", got)
	}
}
