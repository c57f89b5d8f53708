package mail

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/textproto"
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"
)

// What checkBytes lets through arrives as it was, whoever reads it: a reader of RFC 5321 gives back
// the same octets, and nothing inside ends the mail.
func TestStuffedMailIsReadBackAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pieces := rapid.SliceOfN(rapid.SampledFrom([]string{".", "..", "\r\n", "\r\n.\r\n", "a", "\n", "\r", "\x00", "QUIT", " ", "é"}), 1, 30).Draw(t, "pieces")
		raw := []byte(strings.Join(pieces, "") + "\r\n")
		if checkBytes(raw) != nil {
			if !bytes.ContainsAny(bytes.ReplaceAll(raw, []byte("\r\n"), nil), "\r\n\x00") {
				t.Fatalf("%q was refused", raw)
			}
			return
		}
		wire := append(stuffed(raw), "\r\n.\r\nRSET\r\n"...)
		r := textproto.NewReader(bufio.NewReader(bytes.NewReader(wire)))
		got, err := io.ReadAll(r.DotReader())
		if err != nil {
			t.Fatal(err)
		}
		if want := bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")); !bytes.Equal(got, want) {
			t.Fatalf("sent %q, read %q", raw, got)
		}
		if rest, err := r.ReadLine(); err != nil || rest != "RSET" {
			t.Fatalf("behind the dot stands %q, %v", rest, err)
		}
	})
}

// T1: what a server says is fit for a terminal, whatever it says.
func FuzzWords(f *testing.F) {
	for _, s := range []string{"", "plain", "\x1b]0;x\x07", "\u202eevil", "a\r\nb", "\xff\xfe", strings.Repeat("é", 600), "\x9b31m", "\u200d"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := words(s)
		if len(got) > 510 {
			t.Errorf("%d octets", len(got))
		}
		for _, r := range got {
			if unicode.IsControl(r) || r == 0x202e || r == unicode.ReplacementChar && !strings.ContainsRune(strings.ToValidUTF8(s, "\uFFFD"), r) {
				t.Errorf("%q became %q", s, got)
			}
		}
	})
}

// Whatever somebody on the way says before TLS, the upgrade ends, and never with more than its limit read.
func FuzzPrelude(f *testing.F) {
	f.Add([]byte("* OK hi\r\nS1 OK go\r\n"))
	f.Add([]byte("* PREAUTH hi\r\n"))
	f.Add([]byte("220 hi\r\n250-x\r\n250 STARTTLS\r\n220 go\r\n"))
	f.Add([]byte("220 hi\r\n250-x\r\n250 STARTTLS\r\n220 go\r\n250 more"))
	f.Add([]byte("\r\n\r\n"))
	f.Fuzz(func(t *testing.T, said []byte) {
		for _, p := range []prelude{imapPrelude, smtpPrelude} {
			conn := &scripted{r: bytes.NewReader(said)}
			err := p.upgrade(conn, "mail.example.com")
			if heard := conn.w.String(); strings.Contains(heard, "AUTH") || strings.Contains(heard, "LOGIN") {
				t.Errorf("a log-in in clear: %q", heard)
			}
			if err == nil && !strings.Contains(conn.w.String(), "STARTTLS\r\n") {
				t.Errorf("no STARTTLS was asked for in %q", conn.w.String())
			}
			if read := len(said) - conn.r.Len(); read > maxPrelude {
				t.Errorf("%d octets were read", read)
			}
		}
	})
}

// scripted is a connection that says what it says.
type scripted struct {
	r *bytes.Reader
	w bytes.Buffer
}

func (s *scripted) Read(p []byte) (int, error)       { return s.r.Read(p) }
func (s *scripted) Write(p []byte) (int, error)      { return s.w.Write(p) }
func (s *scripted) Close() error                     { return nil }
func (s *scripted) LocalAddr() net.Addr              { return &net.TCPAddr{} }
func (s *scripted) RemoteAddr() net.Addr             { return &net.TCPAddr{} }
func (s *scripted) SetDeadline(time.Time) error      { return nil }
func (s *scripted) SetReadDeadline(time.Time) error  { return nil }
func (s *scripted) SetWriteDeadline(time.Time) error { return nil }
