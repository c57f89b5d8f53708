package ui_test

import (
	"testing"
	"time"
)

// A template change is one step: ctrl+z brings back subject, text and what the draft was made from, so that the answer
// counts for the template that is sent; ctrl+y goes there again.
func TestATemplateChangeIsUndoneAsAWhole(t *testing.T) {
	s := perform(t, 120, 40)
	made := func(want string) {
		t.Helper()
		s.Sees("· " + want)
		s.Wait(time.Second)
		if d := s.saved("Ines"); d == nil || d.Template != want {
			t.Errorf("the draft is made from %+v, want %s", d, want)
		}
	}
	s.Press("r")
	s.Type("Mine. ")
	made("Answer an inquiry")
	s.Sees("Subject  Your question, Mareverde")
	s.Press("ctrl+t", "3")
	s.Sees("Filled from")
	s.SeesNot("Mine. ", "Subject  Your question, Mareverde")
	s.Press("ctrl+z")
	s.Sees("Mine. ", "Subject  Your question, Mareverde")
	s.SeesNot("ctrl+z in the draft brings your text back")
	made("Answer an inquiry")
	s.Press("ctrl+y")
	s.SeesNot("Mine. ", "Subject  Your question, Mareverde")
	s.Type("More. ")
	s.Press("ctrl+z", "ctrl+z")
	s.Sees("Mine. ", "Subject  Your question, Mareverde")
	made("Answer an inquiry")
	s.Press("ctrl+z")
	s.SeesNot("Mine. ")
	made("Answer an inquiry")
}
