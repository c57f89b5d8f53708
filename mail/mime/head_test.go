package mime_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"stoke/mail/mime"
)

// What is read of a header alone is what the whole header says.
func TestAHeadSaysWhatTheHeaderSays(t *testing.T) {
	check := func(t *testing.T, raw []byte) {
		t.Helper()
		head, err := mime.ParseHead(raw)
		whole, werr := mime.ParseHeader(raw, when)
		if (err == nil) != (werr == nil) || err != nil && !errors.Is(err, mime.ErrEmpty) {
			t.Fatalf("%v, %v of %q", err, werr, raw)
		}
		pick := func(p mime.Parsed) []any {
			return []any{
				p.MessageID, p.InReplyTo, p.References, p.From, p.To, p.Cc, p.ReplyTo, p.Subject, p.StokeID, p.MSOriginalID,
				p.Mail.From, p.Mail.ContentType, p.Mail.ReportType, p.Mail.HasReturnPath, p.Mail.ReturnPath, len(p.Mail.Header["X-Failed-Recipients"]) > 0,
			}
		}
		if got, want := pick(head), pick(whole); !reflect.DeepEqual(got, want) {
			t.Errorf("%q\n%q\n%q", raw, got, want)
		}
	}
	found := 0
	for _, pattern := range []string{"../../model/signal/testdata/dev/*", "../../model/signal/testdata/held/*", "../../model/signal/testdata/providers/*"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			found++
			check(t, raw)
		}
	}
	for _, raw := range []string{
		"", "\r\n", "no header at all", "X-Nothing: we read\r\n\r\n",
		"From: a@b.example\rSubject: only carriage returns\r\r",
		"Message-ID: <a<b@c.example>> <d@e.example>\r\nReferences: <1@x.example>\r\n <2@x.example>,<3@x.example> 4@x.example\r\n\r\n",
		"In-Reply-To: Your mail of Monday <m@x.example> (Ana's mail)\r\nMessage-ID: bare@x.example\r\n\r\n",
		"Message-ID: < spaced @ x.example >\r\nIn-Reply-To: <>\r\nReferences: <\x1b[31m@x.example> <=?utf-8?q?a?=@x.example>\r\n\r\n",
		"From: =?utf-8?b?w4Q=?= <A@B.Example>\r\nTo: \"Lee, Ana\" <ana@x.example>, bob@x.example\r\nSubject:  two  spaces =?\r\nReturn-Path: <>\r\nX-Failed-Recipients: gone@x.example\r\nContent-Type: multipart/report; report-type=delivery-status\r\n\r\n",
	} {
		check(t, []byte(raw))
	}
	if found < 10 {
		t.Errorf("only %d mails were found", found)
	}
}
