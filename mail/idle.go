package mail

import (
	"context"
	"errors"
	"time"

	"github.com/emersion/go-imap/v2"
)

// settleTime is the length of the first IDLE after a look. Some servers keep what happened between
// the last command and IDLE to themselves until the IDLE ends, so the first one ends soon.
const settleTime = time.Second

// idle waits until something may have changed in the open mailbox, poke is signalled, the time for
// a renewal has come, or ctx ends; server tells that it was the server who spoke. Where the server
// has IDLE (RFC 2177) it tells at once; elsewhere the wait lasts limits.Poll.
//
// A dead peer is not noticed while nothing is said; it is by the DONE at the end of the wait, which
// must be answered in limits.Command.
func (s *session) idle(ctx context.Context, poke <-chan struct{}) (server bool, err error) {
	if !s.canIdle() {
		w, err := s.rest(ctx, poke, s.limits.Poll)
		return w == wokenByServer, err
	}
	for _, most := range []time.Duration{settleTime, s.limits.Idle} {
		w, err := s.idleOnce(ctx, poke, most)
		if _, refused := errors.AsType[*imap.Error](err); refused {
			s.noIdle = true // it was offered all the same
			return false, nil
		}
		if w != wokenByTime || err != nil {
			return w == wokenByServer, err
		}
	}
	return false, nil
}

func (s *session) canIdle() bool { return !s.noIdle && s.caps.Has(imap.CapIdle) }

// state is how the rep learns of new mail: "live", or "polling" every limits.Poll.
func (s *session) state() string {
	if s.canIdle() {
		return "live"
	}
	return "polling"
}

// stirred takes back the server's note that the mailbox changed since it was opened.
func (s *session) stirred() bool {
	select {
	case <-s.wake:
		return true
	default:
		return false
	}
}

// woken says what ended a wait.
type woken int

const (
	wokenByTime woken = iota
	wokenByServer
	wokenByPoke
)

func (s *session) idleOnce(ctx context.Context, poke <-chan struct{}, most time.Duration) (w woken, err error) {
	var end func() error
	err = s.ask(ctx, "wait with us", imapBudget, func() error {
		cmd, err := s.client.Idle()
		if err != nil {
			return err
		}
		end = func() error {
			if err := cmd.Close(); err != nil {
				return err
			}
			return cmd.Wait()
		}
		return nil
	})
	if err != nil {
		return w, err
	}
	w, waited := s.rest(ctx, poke, most)
	if waited != nil {
		s.link.fail(errLeft)
		_ = end() // only to free the library's goroutine; the connection is closed
		return w, waited
	}
	if err := s.ask(ctx, "end its wait", imapBudget, end); err != nil {
		return w, err
	}
	if s.stirred() {
		w = wokenByServer
	}
	return w, nil
}

// rest waits without saying anything.
func (s *session) rest(ctx context.Context, poke <-chan struct{}, most time.Duration) (woken, error) {
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-s.wake:
		return wokenByServer, nil
	case <-s.ear:
		return wokenByServer, nil
	case <-poke:
		return wokenByPoke, nil
	case <-timer.C:
		return wokenByTime, nil
	case <-ctx.Done():
		return wokenByTime, wireError(s.server.host, context.Cause(ctx))
	case <-s.client.Closed():
		return wokenByTime, wireError(s.server.host, s.link.why(errors.New("connection closed")))
	}
}
