package template

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// longestAnswer bounds what is worth keeping, in characters: a value for the next mail, not a paragraph.
const longestAnswer = 120

// Answers gives what the rep wrote in place of blanks, by the name of the blank ("ask.budget"). made is the text as the
// template left it, written as it is now. A line that was rewritten beyond its blanks says nothing, nor does a blank that
// stood alone between lines that were.
func Answers(made, written string) map[string]string {
	answers := map[string]string{}
	before, after := filledLines(made), filledLines(written)
	at, anchored := 0, true // the line behind the last one that was found again, which was the one above
	for i, line := range before {
		names := blankForm.FindAllString(line, -1)
		found := -1
		switch alone := len(names) > 0 && strings.TrimSpace(blankForm.ReplaceAllString(line, "")) == ""; {
		case !alone:
			found = slices.IndexFunc(after[at:], func(now string) bool { return comesFrom(line, now) })
		case anchored && at < len(after) && comesFrom(line, after[at]) && (at+1 == len(after)) == (i+1 == len(before)) && (at+1 == len(after) || comesFrom(before[i+1], after[at+1])):
			found = 0
		}
		if anchored = found >= 0; !anchored {
			continue
		}
		now := after[at+found]
		at += found + 1
		if len(names) == 0 || now == line {
			continue
		}
		values := answerForm(line).FindStringSubmatch(now)
		for n, name := range names {
			name, value := strings.TrimSpace(strings.Trim(name, "{}")), strings.TrimSpace(values[n+1])
			if name != "" && value != "" && !strings.Contains(value, "{{") && utf8.RuneCountInString(value) <= longestAnswer {
				answers[name] = value
			}
		}
	}
	return answers
}

// filledLines are the lines of a text with something in them.
func filledLines(s string) []string {
	lines := strings.Split(strings.ToValidUTF8(s, "\uFFFD"), "\n")
	return slices.DeleteFunc(lines, func(line string) bool { return strings.TrimSpace(line) == "" })
}

// comesFrom tells whether a line is one of the template's, perhaps with its blanks filled.
func comesFrom(made, now string) bool { return made == now || answerForm(made).MatchString(now) }

// answerForm matches a line with anything where it has blanks.
func answerForm(line string) *regexp.Regexp {
	var form strings.Builder
	form.WriteString("^")
	at := 0
	for _, b := range blankForm.FindAllStringIndex(line, -1) {
		form.WriteString(regexp.QuoteMeta(line[at:b[0]]) + "(.+?)")
		at = b[1]
	}
	form.WriteString(regexp.QuoteMeta(line[at:]) + "$")
	return regexp.MustCompile(form.String())
}
