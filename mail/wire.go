package mail

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxLine is the longest line without its CRLF that SMTP carries (RFC 5321, section 4.5.3.1.6).
const maxLine = 998

// checkBytes refuses bytes that would not be equal after delivery, or that would end the mail early
// for a server that takes a bare CR or LF for a line end: the wire carries CRLF only, no NUL, and
// lines of at most 998 octets. Nothing has been dialled when it refuses.
func checkBytes(raw []byte) error {
	fault := func(what string) error {
		return &Error{Kind: Permanent, Sentence: "This mail cannot be sent as it is: " + what + "."}
	}
	if len(raw) == 0 {
		return fault("it is empty")
	}
	for len(raw) > 0 {
		line, rest, found := bytes.Cut(raw, []byte("\r\n"))
		switch {
		case bytes.ContainsAny(line, "\r\n"):
			return fault("it holds a line end that is not CRLF")
		case bytes.IndexByte(line, 0) >= 0:
			return fault("it holds a NUL")
		case len(line) > maxLine:
			return fault(fmt.Sprintf("it has a line of %d octets, more than the %d that mail allows", len(line), maxLine))
		case !found:
			return fault("its last line has no end")
		}
		raw = rest
	}
	return nil
}

// checkAddress takes a mail address for the envelope: a dot-atom, "@", a domain name (RFC 5321,
// section 4.1.2, without quoted local parts and address literals, which nobody follows up). What it
// lets through can neither end the angle brackets nor add a parameter to MAIL or RCPT.
func checkAddress(addr string) error {
	local, domain, found := cutLast(addr, "@")
	ok := found && utf8.ValidString(addr) && len(local) >= 1 && len(local) <= 64 && len(domain) >= 1 && len(domain) <= 255
	for atom := range strings.SplitSeq(local, ".") {
		ok = ok && atom != "" && strings.IndexFunc(atom, notAtom) < 0
	}
	for label := range strings.SplitSeq(domain, ".") {
		ok = ok && label != "" && len(label) <= 63 && label[0] != '-' && label[len(label)-1] != '-' && strings.IndexFunc(label, notLabel) < 0
	}
	if !ok {
		return &Error{Kind: Permanent, Rcpt: words(addr), Sentence: "“" + words(addr) + "” is not a mail address that can be written to."}
	}
	return nil
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return "", s, false
	}
	return s[:i], s[i+len(sep):], true
}

// notAtom reports runes that are not atext of RFC 5322, nor beyond ASCII as RFC 6532 allows.
func notAtom(r rune) bool {
	switch {
	case r >= 0x80:
		return !unicode.IsGraphic(r) || unicode.IsSpace(r)
	case r >= '0' && r <= '9', r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
		return false
	}
	return !strings.ContainsRune("!#$%&'*+-/=?^_`{|}~", r)
}

func notLabel(r rune) bool {
	return r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 }) < 0
}

// stuffed is raw as it goes over the wire, dots doubled at line starts, without its last CRLF: that
// one leaves together with the final dot (RFC 5321, section 4.5.2).
func stuffed(raw []byte) []byte {
	raw = bytes.TrimSuffix(raw, []byte("\r\n"))
	out := make([]byte, 0, len(raw)+16)
	for {
		line, rest, found := bytes.Cut(raw, []byte("\r\n"))
		if len(line) > 0 && line[0] == '.' {
			out = append(out, '.')
		}
		out = append(out, line...)
		if !found {
			return out
		}
		out = append(out, '\r', '\n')
		raw = rest
	}
}
