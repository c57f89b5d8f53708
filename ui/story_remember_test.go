package ui_test

import (
	"strings"
	"testing"
	"time"
)

// What was filled into a blank is kept by one key after the send, fills the next draft, and can be undone.
func TestWhatWasFilledInIsKept(t *testing.T) {
	s := perform(t, 100, 30)
	s.Press("j", "t")
	s.Sees("Template")
	for range 40 {
		if strings.Contains(s.Screen(), "▌") && strings.Contains(lineOf(s, "▌ "), "Price offer") {
			break
		}
		s.Press("down")
	}
	s.Press("enter")
	s.Wait(200 * time.Millisecond)
	s.Press("r")
	s.Type("40 seats")
	s.Press("tab")
	s.Type("49 a month")
	s.Press("tab")
	s.Type("Friday")
	s.Press("ctrl+s")
	s.Sees("Sending to Dana", "A keeps 3 answers · u undo")
	if got := s.contact("Dana").Fields; len(got) != 0 {
		t.Errorf("kept unasked: %v", got)
	}
	s.Press("A")
	s.Sees("Kept for Dana: price, valid until, what they need", "u undo")
	if got := s.contact("Dana").Fields; got["price"] != "49 a month" || got["what_they_need"] != "40 seats" {
		t.Errorf("kept %v", got)
	}
	s.Press("A")
	s.Sees("no blank whose answer could be kept")
	s.Press("u")
	if got := s.contact("Dana").Fields; len(got) != 0 {
		t.Errorf("undone, and still kept: %v", got)
	}
}

// lineOf is the line of the picker under the cursor.
func lineOf(s *stage, mark string) string {
	for l := range strings.SplitSeq(s.Screen(), "\n") {
		if strings.Contains(l, "│ "+mark) {
			return l
		}
	}
	return ""
}

// Whatever template the rep looks at in the picker, it is shown as the contact would get it.
func TestThePickerShowsNoTags(t *testing.T) {
	s := perform(t, 120, 60)
	s.Press("j", "t")
	s.Sees("Template", "Hi Dana,", "You asked:")
	seen := map[string]bool{}
	for range 40 {
		picture := s.Screen()
		for _, raw := range []string{"{%", "| default", "| truncate", "{{ "} {
			if strings.Contains(picture, raw) {
				t.Fatalf("%q is to be seen:\n%s", raw, picture)
			}
		}
		seen[lineOf(s, "▌ ")] = true
		s.Press("down")
	}
	if len(seen) < 20 {
		t.Errorf("%d templates were looked at", len(seen))
	}
}
