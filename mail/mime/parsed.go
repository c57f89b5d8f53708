package mime

import (
	"errors"
	"net/mail"
	"strings"
	"time"

	"stoke/model/signal"
	"stoke/model/text"
)

// Part is an attachment as it is shown; its octets are not kept.
type Part struct {
	Name, Type string // Name is a FileName
	Size       int    // octets when decoded, as far as the mail was read
}

// Parsed is a mail that came. Message ids are without angle brackets. Text is
// the plain text, or the HTML as text where there is no plain text. Strings
// are clean; Mail holds the same for the classifier.
type Parsed struct {
	MessageID, InReplyTo string
	References           []string
	From                 Address
	To, Cc, ReplyTo      []Address
	Subject              string
	Date                 time.Time // of the Date header, else of the newest Received, else when it was received
	Text, HTML           string
	Attachments          []Part
	StokeID              string
	MSOriginalID         string // X-Microsoft-Original-Message-ID
	ListUnsub            string
	Mail                 signal.Mail
	Truncated            bool // there was more than is read
	HeaderHash           [32]byte
}

// ErrEmpty is given for a mail in which there is nothing at all.
var ErrEmpty = errors.New("the mail is empty")

// Parse reads a mail or the first octets of one. received is the server's
// INTERNALDATE. The only error is ErrEmpty.
func Parse(raw []byte, received time.Time) (Parsed, error) {
	h, body := splitHeader(raw)
	if len(h.fields) == 0 && len(strings.TrimSpace(string(body[:min(len(body), 4096)]))) == 0 {
		return Parsed{}, ErrEmpty
	}
	p := fromHeader(h, received)
	if len(body) > maxBody {
		body, p.Truncated = body[:maxBody], true
	}
	w := &walker{out: &p}
	w.walk(h, body, 0, "")
	w.finish()
	return p, nil
}

// ParseHeader reads a header block alone. HeaderHash is that of Parse for the
// whole mail. The only error is ErrEmpty.
func ParseHeader(raw []byte, received time.Time) (Parsed, error) {
	h, _ := splitHeader(raw)
	if len(h.fields) == 0 {
		return Parsed{}, ErrEmpty
	}
	return fromHeader(h, received), nil
}

// headFields are those that ParseHead reads.
var headFields = map[string]bool{
	"Message-Id": true, "In-Reply-To": true, "References": true, "From": true, "Sender": true, "To": true, "Cc": true, "Reply-To": true,
	"Subject": true, "X-Stoke-Id": true, "X-Microsoft-Original-Message-Id": true, "Return-Path": true, "Content-Type": true,
	"X-Failed-Recipients": true,
}

// ParseHead reads of a header block what tells whether a mail is worth more: who wrote it to whom, what it answers, and
// whether it is a report. Most mails of a mailbox are judged by it alone, so it leaves out what that does not need: Date,
// ListUnsub, HeaderHash, and of Mail all fields but X-Failed-Recipients. The only error is ErrEmpty.
func ParseHead(raw []byte) (Parsed, error) {
	h, _ := readHeader(mendLineEnds(raw), func(key string) bool { return headFields[key] })
	if len(h.fields) == 0 && h.others == 0 {
		return Parsed{}, ErrEmpty
	}
	p := people(h)
	p.Mail = signal.Mail{Header: map[string][]string{}, From: strings.ToLower(p.From.Addr), Subject: p.Subject}
	if failed := "X-Failed-Recipients"; h.has(failed) {
		p.Mail.Header[failed] = []string{decodeWords(h.first(failed))}
	}
	kind(h, &p)
	return p, nil
}

func fromHeader(h header, received time.Time) Parsed {
	p := people(h)
	p.Date = date(h, received)
	p.ListUnsub = decodeWords(h.first("List-Unsubscribe"))
	p.HeaderHash = h.hash()
	p.Mail = signal.Mail{Header: map[string][]string{}, From: strings.ToLower(p.From.Addr), Subject: p.Subject, Date: p.Date}
	for _, f := range h.fields {
		p.Mail.Header[f.key] = append(p.Mail.Header[f.key], decodeWords(f.value))
	}
	for _, a := range append(append([]Address{}, p.To...), p.Cc...) {
		p.Mail.To = append(p.Mail.To, strings.ToLower(a.Addr))
	}
	kind(h, &p)
	return p
}

// people reads who wrote a mail to whom, and its place in a conversation.
func people(h header) Parsed {
	p := Parsed{
		MessageID:    firstID(h.first("Message-Id")),
		InReplyTo:    firstID(h.first("In-Reply-To")),
		References:   parseIDs(h.all("References", " ")),
		To:           parseAddresses(h.all("To", ", ")),
		Cc:           parseAddresses(h.all("Cc", ", ")),
		ReplyTo:      parseAddresses(h.first("Reply-To")),
		Subject:      decodeWords(h.first("Subject")),
		StokeID:      short(decodeWords(h.first("X-Stoke-Id"))),
		MSOriginalID: firstID(h.first("X-Microsoft-Original-Message-Id")),
		Truncated:    h.cut,
	}
	if from := parseAddresses(h.first("From")); len(from) > 0 {
		p.From = from[0]
	} else if from := parseAddresses(h.first("Sender")); len(from) > 0 {
		p.From = from[0]
	} else {
		p.From.Name = decodeWords(h.first("From")) // Mail Delivery System <MAILER-DAEMON>
	}
	return p
}

// kind reads what tells a report from a mail that somebody wrote.
func kind(h header, p *Parsed) {
	if p.Mail.HasReturnPath = h.has("Return-Path"); p.Mail.HasReturnPath {
		if path := parseAddresses(h.first("Return-Path")); len(path) > 0 {
			p.Mail.ReturnPath = strings.ToLower(path[0].Addr)
		}
	}
	t := parseType(h.first("Content-Type"), "text/plain")
	p.Mail.ContentType = t.media
	if t.media == "multipart/report" {
		p.Mail.ReportType = text.Line(strings.ToLower(t.params["report-type"]))
	}
}

func firstID(raw string) string {
	if ids := parseIDs(raw); len(ids) > 0 {
		return ids[0]
	}
	return ""
}

// short keeps a mark of ours, which has at most 200 octets; a longer one is
// not ours.
func short(s string) string {
	if len(s) > 200 {
		return ""
	}
	return s
}

func date(h header, received time.Time) time.Time {
	if t, ok := parseDate(h.first("Date")); ok {
		return t
	}
	// The topmost Received is the newest (RFC 5321 4.4).
	if r := h.first("Received"); r != "" {
		if t, ok := parseDate(r[strings.LastIndexByte(r, ';')+1:]); ok {
			return t
		}
	}
	return received
}

func parseDate(s string) (time.Time, bool) {
	s = text.Line(s)
	if len(s) > 100 {
		return time.Time{}, false
	}
	if t, err := time.Parse("Mon, 2 Jan 2006 15:04:05 -0700", s); err == nil && t.Year() > 1 {
		return t, true // as most are written, without what the library tries before
	}
	if t, err := mail.ParseDate(s); err == nil && t.Year() > 1 && t.Year() < 10000 {
		return t, true
	}
	for _, layout := range []string{
		time.RFC3339, time.ANSIC, time.UnixDate, "Mon, 2 Jan 2006 15:04:05", "2 Jan 2006 15:04:05", "Mon, 2 Jan 2006 15:04 -0700",
		"Mon 2 Jan 2006 15:04:05 -0700", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05",
	} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
