package template

import (
	"fmt"
	"slices"
	"strings"
)

// Want is what a draft needs. Empty fields: mail as the channel, English as the language, any temperature, any step.
type Want struct {
	Kind        string
	Step        int
	Last        bool
	Temperature string
	Channel     string
	Language    string
}

// stand lists, for a kind without a template of its own for the moment, the kinds whose sequence it goes on with.
var stand = map[string][]string{
	"inquiry": {"sales"}, "event": {"sales"}, "deal": {"sales"}, "sales": {"deal"},
	"download": {"nurture"}, "post-purchase": {"nurture"}, "nurture": {"re-engagement"}, "re-engagement": {"nurture"},
}

// Choose returns the template that fits best and one sentence that says why. Kind and channel must fit, a closing
// template is taken only for the last attempt; then language, step and temperature decide in this order, then the rep's
// own before a starter, then the order of List. ok is false when nothing fits.
func (l Library) Choose(w Want) (t Template, why string, ok bool) {
	if w.Channel == "" {
		w.Channel = "mail"
	}
	w.Language = strings.ToLower(w.Language)
	if w.Language == "" {
		w.Language = "en"
	}
	var best fit
	for _, candidate := range l.all {
		f, fits := w.weigh(candidate)
		if fits && (!ok || slices.Compare(f[:], best[:]) > 0) {
			t, best, ok = candidate, f, true
		}
	}
	if !ok {
		return Template{}, fmt.Sprintf("there is no %s template for %s", w.Channel, w.Kind), false
	}
	return t, w.why(t), true
}

// fit weighs a candidate: kind and closing, language, step, temperature, own. Greater is better, in this order.
type fit [5]int

func (w Want) weigh(t Template) (f fit, ok bool) {
	if t.Channel != w.Channel || t.Last && !w.Last {
		return f, false
	}
	others := stand[w.Kind]
	switch i := slices.Index(others, t.Kind); {
	case t.Kind == w.Kind:
		f[0] = len(others)
	case i >= 0:
		f[0] = len(others) - 1 - i
	default:
		return f, false
	}
	// A closing mail of a near kind is better at the end than an open one of the same kind.
	if w.Last && t.Last {
		f[0] += 100
	}
	switch {
	case t.Language == w.Language:
		f[1] = 3
	case base(t.Language) == base(w.Language):
		f[1] = 2
	case base(t.Language) == "en":
		f[1] = 1
	default:
		return f, false
	}
	f[2] = w.nearStep(t.Step)
	switch t.Temperature {
	case w.Temperature:
		f[3] = 2
	case "":
		f[3] = 1
	}
	if t.own {
		f[4] = 1
	}
	return f, true
}

// nearStep prefers the very step, then a template for any step, then the latest earlier one, then the first later one.
func (w Want) nearStep(step int) int {
	switch {
	case step == w.Step:
		return 1000
	case step == 0:
		return 900
	case w.Step == 0 || step > w.Step:
		return 100 - step
	}
	return 500 + step
}

func (w Want) why(t Template) string {
	made := t.Kind
	if t.Step > 0 {
		made += fmt.Sprintf(" step %d", t.Step)
	}
	if t.Last {
		made += ", the closing one"
	}
	if t.Temperature != "" {
		made += fmt.Sprintf(", %s contacts", t.Temperature)
	}
	var short []string
	if t.Kind != w.Kind {
		short = append(short, w.Kind)
	}
	if w.Last && !t.Last {
		short = append(short, "a last attempt")
	}
	if base(t.Language) != base(w.Language) {
		short = append(short, "the language "+w.Language)
	}
	if t.Step > 0 && w.Step > 0 && t.Step != w.Step && !t.Last {
		short = append(short, fmt.Sprintf("step %d", w.Step))
	}
	if t.Temperature != "" && w.Temperature != "" && t.Temperature != w.Temperature {
		short = append(short, w.Temperature+" contacts")
	}
	if len(short) == 0 {
		return "made for " + made
	}
	return fmt.Sprintf("nearest fit, made for %s; none is made for %s", made, strings.Join(short, " and "))
}

func base(language string) string {
	b, _, _ := strings.Cut(language, "-")
	return b
}
