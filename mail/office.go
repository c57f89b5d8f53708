package mail

import (
	"context"
	"errors"
	"sync"
	"time"

	"stoke/model"
)

// office is one account at work: an outbox loop and an inbox loop, and what they know of each other.
type office struct {
	*Engine
	account Account

	outboxBell bell // something was queued
	inboxBell  bell // somebody wants a look into the mailboxes
	retryBell  bell // the rep wants it now: no waiting after failures
	letUsIn    bell // the mailboxes were looked into
	newMail    bell // the listening connection heard of mail in INBOX, or came or went
	listenBell bell // see whether the listening connection is still there
	looked     horn // the mailboxes were looked at, or cannot be
	entered    horn // the first connection has logged in

	mu        sync.Mutex
	secret    string
	stands    standing        // with the provider
	asked     string          // what the rep was asked for last
	onDisk    bool            // stands is written down
	tried     map[string]bool // servers that refused this process
	oneShot   bool            // SyncNow
	insists   bool            // the rep wants a log-in tried, whatever was refused before
	synced    time.Time       // when the last complete look into INBOX began
	refused   bool            // SMTP refused the log-in; nobody has asked for another try
	listening bool            // there is an ear on INBOX
	said      Kind            // the trouble that the rep knows of
	copyTry   map[int64]copyTry
	unloved   map[unloved]bool // mails that no answer of the server makes readable
	sentNext  uint32           // UIDNEXT of Sent at the last look
	sent      int              // mails that were accepted
	fault     error            // the last failure of a send that is not the mail's own
}

func newOffice(e *Engine, a Account) *office {
	return &office{Engine: e, account: a, outboxBell: newBell(), inboxBell: newBell(), retryBell: newBell(), letUsIn: newBell(), newMail: newBell(), listenBell: newBell(), copyTry: map[int64]copyTry{}, unloved: map[unloved]bool{}, tried: map[string]bool{}}
}

// run holds the account's lock while it can be had and works under it.
func (o *office) run(ctx context.Context) {
	standing := false
	for ctx.Err() == nil {
		lock := lockOf(o.LockDir, o.account.Name)
		got, err := lock.TryLock()
		if err != nil {
			o.trouble(lockError(o.account.Name, lock.Path(), err))
			lock.Close()
			sleep(ctx, o.Limits.Standby)
			continue
		}
		if !got {
			if !standing {
				standing = true
				o.reportElsewhere()
				o.tell(model.Event{Kind: model.EventStandby, Account: o.account.Name, Text: "Another stoke sends and receives for " + o.account.Name + "; what you queue here leaves there."})
			}
			lock.Close()
			sleep(ctx, o.Limits.Standby)
			continue
		}
		standing = false
		o.hold(ctx)
		if err := lock.Close(); err != nil {
			o.Log.Error("the lock of an account cannot be given back", "account", o.account.Name, "error", err)
		}
	}
}

// hold works until ctx ends. The caller has the lock: whoever had it before is dead.
func (o *office) hold(ctx context.Context) {
	for failed := 0; ; failed++ {
		err := o.recover(ctx)
		if err == nil {
			break
		}
		o.Log.Error("what a former run left behind cannot be taken over", "account", o.account.Name, "error", err)
		sleep(ctx, backOff(o.Limits.Retry, failed+1))
		if ctx.Err() != nil {
			return
		}
	}
	// A panic in one loop ends the other before it goes on its way to Run.
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var work sync.WaitGroup
	var errs failures
	o.takeOver()
	for name, loop := range map[string]func(context.Context){
		"outbox of " + o.account.Name: o.outbox, "inbox of " + o.account.Name: o.inbox, "listener of " + o.account.Name: o.listen, "standing of " + o.account.Name: o.watchStanding,
	} {
		work.Go(func() {
			defer errs.recover(name, func() { cancel(errLeft) })
			loop(ctx)
		})
	}
	work.Wait()
	if err := errs.err(); err != nil {
		panic(err)
	}
}

func (o *office) recover(ctx context.Context) error {
	claimed, committing, err := o.Box.Recover(ctx, o.account.Name)
	if err != nil {
		return err
	}
	if claimed+committing > 0 {
		o.Log.Info("a former run ended in the middle of its work", "account", o.account.Name, "claimed", claimed, "committing", committing)
		o.tell(model.Event{Kind: model.EventChanged, Account: o.account.Name})
	}
	if committing > 0 {
		o.tell(model.Event{Kind: model.EventDoubt, Account: o.account.Name, Text: "A mail may have gone out when stoke ended; looking in your Sent folder."})
	}
	return nil
}

// reads and sends tell which of the two the account can do.
func (o *office) reads() bool { return o.account.IMAP.Host != "" }
func (o *office) sends() bool { return o.account.SMTP.Host != "" }

// fresh tells whether INBOX was looked at recently enough to let mail leave.
func (o *office) fresh() bool {
	if !o.reads() {
		return true
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	age := o.Now().Round(0).Sub(o.synced.Round(0))
	return !o.synced.IsZero() && age >= 0 && age <= o.Rules.SyncFresh
}

func (o *office) forgetSync() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.synced = time.Time{}
}

func (o *office) endpoint(s Server) endpoint {
	return endpoint{host: s.Host, port: s.Port, security: s.Security, roots: s.Roots, dial: o.Dial}
}

// trouble tells the rep and the log that the mailboxes cannot be reached: once, until that is over
// or it is trouble of another kind.
func (o *office) trouble(err error) {
	e, ok := errors.AsType[*Error](err)
	if !ok {
		o.Log.Error("a sync failed", "account", o.account.Name, "error", err)
		e = &Error{Kind: Temporary, Sentence: "Could not sync " + o.account.Name + "; details in the log."}
	}
	o.mu.Lock()
	again := o.said == e.Kind
	o.said = e.Kind
	o.mu.Unlock()
	o.looked.blow()
	if again {
		return
	}
	o.reportTrouble(e)
	o.Log.Warn("an account cannot be read", "account", o.account.Name, "kind", e.Kind.String(), "error", e.Error(), "cause", causeText(e))
	o.tell(model.Event{Kind: model.EventTrouble, Account: o.account.Name, Text: e.Error()})
	o.tell(model.Event{Kind: model.EventNewState, Account: o.account.Name, Text: "offline"})
}

// causeText is what lies under an error, for the log; nothing of a log-in, which may quote a secret.
func causeText(e *Error) string {
	if e.Err == nil || e.Kind == Auth {
		return ""
	}
	return words(e.Err.Error())
}
