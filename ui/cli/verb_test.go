package cli_test

import (
	"encoding/json"
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
		r := h.run(append(line, "--json")...)
		if err := json.Unmarshal([]byte(r.out), &all); err != nil || r.code != 1 {
			t.Fatalf("exit %d, %v in %s", r.code, err, r.out)
		}
		if len(all) != 2 || all[0].Name != "Luis Ferrer" || all[0].Error.Code != "conflict" || all[0].Error.Message == "" || all[1].Step.Sequence != "sales" || all[1].Error.Code != "" {
			t.Errorf("dry %v: %+v", dry, all)
		}
	}
	if r := h.run("enrol", "Luis", "Mei", "sales"); r.code != 1 || !strings.Contains(r.out, "Enrolled Mei in sales") || !strings.Contains(r.err, "Luis") {
		t.Errorf("exit %d, said %q and %q", r.code, r.out, r.err)
	}
	if r := h.run("enrol", "Luis", "sales"); r.code != 1 || !strings.Contains(r.err, "Luis") {
		t.Errorf("exit %d, said %q", r.code, r.err)
	}
}

// What is wrong with a flag is an object, too, wherever --json stands.
func TestAWrongFlagIsSaidAsJSON(t *testing.T) {
	for _, line := range []string{"queue --limit x --json", "queue --json --limit x", "edit Tom --nope --json"} {
		if r := open(t).run(strings.Fields(line)...); r.code != 2 || errorCode(t, r.out) != "usage" || r.err == "" {
			t.Errorf("%s: exit %d, %q, %q", line, r.code, r.out, r.err)
		}
	}
}
