package mime

import (
	"bytes"
	"crypto/sha256"
	"net/textproto"
	"strings"
)

const (
	maxHeader = 1 << 20 // octets read of a header block
	maxFields = 5000
)

// field is one header field, unfolded; the value is as it came.
type field struct{ key, value string } // key in canonical form

// header is a header block that was made sense of, whatever it looked like.
type header struct {
	fields []field
	others int  // fields that were not wanted
	cut    bool // there was more than is read
}

// splitHeader parts a mail or a part of one into header and body. Malformed
// lines cost nothing but themselves: bare text continues the field above it,
// and what stands before the first field is dropped (RFC 5322 2.2, read as
// people's mail programs read it). Without any field all of it is body.
func splitHeader(raw []byte) (h header, body []byte) {
	raw = mendLineEnds(raw)
	if h, body = readHeader(raw, nil); len(h.fields) == 0 {
		return header{cut: h.cut}, raw
	}
	return h, body
}

// readHeader reads a header block; of the fields only those that are wanted, nil for all.
func readHeader(raw []byte, wanted func(key string) bool) (h header, body []byte) {
	var value []byte
	key := ""
	end := func() {
		if key != "" && wanted != nil && !wanted(key) {
			h.others++
		} else if key != "" && len(h.fields) < maxFields {
			h.fields = append(h.fields, field{key, string(bytes.TrimSpace(value))})
		} else if key != "" {
			h.cut = true
		}
		key, value = "", value[:0]
	}
	read := 0
	for len(raw) > 0 {
		line, rest, _ := bytes.Cut(raw, []byte("\n"))
		t := bytes.TrimRight(line, "\r")
		if len(t) == 0 {
			end()
			return h, rest
		}
		read += len(line) + 1
		if read > maxHeader {
			h.cut = true
			end()
			return h, afterHeader(raw)
		}
		raw = rest
		if name, v, ok := fieldStart(t); ok {
			end()
			key, value = textproto.CanonicalMIMEHeaderKey(name), append(value, v...)
		} else if key != "" {
			value = append(append(value, ' '), bytes.TrimSpace(t)...)
		}
	}
	end()
	return h, nil
}

// mendLineEnds turns the bare CRs of a text that knows no other line end.
func mendLineEnds(raw []byte) []byte {
	if bytes.IndexByte(raw[:min(len(raw), 4096)], '\n') < 0 && bytes.IndexByte(raw, '\n') < 0 {
		return bytes.ReplaceAll(raw, []byte("\r"), []byte("\n"))
	}
	return raw
}

// fieldStart takes "Key: value" apart; "Key : value" is an old form of it.
func fieldStart(line []byte) (key string, value []byte, ok bool) {
	colon := bytes.IndexByte(line, ':')
	if colon < 1 || line[0] == ' ' || line[0] == '\t' {
		return "", nil, false
	}
	name := bytes.TrimRight(line[:colon], " \t")
	for _, c := range name {
		if c <= ' ' || c >= 0x7f {
			return "", nil, false
		}
	}
	return string(name), line[colon+1:], true
}

// afterHeader finds the body behind a header that was not read to its end.
func afterHeader(raw []byte) []byte {
	crlf, lf := bytes.Index(raw, []byte("\r\n\r\n")), bytes.Index(raw, []byte("\n\n"))
	switch {
	case crlf >= 0 && (lf < 0 || crlf < lf):
		return raw[crlf+4:]
	case lf >= 0:
		return raw[lf+2:]
	}
	return nil
}

// first is the raw value of the first field of this name.
func (h header) first(key string) string {
	for _, f := range h.fields {
		if f.key == key {
			return f.value
		}
	}
	return ""
}

// all joins the values of all fields of this name; some programs write a
// field such as To twice.
func (h header) all(key, sep string) string {
	var out []string
	for _, f := range h.fields {
		if f.key == key {
			out = append(out, f.value)
		}
	}
	return strings.Join(out, sep)
}

func (h header) has(key string) bool {
	for _, f := range h.fields {
		if f.key == key {
			return true
		}
	}
	return false
}

// hash is the same for one header block however it was fetched.
func (h header) hash() (sum [32]byte) {
	d := sha256.New()
	for _, f := range h.fields {
		d.Write([]byte(f.key + ":" + f.value + "\n"))
	}
	d.Sum(sum[:0])
	return sum
}
