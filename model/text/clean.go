package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMarks is how many combining marks may follow one another. Real scripts
// stay below it; stacks beyond it draw over the lines above and below.
const maxMarks = 8

// Clean returns s as text that is safe on a terminal, in a log and in JSON:
// valid UTF-8 with line feeds as the only controls. Escape sequences go as a
// whole; of one that never ends only its introducer goes, so that it takes no
// text with it. Tabs become spaces; bidi controls, invisible characters and
// variation selectors (terminals disagree on their width) are dropped; joiners
// stay between letters of the scripts that spell with them.
// Clean(Clean(s)) == Clean(s).
func Clean(s string) string {
	i := plainPrefix(s)
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:i])
	c := cleaner{out: &b}
	if i > 0 {
		c.last = rune(s[i-1])
	}
	for i < len(s) {
		if n := plainPrefix(s[i:]); n > 0 {
			c.plain(s[i : i+n])
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == 0x1b || r >= 0x80 && r <= 0x9f && r != 0x85:
			n = escape(s[i:])
		case r == utf8.RuneError && n == 1 && s[i] == 0x9b:
			// A raw C1 byte is no UTF-8, and some terminals obey it.
			n = escape(s[i:])
			c.put(utf8.RuneError)
		case r == '\r':
			if !strings.HasPrefix(s[i+1:], "\n") {
				c.put('\n')
			}
		case r == '\v', r == '\f', r == 0x85, r == 0x2028, r == 0x2029:
			c.put('\n')
		case r == '\t':
			c.put(' ')
		case r == joiner || r == nonJoiner:
			c.join = r
		case !Forbidden(r):
			c.put(r)
		}
		i += n
	}
	return b.String()
}

// Line is Clean on one line: every run of white space is one space, none at
// the ends. For subjects, names and everything else that has one row.
func Line(s string) string {
	s = Clean(s)
	fields := false
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf || s[i] == '\n' || s[i] == ' ' && (i == 0 || i == len(s)-1 || s[i+1] == ' ') {
			fields = true
			break
		}
	}
	if !fields {
		return s
	}
	// Taking a space away can put a joiner next to a letter it was not next
	// to before; only a second pass keeps Line idempotent.
	return Clean(strings.Join(strings.Fields(s), " "))
}

// Forbidden tells whether Clean never lets r through wherever it stands.
func Forbidden(r rune) bool {
	switch {
	case r == '\n':
		return false
	case r < 0x20, r >= 0x7f && r <= 0x9f, r == 0x2028, r == 0x2029:
		return true
	case r < 0x300:
		return r == 0xad
	case r == joiner, r == nonJoiner:
		return false
	case unicode.Is(unicode.Prepended_Concatenation_Mark, r):
		return false // format characters by category, yet visible number signs
	case r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef:
		return true
	}
	return unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

func plainPrefix(s string) int {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < 0x20 && c != '\n') || c >= 0x7f {
			return i
		}
	}
	return len(s)
}

const (
	nonJoiner = 0x200c
	joiner    = 0x200d
)

// cleaner writes runes and decides about a joiner only when it knows both
// neighbours as they will stand in the output.
type cleaner struct {
	out   *strings.Builder
	last  rune
	join  rune
	marks int
}

func (c *cleaner) put(r rune) {
	if r >= 0x300 && unicode.Is(unicode.M, r) {
		if c.marks++; c.marks > maxMarks {
			return
		}
	} else {
		c.marks = 0
	}
	if c.join != 0 {
		if joins(c.last) && joins(r) {
			c.out.WriteRune(c.join)
		}
		c.join = 0
	}
	c.out.WriteRune(r)
	c.last = r
}

// plain puts what plainPrefix found: nothing of it joins.
func (c *cleaner) plain(s string) {
	c.out.WriteString(s)
	c.last, c.join, c.marks = rune(s[len(s)-1]), 0, 0
}

// joins tells whether r is a letter or mark of a script whose spelling uses
// the zero-width joiner or non-joiner: cursive ones and the Brahmic family.
func joins(r rune) bool {
	if r < 0x600 || !unicode.In(r, unicode.L, unicode.M) {
		return false
	}
	return unicode.In(r, unicode.Arabic, unicode.Syriac, unicode.Mongolian, unicode.Nko,
		unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati,
		unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada,
		unicode.Malayalam, unicode.Sinhala, unicode.Myanmar, unicode.Khmer, unicode.Tibetan)
}
