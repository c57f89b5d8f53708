package sequence

import (
	"embed"
	"fmt"
	"path"
	"sort"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
)

// Step is one planned touch.
type Step struct {
	Wait     int    `toml:"wait"`     // business days after the touch before it, or after what started the sequence
	Channel  string `toml:"channel"`  // mail, call or text; "" means mail
	Template string `toml:"template"` // "" means the best fitting one
}

// Sequence is a named list of steps for one kind of follow-up (DOMAIN.md, "Kinds of follow-up").
type Sequence struct {
	Name  string `toml:"name"`
	Kind  string `toml:"kind"`
	Auto  bool   `toml:"auto"` // a step without a blank, a warning or a hand edit leaves at its time
	Steps []Step `toml:"step"`
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

// Parse reads a sequence file. Errors name the file and, where there is one, the line.
func Parse(file string, src []byte) (Sequence, error) {
	var q Sequence
	meta, err := toml.Decode(string(src), &q)
	if err != nil {
		if p, ok := err.(toml.ParseError); ok {
			return q, fmt.Errorf("%s:%d: %s", file, p.Position.Line, p.Message)
		}
		return q, fmt.Errorf("%s: %w", file, err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return q, fmt.Errorf("%s: there is no key %q in a sequence; it has name, kind, auto and steps with wait, channel, template", file, unknown[0])
	}
	if q.Name == "" {
		q.Name = strings.TrimSuffix(path.Base(file), ".toml")
	}
	if len(q.Steps) == 0 {
		return q, fmt.Errorf("%s: a sequence needs at least one [[step]]", file)
	}
	for i, step := range q.Steps {
		if step.Wait < 0 || step.Wait > 250 {
			return q, fmt.Errorf("%s: step %d waits %d business days; 0 to 250 are possible", file, i+1, step.Wait)
		}
		switch step.Channel {
		case "":
			q.Steps[i].Channel = "mail"
		case "mail", "call", "text":
		default:
			return q, fmt.Errorf("%s: step %d has the channel %q; it is mail, call or text", file, i+1, step.Channel)
		}
	}
	return q, nil
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
