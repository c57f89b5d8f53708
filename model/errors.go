package model

import (
	"errors"
	"fmt"
	"strings"
)

// Code says in one word what kind of error an Error is; the words of gates are the contract of the command line.
type Code string

// Codes of errors that carry their own sentence.
const (
	Invalid   Code = "invalid"   // the request makes no sense as given
	NotFound  Code = "not_found" // no such contact, mail, template …
	Ambiguous Code = "ambiguous" // a name that fits several contacts
	Conflict  Code = "conflict"  // the state does not allow it (any more)
	Newer     Code = "newer"     // a database written by a newer stoke
	Offline   Code = "offline"   // no connection; trying again later helps
	AuthError Code = "auth"      // the server refused the login
	BadConfig Code = "config"    // the configuration must be mended first

	// The gates: why a mail may not go (DOMAIN.md, "Draft coach"; CLI.md, `send`).
	GateBlank       Code = "blank"
	GateSuppressed  Code = "suppressed"
	GateDuplicate   Code = "duplicate"
	GateAnswered    Code = "answered_since"
	GateTouchLimit  Code = "touch_limit"
	GateNoRecipient Code = "no_recipient"
	GateStaleSync   Code = "stale_sync"
	GateAttachment  Code = "attachment" // a file was changed since it was attached
)

// Forceable tells whether the rep may overrule a gate: limits, an answer that the rep has
// read, a file that changed and stale knowledge yes; blanks, duplicates and refusals of people no.
func (c Code) Forceable() bool {
	return c == GateTouchLimit || c == GateStaleSync || c == GateAnswered || c == GateAttachment
}

// Says is a gate in words, as the history tells that it was overruled.
func (c Code) Says() string {
	switch c {
	case GateTouchLimit:
		return "past the touch limit"
	case GateAnswered:
		return "after their answer"
	case GateStaleSync:
		return "on a stale inbox"
	case GateAttachment:
		return "with a file that changed"
	}
	return strings.ReplaceAll(string(c), "_", " ")
}

// Error is an error worded for the rep. Message is one plain sentence that names the place and the way out.
type Error struct {
	Code    Code
	Message string
	Err     error // the cause, for the log; may be nil
}

func (e *Error) Error() string { return e.Message }

func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an Error of a code and a sentence. A %w verb sets the cause.
func Errorf(code Code, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	return &Error{Code: code, Message: err.Error(), Err: errors.Unwrap(err)}
}

// CodeOf is the code of the first Error in err's chain, or "" when there is none.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
