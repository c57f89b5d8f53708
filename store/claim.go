package store

import (
	"context"
	"time"

	"stoke/model"
)

// Recover takes over an account whose engine lock the caller has just got, before it claims anything: mails that were
// left CLAIMED go back to QUEUED, those left COMMITTING become UNCERTAIN. It gives the number of each. Those that bear the
// caller's own name are among them: it left them when it lost the disk or the lock.
func (s *Store) Recover(ctx context.Context, account string) (claimed, committing int, err error) {
	err = s.write(ctx, "take over the outbox", func(t *tx) error {
		orphans, err := t.mails("WHERE account = ? AND state IN ('claimed', 'committing') ORDER BY id", account)
		if err != nil {
			return err
		}
		for _, o := range orphans {
			if _, err := t.turn(o, model.Result{Turn: model.TurnOrphan}); err != nil {
				return err
			}
			if o.State == model.Claimed {
				claimed++
			} else {
				committing++
			}
		}
		return nil
	})
	return claimed, committing, err
}

// NextDue is the earliest moment at which Claim, Doubtful or Uncopied may have something for the account; zero when
// nothing is owed. A moment that has passed means now.
func (s *Store) NextDue(ctx context.Context, account string) (at time.Time, err error) {
	err = s.read(ctx, "look into the outbox", func(t *tx) error {
		var first int64
		err := t.one(`SELECT coalesce(min(at), 0) FROM (
			SELECT min(next_at) AS at FROM outgoing WHERE account = ? AND state IN ('queued', 'uncertain')
			UNION ALL SELECT min(settled) FROM outgoing WHERE account = ? AND state = 'sent' AND copied = 0) AS due`, []any{account, account}, &first)
		at = fromMillis(first)
		return err
	})
	return at, err
}

// Claim takes the next mail that is due (QUEUED to CLAIMED), or gives nil: what the rep approved one by one first, answers
// before others; then sequence mail by its rank, as far as window and pace allow. Mails whose stop condition has come are
// cancelled on the way, and those whose time passed long ago go back to the rep. synced tells that the inbox was read recently enough; without
// it only mails that the rep lets go all the same, and those of accounts without an inbox, are claimed.
func (s *Store) Claim(ctx context.Context, account, owner string, synced bool) (claimed *model.Outgoing, err error) {
	err = s.write(ctx, "take up the next mail", func(t *tx) error {
		clause := "WHERE account = ? AND state = 'queued' AND next_at <= ? AND send_after <= ?"
		if !synced && t.o.NeedsSync(account) {
			clause += " AND unsynced = 1"
		}
		due, err := t.mails(clause+" ORDER BY single DESC, CASE WHEN single = 1 THEN 1 - answer ELSE rank END, send_after, id", account, millis(t.now), millis(t.now))
		if err != nil {
			return err
		}
		recent, err := t.recentlyLeft(account)
		if err != nil {
			return err
		}
		for _, o := range due {
			stopped, err := t.stopped(o)
			if err != nil {
				return err
			}
			held := model.Result{Turn: model.TurnStop, Error: stopped}
			if stopped == "" && o.Stale(t.now, t.rules.Rules) {
				held = model.Result{Turn: model.TurnStale, Error: "It has waited for more than a day. Send it again if it is still right."}
			}
			if held.Error != "" {
				if _, err := t.turn(o, held); err != nil {
					return err
				}
				continue
			}
			until, why, err := t.paced(o, recent)
			if err != nil {
				return err
			}
			if !until.IsZero() {
				if _, err := t.turn(o, model.Result{Turn: model.TurnLater, NotTill: until, Error: why}); err != nil {
					return err
				}
				continue
			}
			taken, err := t.turn(o, model.Result{Turn: model.TurnClaim}, func(o *model.Outgoing) { o.Owner = owner })
			if err != nil {
				return err
			}
			claimed = &taken
			return t.bytesOf(claimed)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return claimed, nil
}

// stopped says why a mail must not leave any more, "" when it may. Suppression is looked up for every recipient.
func (t *tx) stopped(o model.Outgoing) (string, error) {
	c, err := t.contact(o.Contact)
	if err != nil {
		return "", err
	}
	d := model.Dossier{Contact: c.Contact}
	if d.Suppressed, err = t.suppressed(append(o.Recipients(), c.Email())...); err != nil {
		return "", err
	}
	return o.Stop(d, t.now), nil
}

// owned reads a mail and checks that it still is its owner's.
func (t *tx) owned(id int64, owner string) (model.Outgoing, error) {
	o, err := t.mail(id)
	if err == nil && o.Owner != owner {
		err = model.Errorf(model.Conflict, "The mail is %s by now and no longer this engine's.", o.State.Says())
	}
	return o, err
}

// Freeze keeps the bytes of the first attempt and Sent's UIDNEXT before the dot (0: unknown). The bytes of a mail that has
// some are never replaced, nor is the first UIDNEXT: a late copy may lie anywhere behind it.
func (s *Store) Freeze(ctx context.Context, id int64, owner string, raw []byte, sentNext uint32) error {
	return s.write(ctx, "keep the mail as it will be sent", func(t *tx) error {
		n, err := t.exec(`UPDATE outgoing SET raw = coalesce(raw, ?), sent_next = CASE WHEN sent_next = 0 THEN ? ELSE sent_next END
			WHERE id = ? AND owner = ? AND state = 'claimed'`, raw, int64(sentNext), id, owner)
		if err == nil && n == 0 {
			err = model.Errorf(model.Conflict, "The mail is no longer this engine's.")
		}
		if err != nil {
			return err
		}
		return t.dropFiles(id)
	})
}

// Commit lets the dot leave (CLAIMED to COMMITTING), after owner, stop conditions and pace were checked again. An error
// means that the dot must not be written; the same transaction has CANCELLED a mail that was stopped, and QUEUED one that
// waits for its pace.
func (s *Store) Commit(ctx context.Context, id int64, owner string) error {
	var refused error
	err := s.write(ctx, "let the mail go", func(t *tx) error {
		o, err := t.owned(id, owner)
		if err != nil {
			return err
		}
		stopped, err := t.stopped(o)
		if err != nil {
			return err
		}
		if stopped != "" {
			refused = model.Errorf(model.Conflict, "The mail was stopped: %s", stopped)
			_, err = t.turn(o, model.Result{Turn: model.TurnStop, Error: stopped})
			return err
		}
		recent, err := t.recentlyLeft(o.Account)
		if err != nil {
			return err
		}
		until, why, err := t.paced(o, recent)
		if err != nil {
			return err
		}
		if !until.IsZero() {
			refused = model.Errorf(model.Conflict, "The mail waits: %s", why)
			_, err = t.turn(o, model.Result{Turn: model.TurnLater, NotTill: until, Error: why})
			return err
		}
		_, err = t.turn(o, model.Result{Turn: model.TurnCommit})
		return err
	})
	if err != nil {
		return err
	}
	return refused
}

// Settle records how an attempt ended: TurnRetry, TurnRefused, TurnLater, TurnAccepted or TurnLost.
func (s *Store) Settle(ctx context.Context, id int64, owner string, result model.Result) (after model.Outgoing, err error) {
	switch result.Turn {
	case model.TurnRetry, model.TurnRefused, model.TurnLater, model.TurnAccepted, model.TurnLost:
	default:
		return after, model.Errorf(model.Invalid, "An attempt cannot end with %q.", result.Turn)
	}
	err = s.write(ctx, "record how the mail went", func(t *tx) error {
		o, err := t.owned(id, owner)
		if err == nil {
			after, err = t.turn(o, result)
		}
		if err != nil || result.Dead == "" {
			return err
		}
		_, _, _, err = t.decide(o.Contact, "", func(d model.Dossier) (model.Outcome, error) {
			if out, ok := t.rules.Undeliverable(d, after, result, t.now); ok {
				return out, nil
			}
			return model.Outcome{FollowUp: d.Contact.FollowUp}, nil
		})
		return err
	})
	return after, err
}
