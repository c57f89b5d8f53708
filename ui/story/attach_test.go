package story

import (
	"bytes"
	"encoding/base64"
	"io"
	"math/rand/v2"
	"mime"
	"mime/multipart"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"stoke/mail/mailtest"
)

// Files that `stoke send --attach` takes arrive octet by octet as they were when the mail was approved, under their names.
func TestAttachedFilesArriveOctetByOctet(t *testing.T) {
	r := newRep(t, mailtest.Options{})
	r.dana()
	dir := t.TempDir()
	random := rand.New(rand.NewChaCha8([32]byte{7}))
	binary := make([]byte, 300_001) // no multiple of three: base64 ends with padding
	for i := range binary {
		binary[i] = byte(random.Uint32())
	}
	files := []part{
		{"Übersicht 日本 (final).xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", binary},
		{"nothing at all.txt", "text/plain", nil},
		{`it's 100% ; final.pdf`, "application/pdf", []byte("a\r\nb\nc\rd\x00\xff\r\n.\r\n..\r\nFrom here\n--=_\n")},
		{strings.Repeat("长", 35) + ".bin", "application/octet-stream", []byte{0}},
		{"price list.csv", "text/csv", []byte("seats;price\n40;1200\n")},
	}
	args := []string{"send", "dana", "--body-file", filepath.Join(dir, "body"), "--yes"}
	r.write(filepath.Join(dir, "body"), []byte("The list is attached. Is it what you need?\n"))
	for _, f := range files {
		r.write(filepath.Join(dir, f.name), f.body)
		args = append(args, "--attach", filepath.Join(dir, f.name))
	}
	var queued struct {
		ID int64 `json:"outbox_id"`
	}
	r.asks(&queued, args...)

	// What happens to the files from here on does not reach the mail.
	changed := filepath.Join(dir, "price list.csv")
	r.write(changed, []byte("seats;price\n40;9999\n"))
	if err := os.Remove(filepath.Join(dir, files[0].name)); err != nil {
		t.Fatal(err)
	}
	var shown struct {
		Files []struct {
			Name, Type string
			Size       int64
		}
	}
	r.asks(&shown, "outbox", "show", "1")
	if len(shown.Files) != len(files) {
		t.Fatalf("outbox show tells of %+v", shown.Files)
	}
	for i, f := range shown.Files {
		if f.Name != files[i].name || f.Type != files[i].media || f.Size != int64(len(files[i].body)) {
			t.Errorf("outbox show tells of %+v, file %d is %q, %s, %d bytes", f, i, files[i].name, files[i].media, len(files[i].body))
		}
	}

	r.says("--now", in(time.Minute), "sync")
	deliveries := r.server.Deliveries()
	if len(deliveries) != 1 {
		t.Fatalf("%d deliveries", len(deliveries))
	}
	got := partsOf(t, deliveries[0].Raw)[1:]
	if !slices.EqualFunc(got, files, func(a, b part) bool { return a.name == b.name && a.media == b.media && bytes.Equal(a.body, b.body) }) {
		for _, g := range got {
			t.Errorf("arrived %q, %s, %d bytes", g.name, g.media, len(g.body))
		}
	}
	for line := range strings.SplitSeq(string(deliveries[0].Raw), "\r\n") {
		if len(line) > 998 {
			t.Errorf("a line has %d octets", len(line))
		}
	}
}

// A file that is gone, a folder or too large refuses before anything is queued; the refusal names it.
func TestAFileThatCannotGoIsRefusedByTheBinary(t *testing.T) {
	r := newRep(t, mailtest.Options{})
	r.dana()
	dir := t.TempDir()
	body, large := filepath.Join(dir, "body"), filepath.Join(dir, "large.mov")
	r.write(body, []byte("Is it what you need?\n"))
	r.write(large, nil)
	if err := os.Truncate(large, 26<<20); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		filepath.Join(dir, "no such file.pdf"): "no such file.pdf is not there (any more).", dir: "is a folder", large: "large.mov has 26 MB; a mail carries at most", "/dev/zero": "/dev/zero is no file",
	} {
		out, errs, code := r.tries("send", "dana", "--body-file", body, "--attach", path, "--yes")
		if code != 1 && code != 2 || out != "" || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, want) || strings.Contains(errs, "ctrl+") {
			t.Errorf("%s: exit %d, %q, %q", path, code, out, errs)
		}
	}
	if owed := r.outbox(); len(owed) != 0 {
		t.Errorf("the outbox holds %+v", owed)
	}
}

type part struct {
	name, media string
	body        []byte
}

// partsOf reads a mail with files as any mail program does, with the standard library's readers.
func partsOf(t *testing.T, raw []byte) []part {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/mixed" {
		t.Fatalf("the mail is %s, %v", kind, err)
	}
	var all []part
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		p, err := parts.NextRawPart()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		media, _, err := mime.ParseMediaType(p.Header.Get("Content-Type"))
		if err != nil {
			t.Fatal(err)
		}
		one := part{media: media}
		if _, names, err := mime.ParseMediaType(p.Header.Get("Content-Disposition")); err == nil {
			one.name = names["filename"]
		}
		var body io.Reader = p
		if p.Header.Get("Content-Transfer-Encoding") == "base64" {
			body = base64.NewDecoder(base64.StdEncoding, p)
		}
		if one.body, err = io.ReadAll(body); err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
}
