package mime

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/emersion/go-message/charset"
	"stoke/model/text"
)

// maxValue is how many octets of one header value are decoded; nobody reads a
// longer subject, and lists of addresses and ids are not read through it.
const maxValue = 64 << 10

var encodedWord = regexp.MustCompile(`=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=`)

// decodeWords turns a raw header value into clean text on one line. Words in
// unknown character sets are read as what they most likely are, never lost;
// characters that were split between words are put together again.
func decodeWords(raw string) string {
	raw = raw[:min(len(raw), maxValue)]
	if isPlain(raw) {
		return raw
	}
	if !strings.Contains(raw, "=?") {
		return text.Line(guess([]byte(raw)))
	}
	var out strings.Builder
	var held []byte // octets of adjoining words in one character set
	heldSet := ""
	flush := func() {
		out.WriteString(toUTF8(held, heldSet))
		held, heldSet = nil, ""
	}
	last := 0
	for _, m := range encodedWord.FindAllStringSubmatchIndex(raw, -1) {
		between := raw[last:m[0]]
		set, _, _ := strings.Cut(strings.ToLower(raw[m[2]:m[3]]), "*") // RFC 2231 5: charset*language
		if len(held) == 0 || strings.TrimSpace(between) != "" {
			flush()
			out.WriteString(guess([]byte(between)))
		} else if set != heldSet {
			flush()
		}
		heldSet = set
		payload := raw[m[6]:m[7]]
		if raw[m[4]]|0x20 == 'b' {
			held = append(held, looseBase64([]byte(payload))...)
		} else {
			held = append(held, looseQuoted([]byte(strings.ReplaceAll(payload, "_", " ")))...)
		}
		last = m[1]
	}
	flush()
	out.WriteString(guess([]byte(raw[last:])))
	return text.Line(out.String())
}

// isPlain tells whether a value says what it says: ASCII on one line, single spaces, nothing encoded. Most do.
func isPlain(s string) bool {
	if s == "" || s[0] == ' ' || s[len(s)-1] == ' ' {
		return false
	}
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' || s[i] == ' ' && s[i-1] == ' ' || s[i] == '?' && i > 0 && s[i-1] == '=' {
			return false
		}
	}
	return true
}

// toUTF8 decodes octets from a named character set; what cannot be decoded is
// guessed.
func toUTF8(b []byte, set string) string {
	switch set = strings.ToLower(strings.TrimSpace(set)); set {
	case "", "utf-8", "utf8", "us-ascii", "ascii", "unknown-8bit", "x-unknown", "binary":
		return guess(b)
	case "iso-8859-1", "latin1", "iso8859-1":
		set = "windows-1252" // what people mean by it
	}
	r, err := charset.Reader(set, bytes.NewReader(b))
	if err != nil {
		return guess(b)
	}
	var out strings.Builder
	buf := make([]byte, 8<<10)
	for {
		n, err := r.Read(buf)
		out.Write(buf[:n])
		if err != nil {
			return strings.ToValidUTF8(out.String(), "\uFFFD")
		}
	}
}

// guess reads octets as UTF-8 where they are, or nearly are, and else as
// windows-1252, in which every octet is some character.
func guess(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	good, bad := 0, 0
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		i += n
	}
	if good >= bad {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return toUTF8(b, "windows-1252")
}
