package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"stoke/model"
	"stoke/model/signal"
)

// Receive stores a batch of mails, what they do to their contacts, and the cursor behind them, in one transaction. A
// mail that is known already (by Message-ID, or by Hash where it has none) does nothing twice. A mail whose Message-ID,
// StokeID or OriginalID is that of a mail in doubt is the evidence that settles it; so is an answer or a report that
// quotes it. A mail that belongs to nobody we know is dropped.
func (s *Store) Receive(ctx context.Context, account, mailbox string, batch []model.Inbound, cursor model.Cursor) (done model.Received, err error) {
	err = s.writeRecalling(ctx, "store the new mail", func(t *tx) error {
		done = model.Received{}
		w := wanted{rules: t.rules}
		for _, in := range batch {
			w.mail(in)
		}
		k, err := t.know(w)
		if err != nil {
			return err
		}
		for _, in := range batch {
			if in.Account == "" {
				in.Account = account
			}
			if err := t.receive(k, in, &done); err != nil {
				return err
			}
		}
		return t.saveCursor(account, mailbox, cursor)
	})
	return done, err
}

func (t *tx) receive(k known, in model.Inbound, done *model.Received) error {
	done.Fetched++
	in.Own = in.Own || slices.Contains(k.own, strings.ToLower(in.From.Addr)) // through any account of the rep
	in.Quotes = len(k.quoted(in)) > 0
	settled := func(id int64, found bool, contact int64) {
		if found {
			done.SentFound++
			done.News = append(done.News, model.News{Contact: contact})
		}
	}
	if id := k.mailOf(in.Header); id != 0 && in.Own {
		o, found, err := t.evidence(id, "A copy lies in "+in.Mailbox+".", true)
		if err != nil {
			return err
		}
		settled(id, found, o.Contact)
		if err := t.rewritten(in.MessageID, o); err != nil {
			return err
		}
		if o.State == model.Sent {
			return nil
		}
	}
	if !in.Own {
		for _, id := range k.quoted(in) {
			o, found, err := t.evidence(id, "Mail from "+in.From.Addr+" quotes it.", false)
			if err != nil {
				return err
			}
			settled(id, found, o.Contact)
		}
	}
	if taken, err := t.lead(k, in, done); taken || err != nil {
		return err
	}
	contact := in.MatchOf(k.byMessage, k.byAddress)
	if contact == 0 || k.stored[in.MessageID] || (in.MessageID == "" && k.stored[in.Hash]) {
		return nil
	}
	c, out, _, err := t.decide(contact, in.Hash, func(d model.Dossier) (model.Outcome, error) { return t.rules.Receive(d, in, t.now), nil })
	if err != nil || out.Ignored {
		return err
	}
	done.Matched++
	news := model.News{Contact: contact}
	if len(out.Add) > 0 {
		k.stored[in.MessageID], k.stored[in.Hash], k.byMessage[in.MessageID] = true, true, contact
		delete(k.stored, "")
	}
	if !in.Own {
		if in.Answers() {
			if err := t.colleagues(c, done); err != nil {
				return err
			}
			if err := t.sharedThread(in.ThreadOf(k.byMessage), c, done); err != nil {
				return err
			}
		}
		if in.Answers() || in.Verdict.Kind != signal.Human {
			t.count(in.Verdict.Kind, done)
		}
		temperature, _ := c.FollowUp.Temperature(c.Deal.Open(), t.now, t.rules.Rules)
		news.Says, news.Answered = out.Says, in.Answers()
		news.Hot = news.Answered && temperature == model.Hot
	}
	done.News = append(done.News, news)
	return nil
}

func (t *tx) count(kind signal.Kind, done *model.Received) {
	switch kind {
	case signal.AutoReply:
		done.AutoReplies++
	case signal.Bounce:
		done.Bounces++
	case signal.OptOut, signal.Complaint:
		done.OptOuts++
	case signal.Human:
		done.Replies++
	}
}

// sharedThread tells the contact whose thread it is that another contact has answered there.
func (t *tx) sharedThread(owner int64, writer *stored, done *model.Received) error {
	if owner == 0 || owner == writer.ID {
		return nil
	}
	return t.others([]int64{owner}, done, func(d model.Dossier) (model.Outcome, bool) {
		return t.rules.AnsweredByAnother(d, writer.Called(), t.now)
	})
}

// others lets what one contact did have its effect on further ones.
func (t *tx) others(ids []int64, done *model.Received, effect func(model.Dossier) (model.Outcome, bool)) error {
	for _, id := range ids {
		_, _, _, err := t.decide(id, "", func(d model.Dossier) (model.Outcome, error) {
			if out, ok := effect(d); ok {
				return out, nil
			}
			return model.Outcome{FollowUp: d.Contact.FollowUp}, nil
		})
		if err != nil {
			return err
		}
		done.News = append(done.News, model.News{Contact: id})
	}
	return nil
}

// colleagues holds the sequences of others at the company of somebody who answered.
func (t *tx) colleagues(c *stored, done *model.Received) error {
	domain := model.CompanyDomain(c.Email())
	if domain == "" {
		return nil
	}
	var others []int64
	err := t.each("SELECT DISTINCT e.contact FROM email e JOIN contact c ON c.id = e.contact WHERE e.domain = ? AND c.enrol_sequence <> '' AND c.id <> ?",
		[]any{domain, c.ID}, func(rows *sql.Rows) error {
			var id int64
			err := rows.Scan(&id)
			others = append(others, id)
			return err
		})
	if err != nil {
		return err
	}
	return t.others(others, done, func(d model.Dossier) (model.Outcome, bool) {
		return t.rules.ColleagueAnswered(d, c.Called(), t.now)
	})
}

// evidence settles a mail in doubt because it was seen out there; copy tells that what was seen is its copy in Sent.
// found is false where there was no doubt.
func (t *tx) evidence(id int64, what string, copy bool) (o model.Outgoing, found bool, err error) {
	if o, err = t.mail(id); err != nil {
		return o, false, err
	}
	if o.State == model.Sent {
		if copy && !o.Copied {
			_, err = t.exec("UPDATE outgoing SET copied = 1 WHERE id = ?", id)
		}
		return o, false, err
	}
	after, err := t.turn(o, model.Result{Turn: model.TurnFound, Reply: what}, func(o *model.Outgoing) { o.Copied = copy })
	if model.CodeOf(err) == model.Conflict { // its state knows no doubt
		return o, false, nil
	}
	return after, err == nil, err
}

// rewritten remembers the id under which a provider delivered a mail of ours, because answers will name that one.
func (t *tx) rewritten(messageID string, o model.Outgoing) error {
	if messageID == "" || messageID == o.MessageID {
		return nil
	}
	_, err := t.exec("INSERT INTO alias (message_id, outgoing) VALUES (?, ?) ON CONFLICT (message_id) DO NOTHING", messageID, o.ID)
	return err
}
