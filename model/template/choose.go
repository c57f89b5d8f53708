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
	Contact     int64 // whom it is for, which decides among variants; 0 takes the first

	Lacks map[string]bool // of Needs: what never happened with the contact, so that no mail may speak of it
}

// stand lists the kinds whose sequence a kind goes on with, for the moments it has no template of its own for.
// The last is always the opener, which speaks of nothing that has happened.
var stand = map[string][]string{
	"inquiry": {"sales", "opener"}, "event": {"sales", "opener"}, "deal": {"sales", "opener"}, "sales": {"deal", "opener"},
	"download": {"nurture", "opener"}, "post-purchase": {"nurture", "opener"}, "nurture": {"re-engagement", "opener"},
	"re-engagement": {"nurture", "opener"}, "reply": {"opener"}, "promise": {"sales", "opener"}, "referral": {"sales", "opener"},
}

// Choose returns the template that fits best and one sentence that says why. The channel must fit, the language or English,
// the kind or one whose sequence it goes on with; a closing template is taken only for the last attempt, and one that speaks
// of what never happened is not taken. Among those, language, closing, kind, step and temperature decide in this order, then
// the rep's own before a starter, then what the template needs, the particular before the general, then the order of List.
// Among variants the contact decides (VariantFor). ok is false when nothing fits; why then says so.
func (l Library) Choose(w Want) (t Template, why string, ok bool) {
	w = w.whole()
	t, ok = l.best(w)
	if !ok {
		return Template{}, fmt.Sprintf("there is no %s template for %s", w.Channel, w.Kind), false
	}
	why = w.why(t)
	if other, better := l.passedOver(w, t); better {
		why = "made for " + t.made() + "; " + other.Untrue()
	}
	if v := l.VariantFor(t, w.Contact); !w.Lacks[v.Needs] {
		t = v
	}
	return t, why + l.VariantSays(t), true
}

// passedOver is the template that would have been taken if what it speaks of had happened. One that fits as well in all else
// is none: it was made for others.
func (l Library) passedOver(w Want, taken Template) (t Template, ok bool) {
	lacks := w.Lacks
	w.Lacks = nil
	best, _ := w.weigh(taken)
	best[len(best)-1] = len(needs)
	for _, candidate := range l.all {
		f, fits := w.weigh(candidate)
		f[len(f)-1] = -f[len(f)-1] // the general one says best what is missing
		if fits && lacks[candidate.Needs] && slices.Compare(f[:], best[:]) > 0 {
			t, best, ok = candidate, f, true
		}
	}
	return t, ok
}

// best is the template that fits best.
func (l Library) best(w Want) (t Template, ok bool) {
	var best fit
	for _, candidate := range l.all {
		f, fits := w.weigh(candidate)
		if fits && (!ok || slices.Compare(f[:], best[:]) > 0) {
			t, best, ok = candidate, f, true
		}
	}
	return t, ok
}

// Rank gives the templates of a channel, the best fitting first, and behind them those that do not fit, in the order of
// List.
func (l Library) Rank(w Want) []Template {
	w = w.whole()
	type weighed struct {
		t    Template
		f    fit
		fits bool
	}
	var all []weighed
	for _, t := range l.all {
		if t.Channel == w.Channel {
			f, fits := w.weigh(t)
			all = append(all, weighed{t, f, fits})
		}
	}
	slices.SortStableFunc(all, func(a, b weighed) int {
		switch {
		case a.fits && b.fits:
			return slices.Compare(b.f[:], a.f[:])
		case a.fits:
			return -1
		case b.fits:
			return 1
		}
		return 0
	})
	ranked := make([]Template, len(all))
	for i, a := range all {
		ranked[i] = a.t
	}
	return ranked
}

// whole fills in what an empty field stands for.
func (w Want) whole() Want {
	if w.Channel == "" {
		w.Channel = "mail"
	}
	if w.Language = strings.ToLower(w.Language); w.Language == "" {
		w.Language = "en"
	}
	return w
}

// fit weighs a candidate: language, closing, kind, step, temperature, dialect, own, needs. Greater is better, in this order.
type fit [8]int

func (w Want) weigh(t Template) (f fit, ok bool) {
	others := stand[w.Kind]
	near := slices.Index(others, t.Kind)
	if t.Channel != w.Channel || t.Last && !w.Last || t.Kind != w.Kind && near < 0 || w.Lacks[t.Needs] {
		return f, false
	}
	switch {
	case base(t.Language) == base(w.Language):
		f[0] = 1
	case base(t.Language) != "en":
		return f, false
	}
	if t.Last {
		f[1] = 1
	}
	f[2] = -1 - near // 0 for the very kind
	if 0 < t.Step && t.Step < w.Step && !t.Last {
		f[2] -= 1 + len(others) // what the contact has had already is worse than the same step of a near kind
	}
	f[3] = w.nearStep(t.Step)
	switch t.Temperature {
	case w.Temperature:
		f[4] = 2
	case "":
		f[4] = 1
	}
	if t.Language == w.Language {
		f[5] = 1
	}
	if t.own {
		f[6] = 1
	}
	f[7] = slices.Index(Needs(), t.Needs)
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

// made says what a template is made for.
func (t Template) made() string {
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
	return made
}

func (w Want) why(t Template) string {
	made := t.made()
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
