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
	lines, after := filledLines(made), filledLines(written)
	before := make([]madeLine, len(lines))
	for i, line := range lines {
		before[i] = newMadeLine(line)
	}
	at, anchored := 0, true // the line behind the last one that was found again, which was the one above
	for i, line := range before {
		found := -1
		switch {
		case !line.bare:
			found = slices.IndexFunc(after[at:], line.became)
		case anchored && at < len(after) && line.became(after[at]) && (at+1 == len(after)) == (i+1 == len(before)) &&
			(at+1 == len(after) || before[i+1].became(after[at+1])):
			found = 0
		}
		if anchored = found >= 0; !anchored {
			continue
		}
		now := after[at+found]
		at += found + 1
		if line.form == nil || now == line.text {
			continue
		}
		values := line.form.FindStringSubmatch(now)
		for n, name := range line.blanks {
			name, value := strings.TrimSpace(strings.Trim(name, "{}")), strings.TrimSpace(values[n+1])
			if name != "" && value != "" && !strings.Contains(value, "{{") && utf8.RuneCountInString(value) <= longestAnswer {
				answers[name] = value
			}
		}
	}
	return answers
}

// madeLine is a line as the template left it.
type madeLine struct {
	text   string
	blanks []string
	bare   bool           // it holds nothing but blanks
	form   *regexp.Regexp // matches the line with anything where it has blanks; nil without blanks
}

func newMadeLine(text string) madeLine {
	line := madeLine{text: text, blanks: blankForm.FindAllString(text, -1)}
	if len(line.blanks) > 0 {
		line.bare = strings.TrimSpace(blankForm.ReplaceAllString(text, "")) == ""
		line.form = answerForm(text)
	}
	return line
}

// became tells whether a line is this one, perhaps with its blanks filled.
func (l madeLine) became(now string) bool {
	return l.text == now || l.form != nil && l.form.MatchString(now)
}

// filledLines are the lines of a text with something in them.
func filledLines(s string) []string {
	lines := strings.Split(strings.ToValidUTF8(s, "\uFFFD"), "\n")
	return slices.DeleteFunc(lines, func(line string) bool { return strings.TrimSpace(line) == "" })
}

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
