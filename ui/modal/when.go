package modal

import (
	"fmt"
	"strconv"
	"time"

	tea "charm.land/bubbletea/v2"

	"stoke/model"
	"stoke/model/schedule"
	"stoke/ui/action"
	"stoke/ui/field"
	"stoke/ui/frame"
)

// When asks for a moment: by preset, or in the rep's own words, with the date
// shown before it is taken. It serves snoozing and promising.
type When struct {
	chooser
	now     time.Time
	presets []preset
	make    func(at time.Time, words string) action.Action
	ask     int
	at      time.Time // what the typed words mean; zero while unknown
	// wanted says that enter was pressed before the typed words were read,
	// hurried that a preset was chosen before its date was known.
	wanted  bool
	hurried bool
}

type preset struct {
	label, words string
	does         action.Action // set for a choice without a date
	right        string
}

// Snooze asks until when to hide people. Days is the wait that fits their
// temperature.
func Snooze(look frame.Look, now time.Time, who string, temperature model.Temperature, days int) *When {
	w := newWhen(look, now, "Snooze "+who, "wakes early if they write · esc cancel")
	w.make = func(at time.Time, words string) action.Action {
		return action.Do{Verb: model.SnoozeTo{Until: at}, Again: words}
	}
	w.presets = []preset{
		{label: "later today", words: "in 3 hours"},
		{label: "tomorrow", words: "tomorrow"},
		{label: fmt.Sprintf("cadence (%s: %d days)", temperature, days), words: fmt.Sprintf("in %d days", days)},
		{label: "next week", words: "next week"},
		{label: "in two weeks", words: "in 2 weeks"},
		{label: "in a month", words: "in a month"},
		{label: "in a quarter", words: "in 3 months"},
		{label: "until they reply", does: action.Do{Verb: model.SnoozeTo{UntilReply: true}}, right: "30 days at most"},
	}
	w.list(nil)
	return w
}

// Promise asks for the date that was promised.
func Promise(look frame.Look, now time.Time, who string) *When {
	w := newWhen(look, now, "Promise "+who, "comes up on that day · esc cancel")
	w.make = func(at time.Time, words string) action.Action {
		return action.Do{Verb: model.PromiseFor{At: at}}
	}
	w.presets = []preset{
		{label: "today at the end of the day", words: "eod"},
		{label: "tomorrow", words: "tomorrow"},
		{label: "Friday", words: "friday"},
		{label: "next week", words: "next week"},
		{label: "in two weeks", words: "in 2 weeks"},
		{label: "end of the month", words: "end of month"},
	}
	w.list(nil)
	return w
}

// Back asks for the date that a contact named when the timing was bad.
func Back(look frame.Look, now time.Time, who string, days int) *When {
	w := newWhen(look, now, "When is a good time for "+who+"?", "they come back on that day · esc cancel")
	w.make = func(at time.Time, words string) action.Action {
		return action.Do{Verb: model.Retire{Reason: model.ReasonTiming, Until: at}}
	}
	w.presets = []preset{
		{label: "they named no date", does: action.Do{Verb: model.Retire{Reason: model.ReasonTiming}}, right: fmt.Sprintf("nurture, %d days", days)},
		{label: "next month", words: "in a month"},
		{label: "in a quarter", words: "in 3 months"},
		{label: "in half a year", words: "in 6 months"},
	}
	w.list(nil)
	return w
}

func newWhen(look frame.Look, now time.Time, title, foot string) *When {
	return &When{now: now, chooser: chooser{look: look, title: title, foot: foot, field: field.New(look.Theme), width: 50}}
}

// Ask is what the modal wants to know when it opens.
func (w *When) Ask() action.Action {
	words := make([]string, len(w.presets))
	for i, p := range w.presets {
		words[i] = p.words
	}
	return action.Resolve{Ask: 0, Words: words}
}

// list makes the options; presets whose words mean nothing now are left out.
func (w *When) list(at []time.Time) {
	w.options = w.options[:0]
	for i, p := range w.presets {
		o := option{key: strconv.Itoa(len(w.options) + 1), label: p.label, right: p.right, does: p.does}
		if p.words != "" {
			if at == nil {
				o.right = "…"
			} else if at[i].IsZero() {
				continue
			} else {
				o.right, o.does = named(at[i], w.now), w.make(at[i], p.words)
			}
		}
		w.options = append(w.options, o)
	}
	w.chooser.at = min(w.chooser.at, max(0, len(w.options)-1))
}

// Resolved implements Resolver.
func (w *When) Resolved(ask int, at []time.Time) action.Action {
	if ask == 0 {
		return w.datePresets(at)
	}
	if ask != w.ask || len(at) != 1 {
		return nil
	}
	w.at, w.wrong = at[0], at[0].IsZero()
	if w.wrong {
		w.aside, w.wanted = "? try: fri 2pm", false
		return nil
	}
	w.aside = "= " + named(w.at, w.now)
	if w.wanted {
		return w.make(w.at, w.words())
	}
	return nil
}

// Press implements Modal. A digit may begin "3 days" as well as name a row, so
// it is text, and a lone one is taken for its row by enter.
func (w *When) Press(press tea.KeyPressMsg) action.Action {
	if press.String() == "enter" && w.words() != "" {
		if chosen, found := w.byKey(w.words()); found {
			w.hurried = chosen == nil
			return chosen
		}
		if w.at.IsZero() {
			w.wanted = !w.wrong
			return nil
		}
		return w.make(w.at, w.words())
	}
	if name := press.String(); w.field.Empty() && len(name) == 1 && name[0] >= '0' && name[0] <= '9' {
		w.field.Press(press)
		return w.meaning()
	}
	chosen, did := w.press(press)
	if did == typed {
		return w.meaning()
	}
	w.hurried = did == picked && chosen == nil
	return chosen
}

// datePresets shows what the presets mean, and takes the one that a quick rep
// has chosen already.
func (w *When) datePresets(at []time.Time) action.Action {
	chosen := ""
	if w.hurried && w.chooser.at < len(w.options) {
		chosen = w.options[w.chooser.at].label
	}
	w.list(at)
	for _, o := range w.options {
		if o.label == chosen {
			return o.does
		}
	}
	return nil
}

// meaning asks what the typed words mean.
func (w *When) meaning() action.Action {
	w.ask++
	w.at, w.wanted, w.wrong = time.Time{}, false, false
	w.aside = ""
	if w.words() == "" {
		return nil
	}
	if _, found := w.byKey(w.words()); found {
		w.aside = "enter takes " + w.words()
		return nil
	}
	return action.Resolve{Ask: w.ask, Words: []string{w.words()}}
}

// Paste implements Modal.
func (w *When) Paste(text string) action.Action {
	w.chooser.Paste(text)
	return w.meaning()
}

// Lines implements Modal.
func (w *When) Lines(width, h int) []string { return w.lines(width, h) }

// named writes a moment with its weekday, day and hour, so that columns line
// up; today only with its hour.
func named(at, now time.Time) string {
	at = at.In(now.Location())
	if at.YearDay() == now.YearDay() && at.Year() == now.Year() {
		return at.Format("15:04")
	}
	if at.Year() != now.Year() {
		return schedule.Say(at, now)
	}
	return at.Format("Mon _2 Jan 15:04")
}
