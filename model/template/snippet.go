package template

import (
	"bytes"
	"fmt"
	"path"
	"strings"
	"unicode"
)

// ParseSnippet reads a file with a piece of text that is typed by its name, the file's without its extension. It has no
// front matter; its tags are those of templates. Every error is an *Error with the place.
func ParseSnippet(file string, src []byte) (Template, error) {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	if len(src) > maxSource {
		return Template{}, &Error{file, 0, fmt.Sprintf("a snippet of %d KB is too long, %d KB is the most", len(src)>>10, maxSource>>10)}
	}
	body := strings.ReplaceAll(string(src), "\r\n", "\n")
	if line := firstBadLine(body); line > 0 {
		return Template{}, &Error{file, line, "a character that is no text: save the file as UTF-8"}
	}
	t := Template{Name: strings.TrimSuffix(path.Base(file), path.Ext(file)), File: file, Channel: "mail", Body: strings.TrimRight(body, " \t\n")}
	if !SnippetName(t.Name) {
		return Template{}, &Error{file, 0, "a snippet is typed by its file's name, so that has only letters, digits, - and _: call it " +
			quote(strings.Map(func(r rune) rune {
				if isSnippetLetter(r) {
					return r
				}
				return '-'
			}, t.Name)+path.Ext(file))}
	}
	if strings.TrimSpace(t.Body) == "" {
		return Template{}, &Error{file, 1, "the snippet has no text"}
	}
	t.once = &once{subjectLine: 1, bodyLine: 1}
	if _, err := t.compiled(); err != nil {
		return Template{}, err
	}
	return t, nil
}

// SnippetName tells whether a word can be the name of a snippet.
func SnippetName(word string) bool {
	return word != "" && strings.IndexFunc(word, func(r rune) bool { return !isSnippetLetter(r) }) < 0
}

func isSnippetLetter(r rune) bool {
	return r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r)
}
