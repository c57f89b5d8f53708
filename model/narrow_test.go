package model_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stoke/model"
)

// DOMAIN.md, "The queue": "Views can be narrowed by tag, company, sequence, kind, value, and saved".
func TestASearchNarrows(t *testing.T) {
	for search, want := range map[string]model.Narrowing{
		"":                               {},
		"  dana   north ":                {Words: "dana north"},
		"tag:partner":                    {Tag: "partner"},
		"TAG:Partner dana":               {Tag: "Partner", Words: "dana"},
		`company:"north wind" kind:Step`: {Company: "north wind", Kind: "step"},
		`company:"north wi`:              {Company: "north wi"},
		"seq:sales":                      {Sequence: "sales"},
		"sequence:sales value:5000":      {Sequence: "sales", Value: 5000},
		"value:>=20k":                    {Value: 20000},
		"value:":                         {},
		"value:much":                     {None: true},
		"value:-1":                       {None: true},
		"value:99999999999999999999":     {None: true},
		"tag:":                           {},
		"mailto:dana http://x":           {Words: "mailto:dana http://x"},
		`"quoted words"`:                 {Words: `"quoted words"`},
		`a:"b c" d`:                      {Words: `a:"b c" d`},
	} {
		if got := (model.Query{Search: search}).Narrowing(); got != want {
			t.Errorf("%q: %+v, want %+v", search, got, want)
		}
	}
}

func TestWhatNarrowsIsWrittenAsItIsRead(t *testing.T) {
	words := rapid.StringMatching(`([a-zé0-9]+( [a-z]+)?)?`)
	rapid.Check(t, func(t *rapid.T) {
		n := model.Narrowing{Words: words.Draw(t, "words"), Tag: words.Draw(t, "tag"), Company: words.Draw(t, "company"), Sequence: words.Draw(t, "sequence"),
			Kind: words.Draw(t, "kind"), Value: rapid.Int64Range(0, 1<<50).Draw(t, "value")}
		if got := (model.Query{Search: n.Terms()}).Narrowing(); got != n {
			t.Fatalf("%q became %+v, not %+v", n.Terms(), got, n)
		}
	})
}

func FuzzNarrowing(f *testing.F) {
	for _, s := range []string{`tag:"a b" c`, "value:3k x", `company:"`, "kind:step seq:x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := model.Query{Search: s}.Narrowing()
		bare := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if len(bare(n.Words)) > len(bare(s)) { // what stands right behind a quote is a word of its own
			t.Errorf("%q grew to %q", s, n.Words)
		}
	})
}
