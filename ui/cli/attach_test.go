package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stoke/model"
	"stoke/ui/uitest"
)

type fileOf struct {
	Name string
	Size int64
	Type string
}

// file writes a file of so many bytes and gives its path.
func file(t *testing.T, name string, size int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(strings.Repeat("x", size)), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFilesGoAlongWithAMail(t *testing.T) {
	h := open(t)
	uitest.Cast(h.desk.Desk)
	offer, list := file(t, "offer.pdf", 2000), file(t, "Übersicht 日本.xlsx", 0)
	h.input = "The offer is attached. Does Tuesday at 10:00 suit you?\n"
	h.golden("send-attached", "send", "Hal Brooks", "--body-file", "-", "--attach", offer, "--attach", list, "--attach", offer, "--dry-run")
	if len(h.desk.Mails()) != 0 {
		t.Fatal("a dry run sent something")
	}
	h.input = "The offer is attached. Does Tuesday at 10:00 suit you?\n"
	var sent struct {
		ID int64 `json:"outbox_id"`
	}
	h.json(&sent, "send", "Hal Brooks", "--body-file", "-", "--attach", offer, "--attach", list, "--yes")
	var shown struct{ Files []fileOf }
	h.json(&shown, "outbox", "show", itoa(sent.ID))
	want := []fileOf{{"offer.pdf", 2000, "type/of-offer.pdf"}, {"Übersicht 日本.xlsx", 0, "type/of-Übersicht 日本.xlsx"}}
	if !slices.Equal(shown.Files, want) {
		t.Errorf("outbox show tells of %+v", shown.Files)
	}
	if r := h.run("outbox", "show", itoa(sent.ID)); !strings.Contains(r.out, "Files: offer.pdf (2 KB), Übersicht 日本.xlsx (0 bytes)") {
		t.Errorf("%q", r.out)
	}
}

func TestADraftTellsOfItsFiles(t *testing.T) {
	h := open(t)
	ids := uitest.Cast(h.desk.Desk)
	var draft struct{ Files []fileOf }
	h.json(&draft, "draft", "Hal")
	if draft.Files == nil || len(draft.Files) != 0 {
		t.Errorf("without files: %+v", draft.Files)
	}
	kept := model.Draft{Contact: ids["Hal"], To: []model.Address{{Addr: "hal@brooks.example"}}, Subject: "The racks", Body: "Is it fine?", Edited: true,
		Attachments: []model.Attachment{{Path: "/x/offer.pdf", Name: "offer.pdf", Size: 2000}}}
	if _, err := h.desk.SaveDraft(t.Context(), kept); err != nil {
		t.Fatal(err)
	}
	h.json(&draft, "draft", "Hal")
	if !slices.Equal(draft.Files, []fileOf{{"offer.pdf", 2000, "type/of-offer.pdf"}}) {
		t.Errorf("a kept draft: %+v", draft.Files)
	}
	if r := h.run("draft", "Hal"); !strings.Contains(r.out, "Files: offer.pdf (2 KB)") {
		t.Errorf("%q", r.out)
	}
	// What is attached now goes beside what the draft has.
	var dry struct{ Draft struct{ Files []fileOf } }
	h.json(&dry, "send", "Hal", "--attach", file(t, "list.csv", 5), "--dry-run")
	if len(dry.Draft.Files) != 2 || dry.Draft.Files[1].Name != "list.csv" {
		t.Errorf("%+v", dry.Draft.Files)
	}
}

func TestAFileThatCannotGoIsNamed(t *testing.T) {
	h := open(t)
	uitest.Cast(h.desk.Desk)
	large := file(t, "large.bin", 0)
	if err := os.Truncate(large, model.MaxAttached); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		want  string
		code  int
		files []string
	}{
		{"nowhere.pdf is not there", 1, []string{"/x/nowhere.pdf"}},
		{"a mail carries at most 25 MB", 2, []string{large, file(t, "one.txt", 1)}},
		{"--attach needs the path of a file", 2, []string{""}},
	} {
		args := []string{"send", "Hal", "--body-file", "testdata/mail.eml", "--yes"}
		for _, f := range c.files {
			args = append(args, "--attach", f)
		}
		if r := h.run(args...); r.code != c.code || !strings.Contains(r.err, c.want) || strings.Contains(r.err, "ctrl+") || len(h.desk.Mails()) != 0 {
			t.Errorf("exit %d, %q, want %q", r.code, r.err, c.want)
		}
	}
}

// The coach speaks before a mail is sent: a file that the text names and that does not go along.
func TestTheMissingFileIsSaidBeforeSending(t *testing.T) {
	h := open(t)
	uitest.Cast(h.desk.Desk)
	for _, c := range []struct {
		files []string
		says  bool
	}{{nil, true}, {[]string{"--attach", file(t, "offer.pdf", 10)}, false}} {
		h.input = "Hi Hal,\n\nthe offer is attached. Does Tuesday at 10:00 suit you?\n"
		r := h.run(append([]string{"send", "Hal", "--body-file", "-", "--dry-run"}, c.files...)...)
		if r.code != 0 || strings.Contains(r.out, "! attachment") != c.says {
			t.Errorf("exit %d, %v: %s", r.code, c.files, r.out)
		}
	}
}

// A refusal that can be overruled says how, in the words of the command line.
func TestAForceableRefusalNamesTheFlag(t *testing.T) {
	h := open(t)
	uitest.Cast(h.desk.Desk)
	if r := h.run("send", "Luis", "--body-file", "testdata/mail.eml", "--yes"); r.code != 1 || !strings.Contains(r.err, "--force") {
		t.Errorf("%+v", r)
	}
}
