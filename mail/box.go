package mail

import (
	"context"
	"time"

	"stoke/model"
)

// Box is what the engine needs of the store. Every method is one transaction that reads the clock itself; when it
// returns, what it says is on disk. Errors that are a *model.Error of code Conflict mean that somebody else has changed
// the row (an owner that died was replaced, the rep took the mail back): the caller drops what it was doing and closes
// its connection.
type Box interface {
	// Auto queues the steps that go by themselves and are due, of every account, and gives their number. A step that may
	// not leave is held for the rep instead.
	Auto(ctx context.Context) (queued int, err error)

	// LastUndo is when the last of the mails that were just approved can be taken back no more and leaves; zero when none
	// waits for that. Planned mails are not among them.
	LastUndo(ctx context.Context) (time.Time, error)

	// Recover takes over an account whose engine lock the caller has just got, before it claims anything: rows that were
	// left CLAIMED, by whomever, go back to QUEUED, those left COMMITTING become UNCERTAIN. It gives the number of each.
	Recover(ctx context.Context, account string) (claimed, committing int, err error)

	// NextDue is the earliest moment at which Claim, Doubtful or Uncopied may have something for the account; zero when
	// nothing is owed.
	NextDue(ctx context.Context, account string) (time.Time, error)

	// Claim takes the next mail that is due (QUEUED to CLAIMED), or gives nil. Mails whose stop condition has come are
	// cancelled on the way. synced tells that the inbox was read recently enough; without it only mails that the rep
	// lets go all the same, and those of accounts without IMAP, are claimed.
	Claim(ctx context.Context, account, owner string, synced bool) (*model.Outgoing, error)

	// Freeze keeps the bytes of the first attempt and Sent's UIDNEXT before the dot (0: unknown). The bytes of a mail that
	// has some are never replaced.
	Freeze(ctx context.Context, id int64, owner string, raw []byte, sentNext uint32) error

	// Commit lets the dot leave (CLAIMED to COMMITTING), after owner, stop conditions and pace were checked again. An error
	// means that the dot must not be written; the same transaction has CANCELLED a mail that was stopped, and QUEUED one
	// that waits for its pace.
	Commit(ctx context.Context, id int64, owner string) error

	// Settle records how an attempt ended: TurnRetry, TurnRefused, TurnLater, TurnAccepted or TurnLost.
	Settle(ctx context.Context, id int64, owner string, result model.Result) (model.Outgoing, error)

	// Doubtful lists UNCERTAIN mails whose next look is due, and ASK_REP mails (for late evidence).
	Doubtful(ctx context.Context, account string) ([]model.Outgoing, error)

	// Looked records a look into the Sent folder for a mail in doubt: evidence found, or absent.
	Looked(ctx context.Context, id int64, found bool, evidence string) (model.Outgoing, error)

	// Uncopied lists SENT mails whose copy in the Sent folder is not settled yet.
	Uncopied(ctx context.Context, account string) ([]model.Outgoing, error)

	// Copied settles the copy of a mail: one is there, or none is wanted.
	Copied(ctx context.Context, id int64) error

	// Cursor is how far a mailbox was read; the zero Cursor for one never seen.
	Cursor(ctx context.Context, account, mailbox string) (model.Cursor, error)

	// Interesting tells which of the mails, known by their headers only, are between the rep and known contacts, or
	// answer or report on our mails; only their text is fetched and stored. Mails already stored are not interesting.
	Interesting(ctx context.Context, account string, headers []model.Header) ([]bool, error)

	// Receive stores a batch of mails, what they do to their contacts, and the cursor behind them, in one transaction. A
	// mail that is known already (by Message-ID, or by Hash where it has none) does nothing twice. A mail whose
	// Message-ID, StokeID or OriginalID is that of a mail in doubt is the evidence that settles it.
	Receive(ctx context.Context, account, mailbox string, batch []model.Inbound, cursor model.Cursor) (model.Received, error)
}
