package mime_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/emersion/go-message/mail"
	"pgregory.net/rapid"

	"stoke/mail/mime"
	"stoke/model/text"
)

var when = time.Date(2026, 11, 23, 9, 30, 0, 0, time.FixedZone("", 3600))

func letter() mime.Letter {
	return mime.Letter{
		From: mime.Address{Name: "Rae Rep", Addr: "rep@stoke.example"}, To: []mime.Address{{Name: "Ana Lima", Addr: "ana@acme.example"}},
		Subject: "Your order", Text: "Hello Ana,\n\nshall we talk?\n", MessageID: "abc@stoke.example", Date: when,
	}
}

func build(t testing.TB, l mime.Letter) []byte {
	t.Helper()
	raw, err := mime.Build(l)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestBuildLooksLikeAPersonsMail(t *testing.T) {
	l := letter()
	l.Cc = []mime.Address{{Addr: "Bo@ACME.example"}, {Name: "Lima, Zoë", Addr: "zoe@acme.example"}}
	l.InReplyTo, l.References = "q2@acme.example", []string{"q1@acme.example", "q2@acme.example"}
	l.StokeID, l.ListUnsubscribe = "s-1", "mailto:rep@stoke.example?subject=stop"
	l.Text = "Hello Ana,\n.dot\nFrom here it goes = fine \nGrüße"
	want := strings.ReplaceAll(`From: Rae Rep <rep@stoke.example>
To: Ana Lima <ana@acme.example>
Cc: Bo@acme.example, =?utf-8?B?TGltYSwgWm/Dqw==?= <zoe@acme.example>
Subject: Your order
Date: Mon, 23 Nov 2026 09:30:00 +0100
Message-ID: <abc@stoke.example>
In-Reply-To: <q2@acme.example>
References: <q1@acme.example> <q2@acme.example>
X-Stoke-Id: s-1
List-Unsubscribe: <mailto:rep@stoke.example?subject=stop>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Hello Ana,
=2Edot
=46rom here it goes =3D fine=20
Gr=C3=BC=C3=9Fe
`, "\n", "\r\n")
	if got := string(build(t, l)); got != want {
		t.Fatalf("built\n%s\nwant\n%s", got, want)
	}
}

func TestBuildIsDeterministic(t *testing.T) {
	l := letter()
	l.Attachments = []mime.Attachment{{Name: "a.txt", Type: "text/plain", Body: []byte("x")}}
	if !bytes.Equal(build(t, l), build(t, l)) {
		t.Fatal("the same letter gave other octets")
	}
}

func TestBuildRefusesInjection(t *testing.T) {
	for name, change := range map[string]func(l *mime.Letter, bad string){
		"subject":                 func(l *mime.Letter, b string) { l.Subject += b },
		"sender":                  func(l *mime.Letter, b string) { l.From.Addr += b },
		"sender's name":           func(l *mime.Letter, b string) { l.From.Name += b },
		"recipient":               func(l *mime.Letter, b string) { l.To[0].Addr = "a" + b + "@b.example" },
		"recipient's name":        func(l *mime.Letter, b string) { l.To[0].Name += b },
		"copy recipient":          func(l *mime.Letter, b string) { l.Cc = []mime.Address{{Addr: b + "c@d.example"}} },
		"copy recipient's name":   func(l *mime.Letter, b string) { l.Cc = []mime.Address{{Name: b + "C", Addr: "c@d.example"}} },
		"message id":              func(l *mime.Letter, b string) { l.MessageID += b },
		"id of the answered mail": func(l *mime.Letter, b string) { l.InReplyTo = "x" + b },
		"ids of the thread":       func(l *mime.Letter, b string) { l.References = []string{"a@b", "x" + b} },
		"mark":                    func(l *mime.Letter, b string) { l.StokeID = "x" + b },
		"unsubscribe address":     func(l *mime.Letter, b string) { l.ListUnsubscribe = "mailto:a@b.example" + b },
	} {
		for _, bad := range []string{"\r\nBcc: x@y.example", "\n", "\r", "\x00", "\x1b]0;x\x07", "\u0085"} {
			l := letter()
			change(&l, bad)
			raw, err := mime.Build(l)
			var field *mime.FieldError
			if !errors.As(err, &field) || field.Field != name || raw != nil {
				t.Errorf("%s with %q: %v", name, bad, err)
			}
		}
	}
}

func TestBuildRefusesWhatIsMissing(t *testing.T) {
	for name, change := range map[string]func(l *mime.Letter){
		"recipient":           func(l *mime.Letter) { l.To = nil },
		"date":                func(l *mime.Letter) { l.Date = time.Time{} },
		"message id":          func(l *mime.Letter) { l.MessageID = "" },
		"sender":              func(l *mime.Letter) { l.From = mime.Address{} },
		"text":                func(l *mime.Letter) { l.Text = "a\x00b" },
		"unsubscribe address": func(l *mime.Letter) { l.ListUnsubscribe = "https://x.example" },
	} {
		l := letter()
		change(&l)
		var field *mime.FieldError
		if _, err := mime.Build(l); !errors.As(err, &field) || field.Field != name {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// wellFormed checks what every server and every reader relies on.
func wellFormed(t interface{ Fatalf(string, ...any) }, raw []byte) {
	rest := raw
	for len(rest) > 0 {
		line, after, ok := bytes.Cut(rest, []byte("\r\n"))
		if !ok {
			t.Fatalf("the last line has no end: %q", rest)
		}
		if len(line) > 998 || bytes.ContainsAny(line, "\r\n\x00") {
			t.Fatalf("bad line of %d: %.80q", len(line), line)
		}
		if bytes.HasPrefix(line, []byte(".")) {
			t.Fatalf("a line begins with a dot: %q", line)
		}
		for _, c := range line {
			if c >= 0x80 {
				t.Fatalf("8-bit octet: %q", line)
			}
		}
		rest = after
	}
}

func bodyOf(t interface{ Fatalf(string, ...any) }, raw []byte) (mail.Header, string) {
	r, err := mail.CreateReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("go-message: %v", err)
	}
	part, err := r.NextPart()
	if err != nil {
		t.Fatalf("go-message: %v", err)
	}
	b, err := io.ReadAll(part.Body)
	if err != nil {
		t.Fatalf("go-message: %v", err)
	}
	return r.Header, string(b)
}

// anyText draws what reps paste: any runes, line ends of all kinds, dots,
// long lines, spaces at the ends.
var anyText = rapid.Custom(func(t *rapid.T) string {
	piece := rapid.OneOf(
		rapid.StringN(0, 40, -1), rapid.SampledFrom([]string{"\n.\n", "\r.\r", "\r\n", "\n", ".", "..", "From me", "=", "=3D", " ", "\t", "--", "-- \n",
			strings.Repeat("x", 5000), strings.Repeat("é", 300), strings.Repeat("word ", 60), "😀👩‍👩‍👧", "שלום עולם", "مرحبا", "=?utf-8?Q?x?="}))
	return strings.ReplaceAll(strings.Join(rapid.SliceOfN(piece, 0, 8).Draw(t, "pieces"), ""), "\x00", "")
})

// anyLine is a subject or a name.
var anyLine = rapid.Map(anyText, func(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	return string([]rune(s)[:min(len([]rune(s)), 600)])
})

func asSent(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n"), "\r", "\n")
	if !strings.HasSuffix(s, "\n") {
		s += "\n"
	}
	return s
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := letter()
		l.Subject, l.Text = anyLine.Draw(t, "subject"), anyText.Draw(t, "text")
		l.To[0].Name = strings.TrimSpace(anyLine.Draw(t, "name"))
		if rapid.Bool().Draw(t, "as a page, too") {
			l.HTML = mime.HTML(l.Text)
		}
		if rapid.Bool().Draw(t, "with a file") {
			l.Attachments = []mime.Attachment{{Name: "a.txt", Type: "text/plain", Body: []byte(l.Text)}}
		}
		raw, err := mime.Build(l)
		if err != nil {
			t.Fatalf("%v", err)
		}
		wellFormed(t, raw)
		h, body := bodyOf(t, raw)
		if got := strings.ReplaceAll(body, "\r\n", "\n"); got != asSent(l.Text) {
			t.Fatalf("go-message reads %q, sent %q", got, l.Text)
		}
		if got, err := h.Subject(); err != nil || got != l.Subject {
			t.Fatalf("go-message reads the subject %q, sent %q, %v", got, l.Subject, err)
		}
		if to, err := h.AddressList("To"); err != nil || len(to) != 1 || to[0].Name != l.To[0].Name || to[0].Address != l.To[0].Addr {
			t.Fatalf("go-message reads %v, sent %q, %v", to, l.To, err)
		}
		p, err := mime.Parse(raw, when)
		if err != nil {
			t.Fatalf("%v", err)
		}
		want := text.Clean(asSent(l.Text))
		if l.HTML != "" || len(l.Attachments) > 0 {
			// A part without a word is not the text of a mail that has several.
			p.Text, want = strings.TrimRight(p.Text, "\n"), strings.TrimRight(want, "\n")
		}
		if p.Text != want || p.Subject != text.Line(l.Subject) || len(p.To) != 1 || p.To[0].Name != text.Line(l.To[0].Name) {
			t.Fatalf("read %q %q %q", p.Subject, p.To, p.Text)
		}
	})
}

func TestAPageGoesBesideTheText(t *testing.T) {
	l := letter()
	l.Text = "Hello **Ana**,\n\nsee <https://acme.example>.\n"
	l.HTML = mime.HTML(l.Text)
	l.Attachments = []mime.Attachment{{Name: "a.txt", Type: "text/plain", Body: []byte("x")}}
	raw := build(t, l)
	wellFormed(t, raw)
	r, err := mail.CreateReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for {
		part, err := r.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(part.Body)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, strings.Split(part.Header.Get("Content-Type"), ";")[0]+" "+strings.ReplaceAll(string(b), "\r\n", "\n"))
	}
	want := []string{"text/plain " + l.Text, "text/html " + l.HTML, "text/plain x"}
	if strings.Join(got, "\x00") != strings.Join(want, "\x00") {
		t.Errorf("go-message reads %q, want %q", got, want)
	}
	p, err := mime.Parse(raw, when)
	if err != nil || p.Text != l.Text || len(p.Attachments) != 1 {
		t.Errorf("read %q and %v, %v", p.Text, p.Attachments, err)
	}
	if top, inner := strings.Index(string(raw), "multipart/mixed"), strings.Index(string(raw), "multipart/alternative"); top < 0 || inner < top {
		t.Errorf("the alternative stands not inside the mixed:\n%s", raw)
	}
}

func TestRoundTripOfEverythingElse(t *testing.T) {
	l := letter()
	for i := range 40 {
		l.References = append(l.References, strings.Repeat("r", i+1)+"@acme.example")
	}
	l.InReplyTo, l.StokeID, l.ListUnsubscribe = "q@acme.example", "s-17", "mailto:rep@stoke.example"
	l.Cc = []mime.Address{{Name: `Bo "the \ man" O'Neil (Sales)`, Addr: "bo@acme.example"}, {Addr: "c@d.example"}}
	files := []mime.Attachment{
		{"offer.pdf", "application/pdf", bytes.Repeat([]byte{0, 255, 7}, 1000)}, {"../Ünïcode \"x\" " + strings.Repeat("ö", 80) + ".txt", "text/plain", nil},
		{"fwd.eml", "message/rfc822", []byte("Subject: x\r\n\r\n.\r\n")}, {"", "evil\r\nX: y/z", []byte("--=_\r\n")},
	}
	l.Attachments = files
	raw := build(t, l)
	wellFormed(t, raw)
	p, err := mime.Parse(raw, when.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case p.MessageID != l.MessageID, p.InReplyTo != l.InReplyTo, p.StokeID != l.StokeID, p.ListUnsub != "<"+l.ListUnsubscribe+">",
		p.From != l.From, len(p.Cc) != 2 || p.Cc[0] != l.Cc[0] || p.Cc[1] != l.Cc[1], !p.Date.Equal(when), p.Text != l.Text, p.Truncated:
		t.Fatalf("read %+v", p)
	case len(p.References) != 30 || p.References[0] != l.References[0] || p.References[29] != l.References[39]:
		t.Fatalf("references %q", p.References)
	case len(p.Attachments) != len(files):
		t.Fatalf("attachments %+v", p.Attachments)
	}
	for i, a := range p.Attachments {
		if a.Name != mime.FileName(files[i].Name) || a.Size != len(files[i].Body) {
			t.Errorf("attachment %+v of %q", a, files[i].Name)
		}
	}
	if got := p.Attachments[2].Type; got != "application/octet-stream" {
		t.Errorf("a forwarded mail in base64 went as %s", got)
	}
}

func TestFoldedHeaderLinesAreShort(t *testing.T) {
	l := letter()
	l.Subject = strings.Repeat("a long subject about the gräte ", 30)
	for range 30 {
		l.To = append(l.To, mime.Address{Name: "Somebody With Quite A Name", Addr: "somebody@acme.example"})
	}
	head, _, _ := bytes.Cut(build(t, l), []byte("\r\n\r\n"))
	for line := range bytes.SplitSeq(head, []byte("\r\n")) {
		if len(line) > 78 || len(bytes.TrimSpace(line)) == 0 {
			t.Errorf("%d: %q", len(line), line)
		}
	}
}

func FuzzBuild(f *testing.F) {
	f.Add("Hello", "Hello\n.\nbye", "Ana", "ana@acme.example", "a.txt")
	f.Add("=?x?", "\r.\r", "\"", "a b@c.d", "..\\x")
	f.Fuzz(func(t *testing.T, subject, body, name, addr, file string) {
		l := letter()
		l.Subject, l.Text, l.To = subject, body, []mime.Address{{Name: name, Addr: addr}}
		l.Attachments = []mime.Attachment{{Name: file, Type: name, Body: []byte(body)}}
		raw, err := mime.Build(l)
		if err != nil {
			var field *mime.FieldError
			if !errors.As(err, &field) {
				t.Fatal(err)
			}
			return
		}
		wellFormed(t, raw)
		p, err := mime.Parse(raw, when)
		if err != nil || p.Text != text.Clean(asSent(body)) || p.Subject != text.Line(strings.ToValidUTF8(subject, "\uFFFD")) {
			t.Fatalf("%v: read %q %q of %q %q", err, p.Subject, p.Text, subject, body)
		}
		if len(p.To) != 1 || len(p.Attachments) != 1 || p.Mail.Header["Bcc"] != nil {
			t.Fatalf("read %+v", p)
		}
	})
}

// Whatever ids a mail came with, it can be answered: what Parse gives, Build takes.
func TestAnyMailCanBeAnswered(t *testing.T) {
	piece := rapid.SampledFrom([]string{"<", ">", "a@b.example", " ", "\t", ",", "(", ")", "\"", "é", "\xff", "\x1b[2J", "\u202e", "@", "=?utf-8?Q?x?=", "\r\n ", strings.Repeat("x", 300), strings.Repeat("y", 1200), "[", "\\", ";", ":"})
	ids := rapid.Map(rapid.SliceOfN(piece, 0, 8), func(s []string) string { return strings.Join(s, "") })
	rapid.Check(t, func(t *rapid.T) {
		raw := "From: Ana <ana@acme.example>\r\nMessage-ID: " + ids.Draw(t, "id") + "\r\nIn-Reply-To: " + ids.Draw(t, "answered") + "\r\nReferences: " + ids.Draw(t, "thread") +
			"\r\nSubject: " + anyLine.Draw(t, "subject") + "\r\n\r\nHi\r\n"
		p, err := mime.Parse([]byte(raw), when)
		if err != nil {
			t.Fatal(err)
		}
		l := letter()
		l.InReplyTo, l.References = p.MessageID, append(p.References, p.MessageID)
		if p.InReplyTo != "" {
			l.References = append(l.References, p.InReplyTo)
		}
		if p.MessageID == "" {
			l.References = p.References
		}
		answer, err := mime.Build(l)
		if err != nil {
			t.Fatalf("%q cannot be answered: %v", raw, err)
		}
		wellFormed(t, answer)
	})
}
