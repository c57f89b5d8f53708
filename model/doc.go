// Package model is what stoke knows and decides: contacts and their interactions, heat, the queue's order and its
// sentences, drafts, whether a mail may go, the states of the outbox, and what an inbound mail does to a contact.
//
// It is pure: no I/O, no clock, no goroutine, no randomness. Every decision is a function of values and a time that the
// caller passes in, and returns new values. It imports the leaf rooms below it (schedule, sequence, signal, template,
// text) and nothing else of ours; store, mail and ui import it and do not know each other.
//
// A contact's follow-up state is one value, FollowUp. Everything that happens (a mail received, a verb of the rep, a
// mail sent) is a decision that takes a Dossier and gives an Outcome: the new FollowUp, the interactions to record and
// the addresses to suppress. From the FollowUp alone, PlaceOf says where the contact stands now and at which moment the
// clock alone would move it, so that a store can keep both indexed and a tick touches only those that crossed a border.
//
// Wherever a now is passed in, it carries the zone of the rep, in which sentences name days and hours.
//
// Decisions that the domain leaves open. What leaves by itself, is planned or is sent at the best hour leaves in the window of
// the contact's zone; a step that waits for the rep's key is due by the rep's own day, because a wall of rows that were due
// while the rep slept helps nobody. Writing to somebody who is not sorted yet, or retired, is the decision to take them in.
// A verb on many leaves out, and names, those about whom it is refused. The mail in place of one that bounced waits for no
// gap, because that one reached nobody. A contact who asks for no more mail is heard although we never wrote: a wish that
// is granted in vain costs less than one that is not; of reports that a machine wrote, only those that fit a mail of ours
// are believed. An automatic answer after a refusal is no absence: who said no waits for the rep's decision. A form mail is
// believed by its sender, and a rule for a whole domain needs a subject; what the person wrote before the rep's last mail is
// history, and who asks twice waits since the first time.
//
// Errors meant for the rep are *Error: a code for programs and a sentence for people.
package model
