package ui_test

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// A draft that was discarded comes back with u as long as the toast says so, with everything that was in it.
func TestADiscardedDraftComesBack(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("j", "r")
	s.Type("Mine. ")
	s.Press("ctrl+q")
	s.Wait(time.Second)
	before := *s.saved("Dana")
	s.Press("ctrl+x")
	s.Sees("Discard the draft to Dana?", "u brings it back")
	s.Press("d")
	s.Sees("The draft is discarded.", "u undo")
	s.SeesNot("Mine.")
	if s.saved("Dana") != nil {
		t.Error("it is still kept")
	}
	s.Press("k", "u") // wherever the rep is by then
	s.Sees("The draft is back.")
	if after := s.saved("Dana"); after == nil || after.Body != before.Body || !after.Quote || after.Subject != before.Subject {
		t.Errorf("it was %+v and came back as %+v", before, after)
	}
	s.Press("j")
	s.Sees("Mine.")
	s.Press("r")
	s.Type("More. ")
	s.Wait(time.Second)
	if d := s.saved("Dana"); d == nil || d.Body == before.Body {
		t.Error("and can be written on")
	}

	// What was written instead is not overwritten, and after the toast u is the last change again.
	s.Press("ctrl+x", "d", "r")
	s.Type("Another. ")
	s.Press("esc")
	s.Press("u")
	s.SeesNot("The draft is back.")
	if s.Wait(time.Second); s.saved("Dana") == nil {
		t.Fatal("the new draft is gone")
	}
	s.Sees("Another.")
	s.Press("r", "ctrl+x", "d")
	s.Wait(10 * time.Second)
	s.Press("u")
	s.SeesNot("The draft is back.", "Another.")
}

// A disk that fails while the draft comes back costs no word of it, wherever the rep is: it is tried again, and only what
// was discarded is called back.
func TestADraftThatCannotComeBackYetIsNotLost(t *testing.T) {
	for _, elsewhere := range []bool{false, true} {
		s := perform(t, 120, 40)
		s.Press("j", "r")
		s.Type("Mine. ")
		s.Wait(time.Second)
		s.Press("ctrl+x", "d")
		if elsewhere {
			s.Press("k")
		}
		s.desk.Fails, s.desk.FailsIn = errors.New("disk I/O error (5)"), "SaveDraft"
		s.Press("u")
		s.Sees("Could not save the draft; details in the log.")
		if elsewhere {
			s.Press("j") // and there it is
		}
		s.Sees("Mine.")
		s.SeesNot("The draft is back.")
		s.desk.Fails = nil
		s.Wait(2 * time.Second)
		s.Sees("The draft is back.", "Mine.")
		if d := s.saved("Dana"); d == nil || !strings.HasPrefix(d.Body, "Hi Dana,") || !strings.Contains(d.Body, "Mine. ") {
			t.Errorf("what came back is %+v", d)
		}
	}
}

// Who leaves while the draft is on its way back leaves with it, and not with the template that stood there.
func TestLeavingKeepsTheDraftThatComesBack(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("j", "r")
	s.Type("Mine. ")
	s.Press("ctrl+x", "d")
	s.Hold = true
	s.Press("u")
	s.Hold = false // that save never gets to the disk
	s.Press("ctrl+c", "ctrl+c")
	if d := s.saved("Dana"); !s.Quit || d == nil || !strings.Contains(d.Body, "Mine. ") {
		t.Errorf("left with %+v", d)
	}
}

// Nor is it overwritten by what is typed at once.
func TestTypingBehindUGoesIntoTheDraftThatComesBack(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("j", "r")
	s.Type("Mine. ")
	s.Press("ctrl+x", "d")
	s.Hold = true
	s.Press("u", "r")
	s.Type("More. ")
	s.Release()
	s.Wait(time.Second)
	if d := s.saved("Dana"); d == nil || !strings.Contains(d.Body, "Mine. ") || !strings.Contains(d.Body, "More. ") {
		t.Errorf("saved %+v", d)
	}
}

// What the question promises holds for any draft: one with only its recipients changed, and one that nobody touched.
func TestUBringsBackWhateverDraftWasDiscarded(t *testing.T) {
	for _, c := range []struct {
		name  string
		press func(*stage)
		copy  string
	}{
		{"recipients", func(s *stage) {
			s.Press("ctrl+home", "up", "up")
			s.Type("marta@northwind.example")
		}, "marta@northwind.example"},
		{"untouched", func(*stage) {}, ""},
	} {
		s := perform(t, 120, 40)
		s.Press("e")
		s.Sees("Ines handled", "▌ ● Dana")
		s.Press("r")
		c.press(s)
		s.Press("ctrl+x", "d")
		s.Sees("The draft is discarded.", "u undo")
		s.Press("u")
		s.Sees("The draft is back.")
		d := s.saved("Dana")
		if d == nil || c.copy != "" && (len(d.Cc) != 1 || d.Cc[0].Addr != c.copy) {
			t.Errorf("%s: what came back is %+v", c.name, d)
		}
		if s.desk.Calls["Undo"] != 0 {
			t.Errorf("%s: something else was undone", c.name)
		}
	}
}

// Recipients and a quote that the rep chose are work by hand as the text is: nothing else overwrites such a draft.
func TestADraftIsEditedByItsRecipientsToo(t *testing.T) {
	for name, press := range map[string]func(*stage){
		"to":    func(s *stage) { s.Press("up", "up", "up", "home"); s.Type("marta@northwind.example, ") },
		"cc":    func(s *stage) { s.Press("up", "up"); s.Type("marta@northwind.example") },
		"half":  func(s *stage) { s.Press("up", "up"); s.Type("marta@") },
		"quote": func(s *stage) { s.Press("ctrl+q") },
	} {
		s := perform(t, 120, 40)
		s.Press("j", "r", "ctrl+home")
		press(s)
		s.Wait(time.Second)
		if d := s.saved("Dana"); d == nil || !d.Edited {
			t.Errorf("%s: kept %+v", name, d)
		}
	}
}

// Who discards it once more while it cannot come back is not told later that it has.
func TestADraftDiscardedAgainIsNotCalledBack(t *testing.T) {
	s := perform(t, 120, 40)
	s.Press("j", "r")
	s.Type("Mine. ")
	s.Press("ctrl+x", "d")
	s.desk.Fails, s.desk.FailsIn = errors.New("disk I/O error (5)"), "SaveDraft"
	s.Press("u", "r", "ctrl+x", "d")
	s.Sees("The draft is discarded.")
	s.desk.Fails = nil
	s.Press("r")
	s.Type("New. ")
	s.Wait(time.Second)
	s.SeesNot("The draft is back.", "Mine.")
}
