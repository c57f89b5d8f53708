package mime

import (
	"fmt"
	"time"
)

// Address is a person's mail address; Name may be empty.
type Address struct{ Name, Addr string }

// Attachment is a file that goes with a Letter. A Type that is no media type
// becomes application/octet-stream.
type Attachment struct {
	Name, Type string
	Body       []byte
}

// Letter is a mail to build. Message ids are without angle brackets.
type Letter struct {
	From            Address
	To, Cc          []Address
	Subject, Text   string
	HTML            string // the text as a page (HTML), for readers that prefer one; "" without
	MessageID       string
	InReplyTo       string
	References      []string
	Date            time.Time
	StokeID         string // X-Stoke-Id: our own mark, for servers that rewrite Message-ID
	ListUnsubscribe string // mailto:... or ""
	Attachments     []Attachment
}

// FieldError says which field of a letter cannot be written and why.
type FieldError struct {
	Field  string // as the rep knows it: "subject", "recipient", ...
	Reason string // completes "The subject ..."
}

func (e *FieldError) Error() string { return fmt.Sprintf("The %s %s.", e.Field, e.Reason) }
