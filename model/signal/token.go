package signal

import (
	"strconv"
	"unicode"
	"unicode/utf8"

	"stoke/model/text"
)

// token is a word or a number of a sentence.
type token struct {
	word     string // folded; a number as its digits
	n        int    // its value, or -1
	from, to int    // bytes in the sentence
}

func tokens(s string) []token {
	out := make([]token, 0, len(s)/6+1)
	kind := func(r rune) int {
		switch {
		case r >= '0' && r <= '9':
			return 1
		case r < utf8.RuneSelf:
			if folded[r] != ' ' {
				return 2
			}
			return 0
		case unicode.IsLetter(r), unicode.Is(unicode.M, r):
			return 2
		}
		return 0
	}
	from, last := 0, 0
	flush := func(to int) {
		if last == 0 {
			return
		}
		t := token{word: text.Fold(cut(s[from:to], 64)), n: -1, from: from, to: to}
		if last == 1 && to-from <= 4 {
			t.n, _ = strconv.Atoi(s[from:to])
		}
		out = append(out, t)
	}
	for i, r := range s {
		if k := kind(r); k != last {
			flush(i)
			from, last = i, k
		}
	}
	flush(len(s))
	return out
}
