package coach

import (
	"strings"
	"unicode/utf8"

	measure "stoke/model/text"
)

// text is the body, taken apart once; every check reads it.
type text struct {
	body      string // at most Window bytes
	small     string // body with A to Z in small letters, byte by byte
	count     int    // words in the writer's own lines, beyond the window too
	words     []word
	sentences []sentence
	asks      []int // the words that end a question
	loud      []int // the bytes of the exclamation marks
	language  string
}

// word is one run of letters and digits between spaces, without the signs around it.
type word struct {
	from, to int
	quoted   bool // in quotation marks: the words of somebody else
	frame    bool // in the greeting or the closing, which are no sentences
	sentence int  // which one it is in
}

// sentence is words From to To of the text, To not included.
type sentence struct {
	from, to int
	asks     bool
}

func (t *text) at(i int) string { return t.body[t.words[i].from:t.words[i].to] }

// low is word i in lower case with a plain apostrophe, "" beyond the ends.
func (t *text) low(i int) string {
	if i < 0 || i >= len(t.words) {
		return ""
	}
	s := t.small[t.words[i].from:t.words[i].to]
	for k := 0; k < len(s); k++ {
		if s[k] >= utf8.RuneSelf {
			return strings.ReplaceAll(strings.ToLower(s), "’", "'")
		}
	}
	return s
}

// small is s with A to Z in small letters: every byte keeps its place.
func small(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
	return string(b)
}

// read takes a draft's body apart.
func read(d Draft) *text {
	whole := d.Body
	t := &text{body: whole}
	if len(t.body) > Window {
		cut := Window
		for cut > 0 && !utf8.RuneStart(whole[cut]) {
			cut--
		}
		t.body = whole[:cut]
	}
	t.small = small(t.body)
	lines, open := t.lines()
	t.mark(lines)
	quotes := quotations(t.body)
	t.words = make([]word, 0, len(t.body)/6+8)
	t.sentences = make([]sentence, 0, 16)
	for _, l := range lines {
		if l.own && !l.signed {
			t.readLine(l, quotes)
		}
	}
	t.close(len(t.words), false)
	t.count = len(t.words)
	if open && len(t.body) < len(whole) {
		t.count += measure.Words(whole[len(t.body):min(len(whole), counted)])
	}
	t.language = languageOf(t, d.Language)
	return t
}
