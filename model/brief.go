package model

import (
	"fmt"
	"strings"
	"time"

	"stoke/model/text"
)

// Brief is Why in at most so many cells, for a row that shows ages and due times elsewhere: the words of who waits, or what
// is due about what.
func (r Row) Brief(now time.Time, cells int) string {
	f := r.Contact.FollowUp
	if r.Place.View == ViewUnsorted && r.Barred != "" {
		return r.Barred
	}
	if r.Place.View == ViewUnsorted {
		return "keep: " + firstOf(r.Proposal, "a first mail")
	}
	if r.Place.View != ViewQueue || r.Leaving != "" && r.Leaving != Failed {
		return r.Why(now)
	}
	if r.Leaving == Failed && !f.bounced() {
		return "not sent: see the outbox"
	}
	switch r.Place.Kind {
	case TouchInquiry:
		what := f.Next.About.asked()
		switch left := r.Place.DueAt.Sub(now); {
		case left <= 0:
			return what + ", hour over"
		case left <= time.Hour:
			return fmt.Sprintf("%s, %d min left", what, int(left.Minutes()+0.999))
		}
		return what
	case TouchReply:
		if !f.Last.At.Equal(f.Next.Since) { // something has happened since
			return r.Why(now)
		}
		return firstOf(f.Last.Summary, r.Why(now))
	case TouchPromise:
		if f.Promise.Words != "" {
			return "promised" + words(f.Promise.Words)
		}
		return r.about("promised", cells)
	case TouchFirst:
		return strings.TrimSuffix(f.occasion(), " was") + ": follow up"
	case TouchAlive:
		if f.Next.Kind == TouchNurture {
			return "no answer: move on?"
		}
		return "still alive? silent for " + span(now.Sub(f.Last.At))
	}
	_, halts := f.halts()
	switch {
	case r.Barred != "":
		return r.Barred
	case halts != "":
		return halts
	case f.Next.GoesAt.After(now):
		return "goes by itself " + say(f.Next.GoesAt, now)
	}
	return r.step(now, cells)
}

// halts is why a contact waits for a decision of the rep and not for a mail, as a sentence and in a few words; "" for one who
// does not.
func (f FollowUp) halts() (sentence, brief string) {
	switch {
	case f.Asks == byPolicy:
		return byPolicy, "mail refused: another way?"
	case f.Asks != "":
		return f.Asks, f.Asks
	case f.bounced():
		return "your mail bounced: find another address or retire", "bounced: find another address"
	case f.Last.Kind == OptOut:
		return "asked not to be written to: retire with opt-out?", "opted out: retire?"
	case f.Last.Kind == Refusal:
		return "said no: know when to move on", "said no: move on?"
	}
	return "", ""
}

// step is a due step in a few words.
func (r Row) step(now time.Time, cells int) string {
	f := r.Contact.FollowUp
	thanks := f.Next.Kind == TouchStep && f.Next.Sequence == afterPurchase
	switch {
	case thanks && f.Next.Step > 1:
		return "bought " + ago(now.Sub(f.Enrolment.Since)) + ": check in"
	case thanks, f.Next.Kind == TouchNurture:
		return r.about(r.what(), cells)
	case r.Contact.channel(f.Next) == "call" || r.Contact.channel(f.Next) == "text":
		return r.about(fmt.Sprintf("%s, %d of %d", f.Next.Channel, f.Attempts+1, r.Limit), cells)
	case f.closing(r.Limit):
		return r.about("closing mail", cells)
	case f.Attempts > 0 || f.Next.Kind == TouchStep:
		return r.about(fmt.Sprintf("%d of %d", f.Attempts+1, max(r.Limit, f.Attempts+1)), cells)
	}
	return r.what()
}

// about puts the topic before what is to be done, as far as there is room; without a topic an attempt is called so.
func (r Row) about(what string, cells int) string {
	const least = 8 // less of a topic tells nothing
	topic, room := r.Topic(), cells-len(what)-2
	switch {
	case topic != "" && room >= least:
		return text.Summary(topic, room) + ", " + what
	case what[0] >= '0' && what[0] <= '9':
		return "attempt " + what
	}
	return what
}

// asked says in a word or three what an inquiry asks for.
func (k Kind) asked() string {
	switch k {
	case Demo:
		return "asked for a demo"
	case Pricing:
		return "asked for a price"
	}
	return "asked for contact"
}
