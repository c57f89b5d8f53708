package model_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stoke/model"
	"stoke/model/template"
)

func addrs(all []model.Address) string {
	each := make([]string, len(all))
	for i, a := range all {
		each[i] = a.Addr
	}
	return strings.Join(each, " ")
}

// answering is a draft that answers the newest mail of a story.
func (s *story) answering() model.Draft {
	last := s.d.Interactions[len(s.d.Interactions)-1]
	d := s.approval().Draft
	d.InReplyTo = last.MessageID
	return d
}

func TestAnAnswerToAllGoesToEverybodyWhoGotTheMailOnce(t *testing.T) {
	own := []string{"robin@acme.test", "sales@acme.test"}
	dana, marta := model.Address{Name: "Dana Whitfield", Addr: "Dana@northwind.example"}, model.Address{Addr: "marta@northwind.example"}
	for _, c := range []struct {
		says   string
		in     func(*model.Inbound)
		to, cc string
	}{
		{"to the rep alone", func(in *model.Inbound) { in.From, in.To = dana, []model.Address{{Addr: "Robin@acme.test"}} }, "dana@northwind.example", ""},
		{"others in To and Cc, some twice", func(in *model.Inbound) {
			in.From, in.To = dana, []model.Address{{Addr: "robin@acme.test"}, marta}
			in.Cc = []model.Address{{Addr: "MARTA@northwind.example"}, {Addr: "legal@northwind.example"}, dana, {Addr: "sales@acme.test"}}
		}, "dana@northwind.example", "marta@northwind.example legal@northwind.example"},
		{"answers are wanted elsewhere", func(in *model.Inbound) {
			in.From, in.ReplyTo, in.To = dana, []model.Address{{Addr: "team@northwind.example"}}, []model.Address{{Addr: "sales@acme.test"}, marta}
		}, "team@northwind.example", "marta@northwind.example"},
		{"the rep's own mail goes to whom it went", func(in *model.Inbound) {
			in.Own, in.From, in.To, in.Cc = true, model.Address{Addr: "robin@acme.test"}, []model.Address{dana}, []model.Address{marta, {Addr: "robin@acme.test"}}
		}, "dana@northwind.example", "marta@northwind.example"},
		{"a mail of the rep to the rep", func(in *model.Inbound) {
			in.From, in.To = model.Address{Addr: "sales@acme.test"}, []model.Address{{Addr: "robin@acme.test"}}
		}, "dana@northwind.example", ""},
	} {
		s := newStory(t)
		s.writes("Can you?", c.in)
		to, cc, err := s.d.Everyone(s.answering(), own)
		if err != nil || addrs(to) != c.to || addrs(cc) != c.cc {
			t.Errorf("%s: to %q, cc %q, %v", c.says, addrs(to), addrs(cc), err)
		}
	}
	s := newStory(t)
	s.writes("Who else?")
	if _, _, err := s.d.Everyone(s.answering(), own); model.CodeOf(err) != model.NotFound {
		t.Errorf("nothing is known of who got it: %v", err)
	}
	if _, _, err := s.d.Everyone(model.Draft{}, own); model.CodeOf(err) != model.NotFound {
		t.Errorf("nothing is answered: %v", err)
	}
}

// Whoever stands in a mail, an answer to all names nobody twice and never the rep.
func TestAnAnswerToAllNamesNobodyTwice(t *testing.T) {
	people := []string{"robin@acme.test", "sales@acme.test", "dana@northwind.example", "a@x.example", "b@x.example", "A@X.example", ""}
	rapid.Check(t, func(t *rapid.T) {
		some := func(name string) (all []model.Address) {
			for _, a := range rapid.SliceOfN(rapid.SampledFrom(people), 0, 6).Draw(t, name) {
				all = append(all, model.Address{Addr: a})
			}
			return all
		}
		i := model.Interaction{Kind: model.Mail, Direction: rapid.SampledFrom([]model.Direction{model.In, model.Out}).Draw(t, "direction"), MessageID: "m",
			To: some("to"), Cc: some("cc"), ReplyTo: some("reply-to")}
		if from := some("from"); len(from) > 0 {
			i.From = from[0]
		}
		d := model.Dossier{Contact: model.Contact{Emails: []string{"dana@northwind.example"}}, Interactions: []model.Interaction{i}}
		to, cc, err := d.Everyone(model.Draft{InReplyTo: "m", To: []model.Address{{Addr: "dana@northwind.example"}}}, people[:2])
		if err != nil {
			return
		}
		seen := map[string]bool{"robin@acme.test": true, "sales@acme.test": true, "": true}
		for _, a := range slices.Concat(to, cc) {
			if seen[a.Addr] {
				t.Fatalf("%q again: to %v cc %v", a.Addr, to, cc)
			}
			seen[a.Addr] = true
		}
		if len(to) == 0 {
			t.Fatal("nobody is left in To")
		}
	})
}

func TestSignatureAndQuoteStandBelowTheTextOnce(t *testing.T) {
	s := newStory(t)
	s.b.Signatures = map[string]string{"acme": "Robin Vale\nAcme"}
	s.writes("Can you do 40 seats?\n\n> you wrote\nThanks", func(in *model.Inbound) { in.From.Name = "Dana Whitfield" })
	d := s.answering()
	if got, want := s.b.Written(s.d, d), d.Body+"\n\n-- \nRobin Vale\nAcme"; got != want {
		t.Errorf("%q", got)
	}
	d.Quote = true
	want := d.Body + "\n\n-- \nRobin Vale\nAcme\n\nOn 23 November 2026 at 09:00, Dana Whitfield wrote:\n> Can you do 40 seats?\n>\n>> you wrote\n> Thanks"
	if got := s.b.Written(s.d, d); got != want {
		t.Errorf("%q\nwanted\n%q", got, want)
	}
	signed := d
	signed.Quote, signed.Body = false, d.Body+"\n\nRobin Vale\nAcme\n"
	if got := s.b.Written(s.d, signed); got != signed.Body {
		t.Errorf("the rep signed by hand, and it stands there twice: %q", got)
	}
	s.b.Signatures = nil
	d.Quote = false
	if got := s.b.Written(s.d, d); got != d.Body {
		t.Errorf("neither, and the text is %q", got)
	}
	d.Quote, d.InReplyTo = true, ""
	if got := s.b.Written(s.d, d); got != d.Body {
		t.Errorf("a new message quotes %q", got)
	}
}

func TestTheThreadKeepsTheRepsWordsApartFromWhatWentAlong(t *testing.T) {
	s := newStory(t)
	s.b.Signatures = map[string]string{"acme": "Robin Vale"}
	s.writes("40 seats?", func(in *model.Inbound) { in.From.Name = "Dana" })
	a := s.approval()
	a.Draft.InReplyTo, a.Draft.Quote = s.d.Interactions[0].MessageID, true
	out, _, err := s.b.Dispatch(s.d, a, model.Envelope{MessageID: "m"}, s.now)
	if err != nil {
		t.Fatal(err)
	}
	i := s.b.Left(s.d, out, s.now, s.now, "x").Add[0]
	if i.Text != a.Draft.Body || !strings.HasPrefix(i.Quoted, "-- \nRobin Vale\n\nOn 23 ") {
		t.Errorf("own %q, along %q", i.Text, i.Quoted)
	}
}

func TestWhatChangedSinceTheDraftIsSaid(t *testing.T) {
	s := newStory(t)
	hello := must(template.Parse("hello.md", []byte("---\nkind: opener\n---\nHi {{first_name}}, how is {{company}}?")))
	s.b.Templates = template.NewLibrary(hello)
	draft, err := s.b.Compose(s.d, "hello", s.now)
	if err != nil {
		t.Fatal(err)
	}
	s.d.Draft = &draft
	if got := s.b.Outdated(s.d); got != nil {
		t.Fatalf("nothing has changed: %q", got)
	}
	s.b.Templates = template.NewLibrary(must(template.Parse("hello.md", []byte("---\nkind: opener\n---\nDear {{first_name}}"))))
	s.d.Contact.Company, s.d.Contact.Emails, s.d.Contact.Title = "Fjordvik", []string{"dana@fjordvik.example"}, "CEO"
	want := "The template hello was changed after this draft was made; ctrl+t fills it anew.\n" +
		"Dana's address is dana@fjordvik.example by now; this draft goes to dana@northwind.example.\n" +
		"Their company is Fjordvik by now; this draft says Northwind."
	if got := strings.Join(s.b.Outdated(s.d), "\n"); got != want {
		t.Errorf("got\n%s\nwanted\n%s", got, want)
	}
	draft.Body, draft.To = "Rewritten", []model.Address{{Addr: "dana@fjordvik.example"}}
	s.b.Templates = template.Library{}
	if got := s.b.Outdated(s.d); len(got) != 1 || !strings.Contains(got[0], "hello is gone") {
		t.Errorf("what the text does not say needs no word: %q", got)
	}
}

func TestSnippetsAreFilledAndNeverTwice(t *testing.T) {
	s := newStory(t)
	s.d.Contact.Company = "{{name}} GmbH"
	s.b.Snippets = map[string]template.Template{"seats": must(template.ParseSnippet("seats.md", []byte("40 seats for {{company}} until {{ask.date}}\n")))}
	text, known, err := s.b.Snippet(s.d, "seats", s.now)
	if err != nil || !known || text != "40 seats for { {name}} GmbH until {{ask.date}}" {
		t.Errorf("%q %v %v", text, known, err)
	}
	if _, known, err := s.b.Snippet(s.d, "chairs", s.now); known || err != nil {
		t.Error("there is no such snippet")
	}
}

func TestFilesAreWeighedAndNamedWithTheirSize(t *testing.T) {
	for n, want := range map[int64]string{0: "0 bytes", 1: "1 byte", 999: "999 bytes", 1000: "1 KB", 34 << 10: "34 KB", 1 << 20: "1 MB", 1<<20 + 200<<10: "1.2 MB", 25 << 20: "25 MB"} {
		if got := model.SaySize(n); got != want {
			t.Errorf("%d is %q, not %q", n, got, want)
		}
	}
	files := []model.Attachment{{Name: "a.pdf", Size: 13 << 20}, {Name: "b.pdf", Size: 12 << 20}}
	if err := model.Weigh(files); err != nil {
		t.Error(err)
	}
	files[0].Size++
	if err := model.Weigh(files); err == nil || !strings.Contains(err.Error(), "at most 25 MB. Take one out") {
		t.Error(err)
	}
	a := model.Attachment{Name: "a.pdf", Size: 2000, Sum: "x"}
	if err := a.Now(2000, "x"); err != nil {
		t.Error(err)
	}
	if err := a.Now(3<<20, "y"); model.CodeOf(err) != model.GateAttachment || !strings.Contains(err.Error(), "it had 2 KB and has 3 MB") {
		t.Error(err)
	}
	if err := a.Now(2000, "y"); !model.CodeOf(err).Forceable() {
		t.Error("the rep who has looked at it may send it", err)
	}
}

func TestAQuoteIsBounded(t *testing.T) {
	d := model.Dossier{Interactions: []model.Interaction{{MessageID: "m", Text: strings.Repeat("x\n", 100_000), At: monday}}}
	if got := d.Quote(model.Draft{InReplyTo: "m"}, time.UTC); strings.Count(got, "\n") != 401 || !strings.HasSuffix(got, "\n> […]") {
		t.Errorf("%d lines", strings.Count(got, "\n"))
	}
}
