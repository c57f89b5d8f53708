package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stoke/ui/cli"
	"stoke/ui/uitest"
)

const nagging = `Subject: Re: your forklifts
To: Dana Whitfield <dana@northwind.example>

Hi Tom,

I'm just checking in!! See the deck attached.

Best,
Robin
`

type coached struct {
	Words, Questions int
	Grade            float64
	Kind, Language   string
	Note             string
	Hints            []struct {
		Check, Level, Message, Source string
		Place                         struct {
			Part           string
			Line, From, To int
		}
	}
}

// checks are those with a level, in the order told.
func (c coached) checks(level string) (all []string) {
	for _, h := range c.Hints {
		if h.Level == level {
			all = append(all, h.Check)
		}
	}
	return all
}

func TestCoachReadsADraftWithoutConfig(t *testing.T) {
	for _, config := range []string{account, "-", "", "this is no config ["} {
		h := open(t)
		h.config, h.input = config, nagging
		var c coached
		h.json(&c, "coach", "-", "--opener")
		if got := strings.Join(c.checks("warn"), " "); got != "greeting attachment nudge subject question length" || c.Words != 12 || c.Kind != "opener" || c.Language != "en" {
			t.Errorf("%q: warned of %q\n%+v", config, got, c)
		}
		if p := c.Hints[0].Place; p.Part != "body" || p.Line != 1 || p.From != 3 || p.To != 6 {
			t.Errorf("greeted at %+v", p)
		}
		h.json(&c, "coach", "-", "--follow-up")
		if got := c.checks("warn"); slices.Contains(got, "subject") || c.Kind != "follow-up" {
			t.Errorf("a follow-up may stand in a thread: %q, %+v", got, c)
		}
		if h.opened > 0 {
			t.Error("the database was opened")
		}
	}
}

func TestCoachInTheContract(t *testing.T) {
	h := open(t)
	h.input = nagging
	h.golden("coach", "coach", "-")
}

func TestCoachForPeople(t *testing.T) {
	h := open(t)
	h.config, h.input = "-", nagging
	r := h.run("coach", "-", "--opener")
	if r.code != 0 || r.err != "" {
		t.Fatalf("exit %d: %s", r.code, r.err)
	}
	uitest.Golden(t, "coach-text", r.out)
	h.input = "Hallo Dana,\n\nich habe Ihnen das Angebot für die vierzig Plätze geschickt. Passt Ihnen der Dienstag?\n\nViele Grüße\nRobin"
	if r := h.run("coach", "-"); !strings.Contains(r.out, "reads as German") || strings.Contains(r.out, "grade") {
		t.Errorf("%s", r.out)
	}
}

func TestTheHeaderOfADraftMayBeMissing(t *testing.T) {
	for _, c := range []struct{ in, warns string }{
		{"Do you want the list?", "length"},
		{"Subject:\n\nDo you want the list?", "subject length"},
		{"\ufeffSUBJECT: a\r\nto: Dana\r\n\r\nHi Tom,\r\n\r\nDo you want the list?\r\n", "greeting length"},
		{"To: dana@northwind.example\nSubject: three words here\nDo you want the list?", "length"},
		{"From: r@acme.test\nIn-Reply-To: <x@y>\nSubject: Re: list\n\nDo you want the list?", "length"},
		{"Attach: list.pdf\n\nThe list is attached. Do you want it?", "length"},
		{"Note: this is text.\n\nDo you want the list?", "length"},
		{"", "question length"},
		{"Subject: three words here", "question length"},
	} {
		h := open(t)
		h.input = c.in
		var got coached
		h.json(&got, "coach", "-")
		if strings.Join(got.checks("warn"), " ") != c.warns {
			t.Errorf("%q: warned of %q, want %q", c.in, got.checks("warn"), c.warns)
		}
	}
}

func TestCoachRefusesWhatIsNoDraft(t *testing.T) {
	dir := t.TempDir()
	file := func(name string, content []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	picture := file("deck.png", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"))
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"coach"}, cli.ExitUsage, "FILE|- [--opener|--follow-up]"},
		{[]string{"coach", "a", "b"}, cli.ExitUsage, "FILE|- [--opener|--follow-up]"},
		{[]string{"coach", "-", "--opener", "--follow-up"}, cli.ExitUsage, "not both"},
		{[]string{"coach", filepath.Join(dir, "gone.txt")}, cli.ExitFailed, "no such file"},
		{[]string{"coach", dir}, cli.ExitFailed, "directory"},
		{[]string{"coach", picture}, cli.ExitFailed, "deck.png is no text"},
		{[]string{"coach", file("latin1.txt", []byte("Gr\xfc\xdfe"))}, cli.ExitFailed, "UTF-8"},
		{[]string{"coach", file("huge.txt", []byte(strings.Repeat("Do you? ", 10<<20/8)))}, cli.ExitFailed, "huge.txt is larger than 1 MB"},
	} {
		h := open(t)
		r := h.run(c.args...)
		if r.code != c.code || !strings.Contains(r.err, c.says) || strings.Count(r.err, "\n") != 1 || r.out != "" {
			t.Errorf("stoke %v: exit %d, said %q %q", c.args, r.code, r.out, r.err)
		}
		if r := h.run(append(c.args, "--json")...); r.code != c.code || !strings.Contains(r.out, `{"error":{`) {
			t.Errorf("stoke %v --json: exit %d, said %q", c.args, r.code, r.out)
		}
	}
}

func TestADraftComesWithItsHints(t *testing.T) {
	h := open(t)
	uitest.Cast(h.desk.Desk)
	var d struct {
		Hints []struct{ Check, Level, Message, Source string }
	}
	h.json(&d, "draft", "Hal")
	if len(d.Hints) == 0 || d.Hints[0].Check != "blank" || d.Hints[0].Level != "warn" {
		t.Errorf("Hal's draft has a blank: %+v", d)
	}
	if r := h.run("draft", "Hal"); !strings.Contains(r.out, "A blank is left") {
		t.Errorf("%s", r.out)
	}
}
