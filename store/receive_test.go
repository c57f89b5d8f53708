package store_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/signal"
	"stoke/store/storetest"
)

func reply(c model.Contact, id string, at time.Time, text string) model.Inbound {
	return model.Inbound{
		Header:  model.Header{At: at, MessageID: id, From: model.Address{Name: c.Name, Addr: c.Email()}, To: []model.Address{storetest.Me}, Subject: "Re: Docks"},
		Mailbox: "INBOX", Hash: "hash of " + id,
		Verdict: signal.Verdict{Kind: signal.Human, Text: text, AsksQuestion: strings.HasSuffix(text, "?")},
	}
}

func receive(t testing.TB, d *storetest.Desk, batch ...model.Inbound) model.Received {
	t.Helper()
	got, err := d.Receive(context.Background(), storetest.Account, "INBOX", batch, model.Cursor{UIDValidity: 1, UIDNext: 2})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// sent takes a mail to a contact all the way out.
func sent(t testing.TB, d *storetest.Desk, c model.Contact) model.Outgoing {
	t.Helper()
	ctx := context.Background()
	_, o := send(t, d, c)
	d.Pass(10 * time.Second)
	if got, err := d.Claim(ctx, storetest.Account, owner, true); err != nil || got == nil {
		t.Fatal(got, err)
	}
	if err := d.Commit(ctx, o.ID, owner); err != nil {
		t.Fatal(err)
	}
	o, err := d.Settle(ctx, o.ID, owner, model.Result{Turn: model.TurnAccepted})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestAReplyRaisesItsContact(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	o := sent(t, d, dana)
	d.Pass(2 * time.Hour)
	mail := reply(dana, "r1@northwind.example", d.Now(), "Thursday at ten?")
	mail.InReplyTo = o.MessageID
	got := receive(t, d, mail)
	if got.Fetched != 1 || got.Matched != 1 || got.Replies != 1 || len(got.News) != 1 || !got.News[0].Answered || !got.News[0].Hot || got.News[0].Says == "" {
		t.Errorf("received %+v", got)
	}
	rows := view(t, d, model.ViewQueue)
	if len(rows) != 1 || rows[0].Place.Kind != model.TouchReply || rows[0].Temperature != model.Hot || rows[0].Touches != 1 {
		t.Fatalf("the queue: %+v", rows)
	}
	if why := rows[0].Why(d.Now()); !strings.Contains(why, "question") {
		t.Errorf("why: %q", why)
	}
	if err := d.Read(ctx, dana.ID); err != nil {
		t.Fatal(err)
	}
	draft, err := d.Compose(ctx, dana.ID, "")
	if err != nil || draft.InReplyTo != "r1@northwind.example" || len(draft.References) != 2 || draft.BasedOn == 0 {
		t.Errorf("the answer is %+v, %v", draft, err)
	}
	if c, err := d.Cursor(ctx, storetest.Account, "INBOX"); err != nil || c.UIDNext != 2 || !c.Synced.Equal(d.Now()) {
		t.Errorf("the cursor is %+v, %v", c, err)
	}
	if c, err := d.Cursor(ctx, storetest.Account, "Sent"); err != nil || c != (model.Cursor{}) {
		t.Errorf("the cursor of a new folder is %+v, %v", c, err)
	}
	d.Reopen()
	if i, err := d.InteractionByMessageID(ctx, "r1@northwind.example"); err != nil || i.Text != "Thursday at ten?" || !i.Asks {
		t.Errorf("the mail is %+v, %v", i, err)
	}
	if _, err := d.InteractionByMessageID(ctx, "r2@northwind.example"); model.CodeOf(err) != model.NotFound {
		t.Errorf("a mail that never came: %v", err)
	}
}

func TestAMailCountsOnce(t *testing.T) {
	d := storetest.Open(t)
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	mail := reply(dana, "r1@northwind.example", d.Now(), "Hello.")
	nameless := reply(dana, "", d.Now(), "No id.")
	nameless.Hash = "abc"
	if got := receive(t, d, mail, mail, nameless, nameless); got.Fetched != 4 || got.Matched != 2 {
		t.Errorf("received %+v", got)
	}
	before, _ := d.Open(context.Background(), dana.ID)
	if got := receive(t, d, nameless, mail); got.Matched != 0 {
		t.Errorf("received again: %+v", got)
	}
	after, _ := d.Open(context.Background(), dana.ID)
	if len(after.Interactions) != 2 || after.Contact.FollowUp != before.Contact.FollowUp {
		t.Errorf("the second time changed something: %+v", after.Contact.FollowUp)
	}
}

func TestOldMailIsHistoryAndStopsNothing(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	sent(t, d, dana)
	d.Pass(30 * 24 * time.Hour)
	change, _ := send(t, d, dana)
	before, err := d.Open(ctx, dana.ID)
	if err != nil {
		t.Fatal(err)
	}
	receive(t, d, reply(dana, "old@northwind.example", d.Now().Add(-60*24*time.Hour), "Hello from September."))
	after, err := d.Open(ctx, dana.ID)
	if err != nil || len(after.Outbox) != 1 || len(after.Interactions) != 2 || after.Contact.FollowUp.Next != before.Contact.FollowUp.Next {
		t.Errorf("after old mail: %+v, %v", after, err)
	}
	d.Pass(10 * time.Second)
	if got, err := d.Claim(ctx, storetest.Account, owner, true); err != nil || got == nil || got.ID != change.Mail {
		t.Errorf("claimed %v, %v", got, err)
	}
}

func TestAStrangerIsDropped(t *testing.T) {
	d := storetest.Open(t)
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	stranger := reply(model.Contact{Emails: []string{"spam@far.example"}}, "s1@far.example", d.Now(), "Buy!")
	if got := receive(t, d, stranger); got.Fetched != 1 || got.Matched != 0 {
		t.Errorf("received %+v", got)
	}
	colleague := reply(model.Contact{Emails: []string{"boss@northwind.example"}}, "b1@northwind.example", d.Now(), "I take over.")
	colleague.References = []string{sent(t, d, dana).MessageID}
	if got := receive(t, d, colleague); got.Matched != 1 || got.News[0].Contact != dana.ID {
		t.Errorf("a colleague in the thread: %+v", got)
	}
}

func TestMailWakesASnoozeAndEndsARetirement(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	if _, err := d.Do(ctx, model.SnoozeTo{UntilReply: true}, dana.ID); err != nil {
		t.Fatal(err)
	}
	if rows := view(t, d, model.ViewSnoozed); len(rows) != 1 {
		t.Fatalf("snoozed: %v", rows)
	}
	d.Pass(time.Hour)
	receive(t, d, reply(dana, "r1@northwind.example", d.Now(), "Here I am."))
	if rows := view(t, d, model.ViewQueue); len(rows) != 1 {
		t.Errorf("still asleep: %v", view(t, d, model.ViewSnoozed))
	}
	if _, err := d.Do(ctx, model.Retire{Reason: model.ReasonNoFit}, dana.ID); err != nil {
		t.Fatal(err)
	}
	for n, want := range []model.View{model.ViewQueue, model.ViewQueue} {
		d.Pass(time.Hour)
		receive(t, d, reply(dana, fmt.Sprintf("back%d@northwind.example", n), d.Now(), "One more thing."))
		if rows := view(t, d, want); len(rows) != 1 {
			t.Errorf("mail %d: not in %s", n, want)
		}
		if n == 0 {
			if _, err := d.Do(ctx, model.Retire{Reason: model.ReasonNoFit}, dana.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestABounceNobodyCausedChangesNothing(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	bounce := model.Inbound{
		Header:  model.Header{At: d.Now(), MessageID: "b1@mx.example", From: model.Address{Addr: "mailer-daemon@mx.example"}, Report: true},
		Verdict: signal.Verdict{Kind: signal.Bounce, Severity: signal.Dead, Recipients: []string{"Dana@Northwind.example"}},
	}
	if got := receive(t, d, bounce); got.Bounces != 0 {
		t.Errorf("a forged bounce: %+v", got)
	}
	if all, err := d.Suppressions(ctx); err != nil || len(all) != 0 {
		t.Fatalf("suppressed %v, %v", all, err)
	}
	o := sent(t, d, dana)
	bounce.MessageID, bounce.At, bounce.Verdict.OriginalMessageID = "b2@mx.example", d.Now().Add(time.Minute), o.MessageID
	d.Pass(2 * time.Minute)
	if got := receive(t, d, bounce); got.Bounces != 1 || got.News[0].Contact != dana.ID {
		t.Errorf("a true bounce: %+v", got)
	}
	if open, err := d.Open(ctx, dana.ID); err != nil || open.Suppressed == nil || open.Suppressed.What != "dana@northwind.example" {
		t.Errorf("the dead address may be written to: %+v, %v", open.Suppressed, err)
	}
}

func TestEvidenceSettlesADoubt(t *testing.T) {
	for name, see := range map[string]func(*model.Inbound, model.Outgoing){
		"copy by our id":       func(in *model.Inbound, o model.Outgoing) { in.Own, in.MessageID = true, o.MessageID },
		"copy by our mark":     func(in *model.Inbound, o model.Outgoing) { in.Own, in.StokeID = true, o.StokeID },
		"copy by original id":  func(in *model.Inbound, o model.Outgoing) { in.Own, in.OriginalID = true, o.MessageID },
		"an answer":            func(in *model.Inbound, o model.Outgoing) { in.InReplyTo = o.MessageID },
		"an answer further on": func(in *model.Inbound, o model.Outgoing) { in.References = []string{"x@y.example", o.MessageID} },
		"a bounce that names it": func(in *model.Inbound, o model.Outgoing) {
			in.Verdict = signal.Verdict{Kind: signal.Bounce, Severity: signal.Refused, OriginalMessageID: o.MessageID}
			in.From.Addr = "mailer-daemon@mx.example"
		},
	} {
		for _, from := range []model.State{model.Committing, model.Uncertain, model.AskRep} {
			t.Run(name+"/"+string(from), func(t *testing.T) {
				t.Parallel()
				d, ctx := storetest.Open(t), context.Background()
				o := bring(t, d, from)
				dana, err := d.Open(ctx, o.Contact)
				if err != nil {
					t.Fatal(err)
				}
				d.Pass(time.Hour)
				in := reply(dana.Contact, "seen@provider.example", d.Now(), "Yes.")
				see(&in, o)
				if in.Own {
					in.From, in.To, in.Mailbox = storetest.Me, o.To, "Sent"
				}
				if got := receive(t, d, in); got.SentFound != 1 {
					t.Errorf("received %+v", got)
				}
				after, err := d.Outgoing(ctx, o.ID)
				if err != nil || after.State != model.Sent || after.Copied != in.Own {
					t.Errorf("the mail is %s, copied %t, %v", after.State, after.Copied, err)
				}
				open, err := d.Open(ctx, o.Contact)
				if want := 2; err != nil || (!in.Own && len(open.Interactions) != want) || (in.Own && len(open.Interactions) != 1) {
					t.Errorf("the thread is %+v, %v", open.Interactions, err)
				}
				if got := receive(t, d, in); got.SentFound != 0 || got.Matched != 0 {
					t.Errorf("seen twice: %+v", got)
				}
			})
		}
	}
}

func TestAnswersToARewrittenIdAreOurs(t *testing.T) {
	d := storetest.Open(t)
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	o := sent(t, d, dana)
	copy := model.Inbound{Header: model.Header{At: d.Now(), MessageID: "rewritten@provider.example", StokeID: o.StokeID, From: storetest.Me, To: o.To}, Own: true, Mailbox: "Sent"}
	receive(t, d, copy)
	colleague := reply(model.Contact{Emails: []string{"boss@northwind.example"}}, "b1@northwind.example", d.Now(), "I take over.")
	colleague.InReplyTo = "rewritten@provider.example"
	if got := receive(t, d, colleague); got.Matched != 1 || got.News[0].Contact != dana.ID {
		t.Errorf("received %+v", got)
	}
	if open, _ := d.Open(context.Background(), dana.ID); len(open.Interactions) != 2 {
		t.Errorf("the copy became a second mail: %+v", open.Interactions)
	}
}

func TestMailFromAnotherProgramCounts(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	own := model.Inbound{Header: model.Header{At: d.Now(), MessageID: "phone@harbor.example", From: storetest.Me, To: []model.Address{{Addr: "Dana@northwind.example"}}},
		Own: true, Mailbox: "Sent", Verdict: signal.Verdict{Kind: signal.Human, Text: "From my phone."}}
	if got := receive(t, d, own); got.Matched != 1 || got.Replies != 0 {
		t.Errorf("received %+v", got)
	}
	open, err := d.Open(ctx, dana.ID)
	if err != nil || open.Contact.FollowUp.Attempts != 1 || open.Contact.FollowUp.Last.Direction != model.Out || len(view(t, d, model.ViewQueue)) != 0 {
		t.Errorf("the contact: %+v, %v", open.Contact.FollowUp, err)
	}
}

func TestOnlyWhatConcernsUsIsInteresting(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	o := sent(t, d, dana)
	known := reply(dana, "r1@northwind.example", d.Now(), "Hello.")
	receive(t, d, known)
	from := func(addr string) model.Header {
		return model.Header{MessageID: "n-" + addr, From: model.Address{Addr: addr}, To: []model.Address{storetest.Me}}
	}
	mine := from(storetest.Me.Addr)
	mine.To = []model.Address{{Addr: "DANA@northwind.example"}}
	elsewhere := from(storetest.Me.Addr)
	elsewhere.To = []model.Address{{Addr: "mum@home.example"}}
	answers, reports, ours := from("boss@northwind.example"), from("mailer-daemon@mx.example"), from(storetest.Me.Addr)
	answers.References, reports.Report, ours.MessageID = []string{"a@b.example", o.MessageID}, true, o.MessageID
	headers := []model.Header{from("Dana@Northwind.example"), from("spam@far.example"), known.Header, mine, elsewhere, answers, reports, ours}
	want := []bool{true, false, false, true, false, true, true, true}
	got, err := d.Interesting(ctx, storetest.Account, headers)
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("interesting %v, %v; want %v", got, err, want)
	}
	if err := d.Copied(ctx, o.ID); err != nil {
		t.Fatal(err)
	}
	if got, err := d.Interesting(ctx, storetest.Account, []model.Header{ours}); err != nil || got[0] {
		t.Errorf("a copy that is settled: %v, %v", got, err)
	}
}
