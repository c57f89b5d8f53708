package model

import (
	"strings"
	"time"
)

// Approval is the rep's word that a draft may go.
type Approval struct {
	Draft  Draft
	At     time.Time // planned time; zero: after the undo window
	Force  bool      // overrules the gates that can be overruled
	Single bool      // approved one by one, not in bulk or by auto
}

// Envelope is what only the caller can know about a mail that is about to be made.
type Envelope struct {
	MessageID string // fresh, without angle brackets
	StokeID   string // fresh
	From      Address
}

// Dispatch decides whether a draft may go, as what, and what becomes of the contact: its next touch is planned as if the
// mail were out, and the caller keeps the state before to come back to when the mail is taken back or fails. A refusal is
// an Error with the gate's code. Limits are DOMAIN.md's, "Sequences: what stops, pauses and protects".
func (b Rulebook) Dispatch(d Dossier, a Approval, e Envelope, now time.Time) (Outgoing, Outcome, error) {
	if err := b.Gate(d, a, now); err != nil {
		return Outgoing{}, Outcome{}, err
	}
	f := d.Contact.FollowUp
	out := b.Letter(d, a, e, now)
	leaves := now
	if !a.At.IsZero() && out.SendAfter.After(now) {
		leaves = out.SendAfter // what follows it waits from then on
	}
	touch := Interaction{Contact: d.Contact.ID, Kind: Mail, Direction: Out, At: leaves}
	counted := b.settle(d, f, now, touch)
	counted.Last, counted.Heat = f.Last, f.Heat // only the plan runs ahead; the mail itself is recorded when it is sent
	after := b.afterTouch(d, counted, leaves)
	after.Attempts, after.Spacing, after.Sorted = f.Attempts, f.Spacing, true // writing to someone is a decision to keep them
	if !f.Live(now) {
		after.Retired = Retirement{} // and to take them back
	}
	then := " · next touch "
	if after.Next.Kind == TouchNurture && f.Next.Kind != TouchNurture {
		then = " · then nurture, next touch "
	}
	says := "Sending to " + d.Contact.Called()
	if leaves.After(now) {
		says = "Planned for " + d.Contact.Called() + ", leaves " + say(leaves, now)
	}
	outcome := Outcome{FollowUp: after.normal(), Says: says + b.overruled(d, a, now) + then + b.nextSays(after, now)}
	return out, outcome, nil
}

// overruled names the gate that the rep overruled, for the history; "" where none stood in the way.
func (b Rulebook) overruled(d Dossier, a Approval, now time.Time) string {
	if !a.Force {
		return ""
	}
	a.Force = false
	if code := CodeOf(b.Gate(d, a, now)); code != "" {
		return " · forced: " + code.Says()
	}
	return ""
}

// Letter is a draft as the mail that it becomes, gates or no gates: what is previewed is what leaves.
func (b Rulebook) Letter(d Dossier, a Approval, e Envelope, now time.Time) Outgoing {
	f := d.Contact.FollowUp
	out := Outgoing{
		Account: a.Draft.Account, Contact: d.Contact.ID, MessageID: e.MessageID, StokeID: e.StokeID, From: b.writesAs(d, a.Draft.Account, e.From),
		To: a.Draft.To, Cc: a.Draft.Cc, Subject: strings.TrimSpace(a.Draft.Subject), Text: b.Written(d, a.Draft), Attachments: a.Draft.Attachments,
		InReplyTo: a.Draft.InReplyTo, References: a.Draft.References, BasedOn: f.AnswerID, Forced: a.Force,
		Single: a.Single && a.At.IsZero(), Answer: f.exempt(), Rank: f.rank(now), Sequence: a.Draft.Sequence, Step: a.Draft.Step, Template: b.madeFrom(d, a.Draft, now),
		State: Queued, Approved: now, SendAfter: a.At,
	}
	zone := d.Contact.Zone(b.Calendar.Zone())
	switch {
	case a.At.IsZero():
		out.SendAfter = now.Add(b.Rules.UndoWindow)
	case !a.Force && (!b.Calendar.InWindow(a.At, zone) || !b.Calendar.Workday(a.At)):
		out.SendAfter = b.Calendar.Plan(a.At, zone) // a planned mail keeps the window; the rep sees when it really leaves
	}
	out.NextAt = out.SendAfter
	return out
}

// unmailable says why a contact must not be written to at all; nil for one who may.
func (d Dossier) unmailable() error {
	switch {
	case d.Suppressed != nil:
		return Errorf(GateSuppressed, "%s must not be mailed: %s. `stoke unsuppress` lifts that.", d.Suppressed.What, d.Suppressed.Why)
	case d.Contact.FollowUp.OptedOut:
		return Errorf(GateSuppressed, "%s asked not to be written to, so nothing is sent.", d.Contact.Called())
	}
	return nil
}

// Gate says why a draft may not go now; nil when it may.
func (b Rulebook) Gate(d Dossier, a Approval, now time.Time) error {
	draft, f, who := a.Draft, d.Contact.FollowUp, d.Contact.Called()
	switch blanks := draft.Blanks(); {
	case len(draft.To) == 0:
		return Errorf(GateNoRecipient, "This mail has no recipient. Add an address for %s first.", who)
	case len(blanks) > 0:
		return Errorf(GateBlank, "The draft to %s has a blank: %s. Fill it first.", who, blanks[0])
	case strings.TrimSpace(draft.Body) == "":
		return Errorf(GateBlank, "The draft to %s is empty.", who)
	}
	if err := d.unmailable(); err != nil {
		return err
	}
	for _, o := range d.Outbox {
		if o.State.Blocks() {
			return Errorf(GateDuplicate, "A mail to %s is %s already. See the outbox.", who, o.State.Says())
		}
	}
	if a.Force {
		return nil
	}
	if f.AnswerID > draft.BasedOn {
		return Errorf(GateAnswered, "%s wrote after this draft was made (%s). Read it first; then send again to confirm.", who, say(f.Last.At, now))
	}
	return b.touchLimit(d, now)
}

// Stop says why a mail that was approved must not leave any more, checked again in the transaction that lets it go;
// "" when it may. What the rep forced was forced knowing the state at that time, so only what came later stops it.
func (o Outgoing) Stop(d Dossier, now time.Time) string {
	f, who := d.Contact.FollowUp, d.Contact.Called()
	switch {
	case d.Suppressed != nil:
		return d.Suppressed.What + " must not be mailed: " + d.Suppressed.Why + "."
	case f.OptedOut:
		return who + " asked not to be written to."
	case f.AnswerID > o.BasedOn:
		return who + " wrote before this mail left. Your text is back in the draft."
	case !f.Live(now):
		return who + " was retired."
	}
	return ""
}

// Left is what becomes of the contact once a mail is out: the touch is recorded and counts.
func (b Rulebook) Left(d Dossier, o Outgoing, at, now time.Time, summary string) Outcome {
	i := Interaction{Contact: d.Contact.ID, Kind: Mail, Direction: Out, At: at, Subject: o.Subject, Text: o.Text,
		Summary: summary, MessageID: o.MessageID, InReplyTo: o.InReplyTo, Account: o.Account, From: o.From, To: o.To, Cc: o.Cc}
	i.Text, i.Quoted = o.ownWords()
	f := b.settle(d, d.Contact.FollowUp, now, i)
	if !f.planSet() {
		f.Next = b.spaced(d.Contact, f, now) // it may have waited for its hour or for the pace
	}
	return Outcome{FollowUp: f.normal(), Add: []Interaction{i}, Says: "Sent to " + d.Contact.Called()}
}
