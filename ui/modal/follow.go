package modal

import (
	"fmt"
	"strconv"

	"stoke/model"
	"stoke/model/sequence"
	"stoke/ui/action"
	"stoke/ui/frame"
)

// Follow asks which sequence takes a contact, and stops the one it is in.
type Follow struct{ chooser }

// NewFollow returns the picker for so many people; in is the enrolment of a
// single contact, the zero one for several or none. Many begin spread over
// working days, and the picker says how many a day: what beginADay gives, 0 for all at once.
func NewFollow(look frame.Look, who string, people int, sequences []sequence.Sequence, in model.Enrolment, beginADay func(sequence string) int) *Follow {
	f := &Follow{chooser{look: look, title: "Follow-up for " + who, foot: "an answer ends a sequence · u takes it back · esc cancel", width: 62}}
	if people > 1 {
		f.width = 70 // for how many begin a day
	}
	if in.Sequence != "" {
		f.foot = "another one ends the present one · u takes it back · esc cancel"
		f.width = 68
		f.options = append(f.options, option{key: "x", label: "stop " + in.Sequence, right: plural(in.Done, "step") + " done", does: action.Do{Verb: model.StopSequence{}}})
	}
	for i, s := range sequences {
		key := ""
		if i < 9 {
			key = strconv.Itoa(i + 1)
		}
		label := s.Name
		if s.Name == in.Sequence {
			label += " (now: starts over)"
		}
		right := span(s)
		if n := beginADay(s.Name); people > 1 && n > 0 {
			right += fmt.Sprintf(", up to %d a day", n)
		}
		f.options = append(f.options, option{key: key, label: label, right: right, does: action.Do{Verb: model.Enrol{Sequence: s.Name}}})
		if s.Name == in.Sequence {
			f.at = len(f.options) - 1
		}
	}
	return f
}

// span says how many touches a sequence has, and over how long.
func span(s sequence.Sequence) string {
	days := 0
	for _, step := range s.Steps {
		days += step.Wait
	}
	if days == 0 {
		return plural(len(s.Steps), "touch") + " at once"
	}
	return fmt.Sprintf("%s in %s", plural(len(s.Steps), "touch"), plural(days, "working day"))
}

func plural(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case noun == "touch":
		return fmt.Sprintf("%d touches", n)
	default:
		return fmt.Sprintf("%d %ss", n, noun)
	}
}
