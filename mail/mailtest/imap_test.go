package mailtest_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"stoke/mail/mailtest"
)

func TestSpecialUse(t *testing.T) {
	c := loggedIn(t, start(t), nil)
	all, err := c.List("", "*", &imap.ListOptions{ReturnSpecialUse: true}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range all {
		for _, a := range m.Attrs {
			got = append(got, m.Mailbox+" "+string(a))
		}
		if len(m.Attrs) == 0 {
			got = append(got, m.Mailbox)
		}
	}
	want := []string{`Archive \Archive`, `Drafts \Drafts`, "INBOX", `Junk \Junk`, `Sent \Sent`, `Trash \Trash`}
	if !slices.Equal(got, want) {
		t.Fatalf("listed %q", got)
	}
}

func TestIdleHearsDelivery(t *testing.T) {
	s := start(t)
	woken := make(chan uint32, 8)
	c := loggedIn(t, s, &imapclient.Options{UnilateralDataHandler: &imapclient.UnilateralDataHandler{
		Mailbox: func(d *imapclient.UnilateralDataMailbox) {
			if d.NumMessages != nil {
				woken <- *d.NumMessages
			}
		},
	}})
	if _, err := c.Select("INBOX", &imap.SelectOptions{ReadOnly: true}).Wait(); err != nil {
		t.Fatal(err)
	}
	idle, err := c.Idle()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Deliver(rep, "INBOX", []byte(hello)); err != nil {
		t.Fatal(err)
	}
	select {
	case n := <-woken:
		if n != 1 {
			t.Fatalf("EXISTS %d", n)
		}
	case <-patient(t).Done():
		t.Fatal("no EXISTS")
	}
	if err := errors.Join(idle.Close(), idle.Wait()); err != nil {
		t.Fatal(err)
	}
}

func TestIdleMissesNothing(t *testing.T) {
	s := start(t)
	woken := make(chan struct{}, 64)
	c := loggedIn(t, s, &imapclient.Options{UnilateralDataHandler: &imapclient.UnilateralDataHandler{
		Mailbox: func(*imapclient.UnilateralDataMailbox) { woken <- struct{}{} },
	}})
	if _, err := c.Select("INBOX", nil).Wait(); err != nil {
		t.Fatal(err)
	}
	for range 50 { // a mail that comes in the very moment in which IDLE begins
		idle, err := c.Idle()
		if err != nil {
			t.Fatal(err)
		}
		fill(t, s, 1)
		select {
		case <-woken:
		case <-patient(t).Done():
			t.Fatal("no EXISTS")
		}
		if err := errors.Join(idle.Close(), idle.Wait()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestStoredKeepsDateAndFlags(t *testing.T) {
	s := start(t)
	long := time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC)
	if err := s.DeliverAt(rep, "Archive", []byte(hello), long); err != nil {
		t.Fatal(err)
	}
	for range 2 { // looking changes nothing
		got, err := s.Stored(rep, "Archive")
		if err != nil || len(got) != 1 || got[0].UID != 1 || len(got[0].Flags) != 0 || !got[0].Date.Equal(long) || string(got[0].Raw) != hello {
			t.Fatalf("stored %+v, %v", got, err)
		}
	}
	if err := s.Deliver(rep, "Nowhere", nil); err == nil {
		t.Fatal("delivered to a mailbox that is not there")
	}
	if err := s.Deliver("nobody@stoke.example", "INBOX", nil); err == nil {
		t.Fatal("delivered to nobody")
	}
}

func fill(t *testing.T, s *mailtest.Server, n int) {
	t.Helper()
	for range n {
		if err := s.Deliver(rep, "INBOX", []byte(hello)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestExpunge(t *testing.T) {
	s := start(t)
	fill(t, s, 3)
	if err := s.Expunge(rep, "INBOX", 2); err != nil {
		t.Fatal(err)
	}
	got, err := s.Stored(rep, "INBOX")
	if err != nil || len(got) != 2 || got[0].UID != 1 || got[1].UID != 3 {
		t.Fatalf("left %+v, %v", got, err)
	}
}

func TestNewUIDValidity(t *testing.T) {
	s := start(t)
	fill(t, s, 2)
	if err := s.Expunge(rep, "INBOX", 1); err != nil {
		t.Fatal(err)
	}
	c := loggedIn(t, s, nil)
	before, err := c.Select("INBOX", nil).Wait()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.NewUIDValidity(rep, "INBOX"); err != nil {
		t.Fatal(err)
	}
	select {
	case <-c.Closed():
	case <-patient(t).Done():
		t.Fatal("the old connection lives on")
	}
	after, err := loggedIn(t, s, nil).Select("INBOX", nil).Wait()
	if err != nil || after.UIDValidity == before.UIDValidity || after.UIDNext != 2 || after.NumMessages != 1 {
		t.Fatalf("before %+v, after %+v, %v", before, after, err)
	}
}

func wantNo(t *testing.T, err error, code imap.ResponseCode) {
	t.Helper()
	var e *imap.Error
	if !errors.As(err, &e) || e.Type != imap.StatusResponseTypeNo || e.Code != code {
		t.Fatalf("want NO [%s], got %v", code, err)
	}
}

func TestLoginRefused(t *testing.T) {
	s := start(t)
	s.IMAP.Set(mailtest.LoginRefused().Times(1))
	c := imapClient(t, s, nil)
	wantNo(t, c.Login(rep, secret).Wait(), imap.ResponseCodeAuthenticationFailed)
	wantNo(t, c.Login(rep, "wrong").Wait(), imap.ResponseCodeAuthenticationFailed)
	if err := c.Login(rep, secret).Wait(); err != nil {
		t.Fatal(err)
	}
}

func appendHello(c *imapclient.Client) error {
	cmd := c.Append("Sent", int64(len(hello)), nil)
	if _, err := cmd.Write([]byte(hello)); err != nil {
		return err
	}
	if err := cmd.Close(); err != nil {
		return err
	}
	_, err := cmd.Wait()
	return err
}

func TestAppendRefused(t *testing.T) {
	s := start(t)
	c := loggedIn(t, s, nil)
	s.IMAP.Set(mailtest.AppendRefused().Times(1), mailtest.AppendTryCreate().Times(1))
	wantNo(t, appendHello(c), "OVERQUOTA")
	wantNo(t, appendHello(c), imap.ResponseCodeTryCreate)
	if err := appendHello(c); err != nil {
		t.Fatal(err)
	}
	got, err := s.Mails(rep, "Sent")
	if err != nil || len(got) != 1 || string(got[0]) != hello {
		t.Fatalf("Sent holds %q, %v", got, err)
	}
}

func fetchAll(c *imapclient.Client) ([]*imapclient.FetchMessageBuffer, error) {
	return c.Fetch(imap.UIDSet{{Start: 1, Stop: 0}}, &imap.FetchOptions{
		UID: true, BodySection: []*imap.FetchItemBodySection{{Peek: true}}}).Collect()
}

func TestCutInFetch(t *testing.T) {
	s := start(t)
	fill(t, s, 3)
	s.IMAP.Set(mailtest.CutInFetch(len(hello) + 80).Times(1))
	// Read by hand: go-imap's Collect races with its own reader when a
	// connection ends inside a literal.
	conn := dial(t, s.IMAP)
	_, _ = io.WriteString(conn, "a LOGIN "+rep+" \""+secret+"\"\r\nb EXAMINE INBOX\r\nc UID FETCH 1:* (BODY.PEEK[])\r\n")
	all, err := io.ReadAll(conn)
	if err != nil {
		t.Fatal(err)
	}
	_, cut, _ := strings.Cut(string(all), "EXAMINE completed\r\n")
	if len(cut) != len(hello)+80 || strings.Count(cut, "Hello Ana.") != 1 {
		t.Fatalf("%d octets came through: %q", len(cut), cut)
	}
	c := loggedIn(t, s, nil)
	if _, err := c.Select("INBOX", nil).Wait(); err != nil {
		t.Fatal(err)
	}
	if got, err := fetchAll(c); err != nil || len(got) != 3 {
		t.Fatalf("the cut was for once: %d, %v", len(got), err)
	}
}

func TestIMAPSilence(t *testing.T) {
	for _, f := range []mailtest.Fault{
		mailtest.BlackHole(), mailtest.Silent(mailtest.Greeting), mailtest.Silent(mailtest.Login), mailtest.Silent(mailtest.Select),
		mailtest.Silent(mailtest.Fetch), mailtest.Silent(mailtest.Idle), mailtest.Silent(mailtest.Idling),
	} {
		s := start(t)
		fill(t, s, 1)
		struck := make(chan struct{}, 1)
		s.IMAP.Set(f.OnStrike(func() { struck <- struct{}{} }))
		c := imapClient(t, s, nil)
		staysSilent(t, struck, func() error { return wholeSession(c) }, func() { c.Close() })
	}
}

// wholeSession logs in, fetches and idles for a moment.
func wholeSession(c *imapclient.Client) error {
	if err := c.WaitGreeting(); err != nil {
		return err
	}
	if err := c.Login(rep, secret).Wait(); err != nil {
		return err
	}
	if _, err := c.Select("INBOX", nil).Wait(); err != nil {
		return err
	}
	if _, err := fetchAll(c); err != nil {
		return err
	}
	idle, err := c.Idle()
	if err != nil {
		return err
	}
	return errors.Join(idle.Close(), idle.Wait())
}

func dialAndTalk(s *mailtest.Server) error {
	c, err := imapclient.DialInsecure(s.IMAP.Addr(), nil)
	if err != nil {
		return err
	}
	defer c.Close()
	return wholeSession(c)
}

func TestIMAPDrops(t *testing.T) {
	for _, at := range []mailtest.Phase{mailtest.Connect, mailtest.Greeting, mailtest.Login, mailtest.Select, mailtest.Fetch, mailtest.Idle} {
		for _, f := range []mailtest.Fault{mailtest.DropFIN(at), mailtest.DropRST(at)} {
			s := start(t)
			s.IMAP.Set(f.Times(1))
			if err := dialAndTalk(s); err == nil {
				t.Errorf("a drop at %s went unnoticed", at)
			}
			if err := dialAndTalk(s); err != nil {
				t.Errorf("the drop at %s was for once: %v", at, err)
			}
		}
	}
}

func TestNoIdle(t *testing.T) {
	s := start(t)
	s.IMAP.Hide("IDLE")
	c := loggedIn(t, s, nil)
	caps, err := c.Capability().Wait()
	if err != nil || caps.Has(imap.CapIdle) || !caps.Has(imap.CapUIDPlus) {
		t.Fatalf("offered %v, %v", caps, err)
	}
	idle, err := c.Idle()
	if err == nil {
		err = errors.Join(idle.Close(), idle.Wait())
	}
	if err == nil {
		t.Fatal("IDLE was granted")
	}
	s.IMAP.Clear()
	if caps, err := c.Capability().Wait(); err != nil || !caps.Has(imap.CapIdle) {
		t.Fatalf("offered %v, %v", caps, err)
	}
}

func TestPreauth(t *testing.T) {
	s := start(t)
	s.Preauth(rep)
	c := imapClient(t, s, nil)
	if err := c.WaitGreeting(); err != nil || c.State() != imap.ConnStateAuthenticated {
		t.Fatalf("state %v, %v", c.State(), err)
	}
	if _, err := c.Select("INBOX", nil).Wait(); err != nil {
		t.Fatal(err)
	}
}

func TestFlood(t *testing.T) {
	s := start(t)
	s.IMAP.Set(mailtest.Flood(mailtest.Select))
	conn := dial(t, s.IMAP)
	_, _ = conn.Write([]byte("a LOGIN " + rep + " \"" + secret + "\"\r\nb SELECT INBOX\r\n"))
	read, buf := 0, make([]byte, 64<<10)
	for read < 4<<20 {
		n, err := conn.Read(buf)
		if err != nil {
			t.Fatalf("the flood ended after %d octets: %v", read, err)
		}
		read += n
	}
}

func TestReplyIsWithheldFromSelect(t *testing.T) {
	s := start(t)
	now, struck := make(chan struct{}), make(chan struct{}, 1)
	s.IMAP.Set(mailtest.Late(mailtest.Select, now).OnStrike(func() { struck <- struct{}{} }))
	c := loggedIn(t, s, nil)
	cmd := c.Select("INBOX", nil)
	<-struck
	close(now)
	if _, err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
}

func TestHeardTellsReadOnlyFromNot(t *testing.T) {
	s := start(t)
	fill(t, s, 1)
	c := loggedIn(t, s, nil)
	if _, err := c.Select("INBOX", &imap.SelectOptions{ReadOnly: true}).Wait(); err != nil {
		t.Fatal(err)
	}
	if _, err := fetchAll(c); err != nil {
		t.Fatal(err)
	}
	got := s.IMAP.Heard()
	if !slices.Contains(got, "EXAMINE INBOX") && !slices.Contains(got, `EXAMINE "INBOX"`) {
		t.Fatalf("heard %q", got)
	}
	if all := strings.Join(got, "\n"); strings.Contains(all, secret) || !strings.Contains(all, "UID FETCH 1:* (") {
		t.Fatalf("heard %q", got)
	}
}

func TestDropClosesAll(t *testing.T) {
	s := start(t)
	c := loggedIn(t, s, nil)
	s.IMAP.Drop()
	select {
	case <-c.Closed():
	case <-patient(t).Done():
		t.Fatal("still open")
	}
}

func TestCloseEndsBusySessions(t *testing.T) {
	s := start(t, secured(mailtest.ImplicitTLS))
	s.IMAP.Set(mailtest.Silent(mailtest.Login))
	dial(t, s.IMAP) // never says a word, so the handshake waits
	dial(t, s.SMTP)
	s.Close()
	s.Close()
	if err := s.Deliver(rep, "INBOX", []byte(hello)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Mails(rep, "INBOX"); err == nil {
		t.Fatal("looked into a closed server")
	}
}

// A client that hangs up in the middle of a long mail: the library's own server
// waits for itself then, and Close with it.
func TestCloseEndsWhatWasBeingWritten(t *testing.T) {
	s := start(t)
	long := append([]byte(hello), bytes.Repeat([]byte("long\r\n"), 4<<20)...) // more than two sockets hold
	if err := s.Deliver(rep, "INBOX", long); err != nil {
		t.Fatal(err)
	}
	conn := dial(t, s.IMAP)
	fmt.Fprintf(conn, "a LOGIN %s %q\r\nb EXAMINE INBOX\r\nc FETCH 1 BODY.PEEK[]\r\n", rep, secret)
	br := bufio.NewReader(conn)
	for line := ""; !strings.Contains(line, " FETCH "); {
		var err error
		if line, err = br.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
	}
	conn.Close()
	closed := make(chan struct{})
	go func() { s.Close(); close(closed) }()
	select {
	case <-closed:
	case <-patient(t).Done():
		t.Fatal("the server never ends")
	}
}

func TestLiteralIsNoCommand(t *testing.T) {
	s := start(t)
	c := loggedIn(t, s, nil)
	s.IMAP.Set(mailtest.Reply(mailtest.Select, "NO never"))
	raw := []byte("Subject: x\r\n\r\nb SELECT INBOX\r\n" + strings.Repeat("c SELECT INBOX\r\n", 1000))
	cmd := c.Append("Sent", int64(len(raw)), nil)
	_, _ = cmd.Write(raw)
	cmd.Close()
	if _, err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Mails(rep, "Sent"); err != nil || len(got) != 1 || !bytes.Equal(got[0], raw) {
		t.Fatalf("Sent holds %d, %v", len(got), err)
	}
}
