package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/signal"
	"stoke/store"
	"stoke/store/storetest"
)

// What is remembered from batch to batch changes nothing: a desk that remembers, one that forgets before every batch, and
// one that gets everything mail by mail end up alike, whatever came, and whatever another process did in between.
func TestReceivingRemembersWhatIsTrue(t *testing.T) {
	for seed := range uint64(8) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			ways := []*remembering{newRemembering(t), newRemembering(t), newRemembering(t)}
			chance := rand.New(rand.NewPCG(seed, 4))
			for round := range 12 {
				verb := ways[0].verb(chance)
				elsewhere := chance.IntN(2) == 0
				var batch []model.Inbound
				for n := range 1 + chance.IntN(12) {
					batch = append(batch, ways[0].mail(chance, round*100+n))
				}
				for n, r := range ways {
					r.d.Pass(time.Second)
					r.does(t, verb, elsewhere)
					switch n {
					case 0:
						receive(t, r.d, batch...)
					case 1:
						forget(t, r.d.Store, r.idle)
						receive(t, r.d, batch...)
					default:
						for _, in := range batch {
							forget(t, r.other, r.idle)
							receive(t, r.d, in)
						}
					}
				}
				for _, r := range ways[1:] {
					for n := range r.people {
						got, want := ways[0].dossier(t, n), r.dossier(t, n)
						if !reflect.DeepEqual(got, want) {
							t.Fatalf("round %d, %s:\n%+v\n%+v", round, r.people[n].Name, got, want)
						}
					}
				}
			}
		})
	}
}

type remembering struct {
	d      *storetest.Desk
	people []model.Contact
	idle   model.Contact // somebody who never writes
	ours   []string      // ids of mails that the rep sent
	other  *store.Store  // another process
}

func newRemembering(t *testing.T) *remembering {
	d := storetest.Open(t)
	r := &remembering{d: d, people: []model.Contact{
		person(t, d, "Dana Whitfield", "dana@northwind.example"), person(t, d, "Tom Okafor", "tom@northwind.example"),
		person(t, d, "Ana Lima", "ana@lima.example"), person(t, d, "Ken Sato", "ken@gmail.com"),
	}, idle: person(t, d, "No Body", "no@body.example")}
	if _, err := d.Do(context.Background(), model.Enrol{Sequence: "sales"}, r.people[0].ID, r.people[1].ID, r.people[3].ID); err != nil {
		t.Fatal(err)
	}
	r.ours, r.other = append(r.ours, sent(t, d, r.people[2]).MessageID), d.Second()
	return r
}

// forget writes something that matters to nobody.
func forget(t *testing.T, s *store.Store, idle model.Contact) {
	t.Helper()
	if _, err := s.SaveDraft(context.Background(), model.Draft{Contact: idle.ID, Body: "x"}); err != nil {
		t.Fatal(err)
	}
}

func (r *remembering) dossier(t *testing.T, n int) model.Dossier {
	t.Helper()
	d, err := r.d.Open(context.Background(), r.people[n].ID)
	if err != nil {
		t.Fatal(err)
	}
	d.Contact.FollowUp.AnswerID = 0 // ids differ where another order was recorded
	return d
}

// verb is something that the rep does to somebody.
func (r *remembering) verb(chance *rand.Rand) func() (model.Verb, int) {
	who := chance.IntN(len(r.people))
	verb := []model.Verb{model.SnoozeTo{Until: storetest.Start.AddDate(0, 0, 20)}, model.Enrol{Sequence: "sales"}, model.Log{Kind: model.Call}, model.HandledWithout{}}[chance.IntN(4)]
	return func() (model.Verb, int) { return verb, who }
}

func (r *remembering) does(t *testing.T, what func() (model.Verb, int), elsewhere bool) {
	t.Helper()
	s := r.d.Store
	if elsewhere {
		s = r.other
	}
	verb, who := what()
	_, err := s.Do(context.Background(), verb, r.people[who].ID)
	if err != nil && model.CodeOf(err) == "" {
		t.Fatal(err)
	}
}

// mail is one of anybody, of any kind, of any time, in any thread.
func (r *remembering) mail(chance *rand.Rand, n int) model.Inbound {
	who := r.people[chance.IntN(len(r.people))]
	at := storetest.Start.Add(time.Duration(n)*time.Second - time.Duration(chance.IntN(800*24))*time.Hour)
	if chance.IntN(2) == 0 {
		at = storetest.Start.Add(time.Duration(n) * time.Second)
	}
	in := reply(who, fmt.Sprintf("%d@mail.example", n), at, "Thursday at ten?")
	switch chance.IntN(12) {
	case 0:
		in.Verdict = signal.Verdict{Kind: signal.AutoReply, Text: "away", ReturnDate: at.AddDate(0, 0, 9)}
	case 1:
		in.Verdict = signal.Verdict{Kind: signal.Bounce, Severity: signal.Dead, Recipients: []string{who.Email()}, OriginalMessageID: r.ours[0]}
	case 2:
		in.Verdict = signal.Verdict{Kind: signal.Bounce, Severity: signal.Later, Recipients: []string{who.Email()}, OriginalMessageID: r.ours[0]}
	case 3:
		in.Verdict = signal.Verdict{Kind: signal.OptOut, Text: "stop"}
	case 4:
		in.Verdict.NotNow = true
	case 5:
		in.Verdict.Refusal = true
	case 6, 7:
		in.Own, in.From, in.To = true, storetest.Me, []model.Address{{Addr: who.Email()}}
	case 8:
		in.InReplyTo = fmt.Sprintf("%d@mail.example", max(0, n-100))
		in.From.Addr = "colleague@elsewhere.example"
	case 9:
		in.InReplyTo = r.ours[0]
	}
	return in
}
