package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"stoke/model/signal"
)

func TestExplainLooksThroughFolders(t *testing.T) {
	h := open(t)
	dir := t.TempDir()
	for _, file := range []string{"b.eml", "a/2.EML", "a/10.eml", "a/notes.txt", "md/cur/1700000000.M1P2.host:2,S", "md/new/1700000001.M1P2.host", "md/tmp/1700000002.M1P2.host", "md/dovecot-uidlist"} {
		path := filepath.Join(dir, file)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(dir, filepath.Join(dir, "a", "round.eml")); err != nil {
		t.Fatal(err)
	}
	r := h.run("explain", "testdata/mail.eml", dir, "--json")
	want := []string{"explain Some text.\n", "explain a/10.eml", "explain a/2.EML", "explain b.eml", "explain md/cur/1700000000.M1P2.host:2,S", "explain md/new/1700000001.M1P2.host"}
	if r.code != 0 || !slices.Equal(h.said, want) || strings.Count(r.out, "\n") != len(want) || !strings.Contains(r.out, `{"file":"`+filepath.Join(dir, "a", "10.eml")+`"`) {
		t.Errorf("exit %d, %q, looked at %q", r.code, r.out, h.said)
	}

	h.said = nil
	empty := t.TempDir()
	r = h.run("explain", empty, "testdata/mail.eml", "--json")
	if r.code != 1 || strings.Count(r.out, "\n") != 2 || !strings.Contains(r.err, "There is no mail in "+empty) || len(h.said) != 1 {
		t.Errorf("exit %d, %q, %q", r.code, r.out, r.err)
	}
}

func TestExplainReadsTheBeginningOfALargeMail(t *testing.T) {
	h := open(t)
	file := filepath.Join(t.TempDir(), "large.eml")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(file, 1<<30); err != nil {
		t.Fatal(err)
	}
	if r := h.run("explain", file); r.code != 0 || len(h.said) != 1 || len(h.said[0]) > 5<<20 {
		t.Errorf("exit %d, %s", r.code, r.err)
	}
}

func TestExplainTellsWhatItMeansForTheDeal(t *testing.T) {
	march := time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)
	for _, tc := range []struct {
		verdict signal.Verdict
		says    []string
		json    string
	}{
		{signal.Verdict{Refusal: true}, []string{"  says no\n"}, `"refusal":true,"not_now":false,"not_now_until":null`},
		{signal.Verdict{NotNow: true, AsksQuestion: true}, []string{"  not now\n", "  asks a question\n"}, `"not_now":true,"not_now_until":null`},
		{signal.Verdict{NotNow: true, NotNowUntil: march}, []string{"  not now, but from Mon 1 Mar 2027\n"}, `"not_now":true,"not_now_until":"2027-03-01T00:00:00Z"`},
	} {
		h := open(t)
		h.verdict = tc.verdict
		h.verdict.Kind, h.verdict.Reason = signal.Human, "a person wrote this"
		r := h.run("explain", "testdata/mail.eml")
		for _, want := range append(tc.says, "human. a person wrote this\n") {
			if r.code != 0 || !strings.Contains(r.out, want) {
				t.Errorf("%+v: exit %d, %q without %q", tc.verdict, r.code, r.out, want)
			}
		}
		if r := h.run("explain", "testdata/mail.eml", "--json"); !strings.Contains(r.out, tc.json) {
			t.Errorf("%q without %s", r.out, tc.json)
		}
	}
}
