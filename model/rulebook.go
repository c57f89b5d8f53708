package model

import (
	"time"

	"stoke/model/schedule"
	"stoke/model/sequence"
	"stoke/model/template"
)

// Rulebook is everything beside the contact that a decision needs: the numbers, the rep's calendar, sequences, templates
// and who the rep is. It is built from the config and never changes; a reload builds another.
type Rulebook struct {
	Rules     Rules
	Calendar  *schedule.Calendar
	Sequences sequence.Set
	Templates template.Library
	Me        Address
	MyCompany string
	Accounts  []string // names, the first is the one that writes when nothing else decides

	Signatures map[string]string            // by account
	Aliases    map[string][]string          // further addresses of an account, lower-case
	Footer     string                       // below mails of sequences: what the law asks for
	Snippets   map[string]template.Template // by the name that is typed behind ";"

	Leads   []LeadRule // which form mails tell of somebody new
	Planned Planned    // what is planned for others; nil where nobody knows
}

// Dossier is a contact with all that a decision about it may look at.
type Dossier struct {
	Contact      Contact
	Interactions []Interaction // the newest 200 whole, oldest first
	Happened     []Interaction // kind, direction, time and asks of the last two years, oldest first; for heat and attempts
	Draft        *Draft        // as the rep left it; nil when none was begun
	Outbox       []Outgoing    // what is owed, in doubt or failed for this contact, newest first
	Suppressed   *Suppression  // of the contact's address that is written to
	Outdated     []string      // what changed since the draft was made, a sentence each; for a screen
	Script       *Script       // for a call or a text that is due or suggested; nil for none; for a screen
}

// Outcome is what a decision does to a contact.
type Outcome struct {
	FollowUp FollowUp
	Add      []Interaction // a mail first, then what it leads to
	Suppress []Suppression
	Deal     *Deal  // the deal as it is now, when the decision changed it
	Facts    []Fact // what is known of the contact now and was not before
	Cancel   string // not empty: mails of the contact that have not left are cancelled for this reason
	Spares   bool   // but for an answer to the contact: who logs what happened knows it, and the answer may say the same
	Says     string // what happened, past tense, for toast and history
	Ignored  bool   // the mail is not believed: nothing changes, and nobody is told
}

// Stops tells whether a mail of the contact that has not left must not leave any more.
func (o Outcome) Stops(mail Outgoing) bool {
	return o.Cancel != "" && (mail.State == Queued || mail.State == Claimed) && !(o.Spares && mail.Single && mail.Answer)
}

// Suppression is an address or a whole domain ("@example.test") that is never mailed again until the rep lifts it.
type Suppression struct {
	What string
	Why  string
	At   time.Time
}

// newest is the newest interaction that fits.
func (d Dossier) newest(fits func(Interaction) bool) (Interaction, bool) {
	for n := len(d.Interactions) - 1; n >= 0; n-- {
		if fits(d.Interactions[n]) {
			return d.Interactions[n], true
		}
	}
	return Interaction{}, false
}

// happened is the light history with what a decision is about to add, oldest first: mail is found late, too.
func (d Dossier) happened(add ...Interaction) []Interaction {
	if len(add) == 0 {
		return oldestFirst(d.Happened)
	}
	all := make([]Interaction, 0, len(d.Happened)+len(add))
	return oldestFirst(append(append(all, d.Happened...), add...))
}

// settle brings everything in f that follows from the history up to date: heat, attempts, the warmest temperature, the
// last interaction. Every decision ends with it.
func (b Rulebook) settle(d Dossier, f FollowUp, now time.Time, add ...Interaction) FollowUp {
	zone := b.Calendar.Zone()
	all := d.happened(add...)
	f.Heat = Sum(Signals(all, zone, now, b.Rules), b.Rules)
	f.Attempts = Attempts(all, zone)
	temperature, _ := f.Temperature(d.Contact.Deal.Open(), now, b.Rules)
	answered := false
	for _, i := range add {
		answered = answered || i.IsAnswer()
		if i.Kind != Note && !i.At.Before(f.Last.At) {
			f.Last = f.Last.after(i)
		}
	}
	if answered || temperature > f.Warmest {
		f.Warmest = temperature
	}
	f.Spacing = b.spacing(all, f)
	return f.normal()
}

// Settle recomputes what follows from the history of a contact, for a store that changed the history itself (an import,
// a merge, an undo).
func (b Rulebook) Settle(d Dossier, now time.Time) FollowUp {
	f := d.Contact.FollowUp
	f.Last = Last{}
	for _, i := range d.Interactions {
		if i.Kind != Note && !i.At.Before(f.Last.At) {
			f.Last = f.Last.after(i)
		}
	}
	return b.settle(d, f, now)
}

// Attempts counts the touches since the last real answer; those of one day of zone are one attempt.
func Attempts(happened []Interaction, zone *time.Location) int {
	days := map[string]bool{}
	for _, i := range happened {
		switch {
		case i.IsTouch():
			days[day(i.At, zone)] = true
		case i.IsAnswer():
			clear(days)
		}
	}
	return len(days)
}

// Touches counts the touches of the last so many calendar days.
func Touches(happened []Interaction, now time.Time, days int) int {
	n, from := 0, now.AddDate(0, 0, -days)
	for _, i := range happened {
		if i.IsTouch() && i.At.After(from) {
			n++
		}
	}
	return n
}

// normal gives times as the store keeps them, so that two states can be compared.
func (f FollowUp) normal() FollowUp {
	for _, t := range []*time.Time{&f.Pin.Until, &f.WarmUntil, &f.Next.Since, &f.Next.ReadyAt, &f.Next.AmberAt, &f.Next.DueAt, &f.Next.GoesAt,
		&f.Promise.At, &f.Promise.ReadyAt, &f.Spacing.Mail, &f.Spacing.Spent, &f.Snooze.Until, &f.Retired.At, &f.Retired.Until, &f.Enrolment.Since, &f.Last.At, &f.MeetsAt} {
		if !t.IsZero() {
			*t = t.UTC().Truncate(time.Millisecond)
		}
	}
	return f
}

// accountFor is the account that the newest mail with the contact went through, else the first.
func (b Rulebook) accountFor(d Dossier) string {
	if i, ok := d.newest(func(i Interaction) bool { return i.Account != "" }); ok {
		return i.Account
	}
	return b.AccountOr("")
}

// AccountOr is the account of a name, or the first where none is named; "" where there is none at all.
func (b Rulebook) AccountOr(name string) string {
	if name == "" && len(b.Accounts) > 0 {
		return b.Accounts[0]
	}
	return name
}
