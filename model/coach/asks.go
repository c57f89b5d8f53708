package coach

import (
	"fmt"
	"strings"
)

// question counts what is asked.
func (c *judge) question() {
	asks := c.text.asks
	h := Hint{Check: Question, Level: Good, Message: "It asks one thing.", Source: whose(boomerang, c.aims.Questions == usual.Questions),
		Figure: fmt.Sprintf("%s; exactly one, never more than %d", plural(len(asks), "question"), c.aims.Questions), Place: c.askPlace()}
	switch n := len(asks); {
	case n == 0:
		h.Level, h.Message = Warn, "It asks nothing: end with one question."
	case n > c.aims.Questions:
		h.Level, h.Message = Warn, fmt.Sprintf("%d questions at once: ask the one that matters.", n)
	case n > 1:
		h.Level, h.Message = Advice, fmt.Sprintf("%d questions: one is easier to answer.", n)
	}
	c.say(h)
}

// askPlace is the first question too many, else the only one, else where one could be written.
func (c *judge) askPlace() Place {
	asks := c.text.asks
	if len(asks) == 0 {
		return body(c.endOfText(), c.endOfText())
	}
	at := asks[min(1, len(asks)-1)]
	return c.text.place(c.text.sentences[min(c.text.words[at].sentence, len(c.text.sentences)-1)])
}

// endOfText is the byte behind the last word of the message.
func (c *judge) endOfText() int {
	end := 0
	for _, w := range c.text.words {
		if !w.frame || end == 0 {
			end = w.to
		}
	}
	for end < len(c.text.body) && isSpace(c.text.body[end:]) == 0 {
		end++
	}
	return end
}

var (
	wonders = set("what when where who whom whose why which how")
	// leads may stand before the word that makes a question an open one: "at what", "and how".
	leads = set("at by for from in on with to of and or but so then about since until")
	days  = set("today tomorrow monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun")
	hours = set("noon am pm a.m p.m o'clock midday morning afternoon")
)

// easy looks for what can be answered with one word: a day and a time to agree to, a yes or a no, a choice.
func (c *judge) easy() {
	h := Hint{Check: Easy, Level: Good, Source: house, Figure: "a day and a time, or a question for a yes or a no"}
	open := Place{}
	for i, s := range c.text.sentences {
		day, hour := c.dates(s)
		switch {
		case day && hour, s.asks && (day || hour):
			h.Message, h.Place = "They can say yes to a day and a time.", c.text.place(s)
		case s.asks && !c.isOpen(s):
			h.Message, h.Place = "One word answers it.", c.text.place(s)
		case s.asks:
			open = c.text.place(c.text.sentences[i])
			continue
		default:
			continue
		}
		c.say(h)
		return
	}
	h.Level = Advice
	h.Message, h.Place = "Nothing to say yes to: offer a day and a time.", body(c.endOfText(), c.endOfText())
	if len(c.text.asks) > 0 {
		h.Message, h.Place = "An open question: offer a time, or ask for yes or no.", open
	}
	c.say(h)
}

// dates tells whether a sentence names a day and an hour.
func (c *judge) dates(s sentence) (day, hour bool) {
	for i := s.from; i < s.to; i++ {
		w := c.text.low(i)
		switch {
		case days[w]:
			day = true
		case hours[w], isHour(w):
			hour = true
		case w[0] >= '0' && w[0] <= '9' && (i+1 < s.to && months[c.text.low(i+1)] || i > s.from && months[c.text.low(i-1)]):
			day = true
		}
	}
	return day, hour
}

var months = set("january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec")

// isHour reads 10:00, 10am, 2pm, 14h.
func isHour(w string) bool {
	n := 0
	for n < len(w) && w[n] >= '0' && w[n] <= '9' {
		n++
	}
	if n == 0 || n > 2 {
		return false
	}
	switch rest := w[n:]; {
	case rest == "am", rest == "pm", rest == "h":
		return true
	case len(rest) >= 3 && (rest[0] == ':' || rest[0] == '.') && rest[1] >= '0' && rest[1] <= '5' && rest[2] >= '0' && rest[2] <= '9':
		return rest[0] == ':' || len(rest) > 3
	}
	return false
}

// isOpen tells whether a question leaves its answer to be found: it begins with what, how and their like, and offers no
// choice.
func (c *judge) isOpen(s sentence) bool {
	open := false
	for i := s.from; i < s.to; i++ {
		w := c.text.low(i)
		switch {
		case w == "or" && i > s.from:
			return false
		case wonders[w] && (c.beginsClause(i, s)):
			if w == "which" {
				return false // of those that were named
			}
			open = true
		}
	}
	return open
}

// beginsClause tells whether word i stands at the head of a sentence or of a part of it.
func (c *judge) beginsClause(i int, s sentence) bool {
	if i == s.from {
		return true
	}
	gap := c.text.body[c.text.words[i-1].to:c.text.words[i].from]
	if strings.ContainsAny(gap, ",;:(-–—") {
		return true
	}
	return leads[c.text.low(i-1)] && (i-1 == s.from || strings.ContainsAny(c.text.body[c.text.words[i-2].to:c.text.words[i-1].from], ",;:-–—"))
}
