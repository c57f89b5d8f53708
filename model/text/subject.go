package text

import (
	"maps"
	"slices"
	"strings"
)

// marks are what mail programs put before the subject of an answer, or of a mail that is passed on (true), in the languages
// that stoke reads and their neighbours.
var marks = map[string]bool{
	"re": false, "aw": false, "antw": false, "sv": false, "res": false, "ref": false, "vs": false, // the Finnish answer, and the Danish forward: an answer must not get lost
	"fw": true, "fwd": true, "wg": true, "tr": true, "rv": true, "vb": true, "enc": true, "doorst": true,
}

// longestMark is more octets than a mark and the blanks around it have.
const longestMark = 12

// SubjectMarks lists the marks of answers and of mails that are passed on, in lower case and without their colon.
func SubjectMarks() []string { return slices.Sorted(maps.Keys(marks)) }

// BareSubject is a subject without its marks, however many, and whether it had one.
func BareSubject(s string) (bare string, marked bool) {
	for {
		s = strings.TrimSpace(s)
		_, rest, ok := cutMark(s)
		if !ok {
			return s, marked
		}
		s, marked = rest, true
	}
}

// PassedOn tells whether the first mark of a subject says that the mail is somebody else's.
func PassedOn(subject string) bool {
	passed, _, _ := cutMark(subject)
	return passed
}

func cutMark(s string) (passed bool, rest string, ok bool) {
	mark, rest, ok := strings.Cut(s, ":")
	if !ok || len(mark) > longestMark {
		return false, s, false
	}
	passed, ok = marks[strings.ToLower(strings.TrimSpace(mark))]
	return passed, rest, ok
}
