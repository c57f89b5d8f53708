package sequence

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
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

// longestWait is a year of business days.
const longestWait = 250

// typed is what the TOML library says of a value of another kind than expected.
var typed = regexp.MustCompile(`^toml: line (\d+)(?: \(last key "[^"]*"\))?: (.*)$`)

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
		if m := typed.FindStringSubmatch(err.Error()); m != nil {
			line, _ := strconv.Atoi(m[1])
			return fail(line, "%s", m[2])
		}
		return fail(1, "%v", err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		key := unknown[0]
		if len(key) > 1 && key[0] == "step" {
			return fail(LineOf(src, anyStep, key[1]), "there is no key %q in a step; it has wait, latest, channel, template", key[1])
		}
		return fail(LineOf(src, 0, key[0]), "there is no key %q in a sequence; it has name, kind, auto, stop and steps that begin with [[step]]", key[0])
	}
	if q.Name == "" {
		q.Name = strings.TrimSuffix(path.Base(file), ".toml")
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
		if days := withWeekends(step.Wait); step.Latest != 0 && step.Latest < days {
			return fail(LineOf(src, n, "latest"), "step %d comes at the latest after %d days, but %d business days take up to %d: say that or more", n, step.Latest, step.Wait, days)
		}
		if step.Channel == "" {
			q.Steps[i].Channel = "mail"
		} else if !slices.Contains(channels, step.Channel) {
			return fail(LineOf(src, n, "channel"), "step %d has the channel %q; it is mail, call or text", n, step.Channel)
		}
	}
	return q, nil
}

// withWeekends is how many calendar days some business days take at most, where there are no holidays.
func withWeekends(business int) int { return business + 2*((business+4)/5) }

// Doubt says what is likely a mistake in a sequence that can be used all the same; nil where there is nothing.
func Doubt(file string, src []byte, q Sequence) error {
	if slices.Contains(kinds, q.Kind) {
		return nil
	}
	return fmt.Errorf("%s:%d: the kind of a sequence is one of %s, not %q; no template is made for its steps", file, LineOf(src, 0, "kind"), strings.Join(kinds, ", "), q.Kind)
}

// assigned is a line that gives a key its value.
var assigned = regexp.MustCompile(`^\s*["']?([\w-]+)["']?\s*=`)

// anyStep stands for all steps of a file.
const anyStep = -1

// LineOf is the line on which a key of a step stands, counted from 1, or else the line of that step, or else 1. Step 0 means
// what stands before the first step. The TOML library knows it and does not tell.
func LineOf(src []byte, step int, key string) int {
	found, at := 1, 0
	for i, line := range strings.Split(string(src), "\n") {
		if strings.HasPrefix(strings.Join(strings.Fields(line), ""), "[[step]]") {
			if at++; at == step {
				found = i + 1
			}
		}
		if m := assigned.FindStringSubmatch(line); m != nil && m[1] == key && (at == step || step == anyStep && at > 0) {
			return i + 1
		}
	}
	return found
}
