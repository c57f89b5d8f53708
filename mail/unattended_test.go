package mail

import (
	"context"
	"errors"
	"testing"
	"time"

	"stoke/mail/mailtest"
	"stoke/model"
)

// DOMAIN.md, sequences: a step with `auto` goes by itself. So it does wherever an engine works: beside the screen, in
// `stoke sync --watch`, and in a `stoke sync` that cron runs.
func TestWhatGoesByItselfLeavesWhileWatching(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	e := w.newEngine("watch")
	ctx, cancel := context.WithCancel(testContext(t))
	ended := make(chan error, 1)
	go func() { ended <- e.Watch(ctx, func(model.Synced) {}) }()
	for n := range int64(2) { // not only at the start
		w.box.ripens(model.Outgoing{})
		if err := w.box.await(ctx, func() bool { return w.box.rows[n+1] != nil && w.box.rows[n+1].State == model.Sent }); err != nil {
			t.Fatalf("mail %d: %v", n, err)
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if n := len(w.server.Deliveries()); n != 2 {
		t.Errorf("%d mails arrived", n)
	}
}

func TestASyncSendsAllThatIsOwed(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.box.ripens(model.Outgoing{})
	w.box.queue(model.Outgoing{})
	undoable := w.box.queue(model.Outgoing{SendAfter: w.clock.now().Add(300 * time.Millisecond)})
	w.box.queue(model.Outgoing{SendAfter: w.clock.now().Add(24 * time.Hour)}) // planned: cron comes again
	deliver(t, w.server, "INBOX", from(prospect, 1))
	r := w.newEngine("once").SyncNow(testContext(t))[0]
	if r.Err != nil || r.Sent != 3 || r.Replies != 1 || r.Took < 250*time.Millisecond {
		t.Errorf("%+v", r)
	}
	if m := w.box.row(undoable); m.State != model.Sent {
		t.Errorf("%+v", m)
	}
}

func TestASyncThatCannotTellWhatGoesByItselfSaysSoAndSendsTheRest(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.box.queue(model.Outgoing{})
	w.box.breaks("Auto", func() error { return errors.New("disk full") })
	if r := w.newEngine("once").SyncNow(testContext(t))[0]; r.Err == nil || r.Sent != 1 {
		t.Errorf("%+v", r)
	}
}
