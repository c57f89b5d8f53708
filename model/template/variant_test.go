package template_test

import (
	"fmt"
	"strings"
	"testing"

	"stoke/model/template"
)

// variants is a library with one template that has another wording.
func variants(t *testing.T, more ...string) template.Library {
	t.Helper()
	lib := starters(t)
	for _, letter := range more {
		tpl, err := template.Parse("b.md", []byte("---\nname: After the meeting\nvariant: "+letter+"\nkind: sales\nstep: 1\nsubject: x\n---\nWording "+letter))
		if err != nil {
			t.Fatal(err)
		}
		lib = lib.With(tpl)
	}
	return lib
}

func TestVariantsAreSharedOutEvenly(t *testing.T) {
	lib := variants(t, "B")
	if n := len(lib.List()) - len(starters(t).List()); n != 1 {
		t.Fatalf("%d templates more", n)
	}
	a, _ := lib.Find("after the MEETING")
	b, ok := lib.Find("After the meeting (B)")
	if !ok || a.Key() != "After the meeting" || b.Body != "Wording B" {
		t.Fatalf("found %q and %q", a.Key(), b.Key())
	}
	got := map[string]int{}
	for id := int64(1); id <= 1000; id++ {
		tpl, why, ok := lib.Choose(template.Want{Kind: "sales", Step: 1, Contact: id})
		again, _, _ := lib.Choose(template.Want{Kind: "sales", Step: 1, Contact: id})
		if !ok || tpl.Key() != again.Key() || lib.VariantFor(a, id).Key() != tpl.Key() || lib.VariantFor(b, id).Key() != tpl.Key() {
			t.Fatalf("contact %d: %q, then %q", id, tpl.Key(), again.Key())
		}
		letter := "A"
		if tpl.Variant != "" {
			letter = tpl.Variant
		}
		if want := fmt.Sprintf("made for sales step 1, variant %s of 2", letter); why != want {
			t.Fatalf("%q, want %q", why, want)
		}
		got[tpl.Key()]++
	}
	if d := got[a.Key()] - got[b.Key()]; d < -2 || d > 2 {
		t.Errorf("shared out %v", got)
	}
	if tpl, _, _ := lib.Choose(template.Want{Kind: "sales", Step: 1}); tpl.Key() != a.Key() {
		t.Errorf("nobody gets %q", tpl.Key())
	}
	if one := starters(t); one.VariantFor(a, 3).Key() != a.Key() {
		t.Error("one wording alone is no choice")
	}
}

// Who gets A of one template must not be who gets A of another, or the two trials would measure one thing.
func TestTrialsOfTwoTemplatesAreIndependent(t *testing.T) {
	lib := variants(t, "B")
	other, err := template.Parse("c.md", []byte("---\nname: Thank you\nvariant: B\nkind: post-purchase\nstep: 1\nsubject: x\n---\nWording B"))
	if err != nil {
		t.Fatal(err)
	}
	lib = lib.With(other)
	first, _ := lib.Find("After the meeting")
	second, _ := lib.Find("Thank you")
	both := map[string]int{}
	for id := int64(1); id <= 4000; id++ {
		both[lib.VariantFor(first, id).Variant+"/"+lib.VariantFor(second, id).Variant]++
	}
	if len(both) != 4 {
		t.Fatal(both)
	}
	for pair, n := range both {
		if n < 850 || n > 1150 {
			t.Errorf("%q: %d of 4000", pair, n)
		}
	}
}

func TestOwnVariantsShadowThoseOfTheirLetter(t *testing.T) {
	lib := variants(t, "B", "C", "A", "B")
	names := []string{}
	tpl, _ := lib.Find("After the meeting")
	for _, v := range lib.Variants(tpl) {
		names = append(names, v.Key()+" "+v.Body)
	}
	if got := strings.Join(names, ", "); got != "After the meeting (A) Wording A, After the meeting (B) Wording B, After the meeting (C) Wording C" {
		t.Error(got)
	}
	got := map[string]int{}
	for id := int64(1); id <= 999; id++ {
		got[lib.VariantFor(tpl, id).Variant]++
	}
	for _, letter := range []string{"A", "B", "C"} {
		if got[letter] < 331 || got[letter] > 335 {
			t.Errorf("shared out %v", got)
		}
	}
	if _, err := template.Parse("x.md", []byte("---\nkind: sales\nvariant: two\n---\nHi")); err == nil || !strings.Contains(err.Error(), "x.md:3: variant is one letter") {
		t.Error(err)
	}
}

func TestRank(t *testing.T) {
	lib := starters(t)
	w := template.Want{Kind: "sales", Step: 3}
	ranked := lib.Rank(w)
	best, _, _ := lib.Choose(w)
	if ranked[0].Key() != best.Key() {
		t.Errorf("first comes %q, the best is %q", ranked[0].Name, best.Name)
	}
	mails := 0
	for _, tpl := range lib.List() {
		if tpl.Channel == "mail" {
			mails++
		}
	}
	if len(ranked) != mails {
		t.Errorf("%d of %d", len(ranked), mails)
	}
	for i, tpl := range ranked[:5] {
		if tpl.Kind != "sales" && tpl.Kind != "deal" {
			t.Errorf("%d is for %s", i+1, tpl.Kind)
		}
	}
	for i, tpl := range ranked[:10] {
		if tpl.Last {
			t.Errorf("the closing mail is offered at %d", i+1)
		}
	}
}
