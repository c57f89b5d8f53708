package template_test

import (
	"fmt"
	"strings"
	"testing"

	"stoke/model/template"
)

func TestCheckFindsNamesThatNeverHaveAValue(t *testing.T) {
	for body, want := range map[string]string{
		"{{ compny }}":                                     "own/t.md:6: there is no compny: did you mean company? A free field of that name is written fields.compny",
		"\n{% if last.sumary %}x{% endif %}":               "own/t.md:7: there is no last.sumary: did you mean last.summary?",
		"{{ last.frobnicate }}":                            "there is no last.frobnicate: last has subject, when, summary, quote, question",
		"{{ purchse.name }}":                               "there is no purchse.name: did you mean purchase.name?",
		"{{ account.owner }}":                              "there is no account.owner: a free field is written fields.owner",
		"{{ last }}":                                       "last has no text of its own: did you mean last.subject?",
		"{{ ask }}":                                        "ask is written with one name behind it, such as ask.budget",
		"{{ fields.a.b }}":                                 "fields.a.b is written with one name behind it, such as fields.budget",
		"{% if x %}{{ frist_name }}{% endif %}":            "there is no frist_name: did you mean first_name?",
		"{{ first_name | default: comapny }}":              "there is no comapny: did you mean company?",
		"{{ compny }}\n{{ compny }}\n{{ titel | upcase }}": "own/t.md:6: there is no compny; own/t.md:7: there is no compny; own/t.md:8: there is no titel",
	} {
		found := parse(t, body).Check()
		parts := strings.Split(want, "; ")
		if len(found) != len(parts) {
			t.Errorf("%q: %v, want %q", body, found, want)
			continue
		}
		for i, part := range parts {
			if !strings.Contains(found[i].Error(), part) {
				t.Errorf("%q: %q, want %q", body, found[i].Error(), part)
			}
		}
	}
	fine := "{{ valid_until }}{{ fields.budget }}{{ ask.price }}{% if last and deal.value %}{{ me.email }}{% endif %}"
	for _, name := range template.Values() {
		fine += "{{ " + name + " }}"
	}
	if found := parse(t, fine).Check(); len(found) > 0 {
		t.Error(found)
	}
	for _, tpl := range starters(t).List() {
		if found := tpl.Check(); len(found) > 0 {
			t.Errorf("%s: %v", tpl.File, found)
		}
	}
}

func TestTagsComeWithTheirLines(t *testing.T) {
	tags, err := parse(t, "Hi {{ first_name | default: company }}\n\n{% if deal %}\n{{ deal.title }}\n{% endif %}").Tags()
	if err != nil {
		t.Fatal(err)
	}
	want := []template.Tag{{"company", 4, false}, {"first_name", 6, false}, {"company", 6, false}, {"deal", 8, true}, {"deal.title", 9, false}}
	if fmt.Sprint(tags) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", tags, want)
	}
}

func TestAnswers(t *testing.T) {
	const made = "Hi Dana,\n\nIt is {{ask.price}} until {{ask.day}}.\n\n{{ask.answer}}\n\nBest,\nKim"
	for name, c := range map[string]struct{ written, want string }{
		"nothing filled": {made, "map[]"},
		"all filled":     {"Hi Dana,\n\nIt is 5 until Friday.\n\nYes.\n\nBest,\nKim", "map[ask.answer:Yes. ask.day:Friday ask.price:5]"},
		"one filled":     {"Hi Dana,\n\nIt is 5 until {{ask.day}}.\n\n{{ask.answer}}\n\nBest,\nKim", "map[ask.price:5]"},
		"line rewritten": {"Hi Dana,\n\nThe price is 5 until Friday.\n\nYes.\n\nBest,\nKim", "map[]"},
		"lines added":    {"Hi Dana,\n\nGood to hear from you.\n\nIt is 5 until Friday.\n\nYes.\n\nBest,\nKim", "map[ask.answer:Yes. ask.day:Friday ask.price:5]"},
		"deleted":        {"Hi Dana,\n\nBest,\nKim", "map[]"},
		"too long":       {"Hi Dana,\n\nIt is 5 until Friday.\n\n" + strings.Repeat("long ", 50) + "\n\nBest,\nKim", "map[ask.day:Friday ask.price:5]"},
		"wide":           {"Hi Dana,\n\nIt is 五 until Freitag, den 1. März.\n\nJa.\n\nBest,\nKim", "map[ask.answer:Ja. ask.day:Freitag, den 1. März ask.price:五]"},
		"nothing left":   {"", "map[]"},
	} {
		if got := fmt.Sprint(template.Answers(made, c.written)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestLineIsOneLineWithoutBlanks(t *testing.T) {
	for in, want := range map[string]string{
		" pricing for\r\n 40 seats ": "pricing for 40 seats", "{{ask.x}}": "{ {ask.x}}", "a\x1b[2Jb\x00": "a[2Jb", "{{{{": "{ { { {", " \u200b ": "", "שלום": "שלום",
	} {
		if got := template.Line(in); got != want || len(template.Blanks(got)) > 0 {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func BenchmarkAnswers(b *testing.B) {
	made := "Hi Dana,\n\nIt is {{ask.price}} until {{ask.day}}.\n\n{{ask.answer}}\n\nBest,\nKim"
	written := strings.Repeat("One more line of a long mail, as somebody writes it.\n", 400)
	for b.Loop() {
		template.Answers(made, written)
	}
}

func FuzzAnswers(f *testing.F) {
	f.Add("Hi {{ask.a}}, {{ b }}.", "Hi there, you.")
	f.Fuzz(func(t *testing.T, made, written string) {
		for name, value := range template.Answers(made, written) {
			if name == "" || value == "" || strings.Contains(value, "\n") || !strings.Contains(strings.ToValidUTF8(written, "\uFFFD"), value) || len(template.Blanks("{{"+name+"}}")) == 0 {
				t.Fatalf("%q: %q", name, value)
			}
		}
	})
}
