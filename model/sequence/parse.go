package sequence

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// What a sequence file may say.
var (
	kinds    = []string{"opener", "inquiry", "sales", "download", "event", "post-purchase", "deal", "re-engagement", "nurture"}
	channels = []string{"mail", "call", "text"}
	// stops are the interactions that a sequence may stop on besides those that stop every one (DOMAIN.md, "Sequences: what
	// stops, pauses and protects").
	stops = []string{"download", "event", "met", "referral", "proposal", "meeting"}
)

// The bounds of a file's numbers: a year of business days, and of calendar days.
const (
	longestWait   = 250
	longestLatest = 365
)

// Parse reads a sequence file. Errors name the file and the line.
func Parse(file string, src []byte) (Sequence, error) {
	var q Sequence
	fail := func(line int, says string, args ...any) (Sequence, error) {
		return q, fmt.Errorf("%s:%d: %s", file, line, fmt.Sprintf(says, args...))
	}
	meta, err := toml.Decode(string(src), &q)
	if err != nil {
		if p, ok := err.(toml.ParseError); ok {
			return fail(p.Position.Line, "%s", p.Message)
		}
		return fail(1, "%v", err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		key := unknown[0]
		if len(key) > 1 && key[0] == "step" {
			return fail(LineOf(src, 0, key[1]), "there is no key %q in a step; it has wait, latest, channel, template", key[1])
		}
		return fail(LineOf(src, 0, key[0]), "there is no key %q in a sequence; it has name, kind, auto, stop and steps", key[0])
	}
	if q.Name == "" {
		q.Name = strings.TrimSuffix(path.Base(file), ".toml")
	}
	if !slices.Contains(kinds, q.Kind) {
		return fail(LineOf(src, 0, "kind"), "the kind of a sequence is one of %s, not %q", strings.Join(kinds, ", "), q.Kind)
	}
	for _, s := range q.Stop {
		if !slices.Contains(stops, s) {
			return fail(LineOf(src, 0, "stop"), "a sequence can stop on %s, not on %q; an answer, a spoken call, a purchase and what else "+
				"ends a follow-up stop every sequence", strings.Join(stops, ", "), s)
		}
	}
	if len(q.Steps) == 0 {
		return fail(1, "a sequence needs at least one [[step]]")
	}
	for i, step := range q.Steps {
		n := i + 1
		if step.Wait < 0 || step.Wait > longestWait {
			return fail(LineOf(src, n, "wait"), "step %d waits %d business days; 0 to %d are possible", n, step.Wait, longestWait)
		}
		if step.Latest < 0 || step.Latest > longestLatest {
			return fail(LineOf(src, n, "latest"), "step %d comes at the latest after %d days; 0 to %d are possible", n, step.Latest, longestLatest)
		}
		if step.Channel == "" {
			q.Steps[i].Channel = "mail"
		} else if !slices.Contains(channels, step.Channel) {
			return fail(LineOf(src, n, "channel"), "step %d has the channel %q; it is mail, call or text", n, step.Channel)
		}
	}
	return q, nil
}

// assigned is a line that gives a key its value.
var assigned = regexp.MustCompile(`^\s*"?([\w-]+)"?\s*=`)

// LineOf is the line on which a key of a step stands, counted from 1, or else the line of that step, or else 1. Step 0 means
// the file: the first line with that key, wherever it is. The TOML library knows it and does not tell.
func LineOf(src []byte, step int, key string) int {
	found, steps := 1, 0
	for i, line := range strings.Split(string(src), "\n") {
		if strings.HasPrefix(strings.ReplaceAll(line, " ", ""), "[[step]]") {
			if steps++; steps == step {
				found = i + 1
			}
		}
		if m := assigned.FindStringSubmatch(line); m != nil && m[1] == key && (step == 0 || steps == step) {
			return i + 1
		}
	}
	return found
}
