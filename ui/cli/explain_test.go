package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
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
