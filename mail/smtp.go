package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/emersion/go-smtp"

	"stoke/mail/auth"
	"stoke/mail/mime"
)

// heloName is how we introduce ourselves: an address literal that tells nothing about this machine
// (RFC 5321, section 4.1.3).
const heloName = "[127.0.0.1]"

// envelope is one mail as it goes over the wire.
type envelope struct {
	from  string
	rcpts []string
	raw   []byte
}

// submission is what an SMTP conversation needs beside the mail.
type submission struct {
	server endpoint
	login  auth.Login // the zero Login: no log-in
	limits Limits
	// beforeDot runs when everything but the final dot is on the wire. Only when it returns nil
	// does the dot leave.
	beforeDot func(ctx context.Context) error
}

// errHeld wraps what beforeDot answered: the mail did not leave, and that is no fault of the wire.
type errHeld struct{ error }

func (e errHeld) Unwrap() error { return e.error }

// transmit sends one mail. On nil the server accepted it, and reply holds its words. Otherwise the
// error is *Error (Unknown: the dot may have left and no readable answer came; any other kind: the
// mail was not accepted), or errHeld when beforeDot said no.
//
// Whatever goes wrong before the dot, the connection is closed and nothing more is said: in go-smtp
// QUIT or RSET after DATA would end the body with a dot and deliver a stump. When ctx ends before
// the dot, the mail does not leave; after it, the server has limits.Leave to answer.
func (s submission) transmit(ctx context.Context, m envelope) (reply string, err error) {
	m, err = s.check(m)
	if err != nil {
		return "", err
	}
	t, err := s.talk(ctx)
	if err != nil {
		return "", err
	}
	defer t.link.Close()
	stop := context.AfterFunc(ctx, func() { t.link.fail(errLeft) })
	defer stop()
	if err := t.greet(); err != nil {
		return "", err
	}
	data, err := t.offer(m)
	if err != nil {
		return "", err
	}
	t.link.await(0, smtpBudget) // the disk is no matter of the server's patience
	if err := s.beforeDot(ctx); err != nil {
		return "", errHeld{err}
	}
	if !stop() {
		return "", wireError(s.server.host, causeOf(ctx, errLeft))
	}
	return t.dot(ctx, data)
}

// smtpBudget is how much one server may say in one conversation, in octets.
const smtpBudget = 1 << 20

// check gives the mail with its addresses as DNS knows them. mime.CheckAddress lets nothing through
// that could end the angle brackets of MAIL and RCPT or add a parameter behind them.
func (s submission) check(m envelope) (envelope, error) {
	if err := checkBytes(m.raw); err != nil {
		return m, err
	}
	if len(m.rcpts) == 0 {
		return m, &Error{Kind: Permanent, Sentence: "This mail has no recipient."}
	}
	checked := envelope{raw: m.raw}
	for i, a := range append([]string{m.from}, m.rcpts...) {
		addr, err := mime.CheckAddress(a)
		switch {
		case err != nil:
			return m, &Error{Kind: Permanent, Rcpt: words(a), Sentence: words(err.Error()), Err: err}
		case i == 0:
			checked.from = addr
		default:
			checked.rcpts = append(checked.rcpts, addr)
		}
	}
	return checked, nil
}

// smtpTalk is one conversation with a submission server.
type smtpTalk struct {
	submission
	link   *link
	client *smtp.Client
}

// talk connects; nothing was said yet.
func (s submission) talk(ctx context.Context) (*smtpTalk, error) {
	l, err := connect(ctx, s.server, smtpPrelude, s.limits)
	if err != nil {
		return nil, err
	}
	t := &smtpTalk{submission: s, link: l, client: smtp.NewClient(l)}
	t.client.CommandTimeout, t.client.SubmissionTimeout = s.limits.Command, s.limits.Dot
	l.await(s.limits.Command, smtpBudget)
	return t, nil
}

// probe logs in and says goodbye.
func (s submission) probe(ctx context.Context) error {
	t, err := s.talk(ctx)
	if err != nil {
		return err
	}
	defer t.link.Close()
	stop := context.AfterFunc(ctx, func() { t.link.fail(errLeft) })
	defer stop()
	if err := t.greet(); err != nil {
		return err
	}
	t.leave()
	return nil
}

func (t *smtpTalk) fault(asked string, err error) error {
	if se, ok := errors.AsType[*smtp.SMTPError](err); ok && se.Code >= 100 {
		return smtpError(t.server.host, asked, err)
	}
	return wireError(t.server.host, t.link.why(err))
}

// greet says EHLO and logs in. A refusal here says nothing about the mail, so it is never permanent.
func (t *smtpTalk) greet() error {
	lasting := func(err error) error {
		if e, ok := errors.AsType[*Error](err); ok && e.Kind == Permanent {
			e.Kind = Temporary
		}
		return err
	}
	if err := t.client.Hello(heloName); err != nil {
		return lasting(t.fault("the connection", err))
	}
	if t.login.None() {
		return nil
	}
	mech, err := t.login.Choose(t.client.SupportsAuth)
	if err != nil {
		return noMechanism(t.server.host, t.login)
	}
	if err := t.client.Auth(mech); err != nil {
		err = t.fault("the log-in", err)
		if e, ok := errors.AsType[*Error](err); ok {
			e.Words = t.login.Redact(e.Words)
			if e.Kind == Permanent {
				e.Kind = Auth
			}
			if e.Kind == Auth && e.Code != 0 {
				e.Sentence = refusedLogin(t.server.host, e, mech.Refusal())
			}
		}
		return err
	}
	return nil
}

// offer says MAIL, RCPT and DATA and writes the body without its end. Every recipient must be
// taken, or nothing is sent.
func (t *smtpTalk) offer(m envelope) (*smtp.DataCommand, error) {
	if most, ok := t.client.MaxMessageSize(); ok && most > 0 && len(m.raw) > most {
		return nil, &Error{Kind: Permanent, Sentence: fmt.Sprintf("This mail has %s, and %s takes at most %s.", size(len(m.raw)), t.server.host, size(most))}
	}
	if has, _ := t.client.Extension("8BITMIME"); !has && bytes.IndexFunc(m.raw, func(r rune) bool { return r >= 0x80 }) >= 0 {
		return nil, &Error{Kind: Permanent, Sentence: t.server.host + " cannot carry this mail: it has letters that were not encoded."}
	}
	if err := t.client.Mail(m.from, &smtp.MailOptions{Size: int64(len(m.raw))}); err != nil {
		return nil, t.fault("mail from "+m.from, err)
	}
	for _, rcpt := range m.rcpts {
		if err := t.client.Rcpt(rcpt, nil); err != nil {
			err = t.fault("the recipient "+rcpt, err)
			if e, ok := errors.AsType[*Error](err); ok && e.Code != 0 {
				e.Rcpt = rcpt
			}
			return nil, err
		}
	}
	data, err := t.client.Data()
	if err != nil {
		return nil, t.fault("this mail", err)
	}
	// Past the library's buffer, so that all but the end is on the wire before the decision is
	// stored; its writer then adds CRLF, dot, CRLF and nothing else.
	if _, err := t.link.Write(stuffed(m.raw)); err != nil {
		return nil, t.fault("this mail", err)
	}
	return data, nil
}

// dot writes the end of the mail and reads the verdict. From its first byte on, everything but a
// readable answer is doubt.
func (t *smtpTalk) dot(ctx context.Context, data *smtp.DataCommand) (string, error) {
	t.link.await(t.limits.Dot, smtpBudget)
	leave := context.AfterFunc(ctx, func() { t.link.await(t.limits.Leave, smtpBudget) })
	defer leave()
	before, _ := t.link.heard()
	answer, err := data.CloseWithResponse()
	after, last := t.link.heard()

	doubt := &Error{Kind: Unknown, Sentence: "The mail may have gone out: " + t.server.host + " gave no answer that can be read.", Err: err}
	var said *smtp.SMTPError
	switch {
	case after == before, last != '\n':
		return "", doubt // an answer from before the question, or one that was cut
	case err == nil:
		t.leave()
		return words("250 " + answer.StatusText), nil
	case !errors.As(err, &said):
		doubt.Err = t.link.why(err)
		return "", doubt
	case said.Code >= 200 && said.Code < 300:
		return words(fmt.Sprintf("%d %s", said.Code, said.Message)), nil
	case said.Code >= 400 && said.Code < 600:
		return "", smtpError(t.server.host, "this mail", err)
	}
	doubt.Words = words(said.Message)
	return "", doubt
}

// leave says goodbye where that cannot change anything any more; an answer is not waited for long.
func (t *smtpTalk) leave() {
	t.link.await(min(t.limits.Leave, time.Second), smtpBudget)
	_ = t.client.Quit() // the mail is accepted, whatever is said now
}

func size(n int) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KB", (n+1023)>>10)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}
