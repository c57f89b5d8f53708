package ui

import (
	"fmt"
	"strings"
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
		if argv := strings.Fields(env(name)); len(argv) > 0 {
			return argv
		}
	}
	if path, err := find("vi"); err == nil {
		return []string{path}
	}
	return nil
}

// Owing is what the rep is told on leaving with so many mails, at least one, still in the outbox.
func Owing(n int) string {
	if n == 1 {
		return "1 mail leaves at the next start or `stoke sync`."
	}
	return fmt.Sprintf("%d mails leave at the next start or `stoke sync`.", n)
}
