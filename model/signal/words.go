package signal

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"stoke/model/text"
)

// plain is s folded to words with one space between and at both ends, so that
// " word " finds whole words. Apostrophes part words: "don't" is "don t".
func plain(s string) string {
	b := make([]byte, len(s)+2)
	b[0] = ' '
	n := 1
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return plainRunes(text.Fold(s))
		}
		if c := folded[s[i]]; c != ' ' || b[n-1] != ' ' {
			b[n] = c
			n++
		}
	}
	if b[n-1] != ' ' {
		b[n] = ' '
		n++
	}
	return string(b[:n])
}

// folded is what an ASCII character is in plain: a lower-case letter, a digit, or a space.
var folded = func() (to [utf8.RuneSelf]byte) {
	for c := range to {
		switch to[c] = ' '; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			to[c] = byte(c)
		case 'A' <= c && c <= 'Z':
			to[c] = byte(c) + 'a' - 'A'
		}
	}
	return to
}()

// plainRunes is plain for what is folded already.
func plainRunes(s string) string {
	b := make([]byte, 1, len(s)+2)
	b[0] = ' '
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf && folded[r] != ' ':
			b = append(b, folded[r])
		case r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)):
			b = utf8.AppendRune(b, r)
		case b[len(b)-1] != ' ':
			b = append(b, ' ')
		}
	}
	if b[len(b)-1] != ' ' {
		b = append(b, ' ')
	}
	return string(b)
}

// set holds phrases in the form of plain, found by their first word, so that
// a text is gone through once however many there are.
type set struct {
	number int // its place among all
	first  map[string][]string
	all    []string
}

// phrases is a set from lines that hold several, parted by commas.
func phrases(lines ...string) *set {
	s := &set{number: len(sets), first: map[string][]string{}}
	sets = append(sets, s)
	for _, l := range lines {
		for p := range strings.SplitSeq(l, ",") {
			s.add(plain(p))
		}
	}
	return s
}

func (s *set) add(p string) {
	w, _, _ := strings.Cut(strings.TrimPrefix(p, " "), " ")
	if w == "" || slices.Contains(s.first[w], p) {
		return
	}
	s.first[w], s.all = append(s.first[w], p), append(s.all, p)
}

// together is one set of all phrases of several.
func together(sets ...*set) *set {
	out := phrases()
	for _, s := range sets {
		for _, p := range s.all {
			out.add(p)
		}
	}
	return out
}

// each gives every phrase that a plain text holds and where it begins, in the
// order of the text, until f answers false.
func (s *set) each(t string, f func(at int, phrase string) bool) {
	for i := 0; i+1 < len(t); {
		next := strings.IndexByte(t[i+1:], ' ')
		if next < 0 {
			return
		}
		for _, p := range s.first[t[i+1:i+1+next]] {
			if strings.HasPrefix(t[i:], p) && !f(i, p) {
				return
			}
		}
		i += 1 + next
	}
}

// whole tells whether a plain text is one of the phrases and nothing else.
func (s *set) whole(t string) bool {
	w, _, _ := strings.Cut(strings.TrimPrefix(t, " "), " ")
	return slices.Contains(s.first[w], t)
}

// without is a plain text less the phrases of the set.
func (s *set) without(t string) string {
	var b strings.Builder
	done := 0
	s.each(t, func(at int, p string) bool {
		if at >= done {
			b.WriteString(t[done:at])
			b.WriteByte(' ')
			done = at + len(p) - 1
		} else {
			done = max(done, at+len(p)-1)
		}
		return true
	})
	b.WriteString(t[done:])
	return b.String()
}

// anyOf tells whether a plain text holds one of the phrases.
func anyOf(t string, s *set) bool {
	found := false
	s.each(t, func(int, string) bool { found = true; return false })
	return found
}

// countOf is how many of the phrases a plain text holds, each counted once.
func countOf(t string, s *set) int {
	var seen []string
	s.each(t, func(_ int, p string) bool {
		if !slices.Contains(seen, p) {
			seen = append(seen, p)
		}
		return len(seen) < 20
	})
	return len(seen)
}

// startsWith tells whether a plain text begins with one of the phrases.
func startsWith(t string, s *set) bool {
	w, _, _ := strings.Cut(strings.TrimPrefix(t, " "), " ")
	return slices.ContainsFunc(s.first[w], func(p string) bool { return strings.HasPrefix(t, p) })
}

// sentences splits text at full stops, at question and exclamation marks and
// at empty lines. Lines are joined, because mail is wrapped. A stop after a
// digit ends nothing: "3. Dezember", "bis 7.12. im Urlaub".
func sentences(s string) []string {
	var out []string
	for block := range strings.SplitSeq(s, "\n\n") {
		block = squeeze(block)
		from := 0
		for i := 0; i < len(block); i++ {
			switch block[i] {
			case '.', '!', '?':
			default:
				continue
			}
			if i+1 < len(block) && block[i+1] != ' ' {
				continue
			}
			if block[i] == '.' && i > 0 && block[i-1] >= '0' && block[i-1] <= '9' && i-from > 1 && !endsYear(block[from:i]) {
				continue
			}
			if part := strings.TrimSpace(block[from : i+1]); part != "" {
				out = append(out, part)
			}
			from = i + 1
		}
		if part := strings.TrimSpace(block[from:]); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// squeeze is s on one line, with one space where there was any white space.
func squeeze(s string) string {
	b := make([]byte, 0, len(s))
	gap := false
	for i, r := range s {
		if unicode.IsSpace(r) {
			gap = len(b) > 0
			continue
		}
		if gap {
			b, gap = append(b, ' '), false
		}
		if r < utf8.RuneSelf {
			b = append(b, byte(r))
		} else {
			_, n := utf8.DecodeRuneInString(s[i:])
			b = append(b, s[i:i+n]...)
		}
	}
	return string(b)
}

// endsYear tells whether s ends in a year or a time, after which a stop does
// end the sentence.
func endsYear(s string) bool {
	n := 0
	for n < len(s) && s[len(s)-1-n] >= '0' && s[len(s)-1-n] <= '9' {
		n++
	}
	return n == 4 || n == 2 && len(s) > 3 && s[len(s)-3] == ':'
}
