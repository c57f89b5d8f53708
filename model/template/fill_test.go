package template_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"stoke/model/modeltest"
	"stoke/model/template"
)

func TestFill(t *testing.T) {
	vars := template.Vars{
		"first_name": "Dana", "company": "Acme", "title": "  ", "gone": nil,
		"last":   map[string]any{"subject": "pricing", "quote": "a\r\nb"},
		"me":     map[string]string{"first_name": "Kim"},
		"event":  map[string]any{"name": ""},
		"deal":   template.Vars{"value": 12000.0, "rate": 2.5, "won": false},
		"tags":   []string{"vip", "", "north"},
		"hidden": map[string]any{"deep": "x"},
	}
	for _, tt := range []struct{ name, body, want string }{
		{"value", "Hi {{ first_name }}", "Hi Dana"},
		{"tight", "Hi {{first_name}}", "Hi Dana"},
		{"nested", "{{ last.subject }} {{ me.first_name }}", "pricing Kim"},
		{"blank", "Hi {{ name }}", "Hi {{name}}"},
		{"only space", "{{ title }}", "{{title}}"},
		{"behind a filter", "{{ last.summary | upcase | truncate: 5 }}", "{{last.summary}}"},
		{"deep in nothing", "{{ first_name.x.y }} {{ no.such.thing }}", "{{first_name.x.y}} {{no.such.thing}}"},
		{"default", `{{ name | default: "there" }}`, "there"},
		{"default unused", `{{ first_name | default: "there" }}`, "Dana"},
		{"default for space", `{{ title | default: "you" }}`, "you"},
		{"default by name", "{{ name | default: first_name | upcase }}", "DANA"},
		{"default of nothing", "{{ name | default: title }}", "{{name}}"},
		{"empty default", `{{ name | default: "" }}`, "{{name}}"},
		{"default behind a filter", "{{ name | upcase | default: 'there' }}", "there"},
		{"ask", "{{ ask.price }}", "{{ask.price}}"},
		{"filters", "{{ first_name | upcase }}{{ first_name | downcase }}{{ last.subject | capitalize }}", "DANAdanaPricing"},
		{"truncate", "{{ last.subject | truncate: 4 }}|{{ last.subject | truncate: 7 }}|{{ last.subject | truncate: 5, '' }}", "pri…|pricing|prici"},
		{"words", "{{ tags | truncatewords: 1 }}", "vip,…"},
		{"list", "{{ tags }}", "vip, north"},
		{"numbers", "{{ deal.value }} {{ deal.rate }} {{ deal.won }}", "12000 2.5 false"},
		{"a map has no text", "{{ hidden }}", "{{hidden}}"},
		{"line ends", "{{ last.quote }}", "a\nb"},
		{"if", "{% if company %}yes{% endif %}{% if title %}no{% endif %}{% if gone %}no{% endif %}", "yes"},
		{"if a map", "{% if event %}no{% endif %}{% if hidden %}yes{% endif %}", "yes"},
		{"else", "{% if title %}a{% elsif company %}b{% else %}c{% endif %}", "b"},
		{"unless", "{% unless title %}a{% else %}b{% endunless %}", "a"},
		{"compare", `{% if deal.value > 10000 and company == "Acme" %}big{% endif %}`, "big"},
		{"contains", `{% if tags contains "vip" %}v{% endif %}{% if title == blank %}b{% endif %}`, "vb"},
		{"case", `{% case company %}{% when "X", "Acme" %}a{% else %}b{% endcase %}`, "a"},
		{"an untaken branch names anything", "{% if gone %}{{ whatever }}{% endif %}x", "x"},
		{"tags on their own lines", "Hi\n\n{% if title %}\nNo.\n{% endif %}\n\nBye\n\n  {% if company %}\nYes.\n  {% endif %}\n", "Hi\n\nBye\n\nYes."},
		{"hyphens", "a {%- if company -%} b {%- endif -%} c {{- first_name -}} d", "abcDanad"},
		{"tag in a literal", `{{ name | default: "%}{%x" }}`, ""},
	} {
		tpl, err := template.Parse("t.md", []byte(front+tt.body))
		if tt.want == "" {
			if err == nil {
				t.Errorf("%s: accepted", tt.name)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		got, err := tpl.Fill(vars)
		if err != nil || got.Body != tt.want {
			t.Errorf("%s: got %q, %v, want %q", tt.name, got.Body, err, tt.want)
		}
	}
}

func TestBlanksComeInOrderSubjectFirst(t *testing.T) {
	got, err := parse(t, "{{ ask.price }} {{ name }} {{ ask.price }}").Fill(nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"{{company}}", "{{ask.price}}", "{{name}}"}; !slices.Equal(got.Blanks, want) {
		t.Errorf("got %q, want %q", got.Blanks, want)
	}
	for text, want := range map[string][]string{
		"":                           nil,
		"all said":                   nil,
		"a { { b } } c":              nil,
		"{{ask.a}} {{ ask.b }}":      {"{{ask.a}}", "{{ ask.b }}"},
		"half {{ask.what_they_need}": {"{{ask.what_they_need"},
		"half {{ask":                 {"{{ask"},
		"{{fill me}}":                {"{{fill me}}"},
		"{{{ask.a}}}":                {"{{ask.a}}"},
	} {
		if got := template.Blanks(text); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestATemplateMadeByHandOrChangedIsReadAgain(t *testing.T) {
	tpl := parse(t, "Hi {{ first_name }}")
	tpl.Body = "Dear {{ first_name }}"
	if got, err := tpl.Fill(template.Vars{"first_name": "Dana"}); err != nil || got.Body != "Dear Dana" {
		t.Errorf("got %q, %v", got.Body, err)
	}
	if _, err := (template.Template{File: "t.md", Body: "{{ x"}).Fill(nil); err == nil {
		t.Error("an unclosed tag was filled")
	}
}

func TestValuesAreNeverReadAsTags(t *testing.T) {
	tpl := parse(t, "{ {{ a }}{{ b }} {")
	for _, v := range []string{"{{ me.password }}", "{% include 'x' %}", "{", "{{{{", "x{", "{ask.price}}", "\x00ask.price\x00", "{\x00{ask.x}}"} {
		got, err := tpl.Fill(template.Vars{"a": v, "b": v, "company": v, "me": map[string]any{"password": "secret"}})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Blanks) > 0 || strings.Contains(got.Body, "secret") || strings.Contains(got.Subject+"\n"+got.Body, "{{") {
			t.Errorf("%q: %q, blanks %q", v, got.Body, got.Blanks)
		}
	}
}

func TestHugeValues(t *testing.T) {
	long := strings.Repeat("word ", 200<<10)
	many := strings.Repeat("{{ a | upcase | truncate: 3 }}", 400)
	for name, tt := range map[string]struct{ body, value, want string }{
		"one value":   {"{{ a }}", long, "grows beyond 256 KB: shorten a"},
		"many uses":   {many, long, "too long for one mail, a most of all (999 KB)"},
		"many braces": {"{{ a }}", strings.Repeat("{", 200<<10), "grows beyond"},
	} {
		tpl := parse(t, tt.body)
		start := time.Now()
		_, err := tpl.Fill(template.Vars{"a": tt.value, "company": "x"})
		if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.HasPrefix(err.Error(), "own/t.md: ") {
			t.Errorf("%s: %v", name, err)
		}
		if d := time.Since(start); d > modeltest.Within(500*time.Millisecond) {
			t.Errorf("%s: took %s", name, d)
		}
	}
}

// The heaviest templates that are accepted, with values up to what is refused: none takes longer than 50 ms.
func TestTheHeaviestTemplatesAreFilledSoon(t *testing.T) {
	for name, body := range map[string]string{
		"filters":    strings.Repeat("{{a"+strings.Repeat("|upcase|downcase", 45)+"}}", 80),
		"nested":     strings.Repeat("{%if a%}", 250) + "x" + strings.Repeat("{%endif%}", 250),
		"conditions": strings.Repeat("{%if "+strings.Repeat("a != b and ", 30)+"a%}x{%endif%}", 170),
		"contains":   strings.Repeat("{%if "+strings.Repeat("a contains b or ", 30)+"b%}x{%endif%}", 120),
		"truncate":   strings.Repeat("{{a|truncatewords:99999|truncate:99999}}", 490),
		"one tag":    "{{ a }}",
	} {
		tpl := parse(t, body)
		for _, size := range []int{4, 400, 4000, 250_000, 2_000_000} {
			v := template.Vars{"a": strings.Repeat("wo d", size/4), "b": strings.Repeat("x", size), "company": "x"}
			most := modeltest.Within(50 * time.Millisecond)
			if took := modeltest.Quickest(most, func() { _, _ = tpl.Fill(v) }); took > most {
				t.Errorf("%s with values of %d bytes took %s", name, size, took)
			}
		}
	}
}

// hostile draws values that try to break out of a merge.
func hostile() *rapid.Generator[any] {
	pieces := []string{"{", "{{", "}}", "{%", "%}", "{{ask.x}}", "\r\nBcc: a@example.com", "\n", "\r", "\u2028", "\x00", "\x1b[2J", "\xff", " ", "Dana", "ß", "—", "\u202e", "\u200b", "{% if x %}"}
	text := rapid.Custom(func(r *rapid.T) any {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 8).Draw(r, "pieces"), "")
	})
	return rapid.OneOf(text, text, text,
		rapid.Custom(func(r *rapid.T) any {
			return rapid.String().Filter(func(s string) bool { return !strings.ContainsAny(s, "\ue000\ue001") }).Draw(r, "s")
		}),
		rapid.Custom(func(r *rapid.T) any { return rapid.Float64().Draw(r, "f") }),
		rapid.Custom(func(r *rapid.T) any { return rapid.Int64().Draw(r, "i") }),
		rapid.Custom(func(r *rapid.T) any { return rapid.Bool().Draw(r, "b") }),
		rapid.Just[any](nil), rapid.Just[any](map[string]any{}), rapid.Just[any]((*time.Location)(nil)),
		rapid.Just[any]([]any{nil, "a", func() {}}), rapid.Just[any](struct{ A int }{1}),
	)
}

// The private characters U+E000 and U+E001 stand around every merge; values that hold them are not drawn.
func TestPropertiesOfFill(t *testing.T) {
	tpl, err := template.Parse("t.md", []byte("---\nkind: sales\nsubject: A {{ a }} b {{ b | truncate: 9 }}\n---\n"+
		"\ue000{{ a }}\ue001\ue000{{ b | upcase }}\ue001\ue000{{ c.d | default: 'there' }}\ue001\ue000{{ c.e | strip | capitalize }}\ue001"+
		"{% if a > b or b contains a %}\ue000{{ ask.x }}\ue001{% endif %}{% case a %}{% when b %}\ue000{{ b | truncatewords: 2 }}\ue001{% endcase %}"))
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(r *rapid.T) {
		v := template.Vars{"a": hostile().Draw(r, "a"), "b": hostile().Draw(r, "b"),
			"c": map[string]any{"d": hostile().Draw(r, "d"), "e": hostile().Draw(r, "e")}}
		got, err := tpl.Fill(v)
		if err != nil {
			r.Fatal(err)
		}
		for _, merge := range strings.Split(got.Body, "\ue000")[1:] {
			inside, _, _ := strings.Cut(merge, "\ue001")
			if !strings.ContainsFunc(inside, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) }) {
				r.Fatalf("an empty merge: %q", got.Body)
			}
		}
		if strings.ContainsAny(got.Subject, "\r\n\x00\x1b\u2028\u0085") {
			r.Fatalf("a header could break: %q", got.Subject)
		}
		if strings.ContainsAny(got.Body, "\r\x00\x1b") {
			r.Fatalf("control characters: %q", got.Body)
		}
		known := []string{"{{a}}", "{{b}}", "{{c.e}}", "{{ask.x}}"}
		for _, b := range got.Blanks {
			if !slices.Contains(known, b) {
				r.Fatalf("a blank out of a value: %q", b)
			}
		}
		if !slices.Equal(got.Blanks, template.Blanks(got.Subject+"\n"+got.Body)) {
			r.Fatalf("blanks %q in %q", got.Blanks, got.Body)
		}
		again, err := tpl.Fill(v)
		if err != nil || again.Body != got.Body {
			r.Fatalf("twice, not the same: %q, %q", got.Body, again.Body)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add(front + "Hi {{ first_name | default: 'there' }}{% if a == 1 %}x{% endif %}")
	f.Add(front + "{% case a %}{% when 'x', b %}{{ a | truncate: 3, b }}{% endcase %}")
	f.Add("---\nkind: sales\n---\n{{- a -}} {%- unless (a or b) and c -%} {% else %} {% endunless %}")
	f.Fuzz(func(t *testing.T, src string) {
		tpl, err := template.Parse("t.md", []byte(src))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "t.md") {
				t.Fatalf("an error without its place: %v", err)
			}
			return
		}
		for _, v := range []template.Vars{nil, {"a": "x", "b": 2, "first_name": "{{a}}"}} {
			got, err := tpl.Fill(v)
			if err == nil && strings.ContainsAny(got.Subject+got.Body, "\x00\x1b") {
				t.Fatalf("control characters: %q", got.Body)
			}
		}
	})
}

func FuzzFill(f *testing.F) {
	tpl := parse(f, "{{{ a }} {{ b | upcase }}{{ last.quote | truncate: 20 }}{% if a == b %}={% endif %}"[1:])
	f.Add("Dana", "{{ a }}", "x\r\ny")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		got, err := tpl.Fill(template.Vars{"a": a, "b": b, "company": c, "last": map[string]string{"quote": c}})
		if err != nil {
			return
		}
		for _, blank := range got.Blanks {
			if !slices.Contains([]string{"{{a}}", "{{b}}", "{{company}}", "{{last.quote}}"}, blank) {
				t.Fatalf("a blank out of a value: %q", blank)
			}
		}
		if strings.ContainsAny(got.Subject, "\r\n") {
			t.Fatalf("subject of two lines: %q", got.Subject)
		}
	})
}

func BenchmarkFill(b *testing.B) {
	lib, err := template.Starter()
	if err != nil {
		b.Fatal(err)
	}
	tpl, _ := lib.Find("After the meeting")
	for b.Loop() {
		if _, err := tpl.Fill(full()); err != nil {
			b.Fatal(err)
		}
	}
}
