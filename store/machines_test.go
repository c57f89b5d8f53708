package store_test

import (
	"context"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/signal"
	"stoke/store/storetest"
)

// "T17 stoke never answers Auto-Submitted mail": what a machine writes raises nobody, no draft answers it, and nothing goes
// by itself for it.
func TestNoMachineIsAnswered(t *testing.T) {
	for _, kind := range []signal.Kind{signal.AutoReply, signal.Delay, signal.Challenge, signal.List, signal.Delivered} {
		t.Run(string(kind), func(t *testing.T) {
			d, ctx := storetest.Open(t), context.Background()
			dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
			o := sent(t, d, dana)
			d.Pass(time.Minute)
			mail := reply(dana, "auto@northwind.example", d.Now(), "I have your mail. Can it wait?")
			mail.InReplyTo, mail.Verdict.Kind = o.MessageID, kind
			if got := receive(t, d, mail); got.Replies != 0 {
				t.Errorf("counted as an answer: %+v", got)
			}
			if rows := view(t, d, model.ViewQueue); len(rows) != 0 {
				t.Errorf("somebody is to be answered: %+v", rows)
			}
			draft, err := d.Compose(ctx, dana.ID, "")
			if err != nil || draft.InReplyTo == mail.MessageID || draft.BasedOn != 0 {
				t.Errorf("a draft answers it: %+v, %v", draft, err)
			}
			d.Pass(30 * 24 * time.Hour)
			if n, err := d.Auto(ctx); err != nil || n != 0 {
				t.Errorf("%d mails go by themselves, %v", n, err)
			}
			if owed, err := d.Outbox(ctx, 10); err != nil || len(owed) != 0 {
				t.Errorf("the outbox holds %+v, %v", owed, err)
			}
		})
	}
}

// "T16 a bounce … for a mail never sent changes nothing": anybody can write one. One that names no mail of ours is believed
// for a week after a mail to that address, because some providers give a mail another Message-ID than ours.
func TestABounceOfAMailThatWasNeverSentChangesNothing(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	o := sent(t, d, dana)
	d.Pass(8 * 24 * time.Hour)
	before, err := d.Open(ctx, dana.ID)
	if err != nil {
		t.Fatal(err)
	}
	bounce := func(id, original string) model.Inbound {
		mail := reply(model.Contact{Name: "Mail Delivery System", Emails: []string{"mailer-daemon@evil.example"}}, id, d.Now(), "No such user.")
		mail.OriginalID = original
		mail.Verdict = signal.Verdict{Kind: signal.Bounce, Severity: signal.Dead, Recipients: []string{dana.Email()}, OriginalMessageID: original}
		return mail
	}
	if got := receive(t, d, bounce("b1@evil.example", "never@evil.example"), bounce("b2@evil.example", "")); got.Bounces != 0 || len(got.News) != 0 {
		t.Errorf("%+v", got)
	}
	after, err := d.Open(ctx, dana.ID)
	if err != nil || after.Contact.FollowUp != before.Contact.FollowUp || after.Suppressed != nil || len(after.Interactions) != len(before.Interactions) {
		t.Errorf("%+v, %v", after, err)
	}
	if got := receive(t, d, bounce("b3@northwind.example", o.MessageID)); got.Bounces != 1 {
		t.Errorf("the real one is not counted: %+v", got)
	}
	if after, err = d.Open(ctx, dana.ID); err != nil || after.Suppressed == nil {
		t.Errorf("the real one changes nothing: %+v, %v", after, err)
	}
}
