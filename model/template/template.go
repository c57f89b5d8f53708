package template

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Template is one mail, call script or text script. The zero Step fits any step.
type Template struct {
	Name        string // unique in a library, without regard to case
	Kind        string // opener, inquiry, reply, promise, sales, download, event, post-purchase, deal, re-engagement, nurture, referral
	Channel     string // mail, call or text
	Language    string // BCP 47, "en" when the file names none
	When        string // one plain sentence for the picker
	Step        int    // step of the sequence, 0 for any
	Last        bool   // the closing mail, which says that it is the last
	Temperature string // hot, warm, cold or "" for any
	Needs       string // one of Needs: what must have happened with the contact, because the text speaks of it; "" for nothing
	Variant     string // A, B, … of the same name, tried against each other; "" is A where there are others
	Subject     string // with tags; "" keeps the subject of the thread
	Body        string // Markdown with tags
	File        string // for messages

	own  bool // the rep's, preferred over a starter
	once *once
}

// Key names one template among all: its name, and its variant where the file gives one. It is what a draft remembers.
func (t Template) Key() string {
	if t.Variant == "" {
		return t.Name
	}
	return t.Name + " (" + t.Variant + ")"
}

// maxSource bounds a template file; a mail of this size is no mail.
const maxSource = 64 << 10

// Error is a fault in a template file. Line counts from 1; 0 is the file as a whole.
type Error struct {
	File   string
	Line   int
	Reason string
}

// Error gives "file:line: reason", the form editors jump to.
func (e *Error) Error() string {
	if e.Line == 0 {
		return e.File + ": " + e.Reason
	}
	return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Reason)
}

// Parse reads one template file. Every error is an *Error with the place and, where a word is near a known one, a
// "did you mean". The file name is used for messages and, without its extension, as the name when the file gives none.
func Parse(file string, src []byte) (Template, error) {
	t, err := outline(file, src)
	if err != nil {
		return Template{}, err
	}
	if _, err := t.compiled(); err != nil {
		return Template{}, err
	}
	return t, nil
}

// outline reads a file as far as choosing among templates needs; its tags are compiled when they are first filled. That
// saves the start of the program several milliseconds; the starter set's tags are checked by a test.
func outline(file string, src []byte) (Template, error) {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	if len(src) > maxSource {
		return Template{}, &Error{file, 0, fmt.Sprintf("a template of %d KB is too long, %d KB is the most", len(src)>>10, maxSource>>10)}
	}
	text := strings.ReplaceAll(string(src), "\r\n", "\n")
	if line := firstBadLine(text); line > 0 {
		return Template{}, &Error{file, line, "a character that is no text: save the file as UTF-8"}
	}
	t, subjectLine, bodyLine, err := readFront(file, text)
	if err != nil {
		return Template{}, err
	}
	t.once = &once{subjectLine: subjectLine, bodyLine: bodyLine}
	return t, nil
}

// firstBadLine finds invalid UTF-8 and control characters, which also keeps the marks of Fill out of templates.
func firstBadLine(text string) int {
	line := 1
	for i, r := range text {
		switch {
		case r == '\n':
			line++
		case r == '\t':
		case r < ' ' || r == 0x7f:
			return line
		case r == utf8.RuneError:
			if _, size := utf8.DecodeRuneInString(text[i:]); size == 1 {
				return line
			}
		}
	}
	return 0
}
