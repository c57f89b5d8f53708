package sequence

import (
	"embed"
	"sort"
	"sync"
)

// Step is one planned touch.
type Step struct {
	Wait     int    `toml:"wait"`     // business days after the touch before it, or after what started the sequence
	Latest   int    `toml:"latest"`   // calendar days after the same, where free days would put it later; 0 means no limit
	Channel  string `toml:"channel"`  // mail, call or text; "" means mail
	Template string `toml:"template"` // "" means the best fitting one
}

// Sequence is a named list of steps for one kind of follow-up (DOMAIN.md, "Kinds of follow-up").
type Sequence struct {
	Name string `toml:"name"`
	Kind string `toml:"kind"`
	Auto bool   `toml:"auto"` // a step without a blank, a warning or a hand edit leaves at its time
	// Stop names kinds of interaction that end this sequence besides those that end every one.
	Stop  []string `toml:"stop"`
	Steps []Step   `toml:"step"`
}

// Set is a collection of sequences, each name once. The zero Set is empty.
type Set struct{ byName map[string]Sequence }

// NewSet collects sequences; a later one shadows an earlier one of the same name.
func NewSet(all ...Sequence) Set {
	s := Set{byName: make(map[string]Sequence, len(all))}
	for _, q := range all {
		s.byName[q.Name] = q
	}
	return s
}

// With gives a Set in which own sequences shadow those of the same name.
func (s Set) With(own ...Sequence) Set { return NewSet(append(s.List(), own...)...) }

// Find gives the sequence of a name.
func (s Set) Find(name string) (Sequence, bool) {
	q, ok := s.byName[name]
	return q, ok
}

// List gives all sequences by name.
func (s Set) List() []Sequence {
	all := make([]Sequence, 0, len(s.byName))
	for _, q := range s.byName {
		all = append(all, q)
	}
	sort.Slice(all, func(a, b int) bool { return all[a].Name < all[b].Name })
	return all
}

//go:embed starter/*.toml
var starter embed.FS

// Starter is the set that stoke brings along. A mistake in it is an error of ours, found by a test.
var Starter = sync.OnceValues(func() (Set, error) {
	entries, err := starter.ReadDir("starter")
	if err != nil {
		return Set{}, err
	}
	var all []Sequence
	for _, e := range entries {
		src, err := starter.ReadFile("starter/" + e.Name())
		if err != nil {
			return Set{}, err
		}
		q, err := Parse(e.Name(), src)
		if err != nil {
			return Set{}, err
		}
		all = append(all, q)
	}
	return NewSet(all...), nil
})
