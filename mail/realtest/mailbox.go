package realtest

import (
	"bytes"
	"io/fs"
	"net"
	"net/mail"
	"path/filepath"
	"testing"

	"github.com/emersion/go-smtp"
)

// Deliver puts a raw mail into the INBOX of one of the accounts, as if it had
// come from the internet, and returns when it is there. Dovecot adds its trace
// header (Return-Path, Delivered-To, Received) on top. The envelope sender is
// the mail's From, or empty where that cannot be read.
func (s *Servers) Deliver(t testing.TB, to string, raw []byte) {
	t.Helper()
	conn, err := net.DialTimeout("unix", s.socket(), patience)
	if err != nil {
		t.Fatalf("deliver to %s: %v", to, err)
	}
	c := smtp.NewClientLMTP(conn)
	defer c.Close()
	if err := deliver(c, sender(raw), to, raw); err != nil {
		t.Fatalf("deliver to %s: %v", to, err)
	}
}

func deliver(c *smtp.Client, from, to string, raw []byte) error {
	if err := c.Mail(from, nil); err != nil {
		return err
	}
	if err := c.Rcpt(to, nil); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(raw); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return c.Quit()
}

func sender(raw []byte) string {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return ""
	}
	from, err := mail.ParseAddress(m.Header.Get("From"))
	if err != nil {
		return ""
	}
	return from.Address
}

// Mailbox is every mail in one mailbox of an account, oldest first, read from
// the disk behind the server. Boxes are INBOX, Sent, Drafts, Trash, Junk,
// Archive and what the test made itself; one that does not exist is empty.
// Lines end as they came in: CRLF.
func (s *Servers) Mailbox(t testing.TB, account, box string) [][]byte {
	t.Helper()
	mails, err := readMaildir(s.maildir(account, box))
	if err != nil {
		t.Fatalf("mailbox %s of %s: %v", box, account, err)
	}
	return mails
}

// AwaitMail waits until the mailbox holds at least n mails and returns them.
// It says nothing about more that may still be on their way: ask Settle first
// to count.
func (s *Servers) AwaitMail(t testing.TB, account, box string, n int) [][]byte {
	t.Helper()
	var mails [][]byte
	if !await(func() bool { mails = s.Mailbox(t, account, box); return len(mails) >= n }) {
		t.Fatalf("mailbox %s of %s holds %d mails, want %d", box, account, len(mails), n)
	}
	return mails
}

// Settle waits until Postfix owes nothing: all that it accepted has been
// delivered, or its bounce has. After it, Mailbox is the whole truth.
func (s *Servers) Settle(t testing.TB) {
	t.Helper()
	// Twice: a bounce is filed among the incoming before the mail it answers
	// leaves, and one look may fall between.
	if !await(func() bool { return s.owed()+s.owed() == 0 }) {
		t.Fatalf("Postfix still owes %d mails", s.owed())
	}
}

// owed is how many mails wait in Postfix's queues.
func (h *house) owed() int {
	n := 0
	for _, queue := range []string{"incoming", "active", "deferred"} {
		// A file that moves on while we look is counted where it goes.
		_ = filepath.WalkDir(filepath.Join(h.dir, "postfix/queue", queue), func(_ string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() {
				n++
			}
			return nil
		})
	}
	return n
}
