package mailtest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
)

// mailboxes are what every user begins with (RFC 6154 for the attributes).
var mailboxes = []struct {
	name string
	attr imap.MailboxAttr
}{
	{"INBOX", ""},
	{"Sent", imap.MailboxAttrSent},
	{"Drafts", imap.MailboxAttrDrafts},
	{"Archive", imap.MailboxAttrArchive},
	{"Junk", imap.MailboxAttrJunk},
	{"Trash", imap.MailboxAttrTrash},
}

// account is one user's mail. The names are kept here because the in-memory
// user neither lists them nor keeps their attributes.
type account struct {
	*imapmemserver.User
	password string

	mu    sync.Mutex
	attrs map[string]imap.MailboxAttr
	news  chan struct{} // closed at the next change in any mailbox
}

func newAccount(u User) (*account, error) {
	a := &account{
		User: imapmemserver.NewUser(strings.ToLower(u.Address), u.Password), password: u.Password,
		attrs: map[string]imap.MailboxAttr{}, news: make(chan struct{}),
	}
	for _, m := range mailboxes {
		if err := a.Create(m.name, nil); err != nil {
			return nil, fmt.Errorf("making the mailbox %s: %w", m.name, err)
		}
		a.attrs[m.name] = m.attr
	}
	return a, nil
}

// watch gives a channel that is closed at the next change.
func (a *account) watch() <-chan struct{} {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.news
}

func (a *account) changed() {
	a.mu.Lock()
	defer a.mu.Unlock()
	close(a.news)
	a.news = make(chan struct{})
}

func (a *account) Append(mailbox string, r imap.LiteralReader, o *imap.AppendOptions) (*imap.AppendData, error) {
	defer a.changed()
	return a.User.Append(mailbox, r, o)
}

func (a *account) Create(name string, o *imap.CreateOptions) error {
	if err := a.User.Create(name, o); err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.attrs[strings.TrimRight(name, "/")] = ""
	return nil
}

func (a *account) Delete(name string) error {
	if err := a.User.Delete(name); err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.attrs, name)
	return nil
}

func (a *account) Rename(from, to string, o *imap.RenameOptions) error {
	if err := a.User.Rename(from, to, o); err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.attrs[strings.TrimRight(to, "/")] = a.attrs[from]
	delete(a.attrs, from)
	return nil
}

// remake empties a mailbox; the new one has another UIDVALIDITY and the same
// use.
func (a *account) remake(name string) error {
	a.mu.Lock()
	attr := a.attrs[name]
	a.mu.Unlock()
	if err := a.Delete(name); err != nil {
		return err
	}
	if err := a.Create(name, nil); err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.attrs[name] = attr
	return nil
}

func (a *account) list(ref string, patterns []string, o *imap.ListOptions) ([]imap.ListData, error) {
	if len(patterns) == 0 {
		return []imap.ListData{{Attrs: []imap.MailboxAttr{imap.MailboxAttrNoSelect}, Delim: '/'}}, nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	var out []imap.ListData
	for name, attr := range a.attrs {
		fits := slices.ContainsFunc(patterns, func(p string) bool { return imapserver.MatchList(name, '/', ref, p) })
		if !fits || o.SelectSpecialUse && attr == "" {
			continue
		}
		d := imap.ListData{Mailbox: name, Delim: '/'}
		if attr != "" {
			d.Attrs = append(d.Attrs, attr)
		}
		if o.ReturnStatus != nil {
			status, err := a.Status(name, o.ReturnStatus)
			if err != nil {
				return nil, err
			}
			d.Status = status
		}
		out = append(out, d)
	}
	slices.SortFunc(out, func(x, y imap.ListData) int { return strings.Compare(x.Mailbox, y.Mailbox) })
	return out, nil
}

// literal is a mail as Append wants it.
type literal struct{ *bytes.Reader }

func (a *account) file(mailbox string, raw []byte, at time.Time, flags ...imap.Flag) error {
	_, err := a.Append(mailbox, literal{bytes.NewReader(slices.Clone(raw))}, &imap.AppendOptions{Time: at, Flags: flags})
	return err
}

// accounts are all users by lower-case address; they do not change after Start.
type accounts map[string]*account

func (as accounts) find(name string) (*account, error) {
	a := as[strings.ToLower(name)]
	if a == nil {
		return nil, fmt.Errorf("mailtest: no user %q", name)
	}
	return a, nil
}

func (as accounts) knows(name, password string) bool {
	a, err := as.find(name)
	return err == nil && a.password == password
}
