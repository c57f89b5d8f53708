package coach

import (
	"fmt"
	"strings"
	"unicode/utf8"

	subjects "stoke/model/text"
)

// subject judges the line that decides whether the mail is opened. That of a thread is not the writer's to choose.
func (c *judge) subject() {
	if c.NoSubject {
		return
	}
	own, marked := subjects.BareSubject(c.Subject)
	words, cells := 0, utf8.RuneCountInString(own)
	for w := range strings.FieldsSeq(own) {
		if a, b := core(w); a < b {
			words++
		}
	}
	a := c.aims
	asUsual := a.SubjectLeast == usual.SubjectLeast && a.SubjectMost == usual.SubjectMost && a.SubjectCharacters == usual.SubjectCharacters
	h := Hint{Check: Subject, Level: Good, Message: "The subject is short and true.", Source: whose(boomerang, asUsual), Place: Place{InSubject, 0, len(c.Subject)},
		Figure: fmt.Sprintf("%s and %d characters; %d to %d words, at most %d characters", plural(words, "word"), cells, a.SubjectLeast, a.SubjectMost, a.SubjectCharacters)}
	switch {
	case words == 0:
		h.Level, h.Message = Warn, "The subject is empty: write three words."
	case marked && !c.Thread:
		h.Level, h.Message, h.Source = Warn, "“Re:” on a mail that answers none: leave it out.", canSpam
		h.Place.To = len(c.Subject) - len(own)
	case marked && c.Thread:
		h.Message, h.Figure, h.Source = "The subject is the thread's.", "", house
	case cells > a.SubjectCharacters:
		h.Level, h.Message, h.Source = Warn, fmt.Sprintf("A subject of %d characters: %d are enough.", cells, a.SubjectCharacters), whose(house, asUsual)
	case c.text.language != "en":
		h.Figure = fmt.Sprintf("%d characters; at most %d", cells, a.SubjectCharacters)
	case words < a.SubjectLeast || words > a.SubjectMost:
		h.Level, h.Message = Advice, fmt.Sprintf("The subject has %s: %d or %d are answered most.", plural(words, "word"), a.SubjectLeast, a.SubjectMost)
		if !asUsual {
			h.Message = fmt.Sprintf("The subject has %s: %d to %d are your aim.", plural(words, "word"), a.SubjectLeast, a.SubjectMost)
		}
	}
	c.say(h)
}
