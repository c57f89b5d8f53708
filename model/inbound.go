package model

import (
	"strings"
	"time"

	"stoke/model/signal"
)

// Header is what is known of a mail in a mailbox before its text is fetched.
type Header struct {
	UID        uint32
	At         time.Time // the server's time, bounded to a day ahead
	MessageID  string
	InReplyTo  string
	References []string
	StokeID    string // our own mark
	OriginalID string // X-Microsoft-Original-Message-ID: the id before a provider rewrote it
	From       Address
	To, Cc     []Address
	ReplyTo    []Address // where answers are wanted, when not at From
	Subject    string
	Report     bool // looks like a bounce or another report, whoever it is from
}

// Inbound is a mail that was read from a mailbox: cleaned of control characters, classified, its new text told from
// what it quotes.
type Inbound struct {
	Header
	Account     string
	Mailbox     string
	UIDValidity uint32
	Hash        string // of the header; identity where there is no Message-ID
	Own         bool   // written by the rep, from any client
	Quotes      bool   // it names a mail of the outbox as the one that it answers or reports on
	Verdict     signal.Verdict
}

// Cursor is how far a mailbox has been read: from Below to UIDNext everything was looked at. The first look goes from the
// newest mail to the oldest, so Below falls, and UIDNext rises with what arrives meanwhile.
type Cursor struct {
	UIDValidity uint32
	UIDNext     uint32
	Below       uint32 // the mails below this UID are still owed to the first look; 0: none are
	Synced      time.Time
}

// Received tells what a batch of inbound mails did; the counts are those of `stoke sync` (CLI.md).
type Received struct {
	Fetched, Matched, Replies, AutoReplies, Bounces, OptOuts, SentFound int
	News                                                                []News // in the order of the mails
}

// Add counts what another batch did, too. Its news are told apart.
func (r *Received) Add(other Received) {
	r.Fetched += other.Fetched
	r.Matched += other.Matched
	r.Replies += other.Replies
	r.AutoReplies += other.AutoReplies
	r.Bounces += other.Bounces
	r.OptOuts += other.OptOuts
	r.SentFound += other.SentFound
}

// Synced is what one sync of one account did.
type Synced struct {
	Account string
	Received
	Sent      int
	Took      time.Duration
	Elsewhere bool  // another stoke holds the account, and does all this by itself
	Err       error // *Error; nil when everything was done
}

// News is what one mail did to its contact.
type News struct {
	Contact  int64
	Says     string // a sentence for the rep; "" where there is nothing to say
	Answered bool   // the contact wrote
	Hot      bool   // and is hot
}

// MatchOf says to which contact a mail belongs: to its writer, else to whom the mails it answers belong. What the rep wrote
// belongs to whom it was written to, whatever the thread. byMessage maps ids of known mails to contacts; byAddress maps
// addresses, the rep's own left out. Zero means nobody we know.
func (in Inbound) MatchOf(byMessage, byAddress map[string]int64) int64 {
	people := []Address{in.From}
	for _, a := range in.Verdict.Meeting.Behalf {
		people = append(people, Address{Addr: a}) // a robot or an assistant sent their invitation
	}
	if in.Own {
		people = append(append([]Address{}, in.To...), in.Cc...)
	}
	for _, a := range people {
		if contact := byAddress[strings.ToLower(a.Addr)]; contact != 0 {
			return contact
		}
	}
	if contact := in.ThreadOf(byMessage); contact != 0 {
		return contact
	}
	for _, a := range in.Verdict.Recipients {
		if contact := byAddress[strings.ToLower(a)]; contact != 0 && in.Verdict.Kind != signal.Human {
			return contact
		}
	}
	return 0
}

// ThreadOf is the contact with whom the conversation is that a mail from outside answers; zero when it answers nothing we
// know.
func (in Inbound) ThreadOf(byMessage map[string]int64) int64 {
	if in.Own {
		return 0
	}
	ids := []string{in.InReplyTo}
	for n := len(in.References) - 1; n >= 0; n-- {
		ids = append(ids, in.References[n])
	}
	for _, id := range append(ids, in.Verdict.OriginalMessageID) {
		if contact := byMessage[id]; id != "" && contact != 0 {
			return contact
		}
	}
	return 0
}
