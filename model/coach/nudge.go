package coach

import (
	"fmt"
	"strings"
)

// phrase is a row of words that says nothing of use. A | separates words of which one must stand there, a * stands for
// up to two words.
type phrase struct {
	words []string
	level Level
}

// phrases by their first word, the longest first.
var phrases = func() map[string][]phrase {
	m := map[string][]phrase{}
	add := func(level Level, all ...string) {
		for _, p := range all {
			words := strings.Fields(p)
			for first := range strings.SplitSeq(words[0], "|") {
				m[first] = append(m[first], phrase{words[1:], level})
			}
		}
	}
	add(Warn, "just checking in", "just check in", "checking in", "check in with|on you", "wanted to check in", "touching base", "touch base",
		"circling back", "circle back", "bumping this", "bump this", "bumping my", "any update|updates", "hope this * finds|find you", "hope that this * finds you",
		"hoping this * finds you", "did|have you * see|seen my * email|e-mail|mail|message|note|emails|mails|messages",
		"did you get|receive|read my * email|e-mail|mail|message|note")
	add(Advice, "just following up", "following|follow up on my", "follow-up on my", "per my last", "as per my", "hope you are|were * well", "hope you're * well",
		"hope all is well", "hope everything is well", "pick your brain", "did|have you * had|have|get|got a|the chance", "had a chance to", "floating this", "putting this",
		"ping you", "pinging you", "pushing this", "any thoughts", "any news")
	return m
}()

// nudge looks for phrases that only say that a mail is there.
func (c *judge) nudge() {
	var found Hint
	n := 0
	skip := 0
	for i, w := range c.text.words {
		if w.quoted || i < skip || w.to-w.from > 16 {
			continue
		}
		for _, p := range phrases[c.text.low(i)] {
			end, ok := c.matches(p.words, i+1)
			if !ok {
				continue
			}
			n++
			skip = end
			said := c.text.body[w.from:c.text.words[end-1].to]
			if found.Check == "" || found.Level == Advice && p.level == Warn {
				found = Hint{Check: Nudge, Level: p.level, Place: body(w.from, w.from+len(said)), Source: house,
					Message: fmt.Sprintf("“%s” says nothing new.", strings.Join(strings.Fields(said), " "))}
			}
			break
		}
	}
	if n > 0 {
		found.Figure = plural(n, "empty phrase") + "; none"
		c.say(found)
	}
}

// matches tells whether the words of a phrase stand at word i, and where it ends.
func (c *judge) matches(words []string, i int) (end int, ok bool) {
	for k, want := range words {
		if want == "*" {
			for more := 0; more <= 2; more++ {
				if end, ok := c.matches(words[k+1:], i+more); ok {
					return end, true
				}
			}
			return 0, false
		}
		if i >= len(c.text.words) || !c.isOneOf(i, want) {
			return 0, false
		}
		i++
	}
	return i, true
}

func (c *judge) isOneOf(i int, want string) bool {
	got := c.text.low(i)
	for one := range strings.SplitSeq(want, "|") {
		if got == one {
			return true
		}
	}
	return false
}
