package mail

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"stoke/model"
)

// Options are what an Engine is made of. Box, Dial, Now, Secret, Owner and LockDir must be given.
type Options struct {
	Box      Box
	Accounts []Account
	// Secret gives the password of an account, or its access token. It may take as long as the rep
	// needs to unlock a store; a password is asked for again only after a refused log-in.
	Secret func(ctx context.Context, account string) (string, error)
	// TokenRefused tells whoever gives tokens that a server took one no more; nil: nobody wants to know.
	TokenRefused func(account, token string)
	Dial         Dialer
	// Now is the clock of decisions. It must follow the wall clock, so that a sleep of the machine
	// shows as a jump.
	Now     func() time.Time
	Rules   model.Rules
	Limits  Limits
	Owner   string // this process among all that use the database
	LockDir string // beside the database
	Log     *slog.Logger
	// Events is told what happened, after it is on disk. It must not block, and may be called from
	// several goroutines.
	Events func(model.Event)
}

// Engine sends what the outbox owes and reads what the mailboxes received, for all accounts.
// Methods may be called from any goroutine.
type Engine struct {
	Options
	offices []*office
	report  func(model.Synced) // of Watch; nil without one
}

// New makes an Engine; nothing runs before Run or SyncNow.
func New(o Options) (*Engine, error) {
	if o.Box == nil || o.Dial == nil || o.Now == nil || o.Secret == nil || o.Owner == "" || o.LockDir == "" {
		return nil, errors.New("mail: Box, Dial, Now, Secret, Owner and LockDir must be given")
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Events == nil {
		o.Events = func(model.Event) {}
	}
	if o.Rules.SyncFresh == 0 {
		o.Rules = model.DefaultRules()
	}
	o.Limits = o.Limits.withDefaults()
	e := &Engine{Options: o}
	for _, a := range o.Accounts {
		e.offices = append(e.offices, newOffice(e, a))
	}
	return e, nil
}

// Run works until ctx ends, and returns only when nothing is in flight: within limits.Leave and the
// time of one commit. Its error is a panic of one of its goroutines, turned into an error, and is told like
// the rest: by an event and in the log.
func (e *Engine) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var work sync.WaitGroup
	var errs failures
	start := func(name string, f func(context.Context)) {
		work.Go(func() {
			defer errs.recover(name, func() { cancel(errors.New("another part of the engine failed")) })
			f(ctx)
		})
	}
	start("clock", e.watchClock)
	start("what goes by itself", e.unattended)
	for _, o := range e.offices {
		start("account "+o.account.Name, o.run)
	}
	work.Wait()
	err := errs.err()
	if err != nil {
		e.Log.Error("the mail engine stopped", "error", err)
		e.tell(model.Event{Kind: model.EventTrouble, Text: "Nothing is sent or received any more; details in the log. Leave stoke and start it again."})
	}
	return err
}

// Kick wakes the outbox, because something was queued. It never blocks. A log-in that was refused is
// not tried again: thirty mails to send are no thirty reasons.
func (e *Engine) Kick() {
	for _, o := range e.offices {
		o.hurry()
		o.outboxBell.ring()
	}
}

// Sync asks for a look into every mailbox now, and tries again what was refused or paused: the rep wants
// it. It never blocks.
func (e *Engine) Sync() {
	for _, o := range e.offices {
		o.wanted()
		o.inboxBell.ring()
		o.outboxBell.ring()
	}
}

// unattended queues the steps that go by themselves when their time comes.
func (e *Engine) unattended(ctx context.Context) {
	for {
		queued, err := e.Box.Auto(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			e.Log.Error("what goes by itself was not queued", "error", err)
		case queued > 0:
			e.tell(model.Event{Kind: model.EventChanged})
			e.Kick()
		}
		sleep(ctx, e.Limits.Tick)
	}
}

// tell passes an event on, stamped.
func (e *Engine) tell(ev model.Event) {
	ev.At = e.Now()
	e.Events(ev)
}

// clockTick is how often the clock is compared with the time that really passed, and clockJump the
// difference that is taken for a sleep of the machine. Together they stay below 90 s.
const (
	clockTick = 15 * time.Second
	clockJump = 30 * time.Second
)

// watchClock notices that the machine slept, or that its clock was set: what was known of the
// mailboxes is stale then, and the connections may be dead.
func (e *Engine) watchClock(ctx context.Context) {
	ticker := time.NewTicker(clockTick)
	defer ticker.Stop()
	last := e.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		now := e.Now()
		if off := now.Round(0).Sub(last.Round(0)) - clockTick; off > clockJump || off < -clockJump {
			e.Log.Info("the clock jumped", "by", off)
			e.woke()
		}
		last = now
	}
}

func (e *Engine) woke() {
	for _, o := range e.offices {
		o.forgetSync()
		o.hurry()
		o.inboxBell.ring()
		o.listenBell.ring()
		o.outboxBell.ring()
	}
}

// failures collects the panics of goroutines.
type failures struct {
	mu   sync.Mutex
	list []error
}

func (f *failures) recover(name string, then func()) {
	v := recover()
	if v == nil {
		return
	}
	f.mu.Lock()
	f.list = append(f.list, fmt.Errorf("mail: %s failed: %v\n%s", name, v, debug.Stack()))
	f.mu.Unlock()
	then()
}

func (f *failures) err() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return errors.Join(f.list...)
}
