package ui

import "stoke/model"

// lesson is what the demo teaches, one thing after the other; the next one
// comes when the rep has done it.
type lesson struct{ learned [lessonCount]bool }

type lessonStep uint8

const (
	lessonDraft lessonStep = iota
	lessonSend
	lessonReply
	lessonSnooze
	lessonRetire
	lessonUndo
	lessonWhy
	lessonOpen
	lessonCount
)

var lessons = [lessonCount]string{
	lessonDraft:  "Try it: press r to put the cursor into the draft",
	lessonSend:   "Change a word if you like, then ctrl+s sends it",
	lessonReply:  "Sent. Watch: they answer in some seconds. Meanwhile j and k move",
	lessonSnooze: "Try it: s snoozes somebody until a date",
	lessonRetire: "Try it: d retires somebody, with a reason",
	lessonUndo:   "Try it: u takes the last thing back",
	lessonWhy:    "Try it: w shows why somebody is hot",
	lessonOpen:   "Try it: enter opens a contact, esc comes back",
}

func (l *lesson) done(step lessonStep) { l.learned[step] = true }

// verb learns from what the rep did to a contact.
func (l *lesson) verb(v model.Verb) {
	switch v.(type) {
	case model.SnoozeTo:
		l.done(lessonSnooze)
	case model.Retire:
		l.done(lessonRetire)
	}
}

// next is the sentence for what has not been tried yet. The answer is only
// waited for once something was sent.
func (l *lesson) next() string {
	for step, text := range lessons {
		if !l.learned[step] && (lessonStep(step) != lessonReply || l.learned[lessonSend]) {
			return text
		}
	}
	return "That is the loop. 2 to 7 show the other lists, ? all keys, q leaves"
}
