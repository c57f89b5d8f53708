package ui_test

import (
	"errors"
	"strings"
	"testing"

	"stoke/model"
	"stoke/ui/uitest"
)

func TestAListIsNarrowedAndTheNarrowingKept(t *testing.T) {
	s := perform(t, 80, 24)
	s.desk.Change(s.who["Tom"], func(c *model.Contact) { c.Tags = []string{"Partner"} })
	s.desk.Change(s.who["Aiko"], func(c *model.Contact) { c.Tags = []string{"press"} })
	s.Press("F")
	s.Sees("No filter is kept yet. / narrows the list")
	s.Press("/")
	s.Sees("tag:  company:  seq:  kind:  value:5k")
	s.Type("tag:partner")
	s.Sees("Tom Okafor")
	if strings.Contains(s.Screen(), "Aiko Tanaka") {
		t.Error("the list is not narrowed")
	}
	s.Press("enter", "F")
	s.Sees("Filters", "type a name to keep the present one")
	s.Type("partners")
	s.Sees("keep it as “partners”", "tag:partner")
	s.Press("enter")
	s.Sees("Kept as “partners”. F takes it again.")
	s.Press("esc")
	s.Sees("Aiko Tanaka")

	s.Press("/")
	s.Type("value:20k")
	s.Sees("Dana Whitfield")
	s.Press("enter", "F")
	s.Type("big")
	s.Press("enter")
	s.Press("F")
	uitest.Golden(t, "filters-80x24", s.Screen())
	s.Press("1")
	s.Sees("Tom Okafor")
	s.Press("F", "down", "ctrl+d")
	s.Sees("Forgot “big”.", "u undo", "Filters", "▌ 1  partners")
	s.SeesNot("value:20k")
	s.Press("esc")
	s.Sees("Tom Okafor")
	s.SeesNot("Dana Whitfield") // it is still narrowed to the partners
	s.Press("F")
	s.Sees("partners")
	s.SeesNot("value:20k")
	s.Press("esc", "u")
	s.Sees("Kept as “big”. F takes it again.", "Tom Okafor")
	s.Press("F")
	s.Sees("partners", "big", "value:20k")
	s.Press("esc", "esc", "esc")
	s.Sees("Aiko Tanaka", "Tom Okafor", "Dana Whitfield")
}

// Who tidies up forgets one after the other, in the list that they stood in.
func TestFiltersAreForgottenOneAfterTheOther(t *testing.T) {
	s := perform(t, 80, 24)
	for _, name := range []string{"first", "second", "third"} {
		if err := s.desk.KeepFilter(t.Context(), model.Filter{Name: name, Text: "company:" + name}); err != nil {
			t.Fatal(err)
		}
	}
	s.Press("/")
	s.Type("hal")
	s.Press("enter", "F")
	s.desk.Fails = errors.New("disk I/O error (5)")
	s.Press("ctrl+d")
	s.Sees("Could not change the filters", "company:first")
	s.desk.Fails = nil
	s.Press("down", "ctrl+d", "ctrl+d")
	s.Sees("Forgot “third”.", "company:first", "type a name to keep the present one")
	s.SeesNot("company:second")
	if left, err := s.desk.Filters(t.Context()); err != nil || len(left) != 1 || left[0].Name != "first" {
		t.Errorf("left %v, %v", left, err)
	}
	s.Press("ctrl+d")
	s.SeesNot("company:first")
	s.Press("ctrl+d", "esc")
	s.Sees("Hal Brooks")
	s.SeesNot("Aiko Tanaka")
}
