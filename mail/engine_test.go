package mail

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"stoke/mail/mailtest"
	"stoke/model"
)

func TestASentMailIsThereOnceAndInSentOnce(t *testing.T) {
	for _, saves := range []bool{false, true} {
		t.Run(fmt.Sprintf("server saves copies: %v", saves), func(t *testing.T) {
			w := newWorld(t, mailtest.Options{SavesSent: saves})
			w.run()
			id := w.box.queue(model.Outgoing{InReplyTo: "them@prospect.example", References: []string{"root@prospect.example", "them@prospect.example"}})
			w.engine.Kick()
			m := w.awaitState(id, model.Sent)
			if err := w.box.await(testContext(t), func() bool { return w.box.rows[id].Copied }); err != nil {
				t.Fatal("the copy was not settled")
			}
			got := w.mails(prospect, "INBOX")
			if len(got) != 1 || got[0] != string(m.Raw) {
				t.Fatalf("the prospect has %q, the outbox %q", got, m.Raw)
			}
			for _, want := range []string{"Message-ID: <out-1@stoke.example>", "In-Reply-To: <them@prospect.example>", "X-Stoke-Id: stoke-1", "To: Dana <dana@prospect.example>", "Subject: The slots you asked for"} {
				if strings.Count(got[0], want+"\r\n") != 1 {
					t.Errorf("%q is not there once in %s", want, got[0])
				}
			}
			if sent := w.mails(rep, "Sent"); len(sent) != 1 || sent[0] != string(m.Raw) {
				t.Errorf("Sent holds %d mails: %q", len(sent), sent)
			}
			if strings.Join(w.box.turns, ",") != "1 claim,1 commit,1 accepted" {
				t.Errorf("turns %v", w.box.turns)
			}
		})
	}
}

func TestAReplyArrivesWhileWeWait(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.run()
	w.awaitEvent(model.EventSynced)
	answer := []byte("From: Dana <dana@prospect.example>\r\nTo: ines@stoke.example\r\nSubject: Re: slots \x1b[31m\r\nMessage-Id: <answer@prospect.example>\r\n\r\nTuesday is fine. Which room?\r\n")
	deliver(t, w.server, "INBOX", []byte("From: stranger@elsewhere.example\r\nTo: ines@stoke.example\r\nSubject: Buy\r\nMessage-Id: <spam@x.example>\r\n\r\nBuy!\r\n"), answer)
	ev := w.awaitEvent(model.EventReplied)
	w.box.mu.Lock()
	got := w.box.received
	w.box.mu.Unlock()
	if ev.Contact != 7 || len(got) != 1 || got[0].MessageID != "answer@prospect.example" || got[0].Verdict.Text == "" || !got[0].Verdict.AsksQuestion || got[0].Own {
		t.Errorf("event %+v, received %+v", ev, got)
	}
	if strings.ContainsRune(got[0].Subject, 0x1b) {
		t.Errorf("an escape in %q", got[0].Subject)
	}
}

// After every kind of doubt nothing is sent again by itself; the Sent folder, or the rep, decides.
func TestDoubtIsSettledFromTheSentFolder(t *testing.T) {
	for _, tt := range []struct {
		name      string
		fault     mailtest.Fault
		saves     bool
		want      model.State
		delivered int
	}{
		{"accepted, answer lost, a copy is there", mailtest.AcceptThenRST().Times(1), true, model.Sent, 1},
		{"accepted, answer lost, no copies on this server", mailtest.AcceptThenFIN().Times(1), false, model.AskRep, 1},
		{"never accepted", mailtest.DropFIN(mailtest.AfterDot).Times(1), true, model.AskRep, 0},
		{"accepted, silence", mailtest.AcceptThenSilent().Times(1), true, model.Sent, 1},
		{"accepted, a blank line before 250", mailtest.BlankLine(mailtest.AfterDot).Times(1), true, model.Sent, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, mailtest.Options{SavesSent: tt.saves})
			w.server.SMTP.Set(tt.fault)
			w.run()
			id := w.box.queue(model.Outgoing{})
			w.engine.Kick()
			w.awaitState(id, model.Uncertain, model.AskRep, model.Sent)
			w.lookOn(id)
			m := w.awaitState(id, model.Sent, model.AskRep)
			if m.State != tt.want {
				t.Errorf("the mail is %s, want %s (turns %v)", m.State, tt.want, w.box.turns)
			}
			if got := len(w.mails(prospect, "INBOX")); got != tt.delivered {
				t.Errorf("%d mails were delivered, want %d", got, tt.delivered)
			}
		})
	}
}

func TestTheRepSendsAgainWithTheSameBytes(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.server.SMTP.Set(mailtest.Reply(mailtest.AfterDot, "451 4.3.0 later").Times(1))
	w.run()
	id := w.box.queue(model.Outgoing{})
	w.engine.Kick()
	if err := w.box.await(testContext(t), func() bool { return len(w.box.rows[id].Raw) > 0 && w.box.rows[id].State == model.Queued }); err != nil {
		t.Fatal(err)
	}
	first := w.box.row(id)
	w.clock.move(10 * time.Minute)
	w.engine.Kick()
	m := w.awaitState(id, model.Sent)
	if string(m.Raw) != string(first.Raw) || w.mails(prospect, "INBOX")[0] != string(first.Raw) {
		t.Error("the second attempt sent other bytes")
	}
}

func TestWhatTheServerRefusesIsNotTriedAgain(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.server.SMTP.Set(mailtest.RefuseRecipient("cc@elsewhere.example", "550 5.1.1 no such user"))
	w.run()
	id := w.box.queue(model.Outgoing{Cc: []model.Address{{Addr: "cc@elsewhere.example"}}})
	w.engine.Kick()
	m := w.awaitState(id, model.Failed)
	if !strings.Contains(m.Error, "cc@elsewhere.example") || !strings.Contains(m.Reply, "no such user") {
		t.Errorf("it says %q, %q", m.Error, m.Reply)
	}
	if got := w.mails(prospect, "INBOX"); len(got) != 0 {
		t.Error("somebody else got it")
	}
	if ev := w.awaitEvent(model.EventFailed); ev.Outgoing != id {
		t.Errorf("event %+v", ev)
	}
}

func TestAStopConditionAtTheLastMomentStopsTheMail(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.box.stop[1] = "Dana has answered."
	w.run()
	id := w.box.queue(model.Outgoing{})
	w.engine.Kick()
	if m := w.awaitState(id, model.Cancelled); m.Error != "Dana has answered." {
		t.Errorf("%+v", m)
	}
	if len(w.server.Deliveries()) != 0 {
		t.Error("it went out")
	}
}

// The machine sleeps between the claim and the dot: what arrived meanwhile is read before it leaves.
func TestASleepBeforeTheDotHoldsTheMail(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	asleep := make(chan struct{})
	w.server.SMTP.Set(mailtest.Late(mailtest.Rcpt, asleep).Times(1).OnStrike(func() {
		w.clock.move(2 * time.Hour)
		close(asleep)
	}))
	w.limits.Idle = patience // so that no look comes between by itself
	w.run()
	id := w.box.queue(model.Outgoing{})
	w.engine.Kick()
	w.awaitState(id, model.Sent)
	if turns := strings.Join(w.box.turns, ","); turns != "1 claim,1 later,1 claim,1 commit,1 accepted" {
		t.Errorf("turns %s", turns)
	}
	if got := len(w.server.Deliveries()); got != 1 {
		t.Errorf("%d deliveries", got)
	}
}

func TestNoDotAfterAFailedCommit(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	full := errors.New("database or disk is full")
	w.box.breaks("Commit", func() error { return full })
	w.box.breaks("Settle", func() error { return full })
	w.run()
	id := w.box.queue(model.Outgoing{})
	w.engine.Kick()
	if err := w.box.await(testContext(t), func() bool { return len(w.box.rows[id].Raw) > 0 }); err != nil {
		t.Fatal(err)
	}
	w.box.breaks("Settle", nil) // there is room again
	if m := w.awaitState(id, model.Queued); m.Error == "" {
		t.Errorf("%+v", m)
	}
	if len(w.server.Deliveries()) != 0 {
		t.Fatal("it went out")
	}
	w.box.breaks("Commit", nil)
	w.clock.move(10 * time.Minute)
	w.engine.Kick()
	w.awaitState(id, model.Sent)
	if len(w.server.Deliveries()) != 1 {
		t.Errorf("%d deliveries", len(w.server.Deliveries()))
	}
}

func TestAWrongPasswordIsToldOnceAndNotHammered(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.server.IMAP.Set(mailtest.LoginRefused())
	w.server.SMTP.Set(mailtest.AuthRefused())
	w.run()
	if ev := w.awaitEvent(model.EventTrouble); !strings.Contains(ev.Text, "refused the log-in") {
		t.Errorf("event %+v", ev)
	}
	id := w.box.queue(model.Outgoing{Unsynced: true})
	w.engine.Kick()
	w.awaitEvent(model.EventTrouble)
	if m := w.awaitState(id, model.Queued); m.Attempts != 0 {
		t.Errorf("an attempt was counted: %+v", m)
	}
	logins := 0
	for _, c := range append(w.server.IMAP.Heard(), w.server.SMTP.Heard()...) {
		if u := strings.ToUpper(c); strings.Contains(u, "AUTH") || strings.Contains(u, "LOGIN") {
			logins++
		}
	}
	if logins > 4 {
		t.Errorf("%d log-ins were tried", logins)
	}
	w.server.IMAP.Clear()
	w.server.SMTP.Clear()
	w.engine.Sync()
	w.awaitState(id, model.Sent)
}

func TestTheInboxIsReadBeforeAnythingLeaves(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	if err := w.server.IMAP.Refuse(true); err != nil {
		t.Fatal(err)
	}
	w.run()
	held, forced := w.box.queue(model.Outgoing{}), w.box.queue(model.Outgoing{Unsynced: true})
	w.engine.Kick()
	w.awaitState(forced, model.Sent)
	if m := w.box.row(held); m.State != model.Queued || m.Attempts != 0 {
		t.Errorf("without a look into the inbox: %+v", m)
	}
	if err := w.server.IMAP.Refuse(false); err != nil {
		t.Fatal(err)
	}
	w.engine.Sync()
	w.awaitState(held, model.Sent)
}

func TestOneProcessSends(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	endFirst := w.run()
	w.awaitEvent(model.EventSynced)
	second := w.newEngine("second")
	runEngine(t, second)
	if ev := w.awaitEvent(model.EventStandby); !strings.Contains(ev.Text, "Another stoke") {
		t.Errorf("event %+v", ev)
	}
	if rep := w.newEngine("third").SyncNow(testContext(t)); !rep[0].Elsewhere || rep[0].Err != nil {
		t.Errorf("report %+v", rep)
	}
	var ids []int64
	for range 5 {
		ids = append(ids, w.box.queue(model.Outgoing{}))
	}
	second.Kick()
	w.awaitState(ids[1], model.Sent)
	endFirst()
	for _, id := range ids {
		w.awaitState(id, model.Sent)
	}
	if got := len(w.server.Deliveries()); got != 5 {
		t.Errorf("%d deliveries of 5 mails", got)
	}
}

// A lock that cannot be opened is not a lock that another stoke holds.
func TestALockThatCannotBeOpenedIsSaid(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	if err := os.Mkdir(lockOf(w.dir, "work").Path(), 0o700); err != nil { // refused to root, too
		t.Fatal(err)
	}
	w.run()
	if ev := w.awaitEvent(model.EventTrouble); !strings.Contains(ev.Text, "engine-work.lock cannot be opened") {
		t.Errorf("the rep is told %q", ev.Text)
	}
	if rep := w.newEngine("once").SyncNow(testContext(t))[0]; rep.Elsewhere || rep.Err == nil || !strings.Contains(rep.Err.Error(), "cannot be opened") {
		t.Errorf("%+v", rep)
	}
}

func TestSyncNowDoesEverythingOnce(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	deliver(t, w.server, "INBOX", numbered(1), numbered(2))
	id := w.box.queue(model.Outgoing{})
	rep := w.newEngine("once").SyncNow(testContext(t))[0]
	if rep.Err != nil || rep.Sent != 1 || rep.Replies != 2 || rep.Fetched < 2 || rep.Account != "work" || rep.Took <= 0 {
		t.Errorf("report %+v", rep)
	}
	if m := w.box.row(id); m.State != model.Sent || !m.Copied {
		t.Errorf("mail %+v", m)
	}
	w.server.IMAP.Set(mailtest.LoginRefused())
	if rep := w.newEngine("once").SyncNow(testContext(t))[0]; model.CodeOf(rep.Err) != model.AuthError {
		t.Errorf("report %+v", rep)
	}
}

func TestLeavingIsQuickAtEveryMoment(t *testing.T) {
	for _, tt := range []struct {
		name string
		set  func(*world, func())
		want []model.State
	}{
		{"while SMTP is silent at RCPT", func(w *world, struck func()) {
			w.server.SMTP.Set(mailtest.Silent(mailtest.Rcpt).OnStrike(struck))
		}, []model.State{model.Queued}},
		{"while the dot waits for its answer", func(w *world, struck func()) {
			w.server.SMTP.Set(mailtest.AcceptThenSilent().OnStrike(struck))
		}, []model.State{model.Uncertain}},
		{"while IMAP is silent", func(w *world, struck func()) {
			w.server.IMAP.Set(mailtest.Silent(mailtest.Fetch).OnStrike(struck))
		}, []model.State{model.Queued, model.Sent}},
		{"while nobody answers at all", func(w *world, struck func()) {
			w.server.IMAP.Set(mailtest.BlackHole().OnStrike(struck))
		}, []model.State{model.Queued}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, mailtest.Options{})
			w.limits = Limits{Leave: 500 * time.Millisecond, Tick: 20 * time.Millisecond}
			deliver(t, w.server, "INBOX", numbered(1))
			struck := make(chan struct{})
			var once sync.Once
			tt.set(w, func() { once.Do(func() { close(struck) }) })
			end := w.run()
			id := w.box.queue(model.Outgoing{})
			w.engine.Kick()
			select {
			case <-struck:
			case <-time.After(patience):
				t.Fatal("the moment did not come")
			}
			end()
			m := w.box.row(id)
			for _, s := range tt.want {
				if m.State == s {
					return
				}
			}
			t.Errorf("the mail is %s, want %v; turns %v", m.State, tt.want, w.box.turns)
		})
	}
}

// A panic anywhere in the engine ends it in order, and is an error of Run.
func TestAPanicIsAnErrorOfRun(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.box.breaks("Claim", func() error { panic("a bug") })
	e := w.newEngine("first")
	w.box.queue(model.Outgoing{Unsynced: true})
	done := make(chan error, 1)
	go func() { done <- e.Run(t.Context()) }()
	select {
	case err := <-done:
		if err == nil || !strings.Contains(err.Error(), "a bug") {
			t.Errorf("got %v", err)
		}
	case <-time.After(patience):
		t.Fatal("Run did not return")
	}
}
