package mail

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"stoke/mail/mailtest"
	"stoke/model"
)

// victim is a process that can be killed: from that moment on nothing it does reaches the disk or
// the wire, and whatever it waits for never comes.
type victim struct {
	once  sync.Once
	dead  chan struct{}
	mu    sync.Mutex
	conns []net.Conn
	watch func(method string) // told before each that the living call; may be nil
}

var errKilled = errors.New("killed")

func newVictim() *victim { return &victim{dead: make(chan struct{})} }

func (v *victim) kill() {
	v.once.Do(func() {
		close(v.dead)
		v.mu.Lock()
		defer v.mu.Unlock()
		for _, c := range v.conns {
			c.Close()
		}
	})
}

func (v *victim) isDead() bool {
	select {
	case <-v.dead:
		return true
	default:
		return false
	}
}

func (v *victim) dial(ctx context.Context, network, address string) (net.Conn, error) {
	c, err := (&net.Dialer{}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.isDead() {
		c.Close()
		return nil, errKilled
	}
	v.conns = append(v.conns, c)
	return c, nil
}

// disk is the victim's view of the Box: it kills before or after a method, and is out of reach for
// the dead.
type disk struct {
	Box
	*victim
	at string // like "before Commit" or "after Settle"
}

func (d disk) step(method string, f func() error) error {
	if d.at == "before "+method {
		d.kill()
	}
	if d.isDead() {
		return errKilled
	}
	if d.watch != nil {
		d.watch(method)
	}
	err := f()
	if d.at == "after "+method {
		d.kill()
	}
	if d.isDead() {
		return errKilled
	}
	return err
}

func (d disk) Claim(ctx context.Context, account, owner string, synced bool) (m *model.Outgoing, err error) {
	err = d.step("Claim", func() error { m, err = d.Box.Claim(ctx, account, owner, synced); return err })
	if err != nil {
		m = nil
	}
	return m, err
}

func (d disk) Freeze(ctx context.Context, id int64, owner string, raw []byte, sentNext uint32) error {
	return d.step("Freeze", func() error { return d.Box.Freeze(ctx, id, owner, raw, sentNext) })
}

func (d disk) Commit(ctx context.Context, id int64, owner string) error {
	return d.step("Commit", func() error { return d.Box.Commit(ctx, id, owner) })
}

func (d disk) Settle(ctx context.Context, id int64, owner string, result model.Result) (m model.Outgoing, err error) {
	err = d.step("Settle", func() error { m, err = d.Box.Settle(ctx, id, owner, result); return err })
	return m, err
}

func (d disk) Copied(ctx context.Context, id int64) error {
	return d.step("Copied", func() error { return d.Box.Copied(ctx, id) })
}

func (d disk) Receive(ctx context.Context, account, mailbox string, batch []model.Inbound, cursor model.Cursor) (got model.Received, err error) {
	err = d.step("Receive", func() error { got, err = d.Box.Receive(ctx, account, mailbox, batch, cursor); return err })
	return got, err
}

func (d disk) Looked(ctx context.Context, id int64, found bool, evidence string) (m model.Outgoing, err error) {
	err = d.step("Looked", func() error { m, err = d.Box.Looked(ctx, id, found, evidence); return err })
	return m, err
}

func (d disk) Recover(ctx context.Context, account string) (a, b int, err error) {
	err = d.step("Recover", func() error { a, b, err = d.Box.Recover(ctx, account); return err })
	return a, b, err
}

// The proof of the promise: a process dies at every point of a send, with and without a fault at the
// dot, another one starts; what the mailbox behind the server holds is what the outbox says.
func TestDeathAtEveryPointOfASend(t *testing.T) {
	var points []string
	for _, method := range []string{"Claim", "Freeze", "Commit", "Settle", "Copied", "Looked"} {
		points = append(points, "before "+method, "after "+method)
	}
	for _, phase := range []mailtest.Phase{mailtest.Connect, mailtest.Greeting, mailtest.EHLO, mailtest.Auth, mailtest.Mail, mailtest.Rcpt, mailtest.Data, mailtest.Body, mailtest.AfterDot, mailtest.Quit, mailtest.Append} {
		points = append(points, "at "+string(phase))
	}
	late := []string{"before Commit", "after Commit", "before Settle", "after Settle", "before Looked", "after Looked", "after Copied", "at " + string(mailtest.AfterDot), "at " + string(mailtest.Append)}
	faults := map[string]func(released <-chan struct{}) mailtest.Fault{
		"no fault":              nil,
		"FIN, not accepted":     func(<-chan struct{}) mailtest.Fault { return mailtest.DropFIN(mailtest.AfterDot).Times(1) },
		"RST, accepted":         func(<-chan struct{}) mailtest.Fault { return mailtest.AcceptThenRST().Times(1) },
		"silence, accepted":     func(<-chan struct{}) mailtest.Fault { return mailtest.AcceptThenSilent().Times(1) },
		"black hole at the dot": func(<-chan struct{}) mailtest.Fault { return mailtest.Silent(mailtest.AfterDot).Times(1) },
		"the answer comes late": func(c <-chan struct{}) mailtest.Fault { return mailtest.Late(mailtest.AfterDot, c).Times(1) },
		"421 at the dot": func(<-chan struct{}) mailtest.Fault {
			return mailtest.Reply(mailtest.AfterDot, "421 4.3.0 bye").Times(1)
		},
		"554 at the dot": func(<-chan struct{}) mailtest.Fault {
			return mailtest.Reply(mailtest.AfterDot, "554 5.7.1 no").Times(1)
		},
		"a blank line before 250": func(<-chan struct{}) mailtest.Fault { return mailtest.BlankLine(mailtest.AfterDot).Times(1) },
		"accepted, an answer cut": func(<-chan struct{}) mailtest.Fault { return mailtest.AcceptThenReply("25").Times(1) },
		"451 before anything else": func(<-chan struct{}) mailtest.Fault {
			return mailtest.Reply(mailtest.Greeting, "451 4.3.2 later").Times(1)
		},
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			for _, saves := range []bool{true, false} {
				if !saves && name != "no fault" && !strings.Contains(name, "accepted") {
					continue
				}
				for _, point := range points {
					if name != "no fault" && !slices.Contains(late, point) {
						continue // the fault is at the dot, and this process does not come there
					}
					t.Run(fmt.Sprintf("%s, server saves copies %v", point, saves), func(t *testing.T) { dieAndRecover(t, point, saves, fault) })
				}
			}
		})
	}
}

func dieAndRecover(t *testing.T, point string, saves bool, fault func(<-chan struct{}) mailtest.Fault) {
	w := newWorld(t, mailtest.Options{SavesSent: saves})
	w.limits.Dot = 60 * time.Millisecond
	v := newVictim()
	released := make(chan struct{})
	if phase, ok := strings.CutPrefix(point, "at "); ok {
		// A fault that does nothing but tell the moment: the answer goes on at once.
		open := make(chan struct{})
		close(open)
		w.server.SMTP.Set(mailtest.Late(mailtest.Phase(phase), open).OnStrike(v.kill).Times(1))
		w.server.IMAP.Set(mailtest.Late(mailtest.Phase(phase), open).OnStrike(v.kill).Times(1))
	}
	if fault != nil {
		w.server.SMTP.Set(fault(released))
	}
	id := w.box.queue(model.Outgoing{})

	w.change = func(o *Options) { o.Box, o.Dial = disk{w.box, v, point}, v.dial }
	first := w.newEngine("first")
	endFirst := runEngine(t, first)
	settled := make(chan struct{})
	ctx, cancel := context.WithCancel(testContext(t))
	go func() {
		defer close(settled)
		_ = w.box.await(ctx, func() bool {
			m := w.box.rows[id]
			return m.Copied || m.State == model.Failed || m.Looks > 0 || m.State == model.Queued && m.Attempts > 0 || m.State == model.AskRep
		})
	}()
	select {
	case <-v.dead:
	case <-settled: // this point is not on this way
	case <-ctx.Done():
		t.Fatalf("nothing happened: %+v", w.box.row(id))
	}
	v.kill()
	cancel()
	<-settled
	endFirst()
	close(released)

	w.server.SMTP.Clear()
	w.server.IMAP.Clear()
	w.change = nil
	second := w.newEngine("second")
	endSecond := runEngine(t, second)
	ctx, cancel = context.WithCancel(testContext(t))
	defer cancel()
	// An hour passes whenever the engine has nothing to do but wait.
	for m := w.box.row(id); m.State.Owed() || m.State == model.Sent && !m.Copied; m = w.box.row(id) {
		w.clock.move(time.Hour)
		second.Sync()
		w.awaitEvent(model.EventSynced)
		if ctx.Err() != nil {
			t.Fatalf("it never comes to an end: %+v, turns %v", m, w.box.turns)
		}
	}
	endSecond()

	m, delivered, inSent := w.box.row(id), len(w.mails(prospect, "INBOX")), len(w.mails(rep, "Sent"))
	if delivered > 1 || inSent > 1 {
		t.Errorf("%d deliveries, %d copies; turns %v", delivered, inSent, w.box.turns)
	}
	switch m.State {
	case model.Sent:
		if delivered != 1 || inSent != 1 {
			t.Errorf("it is called sent; %d deliveries, %d copies; turns %v", delivered, inSent, w.box.turns)
		}
	case model.AskRep:
		if delivered == 1 && inSent == 1 {
			t.Errorf("a copy is in Sent, yet the rep is asked; turns %v", w.box.turns)
		}
	case model.Failed, model.Cancelled, model.Queued:
		if delivered != 0 {
			t.Errorf("it is %s, yet it was delivered; turns %v", m.State, w.box.turns)
		}
	default:
		t.Errorf("it ends as %s; turns %v", m.State, w.box.turns)
	}
}
