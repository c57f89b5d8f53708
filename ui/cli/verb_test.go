package cli_test

import (
	"strings"
	"testing"

	"stoke/ui/uitest"
)

// Of several people, those about whom a verb is refused are named, and the others are not kept waiting for them.
func TestAVerbNamesWhomItLeavesOut(t *testing.T) {
	h := open(t)
	uitest.Cast(h.desk.Desk)
	h.run("retire", "Luis", "no-fit")
	for _, dry := range []bool{true, false} {
		line := []string{"enrol", "Luis", "Mei", "sales"}
		if dry {
			line = append(line, "--dry-run")
		}
		var all []struct {
			Name  string
			Error struct{ Code, Message string }
			Step  struct{ Sequence string }
		}
		h.json(&all, line...)
		if len(all) != 2 || all[0].Name != "Luis Ferrer" || all[0].Error.Code != "conflict" || all[0].Error.Message == "" || all[1].Step.Sequence != "sales" || all[1].Error.Code != "" {
			t.Errorf("dry %v: %+v", dry, all)
		}
	}
	if r := h.run("enrol", "Luis", "Mei", "sales"); r.code != 0 || !strings.Contains(r.out, "Enrolled Mei in sales") || !strings.Contains(r.err, "Luis") {
		t.Errorf("exit %d, said %q and %q", r.code, r.out, r.err)
	}
	if r := h.run("enrol", "Luis", "sales"); r.code != 1 || !strings.Contains(r.err, "Luis") {
		t.Errorf("exit %d, said %q", r.code, r.err)
	}
}
