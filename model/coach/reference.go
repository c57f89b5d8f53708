package coach

import (
	"fmt"
	"unicode/utf8"

	folding "stoke/model/text"
)

// reference looks for a word that ties the mail to what was last written or said.
func (c *judge) reference() {
	if len(c.Last) == 0 || c.text.count == 0 {
		return
	}
	mine := map[string]int{}
	var buf [40]byte
	add := func(s string, at int) {
		if key, ok := c.stem(buf[:0], s); ok {
			if _, known := mine[key]; !known {
				mine[key] = at
			}
		}
	}
	for i, w := range c.text.words {
		if !w.frame {
			add(c.text.at(i), i)
		}
	}
	h := Hint{Check: Reference, Level: Advice, Message: "Not a word of your last talk: add one.", Source: house,
		Figure: "a word of the last thread, note, event or purchase", Place: c.startOfText()}
	budget := remembered
	for _, s := range c.Last {
		if len(s) > budget {
			s = s[:budget]
		}
		budget -= len(s)
		if at, ok := c.shared(s, mine); ok {
			w := c.text.words[at]
			h.Level, h.Message, h.Place = Good, fmt.Sprintf("It comes back to “%s”.", c.text.at(at)), body(w.from, w.to)
			break
		}
	}
	c.say(h)
}

// shared finds a word of s among the draft's.
func (c *judge) shared(s string, mine map[string]int) (int, bool) {
	var buf [40]byte
	for from := 0; from < len(s); {
		for from < len(s) && isSpace(s[from:]) > 0 {
			from += isSpace(s[from:])
		}
		to := from
		for to < len(s) && isSpace(s[to:]) == 0 {
			to++
		}
		a, b := core(s[from:to])
		if key, ok := c.stem(buf[:0], s[from+a:from+b]); ok {
			if at, known := mine[key]; known {
				return at, true
			}
		}
		from = to
	}
	return 0, false
}

// stem is a word as it is compared: without case and the commonest endings; false for a word that ties nothing together,
// and for the contact's own name and company, which say nothing of what happened.
func (c *judge) stem(buf []byte, s string) (string, bool) {
	if len(s) < 2 || len(s) > 30 {
		return "", false
	}
	digits, upper := false, true
	for i := 0; i < len(s); i++ {
		switch b := s[i]; {
		case b >= '0' && b <= '9':
			digits = true
		case b >= 'A' && b <= 'Z':
		case b >= utf8.RuneSelf:
			s, upper = folding.Fold(s), false
			i = len(s)
		default:
			upper = false
		}
	}
	w := buf
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		w = append(w, c)
	}
	if len(w) < 4 && !digits && !upper || common[string(w)] {
		return "", false
	}
	for _, end := range []string{"'s", "ings", "ing", "ed", "es", "s", "e"} {
		if hasSuffix(w, end) && len(w)-len(end) >= 3 && !digits {
			w = w[:len(w)-len(end)]
			break
		}
	}
	if c.isTheirName(string(w)) {
		return "", false
	}
	return string(w), true
}

// common words appear in any mail.
var common = set(`about above after again also another anything around back because been before being best better between both came come could does
doing done down each either else even ever every everyone everything fine first from further gave give given goes going gone good great have having hello
help here hear heard hers hope into just keep kind kindly know last least less like look looking made make many maybe mail email message might mine more most
much must need needs never next none nothing once only other others over part please possible quite rather really regards right said same says send sent
shall should since some someone something soon sorry still such suit sure take talk team tell than thank thanks that their them then there these they
thing things think this those though three through time today together told tomorrow took until upon used very want wanted wants week weeks well went were
what when where whether which while whole whose will wish with within without work works would write writing wrote year years yes yesterday yet your yours
monday tuesday wednesday thursday friday saturday sunday day days month months dear call called reply answer
que para como pour avec vous votre nous und der die das mit für sie ihre nicht och att det som med een het van voor met`)

func (c *judge) startOfText() Place {
	for _, w := range c.text.words {
		if !w.frame {
			return body(w.from, w.from)
		}
	}
	return body(0, 0)
}
