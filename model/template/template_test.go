package template_test

import (
	"errors"
	"strings"
	"testing"

	"stoke/model/template"
)

const front = "---\nname: T\nkind: sales\nsubject: About {{ company }}\n---\n"

func parse(t testing.TB, body string) template.Template {
	t.Helper()
	tpl, err := template.Parse("own/t.md", []byte(front+body))
	if err != nil {
		t.Fatal(err)
	}
	return tpl
}

func TestFrontMatter(t *testing.T) {
	got, err := template.Parse("own/offer.md", []byte("\ufeff---\r\n# mine\r\nkind: deal\r\nstep: 2\r\nlast: true\r\n"+
		"temperature: hot\r\nchannel: call\r\nlanguage: de-AT\r\nsubject: \"Angebot: {{ company }}\"\r\nwhen: after an offer\r\n---\r\n\r\nHallo\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	for field, pair := range map[string][2]any{
		"name":        {got.Name, "offer"},
		"kind":        {got.Kind, "deal"},
		"step":        {got.Step, 2},
		"last":        {got.Last, true},
		"temperature": {got.Temperature, "hot"},
		"channel":     {got.Channel, "call"},
		"language":    {got.Language, "de-at"},
		"subject":     {got.Subject, "Angebot: {{ company }}"},
		"when":        {got.When, "after an offer"},
		"body":        {got.Body, "\nHallo"},
		"file":        {got.File, "own/offer.md"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: got %q, want %q", field, pair[0], pair[1])
		}
	}
}

func TestWhatAFileMustNotSay(t *testing.T) {
	const fm = "---\nkind: sales\n---\n" // three lines before the body
	for _, tt := range []struct{ name, src, want string }{
		{"nothing", "", "t.md:1: a template starts with"},
		{"no front matter", "Hi", "t.md:1: a template starts with"},
		{"open front matter", "---\nkind: sales\nHi", "t.md:1: the front matter has no end"},
		{"no kind", "---\nname: x\n---\nHi", "t.md:1: no kind is given"},
		{"unknown key", "---\nkind: sales\nsubjct: x\n---\nHi", `t.md:3: unknown key "subjct": did you mean subject?`},
		{"far key", "---\nkind: sales\nzzzzzz: x\n---\nHi", "known are name, kind"},
		{"unknown kind", "---\nkind: sale\n---\nHi", `t.md:2: unknown kind "sale": did you mean sales?`},
		{"unknown channel", "---\nkind: sales\nchannel: email\n---\nHi", `unknown channel "email"`},
		{"twice", "---\nkind: sales\nkind: deal\n---\nHi", `t.md:3: "kind" is given twice`},
		{"no colon", "---\nkind sales\n---\nHi", "t.md:2: front matter is"},
		{"step", "---\nkind: sales\nstep: two\n---\nHi", "t.md:3: step is a number"},
		{"last", "---\nkind: sales\nlast: yes\n---\nHi", "t.md:3: unknown value of last"},
		{"empty", "---\nkind: sales\n---\n \n", "has no text"},
		{"subject", "---\nkind: sales\nsubject: \"{{ company\"\n---\nHi", "t.md:3: {{ is never closed"},
		{"latin1", fm + "Gr\xfc\xdfe", "t.md:4: a character that is no text"},
		{"control", fm + "a\nb\x00c", "t.md:5: a character that is no text"},
		{"long", fm + strings.Repeat("x", 70<<10), "t.md: a template of 70 KB"},

		{"unclosed output", fm + "Hi\n\n{{ name", "t.md:6: {{ is never closed"},
		{"unclosed before a tag", fm + "Hi {{ name,\n{{ company }}", "t.md:4: {{ is never closed"},
		{"unclosed tag", fm + "{% if company", "t.md:4: {% is never closed"},
		{"stray", fm + "Hi { name }}", "t.md:4: }} closes nothing"},
		{"filter for default", fm + "Hi {{ name|there }}", `t.md:4: unknown filter "there": did you mean {{ name | default: "there" }}?`},
		{"filter typo", fm + "{{ name | upcas }}", `unknown filter "upcas": did you mean upcase?`},
		{"no filter", fm + "{{ name | }}", "a filter is missing"},
		{"clock", fm + `{{ "now" | date: "%Y" }}`, "t.md:4: a tag starts with the name of a value"},
		{"date", fm + `{{ last.when | date: "%Y" }}`, `unknown filter "date"`},
		{"default alone", fm + "{{ name | default }}", `default is written default: "there"`},
		{"truncate nothing", fm + "{{ name | truncate: 0 }}", "truncate is written truncate: 60"},
		{"truncate a word", fm + "{{ name | truncate: 'x' }}", "truncate is written truncate: 60"},
		{"too many", fm + "{{ name | upcase: 1 }}", "upcase is written without an argument"},
		{"colon", fm + "{{ name | default 'x' }}", "write default: before its argument"},
		{"two names", fm + "{{ first name }}", "filters follow a |"},
		{"empty tag", fm + "{{ }}", "an empty tag"},
		{"braces", fm + "{{{ name }}}", "cannot read"},
		{"quote", fm + `{{ name | default: "x }}`, "a quote is not closed"},
		{"index", fm + "{{ last[0] }}", "cannot read"},
		{"include", fm + `a` + "\n" + `{% include "/etc/hosts" %}`, `t.md:5: a template cannot use "include"`},
		{"for", fm + "{% for i in (1..999999999) %}{% endfor %}", `a template cannot use "for"`},
		{"assign", fm + "{% assign x = 1 %}", `a template cannot use "assign"`},
		{"capture", fm + "{% capture x %}{{ nothing }}{% endcapture %}", `a template cannot use "capture"`},
		{"loop", fm + "{% for m in last %}{{ m }}{% endfor %}", `a template cannot use "for"`},
		{"loop in an if", fm + "{% if company %}\n{% tablerow x in y %}{% endtablerow %}{% endif %}", `t.md:5: a template cannot use "tablerow"`},
		{"counter", fm + "{% increment x %}", `a template cannot use "increment"`},
		{"comment", fm + "{% comment %}{{ ask.x }}{% endcomment %}", `a template cannot use "comment"`},
		{"append", fm + "{{ name | append: nothing }}", `unknown filter "append"`},
		{"raw", fm + "{% raw %}{% endraw %}", `a template cannot use "raw"`},
		{"tag typo", fm + "{% iff company %}", `unknown tag "iff": did you mean if?`},
		{"open if", fm + "\n{% if company %}\nHi", "t.md:5: {% if %} is never closed: end it with {% endif %}"},
		{"end only", fm + "{% endif %}", "endif closes nothing"},
		{"wrong end", fm + "{% if company %}{% endcase %}", "endcase closes nothing"},
		{"else twice", fm + "{% if company %}{% else %}{% else %}{% endif %}", "else belongs once"},
		{"elsif in unless", fm + "{% unless company %}{% elsif name %}{% endunless %}", "elsif belongs inside an if"},
		{"when alone", fm + "{% when 1 %}", "when belongs inside a case"},
		{"no condition", fm + "{% if %}{% endif %}", "if needs a condition"},
		{"condition", fm + "{% if company == %}x{% endif %}", "t.md:4: cannot read a condition"},
		{"filter in a condition", fm + "{% if company | upcase %}x{% endif %}", "a filter has no place"},
		{"long number", fm + "{% if x > 99999999999999999999 %}x{% endif %}", "t.md:4: "},
		{"deep", fm + "{% if " + strings.Repeat("(", 300) + "a" + strings.Repeat(")", 300) + " %}x{% endif %}", "more than 200 words and signs"},
		{"end with words", fm + "{% if x %}{% endif x %}", "endif stands alone"},
	} {
		_, err := template.Parse("t.md", []byte(tt.src))
		if err == nil {
			t.Errorf("%s: was accepted", tt.name)
			continue
		}
		if !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, err, tt.want)
		}
		var place *template.Error
		if !errors.As(err, &place) || place.File != "t.md" {
			t.Errorf("%s: %v names no file", tt.name, err)
		}
	}
}
