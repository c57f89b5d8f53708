package mime

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode"
	"unicode/utf8"
)

// headerWriter writes header fields folded at 78 octets and keeps the first
// thing that could not be written.
type headerWriter struct {
	out bytes.Buffer
	err error
}

func (h *headerWriter) fail(field, reason string) {
	if h.err == nil {
		h.err = &FieldError{field, reason}
	}
}

// line writes a value that is known to be right.
func (h *headerWriter) line(key, value string) { h.out.WriteString(key + ": " + value + "\r\n") }

// checked refuses what would end the header line or upset a reader of it.
func (h *headerWriter) checked(field, s string) string {
	for _, r := range s {
		switch {
		case r == '\r' || r == '\n':
			h.fail(field, "holds a line break; write it on one line")
		case r == 0:
			h.fail(field, "holds a NUL character; take it out")
		case r != '\t' && unicode.IsControl(r):
			h.fail(field, "holds a control character; take it out")
		}
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\t", " ")
}

const (
	foldAt  = 78
	maxLine = 998 // RFC 5322 2.1.1, without CRLF
)

// text writes free text (RFC 5322 2.2.1): as it is where that is safe, else as
// encoded words (RFC 2047).
func (h *headerWriter) text(key, field, value string) {
	value = h.checked(field, value)
	if value == "" {
		h.line(key, "")
		return
	}
	h.fold(key, strings.Split(plainOrEncoded(value, len(key)+2), " "))
}

// token writes one word that cannot be folded.
func (h *headerWriter) token(key, field, value string) {
	if value == "" {
		return
	}
	if value = h.checked(field, value); strings.ContainsAny(value, " ") || !isASCII(value) || len(value) > 900 {
		h.fail(field, "holds spaces or letters that cannot stand there")
	}
	h.fold(key, []string{value})
}

func (h *headerWriter) ids(key, field string, ids []string) {
	if len(ids) == 0 {
		return
	}
	words := make([]string, 0, len(ids))
	for _, id := range ids {
		if key != "Message-ID" && !isASCII(id) && !strings.ContainsFunc(id, unicode.IsControl) {
			continue // some programs make such ids; only headers in UTF-8 (RFC 6532) could hold them, so the thread does without
		}
		if id = h.checked(field, id); id == "" || strings.ContainsAny(id, "<> ") || len(id) > maxID {
			h.fail(field, "is not a message id")
		}
		words = append(words, "<"+id+">")
	}
	if len(words) > 0 {
		h.fold(key, words)
	}
}

func (h *headerWriter) addresses(key, field string, all []Address) {
	if len(all) == 0 {
		return
	}
	var words []string
	for i, a := range all {
		addr, err := CheckAddress(a.Addr)
		if err != nil {
			h.fail(field, strings.TrimSuffix(err.Error(), "."))
		}
		if name := strings.TrimSpace(h.checked(field+"'s name", a.Name)); name != "" {
			words = append(words, strings.Split(phrase(name), " ")...)
			addr = "<" + addr + ">"
		}
		if i < len(all)-1 {
			addr += ","
		}
		words = append(words, addr)
	}
	h.fold(key, words)
}

// fold writes words parted by single spaces and breaks lines at them. Empty
// words are spaces of the text; a line of spaces alone would end the header
// for some readers, so no break goes before them.
func (h *headerWriter) fold(key string, words []string) {
	h.out.WriteString(key + ":")
	width := len(key) + 1
	for i, w := range words {
		if i > 0 && w != "" && width+1+len(w) > foldAt {
			h.out.WriteString("\r\n")
			width = 0
		}
		h.out.WriteString(" " + w)
		width += 1 + len(w)
	}
	h.out.WriteString("\r\n")
}

// phrase writes a display name (RFC 5322 3.2.5).
func phrase(name string) string {
	if encodes(name) {
		return encodeWords(name, 0)
	}
	for _, r := range name {
		if !isAtom(r) && r != ' ' {
			return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name) + `"`
		}
	}
	return name
}

func plainOrEncoded(s string, indent int) string {
	if encodes(s) {
		return encodeWords(s, indent)
	}
	return s
}

// encodes tells whether a text would not survive as it is: letters outside
// ASCII, something that looks like an encoded word, spaces at the ends or in
// rows (folding would eat them), a word too long for a line.
func encodes(s string) bool {
	if !isASCII(s) || strings.Contains(s, "=?") || s != strings.TrimSpace(s) || strings.Contains(s, "  ") {
		return true
	}
	for w := range strings.SplitSeq(s, " ") {
		if len(w) > 200 {
			return true
		}
	}
	return false
}

// encodeWords writes UTF-8 as encoded words of at most 75 octets that never
// split a character (RFC 2047 5), parted by spaces that readers drop.
func encodeWords(s string, indent int) string {
	const most = 45 // octets that make 60 of base64, with "=?utf-8?B?" and "?=" 72
	var words []string
	room := max(most-indent, 9)
	for len(s) > 0 {
		n := min(room, len(s))
		for n < len(s) && n > 0 && !utf8.RuneStart(s[n]) {
			n--
		}
		words = append(words, "=?utf-8?B?"+base64.StdEncoding.EncodeToString([]byte(s[:n]))+"?=")
		s, room = s[n:], most
	}
	return strings.Join(words, " ")
}
