package mail

import (
	"cmp"
	"context"
	"sync"
	"time"

	"stoke/mail/auth"
	"stoke/model"
)

// SyncNow queues what goes by itself, syncs every account, delivers what is owed, settles doubt, and returns when all of
// that is done or ctx ends. What was just approved is waited for until its undo window is over; planned mail is not. It
// must not be called while Run works on the same Engine.
func (e *Engine) SyncNow(ctx context.Context) []model.Synced {
	began := e.Now()
	_, autoErr := e.Box.Auto(ctx)
	reports := e.round(ctx)
	last, undoErr := e.Box.LastUndo(ctx)
	if !last.IsZero() {
		sleep(ctx, last.Sub(e.Now())+time.Millisecond)
		for i, again := range e.round(ctx) {
			reports[i].Add(again.Received)
			reports[i].Sent += again.Sent
			reports[i].Took = e.Now().Sub(began)
			reports[i].Err = cmp.Or(again.Err, reports[i].Err)
		}
	}
	if err := cmp.Or(autoErr, undoErr); err != nil {
		e.Log.Error("the outbox cannot be looked into", "error", err)
		for i := range reports {
			reports[i].Err = cmp.Or(reports[i].Err, worded(reports[i].Account, err))
		}
	}
	return reports
}

// round syncs every account once.
func (e *Engine) round(ctx context.Context) []model.Synced {
	reports := make([]model.Synced, len(e.offices))
	var work sync.WaitGroup
	var errs failures
	for i, o := range e.offices {
		work.Go(func() {
			reports[i].Account = o.account.Name
			defer errs.recover("sync of "+o.account.Name, func() {
				reports[i].Err = model.Errorf(model.Invalid, "Could not sync %s; details in the log.", o.account.Name)
			})
			reports[i] = o.once(ctx)
		})
	}
	work.Wait()
	if err := errs.err(); err != nil {
		e.Log.Error("a sync broke off", "error", err)
	}
	return reports
}

func (o *office) once(ctx context.Context) model.Synced {
	began := o.Now()
	rep := model.Synced{Account: o.account.Name}
	lock := lockOf(o.LockDir, o.account.Name)
	got, err := lock.TryLock()
	defer lock.Close()
	switch {
	case err != nil:
		rep.Err = worded(o.account.Name, lockError(o.account.Name, lock.Path(), err))
		return rep
	case !got:
		rep.Elsewhere = true
		return rep
	}
	rep.Err = worded(o.account.Name, o.syncAndSend(ctx, &rep))
	rep.Took = o.Now().Sub(began)
	return rep
}

func (o *office) syncAndSend(ctx context.Context, rep *model.Synced) error {
	o.takeOver()
	o.mu.Lock()
	o.oneShot = true
	o.sent, o.fault = 0, nil
	o.mu.Unlock()
	if err := o.recover(ctx); err != nil {
		return err
	}
	var r *reader
	var readErr error
	if o.reads() {
		if r, readErr = o.openReader(ctx); readErr == nil {
			defer func() {
				r.close()
				rep.Received = r.tally
			}()
			readErr = r.round(ctx, true)
		}
	}
	if o.sends() {
		taken := o.deliverDue(ctx)
		o.mu.Lock()
		rep.Sent = o.sent
		o.mu.Unlock()
		if taken > 0 && readErr == nil && r != nil {
			if o.account.wantsCopy() {
				sleep(ctx, o.Limits.Copy)
			}
			readErr = r.round(ctx, true)
		}
	}
	if readErr != nil {
		return readErr
	}
	if err := o.owedInPause(ctx); err != nil {
		return err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.fault
}

// owedInPause says that mail is due and waits because the provider wants a pause.
func (o *office) owedInPause(ctx context.Context) error {
	due, err := o.Box.NextDue(ctx, o.account.Name)
	if _, isDue := o.untilDue(due); err != nil || !isDue {
		return err
	}
	return o.inPause()
}

// inPause says that nothing is sent for now; nil where it may be.
func (o *office) inPause() error {
	until, is := o.paused()
	if !is {
		return nil
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	return &Error{Kind: Temporary, Sentence: o.stands.Why + " What waits goes on at " + until.Format("15:04") + "."}
}

// note keeps a failure that says something about the account and not about one mail.
func (o *office) note(err error) {
	if k := KindOf(err); k == Temporary || k == Auth || k == TLS {
		o.mu.Lock()
		o.fault = err
		o.mu.Unlock()
	}
}

// Probe tries both servers of an account without reading or sending anything. The errors are worded
// for the rep.
func (e *Engine) Probe(ctx context.Context, account string) (imap, smtp error) {
	for _, o := range e.offices {
		if o.account.Name != account {
			continue
		}
		defer o.insist()()
		if o.reads() {
			imap = worded(account, o.probeIMAP(ctx))
		}
		if o.sends() {
			if smtp = worded(account, o.probeSMTP(ctx)); smtp == nil {
				smtp = worded(account, o.inPause())
			}
		}
		return imap, smtp
	}
	err := model.Errorf(model.NotFound, "There is no account %q.", account)
	return err, err
}

func (o *office) probeIMAP(ctx context.Context) error {
	r, err := o.openReader(ctx)
	if err != nil {
		return err
	}
	r.close()
	return nil
}

func (o *office) probeSMTP(ctx context.Context) error {
	return o.loggedIn(ctx, o.account.SMTP, func(login auth.Login) error {
		return submission{server: o.endpoint(o.account.SMTP), login: login, limits: o.Limits}.probe(ctx)
	})
}

// worded gives an error of the wire the code that programs know it by; nil stays nil.
func worded(account string, err error) error {
	if err == nil {
		return nil
	}
	codes := map[Kind]model.Code{Temporary: model.Offline, Unknown: model.Offline, Auth: model.AuthError, TLS: model.BadConfig, Permanent: model.Invalid}
	if code := codes[KindOf(err)]; code != "" {
		return &model.Error{Code: code, Message: err.Error(), Err: err}
	}
	if model.CodeOf(err) != "" {
		return err
	}
	return model.Errorf(model.Invalid, "Could not sync %s; details in the log. %w", account, err)
}
