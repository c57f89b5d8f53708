package mail

import (
	"context"
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"stoke/mail/auth"
	"stoke/model"
)

// loggedIn runs f with the account's log-in at one of its servers; f's error says by its Kind whether
// the server let us in. A refused log-in is not tried again by this process before its secret is another
// one or the rep asks for it, as by starting another; SyncNow, which cron may run, rests. Only a token that was refused is renewed
// and tried once more: it may have ended a moment ago.
func (o *office) loggedIn(ctx context.Context, s Server, f func(auth.Login) error) error {
	for try := 0; ; try++ {
		secret, err := o.secretFor(ctx, s)
		if err != nil {
			if KindOf(err) == Auth {
				o.refusedBy(s, "", err)
			}
			return err
		}
		login := auth.Login{}
		if s.User != "" {
			login = loginWith(s, secret)
			if says := o.wasRefused(s, secret); says != "" {
				return &Error{Kind: Auth, Sentence: strings.TrimRight(says, ". ") + ". It was not tried again with the same secret; R or stoke doctor tries it."}
			}
		}
		err = f(login)
		if KindOf(err) != Auth {
			if err == nil || KindOf(err) == Permanent || KindOf(err) == Unknown {
				o.letIn(s)
			}
			return err
		}
		if secret == "" {
			return err
		}
		o.forgetSecret(s, secret)
		if s.Bearer && try == 0 {
			again, gone := o.secretFor(ctx, s)
			switch {
			case KindOf(gone) == Auth:
				o.refusedBy(s, "", gone) // it says more: the provider ended the sign-in
				return gone
			case gone != nil:
				return gone
			case again != secret:
				continue
			}
		}
		o.refusedBy(s, secret, err)
		return err
	}
}

func loginWith(s Server, secret string) auth.Login {
	if s.Bearer {
		return auth.NewBearer(s.User, secret, s.Host, s.Port).Only(s.Mechanism)
	}
	return auth.NewLogin(s.User, secret).Only(s.Mechanism)
}

// secretFor is the secret for a server, "" where none is needed. A password is kept until it is
// refused; a token is asked for anew each time, because it ends.
func (o *office) secretFor(ctx context.Context, s Server) (string, error) {
	if s.User == "" {
		return "", nil
	}
	o.mu.Lock()
	secret := o.secret
	o.mu.Unlock()
	if secret != "" && !s.Bearer {
		return secret, nil
	}
	secret, err := o.Secret(ctx, o.account.Name)
	if err != nil {
		return "", o.noSecret(ctx, s, err)
	}
	if !s.Bearer {
		o.mu.Lock()
		o.secret = secret
		o.mu.Unlock()
	}
	return secret, nil
}

// noSecret words why there is no secret, and tells what may pass from what only the rep can mend.
func (o *office) noSecret(ctx context.Context, s Server, err error) error {
	if ctx.Err() != nil {
		return wireError(s.Host, context.Cause(ctx))
	}
	e := &Error{Kind: Auth, Err: err, Sentence: "The password of " + o.account.Name + " could not be had: " + strings.TrimPrefix(words(err.Error()), auth.ErrNoSecret.Error()+": ") + "."}
	over, ended := errors.AsType[*auth.SignInError](err)
	refused, wrong := errors.AsType[*auth.Refused](err)
	switch {
	case ended:
		e.Sentence = words(over.Error()) + "."
	case wrong:
		e.Sentence = "No sign-in for " + o.account.Name + ": " + words(refused.Error()) + "."
	case errors.Is(err, auth.ErrVaultBusy), errors.Is(err, auth.ErrProvider):
		e.Kind = Temporary
		e.Sentence = "No log-in for " + o.account.Name + " now: " + words(err.Error()) + "."
	}
	return e
}

// forgetSecret drops a secret that was refused; the rep may have changed it meanwhile.
func (o *office) forgetSecret(s Server, secret string) {
	o.mu.Lock()
	o.secret = ""
	o.mu.Unlock()
	if s.Bearer && o.TokenRefused != nil {
		o.TokenRefused(o.account.Name, secret)
	}
}

// wasRefused gives what is known of a log-in that was refused before, "" when it may be tried.
func (o *office) wasRefused(s Server, secret string) string {
	o.mu.Lock()
	defer o.mu.Unlock()
	r, ok := o.stands.Refused[s.at()]
	if ok && !o.insists && r.same(s, secret) && (o.tried[s.at()] || o.oneShot && r.rests(o.Now())) {
		return r.Says
	}
	return ""
}

// refusedBy notes a refused log-in, for this process and those after it, and asks the rep, once.
func (o *office) refusedBy(s Server, secret string, err error) {
	e, ok := errors.AsType[*Error](err)
	if !ok {
		return
	}
	o.changeStanding(func(st *standing) {
		if st.Refused == nil {
			st.Refused = map[string]refusal{}
		}
		st.Refused[s.at()] = newRefusal(s, secret, e.Error(), st.Refused[s.at()], o.Now())
		o.tried[s.at()] = true
	})
}

// letIn takes back what stood against a server that lets us in now.
func (o *office) letIn(s Server) {
	o.mu.Lock()
	_, was := o.stands.Refused[s.at()]
	o.mu.Unlock()
	if was {
		o.changeStanding(func(st *standing) { delete(st.Refused, s.at()) })
	}
}

// pause holds the whole account's sending until a moment, because the provider asked for it.
func (o *office) pause(until time.Time, why string) {
	o.changeStanding(func(st *standing) { st.Until, st.Why = until, why })
}

// paused tells until when nothing may be sent; a pause that is over is taken away.
func (o *office) paused() (until time.Time, is bool) {
	o.mu.Lock()
	until = o.stands.Until
	o.mu.Unlock()
	if until.IsZero() {
		return until, false
	}
	now := o.Now()
	if now.Before(until) && until.Sub(now) <= longestPause { // a clock that was set back must not hold mail for years
		return until, true
	}
	o.changeStanding(func(st *standing) { st.Until, st.Why = time.Time{}, "" })
	return time.Time{}, false
}

// changeStanding changes how the account stands, in memory, on disk and on the screen.
func (o *office) changeStanding(change func(*standing)) {
	o.mu.Lock()
	change(&o.stands)
	err := o.stands.write(o.LockDir, o.account.Name)
	o.onDisk = err == nil
	says, brief := o.stands.asks(o.account.Name)
	news := says != o.asked
	o.asked = says
	o.mu.Unlock()
	if err != nil {
		o.Log.Error("how an account stands with its provider cannot be written down", "account", o.account.Name, "error", err)
	}
	if news {
		o.tell(model.Event{Kind: model.EventRequest, Account: o.account.Name, Text: says, Brief: brief})
	}
}

// asks is what the rep is asked for, as a sentence and in a few words; "" when all is well. A refusal
// comes before a pause.
func (s standing) asks(account string) (says, brief string) {
	for _, at := range slices.Sorted(maps.Keys(s.Refused)) {
		return account + ": " + s.Refused[at].Says, s.Refused[at].Brief
	}
	if s.Why != "" {
		at := s.Until.Format("15:04")
		return account + ": " + s.Why + " What waits goes on at " + at + ".", "sends again at " + at
	}
	return "", ""
}

// takeOver reads what an earlier process was told.
func (o *office) takeOver() {
	o.changeStanding(func(st *standing) { *st = readStanding(o.LockDir, o.account.Name) })
}

// insist lets log-ins be tried until done, without forgetting what was refused: a probe that fails
// changes nothing.
func (o *office) insist() (done func()) {
	o.takeOver()
	set := func(on bool) {
		o.mu.Lock()
		defer o.mu.Unlock()
		o.insists = on
	}
	set(true)
	return func() { set(false) }
}

// hurry ends the wait after a failure, but for a log-in that was refused: asking for its secret again may
// have the rep unlock a store for nothing.
func (o *office) hurry() {
	o.mu.Lock()
	_, refused := o.stands.Refused[o.account.IMAP.at()]
	o.mu.Unlock()
	if !refused {
		o.retryBell.ring()
	}
}

// watchStanding notices that another process took the account's standing away: the rep signed in.
func (o *office) watchStanding(ctx context.Context) {
	for ctx.Err() == nil {
		sleep(ctx, o.Limits.Tick)
		o.mu.Lock()
		bad := o.onDisk && !o.stands.good()
		o.mu.Unlock()
		if !bad {
			continue
		}
		if _, err := os.Stat(standingPath(o.LockDir, o.account.Name)); errors.Is(err, os.ErrNotExist) {
			o.wanted()
			o.outboxBell.ring()
		}
	}
}

// wanted takes back what was concluded from refusals and pauses: the rep asks for another try.
func (o *office) wanted() {
	o.changeStanding(func(st *standing) { *st = standing{} })
	o.mu.Lock()
	o.refused, o.secret = false, ""
	clear(o.tried)
	o.mu.Unlock()
	o.retryBell.ring()
}
