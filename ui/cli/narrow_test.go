package cli_test

import (
	"context"
	"strings"
	"testing"

	"stoke/model"
	"stoke/ui/uitest"
)

func TestTheQueueIsNarrowedByFlagsAndByAKeptFilter(t *testing.T) {
	h := open(t)
	uitest.Cast(h.desk.Desk)
	if err := h.desk.KeepFilter(context.Background(), model.Filter{Name: "Big", Text: "value:20k"}); err != nil {
		t.Fatal(err)
	}
	for args, want := range map[string]string{
		"--company north":                      "Dana",
		"--company NORTH --value 30000":        "",
		"--value 20000":                        "Dana",
		"--kind inquiry":                       "Ines",
		"--kind promise --search hal":          "Hal",
		"--filter big":                         "Dana",
		"--filter big --search ines":           "",
		"--search company:polder --kind step":  "Hanne",
		"--view waiting --search company:casa": "Luis",
	} {
		r := h.run(append([]string{"queue"}, strings.Fields(args)...)...)
		found := strings.Contains(r.out, want) && want != "" || want == "" && strings.Contains(r.out, "Nobody fits.")
		if r.code != 0 || !found || want != "Tom" && strings.Contains(r.out, "Tom") {
			t.Errorf("queue %s: exit %d\n%s%s", args, r.code, r.out, r.err)
		}
	}
	if r := h.run("queue", "--filter", "small"); r.code != 1 || !strings.Contains(r.err, `There is no filter "small"; there is Big.`) {
		t.Errorf("exit %d, %s", r.code, r.err)
	}
}
