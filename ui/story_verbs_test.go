package ui_test

import (
	"testing"
	"time"

	"stoke/model"
	"stoke/ui/uitest"
)

func TestSnoozing(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("s", "2", "enter")
	s.Sees("Snoozed Ines until tomorrow 08:30", "u undo · 8s", "▌ ● Dana")
	s.Wait(3 * time.Second)
	s.Sees("u undo · 6s")
	if !s.contact("Ines").FollowUp.Snoozed(s.Now()) {
		t.Error("Ines is not snoozed")
	}
	s.Press("s")
	s.Type("fri 2pm")
	s.Sees("= Fri 27 Nov 14:00")
	s.Press("enter")
	s.Sees("Snoozed Dana until Fri 27 Nov 14:00")
	s.Press("S")
	s.Sees("Snoozed Hal until Fri 27 Nov 14:00")
	s.Press("u")
	s.Sees("▌ ○ Hal Brooks")
	s.Press("s")
	s.Type("xyzzy")
	s.Press("enter")
	s.Sees("try: fri 2pm")
	s.Press("esc", "3")
	s.Sees("[3 Snoozed 3]", "Sara Benali", "Dana Whitfield", "Ines Duarte")
	s.Press("D")
	s.Sees("is back")
}

func TestRetiringAsksForTheReasonAndTheirDate(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("d", "4")
	s.Sees("Retired Ines: not a fit")
	s.Press("d", "2")
	s.Sees("When is a good time for Dana?")
	s.Type("jan 5")
	s.Press("enter")
	s.Sees("Retired Dana: bad timing, back")
	if r := s.contact("Dana").FollowUp; r.Retired.Reason != model.ReasonTiming || r.Promise.At.Month() != time.January {
		t.Errorf("retired as %+v", r.Retired)
	}
	s.Press("5")
	s.Sees("Dana Whitfield", "Greg Palmer")
}

func TestVerbsActOnTheMarked(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("space", "space")
	s.Sees("2 marked")
	s.Press("e")
	for _, name := range []string{"Ines", "Dana"} {
		if at := s.desk.Dossier(s.who[name]).Contact.FollowUp.Next.ReadyAt; !at.After(s.Now()) {
			t.Errorf("%s was not handled", name)
		}
	}
	s.Sees("▌ ○ Hal")
	s.Press("u")
	s.Sees("Ines", "Dana")
	s.Wait(9 * time.Second)
	s.Press("g", "x", "j", "j", "v")
	s.Sees("4 marked")
	s.Press("ctrl+s")
	s.Sees("one by one")
	s.Press("esc", "esc")
	s.SeesNot("marked")
}

func TestLogging(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("j", "l", "c")
	s.Sees("we spoke")
	s.Type("wants SSO")
	s.Press("enter")
	s.Sees("Logged for Dana")
	happened := s.desk.Dossier(s.who["Dana"]).Interactions
	if last := happened[len(happened)-1]; last.Kind != model.Call || last.Text != "wants SSO" {
		t.Errorf("logged %+v", last)
	}
}

func TestPromiseAndPins(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("i")
	s.Type("fri 3pm")
	s.Press("enter")
	s.Sees("Promised Ines for Fri 27 Nov 15:00")
	s.Press("g", "+")
	s.Sees("hot already")
	s.Press("-")
	s.Sees("pinned warm")
}

func TestTheHistoryUndoesOneOfMany(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("U")
	s.Sees("Nothing has been done yet.")
	s.Press("d", "4", "s", "2", "enter")
	s.Sees("Snoozed Dana")
	s.Wait(9 * time.Second)
	s.Press("U")
	s.Sees("Retired Ines: not a fit", "Snoozed Dana until tomorrow 08:30")
	s.Press("j", "enter")
	s.Sees("Undone: Retired Ines", "▌ ● Ines")
	if s.contact("Dana").FollowUp.Snooze.Until.IsZero() {
		t.Error("Dana's snooze was undone with it")
	}
}

func TestSortingTheUnsorted(t *testing.T) {
	s := empty(t)
	s.who = uitest.Cast(s.desk)
	for _, name := range []string{"Nora Unsorted", "Owen Unsorted"} {
		s.desk.Put(model.Contact{Name: name, Emails: []string{"x@y.example"}})
	}
	s.open(t, 80, 24)
	s.Sees("+ 2 people to sort")
	s.Press("G", "enter")
	s.Sees("Nora Unsorted", "Nobody here gets mail yet")
	s.Press("D")
	s.Sees("Kept Nora", "▌ ○ Owen")
	s.Press("d", "4")
	s.Sees("Everybody is sorted.")
	s.Press("q")
	s.Sees("[1 Queue 10]", "Nora Unsorted")
}

func TestAPickerTakesTheKeyOfAQuickRep(t *testing.T) {
	for _, key := range []string{"1", "2"} {
		s := perform(t, 80, 24)
		s.Hold = true
		s.Press("s", key, "enter")
		s.Release()
		s.Sees("Snoozed Ines until")
	}
	s := perform(t, 80, 24)
	s.Hold = true
	s.Press("s", "down")
	s.Release()
	s.Sees("Snooze Ines", "wakes early")
}

// Free words may begin with a digit; nothing is taken before enter, and no letter of them acts on the list.
func TestWordsThatBeginWithADigitAreWords(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("s")
	s.Type("3 days")
	s.Sees("Snooze Ines", "Thu 26 Nov 08:30")
	s.Press("enter")
	s.Sees("Snoozed Ines until Thu 26 Nov")
}

func TestAFilterPutsTheCursorOnItsFirstMatch(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("j", "j", "j", "/")
	s.Type("hal")
	s.Press("enter")
	s.Sees("▌ ○ Hal")
}
