package template

import (
	"path"
	"slices"
	"strconv"
	"strings"
)

var (
	kinds    = []string{"opener", "inquiry", "reply", "promise", "sales", "download", "event", "post-purchase", "deal", "re-engagement", "nurture", "referral"}
	channels = []string{"mail", "call", "text"}
	temps    = []string{"hot", "warm", "cold"}
	keys     = []string{"name", "kind", "step", "last", "temperature", "channel", "language", "variant", "subject", "when", "needs"}
)

const fence = "---"

// readFront splits the file and reads its front matter. It returns the lines on which subject and body begin.
func readFront(file, text string) (t Template, subjectLine, bodyLine int, err error) {
	t = Template{File: file, Channel: "mail", Language: "en"}
	fail := func(line int, reason string) (Template, int, int, error) {
		return Template{}, 0, 0, &Error{file, line, reason}
	}
	lines := strings.Split(text, "\n")
	if strings.TrimRight(lines[0], " \t") != fence {
		return fail(1, `a template starts with a line of --- and its front matter, such as "name: Thank you" and "kind: post-purchase"`)
	}
	end := slices.IndexFunc(lines[1:], func(l string) bool { return strings.TrimRight(l, " \t") == fence }) + 1
	if end == 0 {
		return fail(1, "the front matter has no end: close it with a line of ---")
	}
	seen := map[string]bool{}
	for i, line := range lines[1:end] {
		n := i + 2
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, value, ok := strings.Cut(line, ":")
		key, value = strings.TrimSpace(key), unquote(strings.TrimSpace(value))
		if !ok {
			return fail(n, `front matter is "key: value", this line is not`)
		}
		if seen[key] {
			return fail(n, quote(key)+" is given twice")
		}
		seen[key] = true
		if reason := t.set(key, value); reason != "" {
			return fail(n, reason)
		}
		if key == "subject" {
			subjectLine = n
		}
	}
	if t.Name == "" {
		t.Name = strings.TrimSuffix(path.Base(file), path.Ext(file))
	}
	if t.Kind == "" {
		return fail(1, "no kind is given: add one of "+strings.Join(kinds, ", "))
	}
	t.Body = strings.TrimRight(strings.Join(lines[end+1:], "\n"), " \t\n")
	if strings.TrimSpace(t.Body) == "" {
		return fail(end+1, "the template has no text after its front matter")
	}
	return t, subjectLine, end + 2, nil
}

// set takes one value; a non-empty answer says what is wrong with it.
func (t *Template) set(key, value string) (reason string) {
	switch key {
	case "name":
		t.Name = value
	case "when":
		t.When = value
	case "subject":
		t.Subject = value
	case "language":
		t.Language = strings.ToLower(value)
	case "variant":
		t.Variant = strings.ToUpper(value)
		if len(t.Variant) != 1 || t.Variant < "A" || t.Variant > "Z" {
			return "variant is one letter: A, B, …"
		}
	case "kind":
		t.Kind = value
		return oneOf(value, "kind", kinds)
	case "channel":
		t.Channel = value
		return oneOf(value, "channel", channels)
	case "temperature":
		t.Temperature = value
		return oneOf(value, "temperature", temps)
	case "needs":
		t.Needs = value
		return oneOf(value, "need", Needs())
	case "last":
		t.Last = value == "true"
		return oneOf(value, "value of last", []string{"true", "false"})
	case "step":
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 || n > 99 {
			return "step is a number from 1 to 99, or 0 for any step"
		}
		t.Step = n
	default:
		return "unknown key " + quote(key) + suggest(key, keys)
	}
	return ""
}

func oneOf(value, what string, known []string) string {
	if slices.Contains(known, value) {
		return ""
	}
	return "unknown " + what + " " + quote(value) + suggest(value, known)
}

// unquote takes off one pair of quotes, which protect a value that begins or ends with a space.
func unquote(s string) string {
	if n := len(s); n >= 2 && (s[0] == '"' || s[0] == '\'') && s[n-1] == s[0] {
		return s[1 : n-1]
	}
	return s
}
