package mail

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"stoke/model"
)

// turns is a connection to a server whose answers are fixed: each NUL ends what it says before the next line that it hears.
type turns struct {
	scripted
	mu     sync.Mutex
	more   *sync.Cond
	left   [][]byte
	heard  int // lines
	given  int // turns whose last octet was read
	closed bool
}

func inTurns(said []byte) *turns {
	c := &turns{left: bytes.Split(said, []byte{0})}
	c.more = sync.NewCond(&c.mu)
	return c
}

func (c *turns) Read(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.left) > 0 && (c.heard < c.given || len(c.left[0]) == 0) && !c.closed {
		if len(c.left[0]) == 0 { // this turn is over
			c.left, c.given = c.left[1:], c.given+1
			continue
		}
		c.more.Wait()
	}
	if c.closed || len(c.left) == 0 {
		return 0, io.EOF
	}
	n := copy(p, c.left[0])
	c.left[0] = c.left[0][n:]
	return n, nil
}

func (c *turns) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return 0, net.ErrClosed
	}
	c.heard += bytes.Count(p, []byte("\n"))
	c.w.Write(p)
	c.more.Broadcast()
	return len(p), nil
}

func (c *turns) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	c.more.Broadcast()
	return nil
}

func (c *turns) RemoteAddr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }

func (c *turns) wrote() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.w.String()
}

func (c *turns) dial(context.Context, string, string) (net.Conn, error) { return c, nil }

// hasty are limits for a server that answers at once or never.
var hasty = Limits{Connect: 50 * time.Millisecond, Command: 50 * time.Millisecond, Whole: 500 * time.Millisecond, Dot: 50 * time.Millisecond, Leave: 50 * time.Millisecond, Copy: time.Millisecond}.withDefaults()

// honestSubmission is what a server says up to the dot.
const honestSubmission = "220 hi\r\n\x00250-hi\r\n250 8BITMIME\r\n\x00250 2.1.0 ok\r\n\x00250 2.1.5 ok\r\n\x00354 go\r\n\x00"

// honestMailbox is what a server of one mail says in one sync: to each command the same, in which there is an answer to it.
func honestMailbox() string {
	var b strings.Builder
	b.WriteString("* OK [CAPABILITY IMAP4rev1] hi\r\n")
	for n := 1; n <= 30; n++ {
		fmt.Fprintf(&b, "\x00* CAPABILITY IMAP4rev1\r\n* LIST () \"/\" INBOX\r\n* FLAGS ()\r\n* 1 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 2] x\r\n* SEARCH 1\r\n")
		if n > 5 {
			fmt.Fprintf(&b, "* 1 FETCH (%s)\r\n", headItems(1))
		}
		fmt.Fprintf(&b, "T%d OK done\r\n", n)
	}
	return b.String()
}

// syncAgainst runs one sync with a server that says this.
func syncAgainst(t *testing.T, said []byte, limits Limits) (*memBox, model.Synced) {
	t.Helper()
	conn, box := inTurns(said), newMemBox(time.Now)
	e, err := New(Options{
		Box: box, Now: time.Now, Limits: limits, Owner: "fuzz", LockDir: t.TempDir(), Dial: conn.dial, Secret: func(context.Context, string) (string, error) { return repPass, nil },
		Accounts: []Account{{Name: "work", Own: []string{rep}, IMAP: Server{Host: "127.0.0.1", Port: 143, Security: Plain, User: rep}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	r := e.SyncNow(t.Context())[0]
	if took := time.Since(began); took > patience {
		t.Errorf("it took %v: %v", took, r.Err)
	}
	return box, r
}

// Whatever a submission server answers, control comes back; the dot leaves only after it was allowed, and nothing is
// called sent that the server did not take after the dot.
func FuzzWhatSubmissionAnswers(f *testing.F) {
	for _, end := range []string{"250 2.0.0 taken\r\n", "", "250-", "\r\n250 taken\r\n", "451 later\r\n", "554 5.7.1 no\r\n", "2", "250 taken\r\n250 taken\r\n", "hello?\r\n", "354 go\r\n"} {
		f.Add([]byte(honestSubmission + end))
	}
	f.Add([]byte("220 hi\r\n\x00500 what\r\n\x00250 hi\r\n\x00250 ok\r\n\x00550-5.1.1 no\r\n550 5.1.1 such\r\n"))
	f.Add([]byte("220 hi\r\n250 hi\r\n250 ok\r\n250 ok\r\n354 go\r\n250 taken\r\n"))
	f.Fuzz(func(t *testing.T, said []byte) {
		conn, allowed := inTurns(said), false
		s := submission{server: endpoint{host: "127.0.0.1", port: 25, security: Plain, dial: conn.dial}, limits: hasty, beforeDot: func(context.Context) error {
			if strings.Contains(conn.wrote(), "\r\n.\r\n") {
				t.Error("the dot left before it was allowed")
			}
			allowed = true
			return nil
		}}
		began := time.Now()
		_, err := s.transmit(t.Context(), mailTo(prospect))
		if took := time.Since(began); took > patience {
			t.Errorf("it took %v", took)
		}
		switch dotted := strings.Contains(conn.wrote(), "\r\n.\r\n"); {
		case dotted && !allowed:
			t.Error("the dot left without being allowed")
		case err == nil && (!dotted || !bytes.Contains(said, []byte("250"))):
			t.Errorf("called sent after %q", said)
		case err != nil && !dotted && KindOf(err) == Unknown:
			t.Errorf("in doubt without a dot: %v", err)
		}
	})
}

// Whatever a mailbox server answers, control comes back, and every mail that is handed on has a number of its own.
func FuzzWhatMailboxesAnswer(f *testing.F) {
	f.Add([]byte(honestMailbox()))
	f.Add([]byte("* PREAUTH hi\r\n"))
	f.Add([]byte("* BYE full\r\n"))
	f.Add([]byte("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hi\r\n\x00T1 NO\r\n"))
	f.Add([]byte("* OK [CAPABILITY IMAP4rev1] hi\r\n\x00* 4294967295 FETCH (UID 4294967295 BODY[] {99999999999}\r\nT1 OK\r\n"))
	f.Add([]byte("* OK hi\r\n\x00* CAPABILITY IMAP4rev1 IDLE CONDSTORE SPECIAL-USE LIST-EXTENDED\r\nT1 OK\r\n\x00T2 OK in\r\n\x00* LIST (\\Sent) \"/\" {4}\r\nSent\r\nT3 OK\r\n"))
	f.Fuzz(func(t *testing.T, said []byte) {
		box, _ := syncAgainst(t, said, hasty)
		for _, in := range box.received {
			if in.UID == 0 {
				t.Errorf("a mail without a number: %+v", in.Header)
			}
		}
	})
}

// The guard does not care how what it hears is cut, and lets no depth through but in strings and text for people.
func FuzzGuard(f *testing.F) {
	f.Add([]byte("* 1 FETCH (UID 1 BODY[] {5}\r\n((((( FLAGS ())\r\n"), uint8(7))
	f.Add([]byte("* OK ((((((\r\n+ ((((\r\nT1 NO (((\r\n* 1 FETCH (X \"\\\"(((\")\r\n"), uint8(3))
	f.Add([]byte("* OK {99}\r\n"+strings.Repeat("(", 60)), uint8(1))
	f.Fuzz(func(t *testing.T, said []byte, size uint8) {
		whole, parts := state{size: -1}, state{size: -1}
		want, got := whole.allows(said), true
		for rest := said; len(rest) > 0 && got; {
			n := min(len(rest), int(size)+1)
			got, rest = parts.allows(rest[:n]), rest[n:]
		}
		if got != want {
			t.Errorf("%q: %v as a whole, %v in parts of %d", said, want, got, int(size)+1)
		}
		if want && bytes.Count(said, []byte("(")) > maxDepth && !bytes.ContainsAny(said, "\")\n{+") && !isStatusLine(said) {
			t.Errorf("let through: %q", said)
		}
	})
}

// isStatusLine tells whether a line could be text for people.
func isStatusLine(line []byte) bool {
	upper := strings.ToUpper(string(line))
	for _, w := range []string{" OK ", " NO ", " BAD ", " BYE ", " PREAUTH "} {
		if strings.Contains(upper, w) {
			return true
		}
	}
	return false
}

// The answers from which the fuzzing starts lead through whole conversations.
func TestHonestAnswersInTurns(t *testing.T) {
	conn := inTurns([]byte(honestSubmission + "250 2.0.0 taken\r\n"))
	s := submission{server: endpoint{host: "127.0.0.1", port: 25, security: Plain, dial: conn.dial}, limits: Limits{}.withDefaults(), beforeDot: func(context.Context) error { return nil }}
	if reply, err := s.transmit(t.Context(), mailTo(prospect)); err != nil || !strings.Contains(reply, "taken") {
		t.Errorf("%q, %v after %q", reply, err, conn.wrote())
	}
	box, r := syncAgainst(t, []byte(honestMailbox()), Limits{})
	if r.Err != nil || len(box.received) != 1 {
		t.Errorf("%d mails, %+v", len(box.received), r)
	}
}
