package ui

import (
	"fmt"
	"strings"
	"unicode"
)

// Locale is the rep's, in the order in which POSIX asks for it. env looks into the environment.
func Locale(env func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := env(name); v != "" {
			return v
		}
	}
	return ""
}

// Editor is the argv of the rep's own editor, else vi where find knows it. find is exec.LookPath or the like.
func Editor(env func(string) string, find func(string) (string, error)) []string {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		line := strings.TrimSpace(env(name))
		if path, err := find(line); err == nil && line != "" {
			return []string{path} // a path with spaces that nobody quoted
		}
		if argv := words(line); len(argv) > 0 && argv[0] != "" {
			return argv
		}
	}
	if path, err := find("vi"); err == nil {
		return []string{path}
	}
	return nil
}

// words splits a command line as a POSIX shell does, without what else a shell would do with it: quotes of both kinds, and
// a backslash before a blank, a quote or a backslash. Any other backslash stays, as in the paths of Windows. A quote that
// nothing closes goes to the end.
func words(line string) []string {
	var all []string
	var word strings.Builder
	quote, open := rune(0), false // open: a word has begun, perhaps an empty one
	runes := []rune(line)
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		escaped := r == '\\' && quote != '\'' && i+1 < len(runes) && (strings.ContainsRune(`"\`, runes[i+1]) || quote == 0 && strings.ContainsRune(" \t'", runes[i+1]))
		switch {
		case escaped:
			i++
			word.WriteRune(runes[i])
			open = true
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '\'' || r == '"':
			quote, open = r, true
		case unicode.IsSpace(r):
			if open {
				all = append(all, word.String())
				word.Reset()
				open = false
			}
		default:
			word.WriteRune(r)
			open = true
		}
	}
	if open {
		all = append(all, word.String())
	}
	return all
}

// Owing is what the rep is told on leaving with so many mails, at least one, still in the outbox.
func Owing(n int) string {
	if n == 1 {
		return "1 mail leaves at the next start or `stoke sync`."
	}
	return fmt.Sprintf("%d mails leave at the next start or `stoke sync`.", n)
}
