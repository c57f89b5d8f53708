package ui_test

import (
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
	before := *s.desk.Dossier(s.who["Dana"]).Draft
	s.Press("ctrl+x")
	s.Sees("Discard the draft to Dana?", "u brings it back")
	s.Press("d")
	s.Sees("The draft is discarded.", "u undo")
	s.SeesNot("Mine.")
	if s.desk.Dossier(s.who["Dana"]).Draft != nil {
		t.Error("it is still kept")
	}
	s.Press("k", "u") // wherever the rep is by then
	s.Sees("The draft is back.")
	if after := s.desk.Dossier(s.who["Dana"]).Draft; after == nil || after.Body != before.Body || !after.Quote || after.Subject != before.Subject {
		t.Errorf("it was %+v and came back as %+v", before, after)
	}
	s.Press("j")
	s.Sees("Mine.")
	s.Press("r")
	s.Type("More. ")
	s.Wait(time.Second)
	if d := s.desk.Dossier(s.who["Dana"]).Draft; d == nil || d.Body == before.Body {
		t.Error("and can be written on")
	}

	// What was written instead is not overwritten, and after the toast u is the last change again.
	s.Press("ctrl+x", "d", "r")
	s.Type("Another. ")
	s.Press("esc")
	s.Press("u")
	s.SeesNot("The draft is back.")
	if s.Wait(time.Second); s.desk.Dossier(s.who["Dana"]).Draft == nil {
		t.Fatal("the new draft is gone")
	}
	s.Sees("Another.")
	s.Press("r", "ctrl+x", "d")
	s.Wait(10 * time.Second)
	s.Press("u")
	s.SeesNot("The draft is back.", "Another.")
}
