package story

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net/mail"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"stoke/mail/mailtest"
	"stoke/model"
	"stoke/store"
	"stoke/store/storetest"
)

// stormMails is how many mails go through the storm: a thousand where everything is tested, fewer where a developer waits.
func stormMails() int {
	if os.Getenv("STOKE_TEST_SERVERS") == "1" {
		return 1000
	}
	return 150
}

// Three processes of the real program work on one database, each killed with -9 at moments nobody chose and started
// again, while the server fails now and then. In the end every mail is where the outbox says it is. The oracle is what
// the server accepted. STOKE_STORM_SEED runs one storm's dice again.
func TestThreeProgramsInAStorm(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	if given, err := strconv.ParseUint(os.Getenv("STOKE_STORM_SEED"), 10, 64); err == nil {
		seed = given
	}
	r := newRep(t, mailtest.Options{SavesSent: true})
	r.adjusts("[outbox]\npace_day = 0\npace_hour = 0\npace_gap = \"0s\"\n")
	mails := stormMails()
	s := queueMany(r, mails)
	t.Logf("%d mails (1,000 with STOKE_TEST_SERVERS=1), seed %d", mails, seed)

	w := &weather{rep: r, store: s, mails: mails}
	var programs sync.WaitGroup
	for slot := range uint64(3) {
		programs.Go(func() { w.rage(rand.New(rand.NewPCG(seed, slot))) })
	}
	programs.Wait()
	if kills := int(w.kills.Load()); kills < mails/30 {
		t.Errorf("only %d programs were killed before %d of %d mails had left", kills, len(r.server.Deliveries()), mails)
	}

	r.server.SMTP.Clear()
	calm := 0
	for ; calm < 40; calm++ {
		r.tries("--now", in(w.later()+time.Duration(calm)*15*time.Minute), "sync")
		if n, err := s.Owed(t.Context()); err != nil {
			t.Fatal(err)
		} else if n == 0 {
			break
		}
	}

	delivered, inSent := map[string]int{}, map[string]int{}
	for _, d := range r.server.Deliveries() {
		delivered[messageID(t, d.Raw)]++
	}
	for _, raw := range sentCopies(r) {
		inSent[messageID(t, raw)]++
	}
	all, err := s.Outbox(t.Context(), 10*mails)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != mails {
		t.Errorf("the outbox shows %d mails of %d", len(all), mails)
	}
	states := map[model.State]int{}
	for _, m := range all {
		states[m.State]++
		n := delivered[m.MessageID]
		delete(delivered, m.MessageID)
		switch m.State {
		case model.Sent:
			if n != 1 {
				t.Errorf("mail %d is called sent and was delivered %d times", m.ID, n)
			}
		case model.AskRep:
			if n != 0 { // each delivery has its copy in Sent, which settles the doubt
				t.Errorf("the rep is asked about mail %d, which was delivered %d times with %d copies in Sent", m.ID, n, inSent[m.MessageID])
			}
		default:
			t.Errorf("mail %d ends as %s (%s) with %d deliveries", m.ID, m.State, m.Error, n)
		}
	}
	for id, n := range delivered {
		t.Errorf("%s was delivered %d times and is in no outbox", id, n)
	}
	t.Logf("%v after %d programs and %d kills, %d calm syncs", states, w.started.Load(), w.kills.Load(), calm+1)
}

// weather is a storm over one rep's programs.
type weather struct {
	*rep
	store          *store.Store
	mails          int
	started, kills atomic.Int64
}

// later is how far the storm's clock is ahead: it gains some minutes with every few kills, so that what the server put
// off comes due again. It stays far below a day, after which mails go back to the rep.
func (w *weather) later() time.Duration {
	return min(time.Minute+time.Duration(w.kills.Load())*30*time.Second, 6*time.Hour)
}

// toGo is how many mails nobody knows anything of yet; the others are sent, or in doubt until an hour has passed.
func (w *weather) toGo() (n int) {
	all, err := w.store.Outbox(context.Background(), 1)
	if err != nil {
		w.t.Error(err)
	}
	for _, m := range all {
		if m.State == model.Queued || m.State == model.Claimed {
			n++
		}
	}
	return n
}

// rage keeps one program running until nearly everything has left, killing it at random moments.
func (w *weather) rage(dice *rand.Rand) {
	faults := []func() mailtest.Fault{
		mailtest.AcceptThenRST, mailtest.AcceptThenFIN, mailtest.AcceptThenSilent,
		func() mailtest.Fault { return mailtest.DropFIN(mailtest.AfterDot) }, func() mailtest.Fault { return mailtest.DropRST(mailtest.Body) },
		func() mailtest.Fault { return mailtest.Cut(mailtest.AfterDot, 2) }, func() mailtest.Fault { return mailtest.Repeat(mailtest.AfterDot) },
		func() mailtest.Fault { return mailtest.Reply(mailtest.AfterDot, "451 4.3.0 Try later") },
		func() mailtest.Fault { return mailtest.Reply(mailtest.Data, "421 4.3.2 Restarting") },
		func() mailtest.Fault { return mailtest.DropRST(mailtest.Quit) },
	}
	most := 200 * time.Millisecond // that a program lives
	for end := time.Now().Add(40 * time.Second); time.Now().Before(end); {
		before := len(w.server.Deliveries())
		if w.toGo() <= w.mails/20 {
			return
		}
		if dice.IntN(3) == 0 {
			w.server.SMTP.Set(faults[dice.IntN(len(faults))]().Times(1))
		}
		args := []string{"--now", in(w.later()), "sync"}
		if dice.IntN(3) == 0 {
			args = append(args, "--watch")
		}
		w.runs(50*time.Millisecond+time.Duration(dice.Int64N(int64(most))), args...)
		// On a busy machine programs would die before they have done anything; on an idle one none would die at work.
		if most = most * 3 / 4; len(w.server.Deliveries()) == before {
			most *= 2
		}
		most = min(max(most, 100*time.Millisecond), 3*time.Second)
	}
}

// runs starts a program and kills it after a while, if it is not done by then.
func (w *weather) runs(life time.Duration, args ...string) {
	cmd := w.command(args...)
	if err := cmd.Start(); err != nil {
		w.t.Error(err)
		return
	}
	w.started.Add(1)
	end := time.AfterFunc(life, func() { _ = cmd.Process.Kill() })
	_ = cmd.Wait()
	if !end.Stop() {
		w.kills.Add(1)
	}
}

// storeOf opens the database of a rep as its programs do, with their clock and no undo window.
func storeOf(r *rep) *store.Store {
	r.t.Helper()
	rules := storetest.Rulebook(r.t)
	rules.Me.Addr = me
	rules.Rules.UndoWindow = 0
	ids := 0
	s, err := store.Open(filepath.Join(r.data, "stoke.db"), store.Options{
		Now: time.Now, Rules: func() *model.Rulebook { return &rules }, NewID: func() string { ids++; return fmt.Sprintf("story%d", ids) },
		Sender: func(string) (model.Address, bool) { return rules.Me, true }, OwnAddresses: func() []string { return []string{me} }, NeedsSync: func(string) bool { return true },
	})
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() {
		if err := s.Close(); err != nil {
			r.t.Error(err)
		}
	})
	return s
}

// queueMany puts mails to as many people into the rep's outbox, without a program for each, and gives the store through
// which the outbox is read.
func queueMany(r *rep, n int) *store.Store {
	r.t.Helper()
	s := storeOf(r)
	people := make([]model.Dossier, n)
	for i := range people {
		people[i].Contact = model.Contact{Name: fmt.Sprintf("Person %d", i), Emails: []string{fmt.Sprintf("person%d@company%d.example", i, i)}}
	}
	added, err := s.AddDossiers(r.t.Context(), people)
	if err != nil {
		r.t.Fatal(err)
	}
	for i, id := range added {
		d := model.Draft{Contact: id, Account: "work", To: []model.Address{{Addr: people[i].Contact.Emails[0]}}, Subject: "Docks", Body: "Hello,\n\nshall we talk on Thursday?\n", Edited: true}
		if _, _, err := s.Send(r.t.Context(), model.Approval{Draft: d, Single: true}); err != nil {
			r.t.Fatal(err)
		}
	}
	return s
}

func messageID(t *testing.T, raw []byte) string {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil || m.Header.Get("Message-Id") == "" {
		t.Fatalf("no Message-ID: %v\n%s", err, raw)
	}
	return m.Header.Get("Message-Id")[1 : len(m.Header.Get("Message-Id"))-1]
}
