package store_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"stoke/model"
	"stoke/store"
	"stoke/store/storetest"
)

const owner = "engine one"

// states are all that a mail can have.
var states = []model.State{model.DraftAgain, model.Queued, model.Claimed, model.Committing, model.Sent, model.Uncertain, model.AskRep, model.Failed, model.Cancelled}

// bring takes a fresh mail to a state by the ways that an engine and a rep have.
func bring(t *testing.T, d *storetest.Desk, to model.State) model.Outgoing {
	t.Helper()
	return walk(t, d, to, func() {})
}

// walk is bring with something that happens after each step.
func walk(t *testing.T, d *storetest.Desk, to model.State, after func()) model.Outgoing {
	t.Helper()
	ctx := context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	_, o := send(t, d, dana)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		after()
	}
	settle := func(turn model.Turn) {
		t.Helper()
		_, err := d.Settle(ctx, o.ID, owner, model.Result{Turn: turn, Error: "no luck."})
		must(err)
	}
	judge := func(turn model.Turn) {
		t.Helper()
		_, err := d.Judge(ctx, o.ID, turn)
		must(err)
	}
	d.Pass(10 * time.Second)
	if to != model.Queued && to != model.DraftAgain {
		claimed, err := d.Claim(ctx, storetest.Account, owner, true)
		must(err)
		if claimed == nil {
			t.Fatal("nothing to claim")
		}
	}
	switch to {
	case model.DraftAgain:
		judge(model.TurnUndo)
	case model.Failed:
		settle(model.TurnRefused)
	case model.Cancelled:
		settle(model.TurnRefused)
		judge(model.TurnDrop)
	case model.Committing, model.Sent, model.Uncertain, model.AskRep:
		must(d.Commit(ctx, o.ID, owner))
	}
	switch to {
	case model.Sent:
		settle(model.TurnAccepted)
	case model.Uncertain, model.AskRep:
		settle(model.TurnLost)
	}
	if to == model.AskRep {
		for range d.Rules().Rules.Looks {
			_, err := d.Looked(ctx, o.ID, false, "")
			must(err)
		}
	}
	o, err := d.Outgoing(ctx, o.ID)
	must(err)
	if o.State != to {
		t.Fatalf("brought to %s, wanted %s", o.State, to)
	}
	return o
}

// ways are how each turn comes about from outside; false means that it did not.
func ways(d *storetest.Desk, o model.Outgoing) map[model.Turn]func() (bool, error) {
	ctx := context.Background()
	settle := func(turn model.Turn) func() (bool, error) {
		return func() (bool, error) {
			_, err := d.Settle(ctx, o.ID, o.Owner, model.Result{Turn: turn, NotTill: d.Now().Add(time.Minute)})
			return err == nil, err
		}
	}
	judge := func(turn model.Turn) func() (bool, error) {
		return func() (bool, error) {
			_, err := d.Judge(ctx, o.ID, turn)
			return err == nil, err
		}
	}
	return map[model.Turn]func() (bool, error){
		model.TurnClaim: func() (bool, error) {
			got, err := d.Claim(ctx, storetest.Account, "engine two", true)
			return got != nil, err
		},
		model.TurnCommit: func() (bool, error) { err := d.Commit(ctx, o.ID, o.Owner); return err == nil, err },
		model.TurnOrphan: func() (bool, error) {
			a, b, err := d.Recover(ctx, storetest.Account)
			return a+b > 0, err
		},
		model.TurnFound: func() (bool, error) {
			_, err := d.Looked(ctx, o.ID, true, "a copy in Sent")
			return err == nil, err
		},
		model.TurnRetry: settle(model.TurnRetry), model.TurnRefused: settle(model.TurnRefused), model.TurnLater: settle(model.TurnLater),
		model.TurnAccepted: settle(model.TurnAccepted), model.TurnLost: settle(model.TurnLost),
		model.TurnSaysSent: judge(model.TurnSaysSent), model.TurnDrop: judge(model.TurnDrop), model.TurnAgain: judge(model.TurnAgain), model.TurnUndo: judge(model.TurnUndo),
	}
}

// TestEveryTurnOfEveryState goes through the whole table of the outbox: what model allows happens and is on disk with all
// its consequences, what it does not allow changes nothing.
func TestEveryTurnOfEveryState(t *testing.T) {
	for _, from := range states {
		for turn := range ways(nil, model.Outgoing{}) {
			t.Run(fmt.Sprintf("%s/%s", from, turn), func(t *testing.T) {
				t.Parallel()
				d, ctx := storetest.Open(t), context.Background()
				before := bring(t, d, from)
				want, refused := before.After(model.Result{Turn: turn}, d.Now(), d.Rules().Rules)
				if turn == model.TurnAbsent && from == model.AskRep {
					refused = nil
				}
				happened, err := ways(d, before)[turn]()
				if err != nil && model.CodeOf(err) != model.Conflict {
					t.Fatalf("not a conflict: %v", err)
				}
				if happened != (refused == nil) {
					t.Fatalf("happened %t, model says %v (%v)", happened, refused, err)
				}
				if refused != nil {
					want = before
				}
				d.Reopen()
				after, err := d.Outgoing(ctx, before.ID)
				if err != nil || after.State != want.State {
					t.Fatalf("%s, %v; want %s", after.State, err, want.State)
				}
				consequences(t, d, after)
			})
		}
	}
}

// TestACrashBetweenTheStepsLosesNothing starts stoke anew after each step on the way to every state, and lets a new engine
// take over: what was claimed is free again, what may have left is in doubt, all else is as it was.
func TestACrashBetweenTheStepsLosesNothing(t *testing.T) {
	for _, to := range states {
		t.Run(string(to), func(t *testing.T) {
			t.Parallel()
			d, ctx := storetest.Open(t), context.Background()
			o := walk(t, d, to, d.Reopen)
			claimed, committing, err := d.Recover(ctx, storetest.Account)
			if err != nil || (claimed == 1) != (to == model.Claimed) || (committing == 1) != (to == model.Committing) {
				t.Errorf("recovered %d, %d, %v", claimed, committing, err)
			}
			want := map[model.State]model.State{model.Claimed: model.Queued, model.Committing: model.Uncertain}[to]
			if want == "" {
				want = to
			}
			after, err := d.Outgoing(ctx, o.ID)
			if err != nil || after.State != want || (want != to && after.Owner != "") {
				t.Fatalf("%s of %q, %v; want %s", after.State, after.Owner, err, want)
			}
			consequences(t, d, after)
		})
	}
}

// consequences checks that draft, thread and plan of the contact are those of its mail's state.
func consequences(t *testing.T, d *storetest.Desk, o model.Outgoing) {
	t.Helper()
	open, err := d.Open(context.Background(), o.Contact)
	if err != nil {
		t.Fatal(err)
	}
	back := o.State == model.DraftAgain || o.State == model.Failed || o.State == model.Cancelled
	if (open.Draft != nil) != back {
		t.Errorf("%s: the draft is %v", o.State, open.Draft)
	}
	if back && open.Draft.Body != o.Text {
		t.Errorf("%s: the text was lost: %q", o.State, open.Draft.Body)
	}
	if out := len(open.Interactions) == 1; out != (o.State == model.Sent) {
		t.Errorf("%s: the thread is %v", o.State, open.Interactions)
	}
	if inQueue := len(view(t, d, model.ViewQueue)) == 1; inQueue != back {
		t.Errorf("%s: in the queue: %t", o.State, inQueue)
	}
}

// What an engine left behind when it lost the disk is taken over by the same process, too.
func TestAnEngineTakesOverWhatItLeftItself(t *testing.T) {
	for from, to := range map[model.State]model.State{model.Claimed: model.Queued, model.Committing: model.Uncertain} {
		d := storetest.Open(t)
		o := bring(t, d, from)
		if claimed, committing, err := d.Recover(context.Background(), storetest.Account); err != nil || claimed+committing != 1 {
			t.Fatalf("%s: %d, %d, %v", from, claimed, committing, err)
		}
		if after, err := d.Outgoing(context.Background(), o.ID); err != nil || after.State != to {
			t.Errorf("%s is %s afterwards, %v", from, after.State, err)
		}
	}
}

func TestOneOfTwoEnginesGetsTheMail(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	const mails = 20
	for i := range mails {
		c := person(t, d, "Dana", fmt.Sprintf("dana%d@northwind.example", i))
		send(t, d, c)
	}
	d.Pass(time.Minute)
	var mu sync.Mutex
	var wg sync.WaitGroup
	claims := map[int64][]string{}
	for name, s := range map[string]*store.Store{"one": d.Store, "two": d.Second(), "three": d.Second()} {
		wg.Go(func() {
			for {
				o, err := s.Claim(ctx, storetest.Account, name, true)
				if err != nil {
					t.Error(err)
				}
				if o == nil {
					return
				}
				mu.Lock()
				claims[o.ID] = append(claims[o.ID], name)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if len(claims) != mails {
		t.Errorf("%d of %d mails were claimed", len(claims), mails)
	}
	for id, names := range claims {
		if len(names) != 1 {
			t.Errorf("mail %d was claimed by %v", id, names)
			continue
		}
		if err := d.Commit(ctx, id, "somebody else"); model.CodeOf(err) != model.Conflict {
			t.Errorf("mail %d was let go by somebody else: %v", id, err)
		}
		if err := d.Freeze(ctx, id, "somebody else", []byte("x"), 1); model.CodeOf(err) != model.Conflict {
			t.Errorf("mail %d was frozen by somebody else: %v", id, err)
		}
	}
}

func TestWhoAnsweredBeforeTheMailLeftGetsNone(t *testing.T) {
	for _, late := range []bool{false, true} {
		t.Run(fmt.Sprintf("claimed %t", late), func(t *testing.T) {
			d, ctx := storetest.Open(t), context.Background()
			dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
			_, o := send(t, d, dana)
			d.Pass(10 * time.Second)
			if late {
				if got, err := d.Claim(ctx, storetest.Account, owner, true); got == nil || err != nil {
					t.Fatal(got, err)
				}
			}
			receive(t, d, reply(dana, "r1@northwind.example", d.Now(), "Let us talk, is Thursday fine?"))
			if err := d.Commit(ctx, o.ID, owner); model.CodeOf(err) != model.Conflict {
				t.Errorf("the dot may leave: %v", err)
			}
			got, err := d.Outgoing(ctx, o.ID)
			if err != nil || got.State != model.Cancelled || !strings.Contains(got.Error, "Dana") {
				t.Errorf("the mail is %s: %s, %v", got.State, got.Error, err)
			}
			open, err := d.Open(ctx, dana.ID)
			if err != nil || open.Draft == nil || open.Draft.Body != o.Text {
				t.Errorf("the draft is %+v, %v", open.Draft, err)
			}
			if f := open.Contact.FollowUp; f.Next.Kind != model.TouchReply || !f.Unread || f.AnswerID == 0 || f.Attempts != 0 {
				t.Errorf("the contact does not wait for an answer: %+v", f)
			}
			if _, _, err := d.Send(ctx, model.Approval{Draft: *open.Draft}); model.CodeOf(err) != model.GateAnswered {
				t.Errorf("the blind text went again: %v", err)
			}
		})
	}
}

func TestWhatStopsAMailAtTheLastMoment(t *testing.T) {
	ctx := context.Background()
	for name, stop := range map[string]func(*storetest.Desk, model.Contact) error{
		"suppressed": func(d *storetest.Desk, c model.Contact) error {
			_, err := d.Suppress(ctx, c.Email(), "they phoned")
			return err
		},
		"domain suppressed": func(d *storetest.Desk, c model.Contact) error {
			_, err := d.Suppress(ctx, "@northwind.example", "they phoned")
			return err
		},
		"retired": func(d *storetest.Desk, c model.Contact) error {
			_, err := d.Do(ctx, model.Retire{Reason: model.ReasonNoFit}, c.ID)
			return err
		},
		"spoke": func(d *storetest.Desk, c model.Contact) error {
			_, err := d.Do(ctx, model.Log{Kind: model.Call}, c.ID)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := storetest.Open(t)
			dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
			_, o := send(t, d, dana)
			d.Pass(10 * time.Second)
			if got, err := d.Claim(ctx, storetest.Account, owner, true); got == nil || err != nil {
				t.Fatal(got, err)
			}
			if err := stop(d, dana); err != nil {
				t.Fatal(err)
			}
			if err := d.Commit(ctx, o.ID, owner); model.CodeOf(err) != model.Conflict {
				t.Errorf("the dot may leave: %v", err)
			}
			got, err := d.Outgoing(ctx, o.ID)
			if err != nil || got.State != model.Cancelled || got.Error == "" {
				t.Errorf("the mail is %s: %q, %v", got.State, got.Error, err)
			}
			if open, _ := d.Open(ctx, dana.ID); open.Draft == nil {
				t.Error("the text was lost")
			}
		})
	}
}

// What the rep logs stops the mails of sequences; the answer that they approved a moment before says the same and leaves.
func TestWhatTheRepLogsDoesNotStopTheirOwnAnswer(t *testing.T) {
	for _, kind := range []model.Kind{model.Booked, model.Call, model.Purchase} {
		d, ctx := storetest.Open(t), context.Background()
		dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
		receive(t, d, reply(dana, "in1@mail.example", d.Now(), "Can we talk on Thursday at three?"))
		open, err := d.Open(ctx, dana.ID)
		if err != nil {
			t.Fatal(err)
		}
		_, o := send(t, d, open.Contact)
		d.Pass(time.Second)
		if _, err := d.Do(ctx, model.Log{Kind: kind}, dana.ID); err != nil {
			t.Fatal(err)
		}
		d.Pass(10 * time.Second)
		if got, err := d.Claim(ctx, storetest.Account, owner, true); err != nil || got == nil || got.ID != o.ID {
			t.Fatalf("after a %s: %+v, %v", kind, got, err)
		}
		if err := d.Commit(ctx, o.ID, owner); err != nil {
			t.Errorf("after a %s the dot may not leave: %v", kind, err)
		}
	}
}

// A server that refuses a recipient says at once what else a report says hours later.
func TestARefusedRecipientIsSaidInTheRow(t *testing.T) {
	for dead, why := range map[string]string{
		"":                       "your mail was not sent: the outbox says why",
		"dana@northwind.example": "your mail bounced: find another address or retire · dana@northwind.example must not be mailed",
	} {
		d, ctx := storetest.Open(t), context.Background()
		dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
		_, o := send(t, d, dana)
		d.Pass(10 * time.Second)
		if _, err := d.Claim(ctx, storetest.Account, owner, true); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Settle(ctx, o.ID, owner, model.Result{Turn: model.TurnRefused, Reply: "550 5.1.1 User unknown", Error: "Refused.", Dead: dead}); err != nil {
			t.Fatal(err)
		}
		rows := view(t, d, model.ViewQueue)
		if len(rows) != 1 || rows[0].Why(d.Now()) != why {
			t.Errorf("dead %q: the queue shows %+v", dead, rows)
		}
		if found, err := d.Suppressions(ctx); err != nil || len(found) != len(dead)/len("dana@northwind.example") {
			t.Errorf("dead %q: suppressed %v, %v", dead, found, err)
		}
	}
}

func TestAFailedMailGoesAgainOrGivesWay(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	o := bring(t, d, model.Failed)
	if n, err := d.Counts(ctx); err != nil || n.Ask != 1 || n.Outbox != 0 {
		t.Fatalf("counts %+v, %v", n, err)
	}
	again, err := d.Judge(ctx, o.ID, model.TurnAgain)
	if err != nil || again.State != model.Queued {
		t.Fatal(again, err)
	}
	open, err := d.Open(ctx, o.Contact)
	if err != nil || open.Draft != nil || len(view(t, d, model.ViewQueue)) != 0 {
		t.Errorf("going again: draft %v, %v, queue %v", open.Draft, err, view(t, d, model.ViewQueue))
	}
	if _, err := d.Claim(ctx, storetest.Account, owner, true); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Settle(ctx, o.ID, owner, model.Result{Turn: model.TurnRefused, Error: "550 no."}); err != nil {
		t.Fatal(err)
	}

	open, err = d.Open(ctx, o.Contact)
	if err != nil || open.Draft == nil {
		t.Fatal(open, err)
	}
	open.Draft.Body += "PS: better now.\n"
	_, second, err := d.Send(ctx, model.Approval{Draft: *open.Draft, Single: true})
	if err != nil {
		t.Fatal(err)
	}
	if first, err := d.Outgoing(ctx, o.ID); err != nil || first.State != model.Cancelled {
		t.Errorf("the failed one is %s, %v", first.State, err)
	}
	if all, err := d.Outbox(ctx, 10); err != nil || len(all) != 2 || all[0].ID != second.ID {
		t.Errorf("the outbox: %v, %v", all, err)
	}
	if n, err := d.Owed(ctx); n != 1 || err != nil {
		t.Errorf("owed: %d, %v", n, err)
	}
}

func TestAnswersLeaveFirst(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	greg := person(t, d, "Greg Palmer", "greg@palmer.example")
	send(t, d, greg)
	d.Pass(time.Second)
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	receive(t, d, reply(dana, "r1@northwind.example", d.Now(), "Is Thursday fine?"))
	open, err := d.Open(ctx, dana.ID)
	if err != nil {
		t.Fatal(err)
	}
	_, answer := send(t, d, open.Contact)
	d.Pass(time.Minute)
	if got, err := d.Claim(ctx, storetest.Account, owner, true); err != nil || got == nil || got.ID != answer.ID {
		t.Errorf("first left %+v, %v", got, err)
	}
}

func TestTheGatesAreJudgedBeforeTheAccount(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	draft := letter(dana)
	draft.Account = "closed"
	blank := draft
	blank.Body = "   "
	if _, _, err := d.Send(ctx, model.Approval{Draft: blank}); model.CodeOf(err) != model.GateBlank {
		t.Errorf("an empty mail: %v", err)
	}
	if _, _, err := d.Send(ctx, model.Approval{Draft: draft}); model.CodeOf(err) != model.BadConfig {
		t.Errorf("an account that is gone: %v", err)
	}
	draft = letter(dana)
	draft.Cc = []model.Address{{Addr: "boss@northwind.example"}}
	if _, err := d.Suppress(ctx, "boss@northwind.example", ""); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Send(ctx, model.Approval{Draft: draft}); model.CodeOf(err) != model.GateSuppressed {
		t.Errorf("a suppressed copy: %v", err)
	}
	if err := d.Gate(ctx, model.Approval{Draft: letter(dana)}); err != nil {
		t.Errorf("a good mail: %v", err)
	}
	send(t, d, dana)
	if _, _, err := d.Send(ctx, model.Approval{Draft: letter(dana), Force: true}); model.CodeOf(err) != model.GateDuplicate {
		t.Errorf("a second mail: %v", err)
	}
}

func TestWhatTheRepTypedMeanwhileStays(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	_, o := send(t, d, dana)
	typed := letter(dana)
	typed.Body = "Something newer."
	if _, err := d.SaveDraft(ctx, typed); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Judge(ctx, o.ID, model.TurnUndo); err != nil {
		t.Fatal(err)
	}
	if open, err := d.Open(ctx, dana.ID); err != nil || open.Draft == nil || open.Draft.Body != "Something newer." {
		t.Errorf("the draft is %+v, %v", open.Draft, err)
	}
	if old, err := d.Outgoing(ctx, o.ID); err != nil || old.Text != o.Text {
		t.Errorf("the old text is gone: %+v, %v", old, err)
	}
}
