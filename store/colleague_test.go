package store_test

import (
	"context"
	"testing"
	"time"

	"stoke/model"
	"stoke/store/storetest"
)

func TestAColleaguesAnswerHoldsTheOthersOfTheCompany(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	tom := person(t, d, "Tom Okafor", "tom@northwind.example")
	far := person(t, d, "Far Away", "far@elsewhere.example")
	if _, err := d.Do(ctx, model.Enrol{Sequence: "sales"}, dana.ID, tom.ID, far.ID); err != nil {
		t.Fatal(err)
	}
	d.Pass(time.Hour)
	receive(t, d, reply(dana, "d1@northwind.example", d.Now(), "Tell me more."))
	for id, held := range map[int64]bool{tom.ID: true, far.ID: false} {
		dossier, err := d.Open(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		f := dossier.Contact.FollowUp
		if got := f.Asks != ""; got != held || f.Enrolment.Sequence != "sales" {
			t.Errorf("%s: held=%v, want %v: %+v", dossier.Contact.Name, got, held, f.Next)
		}
		if soon := f.Next.ReadyAt.Sub(d.Now()) < 5*24*time.Hour; soon == held {
			t.Errorf("%s: next touch %s", dossier.Contact.Name, f.Next.ReadyAt)
		}
	}
}

// "A sequence stops on a reply in the thread by anyone", also by another contact, whose own sequence stops, too.
func TestAnotherContactAnswersInTheThread(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@gmail.com")
	tom := person(t, d, "Tom Okafor", "tom@gmail.com")
	if _, err := d.Do(ctx, model.Enrol{Sequence: "sales"}, dana.ID, tom.ID); err != nil {
		t.Fatal(err)
	}
	thread := sent(t, d, dana).MessageID
	_, waiting := send(t, d, tom)
	d.Pass(time.Second)
	answer := reply(tom, "t1@gmail.com", d.Now(), "Dana asked me to answer.")
	answer.InReplyTo = thread
	receive(t, d, answer)
	if o, err := d.Outgoing(ctx, waiting.ID); err != nil || o.State != model.Cancelled {
		t.Errorf("the mail to Tom, who has answered, is %s (%v)", o.State, err)
	}
	for id, kind := range map[int64]model.TouchKind{tom.ID: model.TouchReply, dana.ID: model.TouchNext} {
		dossier, err := d.Open(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		if f := dossier.Contact.FollowUp; f.Next.Kind != kind || f.Enrolment.Sequence != "" {
			t.Errorf("%s: %+v in %q", dossier.Contact.Name, f.Next, f.Enrolment.Sequence)
		}
	}
}
