package signal

import (
	"strings"
	"unicode"

	"stoke/model/text"
)

// plain is s folded to words with one space between and at both ends, so that
// " word " finds whole words. Apostrophes part words: "don't" is "don t".
func plain(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 2)
	b.WriteByte(' ')
	gap := true
	for _, r := range text.Fold(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) {
			b.WriteRune(r)
			gap = false
		} else if !gap {
			b.WriteByte(' ')
			gap = true
		}
	}
	if !gap {
		b.WriteByte(' ')
	}
	return b.String()
}

// phrases is a list of phrases in the form of plain, from lines that hold
// several, parted by commas.
func phrases(lines ...string) []string {
	var out []string
	for _, l := range lines {
		for p := range strings.SplitSeq(l, ",") {
			if p = plain(p); p != " " {
				out = append(out, p)
			}
		}
	}
	return out
}

// anyOf tells whether a plain text holds one of the phrases.
func anyOf(s string, list []string) bool {
	for _, p := range list {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

// countOf is how many of the phrases a plain text holds.
func countOf(s string, list []string) int {
	n := 0
	for _, p := range list {
		if strings.Contains(s, p) {
			n++
		}
	}
	return n
}

// startsWith tells whether a plain text begins with one of the phrases.
func startsWith(s string, list []string) bool {
	for _, p := range list {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// sentences splits text at full stops, at question and exclamation marks and
// at empty lines. Lines are joined, because mail is wrapped. A stop after a
// digit ends nothing: "3. Dezember", "bis 7.12. im Urlaub".
func sentences(s string) []string {
	var out []string
	for block := range strings.SplitSeq(s, "\n\n") {
		block = strings.Join(strings.Fields(block), " ")
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

// endsYear tells whether s ends in a year or a time, after which a stop does
// end the sentence.
func endsYear(s string) bool {
	n := 0
	for n < len(s) && s[len(s)-1-n] >= '0' && s[len(s)-1-n] <= '9' {
		n++
	}
	return n == 4 || n == 2 && len(s) > 3 && s[len(s)-3] == ':'
}
