package mail

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"stoke/mail/mailtest"
	"stoke/model"
)

// tapped keeps what each connection of a program said, in the order in which they were made.
type tapped struct {
	mu    sync.Mutex
	lines []*strings.Builder
	dial  func(n int) Dialer // for the n-th connection, from 0; nil for the network
}

func (tp *tapped) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	tp.mu.Lock()
	n, dial := len(tp.lines), (&net.Dialer{}).DialContext
	said := &strings.Builder{}
	tp.lines = append(tp.lines, said)
	tp.mu.Unlock()
	if tp.dial != nil && tp.dial(n) != nil {
		dial = tp.dial(n)
	}
	c, err := dial(ctx, network, address)
	return &tap{c, tp, said}, err
}

type tap struct {
	net.Conn
	tp   *tapped
	said *strings.Builder
}

func (t *tap) Write(p []byte) (int, error) {
	t.tp.mu.Lock()
	t.said.Write(p)
	t.tp.mu.Unlock()
	return t.Conn.Write(p)
}

// said are the commands of the n-th connection without their tags; of a log-in only its name.
func (tp *tapped) said(n int) (commands []string) {
	tp.mu.Lock()
	defer tp.mu.Unlock()
	if n >= len(tp.lines) {
		return nil
	}
	for line := range strings.SplitSeq(strings.TrimSpace(tp.lines[n].String()), "\r\n") {
		if _, command, tagged := strings.Cut(line, " "); tagged {
			line = command
		}
		if word, _, _ := strings.Cut(line, " "); word == "AUTHENTICATE" || word == "LOGIN" {
			line = word
		}
		commands = append(commands, line)
	}
	return commands
}

func (tp *tapped) connections() int {
	tp.mu.Lock()
	defer tp.mu.Unlock()
	return len(tp.lines)
}

// reading is an account that sends nothing, through a tap.
func (w *world) reading(tp *tapped) {
	account := w.account()
	account.SMTP = Server{}
	w.change = func(o *Options) { o.Accounts, o.Dial = []Account{account}, tp.Dial }
}

// The second connection looks at INBOX, waits and leaves; it reads nothing. While it listens the first one need not.
func TestTheListenerOnlyListens(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.patient()
	w.limits.Idle = patience
	tp := &tapped{}
	w.reading(tp)
	end := w.run()
	w.awaitListener(true)
	deliver(t, w.server, "INBOX", from(prospect, 1))
	w.awaitEvent(model.EventReplied)
	end()
	if tp.connections() != 2 {
		t.Fatalf("%d connections", tp.connections())
	}
	opened := 0
	for _, c := range tp.said(1) {
		switch c {
		case "CAPABILITY", "AUTHENTICATE", "IDLE", "DONE", "LOGOUT":
		case `EXAMINE "INBOX"`, "EXAMINE INBOX":
			opened++
		default:
			if !strings.Contains(c, "=") { // of the log-in
				t.Errorf("it says %q", c)
			}
		}
	}
	if opened != 1 {
		t.Errorf("it opened INBOX %d times: %q", opened, tp.said(1))
	}
	if work := strings.Join(tp.said(0), "\n"); !strings.Contains(work, "FETCH") || strings.Contains(work[strings.LastIndex(work, "FETCH"):], "IDLE") {
		t.Errorf("the first one waits by itself: %q", work)
	}
}

func (w *world) awaitListener(on bool) {
	w.t.Helper()
	o := w.engine.offices[0]
	ctx := testContext(w.t)
	for {
		o.mu.Lock()
		is := o.listening
		o.mu.Unlock()
		if is == on {
			return
		}
		sleep(ctx, quick.Poll/20)
		if ctx.Err() != nil {
			w.t.Fatalf("the listener is not %v", on)
		}
	}
}

// A new mail is read at once while the first look is busy with another old mailbox, of which the server tells nothing new.
func TestANewMailDoesNotWaitForTheOldOnes(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.patient()
	w.limits.Batch = 5
	const old = 300
	for n := range old {
		deliver(t, w.server, "Sent", fmt.Appendf(nil, "From: <%s>\r\nTo: <%s>\r\nSubject: Mail %d\r\nMessage-Id: <mine-%d>\r\n\r\nText.\r\n", rep, prospect, n, n))
	}
	open := make(chan struct{})
	close(open)
	fetches := 0
	struck := make(chan struct{})
	w.server.IMAP.Set(mailtest.Late(mailtest.Fetch, open).OnStrike(func() {
		if fetches++; fetches == 20 {
			close(struck)
		}
	}))
	tp := &tapped{}
	w.reading(tp)
	w.run()
	<-struck
	w.awaitListener(true)
	deliver(t, w.server, "INBOX", from(prospect, 1))
	w.awaitEvent(model.EventReplied)
	if got := w.box.receivedIDs(); len(got) >= old/2 {
		t.Errorf("it came behind %d old mails", len(got)-1)
	}
	if err := w.box.await(testContext(t), func() bool { return len(w.box.received) == old+1 }); err != nil {
		t.Errorf("%d of %d came", len(w.box.receivedIDs()), old+1)
	}
}

// refuser is a server that greets, and refuses every log-in with an answer.
func refuser(answer string) Dialer {
	return func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go func() {
			defer theirs.Close()
			fmt.Fprint(theirs, "* OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN SASL-IR] ready\r\n")
			for in := bufio.NewScanner(theirs); in.Scan(); {
				tag, command, _ := strings.Cut(in.Text(), " ")
				switch word, _, _ := strings.Cut(command, " "); word {
				case "LOGOUT":
					fmt.Fprintf(theirs, "* BYE\r\n%s OK\r\n", tag)
					return
				case "CAPABILITY":
					fmt.Fprintf(theirs, "* CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN SASL-IR\r\n%s OK\r\n", tag)
				default:
					fmt.Fprintf(theirs, "%s %s\r\n", tag, answer)
				}
			}
		}()
		return local{ours}, nil
	}
}

// local makes a pipe look like a loopback connection.
type local struct{ net.Conn }

func (local) RemoteAddr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 143} }

// Where a provider allows one connection only, the first one waits by itself: mail comes as fast, nobody is told of any
// trouble, the secret counts as right, and the server is not asked again and again.
func TestASecondConnectionThatIsRefused(t *testing.T) {
	for _, answer := range []string{"NO [ALERT] Too many simultaneous connections", "NO [AUTHENTICATIONFAILED] Invalid credentials", "NO [LIMIT] One session a mailbox"} {
		t.Run(answer, func(t *testing.T) {
			w := newWorld(t, mailtest.Options{})
			w.patient()
			second := make(chan struct{})
			dialled := sync.OnceFunc(func() { close(second) })
			tp := &tapped{dial: func(n int) Dialer {
				if n == 0 {
					return nil
				}
				dialled()
				return refuser(answer)
			}}
			w.reading(tp)
			w.limits.Idle = patience // mail must be heard of
			w.run()
			<-second
			for n := range 5 {
				deliver(t, w.server, "INBOX", from(prospect, n))
				for ev := w.nextEvent(); ev.Kind != model.EventReplied; ev = w.nextEvent() {
					if ev.Kind == model.EventTrouble || ev.Kind == model.EventRequest && ev.Text != "" {
						t.Fatalf("the rep is told %+v", ev)
					}
				}
			}
			if n := tp.connections(); n != 2 {
				t.Errorf("%d connections", n)
			}
			if w.engine.offices[0].stands.Refused != nil {
				t.Error("the secret counts as refused")
			}
		})
	}
}

// A provider locks an account that is refused some times: where the second connection was, it is not tried again before the
// first one has logged in anew.
func TestARefusedListenerDoesNotLockTheAccount(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.patient()
	second := make(chan struct{})
	dialled := sync.OnceFunc(func() { close(second) })
	tp := &tapped{dial: func(n int) Dialer {
		if n != 1 {
			return nil
		}
		dialled()
		return refuser("NO [AUTHENTICATIONFAILED] Invalid credentials")
	}}
	w.reading(tp)
	w.limits.Idle, w.limits.Retry = patience, 50*time.Microsecond // so that it would have been tried some hundred times
	w.run()
	<-second
	replied := func(n int) {
		deliver(t, w.server, "INBOX", from(prospect, n))
		for ev := w.nextEvent(); ev.Kind != model.EventReplied; ev = w.nextEvent() {
			continue
		}
	}
	for n := range 60 {
		replied(n)
	}
	if n := tp.connections(); n != 2 {
		t.Errorf("%d connections, want one that reads and one that was refused", n)
	}
	w.server.IMAP.Drop() // the first comes back, and the listener may try again
	for n := 60; tp.connections() < 4; n++ {
		replied(n)
	}
}

func (w *world) nextEvent() model.Event {
	w.t.Helper()
	select {
	case ev := <-w.events:
		return ev
	case <-testContext(w.t).Done():
		w.t.Fatal("nothing more happens")
		return model.Event{}
	}
}

// When the listening connection breaks, the first one waits by itself until there is another.
func TestAListenerThatBreaksIsReplaced(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.patient()
	w.limits.Idle = patience
	var second net.Conn
	taken := make(chan struct{})
	tp := &tapped{}
	tp.dial = func(n int) Dialer {
		switch n {
		case 1:
			return func(ctx context.Context, network, address string) (net.Conn, error) {
				c, err := (&net.Dialer{}).DialContext(ctx, network, address)
				second = c
				close(taken)
				return c, err
			}
		case 2, 3: // the network is still away
			return func(context.Context, string, string) (net.Conn, error) { return local{closedPipe()}, nil }
		}
		return nil
	}
	w.reading(tp)
	w.run()
	<-taken
	w.awaitListener(true)
	second.Close()
	w.awaitListener(false)
	deliver(t, w.server, "INBOX", from(prospect, 1))
	w.awaitEvent(model.EventReplied)
	w.awaitListener(true)
	deliver(t, w.server, "INBOX", from(prospect, 2))
	w.awaitEvent(model.EventReplied)
	if n := tp.connections(); n != 5 {
		t.Errorf("%d connections", n)
	}
}

func closedPipe() net.Conn {
	ours, theirs := net.Pipe()
	theirs.Close()
	return ours
}

// After a sleep of the machine a listener whose peer is gone is found out, though nothing was said.
func TestADeafListenerIsFoundAfterASleep(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.limits.Idle = patience
	deaf := make(chan struct{})
	tp := &tapped{}
	tp.dial = func(n int) Dialer {
		if n != 1 {
			return nil
		}
		return func(ctx context.Context, network, address string) (net.Conn, error) {
			c, err := (&net.Dialer{}).DialContext(ctx, network, address)
			return &deafening{Conn: c, deaf: deaf}, err
		}
	}
	w.reading(tp)
	w.run()
	w.awaitListener(true)
	close(deaf)
	w.engine.woke()
	w.awaitListener(false)
	w.awaitListener(true)
	deliver(t, w.server, "INBOX", from(prospect, 1))
	w.awaitEvent(model.EventReplied)
}

// deafening loses everything once deaf is closed, as a connection does that a router has forgotten.
type deafening struct {
	net.Conn
	deaf chan struct{}
}

func (d *deafening) Write(p []byte) (int, error) {
	select {
	case <-d.deaf:
		return len(p), nil
	default:
		return d.Conn.Write(p)
	}
}
