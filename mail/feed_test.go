package mail

import (
	"context"
	"strings"
	"testing"

	"stoke/mail/mailtest"
	"stoke/model"
)

func TestAFeedNeverBlocksAndSaysNothingTwice(t *testing.T) {
	f := NewFeed()
	for n := range 1000 {
		f.Put(model.Event{Kind: model.EventChanged, Outgoing: int64(n)})
		f.Put(model.Event{Kind: model.EventChanged})
	}
	for n := range 1000 {
		f.Put(model.Event{Kind: model.EventSyncing, Account: "work", Done: n, Total: 1000})
	}
	f.Put(model.Event{Kind: model.EventReplied, Contact: 1, Text: "Dana replied"})
	f.Put(model.Event{Kind: model.EventReplied, Contact: 2, Text: "Lee replied"})
	ctx, cancel := context.WithCancel(testContext(t))
	var got []model.Event
	f.Run(ctx, func(ev model.Event) {
		if got = append(got, ev); len(got) == 4 {
			f.Put(model.Event{Kind: model.EventDoubt}) // while the screen is told
		}
		if ev.Kind == model.EventDoubt {
			cancel()
		}
	})
	if len(got) != 5 || got[1].Done != 999 || got[2].Contact != 1 || got[3].Contact != 2 {
		t.Errorf("%+v", got)
	}
}

func TestWatchingKeepsItsConnectionAndReportsEachLook(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	deliver(t, w.server, "INBOX", from(prospect, 1))
	w.box.queue(model.Outgoing{})
	reports := make(chan model.Synced, 100)
	ctx, cancel := context.WithCancel(testContext(t))
	ended := make(chan error, 1)
	tp := &tapped{}
	w.change = func(o *Options) { o.Dial = tp.Dial }
	e := w.newEngine("watch")
	go func() { ended <- e.Watch(ctx, func(r model.Synced) { reports <- r }) }()
	replies, sent := 0, 0
	for replies < 2 || sent < 1 {
		select {
		case r := <-reports:
			if r.Account != "work" || r.Err != nil || r.Replies > 1 {
				t.Fatalf("%+v", r)
			}
			if replies == 0 && r.Replies == 1 {
				deliver(t, w.server, "INBOX", from(prospect, 2))
			}
			replies, sent = replies+r.Replies, sent+r.Sent
		case <-ctx.Done():
			t.Fatalf("%d replies, %d sent", replies, sent)
		}
	}
	cancel()
	if err := <-ended; err != nil || replies != 2 || sent != 1 {
		t.Errorf("%d replies, %d sent, %v", replies, sent, err)
	}
	readers := 0
	for n := range tp.connections() {
		if strings.Contains(strings.Join(tp.said(n), "\n"), "FETCH") {
			readers++
		}
	}
	if logins := strings.Count(strings.ToUpper(strings.Join(w.server.IMAP.Heard(), "\n")), "AUTHENTICATE"); readers != 1 || logins > 2 {
		t.Errorf("%d connections read, and %d logged in; one reads and one listens", readers, logins)
	}
}
