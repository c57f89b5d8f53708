package store

import (
	"context"

	"stoke/model"
)

// Doubtful lists UNCERTAIN mails whose next look is due, and ASK_REP mails (for late evidence).
func (s *Store) Doubtful(ctx context.Context, account string) (all []model.Outgoing, err error) {
	err = s.read(ctx, "list the mails in doubt", func(t *tx) error {
		all, err = t.mails("WHERE account = ? AND (state = 'ask_rep' OR state = 'uncertain' AND next_at <= ?) ORDER BY id", account, millis(t.now))
		return err
	})
	return all, err
}

// Looked records a look into the Sent folder for a mail in doubt: evidence found, or absent. Nothing is evidence of
// absence once the rep was asked.
func (s *Store) Looked(ctx context.Context, id int64, found bool, evidence string) (after model.Outgoing, err error) {
	err = s.write(ctx, "record the look into Sent", func(t *tx) error {
		o, err := t.mail(id)
		switch {
		case err != nil:
			return err
		case found:
			after, err = t.turn(o, model.Result{Turn: model.TurnFound, Reply: evidence}, copied)
		case o.State == model.AskRep:
			after = o
		default:
			after, err = t.turn(o, model.Result{Turn: model.TurnAbsent})
		}
		return err
	})
	return after, err
}

func copied(o *model.Outgoing) { o.Copied = true }

// Uncopied lists SENT mails whose copy in the Sent folder is not settled yet, with their bytes.
func (s *Store) Uncopied(ctx context.Context, account string) (all []model.Outgoing, err error) {
	err = s.read(ctx, "list the mails without a copy", func(t *tx) error {
		if all, err = t.mails("WHERE account = ? AND state = 'sent' AND copied = 0 ORDER BY id", account); err != nil {
			return err
		}
		for i := range all {
			if err := t.bytesOf(&all[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return all, err
}

// Copied settles the copy of a mail: one is there, or none is wanted.
func (s *Store) Copied(ctx context.Context, id int64) error {
	return s.write(ctx, "note the copy of the mail", func(t *tx) error {
		// Nobody needs the bytes of files any more: the rep has them, the recipient and the Sent folder, too.
		_, err := t.exec("UPDATE outgoing SET copied = 1, raw = CASE WHEN state = 'sent' AND attached <> '' THEN NULL ELSE raw END WHERE id = ?", id)
		return err
	})
}

// Judge is the rep's word on a mail in doubt or failed (TurnSaysSent, TurnDrop, TurnAgain), or takes back a queued one
// (TurnUndo).
func (s *Store) Judge(ctx context.Context, id int64, turn model.Turn) (after model.Outgoing, err error) {
	result := model.Result{Turn: turn}
	switch turn {
	case model.TurnDrop:
		result.Error = "you dropped it."
	case model.TurnSaysSent, model.TurnAgain, model.TurnUndo:
	default:
		return after, model.Errorf(model.Invalid, "%q is nothing that you can decide about a mail. One of: sent, drop, again, undo.", turn)
	}
	err = s.write(ctx, "settle the mail", func(t *tx) error {
		o, err := t.mail(id)
		if err == nil {
			after, err = t.turn(o, result)
		}
		return err
	})
	return after, err
}
