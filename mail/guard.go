package mail

import (
	"bytes"
	"errors"
)

// maxDepth is how many brackets may be open at once in what an IMAP server says; honest answers to what is asked here
// need four.
const maxDepth = 50

var (
	errDeep   = errors.New("brackets nested without end")
	errListed = errors.New("a bracket in the list of capabilities")
)

// guard watches the brackets in what an IMAP server says. go-imap reads a BODYSTRUCTURE, which nobody asked for, by
// recursion without a bound; some megabytes of "(" would end the whole program, because a stack that overflows cannot be
// recovered from. And it waits for ever, at full speed, for the end of a list of capabilities with a bracket in it: its
// SP() is true before a "(" and takes nothing away. No closed connection ends that.
type guard struct {
	emptyReply
	state
}

// state is where in a response the next octet stands (RFC 9051, section 9).
type state struct {
	depth   int
	literal int64 // octets of a literal that follow
	size    int64 // of the literal that a line announces, -1 outside of its braces
	braced  bool  // "{123}" was just read
	quoted  bool
	escaped bool
	head    []byte // the beginning of the line, as far as it tells whether the line is a status
	status  bool   // text for people, in which nothing counts
	last    byte   // the octet before
	listed  int    // octets of "CAPABILITY" that were just read; all of them until its list ends
}

const capability = "CAPABILITY"

// listing tells whether the octet stands in a list of capabilities: behind that word as the name of a response or of a
// code in brackets.
func (s *state) listing() bool { return s.listed == len(capability) }

func (s *state) list(c byte) {
	switch letter := c &^ 0x20; {
	case s.listing():
		if c == ']' {
			s.listed = 0
		}
	case s.listed > 0 && letter == capability[s.listed]:
		s.listed++
	case letter == capability[0] && (s.last == '[' || s.last == ' ' && !s.status):
		s.listed = 1
	default:
		s.listed = 0
	}
	s.last = c
}

// headSize covers "T123456789 NO ".
const headSize = 24

func (g *guard) Read(p []byte) (int, error) {
	n, err := g.link.Read(p)
	if !g.allows(p[:n]) {
		why := errDeep
		if g.listing() {
			why = errListed
		}
		g.link.fail(why)
		return 0, why
	}
	return n, err
}

func (s *state) allows(p []byte) bool {
	for i := 0; i < len(p); i++ {
		if s.literal > 0 {
			skip := min(s.literal, int64(len(p)-i))
			s.literal -= skip
			i += int(skip) - 1
			continue
		}
		if !s.octet(p[i]) {
			return false
		}
	}
	return true
}

func (s *state) octet(c byte) bool {
	if c == '\n' {
		next := state{size: -1, head: s.head[:0]}
		if s.braced && !s.status {
			next = state{size: -1, literal: s.size, depth: s.depth, head: s.head}
		}
		*s = next
		return true
	}
	if !s.quoted {
		s.list(c)
	}
	if c == '(' && s.listing() && !s.quoted {
		return false
	}
	if c == '\r' || s.status {
		return true
	}
	if len(s.head) < headSize {
		s.head = append(s.head, c)
		if c == ' ' && isStatus(s.head) {
			s.status = true
			return true
		}
	}
	switch {
	case s.escaped:
		s.escaped = false
	case s.quoted:
		s.escaped, s.quoted = c == '\\', c != '"'
	case c == '"':
		s.quoted, s.braced = true, false
	case c == '{':
		s.size, s.braced = 0, false
	case s.size >= 0 && !s.braced && c >= '0' && c <= '9' && s.size < 1<<50:
		s.size = s.size*10 + int64(c-'0')
	case s.size >= 0 && !s.braced && c == '}':
		s.braced = true
	default:
		s.size, s.braced = -1, false
		switch c {
		case '(':
			s.depth++
		case ')':
			s.depth--
		}
	}
	return s.depth <= maxDepth
}

// isStatus tells whether a line that begins so holds text for people: "* OK ", "T1 NO ", "+ ".
func isStatus(head []byte) bool {
	words := bytes.Fields(head)
	if len(words) == 1 {
		return words[0][0] == '+'
	}
	if len(words) != 2 {
		return false
	}
	switch string(bytes.ToUpper(words[1])) {
	case "OK", "NO", "BAD", "BYE", "PREAUTH":
		return true
	}
	return false
}
