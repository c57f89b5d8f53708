package mail

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"
)

// bell wakes one sleeper; ringing never blocks, and rings before the sleep are not lost.
type bell chan struct{}

func newBell() bell { return make(bell, 1) }

func (b bell) ring() {
	select {
	case b <- struct{}{}:
	default:
	}
}

// horn wakes everybody who waits at that moment.
type horn struct {
	mu sync.Mutex
	ch chan struct{}
}

func (h *horn) wait() <-chan struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ch == nil {
		h.ch = make(chan struct{})
	}
	return h.ch
}

func (h *horn) blow() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ch != nil {
		close(h.ch)
		h.ch = nil
	}
}

// sleep waits for a time, one of the signals, or the end of ctx, whichever is first.
func sleep(ctx context.Context, d time.Duration, wakers ...<-chan struct{}) {
	var first, second <-chan struct{}
	if len(wakers) > 0 {
		first = wakers[0]
	}
	if len(wakers) > 1 {
		second = wakers[1]
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-first:
	case <-second:
	case <-ctx.Done():
	}
}

// backOff is how long to wait after so many failures in a row: doubled each time up to 300 times
// the first, less up to a half, so that many programs do not come back together.
func backOff(first time.Duration, failures int) time.Duration {
	d := first << min(max(failures-1, 0), 10)
	d = min(d, 300*first)
	return d - time.Duration(rand.Int64N(int64(d)/2+1))
}
