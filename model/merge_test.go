package model_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"stoke/model"
	"stoke/model/modeltest"
	"stoke/model/template"
)

// own makes the templates of a rep out of bodies, by name.
func own(t testing.TB, bodies map[string]string) template.Library {
	t.Helper()
	var all []template.Template
	for name, body := range bodies {
		tpl, err := template.Parse(name+".md", []byte("---\nkind: reply\nsubject: About {{ company | default: 'you' }}\n---\n"+body))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, tpl)
	}
	return template.NewLibrary(all...)
}

func TestTheQuestionOfAMailCanBeQuoted(t *testing.T) {
	for in, want := range map[string]string{
		"All fine. Thank you!": "{{last.question}}",
		"Can you do 40 seats?": "Can you do 40 seats?",
		"Thanks. Can you do 40 seats at the old price? We need to sign.":                              "Can you do 40 seats at the old price?",
		"How are you?\n\nWhat does it cost? And from when?\nBest\nDana":                               "And from when?",
		"See https://a.example/x?y=1 for more.":                                                       "{{last.question}}",
		"We have looked at two others, and would like to know from you\nwhat it costs for 80 people?": "We have looked at two others, and would like to know from you what it costs for 80 people?",
		"Hi Robin\nWhat is the price?":                                                                "What is the price?",
		"価格はいくらですか？よろしく。":                                                                             "価格はいくらですか？",
		"Is it 3.5 Euro?":                    "Is it 3.5 Euro?",
		strings.Repeat("x", 9000) + " Good?": "{{last.question}}",
	} {
		s := newStory(t)
		s.b.Templates = own(t, map[string]string{"q": "{{ last.question }}"})
		s.writes(in)
		draft, err := s.b.Compose(s.d, "q", s.now)
		if err != nil || draft.Body != want {
			t.Errorf("%.60q: %q, %v, want %q", in, draft.Body, err, want)
		}
	}
}

func TestFreeFieldsAndKeptBlanksAreTags(t *testing.T) {
	s := newStory(t)
	s.b.Templates = own(t, map[string]string{"f": "{{ lead_source }}|{{ fields.lead_source }}|{{ ask.price }}|{{ ask.month }}|{{ company }}|{{ last.subject }}|{{ deal.value }}|{{ last_name }}|{{ ask.answer }}"})
	s.d.Contact.Fields = map[string]string{"Answer": "a column of some file", "Lead Source": "fair", "price": "49 a month", "company": "not this one", "last": "nor this"}
	s.d.Contact.Company = ""
	s.d.Contact.Deal = &model.Deal{Title: "x", Value: 24000}
	draft, err := s.b.Compose(s.d, "f", s.now)
	if want := "fair|fair|49 a month|{{ask.month}}|{{company}}|{{last.subject}}|24,000|Whitfield|{{ask.answer}}"; err != nil || draft.Body != want {
		t.Errorf("%q, %v; want %q", draft.Body, err, want)
	}
	for in, want := range map[string]string{"Lead Source": "lead_source", "2nd seat": "nd_seat", "Größe (m)": "gr_e_m", "??": "", "A__b": "a_b", "tier2": "tier2"} {
		if got := model.TagOf(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// What the rep fills in is offered for keeping, is kept as one change, fills the next draft, and can be forgotten again.
func TestAFilledBlankIsKeptOnTheContact(t *testing.T) {
	s := newStory(t)
	s.b.Templates = own(t, map[string]string{"price": "Hi {{ first_name }},\n\nfor {{ ask.seats }} it is {{ ask.price }}, until {{ last.when }}.\n{{ ask.answer }}\n{{ title }}"})
	draft, err := s.b.Compose(s.d, "price", s.now)
	if err != nil || len(draft.Blanks()) != 5 {
		t.Fatalf("%v, %q", err, draft.Body)
	}
	if got := s.b.Filled(s.d, draft, s.now); got != nil {
		t.Errorf("nothing is filled in, offered is %v", got)
	}
	draft.Body = "Hi Dana,\n\nfor 40 seats it is 49 a month, until Friday.\nYes, gladly.\nVP Operations"
	filled := s.b.Filled(s.d, draft, s.now)
	if want := map[string]string{"fields.seats": "40 seats", "fields.price": "49 a month", "title": "VP Operations"}; fmt.Sprint(filled) != fmt.Sprint(want) {
		t.Fatalf("offered %v, want %v", filled, want)
	}
	v := model.Remember{Facts: filled}
	o, err := v.Decide(s.b, s.d, s.now)
	if err != nil || o.Says != "Kept for Dana: price, seats, title" || len(o.Facts) != 3 {
		t.Fatalf("%+v, %v", o, err)
	}
	before := s.d.Contact
	for _, f := range o.Facts {
		s.d.Contact = s.d.Contact.Knowing(f.Name, f.After)
	}
	if len(before.Fields) != 0 || s.d.Contact.Fields["seats"] != "40 seats" || s.d.Contact.Title != "VP Operations" {
		t.Errorf("before %v, after %+v", before.Fields, s.d.Contact)
	}
	again, err := s.b.Compose(s.d, "price", s.now)
	if err != nil || !strings.Contains(again.Body, "for 40 seats it is 49 a month, until {{last.when}}.\n{{ask.answer}}\nVP Operations") {
		t.Errorf("the next draft: %q, %v", again.Body, err)
	}
	if got := s.b.Filled(s.d, draft, s.now); got != nil {
		t.Errorf("what is known already is offered: %v", got)
	}
	if _, err := v.Decide(s.b, s.d, s.now); model.CodeOf(err) != model.Invalid {
		t.Errorf("kept twice: %v", err)
	}
	step := model.ChangeStep{Facts: o.Facts}
	s.d.Contact = s.d.Contact.Knowing("title", "COO")
	back, kept := step.TakenBack(s.d.Contact, nil)
	if !kept || back.Title != "COO" || len(back.Fields) != 0 {
		t.Errorf("undone: %+v, kept %v", back, kept)
	}
}

func TestOffersAreFilledAndTheBestComesFirst(t *testing.T) {
	s := newStory(t)
	s.b.Templates = must(template.Starter())
	s.do(model.Log{Kind: model.Demo})
	offers, err := s.b.Offers(s.d, s.now)
	if err != nil {
		t.Fatal(err)
	}
	best, err := s.b.Compose(s.d, "", s.now)
	if err != nil || offers[0].Draft.Template != best.Template || offers[0].Why != best.WhyTemplate || offers[0].Why == "" {
		t.Errorf("the first is %q (%q), the best %q (%q)", offers[0].Draft.Template, offers[0].Why, best.Template, best.WhyTemplate)
	}
	seen := map[string]bool{}
	for i, o := range offers {
		if o.Template.Channel != "mail" || seen[o.Template.Key()] || i > 0 && o.Why != "" {
			t.Errorf("%d: %q %q %q", i, o.Template.Key(), o.Template.Channel, o.Why)
		}
		seen[o.Template.Key()] = true
		if strings.Contains(o.Draft.Body, "{%") || strings.Contains(o.Draft.Body, "|") || !strings.Contains(o.Draft.Body, "Dana") {
			t.Errorf("%s is not filled: %q", o.Template.Name, o.Draft.Body)
		}
	}
	if len(seen) < 16 || offers[1].Template.Kind != "inquiry" {
		t.Errorf("%d offers, the second is for %s", len(seen), offers[1].Template.Kind)
	}
}

// A template is judged by the mails that are still its own.
func TestAMailWrittenAnewDoesNotCountForItsTemplate(t *testing.T) {
	s := newStory(t)
	s.b.Templates = must(template.Starter())
	draft, err := s.b.Compose(s.d, "What stands in the way", s.now)
	if err != nil {
		t.Fatal(err)
	}
	counts := func(body string) string {
		t.Helper()
		a := model.Approval{Draft: draft, Force: true}
		a.Draft.Edited, a.Draft.Body = body != draft.Body, body
		o, _, err := s.b.Dispatch(s.d, a, model.Envelope{MessageID: "x"}, s.now)
		if err != nil {
			t.Fatal(err)
		}
		return o.Template
	}
	if got := counts(draft.Body); got != draft.Template {
		t.Errorf("as it was: %q", got)
	}
	if got := counts(strings.Replace(draft.Body, "Hi Dana,", "Hi Dana, how was the fair?", 1) + "\nP.S. The racks are in."); got != draft.Template {
		t.Errorf("with a personal word: %q", got)
	}
	if got := counts("Hi Dana,\n\nlet us forget all that. Lunch?\n\nBest,\nRobin"); got != "" {
		t.Errorf("written anew: %q", got)
	}
}

// hostile draws what a contact's fields may hold after an import.
var hostile = rapid.Custom(func(t *rapid.T) string {
	pieces := []string{"{", "{{", "}}", "{%", "%}", "{{ask.x}}", "{{ me.email }}", "\r\nBcc: a@example.com", "\n", "\r", "\u2028", "\u0085", "\x00", "\x1b[2J", "\xff", " ", "Dana", "ß",
		"\u202eנדי\u202c", "שלום", "مرحبا", "\u200b", "{% if x %}", "…", strings.Repeat("word ", 200)}
	return rapid.OneOf(rapid.Just(""), rapid.String().Filter(func(s string) bool { return !strings.ContainsAny(s, "\ue000\ue001") }),
		rapid.Map(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 6), func(s []string) string { return strings.Join(s, "") })).Draw(t, "value")
})

var form = regexp.MustCompile(`\{\{[a-z_]+(\.[a-z_0-9]+)?\}\}`)

// Any contact, whatever is missing and whatever its values are made of, gives with any starter template either a whole
// text or blanks that are to be seen: never a hole, a second expansion, a further header line, or a wait.
func TestAnyContactFillsAnyTemplate(t *testing.T) {
	starter := must(template.Starter())
	probe := own(t, map[string]string{"probe": "\ue000{{ name }}\ue001\ue000{{ first_name | upcase }}\ue001\ue000{{ company | truncate: 9 }}\ue001\ue000{{ title | default: company | strip }}\ue001" +
		"\ue000{{ last.subject | capitalize }}\ue001\ue000{{ last.question }}\ue001\ue000{{ fields.budget | truncatewords: 2 }}\ue001\ue000{{ deal.title }}\ue001\ue000{{ event.name }}\ue001" +
		"{% if company %}\ue000{{ company }}\ue001{% else %}\ue000{{ ask.company }}\ue001{% endif %}"})
	names := []string{"probe"}
	for _, tpl := range starter.List() {
		names = append(names, tpl.Key())
	}
	rapid.Check(t, func(t *rapid.T) {
		s := model.Dossier{Contact: model.Contact{
			ID: 1, Name: hostile.Draw(t, "name"), Company: hostile.Draw(t, "company"), Title: hostile.Draw(t, "title"), Phone: hostile.Draw(t, "phone"),
			Fields: map[string]string{"budget": hostile.Draw(t, "budget"), hostile.Draw(t, "key"): "x"}, Language: rapid.SampledFrom([]string{"", "de", "xx"}).Draw(t, "language"),
		}}
		if rapid.Bool().Draw(t, "deal") {
			s.Contact.Deal = &model.Deal{Title: hostile.Draw(t, "deal title"), Value: rapid.Int64().Draw(t, "deal value")}
		}
		for i := range rapid.IntRange(0, 2).Draw(t, "mails") {
			s.Interactions = append(s.Interactions, model.Interaction{
				ID: int64(i + 1), Direction: model.In, MessageID: fmt.Sprintf("%d@b.example", i), At: monday.Add(-time.Duration(rapid.IntRange(0, 9000).Draw(t, "age")) * time.Hour),
				Kind:    rapid.SampledFrom([]model.Kind{model.Mail, model.Met, model.Purchase, model.Download, model.NotNow}).Draw(t, "kind"),
				Subject: hostile.Draw(t, "subject"), Text: hostile.Draw(t, "text"),
			})
		}
		b := model.Rulebook{Rules: model.DefaultRules(), Calendar: rulebookOf.Calendar, Templates: starter.With(probe.List()...),
			Me: model.Address{Name: hostile.Draw(t, "me")}, MyCompany: hostile.Draw(t, "my company")}
		name := rapid.SampledFrom(names).Draw(t, "template")
		var draft model.Draft
		var err error
		most := modeltest.Within(50 * time.Millisecond)
		if took := modeltest.Quickest(most, func() { draft, err = b.Compose(s, name, monday) }); took > most || err != nil {
			t.Fatalf("%s took %s, %v", name, took, err)
		}
		if strings.ContainsAny(draft.Subject, "\r\n\x00\x1b\u2028\u0085") || strings.ContainsAny(draft.Body, "\r\x00\x1b") {
			t.Fatalf("control characters: %q %q", draft.Subject, draft.Body)
		}
		for _, blank := range draft.Blanks() {
			if !form.MatchString(blank) || blank == "{{ask.x}}" {
				t.Fatalf("a blank out of a value: %q in %q %q", blank, draft.Subject, draft.Body)
			}
		}
		for _, merge := range strings.Split(draft.Body, "\ue000")[1:] {
			inside, _, _ := strings.Cut(merge, "\ue001")
			if !strings.ContainsFunc(inside, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) }) {
				t.Fatalf("a silent hole: %q", draft.Body)
			}
		}
		if len(draft.Blanks()) > 0 {
			draft.To = []model.Address{{Addr: "a@b.example"}}
			if err := b.Gate(s, model.Approval{Draft: draft, Force: true}, monday); model.CodeOf(err) != model.GateBlank {
				t.Fatalf("a mail with a blank may leave: %v", err)
			}
		}
	})
}

// rulebookOf holds the calendar of a rep in Berlin, for tests that draw a thousand contacts.
var rulebookOf = rulebook(new(testing.B))

func FuzzCompose(f *testing.F) {
	f.Add("Dana Whitfield", "Northwind", "Pricing", "Can you do 40 seats?", "budget", "40k", byte(0))
	f.Add("{{ask.x}}", "{% if a %}", "re: \r\nBcc: a@b.example", "?{{", "{{", "\u202e", byte(7))
	starter := must(template.Starter()).List()
	book := rulebook(f)
	book.Templates = must(template.Starter())
	f.Fuzz(func(t *testing.T, name, company, subject, text, key, value string, pick byte) {
		d := model.Dossier{Contact: model.Contact{ID: 1, Name: name, Company: company, Fields: map[string]string{key: value}},
			Interactions: []model.Interaction{{Kind: model.Mail, Direction: model.In, MessageID: "1@b.example", At: monday, Subject: subject, Text: text}}}
		draft, err := book.Compose(d, starter[int(pick)%len(starter)].Key(), monday)
		if err != nil {
			if len(name)+len(company)+len(subject)+len(text)+len(value) < 32<<10 {
				t.Fatal(err)
			}
			return
		}
		if strings.ContainsAny(draft.Subject, "\r\n\x00\x1b\u2028") || strings.ContainsAny(draft.Body, "\r\x00\x1b") {
			t.Fatalf("control characters: %q %q", draft.Subject, draft.Body)
		}
		for _, blank := range draft.Blanks() {
			if !form.MatchString(blank) || !strings.HasPrefix(blank, "{{ask.") && blank != "{{me.first_name}}" {
				t.Fatalf("a blank out of a value: %q", blank)
			}
		}
		if rest := form.ReplaceAllString(draft.Body, ""); strings.Contains(rest, "{{") {
			t.Fatalf("braces out of a value: %q", draft.Body)
		}
	})
}
