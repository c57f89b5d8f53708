package mime_test

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"stoke/mail"
	"stoke/mail/mime"
	"stoke/model/modeltest"
	"stoke/model/signal"
	"stoke/model/text"
)

// crlf writes test mails readably.
func crlf(s string) []byte { return []byte(strings.ReplaceAll(s, "\n", "\r\n")) }

func parse(t testing.TB, raw []byte) mime.Parsed {
	t.Helper()
	p, err := mime.Parse(raw, when)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestParseReadsWhatAPersonCouldRead(t *testing.T) {
	const fine = "From: a@b.example\n"
	for name, c := range map[string]struct {
		raw           string
		subject, text string
	}{
		"plain":                          {fine + "Subject: Hi\n\nHello\n", "Hi", "Hello\n"},
		"LF only":                        {strings.ReplaceAll(fine, "\n", "\r\n") + "Subject: Hi\n\nHello\n", "Hi", "Hello\n"},
		"CR only":                        {"Subject: Hi\r\rHello\r", "Hi", "Hello\n"},
		"bare text in the header":        {"Subject: Hi\nthere Ana\nX-A: b\n\nHello\n", "Hi there Ana", "Hello\n"},
		"header begins with a fold":      {"  lost\nSubject: Hi\n\nHello\n", "Hi", "Hello\n"},
		"mbox line":                      {"From a@b Mon Nov 23\nSubject: Hi\n\nHello\n", "Hi", "Hello\n"},
		"blank before the colon":         {"Subject : Hi\n\nHello\n", "Hi", "Hello\n"},
		"no colon":                       {"garbage\nSubject: Hi\n\nHello\n", "Hi", "Hello\n"},
		"8-bit key":                      {"S\xfcbject: x\nSubject: Hi\n\nHello\n", "Hi", "Hello\n"},
		"no header at all":               {"Hello Ana,\n\nbye\n", "", "Hello Ana,\n\nbye\n"},
		"raw latin1 subject":             {"Subject: Gr\xfc\xdfe\n\nHello\n", "Grüße", "Hello\n"},
		"raw UTF-8 subject":              {"Subject: Grüße\n\nHello\n", "Grüße", "Hello\n"},
		"unknown charset in subject":     {"Subject: =?x-klingon?Q?Gr=FC=DFe?=\n\nHello\n", "Grüße", "Hello\n"},
		"characters split over words":    {"Subject: =?utf-8?B?8J+Y?=\n =?utf-8?B?gA==?= ok\n\nHello\n", "😀 ok", "Hello\n"},
		"language in the word":           {"Subject: =?utf-8*en?Q?H=C3=A9?=\n\nHello\n", "Hé", "Hello\n"},
		"word that never ends":           {"Subject: =?utf-8?B?8J+Y\n\nHello\n", "=?utf-8?B?8J+Y", "Hello\n"},
		"base64 word without padding":    {"Subject: =?utf-8?B?SGk?=\n\nHello\n", "Hi", "Hello\n"},
		"iso-2022-jp":                    {"Subject: =?iso-2022-jp?B?GyRCRnxLXBsoQg==?=\n\nHello\n", "日本", "Hello\n"},
		"escape in the subject":          {"Subject: a\x1b]0;evil\x07b =?utf-8?Q?=1B[31mc?=\n\nHello\x1b[2J\n", "ab c", "Hello\n"},
		"koi8-r body":                    {"Content-Type: text/plain; charset=koi8-r\n\n\xf0\xd2\xc9\xd7\xc5\xd4\n", "", "Привет\n"},
		"utf-16 body":                    {"Content-Type: text/plain; charset=utf-16\nContent-Transfer-Encoding: base64\n\n/v8ASABp\n", "", "Hi"},
		"windows-1252 called latin1":     {"Content-Type: text/plain; charset=iso-8859-1\n\n\x93Hi\x94\n", "", "“Hi”\n"},
		"utf-8 that is latin1":           {"Content-Type: text/plain; charset=utf-8\n\ncaf\xe9\n", "", "café\n"},
		"unknown charset":                {"Content-Type: text/plain; charset=x-nobody-knows\n\ncaf\xe9\n", "", "café\n"},
		"unknown encoding":               {"Content-Transfer-Encoding: rot13\n\nHello\n", "", "Hello\n"},
		"base64 without padding":         {"Content-Transfer-Encoding: base64\n\nSGVsbG8\n", "", "Hello"},
		"base64 with garbage":            {"Content-Transfer-Encoding: base64\n\nSG!!Vs\nbG8=\n-- \nlist footer", "", "Hello"},
		"quoted-printable broken":        {"Content-Transfer-Encoding: quoted-printable\n\n50=ZZ off = \nand=\n on =C3=A9 =", "", "50=ZZ off and on é ="},
		"type without subtype":           {"Content-Type: text\n\nHello\n", "", "Hello\n"},
		"type with bad parameters":       {"Content-Type: text/plain; charset=\"utf-8; format\n\nHello\n", "", "Hello\n"},
		"multipart without boundary":     {"Content-Type: multipart/mixed\n\n--x\n\nHello\n--x--\n", "", "Hello"},
		"multipart never terminated":     {"Content-Type: multipart/mixed; boundary=x\n\n--x\n\nHello\n", "", "Hello\n"},
		"multipart without any part":     {"Content-Type: multipart/mixed; boundary=x\n\nHello\n", "", "Hello\n"},
		"boundary twice":                 {"Content-Type: multipart/mixed; boundary=x; boundary=y\n\n--x\n\nHello\n--x--\n", "", "Hello"},
		"boundary with blanks behind":    {"Content-Type: multipart/mixed; boundary=\"x\"\n\n--x  \n\nHello\n--x--  \nepilogue", "", "Hello"},
		"boundary that begins another":   {"Content-Type: multipart/mixed; boundary=x\n\n--x\n\n--xy\nHello\n--x--\n", "", "--xy\nHello"},
		"part without a blank line":      {"Content-Type: multipart/mixed; boundary=x\n\n--x\nHello\n--x--\n", "", "Hello"},
		"part with a malformed header":   {"Content-Type: multipart/mixed; boundary=x\n\n--x\nfoo\nContent-Type: text/plain\n\nHello\n--x--\n", "", "Hello"},
		"text after a picture":           {"Content-Type: multipart/mixed; boundary=x\n\n--x\n\nHello\n--x\nContent-Type: image/png\n\nPNG\n--x\n\nbye\n--x--\n", "", "Hello\nbye"},
		"attached text is not the text":  {"Content-Type: multipart/mixed; boundary=x\n\n--x\n\nHello\n--x\nContent-Disposition: attachment; filename=a.txt\n\nno\n--x--\n", "", "Hello"},
		"only HTML":                      {"Content-Type: text/html\n\n<p>Hello <b>Ana</b></p>", "", "Hello Ana"},
		"HTML with an escape":            {"Content-Type: text/html\n\n<p>Hello &#x1b;[31mAna</p>", "", "Hello Ana"},
		"alternative":                    {"Content-Type: multipart/alternative; boundary=x\n\n--x\n\nHello\n--x\nContent-Type: text/html\n\n<b>no</b>\n--x--\n", "", "Hello"},
		"flowed":                         {"Content-Type: text/plain; format=flowed\n\nHello \nAna,\n\n> you \n> said\n>> more \nfine \n-- \nRae\n From\n", "", "Hello Ana,\n\n> you said\n>> more \nfine \n-- \nRae\nFrom\n"},
		"flowed with DelSp":              {"Content-Type: text/plain; format=flowed; delsp=yes\n\nHel \nlo\n", "", "Hello\n"},
		"digest":                         {"Content-Type: multipart/digest; boundary=x\n\n--x\n\nSubject: inner\n\nno\n--x--\n", "", ""},
		"a mail in a mail, nothing else": {"Content-Type: message/rfc822\n\nSubject: in\n\nHello\n", "", "Hello\n"},
	} {
		p := parse(t, []byte(c.raw))
		if p.Subject != c.subject || p.Text != c.text {
			t.Errorf("%s: read %q and %q, want %q and %q", name, p.Subject, p.Text, c.subject, c.text)
		}
	}
}

func TestParseAddresses(t *testing.T) {
	for raw, want := range map[string][]mime.Address{
		"Ana Lima <ana@ACME.example>":                  {{"Ana Lima", "ana@acme.example"}},
		`"Lima, Ana" <ana@acme.example>, b@c.example`:  {{"Lima, Ana", "ana@acme.example"}, {"", "b@c.example"}},
		"Lima, Ana <ana@acme.example>":                 {{"Lima, Ana", "ana@acme.example"}},
		"ana@acme.example (Ana Lima)":                  {{"Ana Lima", "ana@acme.example"}},
		"undisclosed-recipients:;":                     nil,
		"Team: a@b.example, Bo <c@d.example>;":         {{"", "a@b.example"}, {"Bo", "c@d.example"}},
		"=?utf-8?Q?Zo=C3=AB?= <z@b.example>":           {{"Zoë", "z@b.example"}},
		`"=?utf-8?Q?Zo=C3=AB?=" <z@b.example>`:         {{"Zoë", "z@b.example"}},
		"Zo\xeb <z@b.example>":                         {{"Zoë", "z@b.example"}},
		`"a@b.example" <evil@c.example>`:               {{"a@b.example", "evil@c.example"}},
		"Ana <mailto:ana@acme.example>":                {{"Ana", "ana@acme.example"}},
		"Ana <@x.example,@y.example:ana@acme.example>": {{"Ana", "ana@acme.example"}},
		"a@b.example; c@d.example":                     {{"", "a@b.example"}, {"", "c@d.example"}},
		"Ana <ana@acme.example":                        {{"Ana", "ana@acme.example"}},
		"<>":                                           nil,
		"Ana\x1b[31m <a\x07@b.example>":                {{"Ana", "a@b.example"}},
		`"Ana \"A\" Lima" <a@b.example>`:               {{`Ana "A" Lima`, "a@b.example"}},
		"Zoë <z@Grün.example>":                         {{"Zoë", "z@xn--grn-ioa.example"}},
		"Ana <ana@аcme.example>":                       {{"Ana", "ana@xn--cme-5cd.example"}}, // not the Latin a
	} {
		p := parse(t, []byte("To: "+raw+"\n\nx"))
		if len(p.To) != len(want) {
			t.Errorf("%q: %q", raw, p.To)
			continue
		}
		for i := range want {
			if p.To[i] != want[i] {
				t.Errorf("%q: %q", raw, p.To)
			}
		}
	}
}

func TestParseDates(t *testing.T) {
	berlin := time.Date(2026, 11, 23, 10, 0, 0, 0, time.FixedZone("", 3600))
	for raw, want := range map[string]time.Time{
		"Date: Mon, 23 Nov 2026 10:00:00 +0100\n":                             berlin,
		"Date: Mon, 23 Nov 2026 10:00:00 +0100 (CET)\n":                       berlin,
		"Date: Mon 23 Nov 2026 10:00:00 +0100\n":                              berlin,
		"Date: 2026-11-23T10:00:00+01:00\n":                                   berlin,
		"Date: tomorrow\nReceived: by a; Mon, 23 Nov 2026 10:00:00 +0100\n":   berlin,
		"Received: from b; Mon, 23 Nov 2026 10:00:00 +0100\nReceived: no;x\n": berlin,
		"Date: \n":     when,
		"Subject: x\n": when,
	} {
		if p := parse(t, []byte(raw+"\nx")); !p.Date.Equal(want) || !p.Mail.Date.Equal(want) {
			t.Errorf("%q: %v", raw, p.Date)
		}
	}
}

func TestParseIDs(t *testing.T) {
	p := parse(t, crlf("Message-ID: <a@b.example>\nIn-Reply-To: Your mail of Monday <c@d.example> <e@f>\nReferences: <c@d.example>\n <long\n tail@x.example><y@z> junk\nX-Microsoft-Original-Message-ID: <o@b.example>\nX-Stoke-Id: s-9\n\nx"))
	if p.MessageID != "a@b.example" || p.InReplyTo != "c@d.example" || strings.Join(p.References, " ") != "c@d.example longtail@x.example y@z" || p.MSOriginalID != "o@b.example" || p.StokeID != "s-9" {
		t.Fatalf("%+v", p)
	}
	if p := parse(t, crlf("Message-ID: bare@b.example\nX-Stoke-Id: "+strings.Repeat("x", 300)+"\n\nx")); p.MessageID != "bare@b.example" || p.StokeID != "" {
		t.Fatalf("%+v", p)
	}
}

func TestParseReport(t *testing.T) {
	p := parse(t, crlf(`Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON>
To: rep@stoke.example
Subject: Undelivered
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain

Could not deliver.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; ana@acme.example
Action: failed
Status: 5.1.1
--x
Content-Type: text/rfc822-headers

Message-ID: <abc@stoke.example>
--x--
`))
	m := p.Mail
	if m.ContentType != "multipart/report" || m.ReportType != "delivery-status" || !m.HasReturnPath || m.ReturnPath != "" || p.From.Name != "Mail Delivery System <MAILER-DAEMON>" {
		t.Fatalf("%+v", m)
	}
	if !bytes.Contains(m.Status, []byte("\n\nFinal-Recipient: rfc822; ana@acme.example\nAction: failed\n")) || string(m.Original) != "Message-ID: <abc@stoke.example>" {
		t.Fatalf("status %q, original %q", m.Status, m.Original)
	}
	if p.Text != "Could not deliver." || len(p.Attachments) != 0 || m.Header["Auto-Submitted"][0] != "auto-replied" || m.To[0] != "rep@stoke.example" {
		t.Fatalf("%+v", p)
	}
}

func TestParseAttachments(t *testing.T) {
	p := parse(t, crlf(`Content-Type: multipart/mixed; boundary=x

--x
Content-Type: application/pdf; name="ignored.pdf"
Content-Disposition: attachment; filename="../../offer.pdf"
Content-Transfer-Encoding: base64

AAEC
--x
Content-Type: image/png; name="=?utf-8?Q?Zo=C3=AB.png?="

PNG
--x
Content-Type: application/x
Content-Disposition: attachment; filename*0*=utf-8''Zo%C3%AB; filename*1=".txt"

abc
--x
Content-Type: message/rfc822

Subject: forwarded

see
--x
Content-Type: text/calendar; method=REPLY

BEGIN:VCALENDAR
--x--
`))
	want := []mime.Part{{"offer.pdf", "application/pdf", 3}, {"Zoë.png", "image/png", 3}, {"Zoë.txt", "application/x", 3}, {"attachment", "message/rfc822", 25}}
	if len(p.Attachments) != len(want) {
		t.Fatalf("%+v", p.Attachments)
	}
	for i := range want {
		if p.Attachments[i] != want[i] {
			t.Errorf("%+v, want %+v", p.Attachments[i], want[i])
		}
	}
	if string(p.Mail.Calendar) != "BEGIN:VCALENDAR" || !strings.HasPrefix(string(p.Mail.Original), "Subject: forwarded\n") {
		t.Fatalf("%q %q", p.Mail.Calendar, p.Mail.Original)
	}
}

func TestHeaderHashIsTheSameForBothReadings(t *testing.T) {
	head := "From: a@b.example\r\nSubject: long\r\n  folded\r\n\r\n"
	whole := parse(t, []byte(head+"body\r\n"))
	part, err := mime.ParseHeader([]byte(head), when)
	if err != nil || part.HeaderHash != whole.HeaderHash || part.Subject != "long folded" || part.Text != "" {
		t.Fatalf("%+v, %v", part, err)
	}
	if other := parse(t, []byte("From: a@b.example\r\n\r\n")); other.HeaderHash == whole.HeaderHash {
		t.Fatal("another header has the same hash")
	}
}

func TestEmpty(t *testing.T) {
	for _, raw := range []string{"", "\r\n", "\n\n \n"} {
		if _, err := mime.Parse([]byte(raw), when); !errors.Is(err, mime.ErrEmpty) {
			t.Errorf("%q: %v", raw, err)
		}
		if _, err := mime.ParseHeader([]byte(raw), when); !errors.Is(err, mime.ErrEmpty) {
			t.Errorf("%q: %v", raw, err)
		}
	}
}

// nested is n multiparts, one in the other, with a text in the innermost.
func nested(n int) []byte {
	var b bytes.Buffer
	b.WriteString("Subject: deep\r\n")
	for i := range n {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
	}
	b.WriteString("\r\nHello\r\n")
	return b.Bytes()
}

// heavy are mails made to cost time or memory.
func heavy() map[string][]byte {
	manyParts := "Content-Type: multipart/mixed; boundary=x\n\n" + strings.Repeat("--x\n\nHello\n", 90000)
	return map[string][]byte{
		"10,000 levels":           nested(10000),
		"10,000 levels, one name": []byte(strings.Repeat("Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n", 10000)),
		"90,000 parts":            []byte(manyParts),
		"a header of 8 MB":        []byte("Subject: " + strings.Repeat("x", 8<<20) + "\r\n\r\nHello"),
		"400,000 fields":          []byte(strings.Repeat("A: b\r\n", 400000) + "\r\nHello"),
		"continuations":           []byte("Subject: x\r\n" + strings.Repeat(" y\r\n", 400000) + "\r\nHello"),
		"addresses":               []byte("To: " + strings.Repeat("a@b.example,", 90000) + "\r\n\r\nHello"),
		"names without address":   []byte("To: " + strings.Repeat("x,", 400000) + "\r\n\r\nHello"),
		"open brackets":           []byte("To: " + strings.Repeat("<", 900000) + "\r\nReferences: " + strings.Repeat("<", 100000) + "\r\n\r\nHello"),
		"colons":                  []byte("To: " + strings.Repeat(":", 900000) + "\r\n\r\nHello"),
		"references":              []byte("References: " + strings.Repeat("<a@b>", 200000) + "\r\n\r\nHello"),
		"encoded words":           []byte("Subject: " + strings.Repeat("=?utf-8?Q?a?= ", 70000) + "\r\n\r\nHello"),
		"half encoded words":      []byte("Subject: " + strings.Repeat("=?utf-8?Q?", 90000) + "\r\n\r\nHello"),
		"parameters":              []byte("Content-Type: multipart/mixed" + strings.Repeat("; a=b", 150000) + "; boundary=x\r\n\r\nHello"),
		"continued parameters":    []byte("Content-Type: multipart/mixed" + strings.Repeat("; boundary*0=x", 60000) + "\r\n\r\nHello"),
		"64 MB of text":           append([]byte("Subject: x\r\n\r\n"), bytes.Repeat([]byte("Hello Ana\r\n"), 6<<20)...),
		"flowed":                  append([]byte("Content-Type: text/plain; format=flowed\r\n\r\n"), bytes.Repeat([]byte("> \r\n"), 250000)...),
		"HTML":                    append([]byte("Content-Type: text/html\r\n\r\n"), bytes.Repeat([]byte("<div><"), 170000)...),
		"one byte and no line":    bytes.Repeat([]byte{0}, 4<<20),
		"CR":                      bytes.Repeat([]byte{'\r'}, 4<<20),
		"delimiters in 50 levels": append(nested(49), bytes.Repeat([]byte("--q\r\n"), 200000)...),
	}
}

func TestHeavyMailsCostLittle(t *testing.T) {
	for name, raw := range heavy() {
		began := time.Now()
		p, err := mime.Parse(raw, when)
		if took := time.Since(began); took > modeltest.Within(time.Second) {
			t.Errorf("%s took %v", name, took)
		}
		if err != nil && !errors.Is(err, mime.ErrEmpty) {
			t.Errorf("%s: %v", name, err)
		}
		if len(raw) > 3<<20 && err == nil && !p.Truncated {
			t.Errorf("%s was to be cut", name)
		}
		began = time.Now()
		if _, err := mime.ParseHeader(raw, when); err != nil && !errors.Is(err, mime.ErrEmpty) {
			t.Errorf("%s: %v", name, err)
		}
		if took := time.Since(began); took > modeltest.Within(time.Second) {
			t.Errorf("the header of %s took %v", name, took)
		}
	}
}

func TestNestingThatIsReadAndNestingThatIsNot(t *testing.T) {
	if p := parse(t, nested(40)); p.Text != "Hello\n" || p.Truncated {
		t.Fatalf("%q, %v", p.Text, p.Truncated)
	}
	if p := parse(t, nested(60)); !p.Truncated {
		t.Fatalf("%q, %v", p.Text, p.Truncated)
	}
}

// harmless checks that a terminal can show all of it.
func harmless(t testing.TB, p mime.Parsed) {
	t.Helper()
	lines := append([]string{p.MessageID, p.InReplyTo, p.Subject, p.StokeID, p.MSOriginalID, p.ListUnsub, p.Mail.ContentType, p.Mail.ReportType, p.Mail.From, p.Mail.ReturnPath, p.Mail.Subject}, p.References...)
	lines = append(lines, p.Mail.To...)
	for _, a := range append(append(append([]mime.Address{p.From}, p.To...), p.Cc...), p.ReplyTo...) {
		lines = append(lines, a.Name, a.Addr)
	}
	for _, a := range p.Attachments {
		lines = append(lines, a.Name, a.Type)
		if mime.FileName(a.Name) != a.Name {
			t.Fatalf("file name %q", a.Name)
		}
	}
	for k, v := range p.Mail.Header {
		lines = append(append(lines, k), v...)
	}
	for _, s := range lines {
		if text.Line(s) != s {
			t.Fatalf("not a clean line: %q", s)
		}
	}
	for _, s := range []string{p.Text, p.HTML, p.Mail.Text, p.Mail.HTML, string(p.Mail.Status), string(p.Mail.Original), string(p.Mail.Calendar)} {
		if text.Clean(s) != s || !utf8.ValidString(s) {
			t.Fatalf("not clean: %q", s)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("Subject: x\r\n\r\nHello"))
	f.Add(nested(3))
	f.Add(crlf("From: =?utf-8?B?SGk=?= <a@b>\nTo: x, y <c@d>\nContent-Type: multipart/report; boundary=x; report-type=a\n\n--x\nContent-Type: message/delivery-status\n\nA: b\n--x\nContent-Type: text/html\nContent-Disposition: attachment; filename=\"..\\a\"\n\n<p>\n--x--\n"))
	f.Add([]byte("Content-Type: text/plain; charset=iso-2022-jp; format=flowed; delsp=yes\nContent-Transfer-Encoding: quoted-printable\n\n=1B$B> x =\ny \n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := mime.Parse(raw, when)
		if err != nil {
			if !errors.Is(err, mime.ErrEmpty) {
				t.Fatal(err)
			}
			return
		}
		harmless(t, p)
		h, err := mime.ParseHeader(raw, when)
		if err == nil && (h.HeaderHash != p.HeaderHash || h.Subject != p.Subject || h.From != p.From) {
			t.Fatalf("the header alone reads otherwise: %+v and %+v", h, p)
		}
	})
}

func BenchmarkNested10000(b *testing.B) {
	raw := nested(10000)
	for b.Loop() {
		parse(b, raw)
	}
}

func BenchmarkParse(b *testing.B) {
	l := letter()
	l.Text = strings.Repeat("Hello Ana, this is a line of an ordinary mail with grüße.\n", 40)
	raw := build(b, l)
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		parse(b, raw)
	}
}

func BenchmarkBuild(b *testing.B) {
	l := letter()
	l.Text = strings.Repeat("Hello Ana, this is a line of an ordinary mail with grüße.\n", 40)
	b.ReportAllocs()
	for b.Loop() {
		build(b, l)
	}
}

// costs are what one mail costs from its octets to the verdict: time, and all that was ever allocated, which is more than
// was held at once.
func costs(t *testing.T, raw []byte) (took time.Duration, allocated uint64) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	err := mail.Explain(t.Context(), 1, func(int) ([]byte, error) { return raw, nil }, func(_ int, v signal.Verdict, err error) error {
		if err == nil && v.Kind == "" {
			t.Error("no kind")
		}
		return nil
	})
	took = time.Since(began)
	runtime.ReadMemStats(&after)
	if err != nil {
		t.Fatal(err)
	}
	return took, after.TotalAlloc - before.TotalAlloc
}

func TestHeavyMailsAreExplainedInASecond(t *testing.T) {
	for name, raw := range heavy() {
		took, allocated := costs(t, raw)
		t.Logf("%-26s %8v %4d MB", name, took.Round(time.Millisecond), allocated>>20)
		if took > modeltest.Within(time.Second) || allocated > 256<<20 {
			t.Errorf("%s took %v and %d MB", name, took, allocated>>20)
		}
	}
}

func TestAPageWithoutAWordHidesNoText(t *testing.T) {
	p := parse(t, crlf("From: a@b.example\nContent-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\n \n--x\nContent-Type: text/html\n\n<p> </p>\n--x--\n"))
	if p.Text != " " {
		t.Errorf("%q", p.Text)
	}
}
