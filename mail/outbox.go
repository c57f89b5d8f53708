package mail

import (
	"context"
	"time"

	"stoke/model"
)

// outbox sends what is due until ctx ends. It sleeps until something is due, is rung, or a tick has
// passed: other processes put mail into the same outbox and cannot ring.
func (o *office) outbox(ctx context.Context) {
	if !o.sends() {
		<-ctx.Done()
		return
	}
	stuck := 0
	for ctx.Err() == nil {
		due, err := o.Box.NextDue(ctx, o.account.Name)
		wait, isDue := o.untilDue(due)
		switch {
		case err != nil:
			o.failedBox(ctx, "ask what is due", err)
		case !isDue:
			stuck = 0
		case o.holdsBack():
			wait = o.Limits.Tick
		default:
			if o.deliverDue(ctx) > 0 {
				stuck = 0
				continue
			}
			// What is due waits for the mailboxes: for a look before a claim, a look in doubt, a copy.
			// Meanwhile other mail may come due, so the sleep is short and only the looking grows rare.
			stuck++
			if !o.fresh() || stuck&(stuck-1) == 0 || stuck%12 == 0 {
				o.lookAround(ctx)
				continue
			}
			wait = o.Limits.Tick
		}
		sleep(ctx, wait, o.outboxBell)
	}
}

func (o *office) untilDue(due time.Time) (wait time.Duration, isDue bool) {
	if due.IsZero() {
		return o.Limits.Tick, false
	}
	wait = due.Sub(o.Now())
	return min(max(wait, 0), o.Limits.Tick), wait <= 0
}

// lookAround has the mailboxes looked at and waits for that, at most a tick.
func (o *office) lookAround(ctx context.Context) {
	done := o.looked.wait()
	switch {
	case !o.reads():
		o.giveUpLooking(ctx)
		done = nil
	case o.fresh():
		o.inboxBell.ring()
		done = nil // not the looking is missing; another look at once would not help
	default:
		o.inboxBell.ring()
	}
	sleep(ctx, o.Limits.Tick, o.outboxBell, done)
}

// giveUpLooking brings doubt to the rep where there is no mailbox to look into.
func (o *office) giveUpLooking(ctx context.Context) {
	doubtful, err := o.Box.Doubtful(ctx, o.account.Name)
	if err != nil {
		o.failedBox(ctx, "list mails in doubt", err)
		return
	}
	for _, m := range doubtful {
		if m.State == model.Uncertain {
			o.lookedFor(ctx, m, false, "this account has no mailbox to look into")
		}
	}
	uncopied, err := o.Box.Uncopied(ctx, o.account.Name)
	if err != nil {
		o.failedBox(ctx, "list mails without a copy", err)
		return
	}
	for _, m := range uncopied {
		o.copied(ctx, m)
	}
}

// deliverDue sends what may be sent now, one after the other, and tells how many mails it took up.
func (o *office) deliverDue(ctx context.Context) (taken int) {
	for ctx.Err() == nil && !o.holdsBack() {
		m, err := o.Box.Claim(ctx, o.account.Name, o.Owner, o.fresh())
		if err != nil {
			o.failedBox(ctx, "take up a mail", err)
			break
		}
		if m == nil {
			break
		}
		taken++
		if !o.deliver(ctx, *m) {
			break
		}
	}
	if taken > 0 && !o.reads() {
		o.reportLook(model.Received{}, 0) // elsewhere the next look tells
	}
	o.tell(model.Event{Kind: model.EventChanged, Account: o.account.Name}) // a claim may have cancelled mails, too
	return taken
}

// holdsBack tells whether nothing may be tried now: the log-in was refused, or the provider wants a pause.
func (o *office) holdsBack() bool {
	_, paused := o.paused()
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.refused || paused
}

// failedBox logs an error of the store; nothing is told to the rep while it may pass by itself. A single sync does not
// see that, and reports it.
func (o *office) failedBox(ctx context.Context, what string, err error) {
	if ctx.Err() != nil {
		return
	}
	o.Log.Error("the store did not "+what, "account", o.account.Name, "error", err)
	if o.single() {
		o.mu.Lock()
		o.fault = err
		o.mu.Unlock()
	}
}

// single tells whether this is one sync, which ends by itself.
func (o *office) single() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.oneShot
}
