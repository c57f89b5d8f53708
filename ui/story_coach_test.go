package ui_test

import (
	"strings"
	"testing"
)

// row is the line below the draft.
func coachRow(s *stage) string { return strings.TrimSpace(s.Line(22)) }

func TestTheCoachSpeaksBesideTheDraft(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("r", "ctrl+end", "up", "up", "up", "end")
	s.Type(" Just checking in again.")
	if row := coachRow(s); !strings.HasPrefix(row, "! “Just checking in” says nothing new. F2") || !strings.HasSuffix(row, "50 words · 1 question") {
		t.Errorf("%q\n%s", row, s.Screen())
	}
	for range " Just checking in again." {
		s.Press("backspace")
	}
	if row := coachRow(s); !strings.HasPrefix(row, "· Not a word of your last talk: add one. F2  ") {
		t.Errorf("%q\n%s", row, s.Screen())
	}
	s.Type(" The demo is yours next week.")
	if row := coachRow(s); row != "52 words · 1 question" {
		t.Errorf("nothing is left to mend: %q\n%s", row, s.Screen())
	}
}

func TestTheCoachsListGoesToThePlaceAndLeavesTheTextAlone(t *testing.T) {
	for _, size := range sizes {
		s := perform(t, size.w, size.h)
		s.Press("r", "ctrl+end", "up", "up", "up", "end")
		s.Type(" Bumping this!! See what is attached.")
		s.Press("esc")
		before := s.saved("Ines").Body
		s.Press("r", "f2")
		s.Sees("Coach", "enter goes to the place", "It says “attached”, and nothing is attached.", "“Bumping this” says nothing new.",
			"2 exclamation marks: one is plenty.", "The length is right.", "0 files attached; at least 1", "stoke's own rule")
		s.Press("j")
		s.Sees("1 empty phrase; none")
		s.Press("esc")
		s.SeesNot("enter goes to the place")
		s.Press("f2", "f2")
		s.SeesNot("enter goes to the place")
		s.Press("esc")
		if after := s.saved("Ines").Body; after != before {
			t.Fatalf("looking changed the text:\n%s", after)
		}
		s.Press("r", "f2", "j", "enter")
		s.Type("X")
		s.Press("esc")
		if after := s.saved("Ines").Body; after != strings.Replace(before, "Bumping this", "XBumping this", 1) {
			t.Errorf("typed elsewhere:\n%s", after)
		}
	}
}

func TestTheCoachChoosesABlankAndReadsTheSubject(t *testing.T) {
	s := perform(t, 80, 24)
	s.Press("j", "j", "r", "ctrl+home", "f2") // Hal: a draft with a blank
	s.Sees("! A blank is left", "a mail with a blank is never sent")
	s.Press("enter")
	s.Type("the racks")
	s.Press("esc")
	d := s.saved("Hal")
	if strings.Contains(d.Body, "{{") || !strings.Contains(d.Body, "the racks") {
		t.Errorf("the blank was not chosen:\n%s", d.Body)
	}
	s.Press("k", "r", "up", "end") // Dana's subject
	s.Sees("To       Dana")
	s.Type(" NOW")
	s.Press("f2")
	s.Sees("“NOW” shouts")
}
