package store

import (
	"context"
	"encoding/json"

	"stoke/model"
	"stoke/model/text"
)

// Send queues a mail. The change's Mail is its id in the outbox; undoing the change within the window takes it back. The
// draft goes with the mail and comes back with it.
func (s *Store) Send(ctx context.Context, a model.Approval) (change model.Change, out model.Outgoing, err error) {
	files, err := frozen(&a)
	if err != nil {
		return change, out, err
	}
	err = s.write(ctx, "queue the mail", func(t *tx) error {
		if change, out, err = t.send(a); err != nil {
			return err
		}
		return t.keepFiles(out.ID, files)
	})
	return change, out, err
}

// Gate says whether a mail could be queued now, without queueing it.
func (s *Store) Gate(ctx context.Context, a model.Approval) error {
	return s.read(ctx, "check the mail", func(t *tx) error {
		if _, _, err := t.gated(a); err != nil {
			return err
		}
		_, err := frozen(&a)
		return err
	})
}

// Preview gives a mail as it would leave, whether it may or not, without queueing it.
func (s *Store) Preview(ctx context.Context, draft model.Draft) (out model.Outgoing, err error) {
	err = s.read(ctx, "show the mail as it leaves", func(t *tx) error {
		_, d, err := t.dossier(draft.Contact)
		if err != nil {
			return err
		}
		draft.Account = t.rules.AccountOr(draft.Account)
		from, _ := t.o.Sender(draft.Account)
		out = t.rules.Letter(d, model.Approval{Draft: draft}, model.Envelope{From: from}, t.now)
		return nil
	})
	return out, err
}

// gated loads the dossier against which an approval is judged: the suppression in it is that of any recipient.
func (t *tx) gated(a model.Approval) (*stored, model.Dossier, error) {
	c, d, err := t.dossier(a.Draft.Contact)
	if err != nil {
		return nil, d, err
	}
	if d.Suppressed == nil {
		if d.Suppressed, err = t.suppressed((model.Outgoing{To: a.Draft.To, Cc: a.Draft.Cc}).Recipients()...); err != nil {
			return nil, d, err
		}
	}
	return c, d, t.rules.Gate(d, a, t.now)
}

func (t *tx) send(a model.Approval) (change model.Change, out model.Outgoing, err error) {
	c, d, err := t.gated(a)
	if err != nil {
		return change, out, err
	}
	a.Draft.Account = t.rules.AccountOr(a.Draft.Account)
	from, ok := t.o.Sender(a.Draft.Account)
	switch {
	case !ok && a.Draft.Account == "":
		return change, out, model.Errorf(model.BadConfig, "There is no account to send from. `stoke setup` makes one.")
	case !ok:
		return change, out, model.Errorf(model.BadConfig, "There is no account %q to send from any more. Choose another, or put it back into the config.", a.Draft.Account)
	}
	e := model.Envelope{MessageID: t.o.NewID() + "@" + text.Host(from.Domain()), StokeID: t.o.NewID(), From: from}
	out, outcome, err := t.rules.Dispatch(d, a, e, t.now)
	if err != nil {
		return change, out, err
	}
	// Mails that failed before gave their text to this draft; sending both would be sending twice.
	for _, o := range d.Outbox {
		if o.State == model.Failed {
			if _, err := t.turn(o, model.Result{Turn: model.TurnDrop, Error: "you sent another mail instead."}); err != nil {
				return change, out, err
			}
		}
	}
	if err := t.enqueue(&out, a.Draft); err != nil {
		return change, out, err
	}
	step, err := t.apply(c, outcome, "")
	if err != nil {
		return change, out, err
	}
	change = model.Change{Verb: "send", Says: outcome.Says, At: t.now.UTC(), Mail: out.ID, Steps: []model.ChangeStep{step},
		Filled: t.rules.Filled(d, a.Draft, t.now)}
	return change, out, t.remember(&change)
}

// enqueue stores a mail with the draft that it came from.
func (t *tx) enqueue(o *model.Outgoing, d model.Draft) error {
	args, err := values(outgoing(o)[1:])
	if err != nil {
		return err
	}
	if o.ID, err = t.insert(insertOutgoing, args...); err != nil {
		return err
	}
	text, err := json.Marshal(d)
	if err != nil {
		return err
	}
	if _, err := t.exec("UPDATE outgoing SET draft = ? WHERE id = ?", string(text), o.ID); err != nil {
		return err
	}
	return t.discardDraft(d.Contact)
}
