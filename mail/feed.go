package mail

import (
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

// Ready is signalled when Take has something to give.
func (f *Feed) Ready() <-chan struct{} { return f.ready }

// Take gives what was put since the last call, in its order.
func (f *Feed) Take() []model.Event {
	f.mu.Lock()
	defer f.mu.Unlock()
	list := f.list
	f.list = nil
	return list
}
