package cli_test

import (
	"slices"
	"strings"
	"testing"

	"stoke/ui/uitest"
)

func TestDeletingIsUndoableAndErasingAsks(t *testing.T) {
	for _, tc := range []struct {
		name         string
		args         []string
		input        string
		terminal     bool
		code         int
		says         string
		gone, erased bool
	}{
		{name: "deleted", args: []string{"delete", "Luis", "Ferrer"}, says: "`stoke undo` brings them back", gone: true},
		{name: "only said", args: []string{"delete", "Luis", "--erase", "--dry-run"}, says: "Luis Ferrer"},
		{name: "nobody to ask", args: []string{"delete", "Luis", "--erase"}, code: 2, says: "Add --yes"},
		{name: "asked, and no", args: []string{"delete", "Luis", "--erase"}, input: "n\n", terminal: true, code: 1, says: "Nothing was erased"},
		{name: "asked, and yes", args: []string{"delete", "Luis", "--erase"}, input: "y\n", terminal: true, says: "Erased Luis", erased: true},
		{name: "not asked", args: []string{"delete", "Luis", "--erase", "--yes"}, says: "Erased Luis", erased: true},
		{name: "nobody of that name", args: []string{"delete", "Zorro"}, code: 1, says: "Nobody is called"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			h := open(t)
			luis := uitest.Cast(h.desk.Desk)["Luis"]
			h.input, h.terminal = tc.input, tc.terminal
			r := h.run(tc.args...)
			if said := r.out + r.err; r.code != tc.code || !strings.Contains(said, tc.says) {
				t.Errorf("exit %d: %s, want exit %d with %q", r.code, said, tc.code, tc.says)
			}
			if gone, erased := slices.Contains(h.desk.gone, luis), slices.Contains(h.desk.erased, luis); gone != tc.gone || erased != tc.erased {
				t.Errorf("deleted %t, erased %t", gone, erased)
			}
		})
	}
}
