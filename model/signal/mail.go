package signal

import (
	"net/textproto"
	"strings"
	"time"

	"stoke/model/text"
)

// Mail is a parsed mail as this package needs it. The parser fills what the
// mail has; nothing in it needs to be cleaned before.
type Mail struct {
	Header        map[string][]string // by canonical MIME key, decoded to UTF-8
	From          string              // bare address, lower-case
	ReturnPath    string              // bare address; "" with HasReturnPath is the null sender <>
	HasReturnPath bool
	To            []string
	Subject       string
	Text, HTML    string // the best text/plain and text/html part, decoded
	ContentType   string // media type of the whole mail, lower-case
	ReportType    string // report-type of a multipart/report, lower-case
	Status        []byte // message/delivery-status, feedback-report or disposition-notification, first 64 KB
	Original      []byte // message/rfc822 or text/rfc822-headers of the returned mail, first 64 KB
	Calendar      []byte // text/calendar, first 256 KB
	// CalendarMethod is the method that the part's Content-Type names; some programs name it only there.
	CalendarMethod string
	Date           time.Time // when the mail was written; its location is that of all dates found in it
}

// Kind is what a mail is, in the words of the command line.
type Kind string

// Kinds of mail.
const (
	Human     Kind = "human"
	AutoReply Kind = "auto_reply"
	Bounce    Kind = "bounce"
	Delay     Kind = "delay"     // a server still tries
	OptOut    Kind = "opt_out"   // a person who wants no more mail
	Complaint Kind = "complaint" // a feedback report, RFC 5965
	Challenge Kind = "challenge" // a filter that wants the sender to prove himself
	List      Kind = "list"      // a list, a newsletter, a robot
	Delivered Kind = "delivered" // a delivery or read receipt
)

// Severity is what a bounce says about the address.
type Severity string

// Severities of a bounce.
const (
	Dead    Severity = "dead"    // the address does not exist: suppress it
	Refused Severity = "refused" // policy, reputation, size: likely our side
	Later   Severity = "later"   // full, busy, unreachable: try again
)

// Verdict is what Classify found. Only the fields of its kind are set, Text
// and Quoted always.
type Verdict struct {
	Kind              Kind
	Severity          Severity  // bounces
	Recipients        []string  // of a bounce, delay, receipt or complaint: lower-case addresses, as told by the report
	OriginalMessageID string    // of the mail it is about, without angle brackets
	ReturnDate        time.Time // auto-replies: midnight of the stated day; zero where none lies ahead of the mail
	Text              string    // what the writer newly wrote
	Quoted            string    // the rest
	AsksQuestion      bool
	NamesTime         bool // a day or an hour
	Refusal           bool
	NotNow            bool
	NotNowUntil       time.Time // zero where no date lies ahead
	Meeting           Meeting   // what an invitation or the answer to one does
	Dates             []DateMention
	Reason            string // one plain sentence
}

// DateMention is a day ahead of the mail that the writer named.
type DateMention struct {
	At       time.Time // midnight
	Words    string    // as written
	Sentence string
}

// Limits on what is looked at; beyond them mail holds nothing for a verdict.
const (
	maxBody   = 1 << 20
	maxPart   = 64 << 10
	maxWords  = 32 << 10 // of new text that is searched for phrases and dates
	maxHeader = 2 << 10
)

// first is the first value of a header, on one line and bounded.
func (m Mail) first(key string) string {
	v := m.Header[textproto.CanonicalMIMEHeaderKey(key)]
	if len(v) == 0 {
		return ""
	}
	return text.Line(cut(v[0], maxHeader))
}

// has tells whether a header is there at all.
func (m Mail) has(key string) bool {
	return len(m.Header[textproto.CanonicalMIMEHeaderKey(key)]) > 0
}

// isReply tells whether the mail says that it answers another.
func (m Mail) isReply() bool { return m.has("In-Reply-To") || m.has("References") }

// body is the text of the mail, from its HTML where it has nothing else.
func (m Mail) body() string {
	if strings.TrimSpace(m.Text) != "" {
		return text.Clean(cut(m.Text, maxBody))
	}
	s, _ := text.FromHTML(m.HTML)
	return s
}

// cut is the first n bytes of s or a little less; a rune cut in two is made
// valid by what cleans the text afterwards.
func cut(s string, n int) string { return s[:min(len(s), n)] }
