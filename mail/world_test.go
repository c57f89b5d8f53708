package mail

import (
	"context"
	"net"
	"sync"
	"testing"
	"time"

	"stoke/mail/mailtest"
	"stoke/model"
)

// clock is a hand-set clock that also runs on with real time.
type clock struct {
	mu    sync.Mutex
	begin time.Time
	at    time.Time
}

func newClock() *clock { return &clock{begin: time.Now(), at: epoch} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at.Add(time.Since(c.begin))
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// world is a rep's stoke against a provider.
type world struct {
	t      *testing.T
	server *mailtest.Server
	box    *memBox
	clock  *clock
	events chan model.Event
	dir    string
	limits Limits
	change func(*Options)
	engine *Engine
}

func newWorld(t *testing.T, o mailtest.Options) *world {
	c := newClock()
	o.Now = c.now
	w := &world{t: t, server: start(t, o), clock: c, box: newMemBox(c.now), events: make(chan model.Event, 4096), dir: t.TempDir(), limits: quick}
	w.limits.Copy, w.limits.Retry, w.limits.Standby, w.limits.Tick = 20*time.Millisecond, 20*time.Millisecond, 20*time.Millisecond, 20*time.Millisecond
	w.limits.Idle = 300 * time.Millisecond
	return w
}

// patient is for servers that always answer: on a busy machine an answer may take longer than a test of silence waits, and
// that would be trouble of another kind than the test is about.
func (w *world) patient() {
	w.limits.Connect, w.limits.Command, w.limits.Whole, w.limits.Dot = patience, patience, patience, patience
}

func (w *world) account() Account {
	imap, smtp := endpointOf(w.t, w.server, w.server.IMAP, Plain), endpointOf(w.t, w.server, w.server.SMTP, Plain)
	return Account{
		Name: "work", Own: []string{rep}, SentCopy: CopyAuto,
		IMAP: Server{Host: imap.host, Port: imap.port, Security: Plain, User: rep},
		SMTP: Server{Host: smtp.host, Port: smtp.port, Security: Plain, User: rep},
	}
}

func (w *world) newEngine(owner string) *Engine {
	w.t.Helper()
	o := Options{
		Box: w.box, Accounts: []Account{w.account()}, Now: w.clock.now, Limits: w.limits, Owner: owner, LockDir: w.dir,
		Secret: func(context.Context, string) (string, error) { return repPass, nil },
		Dial:   (&net.Dialer{}).DialContext,
		Events: func(ev model.Event) {
			select {
			case w.events <- ev:
			default:
			}
		},
	}
	if w.change != nil {
		w.change(&o)
	}
	e, err := New(o)
	if err != nil {
		w.t.Fatal(err)
	}
	return e
}

// run starts the engine; end stops it and fails the test when it does not return in time.
func (w *world) run() (end func()) {
	w.t.Helper()
	w.engine = w.newEngine("first")
	return runEngine(w.t, w.engine)
}

func runEngine(t *testing.T, e *Engine) (end func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- e.Run(ctx) }()
	var once sync.Once
	end = func() {
		once.Do(func() {
			cancel()
			select {
			case err := <-done:
				if err != nil {
					t.Errorf("the engine ended with %v", err)
				}
			case <-time.After(3 * time.Second):
				t.Error("the engine did not end within 3 s")
			}
		})
	}
	t.Cleanup(end)
	return end
}

func (w *world) awaitState(id int64, states ...model.State) model.Outgoing {
	w.t.Helper()
	m, err := w.box.awaitState(testContext(w.t), id, states...)
	if err != nil {
		w.t.Fatalf("mail %d is %s (%s, %s), wanted %v; turns %v", id, m.State, m.Error, m.Reply, states, w.box.turns)
	}
	return m
}

// lookOn lets the time of the looks pass (0, 1, 5, 15, 60 minutes) until a mail is in doubt no more.
func (w *world) lookOn(id int64) {
	w.t.Helper()
	for m := w.box.row(id); m.State.Owed(); m = w.box.row(id) {
		w.clock.move(time.Hour)
		if err := w.box.await(testContext(w.t), func() bool { return w.box.rows[id].Looks > m.Looks || !w.box.rows[id].State.Owed() }); err != nil {
			w.t.Fatalf("no look: looks %d, turns %v", m.Looks, w.box.turns)
		}
	}
}

func (w *world) awaitEvent(kind model.EventKind) model.Event {
	w.t.Helper()
	ctx := testContext(w.t)
	for {
		select {
		case ev := <-w.events:
			if ev.Kind == kind {
				return ev
			}
		case <-ctx.Done():
			w.t.Fatalf("no event %s", kind)
		}
	}
}

func (w *world) mails(user, mailbox string) []string {
	w.t.Helper()
	raws, err := w.server.Mails(user, mailbox)
	if err != nil {
		w.t.Fatal(err)
	}
	var out []string
	for _, raw := range raws {
		out = append(out, string(raw))
	}
	return out
}
