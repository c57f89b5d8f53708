package template

import (
	"cmp"
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Library is a set of templates, unique by name and variant. It is immutable; the zero Library is empty.
type Library struct{ all []Template }

// NewLibrary collects templates; of two with one name and variant the later stays.
func NewLibrary(ts ...Template) Library { return Library{}.add(ts, false) }

// With adds the rep's own templates, which shadow those of the same name and win where two fit equally well.
func (l Library) With(own ...Template) Library { return l.add(own, true) }

func (l Library) add(ts []Template, own bool) Library {
	all := slices.Clone(l.all)
	for _, t := range ts {
		t.own = own
		all = slices.DeleteFunc(all, func(old Template) bool { return strings.EqualFold(old.Name, t.Name) && old.letter() == t.letter() })
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b Template) int {
		return cmp.Or(
			cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)),
			cmp.Compare(slices.Index(channels, a.Channel), slices.Index(channels, b.Channel)),
			cmp.Compare(a.Step, b.Step),
			cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)),
			cmp.Compare(a.Variant, b.Variant),
		)
	})
	return Library{all}
}

// List gives all templates, by kind, channel, step and name.
func (l Library) List() []Template { return slices.Clone(l.all) }

// Find looks a template up by its key or its name, without regard to case; a name alone means its first variant.
func (l Library) Find(name string) (Template, bool) {
	for _, t := range l.all {
		if strings.EqualFold(t.Key(), name) {
			return t, true
		}
	}
	for _, t := range l.all {
		if strings.EqualFold(t.Name, name) {
			return t, true
		}
	}
	return Template{}, false
}

//go:embed starter/*.md
var starterFiles embed.FS

// Starter is the set that comes with the program, parsed on the first call.
func Starter() (Library, error) { return starter() }

var starter = sync.OnceValues(func() (Library, error) {
	files, err := starterFiles.ReadDir("starter")
	if err != nil {
		return Library{}, fmt.Errorf("starter templates: %w", err)
	}
	ts := make([]Template, 0, len(files))
	for _, f := range files {
		name := "starter/" + f.Name()
		src, err := starterFiles.ReadFile(name)
		if err != nil {
			return Library{}, fmt.Errorf("starter templates: %w", err)
		}
		t, err := outline(name, src)
		if err != nil {
			return Library{}, fmt.Errorf("starter templates: %w", err)
		}
		ts = append(ts, t)
	}
	return NewLibrary(ts...), nil
})
