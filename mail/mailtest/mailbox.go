package mailtest

import (
	"fmt"
	"net"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// Deliver puts a mail into a mailbox now; clients that idle there hear of it.
func (s *Server) Deliver(user, mailbox string, raw []byte) error {
	return s.DeliverAt(user, mailbox, raw, s.opts.Now())
}

// DeliverAt is Deliver with an INTERNALDATE of one's own.
func (s *Server) DeliverAt(user, mailbox string, raw []byte, at time.Time) error {
	a, err := s.accounts.find(user)
	if err != nil {
		return err
	}
	if err := a.file(mailbox, raw, at); err != nil {
		return fmt.Errorf("delivering to %s of %s: %w", mailbox, user, err)
	}
	return nil
}

// Stored is one mail as a mailbox holds it.
type Stored struct {
	UID   imap.UID
	Flags []imap.Flag
	Date  time.Time // INTERNALDATE
	Raw   []byte
}

// Mails are the mails of a mailbox in the order of their UIDs.
func (s *Server) Mails(user, mailbox string) ([][]byte, error) {
	stored, err := s.Stored(user, mailbox)
	out := make([][]byte, 0, len(stored))
	for _, m := range stored {
		out = append(out, m.Raw)
	}
	return out, err
}

// Stored is Mails with UIDs, flags and dates. It changes no flag.
func (s *Server) Stored(user, mailbox string) ([]Stored, error) {
	var out []Stored
	err := s.inside(user, mailbox, func(c *imapclient.Client, n uint32) error {
		if n == 0 {
			return nil
		}
		body := &imap.FetchItemBodySection{Peek: true}
		got, err := c.Fetch(imap.SeqSet{{Start: 1, Stop: n}}, &imap.FetchOptions{
			UID: true, Flags: true, InternalDate: true, BodySection: []*imap.FetchItemBodySection{body},
		}).Collect()
		for _, m := range got {
			out = append(out, Stored{m.UID, m.Flags, m.InternalDate, m.FindBodySection(body)})
		}
		return err
	})
	return out, err
}

// Expunge removes the mail with this UID, as another client of the user does.
func (s *Server) Expunge(user, mailbox string, uid imap.UID) error {
	return s.inside(user, mailbox, func(c *imapclient.Client, _ uint32) error {
		set := imap.UIDSetNum(uid)
		del := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagDeleted}}
		if err := c.Store(set, del, nil).Close(); err != nil {
			return err
		}
		return c.UIDExpunge(set).Close()
	})
}

// NewUIDValidity gives a mailbox a new UIDVALIDITY and its mails new UIDs from
// 1 on (RFC 9051 2.3.1.1), and closes all IMAP connections, as servers do.
func (s *Server) NewUIDValidity(user, mailbox string) error {
	a, err := s.accounts.find(user)
	if err != nil {
		return err
	}
	mails, err := s.Stored(user, mailbox)
	if err != nil {
		return err
	}
	if err := a.remake(mailbox); err != nil {
		return fmt.Errorf("making %s anew: %w", mailbox, err)
	}
	for _, m := range mails {
		if err := a.file(mailbox, m.Raw, m.Date, m.Flags...); err != nil {
			return err
		}
	}
	s.IMAP.Drop()
	return nil
}

// inside runs fn on a connection of the server's own that no fault touches.
func (s *Server) inside(user, mailbox string, fn func(*imapclient.Client, uint32) error) error {
	a, err := s.accounts.find(user)
	if err != nil {
		return err
	}
	ours, theirs := net.Pipe()
	if !s.handOver(theirs) {
		return net.ErrClosed
	}
	c := imapclient.New(ours, nil)
	defer c.Close()
	if err := c.Login(user, a.password).Wait(); err != nil {
		return fmt.Errorf("looking into %s of %s: %w", mailbox, user, err)
	}
	data, err := c.Select(mailbox, nil).Wait()
	if err == nil {
		err = fn(c, data.NumMessages)
	}
	if err != nil {
		return fmt.Errorf("looking into %s of %s: %w", mailbox, user, err)
	}
	return nil
}
