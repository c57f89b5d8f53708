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
		{"another type", "kind = \"sales\"\n[[step]]\nwait = \"x\"\n", "own.toml:3: "},
		{"no steps", "kind = \"sales\"\n", "own.toml:1: a sequence needs at least one [[step]]"},
		{"unknown key", "kind = \"sales\"\nauot = true\n" + step, `own.toml:2: there is no key "auot" in a sequence; it has name, kind, auto, stop and steps that begin with [[step]]`},
		{"unknown key of a step", "kind = \"sales\"\n" + step + "chanel = \"call\"\n", `own.toml:4: there is no key "chanel" in a step; it has wait, latest, channel, template`},
		{"a wait back", "kind = \"sales\"\n" + step + "\n[[step]]\n\nwait = -1\n", "own.toml:7: step 2 waits -1 business days; 0 to 250 are possible"},
		{"a wait of years", "kind = \"sales\"\n[[step]]\nwait = 251\n", "own.toml:3: step 1 waits 251 business days"},
		{"steps as a number", "kind = \"sales\"\nsteps = 3\n", `own.toml:2: there is no key "steps" in a sequence; it has name, kind, auto, stop and steps that begin with [[step]]`},
		{"a key of the file in a step", "kind = \"sales\"\n" + step + "kind = \"deal\"\n", `own.toml:4: there is no key "kind" in a step`},
		{"tabs and quotes", "kind = \"sales\"\n\t[[ step ]]\n\t'wait' = -1\n", "own.toml:3: step 1 waits -1"},
		{"latest before its wait", "kind = \"sales\"\n[[step]]\nwait = 4\nlatest = 5\n", "own.toml:4: step 1 comes at the latest after 5 days, but 4 business days take up to 6: say that or more"},
		{"latest back", "kind = \"sales\"\n" + step + "latest = -2\n", "own.toml:4: step 1 comes at the latest after -2 days"},
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

// A kind that there is none of, or none, costs a hint and not the sequence: people may be in it.
func TestAKindThatIsNoneIsDoubted(t *testing.T) {
	for src, want := range map[string]string{
		"kind = \"sales\"\n[[step]]\n":             "",
		"\n[[step]]\n":                             `own.toml:1: the kind of a sequence is one of opener, inquiry, sales, download, event, post-purchase, deal, re-engagement, nurture, not ""`,
		"auto = true\nkind = \"sale\"\n[[step]]\n": `own.toml:2: the kind of a sequence is one of opener`,
	} {
		q, err := sequence.Parse("own.toml", []byte(src))
		if err != nil {
			t.Errorf("%q: %v", src, err)
		}
		switch doubt := sequence.Doubt("own.toml", []byte(src), q); {
		case doubt == nil != (want == ""), doubt != nil && !strings.HasPrefix(doubt.Error(), want):
			t.Errorf("%q: got %v, want %s", src, doubt, want)
		}
	}
}
