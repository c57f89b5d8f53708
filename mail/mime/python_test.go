package mime_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stoke/mail/mime"
)

// reader is Python's email package, written by other people than ours and
// go-message's, reading mails as JSON strings, one a line.
const reader = `
import base64, json, sys
from email import message_from_bytes, policy
for line in sys.stdin:
    m = message_from_bytes(base64.b64decode(json.loads(line)), policy=policy.default)
    body = m.get_body(("plain",))
    print(json.dumps({
        "Subject": str(m["Subject"]), "Name": m["To"].addresses[0].display_name, "Addr": m["To"].addresses[0].addr_spec,
        "Text": body.get_content(), "Page": m.get_body(("html",)).get_content() if m.get_body(("html",)) else "", "ID": str(m["Message-ID"]), "Files": [a.get_filename() for a in m.iter_attachments()],
        "Defects": [repr(d) for p in m.walk() for d in p.defects], "Bcc": m["Bcc"] is not None,
    }))
`

func TestPythonReadsTheSame(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		if os.Getenv("STOKE_TEST_SERVERS") == "1" {
			t.Fatal("python3 is missing, and STOKE_TEST_SERVERS=1 asks for it")
		}
		t.Skip("NOT TESTED: python3 is not here, so no second program read what mime.Build writes")
	}
	var letters []mime.Letter
	var in bytes.Buffer
	out := json.NewEncoder(&in)
	mails := rapid.Custom(func(t *rapid.T) mime.Letter {
		l := letter()
		l.Subject, l.Text = anyLine.Draw(t, "subject"), anyText.Draw(t, "text")
		// Python squeezes blanks in a name and puts one where an encoded word
		// was broken, so these names are of a person's length and single-spaced.
		name := []rune(strings.Join(strings.Fields(anyLine.Draw(t, "name")), " "))
		l.To[0].Name = strings.TrimSpace(string(name[:min(len(name), 11)]))
		if rapid.Bool().Draw(t, "as a page, too") {
			l.HTML = mime.HTML(l.Text)
		}
		if rapid.Bool().Draw(t, "with a file") {
			l.Attachments = []mime.Attachment{{Name: anyLine.Draw(t, "file"), Type: "text/plain", Body: []byte(l.Text)}}
		}
		return l
	})
	for seed := range 200 {
		l := mails.Example(seed)
		letters = append(letters, l)
		if err := out.Encode(build(t, l)); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(python, "-c", reader)
	cmd.Env = append(os.Environ(), "PYTHONIOENCODING=utf-8")
	cmd.Stdin = &in
	var fault bytes.Buffer
	cmd.Stderr = &fault
	read, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, fault.Bytes())
	}
	dec := json.NewDecoder(bytes.NewReader(read))
	for _, l := range letters {
		var got struct {
			Subject, Name, Addr, Text, Page, ID string
			Files, Defects                      []string
			Bcc                                 bool
		}
		if err := dec.Decode(&got); err != nil {
			t.Fatal(err)
		}
		for _, f := range []struct{ what, read, sent string }{
			{"subject", got.Subject, l.Subject}, {"name", got.Name, l.To[0].Name}, {"address", got.Addr, l.To[0].Addr},
			{"text", strings.ReplaceAll(got.Text, "\r\n", "\n"), asSent(l.Text)},
			{"page", strings.ReplaceAll(got.Page, "\r\n", "\n"), strings.ReplaceAll(l.HTML, "\r\n", "\n")}, {"id", got.ID, "<" + l.MessageID + ">"},
		} {
			if f.read != f.sent {
				t.Errorf("Python reads the %s %q, sent %q", f.what, f.read, f.sent)
			}
		}
		if len(got.Files) != len(l.Attachments) || len(got.Files) == 1 && got.Files[0] != mime.FileName(l.Attachments[0].Name) {
			t.Errorf("Python reads the file %q of %+v", got.Files, l.Attachments)
		}
		if len(got.Defects) > 0 || got.Bcc {
			t.Errorf("Python finds %q in %+v", got.Defects, l)
		}
	}
}
