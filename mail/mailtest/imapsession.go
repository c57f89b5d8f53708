package mailtest

import (
	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
)

// imapSession is the in-memory session, with mailboxes that have a use.
type imapSession struct {
	*imapmemserver.UserSession // nil before login
	accounts                   accounts
	account                    *account
	ended                      func()
}

var _ imapserver.SessionIMAP4rev2 = (*imapSession)(nil)

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

func (s *imapSession) Create(name string, o *imap.CreateOptions) error {
	return s.account.Create(name, o)
}
func (s *imapSession) Delete(name string) error { return s.account.Delete(name) }
func (s *imapSession) Rename(from, to string, o *imap.RenameOptions) error {
	return s.account.Rename(from, to, o)
}
