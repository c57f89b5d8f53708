// Package store keeps everything stoke knows in one SQLite file: contacts and what happened with them, drafts, the
// outbox, the history of verbs, how far each mailbox was read.
//
// It imports model and database/sql, never ui or mail; what those need of it they say in their own interfaces. One
// exported method is one transaction and one decision of model: it reads the clock once, loads a Dossier, asks model, and
// writes the Outcome whole or not at all. When a method that writes returns nil, what it did is on disk (WAL with full
// sync). Methods block for milliseconds, for up to five seconds while another process writes, and end early with their
// context; any number of goroutines and processes may use one file at once.
//
// Errors worded for the rep are *model.Error. All others say what could not be done and wrap their cause.
//
// Two functions guard the invariants. keep is the only writer of a contact's FollowUp and stores its Place with it.
// turn is the only writer of a mail's state in the outbox, by compare-and-swap, and does to draft and contact what the
// new state asks for.
package store
