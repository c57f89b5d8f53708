package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/signal"
	"stoke/model/template"
	"stoke/store"
	"stoke/store/storetest"
)

// leave lets everything that waits in the outbox go out.
func leave(t *testing.T, d *storetest.Desk) {
	t.Helper()
	ctx := context.Background()
	d.Pass(10 * time.Second)
	for {
		o, err := d.Claim(ctx, storetest.Account, owner, true)
		if err != nil {
			t.Fatal(err)
		}
		if o == nil {
			return
		}
		if err := d.Commit(ctx, o.ID, owner); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Settle(ctx, o.ID, owner, model.Result{Turn: model.TurnAccepted}); err != nil {
			t.Fatal(err)
		}
	}
}

// A template and its other wording are shared out among the contacts; who answered is counted for the wording that they
// got, and only for the last mail before the answer.
func TestWhatATemplateBroughtIsCounted(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	other, err := template.Parse("b.md", []byte("---\nname: First mail\nvariant: B\nkind: opener\nstep: 1\nsubject: Docks\n---\nHello {{ first_name }}, shall we talk?"))
	if err != nil {
		t.Fatal(err)
	}
	rules := *d.Rules()
	own, err := template.Parse("a.md", []byte("---\nname: First mail\nkind: opener\nstep: 1\nsubject: Docks\n---\nHello {{ first_name }}, do you have docks?"))
	if err != nil {
		t.Fatal(err)
	}
	rules.Templates = rules.Templates.With(own, other)
	d.SetRules(rules)
	want := map[string]model.Tried{}
	for i := range 12 {
		c := person(t, d, fmt.Sprintf("Dana%d Whitfield", i), fmt.Sprintf("dana%d@northwind.example", i))
		draft, err := d.Compose(ctx, c.ID, "")
		if err != nil || !strings.HasPrefix(draft.Template, "First mail") || !strings.Contains(draft.WhyTemplate, "of 2") {
			t.Fatalf("made from %q (%s), %v", draft.Template, draft.WhyTemplate, err)
		}
		if _, _, err := d.Send(ctx, model.Approval{Draft: draft, Single: true}); err != nil {
			t.Fatal(err)
		}
		leave(t, d)
		d.Pass(time.Hour)
		one := want[draft.Template]
		one.Sent++
		switch i % 4 {
		case 0: // answers
			receive(t, d, answer(d, c, "Yes, on Thursday."))
			one.Answered++
		case 1: // is away: no answer
			in := answer(d, c, "I am out of the office.")
			in.Verdict.Kind = signal.AutoReply
			receive(t, d, in)
		case 2: // answers the second mail only, which was written by hand
			receive(t, d, model.Inbound{Header: model.Header{UID: uint32(100 + i), At: d.Now(), MessageID: fmt.Sprintf("own%d@harbor.example", i), From: storetest.Me, To: []model.Address{{Addr: c.Email()}}, Subject: "One more"},
				Account: storetest.Account, Mailbox: "Sent", Own: true, Verdict: signal.Verdict{Kind: signal.Human, Text: "One more thing."}})
			d.Pass(time.Hour)
			receive(t, d, answer(d, c, "Thank you for both."))
		}
		want[draft.Template] = one
	}
	if len(want) != 2 || want["First mail"].Sent != 6 || want["First mail (B)"].Sent != 6 {
		t.Fatalf("shared out as %v", want)
	}
	got, err := d.Tried(ctx)
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("counted %v, %v, want %v", got, err, want)
	}
	c := person(t, d, "Ines Duarte", "ines@mareverde.example")
	offers, err := d.Templates(ctx, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(offers, func(o model.Offer) bool { return o.Template.Key() == "First mail (B)" })
	if at < 0 || offers[at].Tried != want["First mail (B)"] || !strings.HasSuffix(offers[at].Tried.Says(), "too few to compare") {
		t.Errorf("offered with %+v", offers)
	}
	if says := (model.Tried{Sent: 40, Answered: 10}).Says(); says != "40 sent, 10 answered (25 %)" {
		t.Error(says)
	}
}

// answer is a mail of a contact that comes now.
func answer(d *storetest.Desk, c model.Contact, words string) model.Inbound {
	return reply(c, fmt.Sprintf("%d.%d@northwind.example", d.Now().UnixNano(), c.ID), d.Now(), words)
}

func TestCoverageTellsWhatIsKnownOfHowMany(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	if c, err := d.Coverage(ctx); err != nil || c.Contacts != 0 || c.Percent(0) != 0 {
		t.Fatalf("an empty desk: %+v, %v", c, err)
	}
	for i := range 4 {
		c := model.Contact{Name: "Dana Whitfield", Emails: []string{fmt.Sprintf("d%d@northwind.example", i)}}
		switch i {
		case 0:
			c.Company, c.Title, c.Fields = "Northwind", "COO", map[string]string{"Lead Source": "fair", "empty": ""}
		case 1:
			c.Company, c.Name = "Harbor", "Cher"
		case 2:
			c.Name, c.Fields = "", map[string]string{"Lead Source": "web"}
			c.Deal = &model.Deal{Title: "Docks", Value: 100}
		}
		added, err := d.AddContact(ctx, c)
		if err != nil {
			t.Fatal(err)
		}
		if c.Deal != nil {
			added.Deal = c.Deal
			if _, err := d.EditContact(ctx, added); err != nil {
				t.Fatal(err)
			}
		}
		if i == 0 {
			receive(t, d, answer(d, added, "What does it cost?"))
		}
		if i == 3 {
			if _, err := d.Do(ctx, model.Log{Kind: model.Met, Note: "at the fair", At: d.Now()}, added.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	c, err := d.Coverage(ctx)
	if err != nil || c.Contacts != 4 {
		t.Fatalf("%+v, %v", c, err)
	}
	for tag, want := range map[string]int{
		"company": 2, "title": 1, "name": 3, "first_name": 3, "last_name": 2, "email": 4, "phone": 0, "deal": 1, "deal.title": 1, "deal.value": 1, "deal.close": 0,
		"fields.lead_source": 2, "lead_source": 2, "fields.empty": 0, "nobody_has_it": 0, "ask.lead_source": 2,
		"last.subject": 1, "last.summary": 1, "event.name": 1, "purchase.name": 0,
	} {
		if n, ok := c.Of(tag); !ok || n != want {
			t.Errorf("%s is known of %d (%v), want %d", tag, n, ok, want)
		}
	}
	for _, tag := range []string{"me.name", "ask.price"} {
		if _, ok := c.Of(tag); ok {
			t.Errorf("%s is said to be a matter of the contact", tag)
		}
	}
	c.Contacts = 1000
	if c.Percent(999) != 99 || c.Percent(1) != 1 || c.Percent(1000) != 100 || c.Percent(0) != 0 || c.Percent(714) != 71 {
		t.Error("the share is rounded to all or none")
	}
}

// What the rep filled in is kept on the contact by one key, and undone by another.
func TestAFilledBlankIsKeptAndForgotten(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	own, err := template.Parse("a.md", []byte("---\nname: Price\nkind: opener\nsubject: Docks\n---\nHello {{ first_name }},\n\nit is {{ ask.price }}."))
	if err != nil {
		t.Fatal(err)
	}
	rules := *d.Rules()
	rules.Templates = rules.Templates.With(own)
	d.SetRules(rules)
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	draft, err := d.Compose(ctx, dana.ID, "Price")
	if err != nil || len(draft.Blanks()) != 1 {
		t.Fatalf("%+v, %v", draft, err)
	}
	draft.Body = strings.Replace(draft.Body, "{{ask.price}}", "49 a month", 1)
	change, _, err := d.Send(ctx, model.Approval{Draft: draft, Single: true})
	if err != nil || fmt.Sprint(change.Filled) != "map[fields.price:49 a month]" {
		t.Fatalf("offered %v, %v", change.Filled, err)
	}
	known := func() string {
		t.Helper()
		open, err := d.Open(ctx, dana.ID)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(open.Contact.Fields)
	}
	if known() != "map[]" {
		t.Errorf("kept without being asked: %s", known())
	}
	kept, err := d.Do(ctx, model.Remember{Facts: change.Filled}, dana.ID)
	if err != nil || known() != "map[price:49 a month]" || kept.Says != "Kept for Dana: price" {
		t.Fatalf("%s, %q, %v", known(), kept.Says, err)
	}
	if found, err := d.Find(ctx, "Dana"); err != nil || len(found) != 1 {
		t.Errorf("found %v, %v", found, err)
	}
	if again, err := d.Compose(ctx, dana.ID, "Price"); err != nil || len(again.Blanks()) != 0 || !strings.Contains(again.Body, "it is 49 a month.") {
		t.Errorf("the next draft: %q, %v", again.Body, err)
	}
	if _, says, err := d.Undo(ctx, kept.ID); err != nil || known() != "map[]" || says != "Undone: Kept for Dana: price." {
		t.Errorf("undone: %s, %q, %v", known(), says, err)
	}
}

func BenchmarkCoverage(b *testing.B) {
	d, _ := desk(b)
	for b.Loop() {
		if _, err := d.Coverage(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTemplates(b *testing.B) {
	d, ids := desk(b)
	for b.Loop() {
		if _, err := d.Templates(context.Background(), ids[0]); err != nil {
			b.Fatal(err)
		}
	}
}

// A Message-ID is ASCII, also where the rep's domain is not: no header can hold it otherwise.
func TestTheIDOfAMailIsASCII(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	o := d.Options()
	o.Sender = func(string) (model.Address, bool) { return model.Address{Addr: "robin@grün.example"}, true }
	s, err := store.Open(filepath.Join(t.TempDir(), "stoke.db"), o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c, err := s.AddContact(ctx, model.Contact{Name: "Dana", Emails: []string{"dana@northwind.example"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, out, err := s.Send(ctx, model.Approval{Draft: letter(c), Single: true}); err != nil || !strings.HasSuffix(out.MessageID, "@xn--grn-ioa.example") {
		t.Errorf("%q, %v", out.MessageID, err)
	}
}
