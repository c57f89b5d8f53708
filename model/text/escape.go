package text

import (
	"strings"
	"unicode/utf8"
)

// escape returns how many bytes of s, which begins with ESC or a C1 control,
// to drop (ECMA-48 section 5). A scan never passes the next control, so that
// the scans of all introducers together read the text once.
func escape(s string) int {
	var kind byte
	var n int
	switch {
	case s[0] != 0x1b:
		r, size := utf8.DecodeRuneInString(s)
		if n = size; r == utf8.RuneError {
			r = rune(s[0])
		}
		kind = byte(r) - 0x40 // a C1 control is ESC and this byte
		if !strings.ContainsRune("[]PX^_", rune(kind)) {
			return n
		}
	case len(s) == 1:
		return 1
	default:
		if kind = s[1]; kind < 0x20 || kind > 0x7e {
			return 1
		}
		n = 2
	}
	switch {
	case kind == '[':
		return n + csi(s[n:])
	case strings.IndexByte("]PX^_", kind) >= 0:
		return n + controlString(s[n:])
	case kind < 0x30: // intermediates, then one final byte
		for n < len(s) && n < 8 && s[n] >= 0x20 && s[n] < 0x30 {
			n++
		}
		if n < len(s) && s[n] >= 0x30 && s[n] <= 0x7e {
			n++
		}
	}
	return n
}

// csi is the length of the parameters, intermediates and final byte after a
// control sequence introducer.
func csi(s string) int {
	const longest = 128
	i := 0
	for i < len(s) && i < longest && s[i] >= 0x30 && s[i] <= 0x3f {
		i++
	}
	for i < len(s) && i < longest && s[i] >= 0x20 && s[i] <= 0x2f {
		i++
	}
	if i < len(s) && s[i] >= 0x40 && s[i] <= 0x7e {
		return i + 1
	}
	return 0
}

// controlString is the length of an OSC, DCS, SOS, PM or APC string with its
// terminator (BEL, ESC \ or ST), or 0 where no terminator stands before the
// next control or line.
func controlString(s string) int {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == 0x07:
			return i + 1
		case c == 0x1b:
			if i+1 < len(s) && s[i+1] == '\\' {
				return i + 2
			}
			return 0
		case c == 0xc2 && i+1 < len(s) && s[i+1] == 0x9c:
			return i + 2
		case c == 0xc2 && i+1 < len(s) && s[i+1] < 0xa0, c == '\n', c == '\r':
			return 0
		}
	}
	return 0
}
