package signal

import (
	"slices"
	"strings"
	"sync"
)

// said is what a writer said, taken apart once for all who judge it.
type said struct {
	words     string // as written, at most maxWords
	plain     string
	sentences []sentence
	heard     []bool // of each set, by its number, whether plain holds one of its phrases
}

// sentence is one of them, as written, plain, and the words of that.
type sentence struct {
	words, plain string
	fields       []string
}

func hear(words string) said {
	s := said{words: words, plain: plain(words)}
	s.heard = heard(s.plain)
	all := sentences(words)
	s.sentences = make([]sentence, len(all))
	fields := make([]string, 0, strings.Count(s.plain, " ")+len(all)) // of all, one after the other
	for i, words := range all {
		p, from := plain(words), len(fields)
		fields = slices.AppendSeq(fields, strings.FieldsSeq(p))
		s.sentences[i] = sentence{words, p, slices.Clip(fields[from:])}
	}
	return s
}

// holds tells whether there is any phrase of the set. Where there is none, no sentence has one.
func (s said) holds(set *set) bool { return s.heard[set.number] }

// sets are all sets of this package.
var sets []*set

// lexicon finds the phrases of all sets by their first two words, or by the one they have. It is made when the first mail is
// judged, because a program that only shows the queue starts without.
var lexicon = sync.OnceValue(func() map[string][]entry {
	out := map[string][]entry{}
	for _, s := range sets {
		for _, p := range s.all {
			first, rest, _ := strings.Cut(p[1:], " ")
			if second, _, ok := strings.Cut(rest, " "); ok {
				first = p[1 : 1+len(first)+1+len(second)]
			}
			out[first] = append(out[first], entry{p, s.number})
		}
	}
	return out
})

type entry struct {
	phrase string
	set    int
}

// heard goes through a plain text once, however many sets there are.
func heard(t string) []bool {
	out := make([]bool, len(sets))
	index := lexicon()
	mark := func(at int, key string) {
		for _, e := range index[key] {
			if !out[e.set] && strings.HasPrefix(t[at:], e.phrase) {
				out[e.set] = true
			}
		}
	}
	for i := 0; i+1 < len(t); {
		n := strings.IndexByte(t[i+1:], ' ')
		if n < 0 {
			break
		}
		first := i + 1 + n
		mark(i, t[i+1:first])
		if n := strings.IndexByte(t[first+1:], ' '); n > 0 {
			mark(i, t[i+1:first+1+n])
		}
		i = first
	}
	return out
}
