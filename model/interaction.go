package model

import "time"

// Direction says who acted: the contact, the rep, or nobody in particular (a note).
type Direction string

// Directions of an interaction.
const (
	In   Direction = "in"
	Out  Direction = "out"
	None Direction = ""
)

// Kind says what an interaction was; the words are those of `stoke log` (CLI.md) and of the interactions in `show`.
type Kind string

// Kinds of interaction (DOMAIN.md, "Words").
const (
	Mail        Kind = "mail"
	Text        Kind = "text"
	Call        Kind = "call" // spoke
	NoAnswer    Kind = "no-answer"
	Voicemail   Kind = "voicemail"
	Busy        Kind = "busy"
	WrongNumber Kind = "wrong-number"
	Booked      Kind = "booked"
	Meeting     Kind = "meeting" // held
	Note        Kind = "note"
	Inquiry     Kind = "inquiry" // a contact request
	Demo        Kind = "demo"    // asked for a demo
	Pricing     Kind = "pricing" // asked about pricing
	Download    Kind = "download"
	EventSeen   Kind = "event" // attended a webinar or a conference
	Met         Kind = "met"   // met in person
	Proposal    Kind = "proposal"
	Purchase    Kind = "purchase"
	Referral    Kind = "referral"
	NotNow      Kind = "not-now"
	Declined    Kind = "declined"   // a meeting
	CalledOff   Kind = "called-off" // a meeting
	Refusal     Kind = "refusal"
	OptOut      Kind = "opt-out"
	AutoReply   Kind = "auto-reply"
	Bounce      Kind = "bounce"
)

// Kinds lists every kind that a rep can log, in the order in which they are offered.
func Kinds() []Kind {
	return []Kind{Call, NoAnswer, Voicemail, Busy, WrongNumber, Meeting, Booked, Text, Note, Inquiry, Demo, Pricing,
		EventSeen, Met, Download, Purchase, Proposal, Referral, NotNow, Refusal, OptOut}
}

// Interaction is anything that happened between the rep and a contact.
type Interaction struct {
	ID        int64
	Contact   int64
	Kind      Kind
	Direction Direction
	At        time.Time
	Subject   string
	Summary   string // one line: the first words, or what happened
	Text      string // what the writer newly wrote
	Quoted    string // what they quoted below it
	MessageID string // RFC 5322, without angle brackets; "" for what was no mail
	InReplyTo string
	Asks      bool   // asks a question or names a time
	Account   string // which of the rep's accounts it went through
	Guessed   bool   // matched by subject and address only

	// Of a mail: who wrote it and who got it, for an answer to all.
	From            Address
	To, Cc, ReplyTo []Address
}

// IsInquiry tells whether k is a request that starts the clock of the first hour.
func (k Kind) IsInquiry() bool { return k == Inquiry || k == Demo || k == Pricing }

// IsTouch tells whether an interaction is one that the rep made towards the contact, and that counts as an attempt.
func (i Interaction) IsTouch() bool {
	switch i.Kind {
	case Mail, Text:
		return i.Direction == Out
	case NoAnswer, Voicemail, Busy:
		return true
	}
	return false
}

// wrote tells whether an interaction is a mail of the rep. Unlike a call, it was written with the mailbox at hand.
func (i Interaction) wrote() bool { return i.Kind == Mail && i.Direction == Out }

// heard tells whether an interaction is a mail that the contact wrote.
func (i Interaction) heard() bool {
	return i.Direction == In && (i.Kind == Mail || i.Kind == NotNow || i.Kind == Refusal || i.Kind == OptOut)
}

// putsOff tells whether the contact said that it is not the time.
func (i Interaction) putsOff() bool {
	return i.Kind == NotNow || i.Kind == Declined || i.Kind == CalledOff
}

// IsAnswer tells whether an interaction shows the contact taking part: a real signal, in DOMAIN.md's words. It ends a
// run of attempts and cancels the cooling of touches that went before it.
func (i Interaction) IsAnswer() bool {
	switch i.Kind {
	case Mail, Text:
		return i.Direction == In
	case Call, Booked, Meeting, Inquiry, Demo, Pricing, Download, EventSeen, Met, Purchase, Referral, NotNow, Declined, CalledOff, Refusal, OptOut:
		return true
	}
	return false
}

// Did says what happened in the past tense, about a contact: "replied", "asked for a demo".
func (i Interaction) Did() string { return did(i.Kind, i.Direction) }

func did(k Kind, d Direction) string {
	switch k {
	case Mail:
		if d == In {
			return "replied"
		}
		return "you wrote"
	case Text:
		if d == In {
			return "texted"
		}
		return "you texted"
	case Call:
		return "spoke on the phone"
	case NoAnswer:
		return "did not pick up"
	case Voicemail:
		return "got your voicemail"
	case Busy:
		return "line was busy"
	case WrongNumber:
		return "wrong number"
	case Booked:
		return "booked a meeting"
	case Meeting:
		return "met with you"
	case Note:
		return "note"
	case Inquiry:
		return "asked to be contacted"
	case Demo:
		return "asked for a demo"
	case Pricing:
		return "asked about pricing"
	case Download:
		return "downloaded"
	case EventSeen:
		return "came to the event"
	case Met:
		return "met you in person"
	case Proposal:
		return "got your proposal"
	case Purchase:
		return "bought"
	case Referral:
		return "was referred"
	case NotNow:
		return "said not now"
	case Declined:
		return "declined the meeting"
	case CalledOff:
		return "called the meeting off"
	case Refusal:
		return "said no"
	case OptOut:
		return "asked not to be written to"
	case AutoReply:
		return "is out of office"
	case Bounce:
		return "mail bounced"
	}
	return string(k)
}
