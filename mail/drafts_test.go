package mail

import (
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"

	"stoke/mail/mailtest"
	"stoke/model"
)

// Gmail keeps drafts among All Mail: what the rep began to write there is no mail to anybody.
func TestADraftInTheArchiveWasNotSent(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	s, err := logIn(testContext(t), endpointOf(t, w.server, w.server.IMAP, Plain), repLogin(), quick)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	raw := []byte("From: <" + rep + ">\r\nTo: <" + prospect + ">\r\nSubject: Not yet\r\nMessage-Id: <draft@stoke.example>\r\n\r\nHalf a thought.\r\n")
	cmd := s.client.Append("Archive", int64(len(raw)), &imap.AppendOptions{Flags: []imap.Flag{imap.FlagDraft}})
	if _, err := cmd.Write(raw); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	deliver(t, w.server, "Archive", from(prospect, 1))
	if rep := w.syncOnce(); rep.Err != nil || rep.Replies != 1 {
		t.Fatalf("%+v", rep)
	}
	if got := w.box.receivedIDs(); len(got) != 1 {
		t.Errorf("received %v", got)
	}
}

// While a copy cannot be put into Sent, mail that comes due leaves in its time: the looks for the copy grow rare, not the
// looks at the outbox.
func TestAStuckCopyHoldsNoOtherMailUp(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.limits.Tick = 100 * time.Millisecond
	w.limits.Idle = time.Hour
	w.server.IMAP.Set(mailtest.AppendRefused().Times(1000))
	w.run()
	first := w.box.queue(model.Outgoing{})
	w.engine.Kick()
	w.awaitState(first, model.Sent)
	for range 8 { // as many looks as make the next one rare
		w.engine.Kick()
		w.awaitEvent(model.EventSynced)
	}
	began := time.Now()
	id := w.box.queue(model.Outgoing{SendAfter: w.clock.now().Add(200 * time.Millisecond)})
	w.engine.Kick()
	w.awaitState(id, model.Sent)
	if took := time.Since(began); took > 700*time.Millisecond {
		t.Errorf("a mail that was due in 0.2 s left after %v", took)
	}
}
