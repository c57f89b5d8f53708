package store

import (
	"context"
	"time"

	"stoke/model"
)

// recentDays is how long a mail that was sent or cancelled is shown in the outbox.
const recentDays = 7

// Outbox gives what is owed, in doubt, failed, and what was sent or cancelled lately, newest first; also what was
// taken back while its contact had another draft. What is not settled
// is never cut off by the limit.
func (s *Store) Outbox(ctx context.Context, limit int) (all []model.Outgoing, err error) {
	err = s.read(ctx, "read the outbox", func(t *tx) error {
		all, err = t.mails(`WHERE state IN `+open+` OR id IN (
			SELECT id FROM outgoing WHERE settled > ? AND (state IN ('sent', 'cancelled') OR state = 'draft' AND draft IS NOT NULL) ORDER BY settled DESC LIMIT ?) ORDER BY id DESC`,
			millis(t.now.AddDate(0, 0, -recentDays)), limit)
		return err
	})
	return all, err
}

// Outgoing gives one mail of the outbox, with its bytes where there are some.
func (s *Store) Outgoing(ctx context.Context, id int64) (o model.Outgoing, err error) {
	err = s.read(ctx, "read the mail", func(t *tx) error {
		if o, err = t.mail(id); err != nil {
			return err
		}
		return t.bytesOf(&o)
	})
	return o, err
}

// Owed is the number of mails that are still stoke's to deliver or to clear up.
func (s *Store) Owed(ctx context.Context) (n int, err error) {
	err = s.read(ctx, "look into the outbox", func(t *tx) error {
		unsettled, err := t.mails("WHERE state IN " + open)
		for _, o := range unsettled {
			if o.State.Owed() {
				n++
			}
		}
		return err
	})
	return n, err
}

// LastUndo is when the last of the mails that were just approved can be taken back no more and leaves; zero when none waits
// for that. Planned mails are not among them.
func (s *Store) LastUndo(ctx context.Context) (at time.Time, err error) {
	err = s.read(ctx, "look into the outbox", func(t *tx) error {
		var last int64
		err := t.one("SELECT coalesce(max(send_after), 0) FROM outgoing WHERE state = 'queued' AND attempts = 0 AND send_after > ? AND send_after <= ?",
			[]any{millis(t.now), millis(t.now.Add(t.rules.Rules.UndoWindow))}, &last)
		at = fromMillis(last)
		return err
	})
	return at, err
}
