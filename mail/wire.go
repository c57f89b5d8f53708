package mail

import (
	"bytes"
	"fmt"
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
