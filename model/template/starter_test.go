package template_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"stoke/model/template"
)

// full is a contact of whom much is known; the event, the purchase and the deal are left to the tests that need them.
func full() template.Vars {
	return template.Vars{
		"first_name": "Dana", "name": "Dana Reyes", "company": "Northwind",
		"last": map[string]any{"subject": "Pricing for 40 seats", "summary": "We need it running before the new team starts."},
		"me":   map[string]any{"first_name": "Kim", "name": "Kim Park", "email": "kim@example.com"},
	}
}

func bare() template.Vars {
	return template.Vars{"me": map[string]any{"first_name": "Kim"}}
}

func starters(t testing.TB) template.Library {
	t.Helper()
	lib, err := template.Starter()
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

func fill(t testing.TB, tpl template.Template, v template.Vars) template.Filled {
	t.Helper()
	got, err := tpl.Fill(v)
	if err != nil {
		t.Fatalf("%s: %v", tpl.File, err)
	}
	return got
}

var (
	nudges = regexp.MustCompile(`(?i)just checking in|checking in|touch(ing)? base|circl(e|ing) back|bump(ing)?|any updates?|hope this finds|did you see my`)
	seams  = regexp.MustCompile(`  | [,.;:!?]|,,|\.\.|\( ?\)|""|^\s*,|[a-z]\.[A-Z]|\(,`)
	you    = regexp.MustCompile(`(?i)\b(you|your|yours|yourself)\b`)
	we     = regexp.MustCompile(`\b(I|me|my|we|We|us|our)\b`)
)

func TestTheStarterSetObeysTheRules(t *testing.T) {
	lib := starters(t)
	covered := map[string]int{}
	for _, tpl := range lib.List() {
		covered[tpl.Kind+" "+tpl.Channel]++
		if tpl.When == "" {
			t.Errorf("%s: says not when to use it", tpl.File)
		}
		if (tpl.Subject == "") == (tpl.Channel == "mail") {
			t.Errorf("%s: subject %q on %s", tpl.File, tpl.Subject, tpl.Channel)
		}
		for who, v := range map[string]template.Vars{"full": full(), "bare": bare()} {
			got := fill(t, tpl, v)
			words := len(strings.Fields(got.Body))
			if least := 30; words < least && who == "full" || words > 110 {
				t.Errorf("%s, %s: %d words", tpl.File, who, words)
			}
			if n := strings.Count(got.Body, "?"); n != 1 {
				t.Errorf("%s, %s: %d questions", tpl.File, who, n)
			}
			if bad := nudges.FindString(got.Subject + got.Body); bad != "" {
				t.Errorf("%s: says %q", tpl.File, bad)
			}
			for line := range strings.Lines(got.Body) {
				if bad := seams.FindString(strings.TrimRight(line, "\n")); bad != "" {
					t.Errorf("%s, %s: an empty merge shows as %q in %q", tpl.File, who, bad, line)
				}
			}
			if len(got.Subject) > 50 || len(strings.Fields(got.Subject)) > 5 {
				t.Errorf("%s, %s: subject %q", tpl.File, who, got.Subject)
			}
			if tpl.Channel != "call" {
				if !strings.HasSuffix(got.Body, "Kim") {
					t.Errorf("%s: is not signed", tpl.File)
				}
				if y, w := len(you.FindAllString(got.Body, -1)), len(we.FindAllString(got.Body, -1)); y < w {
					t.Errorf("%s, %s: %d times you, %d times I and we", tpl.File, who, y, w)
				}
			}
			for _, b := range got.Blanks {
				if !strings.HasPrefix(b, "{{ask.") {
					t.Errorf("%s, %s: leaves %s", tpl.File, who, b)
				}
			}
		}
	}
	for _, kind := range []string{"opener", "inquiry", "reply", "sales", "download", "event", "post-purchase", "deal", "re-engagement", "nurture"} {
		if covered[kind+" mail"] == 0 {
			t.Errorf("no mail for %s", kind)
		}
	}
	if covered["sales call"] == 0 || covered["sales text"] == 0 || covered["sales mail"] < 5 || len(lib.List()) < 18 {
		t.Errorf("the set is thin: %v", covered)
	}
}

func TestAnyValueMayBeMissing(t *testing.T) {
	v := full()
	v["event"], v["purchase"] = map[string]any{"name": "the Spring Fair"}, map[string]any{"name": "Stoke Team"}
	v["download"] = map[string]any{"name": "Forty Seats and How to Fill Them"}
	v["deal"] = map[string]any{"title": "Northwind rollout", "value": "€12,000"}
	v["last"].(map[string]any)["when"] = "last Tuesday"
	for _, tpl := range starters(t).List() {
		for _, gone := range []string{"first_name", "company", "event", "purchase", "deal", "download", "last", "last.subject", "last.summary", "last.when"} {
			less := template.Vars{}
			for k, val := range v {
				if k != gone {
					less[k] = val
				}
			}
			if of, key, ok := strings.Cut(gone, "."); ok {
				inner := map[string]any{}
				for k, val := range v[of].(map[string]any) {
					if k != key {
						inner[k] = val
					}
				}
				less[of] = inner
			}
			got := fill(t, tpl, less)
			for line := range strings.Lines(got.Body) {
				if bad := seams.FindString(strings.TrimRight(line, "\n")); bad != "" {
					t.Errorf("%s without %s: %q in %q", tpl.File, gone, bad, line)
				}
			}
		}
	}
}

func TestTheFirstDraftNeedsNoFilling(t *testing.T) {
	lib := starters(t)
	for _, w := range []template.Want{
		{Kind: "inquiry"}, {Kind: "inquiry", Step: 1}, {Kind: "sales", Step: 1}, {Kind: "event", Step: 1},
		{Kind: "post-purchase", Step: 1}, {Kind: "post-purchase", Step: 2}, {Kind: "post-purchase", Step: 3},
		{Kind: "download", Step: 1}, {Kind: "nurture"}, {Kind: "re-engagement", Step: 1},
	} {
		tpl, _, ok := lib.Choose(w)
		if !ok || tpl.Kind != w.Kind {
			t.Errorf("%+v: chose %q", w, tpl.Name)
			continue
		}
		got := fill(t, tpl, full())
		if len(got.Blanks) > 0 {
			t.Errorf("%s: blanks %q", tpl.File, got.Blanks)
		}
		if w.Kind != "post-purchase" && w.Kind != "download" && !strings.Contains(got.Body, "40 seats") && !strings.Contains(got.Body, "new team") {
			t.Errorf("%s does not refer to the last interaction:\n%s", tpl.File, got.Body)
		}
	}
}

// An answer to what somebody asked can only come from the rep: the general reply shows the question and waits for it.
func TestAReplyIsNotReadyUnread(t *testing.T) {
	lib := starters(t)
	tpl, _, ok := lib.Choose(template.Want{Kind: "reply"})
	v := full()
	v["last"].(map[string]any)["question"] = "Can you do 40 seats at the old price?"
	got := fill(t, tpl, v)
	if !ok || !slices.Equal(got.Blanks, []string{"{{ask.answer}}"}) || !strings.Contains(got.Body, "You asked:\n\n> Can you do 40 seats at the old price?\n\n{{ask.answer}}\n\n") {
		t.Errorf("blanks %q in\n%s", got.Blanks, got.Body)
	}
	if got := fill(t, tpl, full()); !strings.Contains(got.Body, "You wrote: \"We need it running before the new team starts.\"\n\n{{ask.answer}}\n\n") {
		t.Errorf("without a question:\n%s", got.Body)
	}
	if got := fill(t, tpl, bare()); !strings.Contains(got.Body, "Thank you for your mail.\n\n{{ask.answer}}\n\n") {
		t.Errorf("nothing is known:\n%s", got.Body)
	}
}

func TestChoose(t *testing.T) {
	own := func(name, kind string, more string) template.Template {
		tpl, err := template.Parse(name+".md", []byte("---\nkind: "+kind+"\n"+more+"---\nHi"))
		if err != nil {
			t.Fatal(err)
		}
		return tpl
	}
	lib := starters(t).With(
		own("german", "sales", "language: de\nstep: 1\n"),
		own("mine", "event", "step: 1\n"),
	)
	for _, tt := range []struct {
		want      template.Want
		name, why string
	}{
		{template.Want{Kind: "sales", Step: 1}, "After the meeting", "made for sales step 1"},
		{template.Want{Kind: "sales", Step: 1, Language: "de-AT"}, "german", "made for sales step 1"},
		{template.Want{Kind: "sales", Step: 3, Language: "de"}, "german", "none is made for step 3"},
		{template.Want{Kind: "deal", Step: 1, Language: "fr"}, "After the proposal", "none is made for the language fr"},
		{template.Want{Kind: "sales", Step: 2}, "One useful idea", "made for sales step 2"},
		{template.Want{Kind: "sales", Step: 2, Temperature: "hot"}, "Two times to choose", "made for sales step 2, hot contacts"},
		{template.Want{Kind: "sales", Step: 2, Temperature: "cold"}, "One useful idea", "made for sales step 2"},
		{template.Want{Kind: "sales", Step: 3, Last: true}, "Closing the file", "the closing one"},
		{template.Want{Kind: "sales", Step: 9}, "Someone else in charge", "none is made for step 9"},
		{template.Want{Kind: "event", Step: 4, Last: true}, "Closing the file", "none is made for event"},
		{template.Want{Kind: "event", Step: 3}, "What stands in the way", "none is made for event"}, // never the second mail again
		{template.Want{Kind: "event", Step: 3, Language: "de"}, "german", "none is made for event and step 3"},
		{template.Want{Kind: "post-purchase", Step: 4}, "Quarterly note", "none is made for post-purchase"},
		{template.Want{Kind: "event", Step: 1}, "mine", "made for event step 1"},
		{template.Want{Kind: "deal", Channel: "text"}, "Text after a missed call", "none is made for deal"},
		{template.Want{Kind: "sales", Channel: "call", Step: 2}, "Call about the next step", "made for sales"},
		{template.Want{Kind: "reply"}, "Answer a reply", "made for reply"},
		{template.Want{Kind: "nurture", Step: 1}, "Quarterly note", "made for nurture"},
		{template.Want{Kind: "nurture", Step: 2}, "Another quarterly note", "made for nurture step 2"},
	} {
		got, why, ok := lib.Choose(tt.want)
		if !ok || got.Name != tt.name || !strings.Contains(why, tt.why) {
			t.Errorf("%+v: got %q, %q", tt.want, got.Name, why)
		}
	}
	if _, why, ok := lib.Choose(template.Want{Kind: "reply", Channel: "text"}); ok || why != "there is no text template for reply" {
		t.Errorf("nothing fits: %v, %q", ok, why)
	}
}

func TestALibraryShadowsByName(t *testing.T) {
	lib := starters(t)
	mine, err := template.Parse("mine.md", []byte("---\nname: thank YOU\nkind: post-purchase\nstep: 1\n---\nCheers"))
	if err != nil {
		t.Fatal(err)
	}
	with := lib.With(mine)
	if got, ok := with.Find("Thank you"); !ok || got.Body != "Cheers" {
		t.Errorf("got %q", got.Body)
	}
	if len(with.List()) != len(lib.List()) {
		t.Errorf("%d templates, had %d", len(with.List()), len(lib.List()))
	}
	if got, _ := lib.Find("Thank you"); got.Body == "Cheers" {
		t.Error("With changed the library it was called on")
	}
	if _, ok := with.Find("nobody"); ok {
		t.Error("found what is not there")
	}
	names := func(l template.Library) (all []string) {
		for _, tpl := range l.List() {
			all = append(all, tpl.Name)
		}
		return all
	}
	rest := slices.Clone(lib.List())
	slices.Reverse(rest)
	if !slices.Equal(names(template.NewLibrary(rest...)), names(lib)) {
		t.Error("the order depends on that of the files")
	}
}

func TestATemplateSaysWhatItNeeds(t *testing.T) {
	if _, err := template.Parse("x.md", []byte("---\nkind: sales\nneeds: tallk\n---\nHi")); err == nil || err.Error() != `x.md:3: unknown need "tallk": did you mean talk?` {
		t.Errorf("a slip: %v", err)
	}
	parse := func(name, more string) template.Template {
		tpl, err := template.Parse(name+".md", []byte("---\nkind: sales\nstep: 1\n"+more+"---\nHi"))
		if err != nil {
			t.Fatal(err)
		}
		return tpl
	}
	lib := template.NewLibrary(parse("any", ""), parse("talk", "needs: talk\n"))
	if got, _, _ := lib.Choose(template.Want{Kind: "sales", Step: 1}); got.Name != "talk" {
		t.Errorf("what says more of what happened is taken, not %q", got.Name)
	}
	if got, why, _ := lib.Choose(template.Want{Kind: "sales", Step: 1, Lacks: map[string]bool{"talk": true}}); got.Name != "any" ||
		why != "made for sales step 1" {
		t.Errorf("without a talk: %q, %q", got.Name, why)
	}
	opener, err := template.Parse("opener.md", []byte("---\nkind: opener\n---\nHi"))
	if err != nil {
		t.Fatal(err)
	}
	lib = template.NewLibrary(opener, parse("talk", "needs: talk\n"))
	if got, why, _ := lib.Choose(template.Want{Kind: "sales", Step: 1, Lacks: map[string]bool{"talk": true}}); got.Name != "opener" ||
		why != `made for opener; "talk" speaks of a talk, and none is known of late` {
		t.Errorf("without a talk: %q, %q", got.Name, why)
	}
	both := template.NewLibrary(parse("any", ""), parse("one", "variant: A\nname: one\n"), parse("two", "variant: B\nname: one\nneeds: talk\n"))
	for id := range int64(8) {
		if got, _, _ := both.Choose(template.Want{Kind: "sales", Step: 1, Contact: id, Lacks: map[string]bool{"talk": true}}); got.Needs != "" {
			t.Errorf("contact %d gets %q", id, got.Key())
		}
	}
}
