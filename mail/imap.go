package mail

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync/atomic"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"

	"stoke/mail/auth"
)

// imapBudget is how much a server may send for one command beside what was asked for, in octets.
const imapBudget = 2 << 20

// session is one logged-in IMAP connection. One goroutine owns it. Every method ends by an answer,
// by its deadline or with ctx, and returns *Error; after an error of the transport the session is
// dead and only Close is of use.
type session struct {
	empty  atomic.Bool // an empty SASL reply is due
	server endpoint
	limits Limits
	link   *link
	client *imapclient.Client
	caps   imap.CapSet
	wake   chan struct{}   // the server said that the open mailbox changed
	ear    <-chan struct{} // it said so of INBOX to another session; nil where there is none
	open   string          // the mailbox that is open
	noIdle bool            // IDLE was refused
}

// logIn opens a session. It fails with TLS before any credential byte left, with Auth when the
// server refuses the log-in.
func logIn(ctx context.Context, e endpoint, login auth.Login, limits Limits) (*session, error) {
	l, err := connect(ctx, e, imapPrelude, limits)
	if err != nil {
		return nil, err
	}
	s := &session{server: e, limits: limits, link: l, wake: make(chan struct{}, 1)}
	s.client = imapclient.New(&guard{emptyReply: emptyReply{l, &s.empty}, state: state{size: -1}}, &imapclient.Options{UnilateralDataHandler: &imapclient.UnilateralDataHandler{
		// Runs in the reader: it may only drop a note, any command from here would lock up.
		Mailbox: func(d *imapclient.UnilateralDataMailbox) {
			if d.NumMessages != nil {
				s.nudge()
			}
		},
	}})
	if err := s.greet(ctx, login); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func (s *session) nudge() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// closedUngreeted is what the library may say of a server that takes leave instead of greeting, by whichever of its
// goroutines is first. The library closes the connection then, so the link knows of no fault.
const closedUngreeted = "connection closed before greeting"

func (s *session) greet(ctx context.Context, login auth.Login) error {
	err := s.ask(ctx, "talk", imapBudget, func() error {
		if err := s.client.WaitGreeting(); err != nil {
			if err.Error() == closedUngreeted && !s.link.broken() {
				return wireError(s.server.host, io.EOF)
			}
			return err
		}
		if s.client.State() == imap.ConnStateAuthenticated {
			return &Error{Kind: TLS, Sentence: s.server.host + " says that we are logged in before we said who we are; stopped."}
		}
		s.caps = s.client.Caps()
		if s.caps == nil {
			return errors.New("no capabilities")
		}
		return nil
	})
	if err != nil {
		return err
	}
	if login.None() {
		return &Error{Kind: Auth, Sentence: s.server.host + " wants a log-in, and the config names no password."}
	}
	refusal := func() string { return "" }
	err = s.ask(ctx, "log us in", imapBudget, func() error {
		mech, err := login.Choose(func(name string) bool {
			return name != sasl.Login && s.caps.Has(imap.AuthCap(name)) // IMAP's own LOGIN is the better one
		})
		if err == nil {
			refusal = mech.Refusal
			return s.authenticate(mech)
		}
		if s.caps.Has(imap.CapLoginDisabled) {
			return noMechanism(s.server.host, login)
		}
		err = login.Bare(func(user, secret string) error { return s.client.Login(user, secret).Wait() })
		if errors.Is(err, auth.ErrNoMechanism) {
			return noMechanism(s.server.host, login)
		}
		return err
	})
	if err != nil {
		if e, ok := errors.AsType[*Error](err); ok {
			e.Words = login.Redact(e.Words)
			if ie, ok := errors.AsType[*imap.Error](err); ok && e.Kind == Temporary && refusesLogin(ie) {
				e.Kind = Auth
			}
			if e.Kind == Auth && e.Words != "" {
				e.Sentence = refusedLogin(s.server.host, e, refusal())
			}
		}
		return err
	}
	return s.ask(ctx, "say what it can do", imapBudget, func() error {
		if s.caps = s.client.Caps(); s.caps == nil {
			return errors.New("no capabilities")
		}
		return nil
	})
}

// authenticate runs a mechanism. XOAUTH2 takes leave of a refusal with an empty line.
func (s *session) authenticate(mech auth.Exchange) error {
	s.empty.Store(true)
	defer s.empty.Store(false)
	return s.client.Authenticate(mech)
}

// emptyReply mends how the library sends an empty SASL reply: as "=", which stands for an empty initial
// response only (RFC 9051, section 6.2.2) and which servers refuse elsewhere.
type emptyReply struct {
	*link
	due *atomic.Bool
}

func (e emptyReply) Write(p []byte) (int, error) {
	if string(p) == "=\r\n" && e.due.Load() {
		_, err := e.link.Write(p[1:])
		return len(p), err
	}
	return e.link.Write(p)
}

// busy is how Gmail, Exchange and Dovecot refuse a log-in for a reason that passes.
var busy = lazily(`(?i)too many simultaneous|bandwidth limit|try again|temporar|server unavailable|maximum number of connections`)

// refusesLogin tells a wrong password from a server that is only busy (RFC 5530). A NO without a
// code is taken for a wrong password: servers before that RFC say no more.
func refusesLogin(e *imap.Error) bool {
	switch e.Code {
	case imap.ResponseCodeUnavailable, imap.ResponseCodeInUse, imap.ResponseCodeServerBug, imap.ResponseCodeContactAdmin, imap.ResponseCodeLimit:
		return false
	}
	if busy().MatchString(e.Text) {
		return false
	}
	return e.Type == imap.StatusResponseTypeNo
}

// ask runs one exchange with the server: f sends and waits. The exchange ends when the server is
// silent for limits.Command, after limits.Whole, when more than budget octets came, or with ctx; all
// of them close the connection, which is what makes f return.
func (s *session) ask(ctx context.Context, what string, budget int64, f func() error) error {
	if ctx.Err() != nil {
		return wireError(s.server.host, context.Cause(ctx))
	}
	ctx, cancel := context.WithTimeoutCause(ctx, s.limits.Whole, errSilent)
	defer cancel()
	stop := context.AfterFunc(ctx, func() {
		cause := context.Cause(ctx)
		if errors.Is(cause, context.Canceled) {
			cause = errLeft
		}
		s.link.fail(cause)
	})
	defer stop()
	s.link.await(s.limits.Command, budget)
	err := f()
	s.link.await(0, imapBudget)
	if err == nil {
		return nil
	}
	if s.link.broken() {
		return wireError(s.server.host, s.link.why(err))
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	if ie, ok := errors.AsType[*imap.Error](err); ok && !errors.Is(err, errLeft) {
		return imapError(s.server.host, what, ie)
	}
	return &Error{Kind: Temporary, Sentence: s.server.host + " answered something that cannot be read.", Err: errors.Join(errUnreadable, err)}
}

// errUnreadable marks an answer that the library could not parse. The connection is gone then, but
// the network is fine: asking for less at a time finds the mail it is about.
var errUnreadable = errors.New("unreadable answer")

// Close ends the session. It says LOGOUT where the connection still works, waits at most a second
// for the answer, and returns when the reader is gone.
func (s *session) Close() {
	if !s.link.broken() {
		hurry := time.AfterFunc(min(s.limits.Leave, time.Second), func() { s.link.fail(errSilent) })
		_ = s.client.Logout().Wait() // the connection is closed either way
		hurry.Stop()
	}
	s.link.Close()
	<-s.client.Closed()
}

// mailbox is an opened mailbox, as EXAMINE describes it.
type mailbox struct {
	name        string
	uidValidity uint32
	uidNext     uint32
	count       uint32
}

// examine opens a mailbox read-only: nothing that follows can set \Seen.
func (s *session) examine(ctx context.Context, name string) (mailbox, error) {
	var m mailbox
	s.stirred() // that note was about the mailbox that is left now; this one is looked at anyway
	err := s.ask(ctx, "open the mailbox "+words(name), imapBudget, func() error {
		d, err := s.client.Select(name, &imap.SelectOptions{ReadOnly: true}).Wait()
		if err != nil {
			return err
		}
		m = mailbox{name: name, uidValidity: d.UIDValidity, uidNext: uint32(d.UIDNext), count: d.NumMessages}
		return nil
	})
	if saysGone(err) {
		return mailbox{}, errGone{err}
	}
	if err != nil {
		return mailbox{}, err
	}
	if m.uidValidity == 0 || m.uidNext == 0 {
		return mailbox{}, &Error{Kind: Temporary, Sentence: s.server.host + " gives the mails in " + words(name) + " no numbers that last, so they cannot be read safely."}
	}
	s.open = name
	return m, nil
}

// errGone wraps the answer of a server that has no such mailbox. What it answers to other commands is a failure.
type errGone struct{ error }

func (e errGone) Unwrap() error { return e.error }

// missing reports whether a mailbox could not be opened because it is not there, as opposed to a failure.
func missing(err error) bool {
	_, gone := errors.AsType[errGone](err)
	return gone
}

// saysGone tells whether a refusal to open a mailbox says that it is not there. Some servers give no code.
func saysGone(err error) bool {
	ie, ok := errors.AsType[*imap.Error](err)
	return ok && ie.Type == imap.StatusResponseTypeNo &&
		(ie.Code == imap.ResponseCodeNonExistent || ie.Code == imap.ResponseCodeTryCreate || ie.Code == "" || strings.EqualFold(string(ie.Code), "CANNOT"))
}
