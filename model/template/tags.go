package template

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"stoke/model/text"
)

// Tag is a value that a template names.
type Tag struct {
	Name      string // "last.subject"
	Line      int    // of the file
	Condition bool   // it only decides what is shown
}

// Tags are the values that a template names, subject first, each as often as it is named.
func (t Template) Tags() ([]Tag, error) {
	p, err := t.compiled()
	if err != nil {
		return nil, err
	}
	return slices.Concat(p.subject.tags, p.body.tags), nil
}

// groups are the values that have parts, and the parts that can ever have a value.
var groups = map[string][]string{
	"me":       {"name", "first_name", "email", "company"},
	"last":     {"subject", "when", "summary", "quote", "question", "time"},
	"talk":     {"when", "noted"},
	"event":    {"name", "when"},
	"purchase": {"name", "when"},
	"download": {"name", "when"},
	"deal":     {"title", "value", "stage", "close"},
}

// plains are the values of the contact itself.
var plains = []string{"name", "first_name", "last_name", "company", "title", "email", "phone", "country"}

// loose are the groups whose parts the rep names: free fields, and blanks that are filled once.
var loose = []string{"fields", "ask"}

// Values are the names of all values that a template can use, but for free fields and blanks.
func Values() []string {
	all := slices.Clone(plains)
	for _, group := range slices.Sorted(maps.Keys(groups)) {
		for _, part := range groups[group] {
			all = append(all, group+"."+part)
		}
	}
	return all
}

// Check finds the names that can never have a value: a tag would stay a blank for everybody, and a condition on it would
// be false without a word. A plain name that is near no known one counts as a free field.
func (t Template) Check() []*Error {
	tags, err := t.Tags()
	if err != nil {
		return []*Error{{File: t.File, Reason: err.Error()}}
	}
	var found []*Error
	seen := map[string]bool{}
	for _, tag := range tags {
		reason := tag.wrong()
		if key := fmt.Sprint(tag.Name, tag.Line); reason != "" && !seen[key] {
			seen[key] = true
			found = append(found, &Error{t.File, tag.Line, reason})
		}
	}
	return found
}

func (g Tag) wrong() string {
	group, part, parted := strings.Cut(g.Name, ".")
	parts, known := groups[group]
	switch {
	case slices.Contains(loose, group):
		if part == "" || strings.Contains(part, ".") {
			return fmt.Sprintf("%s is written with one name behind it, such as %s.budget", g.Name, group)
		}
	case known && !parted:
		if !g.Condition {
			return fmt.Sprintf("%s has no text of its own: did you mean %s.%s?", group, group, parts[0])
		}
	case known && !slices.Contains(parts, part):
		if near := text.Nearest(part, parts); near != "" {
			return fmt.Sprintf("there is no %s: did you mean %s.%s?", g.Name, group, near)
		}
		return fmt.Sprintf("there is no %s: %s has %s", g.Name, group, strings.Join(parts, ", "))
	case known, slices.Contains(plains, g.Name):
	case parted:
		if near := text.Nearest(group, append(slices.Sorted(maps.Keys(groups)), loose...)); near != "" {
			return fmt.Sprintf("there is no %s: did you mean %s.%s?", g.Name, near, part)
		}
		return fmt.Sprintf("there is no %s: a free field is written fields.%s", g.Name, part)
	default:
		if near := text.Nearest(g.Name, plains); near != "" {
			return fmt.Sprintf("there is no %s: did you mean %s? A free field of that name is written fields.%s", g.Name, near, g.Name)
		}
	}
	return ""
}
