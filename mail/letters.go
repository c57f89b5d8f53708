package mail

import (
	"encoding/hex"
	"net/url"
	"strings"
	"time"

	"stoke/mail/mime"
	"stoke/model"
	"stoke/model/signal"
)

// letterOf is a mail of the outbox as it is written down, page tells whether its text goes along as a page; the same mail
// always gives the same octets.
func letterOf(m model.Outgoing, page bool) mime.Letter {
	l := mime.Letter{
		From: mime.Address(m.From), To: written(m.To), Cc: written(m.Cc),
		Subject: m.Subject, Text: m.Text, MessageID: m.MessageID, InReplyTo: m.InReplyTo, References: m.References,
		Date: m.Date, StokeID: m.StokeID, Attachments: attached(m),
	}
	if m.Sequence != "" {
		// RFC 2369 section 3.2. The answer comes in as any mail and reads as an opt-out.
		l.ListUnsubscribe = leaving(m.From)
	}
	if page {
		l.HTML = mime.HTML(m.Text)
	}
	return l
}

// leaving is a link to an opt-out that is mailed to an address (RFC 6068); "" where Build will refuse the address.
func leaving(to model.Address) string {
	addr, err := mime.CheckAddress(to.Addr)
	if err != nil {
		return ""
	}
	local, domain, _ := strings.Cut(addr, "@")
	return "mailto:" + url.PathEscape(local) + "@" + domain + "?subject=unsubscribe"
}

// attached are the files of a mail. What kind each is follows from its name.
func attached(m model.Outgoing) []mime.Attachment {
	var all []mime.Attachment
	for i, a := range m.Attachments {
		if i < len(m.Files) {
			all = append(all, mime.Attachment{Name: a.Name, Type: mime.TypeOf(a.Name), Body: m.Files[i]})
		}
	}
	return all
}

// TypeOf is the media type that a mail gives a file of this name.
func TypeOf(name string) string {
	if known := mime.TypeOf(name); known != "" {
		return known
	}
	return "application/octet-stream"
}

func written(list []model.Address) []mime.Address {
	var out []mime.Address
	for _, a := range list {
		out = append(out, mime.Address(a))
	}
	return out
}

func read(list []mime.Address) []model.Address {
	var out []model.Address
	for _, a := range list {
		out = append(out, model.Address(a))
	}
	return out
}

// headerOf is what the head of a mail tells. Its time is the server's, which nobody outside can set,
// bounded to a day ahead; where the server gives none it is the newest Received, which comes near.
func headerOf(h header, now time.Time) (model.Header, error) {
	read := mime.ParseHead
	if h.arrived.IsZero() {
		read = func(raw []byte) (mime.Parsed, error) { return mime.ParseHeader(raw, h.arrived) } // its dates are wanted, too
	}
	p, err := read(h.raw)
	if err != nil {
		return model.Header{}, err
	}
	return fromParsed(p, h, now), nil
}

func fromParsed(p mime.Parsed, h header, now time.Time) model.Header {
	at := h.arrived
	if at.IsZero() {
		at = receivedAt(p, now)
	}
	if latest := now.Add(24 * time.Hour); at.After(latest) {
		at = latest
	}
	return model.Header{
		UID: h.uid, At: at, MessageID: p.MessageID, InReplyTo: p.InReplyTo, References: p.References,
		StokeID: p.StokeID, OriginalID: p.MSOriginalID,
		From: model.Address(p.From), To: read(p.To), Cc: read(p.Cc), ReplyTo: read(p.ReplyTo), Subject: p.Subject, Report: looksLikeReport(p),
	}
}

// receivedAt is the time of the topmost Received line (RFC 5321, section 4.4), else of the Date.
func receivedAt(p mime.Parsed, now time.Time) time.Time {
	if lines := p.Mail.Header["Received"]; len(lines) > 0 {
		top := "Date:" + lines[0][strings.LastIndexByte(lines[0], ';')+1:] + "\r\n\r\n"
		if r, err := mime.ParseHeader([]byte(top), time.Time{}); err == nil && !r.Date.IsZero() {
			return r.Date
		}
	}
	if !p.Date.IsZero() {
		return p.Date
	}
	return now
}

// looksLikeReport errs on the side of fetching: what a report says is judged from its text.
func looksLikeReport(p mime.Parsed) bool {
	if p.Mail.ContentType == "multipart/report" || p.Mail.HasReturnPath && p.Mail.ReturnPath == "" || len(p.Mail.Header["X-Failed-Recipients"]) > 0 {
		return true
	}
	local, _, _ := strings.Cut(strings.ToLower(p.From.Addr), "@")
	return strings.HasPrefix(local, "mailer-daemon") || local == "postmaster"
}

// inboundOf is a mail with the beginning of its octets; where those cannot be had, raw is its header.
func inboundOf(a Account, box mailbox, h header, raw []byte, now time.Time) (model.Inbound, error) {
	p, err := mime.Parse(raw, h.arrived)
	if err != nil {
		return model.Inbound{}, err
	}
	return model.Inbound{
		Header:  fromParsed(p, h, now),
		Account: a.Name, Mailbox: box.name, UIDValidity: box.uidValidity,
		Hash: hex.EncodeToString(p.HeaderHash[:]), Own: a.owns(p.From.Addr), Verdict: signal.Classify(p.Mail),
	}, nil
}
