package mail

import (
	"context"
	"errors"
	"time"

	"github.com/emersion/go-imap/v2"
)

// idle waits until something may have changed in the open mailbox, poke is signalled, the time for
// a renewal has come, or ctx ends; which of them does not matter, the caller looks. Where the server
// has IDLE (RFC 2177) it tells at once; elsewhere the wait lasts limits.Poll.
//
// A dead peer is not noticed while nothing is said; it is by the DONE at the end of the wait, which
// must be answered in limits.Command.
func (s *session) idle(ctx context.Context, poke <-chan struct{}) error {
	if !s.caps.Has(imap.CapIdle) {
		return s.rest(ctx, poke, s.limits.Poll)
	}
	var end func() error
	err := s.ask(ctx, "wait with us", imapBudget, func() error {
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
		return err
	}
	waited := s.rest(ctx, poke, s.limits.Idle)
	if ctx.Err() != nil {
		s.link.fail(errLeft)
		end()
		return waited
	}
	if err := s.ask(ctx, "end its wait", imapBudget, end); err != nil {
		return err
	}
	return waited
}

// rest waits without saying anything.
func (s *session) rest(ctx context.Context, poke <-chan struct{}, most time.Duration) error {
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-s.wake:
	case <-poke:
	case <-timer.C:
	case <-ctx.Done():
		return wireError(s.server.host, context.Cause(ctx))
	case <-s.client.Closed():
		return wireError(s.server.host, s.link.why(errors.New("connection closed")))
	}
	return nil
}
