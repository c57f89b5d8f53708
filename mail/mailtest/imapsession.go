package mailtest

import (
	"errors"
	"runtime"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
)

// imapSession is the in-memory session, with mailboxes that have a use.
type imapSession struct {
	*imapmemserver.UserSession // nil before login
	server                     *Server
	accounts                   accounts
	account                    *account
	ended                      func()
}

var (
	_ imapserver.SessionIMAP4rev2 = (*imapSession)(nil)
	_ imapserver.SessionSASL      = (*imapSession)(nil)
)

func (s *imapSession) Login(name, password string) error {
	if !s.accounts.knows(name, password) {
		return imapserver.ErrAuthFailed
	}
	s.enter(name)
	return nil
}

func (s *imapSession) enter(name string) bool {
	a, err := s.accounts.find(name)
	if err != nil {
		return false
	}
	s.account, s.UserSession = a, imapmemserver.NewUserSession(a.User)
	return true
}

func (s *imapSession) Close() error {
	defer s.ended()
	return s.UserSession.Close()
}

func (s *imapSession) List(w *imapserver.ListWriter, ref string, patterns []string, o *imap.ListOptions) error {
	found, err := s.account.list(ref, patterns, o)
	if err != nil {
		return err
	}
	for _, d := range found {
		if err := w.WriteList(&d); err != nil {
			return err
		}
	}
	return nil
}

// Fetch ends the session when a mail could not be written to its end: the
// library leaves the writer of that mail open, which locks the connection, and
// would then wait for itself to report the error. What is deferred runs.
func (s *imapSession) Fetch(w *imapserver.FetchWriter, set imap.NumSet, o *imap.FetchOptions) error {
	err := s.UserSession.Fetch(w, set, o)
	if refused := (*imap.Error)(nil); err != nil && !errors.As(err, &refused) {
		runtime.Goexit()
	}
	return err
}

// Idle pushes what changed. The library's own Idle misses a change that comes
// between its "+ idling" and its listening; this one looks after each signal
// that it asked for beforehand.
func (s *imapSession) Idle(w *imapserver.UpdateWriter, stop <-chan struct{}) error {
	for {
		changed := s.account.watch()
		if err := s.Poll(w, true); err != nil {
			return err
		}
		select {
		case <-changed:
		case <-stop:
			return nil
		}
	}
}

func (s *imapSession) Append(mailbox string, r imap.LiteralReader, o *imap.AppendOptions) (*imap.AppendData, error) {
	return s.account.Append(mailbox, r, o)
}

func (s *imapSession) Copy(set imap.NumSet, to string) (*imap.CopyData, error) {
	defer s.account.changed()
	return s.UserSession.Copy(set, to)
}

func (s *imapSession) Move(w *imapserver.MoveWriter, set imap.NumSet, to string) error {
	defer s.account.changed()
	return s.UserSession.Move(w, set, to)
}

func (s *imapSession) Expunge(w *imapserver.ExpungeWriter, uids *imap.UIDSet) error {
	defer s.account.changed()
	return s.UserSession.Expunge(w, uids)
}

func (s *imapSession) Store(w *imapserver.FetchWriter, set imap.NumSet, f *imap.StoreFlags, o *imap.StoreOptions) error {
	defer s.account.changed()
	return s.UserSession.Store(w, set, f, o)
}

func (s *imapSession) Create(name string, o *imap.CreateOptions) error {
	return s.account.Create(name, o)
}
func (s *imapSession) Delete(name string) error { return s.account.Delete(name) }
func (s *imapSession) Rename(from, to string, o *imap.RenameOptions) error {
	return s.account.Rename(from, to, o)
}
