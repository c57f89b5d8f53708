package mime_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stoke/mail/mime"
	"stoke/model/text"
)

func TestCheckAddress(t *testing.T) {
	for in, want := range map[string]string{
		"ana@acme.example": "ana@acme.example", "Ana.Lima+x@ACME.Example": "Ana.Lima+x@acme.example", "o'neil@a-b.example": "o'neil@a-b.example",
		"ana@grün.example": "ana@xn--grn-ioa.example", "x@1.2.example": "x@1.2.example", "a@b.c": "a@b.c",
	} {
		if got, err := mime.CheckAddress(in); err != nil || got != want {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
	for _, bad := range []string{
		"", "ana", "@acme.example", "ana@", "ana@acme", "a b@acme.example", "ana@acme.example ", " ana@acme.example", "ana@ac me.example",
		"ana@acme.example> SIZE=1", "ana>@acme.example", "<ana@acme.example>", "Ana <ana@acme.example>", "ana@acme.example\r\nRCPT TO:<x@y.z>",
		"ana\x00@acme.example", "ana@acme.example\x00", "a@b@c.example", "a..b@c.example", ".a@c.example", "a.@c.example", `"a b"@c.example`,
		"a,b@c.example", "a;b@c.example", "a@b..c", "a@-b.example", "a@b-.example", "a@.b.example", "a@b.example.", "a@[127.0.0.1]", "a@127.0.0.1",
		"ü@b.example", "a@b_c.example", "a@b\u202ec.example", "a\u200b@b.example", "a@b.exa\tmple", strings.Repeat("a", 65) + "@b.example",
		"a@" + strings.Repeat("b", 64) + ".example", "a@" + strings.Repeat("bbbbbbb.", 40) + "example",
	} {
		got, err := mime.CheckAddress(bad)
		var e *mime.AddressError
		if !errors.As(err, &e) || got != "" || text.Line(err.Error()) != err.Error() {
			t.Errorf("%q passed as %q, %v", bad, got, err)
		}
	}
}

func TestNewMessageID(t *testing.T) {
	for _, x := range [][3]string{
		{"abc123", "Stoke.Example", "abc123@stoke.example"}, {"a>\r\nb c", "x y>.example\n", "abc@xy.example"},
	} {
		if got := mime.NewMessageID(x[0], x[1]); got != x[2] {
			t.Errorf("%q", got)
		}
	}
}

func TestFileName(t *testing.T) {
	for in, want := range map[string]string{
		"offer.pdf": "offer.pdf", "../../etc/passwd": "passwd", `..\..\boot.ini`: "boot.ini", `C:\x.txt`: "x.txt", "C:x.txt": "x.txt", "": "attachment",
		"..": "attachment", "/": "attachment", ".bashrc": "bashrc", "a\x00b.txt": "ab.txt", "a\nb.txt": "a b.txt", "con": "_con", "NUL.tar.gz": "_NUL.tar.gz",
		"COM1.txt": "_COM1.txt", `a<b>:"|?*.txt`: "a_b______.txt", "exe\u202egpj.exe": "exegpj.exe", "\x1b]0;x\x07y.txt": "y.txt", "x.txt. ": "x.txt",
		"Angebot für Zoë.pdf": "Angebot für Zoë.pdf", strings.Repeat("é", 300) + ".pdf": strings.Repeat("é", 58) + ".pdf",
	} {
		if got := mime.FileName(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		got := mime.FileName(rapid.OneOf(anyText, rapid.String()).Draw(t, "name"))
		if got == "" || len(got) > 121 || got[0] == '.' || strings.ContainsAny(got, "/\\:\x00\n") || text.Line(got) != got || mime.FileName(got) != got {
			t.Fatalf("%q, again %q", got, mime.FileName(got))
		}
	})
}
