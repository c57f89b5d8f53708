package mail

import (
	"context"
	"errors"
	"strconv"
	"time"

	"stoke/mail/auth"
	"stoke/mail/mime"
	"stoke/model"
	"stoke/model/signal"
)

// errStale holds a dot back because what is known of the inbox has grown old since the claim.
var errStale = errors.New("the inbox was not read lately")

// deliver makes one attempt and records how it ended. It is false where that could not be recorded: nothing else may leave.
func (o *office) deliver(ctx context.Context, m model.Outgoing) bool {
	o.tell(model.Event{Kind: model.EventChanged, Account: o.account.Name, Contact: m.Contact, Outgoing: m.ID})
	reply, err := o.attempt(ctx, m)
	result, ours := o.resultOf(ctx, reply, err)
	if !ours {
		o.tell(model.Event{Kind: model.EventChanged, Account: o.account.Name, Contact: m.Contact, Outgoing: m.ID})
		return true
	}
	if err != nil {
		o.note(err)
		o.Log.Warn("a mail did not go out", "account", o.account.Name, "mail", m.ID, "turn", string(result.Turn), "error", result.Error, "reply", result.Reply)
	}
	settled, err := o.settle(ctx, m.ID, result)
	switch {
	case err == nil:
		o.tellSettled(settled, result)
	case result.Turn == model.TurnAccepted && model.CodeOf(err) == model.Conflict:
		m.State = model.Sent // its copy was seen in Sent before the answer was read
		o.tellSettled(m, result)
	}
	// Otherwise somebody else has the row, or the next start finds it COMMITTING.
	return err == nil || model.CodeOf(err) != ""
}

// attempt freezes the mail's bytes and sends them. The dot leaves only after Box.Commit.
func (o *office) attempt(ctx context.Context, m model.Outgoing) (reply string, err error) {
	raw := m.Raw
	if len(raw) == 0 {
		if raw, err = mime.Build(letterOf(m, o.account.HTML)); err != nil {
			return "", &Error{Kind: Permanent, Sentence: words(err.Error()), Err: err}
		}
	}
	if err := o.Box.Freeze(ctx, m.ID, o.Owner, raw, o.notedSentNext()); err != nil {
		return "", errHeld{err}
	}
	s := submission{
		server: o.endpoint(o.account.SMTP), limits: o.Limits,
		beforeDot: func(ctx context.Context) error {
			if !m.Unsynced && !o.fresh() {
				return errStale // the machine slept since the claim; who knows what has arrived
			}
			return o.Box.Commit(ctx, m.ID, o.Owner)
		},
	}
	err = o.loggedIn(ctx, o.account.SMTP, func(login auth.Login) (err error) {
		s.login = login
		reply, err = s.transmit(ctx, envelope{from: m.From.Addr, rcpts: m.Recipients(), raw: raw})
		return err
	})
	return reply, err
}

func (o *office) notedSentNext() uint32 {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.sentNext
}

// resultOf is the turn that an attempt means for the mail (RELIABILITY, "The outbox"). It is not
// ours to settle when the store has decided by itself, by a stop condition or for another owner.
func (o *office) resultOf(ctx context.Context, reply string, err error) (r model.Result, ours bool) {
	if err == nil {
		return model.Result{Turn: model.TurnAccepted, Reply: reply}, true
	}
	if held, ok := errors.AsType[errHeld](err); ok {
		if errors.Is(held, errStale) {
			return model.Result{Turn: model.TurnLater, Error: "The inbox must be read again first.", NotTill: o.Now()}, true
		}
		if model.CodeOf(held) != "" {
			o.Log.Info("a mail was held back", "account", o.account.Name, "why", held.Error())
			return model.Result{}, false
		}
		return model.Result{Turn: model.TurnRetry, Error: "It could not be written down that the mail leaves, so it did not; details in the log."}, true
	}
	e, ok := errors.AsType[*Error](err)
	if !ok {
		return model.Result{Turn: model.TurnRetry, Error: "Could not send; details in the log."}, true
	}
	r = model.Result{Error: e.Sentence, Reply: e.Words}
	if e.Wait > 0 && e.Kind != Unknown {
		r.Turn, r.NotTill = model.TurnRetry, o.Now().Add(e.Wait)
		if e.Whole {
			o.pause(r.NotTill, e.Error())
		}
		return r, true
	}
	switch e.Kind {
	case Unknown:
		r.Turn = model.TurnLost
	case Permanent:
		r.Turn = model.TurnRefused
		if e.Rcpt != "" && e.Code != 0 && signal.Gone(e.Status, strconv.Itoa(e.Code)+" "+e.Words) {
			r.Dead = e.Rcpt
		}
	case Auth:
		o.mu.Lock()
		o.refused = true
		o.mu.Unlock()
		o.tell(model.Event{Kind: model.EventTrouble, Account: o.account.Name, Text: e.Error()})
		r.Turn = model.TurnRetry
	case TLS:
		o.tell(model.Event{Kind: model.EventTrouble, Account: o.account.Name, Text: e.Error()})
		r.Turn = model.TurnRetry
	default:
		r.Turn = model.TurnRetry
	}
	if r.Turn == model.TurnRetry && (e.Kind == Auth || ctx.Err() != nil) {
		// No fault of the mail: it leaves as soon as the log-in works, or at the next start.
		r = model.Result{Turn: model.TurnLater, Error: r.Error, Reply: r.Reply, NotTill: o.Now()}
	}
	return r, true
}

// settleTries is how often a single sync tries to record a result, in seven seconds: it must come back. A program that
// goes on tells the rep then.
const settleTries = 4

// settle records a result, and does not take no for an answer while the disk is full: until it is
// recorded nothing else may leave. When the program ends first, or a single sync gives up, the next
// start finds the mail as CLAIMED or COMMITTING, which is the truth.
func (o *office) settle(ctx context.Context, id int64, result model.Result) (model.Outgoing, error) {
	for failed := 1; ; failed++ {
		m, err := o.settleOnce(ctx, id, result)
		if result.Turn == model.TurnLater && model.CodeOf(err) == model.Conflict {
			result.Turn = model.TurnRetry // the dot was allowed, but did not leave
			m, err = o.settleOnce(ctx, id, result)
		}
		if err == nil || model.CodeOf(err) != "" {
			return m, err
		}
		o.failedBox(ctx, "write down how a mail went", err)
		if ctx.Err() != nil || o.single() && failed == settleTries {
			return m, err
		}
		if failed == settleTries {
			o.tell(model.Event{Kind: model.EventTrouble, Account: o.account.Name, Outgoing: id,
				Text: "What became of a mail cannot be written down, so nothing else leaves: " + words(err.Error())})
		}
		sleep(ctx, backOff(o.Limits.Retry, failed))
	}
}

// settleOnce outlives ctx for a moment: what the server said must not be lost to the end of the program.
func (o *office) settleOnce(ctx context.Context, id int64, result model.Result) (model.Outgoing, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), max(o.Limits.Leave/2, 100*time.Millisecond))
	defer cancel()
	return o.Box.Settle(ctx, id, o.Owner, result)
}

func (o *office) tellSettled(m model.Outgoing, result model.Result) {
	ev := model.Event{Kind: model.EventChanged, Account: o.account.Name, Contact: m.Contact, Outgoing: m.ID, Text: result.Error}
	switch m.State {
	case model.Sent:
		ev.Kind = model.EventSent
		o.mu.Lock()
		o.sent++
		o.mu.Unlock()
		time.AfterFunc(o.Limits.Copy, o.inboxBell.ring)
	case model.Uncertain:
		ev.Kind = model.EventDoubt
		o.inboxBell.ring()
	case model.Failed, model.Cancelled:
		ev.Kind = model.EventFailed
	}
	o.tell(ev)
}
