package mail

import (
	"errors"
	"strings"
	"testing"

	"stoke/mail/mailtest"
	"stoke/model"
)

// A single sync does not wait for a disk that stays full, as a program does that goes on: control comes back, says why,
// and nothing else leaves. The next one finds the truth.
func TestASyncComesBackFromADiskThatStaysFull(t *testing.T) {
	for _, method := range []string{"Claim", "Freeze", "Commit", "Settle"} {
		t.Run(method, func(t *testing.T) {
			w := newWorld(t, mailtest.Options{SavesSent: true})
			w.patient()
			ids := []int64{w.box.queue(model.Outgoing{}), w.box.queue(model.Outgoing{})}
			broken := []string{method}
			if method != "Claim" {
				broken = append(broken, "Settle") // a full disk takes nothing
			}
			for _, m := range broken {
				w.box.breaks(m, func() error { return errors.New("the disk is full") })
			}
			r := w.newEngine("first").SyncNow(testContext(t))[0]
			if r.Err == nil || !strings.Contains(r.Err.Error(), "disk is full") {
				t.Errorf("it says %v", r.Err)
			}
			want := 0
			if method == "Settle" {
				want = 1
			}
			if n := len(w.server.Deliveries()); n != want {
				t.Errorf("%d mails left, want %d", n, want)
			}
			for _, m := range broken {
				w.box.breaks(m, nil)
			}
			if r := w.newEngine("second").SyncNow(testContext(t))[0]; r.Err != nil {
				t.Error(r.Err)
			}
			for _, id := range ids {
				if m := w.box.row(id); m.State != model.Sent {
					t.Errorf("mail %d is %s: %s", id, m.State, m.Error)
				}
			}
			if n := len(w.server.Deliveries()); n != len(ids) {
				t.Errorf("%d deliveries of %d mails", n, len(ids))
			}
		})
	}
}

// A program that goes on waits for room, and says what it waits for.
func TestAMailThatCannotBeWrittenDownIsTold(t *testing.T) {
	w := newWorld(t, mailtest.Options{SavesSent: true})
	w.patient()
	w.box.breaks("Settle", func() error { return errors.New("the disk is full") })
	w.run()
	id := w.box.queue(model.Outgoing{})
	w.engine.Kick()
	if ev := w.awaitEvent(model.EventTrouble); !strings.Contains(ev.Text, "the disk is full") || !strings.Contains(ev.Text, "nothing else leaves") {
		t.Errorf("it says %q", ev.Text)
	}
	w.box.breaks("Settle", nil)
	w.awaitState(id, model.Sent)
	if n := len(w.server.Deliveries()); n != 1 {
		t.Errorf("%d deliveries", n)
	}
}
