package ui_test

import (
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
	s.Sees("Forgot “big”. The list is narrowed to it: F keeps it again.", "Dana Whitfield")
	s.Press("F")
	s.Sees("partners")
	if strings.Contains(s.Screen(), "big ") {
		t.Error("it is still kept")
	}
	s.Press("esc", "esc")
	s.Sees("Aiko Tanaka", "Tom Okafor", "Dana Whitfield")
}
