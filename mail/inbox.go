package mail

import (
	"context"
	"time"

	"stoke/mail/auth"
	"stoke/model"
)

// inbox reads the mailboxes until ctx ends: connect, catch up, wait for the server to speak, and
// again. After a failure it comes back with growing patience; after a refused log-in only when the
// rep asks for it.
func (o *office) inbox(ctx context.Context) {
	if !o.reads() {
		<-ctx.Done()
		return
	}
	for failed := 0; ctx.Err() == nil; {
		good, err := o.watch(ctx)
		if ctx.Err() != nil {
			return
		}
		if good {
			failed = 0 // a line that worked and broke is taken up again before anybody is told
		} else {
			o.trouble(err)
		}
		failed++
		if KindOf(err) == Auth {
			select {
			case <-o.retryBell:
			case <-ctx.Done():
			}
			continue
		}
		sleep(ctx, backOff(o.Limits.Retry, failed), o.retryBell)
	}
}

// watch keeps one connection: it looks into the mailboxes whenever something may have changed, until
// an error or the end of ctx. good tells that it was of use: it lasted beyond one look and one wait.
func (o *office) watch(ctx context.Context) (good bool, err error) {
	r, err := o.openReader(ctx)
	if err != nil {
		return false, err
	}
	defer r.close()
	o.entered.blow()
	for full := true; ; {
		began := o.Now()
		if err := r.round(ctx, full); err != nil {
			return good, err
		}
		o.reportLook(r.tally, o.Now().Sub(began))
		r.tally = model.Received{}
		if r.rounds == 1 {
			o.tell(model.Event{Kind: model.EventNewState, Account: o.account.Name, Text: r.session.state()})
		}
		server, err := r.wait(ctx)
		if err != nil {
			return good, err
		}
		good = true
		full = !server // the server spoke of INBOX; the rest has time
	}
}

// reader is a session at work for an office. After an answer that cannot be read it gets a new one.
type reader struct {
	*office
	session *session
	folders folders
	rounds  int
	tally   model.Received
	owed    map[string]*owed // by mailbox: what the first look into it still has to read
	through map[string]bool  // by mailbox: read to its end, which is not stored yet
	loose   loose
	glance  *glance
	octets  int // of one header, in the mean of the last that were fetched together
}

// glance is what INBOX looked like before the mailboxes were listed: Dovecot takes twenty times as long to open a large one
// after LIST, and mostly there is nothing new.
type glance struct {
	box mailbox
	at  time.Time
}

func (o *office) openReader(ctx context.Context) (*reader, error) {
	r := &reader{office: o, owed: map[string]*owed{}, through: map[string]bool{}, loose: newLoose()}
	if err := r.connect(ctx); err != nil {
		return nil, err
	}
	r.glance = &glance{at: o.Now()}
	var err error
	if r.glance.box, err = r.session.examine(ctx, inboxName); err != nil {
		r.close()
		return nil, err
	}
	f, err := r.session.folders(ctx)
	if err != nil {
		r.close()
		return nil, err
	}
	if o.account.Sent != "" {
		f.sent = o.account.Sent
	}
	r.folders = f
	return r, nil
}

func (r *reader) connect(ctx context.Context) error {
	return r.loggedIn(ctx, r.account.IMAP, func(login auth.Login) error {
		s, err := logIn(ctx, r.endpoint(r.account.IMAP), login, r.Limits)
		if err == nil {
			s.ear = r.newMail
			r.session = s
		}
		return err
	})
}

func (r *reader) close() {
	if r.session != nil {
		r.session.Close()
		r.session = nil
	}
}

// reopen gets a new session with a mailbox open, after an answer that cost the last one. A box that
// names a UIDVALIDITY must still have it.
func (r *reader) reopen(ctx context.Context, box mailbox) error {
	r.close()
	if err := r.connect(ctx); err != nil {
		return err
	}
	now, err := r.session.examine(ctx, box.name)
	if err != nil {
		return err
	}
	if box.uidValidity != 0 && now.uidValidity != box.uidValidity {
		return &Error{Kind: Temporary, Sentence: r.account.IMAP.Host + " renumbered the mails in " + words(box.name) + " meanwhile; they are read anew."}
	}
	return nil
}

// round looks into the mailboxes once and settles what depends on them. INBOX is open afterwards where nobody else listens
// to it. A
// full one also reads where replies end up without us: Junk, the archive, and what Gmail calls All Mail.
func (r *reader) round(ctx context.Context, full bool) error {
	began := r.Now()
	if r.glance != nil {
		began = r.glance.at
	}
	names := []string{r.folders.inbox, r.folders.sent}
	if full {
		// Sent before INBOX: what the rep has answered already is no news.
		names = []string{r.folders.sent, r.folders.inbox, r.folders.junk, r.folders.archive, r.folders.all}
	}
	if err := r.eachOf(ctx, names, r.catchUp); err != nil {
		return err
	}
	r.glance = nil
	r.letUsIn.ring() // and not before: a second connection makes a server slow that opens a large mailbox
	if err := r.doubts(ctx); err != nil {
		return err
	}
	if err := r.copies(ctx); err != nil {
		return err
	}
	if len(r.owed) > 0 {
		if err := r.eachOf(ctx, names, r.backlog); err != nil {
			return err
		}
		began = r.Now()
		if err := r.eachOf(ctx, names[:2], r.catchUp); err != nil {
			return err
		}
	}
	if err := r.tieUp(ctx); err != nil {
		return err
	}
	if err := r.endFirstLook(ctx); err != nil {
		return err
	}
	if r.session.open != r.folders.inbox && r.watchesItself() {
		if err := r.catchUp(ctx, r.folders.inbox); err != nil {
			return err
		}
	}
	r.rounds++
	r.mu.Lock()
	r.synced, r.said = began, 0
	r.mu.Unlock()
	r.looked.blow()
	r.tell(model.Event{Kind: model.EventSynced, Account: r.account.Name})
	return nil
}

// watchesItself tells that this connection is the one to hear of new mail, in INBOX: nobody else listens, and it goes on.
func (r *reader) watchesItself() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return !r.listening && !r.oneShot
}

// eachOf does one thing in each mailbox. One that is gone meanwhile is passed over: the folders are listed anew with the
// next connection.
func (r *reader) eachOf(ctx context.Context, names []string, do func(context.Context, string) error) error {
	for _, name := range names {
		if name == "" {
			continue
		}
		if err := do(ctx, name); err != nil {
			if missing(err) && name != r.folders.inbox {
				delete(r.owed, name)
				continue
			}
			return err
		}
	}
	return nil
}

func (r *reader) tellReceived(got model.Received) {
	for _, n := range got.News {
		ev := model.Event{Kind: model.EventChanged, Account: r.account.Name, Contact: n.Contact, Text: n.Says, Hot: n.Hot}
		if n.Answered {
			ev.Kind = model.EventReplied
		}
		r.tell(ev)
	}
}
