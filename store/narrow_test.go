package store_test

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/store/storetest"
)

// DOMAIN.md, "The queue": "Views can be narrowed by tag, company, sequence, kind, value, and saved".
func TestListsAreNarrowed(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	add := func(name, company string, value int64, tags ...string) model.Contact {
		t.Helper()
		first, _, _ := strings.Cut(strings.ToLower(name), " ")
		c := model.Contact{Name: name, Company: company, Tags: tags, Emails: []string{first + "@mail.example"}}
		if value > 0 {
			c.Deal = &model.Deal{Value: value}
		}
		added, err := d.AddContact(ctx, c)
		if err != nil {
			t.Fatal(err)
		}
		return added
	}
	ana := add("Ana Sol", "North Wind", 0, "Partner")
	add("Ben Roe", "North Star", 4000, "press")
	cem := add("Cem Kaya", "Southwind", 20000, "partner", "fair 2026")
	add("Dee 100%", "100%_Cotton", 0)
	if _, err := d.Do(ctx, model.Enrol{Sequence: "sales"}, ana.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Do(ctx, model.Log{Kind: model.Demo}, cem.ID); err != nil {
		t.Fatal(err)
	}
	names := func(q model.Query) (all []string) {
		t.Helper()
		for q.Limit = 1; ; { // page by page, as the screen does
			page, err := d.Rows(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range page.Rows {
				all = append(all, r.Contact.FirstName())
			}
			if !page.More {
				slices.Sort(all)
				return all
			}
			q.After = &page.Rows[len(page.Rows)-1].Key
		}
	}
	for search, want := range map[string]string{
		"tag:partner": "Ana Cem", "tag:PART": "Ana Cem", "tag:p": "Ana Ben Cem", `tag:"fair 2026"`: "Cem", "tag:100%": "",
		"company:north": "Ana Ben", `company:"north w"`: "Ana", "company:100%": "Dee", "company:_": "", "company:wind": "",
		"sequence:SALES": "Ana", "seq:sal": "Ana", "seq:deal": "",
		"kind:step": "Ana", "kind:inquiry": "Cem", "kind:s": "Ana",
		"value:4000": "Ben Cem", "value:5k": "Cem", "value:>20000": "Cem", "value:20001": "", "value:x": "",
		"tag:partner value:1": "Cem", "tag:partner ana": "Ana", "tag: ben": "Ben", "company:north seq:sales kind:step sol": "Ana",
	} {
		if got := strings.Join(names(model.Query{View: model.ViewPeople, Search: search}), " "); got != want {
			t.Errorf("%q finds %q, want %q", search, got, want)
		}
	}
	if got := strings.Join(names(model.Query{View: model.ViewQueue, Search: "tag:partner"}), " "); got != "Cem" && got != "Ana Cem" {
		t.Errorf("the queue, narrowed: %q", got)
	}
	if got := strings.Join(names(model.Query{View: model.ViewPeople, Tag: "PARTNER"}), " "); !strings.Contains(got, "Cem") {
		t.Errorf("--tag in capitals finds %q", got)
	}
	if got := strings.Join(names(model.Query{View: model.ViewPeople, Tag: "part"}), " "); got != "" {
		t.Errorf("--tag is a whole tag: %q", got)
	}
}

func TestANarrowingIsKeptUnderAName(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	keep := func(name, text string) {
		t.Helper()
		if err := d.KeepFilter(ctx, model.Filter{Name: name, Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	keep(" Fair ", `tag:"fair 2026"`)
	keep("big deals", "value:20k")
	keep("FAIR", "tag:fair")
	want := []model.Filter{{Name: "big deals", Text: "value:20k"}, {Name: "FAIR", Text: "tag:fair"}}
	d.Reopen()
	if got, err := d.Filters(ctx); err != nil || !slices.Equal(got, want) {
		t.Fatalf("%+v, %v", got, err)
	}
	for _, f := range []model.Filter{{Name: " ", Text: "x"}, {Name: "x", Text: "\t"}} {
		if err := d.KeepFilter(ctx, f); model.CodeOf(err) != model.Invalid {
			t.Errorf("kept %+v: %v", f, err)
		}
	}
	if err := d.DropFilter(ctx, "fair"); err != nil {
		t.Fatal(err)
	}
	if err := d.DropFilter(ctx, "fair"); model.CodeOf(err) != model.NotFound {
		t.Errorf("dropped twice: %v", err)
	}
	if got, err := d.Filters(ctx); err != nil || len(got) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
}

// A row holds all of its contact but what no list shows.
func TestARowHoldsWhatAListShows(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	added, err := d.AddContact(ctx, model.Contact{Name: "Dana Whitfield", Emails: []string{"dana@northwind.example"}, Company: "Northwind", Title: "VP", Phone: "+31 20 555 0134",
		TZ: "Europe/Amsterdam", Country: "NL", Language: "nl", Tags: []string{"vip"}, Fields: map[string]string{"seats": "40"},
		Deal: &model.Deal{Title: "Docks", Value: 4000, Stage: "offer", Close: storetest.Start}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Do(ctx, model.Log{Kind: model.Demo}, added.ID); err != nil {
		t.Fatal(err)
	}
	page, err := d.Rows(ctx, model.Query{View: model.ViewQueue})
	if err != nil || len(page.Rows) != 1 {
		t.Fatal(len(page.Rows), err)
	}
	open, err := d.Open(ctx, added.ID)
	if err != nil {
		t.Fatal(err)
	}
	want := open.Contact
	want.Created, want.Fields, want.Language, want.TZ, want.Country, want.FollowUp.AnswerID = time.Time{}, nil, "", "", "", 0
	want.FollowUp.Next.AmberAt, want.FollowUp.Next.DueAt = time.Time{}, time.Time{} // its place has them
	want.Deal = &model.Deal{Value: 4000}
	if got := page.Rows[0].Contact; !reflect.DeepEqual(got, want) {
		t.Errorf("\n%+v\n%+v", got, want)
	}
}
