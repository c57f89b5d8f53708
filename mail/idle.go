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
// a renewal has come, or ctx ends; which of them does not matter, the caller looks. Where the server
// has IDLE (RFC 2177) it tells at once; elsewhere the wait lasts limits.Poll.
//
// A dead peer is not noticed while nothing is said; it is by the DONE at the end of the wait, which
// must be answered in limits.Command.
func (s *session) idle(ctx context.Context, poke <-chan struct{}) error {
	if !s.caps.Has(imap.CapIdle) {
		_, err := s.rest(ctx, poke, s.limits.Poll)
		return err
	}
	for _, most := range []time.Duration{settleTime, s.limits.Idle} {
		if stirred, err := s.idleOnce(ctx, poke, most); stirred || err != nil {
			return err
		}
	}
	return nil
}

func (s *session) idleOnce(ctx context.Context, poke <-chan struct{}, most time.Duration) (stirred bool, err error) {
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
		return false, err
	}
	stirred, waited := s.rest(ctx, poke, most)
	if waited != nil {
		s.link.fail(errLeft)
		end() // only to free the library's goroutine; the connection is closed
		return false, waited
	}
	if err := s.ask(ctx, "end its wait", imapBudget, end); err != nil {
		return false, err
	}
	select {
	case <-s.wake:
		stirred = true
	default:
	}
	return stirred, nil
}

// rest waits without saying anything; it tells whether something happened.
func (s *session) rest(ctx context.Context, poke <-chan struct{}, most time.Duration) (stirred bool, err error) {
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-s.wake:
		return true, nil
	case <-poke:
		return true, nil
	case <-timer.C:
		return false, nil
	case <-ctx.Done():
		return false, wireError(s.server.host, context.Cause(ctx))
	case <-s.client.Closed():
		return false, wireError(s.server.host, s.link.why(errors.New("connection closed")))
	}
}
