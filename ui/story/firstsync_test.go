package story

import (
	"fmt"
	"testing"
	"time"

	"stoke/model"
	"stoke/store/storetest"
)

// While the first sync of a full mailbox runs, the queue stands on the screen within two seconds of the start, and a new
// mail within two seconds of its delivery. What was there first is the newest of the old mailbox.
func TestTheFirstSyncKeepsNobodyWaiting(t *testing.T) {
	f := newFull(t, 40_000)
	var toQueue, toMail time.Duration
	for range rounds { // one is enough to show that it can be done: others use the machine
		if toQueue, toMail = duringFirstSync(t, f); max(toQueue, toMail) <= 2*time.Second {
			return
		}
	}
	t.Errorf("the first queue stood on the screen after %v, a new mail after %v", toQueue, toMail)
}

// The same as figures, on as many mails as a benchmark has.
func BenchmarkTheScreenDuringAFirstSync(b *testing.B) {
	f := newFull(b, benchMails())
	var toQueue, toMail time.Duration
	for b.Loop() {
		queue, mail := duringFirstSync(b, f)
		toQueue, toMail = toQueue+queue, toMail+mail
	}
	b.ReportMetric(1000*toQueue.Seconds()/float64(b.N), "ms-queue")
	b.ReportMetric(1000*toMail.Seconds()/float64(b.N), "ms-new-mail")
}

// duringFirstSync starts stoke on an empty desk that knows some of those who wrote, waits for them on the screen, delivers a
// mail of one who has never written, and waits for that. The first sync must still run then.
func duringFirstSync(t testing.TB, f full) (toQueue, toMail time.Duration) {
	t.Helper()
	f.fresh(t)
	s := storeOf(f.rep)
	address := fmt.Sprintf("lena%d@late.example", time.Now().UnixNano()) // a mailbox keeps what a former round put there
	late := model.Contact{Name: "Lena Late", Emails: []string{address}}
	if _, err := s.AddDossiers(t.Context(), []model.Dossier{{Contact: late}}); err != nil {
		t.Fatal(err)
	}
	stoke(t) // is built by now
	began := time.Now()
	x := f.screen(120, 40)
	x.sees("Person ", "replied")
	toQueue = time.Since(began)

	x.press("7") // People, of whom Lena is the first
	x.sees("Lena Late", "Nothing has happened yet")
	raw := fmt.Sprintf("From: Lena Late <%s>\r\nTo: %s\r\nSubject: The docks\r\nMessage-ID: <1%s>\r\n\r\nWhen could we start?\r\n", address, f.servers.User, address)
	began = time.Now()
	f.servers.Deliver(t, f.servers.User, []byte(raw))
	x.sees("When could we start?")
	toMail = time.Since(began)
	c, err := s.Cursor(t.Context(), storetest.Account, "INBOX")
	if err != nil {
		t.Fatal(err)
	}
	if c.Below == 0 {
		t.Errorf("the first sync was over by then: it proves nothing")
	}
	t.Logf("the queue after %v, a new mail after %v, %d mails still to be read", toQueue, toMail, c.Below)
	x.press("C-c")
	x.ended()
	return toQueue, toMail
}

// A first sync from Dovecot that is killed goes on where it stood, from the newest mail to the oldest, and what it told once
// it does not tell again.
func TestAFirstSyncFromDovecotThatIsKilledGoesOn(t *testing.T) {
	const mails, kills, octets = 20_000, 4, 2_300_000 // all mails are 11.8 MB on the wire
	f := newFull(t, mails)
	wire := narrowed(t, f.rep, f.servers.IMAPS)
	ids := f.fresh(t)
	s := storeOf(f.rep)
	below := func() uint32 {
		c, err := s.Cursor(t.Context(), storetest.Account, "INBOX")
		if err != nil {
			t.Fatal(err)
		}
		return c.Below
	}
	stood, told := uint32(mails), 0
	for n := range kills {
		wire.allow(octets)
		cmd := f.command("sync")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		eventually(t, "the sync goes on", func() bool { b := below(); return b > 0 && b+1500 < stood && wire.holds() })
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		now := below()
		if now == 0 || now >= stood {
			t.Fatalf("kill %d: it stands at %d, and stood at %d", n, now, stood)
		}
		stood, told = now, threads(t, s, ids)
	}
	if told == 0 || told >= mails/10 {
		t.Fatalf("%d of %d mails were stored when the last one was killed; the kills prove nothing", told, mails/10)
	}
	wire.allow(1 << 30)
	var done []struct{ Replies, Fetched int }
	f.asks(&done, "sync")
	if len(done) != 1 || done[0].Replies != mails/10-told {
		t.Errorf("the last sync tells %+v, want the %d that were missing", done, mails/10-told)
	}
	if n := threads(t, s, ids); n != mails/10 {
		t.Errorf("%d mails in the threads, want %d", n, mails/10)
	}
	if f.asks(&done, "sync"); done[0].Replies != 0 || done[0].Fetched != 0 {
		t.Errorf("one more sync tells %+v", done)
	}
}
