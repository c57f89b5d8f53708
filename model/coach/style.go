package coach

import (
	"fmt"
	"strconv"
)

// length judges the number of words.
func (c *judge) length() {
	a := c.aims
	n, least, most, what := c.text.count, a.FollowUpLeast, a.FollowUpMost, "A follow-up"
	source := whose(boomerang, least == usual.FollowUpLeast && most == usual.FollowUpMost)
	if c.Opener {
		least, most, what = a.OpenerLeast, a.OpenerMost, "A first mail"
		source = whose(lavender, least == usual.OpenerLeast && most == usual.OpenerMost)
	}
	h := Hint{Check: Length, Level: Good, Source: source, Place: body(0, 0), Message: "The length is right.",
		Figure: fmt.Sprintf("%s; %d to %d in %s", plural(n, "word"), least, most, lowerFirst(what))}
	switch {
	case n > most:
		h.Level, h.Message = Warn, fmt.Sprintf("%s of %d words is long: leave out %d.", what, n, n-most)
		if most < len(c.text.words) {
			h.Place = body(c.text.words[most].from, c.text.words[len(c.text.words)-1].to)
		}
	case n == 0:
		h.Level, h.Message = Warn, "Nothing is written yet."
	case n*2 < least && !c.Answers:
		h.Level, h.Message = Warn, fmt.Sprintf("%s: that gives them little to answer.", plural(n, "word"))
	case n < least && !c.Answers:
		h.Level, h.Message = Advice, fmt.Sprintf("%s of %d words is short: %d more would do.", what, n, least-n)
	}
	c.say(h)
}

func lowerFirst(s string) string { return string(s[0]|0x20) + s[1:] }

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// grade judges how hard the sentences are to read.
func (c *judge) grade() {
	words, sentences, syllables := 0, 0, 0
	hardest, place := 0.0, Place{InBody, 0, 0}
	for _, s := range c.text.sentences {
		n, spoken := 0, 0
		for i := s.from; i < s.to; i++ {
			w := c.text.words[i]
			if w.frame || w.quoted || isLink(c.text.at(i)) {
				continue
			}
			n++
			spoken += Syllables(c.text.at(i))
		}
		if n == 0 {
			continue
		}
		words, sentences, syllables = words+n, sentences+1, syllables+spoken
		if g := grade(n, 1, spoken); g > hardest && n > 3 {
			hardest, place = g, c.text.place(s)
		}
	}
	if words == 0 {
		return
	}
	g := oneDecimal(grade(words, sentences, syllables))
	c.report.Grade = g
	if words < gradeWords {
		return
	}
	h := Hint{Check: Grade, Level: Good, Message: "It is easy to read.", Source: c.scale(), Place: place,
		Figure: fmt.Sprintf("grade %.1f; up to %g is easy, %g hard, %g very hard", g, c.aims.GradeGood, c.aims.GradeWarn, c.aims.GradeRed)}
	switch {
	case g >= c.aims.GradeRed:
		h.Level, h.Message = Warn, fmt.Sprintf("Very hard to read (grade %.1f): cut a sentence in two.", g)
	case g >= c.aims.GradeWarn:
		h.Level, h.Message = Warn, fmt.Sprintf("Hard to read (grade %.1f): shorter sentences help.", g)
	case g > c.aims.GradeGood:
		h.Level, h.Message = Advice, fmt.Sprintf("A little hard to read (grade %.1f): shorter words.", g)
	}
	c.say(h)
}

// few is a number as a sentence says a small one.
func few(n int) string {
	switch n {
	case 0:
		return "none"
	case 1:
		return "one"
	}
	return strconv.Itoa(n)
}

// scale is where the grade and its borders come from.
func (c *judge) scale() string {
	a := c.aims
	return whose(kincaid, a.GradeGood == usual.GradeGood && a.GradeWarn == usual.GradeWarn && a.GradeRed == usual.GradeRed)
}

// grade is the Flesch–Kincaid grade level (Kincaid, Fishburne, Rogers and Chissom, Navy research report 8-75, 1975).
func grade(words, sentences, syllables int) float64 {
	w := float64(words)
	return 0.39*w/float64(sentences) + 11.8*float64(syllables)/w - 15.59
}

// place is where a sentence stands, with the sign at its end.
func (t *text) place(s sentence) Place {
	to := t.words[s.to-1].to
	for to < len(t.body) && isSpace(t.body[to:]) == 0 {
		to++
	}
	return body(t.words[s.from].from, to)
}

// sentence looks for the longest one.
func (c *judge) sentence() {
	longest, place := 0, Place{}
	for _, s := range c.text.sentences {
		n := 0
		for i := s.from; i < s.to; i++ {
			if w := c.text.words[i]; !w.frame && !w.quoted {
				n++
			}
		}
		if n > longest {
			longest, place = n, c.text.place(s)
		}
	}
	if longest == 0 {
		return
	}
	h := Hint{Check: Sentence, Level: Good, Message: "No sentence is too long.", Source: whose(govuk, c.aims.SentenceMost == usual.SentenceMost), Place: place,
		Figure: fmt.Sprintf("the longest has %s; at most %d", plural(longest, "word"), c.aims.SentenceMost)}
	if longest > c.aims.SentenceMost {
		h.Level, h.Message = Advice, fmt.Sprintf("One sentence has %d words: make it two.", longest)
	}
	c.say(h)
}

var (
	toThem = set("you your yours yourself yourselves you're you've you'll you'd")
	toUs   = set("i me my mine myself i'm i've i'll i'd we us our ours ourselves we're we've we'll we'd")
)

// you weighs who the mail is about.
func (c *judge) you() {
	them, us, place := 0, 0, Place{InBody, 0, 0}
	for i, w := range c.text.words {
		if w.quoted || w.to-w.from > 12 {
			continue
		}
		switch s := c.text.low(i); {
		case toThem[s]:
			them++
		case toUs[s]:
			if us++; us == 1 {
				place = body(w.from, w.to)
			}
		}
	}
	if them+us == 0 {
		return
	}
	h := Hint{Check: You, Level: Good, Message: "It is about them.", Source: house, Place: place,
		Figure: fmt.Sprintf("you %d, I and we %d; you at least as often", them, us)}
	if them < us {
		h.Level, h.Message = Advice, "It speaks more of you than of them."
	}
	c.say(h)
}
