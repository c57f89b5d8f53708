package mail

import (
	"context"
	"slices"
	"time"

	"stoke/model"
)

// showFrom is from how many new mails on a sync shows its progress.
const showFrom = 100

// catchUp reads what has arrived in a mailbox since the cursor. Of a mailbox that was never seen, or that the server has
// renumbered, it reads the newest mails and leaves the rest to backlog; so the queue is of use within seconds. Every
// batch is stored together with the cursor behind it, so that a crash resumes and nothing happens twice.
//
// CONDSTORE is not asked for: UIDs only grow (RFC 9051, section 2.3.1.1), so an unchanged UIDNEXT says that nothing came,
// and a change of flags is no news here.
func (r *reader) catchUp(ctx context.Context, name string) error {
	cursor, err := r.Box.Cursor(ctx, r.account.Name, name)
	if err != nil {
		return err
	}
	if g := r.glance; g != nil && name == inboxName && cursor.Below == 0 && cursor.UIDValidity == g.box.uidValidity && cursor.UIDNext == g.box.uidNext {
		return nil // nothing came
	}
	box, err := r.session.examine(ctx, name)
	if err != nil {
		return err
	}
	if cursor.UIDValidity != box.uidValidity || cursor.UIDNext == 0 || cursor.UIDNext > box.uidNext {
		cursor = model.Cursor{UIDValidity: box.uidValidity, UIDNext: box.uidNext, Below: box.uidNext}
		delete(r.owed, name)
		delete(r.through, name)
	}
	if name == r.folders.sent {
		r.noteSent(box.uidNext)
	}
	if err := r.arrived(ctx, box, &cursor); err != nil {
		return err
	}
	return r.preview(ctx, box, cursor)
}

// arrived reads what lies from the cursor on, oldest first.
func (r *reader) arrived(ctx context.Context, box mailbox, cursor *model.Cursor) error {
	if cursor.UIDNext == box.uidNext {
		return nil
	}
	uids, err := r.session.uidsFrom(ctx, cursor.UIDNext)
	if err != nil {
		return err
	}
	if box.name == r.folders.sent && len(uids) > 0 {
		r.noteSent(uids[len(uids)-1] + 1)
	}
	for done := 0; done < len(uids); {
		batch := uids[done:min(done+r.Limits.Batch, len(uids))]
		done += len(batch)
		cursor.UIDNext = batch[len(batch)-1] + 1
		if done == len(uids) {
			cursor.UIDNext = max(cursor.UIDNext, box.uidNext)
		}
		r.tellProgress(done, len(uids))
		if err := r.take(ctx, box, batch, *cursor); err != nil {
			return err
		}
	}
	if len(uids) == 0 {
		cursor.UIDNext = box.uidNext
		return r.take(ctx, box, nil, *cursor)
	}
	return nil
}

func (r *reader) tellProgress(done, total int) {
	if total >= showFrom {
		r.tell(model.Event{Kind: model.EventSyncing, Account: r.account.Name, Done: done, Total: total})
	}
}

// noteSent keeps where the next copy in Sent will be found at the earliest. UIDs only grow.
func (r *reader) noteSent(next uint32) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sentNext = next
}

// owed are the mails that the first look into a mailbox still has to read, ascending.
type owed struct {
	uidValidity uint32
	listed      bool // the server was asked which they are
	uids        []uint32
	total       int
	again       []uint32 // read by a former run, which was ended before it read what they may answer
}

// previewed is how many of the newest mails of an old mailbox are read before anybody asks which others there are: a server
// may need a second to answer that.
const previewed = 100

// preview reads the newest mails of what the first look owes. It does not count as read: what it says is judged anew when
// the mails that it answers are known. A mailbox that holds no more than a batch is read to its end.
func (r *reader) preview(ctx context.Context, box mailbox, cursor model.Cursor) error {
	if cursor.Below == 0 || r.owed[box.name] != nil || r.through[box.name] {
		return nil
	}
	todo := &owed{uidValidity: box.uidValidity}
	resumed := cursor.Below < cursor.UIDNext && box.name != r.folders.sent // a former run has read the newest
	switch {
	case resumed:
		r.owed[box.name] = todo
		return nil
	case int(box.count) <= r.Limits.Batch:
		if err := r.list(ctx, box, cursor, todo); err != nil {
			return err
		}
		if box.name == r.folders.sent {
			cursor.Below = 0 // no answer to it is judged anew
		}
		if err := r.take(ctx, box, todo.uids, cursor); err != nil {
			return err
		}
		r.through[box.name] = true
		return nil
	}
	r.owed[box.name] = todo
	uids, err := r.session.newest(ctx, box, min(r.Limits.Batch, previewed))
	if err != nil {
		return err
	}
	at, _ := slices.BinarySearch(uids, cursor.Below)
	return r.stream(ctx, box, func(yield func(portion) bool) {
		yield(portion{uids: uids[:at], cursor: cursor, since: r.firstDay()})
	})
}

// firstDay is how far back the first look goes, less a day for the zones of servers.
func (r *reader) firstDay() time.Time { return r.Now().Add(-r.account.history() - 24*time.Hour) }

// list asks which mails the first look into a mailbox owes.
func (r *reader) list(ctx context.Context, box mailbox, cursor model.Cursor, todo *owed) error {
	uids, err := r.session.uidsSince(ctx, r.firstDay())
	if err != nil {
		return err
	}
	if len(uids) > int(box.count)+r.Limits.Batch { // a batch may have arrived since it was opened
		return &Error{Kind: Temporary, Sentence: r.account.IMAP.Host + " finds more mails in " + words(box.name) + " than it says lie there, so they cannot be read."}
	}
	at, _ := slices.BinarySearch(uids, cursor.Below)
	next, _ := slices.BinarySearch(uids, cursor.UIDNext)
	todo.uids, todo.total, todo.listed = uids[:at], at, true
	if box.name != r.folders.sent { // what the rep wrote is known by whom it is to, not by what it answers
		todo.again = uids[at:next]
	}
	return nil
}

// backlog ends the first look into a mailbox, from the newest mail to the oldest, and reads what arrives in INBOX
// meanwhile.
func (r *reader) backlog(ctx context.Context, name string) error {
	for r.owed[name] != nil {
		if r.hurried() {
			if err := r.catchUp(ctx, r.folders.inbox); err != nil {
				return err
			}
		}
		if err := r.readBack(ctx, name, r.owed[name]); err != nil {
			return err
		}
	}
	return nil
}

// readBack reads what is owed until something hurries or nothing is left.
func (r *reader) readBack(ctx context.Context, name string, todo *owed) error {
	box, err := r.session.examine(ctx, name)
	if err != nil {
		return err
	}
	cursor, err := r.Box.Cursor(ctx, r.account.Name, name)
	if err != nil {
		return err
	}
	if box.uidValidity != todo.uidValidity || cursor.UIDValidity != todo.uidValidity {
		delete(r.owed, name) // renumbered in between
		return r.catchUp(ctx, name)
	}
	if !todo.listed {
		if err := r.list(ctx, box, cursor, todo); err != nil {
			return err
		}
		if r.hurried() { // that may have taken a second
			r.inboxBell.ring()
			return nil
		}
	}
	paused := false
	err = r.stream(ctx, box, func(yield func(portion) bool) {
		for len(todo.uids) > 0 && !paused {
			at := max(0, len(todo.uids)-r.stride())
			p := portion{uids: todo.uids[at:], stored: func() { r.tellProgress(todo.total-at, todo.total) }}
			if cursor.Below = p.uids[0]; at == 0 && name == r.folders.sent {
				cursor.Below = 0 // no answer to it is judged anew
			}
			p.cursor = cursor
			if !yield(p) {
				return
			}
			todo.uids = todo.uids[:at]
			paused = at > 0 && r.hurried()
		}
	})
	if err != nil {
		return err
	}
	if paused {
		r.inboxBell.ring()
		return nil
	}
	delete(r.owed, name)
	for batch := range slices.Chunk(todo.again, r.Limits.Batch) {
		if err := r.take(ctx, box, batch, cursor); err != nil {
			return err
		}
	}
	r.through[name] = true
	return nil
}

// stride is how many headers are fetched with the next command: more than a batch where they are short, so that the server
// has something to do while they are read, and no more octets than a slow line brings in some seconds. As long as none was
// seen, nobody knows whether they are short.
func (r *reader) stride() int {
	const octets = 256 << 10
	if r.octets == 0 {
		return r.Limits.Batch
	}
	return max(r.Limits.Batch, min(octets/r.octets, r.Limits.Stride))
}

// octetsOfHeads is how long a header is in the mean.
func octetsOfHeads(heads []header) (n int) {
	for _, h := range heads {
		n += len(h.raw)
	}
	return n / max(len(heads), 1)
}

// endFirstLook notes that nothing is owed of the mailboxes that were read to their end. It runs once what answers their
// mails was judged anew; a process that dies before reads them again.
func (r *reader) endFirstLook(ctx context.Context) error {
	for name := range r.through {
		cursor, err := r.Box.Cursor(ctx, r.account.Name, name)
		if err != nil {
			return err
		}
		cursor.Below = 0
		if _, err := r.Box.Receive(ctx, r.account.Name, name, nil, cursor); err != nil {
			return err
		}
		delete(r.through, name)
	}
	return nil
}

// hurried tells that something may have arrived while an old mailbox is read.
func (r *reader) hurried() bool {
	select {
	case <-r.newMail:
		return true
	case <-r.inboxBell:
		return true
	default:
		return r.session.stirred() && r.session.open == r.folders.inbox
	}
}
