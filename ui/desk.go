package ui

import (
	"context"
	"time"

	"stoke/model"
)

// Desk is what the screen needs of the store. Every method is one transaction and may take milliseconds: it is called
// from commands, never from Update or View. The store reads the clock itself.
type Desk interface {
	// Rows gives a page of a list in its order.
	Rows(ctx context.Context, q model.Query) (model.Page, error)
	// Counts gives the sizes of all lists.
	Counts(ctx context.Context) (model.Counts, error)
	// Tick moves the contacts that the clock alone has brought across a border since the last call, and gives their
	// number and the moment of the next such border (zero: none).
	Tick(ctx context.Context) (moved int, next time.Time, err error)

	// Open gives everything about a contact. It changes nothing: opening is not acting.
	Open(ctx context.Context, contact int64) (model.Dossier, error)
	// Compose makes a fresh draft for a contact; template "" means the best fitting one. It is not saved.
	Compose(ctx context.Context, contact int64, template string) (model.Draft, error)
	// Templates gives the mail templates as they would be for a contact, the best fitting first.
	Templates(ctx context.Context, contact int64) ([]model.Offer, error)
	// SaveDraft keeps a draft as it stands; one a contact.
	SaveDraft(ctx context.Context, d model.Draft) (model.Draft, error)
	// Attach looks at a file that is to go with a draft. It keeps nothing.
	Attach(ctx context.Context, path string) (model.Attachment, error)
	// Preview gives a draft as the mail that would leave, gates or no gates.
	Preview(ctx context.Context, d model.Draft) (model.Outgoing, error)
	// DiscardDraft forgets the draft of a contact.
	DiscardDraft(ctx context.Context, contact int64) error
	// Read marks a contact's mail as seen by the rep.
	Read(ctx context.Context, contact int64) error

	// Send queues a mail. The change's Mail is its id in the outbox; undoing the change within the window takes it back.
	Send(ctx context.Context, a model.Approval) (model.Change, model.Outgoing, error)
	// Do applies a verb to contacts, all or none, as one entry of the history.
	Do(ctx context.Context, v model.Verb, contacts ...int64) (model.Change, error)
	// Undo takes a change of the history back; id 0 means the newest that is not undone. What has changed since is kept,
	// and the sentence says so.
	Undo(ctx context.Context, id int64) (model.Change, string, error)
	// Company gives everybody at the company of a contact.
	Company(ctx context.Context, contact int64) (model.Company, error)
	// Morning gives the mails that leave by themselves today; it says once a day that nobody has seen them yet.
	Morning(ctx context.Context) (model.Morning, error)
	// Filters gives what lists were narrowed to and kept under a name, by name.
	Filters(ctx context.Context) ([]model.Filter, error)
	// KeepFilter keeps a narrowing, in the place of an earlier one of that name.
	KeepFilter(ctx context.Context, f model.Filter) error
	// DropFilter forgets one.
	DropFilter(ctx context.Context, name string) error
	// History gives the newest changes.
	History(ctx context.Context, limit int) ([]model.Change, error)

	// Outbox gives what is owed, in doubt, failed, and what was sent lately, newest first.
	Outbox(ctx context.Context, limit int) ([]model.Outgoing, error)
	// Judge is the rep's word on a mail in doubt or failed (TurnSaysSent, TurnDrop, TurnAgain), or takes back a queued
	// one (TurnUndo).
	Judge(ctx context.Context, id int64, turn model.Turn) (model.Outgoing, error)

	// When reads the rep's words for a moment: "fri 2pm".
	When(words string) (time.Time, error)
}

// Wire is what the screen needs of the mail engine. No method blocks: answers come back as model.Event.
type Wire interface {
	// Kick wakes the outbox, because something was queued.
	Kick()
	// Sync asks for a look into every mailbox now, and tries refused logins again.
	Sync()
}
