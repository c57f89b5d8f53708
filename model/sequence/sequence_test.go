package sequence_test

import (
	"strings"
	"testing"

	"stoke/model/sequence"
)

// Every mistake is told with the line that it stands on, and what would be right.
func TestAMistakeIsToldWithItsLine(t *testing.T) {
	const step = "[[step]]\nwait = 1\n"
	for _, tc := range []struct{ name, src, want string }{
		{"no TOML", "name = \"x\"\nkind = \n" + step, "own.toml:2: "},
		{"no kind", "\n" + step, `own.toml:1: the kind of a sequence is one of opener, inquiry, sales, download, event, post-purchase, deal, re-engagement, nurture, not ""`},
		{"another kind", "# mine\nkind = \"sale\"\n" + step, `own.toml:2: the kind of a sequence is one of opener`},
		{"no steps", "kind = \"sales\"\n", "own.toml:1: a sequence needs at least one [[step]]"},
		{"unknown key", "kind = \"sales\"\nauot = true\n" + step, `own.toml:2: there is no key "auot" in a sequence; it has name, kind, auto, stop and steps`},
		{"unknown key of a step", "kind = \"sales\"\n" + step + "chanel = \"call\"\n", `own.toml:4: there is no key "chanel" in a step; it has wait, latest, channel, template`},
		{"a wait back", "kind = \"sales\"\n" + step + "\n[[step]]\n\nwait = -1\n", "own.toml:7: step 2 waits -1 business days; 0 to 250 are possible"},
		{"a wait of years", "kind = \"sales\"\n[[step]]\nwait = 251\n", "own.toml:3: step 1 waits 251 business days"},
		{"latest", "kind = \"sales\"\n" + step + "latest = 1000\n", "own.toml:4: step 1 comes at the latest after 1000 days; 0 to 365 are possible"},
		{"a channel", "kind = \"sales\"\n" + step + "channel = \"fax\"\n", `own.toml:4: step 1 has the channel "fax"; it is mail, call or text`},
		{"a stop", "kind = \"sales\"\nstop = [\"event\", \"reply\"]\n" + step, `own.toml:2: a sequence can stop on download, event, met, referral, proposal, meeting, not on "reply"; an answer`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if _, err := sequence.Parse("own.toml", []byte(tc.src)); err == nil || !strings.HasPrefix(err.Error(), tc.want) {
				t.Errorf("got  %v\nwant %s", err, tc.want)
			}
		})
	}
}

func TestASequenceIsReadWhole(t *testing.T) {
	q, err := sequence.Parse("dir/own.toml", []byte("kind = \"sales\"\nauto = true\nstop = [\"download\"]\n[[step]]\nwait = 2\n[[step]]\nwait = 3\nlatest = 9\nchannel = \"call\"\ntemplate = \"mine\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	if q.Name != "own" || q.Kind != "sales" || !q.Auto || len(q.Stop) != 1 || q.Stop[0] != "download" || len(q.Steps) != 2 ||
		q.Steps[0] != (sequence.Step{Wait: 2, Channel: "mail"}) || q.Steps[1] != (sequence.Step{Wait: 3, Latest: 9, Channel: "call", Template: "mine"}) {
		t.Errorf("read %+v", q)
	}
}
