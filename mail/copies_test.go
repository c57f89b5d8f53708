package mail

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"stoke/mail/mailtest"
	"stoke/model"
)

// Whatever happens to the copy, the send is over.
func TestNoFailureOfTheCopyTouchesTheSend(t *testing.T) {
	for name, fault := range map[string]mailtest.Fault{
		"refused":      mailtest.AppendRefused(),
		"no folder":    mailtest.AppendTryCreate(),
		"silent":       mailtest.Silent(mailtest.Append),
		"line dropped": mailtest.DropRST(mailtest.Append),
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, mailtest.Options{})
			w.server.IMAP.Set(fault.Times(2))
			w.run()
			id := w.box.queue(model.Outgoing{})
			w.engine.Kick()
			w.awaitState(id, model.Sent)
			for !w.box.row(id).Copied {
				w.clock.move(time.Hour)
				w.engine.Sync()
				w.awaitEvent(model.EventSynced)
			}
			if m := w.box.row(id); m.State != model.Sent || strings.Join(w.box.turns, ",") != "1 claim,1 commit,1 accepted" {
				t.Errorf("%+v, turns %v", m, w.box.turns)
			}
			if got := w.mails(rep, "Sent"); len(got) != 1 || len(w.server.Deliveries()) != 1 {
				t.Errorf("%d copies, %d deliveries", len(got), len(w.server.Deliveries()))
			}
		})
	}
}

func TestACopyIsGivenUpInTheEnd(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.server.IMAP.Set(mailtest.AppendRefused())
	w.run()
	id := w.box.queue(model.Outgoing{})
	w.engine.Kick()
	w.awaitState(id, model.Sent)
	for !w.box.row(id).Copied {
		w.clock.move(3 * time.Hour)
		w.engine.Sync()
		w.awaitEvent(model.EventSynced)
	}
	appends := 0
	for _, c := range w.server.IMAP.Heard() {
		if strings.HasPrefix(strings.ToUpper(c), "APPEND") || strings.Contains(strings.ToUpper(c), " APPEND") {
			appends++
		}
	}
	if appends != maxCopyTries {
		t.Errorf("%d tries, want %d", appends, maxCopyTries)
	}
}

func TestWhoKeepsTheCopy(t *testing.T) {
	for _, tt := range []struct {
		host string
		mode SentCopy
		want bool
	}{
		{"mail.example.com", CopyAuto, true},
		{"mail.example.com", "", true},
		{"mail.example.com", CopyNever, false},
		{"smtp.gmail.com", CopyAuto, false},
		{"SMTP.GMAIL.COM", CopyAuto, false},
		{"smtp.office365.com", CopyAuto, false},
		{"smtp-mail.outlook.com", CopyAuto, false},
		{"smtp.gmail.com", CopyAlways, true},
		{"notgmail.com", CopyAuto, true},
	} {
		if got := (Account{SMTP: Server{Host: tt.host}, SentCopy: tt.mode}).wantsCopy(); got != tt.want {
			t.Errorf("%s %q: %v", tt.host, tt.mode, got)
		}
	}
	w := newWorld(t, mailtest.Options{})
	w.change = func(o *Options) { o.Accounts[0].SentCopy = CopyNever }
	w.run()
	id := w.box.queue(model.Outgoing{})
	w.engine.Kick()
	if err := w.box.await(testContext(t), func() bool { return w.box.rows[id].Copied }); err != nil {
		t.Fatal(err)
	}
	if got := w.mails(rep, "Sent"); len(got) != 0 {
		t.Errorf("%d copies nobody wanted", len(got))
	}
}

// An account that only sends has no folder to look into: doubt comes to the rep.
func TestAnAccountThatOnlySends(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.change = func(o *Options) { o.Accounts[0].IMAP = Server{} }
	w.server.SMTP.Set(mailtest.AcceptThenFIN().Times(1))
	w.run()
	doubt, plain := w.box.queue(model.Outgoing{}), w.box.queue(model.Outgoing{})
	w.engine.Kick()
	w.awaitState(plain, model.Sent)
	w.lookOn(doubt)
	w.awaitState(doubt, model.AskRep)
	if got := len(w.server.Deliveries()); got != 2 {
		t.Errorf("%d deliveries", got)
	}
}

// Without IDLE, or with one that is refused, mail comes by asking.
func TestMailComesByAskingWhereTheServerDoesNotTell(t *testing.T) {
	for name, spoil := range map[string]func(*mailtest.Port){
		"no IDLE":      func(p *mailtest.Port) { p.Hide("IDLE") },
		"IDLE refused": func(p *mailtest.Port) { p.Set(mailtest.Reply(mailtest.Idle, "NO not today")) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, mailtest.Options{})
			spoil(w.server.IMAP)
			w.run()
			w.awaitEvent(model.EventSynced)
			for n := range 3 {
				deliver(t, w.server, "INBOX", from(prospect, n))
				if err := w.box.await(testContext(t), func() bool { return len(w.box.received) == n+1 }); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// A line that breaks now and then is nothing to tell the rep about; one that stays broken is told once.
func TestTroubleIsToldOnce(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.run()
	w.awaitEvent(model.EventSynced)
	w.awaitEvent(model.EventSynced)
	w.server.IMAP.Drop()
	w.awaitEvent(model.EventSynced)
	if err := w.server.IMAP.Refuse(true); err != nil {
		t.Fatal(err)
	}
	w.server.IMAP.Drop()
	if ev := w.awaitEvent(model.EventTrouble); !strings.Contains(ev.Text, "127.0.0.1") {
		t.Errorf("it says %q", ev.Text)
	}
	for range 5 {
		w.engine.Sync() // each a new attempt, refused
	}
	if err := w.server.IMAP.Refuse(false); err != nil {
		t.Fatal(err)
	}
	w.engine.Sync()
	told := 0
	for ev := (model.Event{}); ev.Kind != model.EventSynced; {
		select {
		case ev = <-w.events:
		case <-testContext(t).Done():
			t.Fatal("it never came back")
		}
		if ev.Kind == model.EventTrouble {
			told++
		}
	}
	if told != 0 {
		t.Errorf("the same trouble was told %d more times", told)
	}
}

func TestSyncNowCountsEachTimeAnew(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	e := w.newEngine("watch")
	for n := range 3 {
		w.box.queue(model.Outgoing{})
		deliver(t, w.server, "INBOX", from(prospect, n))
		if rep := e.SyncNow(testContext(t))[0]; rep.Sent != 1 || rep.Replies != 1 || rep.Err != nil {
			t.Errorf("round %d: %+v", n, fmt.Sprint(rep))
		}
	}
}
