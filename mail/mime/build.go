package mime

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	stdmime "mime"
	"strings"
	"unicode/utf8"
)

// maxReferences keeps the header of a thread that goes on for years small: the
// first id and the latest (RFC 5322 3.6.4 asks for no number).
const maxReferences = 30

// Build gives the octets of a letter for the wire and for the Sent folder (RFC
// 5322, RFC 2045): CRLF only, lines of at most 78 octets but for a very long
// id or address, the text as quoted-printable, because every client shows it
// unbroken. Errors are *FieldError.
func Build(l Letter) ([]byte, error) {
	h := &headerWriter{}
	writeHeader(h, l)
	body, err := checkText(l.Text)
	if h.err == nil {
		h.err = err
	}
	if h.err != nil {
		return nil, h.err
	}
	page, err := checkText(l.HTML)
	if err != nil {
		return nil, err
	}
	h.line("MIME-Version", "1.0")
	words := func() { writeText(h, "plain", body) }
	if l.HTML != "" {
		words = func() {
			writeParts(h, "alternative", l, func() { writeText(h, "plain", body) }, func() { writeText(h, "html", page) })
		}
	}
	if len(l.Attachments) == 0 {
		words()
		return h.out.Bytes(), nil
	}
	parts := []func(){words}
	for _, a := range l.Attachments {
		parts = append(parts, func() { writeFile(h, a) })
	}
	writeParts(h, "mixed", l, parts...)
	return h.out.Bytes(), nil
}

func writeHeader(h *headerWriter, l Letter) {
	h.addresses("From", "sender", []Address{l.From})
	if len(l.To)+len(l.Cc) == 0 {
		h.fail("recipient", "is missing; give the mail at least one")
	}
	h.addresses("To", "recipient", l.To)
	h.addresses("Cc", "copy recipient", l.Cc)
	h.text("Subject", "subject", l.Subject)
	if l.Date.IsZero() || l.Date.Year() < 1900 || l.Date.Year() > 9999 {
		h.fail("date", "is missing")
	}
	h.line("Date", l.Date.Format("Mon, 02 Jan 2006 15:04:05 -0700"))
	if l.MessageID == "" {
		h.fail("message id", "is missing")
	}
	h.ids("Message-ID", "message id", []string{l.MessageID})
	if l.InReplyTo != "" {
		h.ids("In-Reply-To", "id of the answered mail", []string{l.InReplyTo})
	}
	refs := l.References
	if len(refs) > maxReferences {
		refs = append([]string{refs[0]}, refs[len(refs)-maxReferences+1:]...)
	}
	h.ids("References", "ids of the thread", refs)
	h.token("X-Stoke-Id", "mark", l.StokeID)
	if l.ListUnsubscribe != "" {
		if !strings.HasPrefix(l.ListUnsubscribe, "mailto:") || strings.ContainsAny(l.ListUnsubscribe, "<>,") {
			h.fail("unsubscribe address", "is not of the form mailto:name@example.com")
		}
		h.token("List-Unsubscribe", "unsubscribe address", "<"+l.ListUnsubscribe+">")
	}
}

// checkText gives the text with line feeds only and one at its end.
func checkText(s string) (string, error) {
	if strings.ContainsRune(s, 0) {
		return "", &FieldError{"text", "holds a NUL character; take it out"}
	}
	s = lineFeeds(s)
	if !strings.HasSuffix(s, "\n") {
		s += "\n"
	}
	return s, nil
}

// lineFeeds is valid UTF-8 whose lines all end alike.
func lineFeeds(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// writeText writes a text with its header fields.
func writeText(h *headerWriter, kind, body string) {
	h.line("Content-Type", "text/"+kind+"; charset=utf-8")
	h.line("Content-Transfer-Encoding", "quoted-printable")
	h.out.WriteString("\r\n")
	h.out.Write(quotedPrintable(body))
}

// writeParts writes a multipart, its header field first; each part begins with its own.
func writeParts(h *headerWriter, kind string, l Letter, parts ...func()) {
	// "=_" stands in no line of quoted-printable or base64, so nothing inside
	// can be taken for the boundary (RFC 2045 6.7); the id makes it the mail's
	// own, and the kind keeps that of a part from being its whole's.
	sum := sha256.Sum256([]byte(kind + l.MessageID))
	boundary := "=_" + hex.EncodeToString(sum[:12])
	h.line("Content-Type", fmt.Sprintf("multipart/%s;\r\n boundary=%q", kind, boundary))
	for _, part := range parts {
		// The line end above a delimiter belongs to it (RFC 2046 5.1.1), so a
		// text keeps its own only if there is another.
		h.out.WriteString("\r\n--" + boundary + "\r\n")
		part()
	}
	h.out.WriteString("\r\n--" + boundary + "--\r\n")
}

func writeFile(h *headerWriter, a Attachment) {
	kind := mediaType(a.Type)
	if len(kind) > foldAt-len("Content-Type: ") {
		kind = "\r\n " + kind
	}
	h.line("Content-Type", kind)
	h.line("Content-Disposition", disposition(FileName(a.Name)))
	h.line("Content-Transfer-Encoding", "base64")
	h.out.WriteString("\r\n")
	writeBase64(&h.out, a.Body)
}

// mediaType gives the type without parameters. Composite types must not be
// base64 (RFC 2046 5), so a forwarded mail goes as plain octets.
func mediaType(s string) string {
	const unknown = "application/octet-stream"
	t, _, err := stdmime.ParseMediaType(s)
	kind, sub, ok := strings.Cut(t, "/")
	if err != nil || !ok || kind == "" || sub == "" || kind == "multipart" || kind == "message" || !isASCII(t) || len(t) > foldAt-1 {
		return unknown
	}
	return t
}

// disposition names the file for old readers (ASCII) and new ones (RFC 2231),
// in pieces that keep the lines short.
func disposition(name string) string {
	plain := strings.Map(func(r rune) rune {
		if r < 0x20 || r >= 0x7f || r == '"' || r == '\\' {
			return '_'
		}
		return r
	}, name)
	if isASCII(name) {
		return "attachment;\r\n filename=\"" + plain + "\""
	}
	var b strings.Builder
	b.WriteString("attachment")
	piece, n := "utf-8''", 0
	flush := func() {
		fmt.Fprintf(&b, ";\r\n filename*%d*=%s", n, piece)
		piece, n = "", n+1
	}
	for i := range len(name) {
		if c := name[i]; isLetterDigit(rune(c)) || c == '.' || c == '-' || c == '_' {
			piece += string(c)
		} else {
			piece += fmt.Sprintf("%%%02X", c)
		}
		if len(piece) > 55 {
			flush()
		}
	}
	if piece != "" {
		flush()
	}
	return b.String()
}

func writeBase64(out *bytes.Buffer, body []byte) {
	for len(body) > 0 {
		n := min(57, len(body)) // 57 octets are 76 characters
		out.WriteString(base64.StdEncoding.EncodeToString(body[:n]) + "\r\n")
		body = body[n:]
	}
}

// quotedPrintable encodes text that has line feeds only (RFC 2045 6.7). Beyond
// what it must, it hides a dot and a "From " at the start of a line, which
// careless servers change.
func quotedPrintable(s string) []byte {
	const most = 75 // and a "=" makes 76
	out := make([]byte, 0, len(s)+len(s)/16+16)
	for line := range strings.Lines(s) {
		line = strings.TrimSuffix(line, "\n")
		width := 0
		for i := 0; i < len(line); {
			_, n := utf8.DecodeRuneInString(line[i:])
			var enc []byte
			for _, c := range []byte(line[i : i+n]) {
				enc = appendQuoted(enc, c, i, line)
			}
			last := i+n == len(line)
			if width+len(enc) > most && !(last && width+len(enc) == most+1) {
				out = append(out, "=\r\n"...)
				width = 0
				if enc[0] == '.' {
					enc = []byte("=2E")
				}
			}
			out = append(out, enc...)
			width += len(enc)
			i += n
		}
		out = append(out, "\r\n"...)
	}
	return out
}

func appendQuoted(out []byte, c byte, i int, line string) []byte {
	blank := c == ' ' || c == '\t'
	plain := c > ' ' && c < 0x7f && c != '=' || blank && i < len(line)-1
	if i == 0 && (c == '.' || c == 'F' && strings.HasPrefix(line, "From ")) {
		plain = false
	}
	if plain {
		return append(out, c)
	}
	return fmt.Appendf(out, "=%02X", c)
}
