package mail

import (
	"context"
	"sync"

	"stoke/model"
)

// Feed keeps events between the engine, which must not wait, and a screen that may be busy for an hour (the rep's own
// editor has the terminal). Events that only say the same again are told once. The zero Feed is not usable.
type Feed struct {
	ready bell
	mu    sync.Mutex
	list  []model.Event
}

// NewFeed makes an empty Feed.
func NewFeed() *Feed { return &Feed{ready: newBell()} }

// Put adds an event. It never blocks and may be called from any goroutine; it fits Options.Events.
func (f *Feed) Put(ev model.Event) {
	f.mu.Lock()
	if n := len(f.list); n > 0 && repeats(f.list[n-1], ev) {
		f.list[n-1] = ev
	} else {
		f.list = append(f.list, ev)
	}
	f.mu.Unlock()
	f.ready.ring()
}

// repeats tells whether b makes a needless: only time and progress differ.
func repeats(a, b model.Event) bool {
	a.At, a.Done, a.Total = b.At, b.Done, b.Total
	if a.Kind == model.EventChanged && a.Text == "" && b.Text == "" {
		a.Contact, a.Outgoing = b.Contact, b.Outgoing // either asks for a reload of all that is shown
	}
	return a == b
}

// Run gives what was put to send, in its order, until ctx ends. send may block.
func (f *Feed) Run(ctx context.Context, send func(model.Event)) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-f.ready:
		}
		f.mu.Lock()
		list := f.list
		f.list = nil
		f.mu.Unlock()
		for _, ev := range list {
			send(ev)
		}
	}
}
