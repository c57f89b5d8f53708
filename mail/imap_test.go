package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"

	"stoke/mail/auth"
	"stoke/mail/mailtest"
)

func openSession(t *testing.T, s *mailtest.Server) *session {
	t.Helper()
	session, err := logIn(testContext(t), endpointOf(t, s, s.IMAP, Plain), repLogin(), quick)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(session.Close)
	return session
}

func numbered(n int) []byte {
	return fmt.Appendf(nil, "From: Dana <dana@prospect.example>\r\nTo: <ines@stoke.example>\r\nSubject: Answer %d\r\nMessage-Id: <%d@prospect.example>\r\n\r\nText of %d.\r\n", n, n, n)
}

func deliver(t *testing.T, s *mailtest.Server, mailbox string, raws ...[]byte) {
	t.Helper()
	for _, raw := range raws {
		if err := s.Deliver(rep, mailbox, raw); err != nil {
			t.Fatal(err)
		}
	}
}

func TestSessionReadsWithoutLeavingATrace(t *testing.T) {
	s := start(t, mailtest.Options{})
	deliver(t, s, "INBOX", numbered(1), numbered(2), numbered(3))
	session := openSession(t, s)
	ctx := testContext(t)

	f, err := session.folders(ctx)
	if err != nil || f.sent != "Sent" || f.archive != "Archive" || f.junk != "Junk" {
		t.Fatalf("folders %+v, %v", f, err)
	}
	box, err := session.examine(ctx, "INBOX")
	if err != nil || box.uidValidity == 0 || box.uidNext != 4 || box.count != 3 {
		t.Fatalf("mailbox %+v, %v", box, err)
	}
	uids, err := session.uidsFrom(ctx, 2)
	if err != nil || !slices.Equal(uids, []uint32{2, 3}) {
		t.Fatalf("uids %v, %v", uids, err)
	}
	if uids, err := session.uidsFrom(ctx, 4); err != nil || len(uids) != 0 {
		t.Errorf("nothing is new, yet %v, %v", uids, err)
	}
	var heads []header
	if err := session.fetch(ctx, session.headers(uids, true, func(h header) { heads = append(heads, h) })); err != nil {
		t.Fatal(err)
	}
	if len(heads) != 2 || !bytes.Contains(heads[0].raw, []byte("Subject: Answer 2")) || bytes.Contains(heads[0].raw, []byte("Text of")) || heads[0].size != int64(len(numbered(2))) || !heads[0].arrived.Equal(epoch) {
		t.Errorf("heads %+v", heads)
	}
	texts := map[uint32]string{}
	if err := session.fetch(ctx, session.texts(uids, session.limits.TextSize, func(uid uint32, raw []byte) { texts[uid] = string(raw) })); err != nil {
		t.Fatal(err)
	}
	if texts[3] != string(numbered(3)) {
		t.Errorf("texts %v", texts)
	}
	stored, err := s.Stored(rep, "INBOX")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range stored {
		if len(m.Flags) != 0 {
			t.Errorf("flags %v were set", m.Flags)
		}
	}
	for _, c := range s.IMAP.Heard() {
		if c := strings.ToUpper(c); strings.Contains(c, "SELECT") || strings.Contains(c, "STORE") || strings.Contains(c, "BODY[") {
			t.Errorf("the server heard %q", c)
		}
	}
}

func TestSessionFaults(t *testing.T) {
	tests := []struct {
		name  string
		fault mailtest.Fault
		kind  Kind
		says  string
	}{
		{"black hole", mailtest.BlackHole(), Temporary, "did not answer in time"},
		{"silent greeting", mailtest.Silent(mailtest.Greeting), Temporary, "did not answer in time"},
		{"greeting BYE", mailtest.Reply(mailtest.Greeting, "BYE full"), Temporary, "full|closed the connection"}, // whichever of the two arrives first
		{"silent LOGIN", mailtest.Silent(mailtest.Login), Temporary, "did not answer in time"},
		{"wrong password", mailtest.LoginRefused(), Auth, "refused the log-in"},
		{"wrong password, no code", mailtest.Reply(mailtest.Login, "NO wrong "+repPass), Auth, "wrong …"},
		{"busy", mailtest.Reply(mailtest.Login, "NO [UNAVAILABLE] later"), Temporary, "later"},
		{"silent LIST", mailtest.Silent(mailtest.List), Temporary, "did not answer in time"},
		{"endless LIST", mailtest.Flood(mailtest.List), Temporary, "far more than it was asked for|did not answer in time"}, // as fast as the machine reads
		{"LIST FIN", mailtest.DropFIN(mailtest.List), Temporary, "closed the connection"},
		{"silent EXAMINE", mailtest.Silent(mailtest.Select), Temporary, "did not answer in time"},
		{"EXAMINE refused", mailtest.Reply(mailtest.Select, "NO [NONEXISTENT] gone"), Temporary, "would not open the mailbox"},
		{"silent FETCH", mailtest.Silent(mailtest.Fetch), Temporary, "did not answer in time"},
		{"FETCH cut", mailtest.CutInFetch(100), Temporary, "closed the connection"},
		{"FETCH RST", mailtest.DropRST(mailtest.Fetch), Temporary, "closed the connection"},
		{"silent IDLE", mailtest.Silent(mailtest.Idle), Temporary, "did not answer in time"},
	}
	s := start(t, mailtest.Options{})
	deliver(t, s, "INBOX", numbered(1), numbered(2))
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s.IMAP.Clear()
			s.IMAP.Set(tt.fault)
			began := time.Now()
			err := func() error {
				session, err := logIn(testContext(t), endpointOf(t, s, s.IMAP, Plain), repLogin(), quick)
				if err != nil {
					return err
				}
				defer session.Close()
				if _, err := session.folders(testContext(t)); err != nil {
					return err
				}
				if _, err := session.examine(testContext(t), "INBOX"); err != nil {
					return err
				}
				if err := session.fetch(testContext(t), session.headers([]uint32{1, 2}, true, func(header) {})); err != nil {
					return err
				}
				_, err = session.idle(testContext(t), nil)
				return err
			}()
			if KindOf(err) != tt.kind || !slices.ContainsFunc(strings.Split(tt.says, "|"), func(s string) bool { return strings.Contains(err.Error(), s) }) {
				t.Errorf("%v: %v", KindOf(err), err)
			}
			if err != nil && strings.Contains(err.Error(), repPass) {
				t.Errorf("the secret is in %q", err)
			}
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("control came back after %v", took)
			}
		})
	}
}

// The server tells, and is heard; a peer that died is noticed when the wait ends.
func TestIdle(t *testing.T) {
	s := start(t, mailtest.Options{})
	t.Run("hears a delivery", func(t *testing.T) {
		session := openSession(t, s)
		if _, err := session.examine(testContext(t), "INBOX"); err != nil {
			t.Fatal(err)
		}
		deliver(t, s, "INBOX", numbered(1)) // before, between or during: it must not be missed
		if _, err := session.idle(testContext(t), nil); err != nil {
			t.Fatal(err)
		}
		if uids, err := session.uidsFrom(testContext(t), 1); err != nil || len(uids) != 1 {
			t.Errorf("uids %v, %v", uids, err)
		}
	})
	t.Run("is poked", func(t *testing.T) {
		session := openSession(t, s)
		poke := make(chan struct{}, 1)
		poke <- struct{}{}
		if _, err := session.examine(testContext(t), "Sent"); err != nil {
			t.Fatal(err)
		}
		if _, err := session.idle(testContext(t), poke); err != nil {
			t.Error(err)
		}
	})
	t.Run("without IDLE it polls", func(t *testing.T) {
		s.IMAP.Hide("IDLE")
		defer s.IMAP.Clear()
		session := openSession(t, s)
		if _, err := session.idle(testContext(t), nil); err != nil {
			t.Error(err)
		}
	})
	t.Run("ends with the program", func(t *testing.T) {
		session := openSession(t, s)
		ctx, cancel := context.WithTimeout(testContext(t), 50*time.Millisecond)
		defer cancel()
		if _, err := session.idle(ctx, nil); err == nil {
			t.Error("no error")
		}
	})
	t.Run("finds a dead peer", func(t *testing.T) {
		s.IMAP.Set(mailtest.Silent(mailtest.Idling))
		defer s.IMAP.Clear()
		session := openSession(t, s)
		poke := make(chan struct{}, 1)
		poke <- struct{}{}
		if _, err := session.idle(testContext(t), poke); KindOf(err) != Temporary || !strings.Contains(err.Error(), "in time") {
			t.Errorf("got %v", err)
		}
	})
}

func TestLogInChoosesWhatIsOffered(t *testing.T) {
	s := start(t, mailtest.Options{})
	s.IMAP.Hide("AUTH=PLAIN")
	openSession(t, s)
	if heard := strings.ToUpper(strings.Join(s.IMAP.Heard(), "\n")); !strings.Contains(heard, "LOGIN") || strings.Contains(heard, "AUTHENTICATE") {
		t.Errorf("heard %s", heard)
	}
	if _, err := logIn(testContext(t), endpointOf(t, s, s.IMAP, Plain), auth.NewLogin(rep, "wrong"), quick); KindOf(err) != Auth {
		t.Errorf("a wrong password: %v", err)
	}
}

func TestRolesOfMailboxes(t *testing.T) {
	mb := func(name string, delim rune, attrs ...imap.MailboxAttr) *imap.ListData {
		return &imap.ListData{Mailbox: name, Delim: delim, Attrs: attrs}
	}
	for _, tt := range []struct {
		name string
		list []*imap.ListData
		want folders
	}{
		{"marks win over names", []*imap.ListData{mb("Sent", '/'), mb("Elsewhere", '/', imap.MailboxAttrSent)}, folders{inbox: "INBOX", sent: "Elsewhere"}},
		{"Gmail in German", []*imap.ListData{mb("[Gmail]", '/', imap.MailboxAttrNoSelect), mb("[Gmail]/Gesendet", '/', imap.MailboxAttrSent), mb("[Gmail]/Alle Nachrichten", '/', imap.MailboxAttrAll), mb("[Gmail]/Spam", '/', imap.MailboxAttrJunk)},
			folders{inbox: "INBOX", sent: "[Gmail]/Gesendet", all: "[Gmail]/Alle Nachrichten", junk: "[Gmail]/Spam"}},
		{"by name, below INBOX", []*imap.ListData{mb("INBOX.Éléments envoyés", '.'), mb("INBOX.Archives", '.'), mb("INBOX.Courrier indésirable", '.')},
			folders{inbox: "INBOX", sent: "INBOX.Éléments envoyés", archive: "INBOX.Archives", junk: "INBOX.Courrier indésirable"}},
		{"the shortest path", []*imap.ListData{mb("Old/Sent", '/'), mb("Sent Items", '/')}, folders{inbox: "INBOX", sent: "Sent Items"}},
		{"what cannot be opened does not count", []*imap.ListData{mb("Sent", '/', imap.MailboxAttrNoSelect)}, folders{inbox: "INBOX"}},
	} {
		if got := rolesOf(tt.list); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

// A date that go-imap cannot parse takes the connection with it, and must be told from a network
// that fails: the next attempt asks for less.
func TestUnreadableAnswerIsToldFromABrokenNetwork(t *testing.T) {
	s := start(t, mailtest.Options{})
	deliver(t, s, "INBOX", numbered(1))
	s.IMAP.Set(mailtest.Reply(mailtest.Fetch, "OK done\r\n* VANISHED 1:2"))
	session := openSession(t, s)
	if _, err := session.examine(testContext(t), "INBOX"); err != nil {
		t.Fatal(err)
	}
	s.IMAP.Clear()
	s.IMAP.Set(mailtest.Reply(mailtest.Fetch, "OK done\r\nnonsense without a star"))
	err := session.fetch(testContext(t), session.headers([]uint32{1}, true, func(header) {}))
	if err == nil {
		err = session.fetch(testContext(t), session.headers([]uint32{1}, true, func(header) {}))
	}
	if !errors.Is(err, errUnreadable) {
		t.Errorf("got %v", err)
	}
}
