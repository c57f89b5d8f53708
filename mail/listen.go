package mail

import (
	"context"
	"errors"

	"github.com/emersion/go-imap/v2"

	"stoke/mail/auth"
)

// inboxName is how every server calls the mailbox in which new mail arrives (RFC 9051, section 5.1).
const inboxName = "INBOX"

// listen keeps a second connection, which does nothing but hear of new mail in INBOX (EXAMINE and IDLE) and ring: what is
// read is read by the other one, which may be busy with an old mailbox for minutes. It fails by itself, without a word to
// the rep: where a provider allows one connection only, or while the second one is away, the first waits as if it were alone
// (reader.wait). It logs in only once the first has, and what is refused to it is no verdict on the secret.
func (o *office) listen(ctx context.Context) {
	if !o.reads() {
		return
	}
	select {
	case <-o.letUsIn:
	case <-ctx.Done():
		return
	}
	for failed := 0; ctx.Err() == nil; {
		entered := o.entered.wait()
		good, err := o.hear(ctx)
		if ctx.Err() != nil || err == nil {
			return
		}
		if KindOf(err) == Auth {
			// A provider locks an account after some refused log-ins. Whether another is worth it is known when the first
			// connection, which tells the rep, was let in anew.
			o.Log.Info("the listening connection was not let in", "account", o.account.Name)
			select {
			case <-entered:
			case <-o.listenBell:
			case <-ctx.Done():
			}
			continue
		}
		failed++
		if good {
			failed = 1
		}
		if refusesSecond(err) {
			failed = maxFailures
		}
		wait := backOff(o.Limits.Retry, failed)
		o.Log.Info("the listening connection is away", "account", o.account.Name, "error", err.Error(), "again_in", wait)
		sleep(ctx, wait, o.listenBell)
	}
}

// maxFailures are so many that backOff waits its longest.
const maxFailures = 10

// refusesSecond tells a server that was reached and said no from a line that is down.
func refusesSecond(err error) bool {
	_, no := errors.AsType[*imap.Error](err)
	return no || KindOf(err) == Auth || KindOf(err) == Permanent
}

// hear listens until the connection breaks or ctx ends; nil means that the server has no IDLE, so that there is nothing to
// hear. good tells that it lasted beyond one wait.
func (o *office) hear(ctx context.Context) (good bool, err error) {
	s, err := o.secondSession(ctx)
	if err != nil {
		return false, err
	}
	defer s.Close()
	if !s.canIdle() {
		return false, nil
	}
	if _, err := s.examine(ctx, inboxName); err != nil {
		return false, err
	}
	o.setListening(true)
	defer o.setListening(false)
	for s.canIdle() {
		server, err := s.idle(ctx, o.listenBell)
		if err != nil {
			return good, err
		}
		good = true
		if server {
			o.newMail.ring()
		}
	}
	return good, nil
}

func (o *office) secondSession(ctx context.Context) (*session, error) {
	secret, err := o.secretFor(ctx, o.account.IMAP)
	if err != nil {
		return nil, err
	}
	if says := o.wasRefused(o.account.IMAP, secret); says != "" {
		return nil, &Error{Kind: Auth, Sentence: says}
	}
	login := auth.Login{}
	if o.account.IMAP.User != "" {
		login = loginWith(o.account.IMAP, secret)
	}
	return logIn(ctx, o.endpoint(o.account.IMAP), login, o.Limits)
}

// setListening says whether there is an ear on INBOX. The reader then looks: what came between its last look and this
// moment was heard by nobody.
func (o *office) setListening(on bool) {
	o.mu.Lock()
	o.listening = on
	o.mu.Unlock()
	o.newMail.ring()
}

// wait waits until something may have changed: by the listening connection where there is one, else by itself. server
// tells that it was INBOX that changed.
func (r *reader) wait(ctx context.Context) (server bool, err error) {
	r.mu.Lock()
	listening := r.listening
	r.mu.Unlock()
	if !listening {
		return r.session.idle(ctx, r.inboxBell)
	}
	w, err := r.session.rest(ctx, r.inboxBell, r.Limits.Idle)
	return w == wokenByServer, err
}
