package template

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"stoke/model/text"
)

// A token is a name, a quoted string, a number or a sign. Numbers are short: the Liquid lexer panics beyond 64 bits.
var tokenForm = regexp.MustCompile(`^(?:"[^"\n]*"|'[^'\n]*'|-?\d{1,9}(?:\.\d{1,6})?|[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*|[=!<>]=|[<>|:,()])`)

// maxTokens bounds one tag: the library's parser and evaluator recurse into every parenthesis.
const maxTokens = 200

func tokens(s string) ([]string, string) {
	var all []string
	for {
		if s = strings.TrimLeft(s, " \t\n"); s == "" {
			return all, ""
		}
		tok := tokenForm.FindString(s)
		if tok == "" {
			if s[0] == '"' || s[0] == '\'' {
				return nil, "a quote is not closed"
			}
			return nil, "cannot read " + quote(s)
		}
		if all, s = append(all, tok), s[len(tok):]; len(all) > maxTokens {
			return nil, fmt.Sprintf("more than %d words and signs in one tag", maxTokens)
		}
	}
}

func isName(tok string) bool {
	c := tok[0]
	return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

func isLiteral(tok string) bool {
	return tok[0] == '"' || tok[0] == '\'' || tok[0] == '-' || '0' <= tok[0] && tok[0] <= '9'
}

// words of a condition that are no names of values.
var conditionWords = map[string]string{
	"and": "and", "or": "or", "contains": "contains", "true": "true", "false": "false",
	"nil": "nil", "null": "nil", "blank": "nil", "empty": "nil", // values without text count as absent, so these are one
}

// condition rewrites the expression of if, unless, elsif, case and when: names become slots.
func (r *rewriter) condition(expr string) (string, string) {
	toks, wrong := tokens(expr)
	if wrong != "" {
		return "", wrong
	}
	for i, tok := range toks {
		switch word, known := conditionWords[tok]; {
		case known:
			toks[i] = word
		case isName(tok):
			toks[i] = r.slot(tok, 1, true)
		case tok == "|" || tok == ":":
			return "", "a filter has no place in a condition"
		}
	}
	return strings.Join(toks, " "), ""
}

// output rewrites {{ name | filter: argument }} and lets it end in a blank instead of nothing.
func (r *rewriter) output(expr string) (string, string) {
	toks, wrong := tokens(expr)
	if wrong != "" {
		return "", wrong
	}
	if len(toks) == 0 {
		return "", "an empty tag: write the name of a value, such as {{ first_name }}"
	}
	name := toks[0]
	if !isName(name) || conditionWords[name] != "" {
		return "", "a tag starts with the name of a value, such as {{ first_name }}, not with " + quote(name)
	}
	filters := splitAt(toks[1:], "|")
	if len(filters[0]) > 0 {
		return "", fmt.Sprintf("cannot read %s after %s: filters follow a |", quote(filters[0][0]), name)
	}
	var out strings.Builder
	out.WriteString(r.slot(name, len(filters), false))
	for _, f := range filters[1:] {
		call, wrong := r.filter(name, f)
		if wrong != "" {
			return "", wrong
		}
		out.WriteString(" | " + call)
	}
	fmt.Fprintf(&out, " | %s: %q", blankFilter, name)
	return out.String(), ""
}

func (r *rewriter) filter(value string, toks []string) (string, string) {
	if len(toks) == 0 {
		return "", "a filter is missing after |"
	}
	name := toks[0]
	f, ok := filters[name]
	if !ok {
		if near := text.Nearest(name, filterNames()); near != "" {
			return "", fmt.Sprintf("unknown filter %s: did you mean %s?", quote(name), near)
		}
		return "", fmt.Sprintf("unknown filter %s: did you mean {{ %s | default: %q }}? Filters are %s",
			quote(name), value, strings.Trim(name, `"'`), strings.Join(filterNames(), ", "))
	}
	var args []string
	if len(toks) > 1 {
		if toks[1] != ":" {
			return "", fmt.Sprintf("write %s: before its argument", name)
		}
		for _, arg := range splitAt(toks[2:], ",") {
			if len(arg) != 1 || !isName(arg[0]) && !isLiteral(arg[0]) {
				return "", fmt.Sprintf("cannot read the argument of %s", name)
			}
			args = append(args, arg[0])
		}
	}
	if len(args) < f.least || len(args) > len(f.args) {
		return "", fmt.Sprintf("%s is written %s", name, f.usage)
	}
	for i := range f.args {
		if i >= len(args) {
			args = append(args, f.args[i].value)
		} else if f.args[i].number && !positive.MatchString(args[i]) {
			return "", fmt.Sprintf("%s is written %s", name, f.usage)
		} else if isName(args[i]) {
			args[i] = r.slot(args[i], 1, false)
		}
	}
	if len(args) == 0 {
		return name, ""
	}
	return name + ": " + strings.Join(args, ", "), ""
}

var positive = regexp.MustCompile(`^[1-9]\d{0,5}$`)

// splitAt cuts tokens at a sign; there is always a first part, perhaps empty.
func splitAt(toks []string, sign string) [][]string {
	parts := [][]string{}
	for {
		i := slices.Index(toks, sign)
		if i < 0 {
			return append(parts, toks)
		}
		parts, toks = append(parts, toks[:i]), toks[i+1:]
	}
}
