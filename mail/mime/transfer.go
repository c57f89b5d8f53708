package mime

import (
	"bytes"
	"encoding/base64"
	"regexp"
	"strings"
)

// decodeTransfer undoes a Content-Transfer-Encoding (RFC 2045 6); an unknown
// one leaves the octets as they are.
func decodeTransfer(body []byte, encoding string) []byte {
	name, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(encoding)), ";")
	switch strings.Trim(name, `" `) {
	case "base64":
		return looseBase64(withoutFooter(body))
	case "quoted-printable":
		return looseQuoted(body)
	}
	return body
}

var footer = regexp.MustCompile(`(?m)^[-_*]`)

// withoutFooter leaves out the clear text that a mailing list puts below
// base64, which would decode to noise.
func withoutFooter(body []byte) []byte {
	if at := footer.FindIndex(body); at != nil {
		return body[:at[0]]
	}
	return body
}

// looseBase64 decodes what there is: other characters are skipped, padding may
// be missing, and padding in the middle, where two encodings were put one
// behind the other, ends nothing.
func looseBase64(in []byte) []byte {
	clean := make([]byte, 0, len(in))
	out := make([]byte, 0, len(in)*3/4+3)
	flush := func() {
		if len(clean)%4 == 1 {
			clean = clean[:len(clean)-1] // six bits are no octet
		}
		n := len(out)
		out = out[:n+base64.RawStdEncoding.DecodedLen(len(clean))]
		// Only letters of the alphabet are in clean, so nothing can fail.
		m, _ := base64.RawStdEncoding.Decode(out[n:], clean)
		out, clean = out[:n+m], clean[:0]
	}
	for _, c := range in {
		switch {
		case isLetterDigit(rune(c)) || c == '+' || c == '/':
			clean = append(clean, c)
		case c == '=' && len(clean) > 0:
			flush()
		}
	}
	flush()
	return out
}

// looseQuoted decodes quoted-printable and leaves what is none as it stands.
func looseQuoted(in []byte) []byte {
	if bytes.IndexByte(in, '=') < 0 {
		return in
	}
	out := make([]byte, 0, len(in))
	for i := 0; i < len(in); i++ {
		c := in[i]
		if c != '=' {
			out = append(out, c)
			continue
		}
		if n := softBreak(in[i+1:]); n > 0 {
			i += n
			continue
		}
		if i+2 < len(in) {
			if hi, lo := unhex(in[i+1]), unhex(in[i+2]); hi >= 0 && lo >= 0 {
				out = append(out, byte(hi<<4|lo))
				i += 2
				continue
			}
		}
		out = append(out, c)
	}
	return out
}

// softBreak is the length of blanks and a line end behind "=", or 0.
func softBreak(b []byte) int {
	i := 0
	for i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\r') && i < 80 {
		i++
	}
	if i < len(b) && b[i] == '\n' {
		return i + 1
	}
	if i == len(b) && i > 0 {
		return i
	}
	return 0
}

func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	}
	return -1
}
