package mail

import (
	"context"
	"errors"
	"time"

	"github.com/emersion/go-imap/v2"

	"stoke/model"
)

// copyTry remembers how often a copy could not be made.
type copyTry struct {
	failed int
	next   time.Time
}

// maxCopyTries is after how many refusals a copy is given up: the mail is sent all the same.
const maxCopyTries = 6

// copies puts what was sent into the Sent folder where the server has not done so. It is a job of
// its own: the send is over, and no failure here touches it. A copy is always looked for first, so
// that an APPEND whose answer was lost is not made twice.
func (r *reader) copies(ctx context.Context) error {
	list, err := r.Box.Uncopied(ctx, r.account.Name)
	if err != nil {
		return err
	}
	due := list[:0]
	for _, m := range list {
		switch {
		case !r.account.wantsCopy() || r.folders.sent == "" || len(m.Raw) == 0:
			r.copied(ctx, m)
		case r.copyDue(m):
			due = append(due, m)
		}
	}
	if len(due) == 0 {
		return nil
	}
	there, _, err := r.marksInSent(ctx, due)
	if err != nil {
		return err
	}
	for _, m := range due {
		if there.of(m) {
			r.copied(ctx, m)
			continue
		}
		if err := r.session.append(ctx, r.folders.sent, m.Raw, m.DotAt); err != nil {
			return r.uncopied(ctx, m, err)
		}
		r.copied(ctx, m)
	}
	return nil
}

// copyDue leaves the server some seconds to save a copy by itself.
func (r *reader) copyDue(m model.Outgoing) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.Now()
	if try, ok := r.copyTry[m.ID]; ok {
		return !now.Before(try.next)
	}
	age := now.Sub(m.Settled)
	if age >= 0 && age < r.Limits.Copy {
		time.AfterFunc(r.Limits.Copy-age, r.inboxBell.ring)
		return false
	}
	return true
}

func (o *office) copied(ctx context.Context, m model.Outgoing) {
	o.mu.Lock()
	delete(o.copyTry, m.ID)
	o.mu.Unlock()
	if err := o.Box.Copied(ctx, m.ID); err != nil && model.CodeOf(err) == "" {
		o.failedBox(ctx, "write down that a copy is kept", err)
	}
}

// uncopied plans another try, or gives up when the server has refused often enough. The session is
// of no use after a refused APPEND: go-imap gives the connection up.
func (r *reader) uncopied(ctx context.Context, m model.Outgoing, err error) error {
	if said, ok := errors.AsType[*imap.Error](err); ok {
		r.mu.Lock()
		try := r.copyTry[m.ID]
		try.failed++
		try.next = r.Now().Add(time.Minute << min(try.failed-1, 6))
		r.copyTry[m.ID] = try
		r.mu.Unlock()
		r.Log.Warn("no copy could be put into Sent", "account", r.account.Name, "mail", m.ID, "error", words(said.Error()))
		if try.failed >= maxCopyTries {
			r.copied(ctx, m)
		}
		return r.reopen(ctx, mailbox{name: r.folders.inbox})
	}
	return err
}

// append puts a mail into a mailbox, as read.
func (s *session) append(ctx context.Context, mailbox string, raw []byte, at time.Time) error {
	return s.ask(ctx, "keep a copy in "+words(mailbox), imapBudget, func() error {
		cmd := s.client.Append(mailbox, int64(len(raw)), &imap.AppendOptions{Flags: []imap.Flag{imap.FlagSeen}, Time: at})
		_, wrote := cmd.Write(raw)
		closed := cmd.Close()
		if _, err := cmd.Wait(); err != nil {
			return err
		}
		return errors.Join(wrote, closed)
	})
}
