package mail

import (
	"context"
	"fmt"
	"math/rand/v2"
	"regexp"
	"testing"
	"time"

	"stoke/mail/mailtest"
	"stoke/model"
)

// storm is how many mails go through the storm, and how often a process is killed in it.
const (
	stormMails = 400
	stormKills = 60
)

// Three processes share one outbox and are killed at random, while the server fails at random. In
// the end every mail is where the outbox says it is.
func TestThreeProcessesInAStorm(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	dice := rand.New(rand.NewPCG(seed, 1))
	w := newWorld(t, mailtest.Options{SavesSent: true})
	w.limits.Dot, w.limits.Standby, w.limits.Tick = 50*time.Millisecond, 5*time.Millisecond, 5*time.Millisecond
	for range stormMails {
		w.box.queue(model.Outgoing{})
	}

	type process struct {
		*victim
		end func()
	}
	number := 0
	spawn := func() process {
		v := newVictim()
		number++
		w.change = func(o *Options) { o.Box, o.Dial = disk{w.box, v, ""}, v.dial }
		return process{v, runEngine(t, w.newEngine(fmt.Sprintf("process %d", number)))}
	}
	processes := []process{spawn(), spawn(), spawn()}
	faults := []func() mailtest.Fault{
		func() mailtest.Fault { return mailtest.AcceptThenRST() }, func() mailtest.Fault { return mailtest.AcceptThenSilent() },
		func() mailtest.Fault { return mailtest.DropFIN(mailtest.AfterDot) }, func() mailtest.Fault { return mailtest.DropRST(mailtest.Body) },
		func() mailtest.Fault { return mailtest.Reply(mailtest.AfterDot, "451 4.3.0 later") }, func() mailtest.Fault { return mailtest.Reply(mailtest.Data, "421 4.3.2 bye") },
	}
	for range stormKills {
		if dice.IntN(3) == 0 {
			w.server.SMTP.Set(faults[dice.IntN(len(faults))]().Times(1))
		}
		sleep(t.Context(), time.Duration(dice.IntN(30))*time.Millisecond)
		if dice.IntN(4) == 0 {
			w.clock.move(5 * time.Minute)
		}
		i := dice.IntN(len(processes))
		processes[i].kill()
		processes[i].end()
		processes[i] = spawn()
	}
	for _, p := range processes {
		p.kill()
		p.end()
	}

	w.server.SMTP.Clear()
	w.change = nil
	w.limits.Dot, w.limits.Tick = 5*time.Second, 100*time.Millisecond // the server is whole again, only slow where the machine is busy
	last := w.newEngine("last")
	end := runEngine(t, last)
	owed := func() bool {
		for _, m := range w.box.rows {
			if m.State.Owed() {
				return true
			}
		}
		return false
	}
	ctx, cancel := context.WithTimeout(t.Context(), 6*patience) // the race detector makes every conversation many times slower
	defer cancel()
	busy := func() bool { // something may leave now, or is on its way
		for _, m := range w.box.rows {
			if m.State == model.Queued && !m.NextAt.After(w.clock.now()) || m.State == model.Claimed || m.State == model.Committing {
				return true
			}
		}
		return false
	}
	for {
		last.Sync()
		w.awaitEvent(model.EventSynced)
		// Time passes only when all that could leave has left: it makes what is known of the inbox stale, and a slow machine
		// would never get to send.
		err := w.box.await(ctx, func() bool { return !busy() })
		w.box.mu.Lock()
		more := owed()
		w.box.mu.Unlock()
		if err == nil && !more {
			break
		}
		w.clock.move(15 * time.Minute)
		if err != nil {
			states := map[model.State]int{}
			w.box.mu.Lock()
			for _, m := range w.box.rows {
				states[m.State]++
			}
			w.box.mu.Unlock()
			t.Fatalf("the outbox is never done: %v", states)
		}
	}
	end()

	delivered := map[string]int{}
	id := regexp.MustCompile(`Message-ID: <([^>]+)>`)
	for _, raw := range w.mails(prospect, "INBOX") {
		delivered[id.FindStringSubmatch(raw)[1]]++
	}
	states := map[model.State]int{}
	for _, m := range w.box.rows {
		states[m.State]++
		n := delivered[m.MessageID]
		switch {
		case n > 1:
			t.Errorf("%s was delivered %d times; it is %s", m.MessageID, n, m.State)
		case m.State == model.Sent && n != 1, m.State == model.AskRep && n != 0, m.State != model.Sent && m.State != model.AskRep && n != 0:
			t.Errorf("%s is %s and was delivered %d times", m.MessageID, m.State, n)
		}
	}
	if t.Failed() {
		t.Logf("turns %v", w.box.turns)
	}
	t.Logf("%v after %d processes", states, number+1)
}
