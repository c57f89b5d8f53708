package model

import (
	"slices"
	"strings"
	"time"

	"stoke/model/text"
)

// quotedLines is the most of the answered mail that goes along; who wants more has the thread.
const quotedLines = 400

// Written is the text of a draft as it leaves: what the rep wrote, below it the account's signature and for mail of a
// sequence the footer, and where the rep wants that, the mail it answers below both. A signature or a footer that stands
// in the text already is not put there again.
func (b Rulebook) Written(d Dossier, draft Draft) string {
	parts := []string{strings.TrimRight(draft.Body, " \n")}
	if s := b.Signature(draft.Account); s != "" && !strings.HasSuffix(parts[0], strings.TrimPrefix(s, SignatureMark)) {
		parts = append(parts, s)
	}
	if f := strings.Trim(b.Footer, "\n"); f != "" && draft.Sequence != "" && !strings.Contains(draft.Body, f) {
		if len(parts) == 1 {
			f = SignatureMark + f
		}
		parts = append(parts, f)
	}
	if draft.Quote {
		if quote := d.Quote(draft, b.Calendar.Zone()); quote != "" {
			parts = append(parts, quote)
		}
	}
	if len(parts) == 1 {
		return draft.Body
	}
	return strings.Join(parts, "\n\n")
}

// SignatureMark is the line above a signature by which mail programs know it (RFC 3676 section 4.3).
const SignatureMark = "-- \n"

// Signature is what stands below the mails of an account, with its mark; "" where the account has none.
func (b Rulebook) Signature(account string) string {
	if s := strings.Trim(b.Signatures[b.AccountOr(account)], "\n"); s != "" {
		return SignatureMark + s
	}
	return ""
}

// Quote is the mail that a draft answers, quoted, under a line that says whose words these are; "" where it answers none.
func (d Dossier) Quote(draft Draft, zone *time.Location) string {
	answered, ok := d.newest(func(i Interaction) bool { return i.MessageID != "" && i.MessageID == draft.InReplyTo })
	words := strings.TrimSpace(answered.Text)
	if !ok || words == "" {
		return ""
	}
	who := d.Contact.Called()
	switch {
	case answered.Direction == Out:
		who = "I"
	case answered.From.Name != "":
		who = text.Line(answered.From.Name)
	case answered.From.Addr != "" && !slices.Contains(d.Contact.Emails, answered.From.Addr):
		who = text.Line(answered.From.Addr)
	}
	lines := strings.Split(words, "\n")
	if len(lines) > quotedLines {
		lines = append(lines[:quotedLines:quotedLines], "[…]")
	}
	var out strings.Builder
	out.WriteString("On " + answered.At.In(zone).Format("2 January 2006 at 15:04") + ", " + who + " wrote:")
	for _, l := range lines {
		out.WriteString("\n>")
		if l != "" && !strings.HasPrefix(l, ">") {
			out.WriteByte(' ') // none before a deeper level (RFC 3676 section 4.5)
		}
		out.WriteString(strings.TrimRight(l, " "))
	}
	return out.String()
}

// ownWords parts the text of a mail into what the rep wrote for it, and what goes along below: signature and quote.
func (o Outgoing) ownWords() (own, along string) {
	cut := len(o.Text)
	if at := strings.Index(o.Text, "\n\n"+SignatureMark); at >= 0 {
		cut = at
	}
	if at := strings.LastIndex(o.Text, " wrote:\n>"); at >= 0 {
		if at = strings.LastIndex(o.Text[:at], "\n\nOn "); at >= 0 {
			cut = min(cut, at)
		}
	}
	if strings.TrimSpace(o.Text[:cut]) == "" {
		return o.Text, ""
	}
	return o.Text[:cut], strings.TrimLeft(o.Text[cut:], "\n")
}
