package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stoke/model"
	"stoke/store/storetest"
)

var views = []model.View{model.ViewQueue, model.ViewWaiting, model.ViewSnoozed, model.ViewNurture, model.ViewRetired, model.ViewUnsorted, model.ViewPeople}

// all reads a whole list in one page.
func all(t testing.TB, d *storetest.Desk, v model.View) []model.Row {
	t.Helper()
	page, err := d.Rows(context.Background(), model.Query{View: v, Limit: 500})
	if err != nil || page.More {
		t.Fatal(page.More, err)
	}
	return page.Rows
}

func ids(rows []model.Row) []int64 {
	var all []int64
	for _, r := range rows {
		all = append(all, r.Contact.ID)
	}
	return all
}

func TestPagesWalkTheWholeListBothWays(t *testing.T) {
	d := storetest.Open(t)
	storetest.Seed(t, d, 120, 1)
	whole := map[model.View][]model.Row{}
	for _, v := range views {
		whole[v] = all(t, d, v)
	}
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.SampledFrom(views).Draw(t, "view")
		limit := rapid.IntRange(3, 60).Draw(t, "limit")
		want := ids(whole[v])
		var down, up []int64
		q := model.Query{View: v, Limit: limit}
		for {
			page, err := d.Rows(context.Background(), q)
			if err != nil {
				t.Fatal(err)
			}
			down = append(down, ids(page.Rows)...)
			if !page.More {
				break
			}
			q.After = &page.Rows[len(page.Rows)-1].Key
		}
		q = model.Query{View: v, Limit: limit, Last: true}
		for {
			page, err := d.Rows(context.Background(), q)
			if err != nil {
				t.Fatal(err)
			}
			up = append(ids(page.Rows), up...)
			if !page.More {
				break
			}
			q.Last, q.Before = false, &page.Rows[0].Key
		}
		if !slices.Equal(down, want) || !slices.Equal(up, want) {
			t.Fatalf("%s by %d:\nwhole %v\ndown  %v\nup    %v", v, limit, want, down, up)
		}
	})
}

func TestTheQueueIsInTheOrderOfItsKeys(t *testing.T) {
	d := storetest.Open(t)
	storetest.Seed(t, d, 400, 3)
	rows := all(t, d, model.ViewQueue)
	if len(rows) < 20 {
		t.Fatalf("only %d rows", len(rows))
	}
	sorted := slices.IsSortedFunc(rows, func(a, b model.Row) int {
		x, y := a.Key, b.Key
		for _, c := range []int{int(x.Group - y.Group), x.Class - y.Class, compare(x.Order, y.Order), compare(y.Heat, x.Heat), compare(x.ID, y.ID)} {
			if c != 0 {
				return c
			}
		}
		return 0
	})
	if !sorted {
		t.Errorf("not sorted: %v", rows)
	}
}

func compare[T int64 | model.Heat](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// TestEveryoneStandsInOnePlace does random verbs at random times and checks, against model's own word, that each contact
// stands in one list, the right one, and that the counts are those of the lists.
func TestEveryoneStandsInOnePlace(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	contacts := storetest.Seed(t, d, 20, 2)
	rapid.Check(t, func(rt *rapid.T) {
		for range rapid.IntRange(1, 8).Draw(rt, "verbs") {
			d.Pass(time.Duration(rapid.IntRange(0, 20*24*60).Draw(rt, "minutes")) * time.Minute)
			who := rapid.SampledFrom(contacts).Draw(rt, "who")
			hot := model.Hot
			verb := rapid.SampledFrom([]model.Verb{
				model.SnoozeTo{Until: d.Now().Add(50 * time.Hour)}, model.SnoozeTo{UntilReply: true}, model.HandledWithout{}, model.Keep{}, model.Revive{},
				model.Retire{Reason: model.ReasonNoAnswer}, model.Retire{Reason: model.ReasonLost}, model.PinTo{Temperature: &hot},
				model.PromiseFor{At: d.Now().Add(30 * time.Hour)}, model.Log{Kind: model.Demo}, model.Log{Kind: model.Meeting}, model.Log{Kind: model.NoAnswer},
				model.Enrol{Sequence: "sales"}, model.StopSequence{},
			}).Draw(rt, "verb")
			if _, err := d.Do(ctx, verb, who); err != nil && model.CodeOf(err) == "" {
				rt.Fatalf("%s: %v", verb.Name(), err)
			}
			if rapid.Bool().Draw(rt, "undo") {
				if _, _, err := d.Undo(ctx, 0); err != nil && model.CodeOf(err) == "" {
					rt.Fatalf("undo: %v", err)
				}
			}
		}
		if _, next, err := d.Tick(ctx); err != nil || (!next.IsZero() && !next.After(d.Now())) {
			rt.Fatalf("tick: next %v, %v", next, err)
		}
		counts, err := d.Counts(ctx)
		if err != nil {
			rt.Fatal(err)
		}
		sizes := map[model.View]int{model.ViewQueue: counts.Queue(), model.ViewWaiting: counts.Waiting, model.ViewSnoozed: counts.Snoozed,
			model.ViewNurture: counts.Nurture, model.ViewRetired: counts.Retired, model.ViewUnsorted: counts.Unsorted, model.ViewPeople: counts.People}
		places := map[int64]int{}
		overdue := 0
		for _, v := range views {
			rows := all(t, d, v)
			if len(rows) != sizes[v] {
				rt.Errorf("%s: %d rows, counted %d", v, len(rows), sizes[v])
			}
			for _, r := range rows {
				if v == model.ViewPeople {
					continue
				}
				places[r.Contact.ID]++
				open, err := d.Open(ctx, r.Contact.ID)
				if err != nil {
					rt.Fatal(err)
				}
				want := model.PlaceOf(open.Contact, d.Now(), d.Rules().Rules)
				if want.View != v || want.Group != r.Place.Group || want.Class != r.Place.Class || want.Order != r.Place.Order {
					rt.Errorf("%s stands in %s as %+v, model says %+v", r.Contact.Name, v, r.Place, want)
				}
				if r.Place.Status(d.Now()) == model.Red {
					overdue++
				}
			}
		}
		if overdue != counts.Overdue {
			rt.Errorf("%d overdue, counted %d", overdue, counts.Overdue)
		}
		for _, id := range contacts {
			if places[id] != 1 {
				rt.Errorf("contact %d stands in %d lists", id, places[id])
			}
		}
	})
}

// A list reads a part of a contact's columns; what its rows say must not depend on the others.
func TestARowSaysWhatItsWholeContactWould(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	storetest.Seed(t, d, 400, 4)
	rows := 0
	for _, v := range views {
		for _, r := range view(t, d, v) {
			open, err := d.Open(ctx, r.Contact.ID)
			if err != nil {
				t.Fatal(err)
			}
			whole := r
			whole.Contact = open.Contact
			if v == model.ViewUnsorted {
				whole.Proposal = d.Rules().Proposal(open.Contact, d.Now())
			}
			for what, says := range map[string]func(model.Row) string{
				"why":      func(r model.Row) string { return r.Why(d.Now()) },
				"brief":    func(r model.Row) string { return r.Brief(d.Now(), 31) },
				"proposal": func(r model.Row) string { return r.Proposal },
				"parting": func(r model.Row) string {
					reason, proposed := r.Parting()
					return fmt.Sprint(reason, proposed)
				},
			} {
				if got, want := says(r), says(whole); got != want {
					t.Errorf("%s, %s: the list says %s %q, the contact %q", v, r.Contact.Name, what, got, want)
				}
			}
			left := open.Contact // what a list leaves out
			left.Created, left.Fields, left.Language, left.TZ, left.Country = time.Time{}, nil, "", "", ""
			left.FollowUp.AnswerID, left.FollowUp.Next.AmberAt, left.FollowUp.Next.DueAt, left.FollowUp.Next.Template, left.FollowUp.MeetsAt = 0, time.Time{}, time.Time{}, "", time.Time{}
			left.Tags, r.Contact.Tags = nil, nil
			if left.Deal != nil {
				left.Deal.Title, left.Deal.Stage, left.Deal.Close = "", "", time.Time{}
			}
			if !reflect.DeepEqual(r.Contact, left) {
				t.Errorf("%s: the list reads\n%+v\nof\n%+v", v, r.Contact, left)
			}
			rows++
		}
	}
	if rows < 700 {
		t.Errorf("%d rows were looked at", rows)
	}
}

func TestTickMovesOnlyWhatCrossedABorder(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	person(t, d, "Greg Palmer", "greg@palmer.example")
	until := d.Now().Add(48 * time.Hour)
	if _, err := d.Do(ctx, model.SnoozeTo{Until: until}, dana.ID); err != nil {
		t.Fatal(err)
	}
	if moved, next, err := d.Tick(ctx); moved != 0 || !next.Equal(until) || err != nil {
		t.Fatalf("tick: %d, %v, %v", moved, next, err)
	}
	d.Pass(48*time.Hour - time.Millisecond)
	if moved, _, err := d.Tick(ctx); moved != 0 || err != nil {
		t.Fatalf("tick before: %d, %v", moved, err)
	}
	d.Pass(time.Millisecond)
	if moved, next, err := d.Tick(ctx); moved != 1 || !next.IsZero() || err != nil {
		t.Fatalf("tick at: %d, %v, %v", moved, next, err)
	}
	if rows := view(t, d, model.ViewQueue); len(rows) != 2 {
		t.Errorf("the queue: %v", ids(rows))
	}
}

func TestAHotContactCoolsOnTheTick(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	if _, err := d.Do(ctx, model.Log{Kind: model.Call}, dana.ID); err != nil { // 30 points: warm for days
		t.Fatal(err)
	}
	if _, err := d.Do(ctx, model.Revive{}, dana.ID); model.CodeOf(err) != model.Conflict {
		t.Fatal(err)
	}
	var seen []string
	for range 40 {
		if _, _, err := d.Tick(ctx); err != nil {
			t.Fatal(err)
		}
		for _, r := range all(t, d, model.ViewQueue) {
			if s := r.Place.Group.String(); len(seen) == 0 || seen[len(seen)-1] != s {
				seen = append(seen, s)
			}
			if want := model.PlaceOf(r.Contact, d.Now(), d.Rules().Rules).Group; want != r.Place.Group {
				t.Fatalf("stands in %v, model says %v", r.Place.Group, want)
			}
		}
		d.Pass(24 * time.Hour)
	}
	if len(seen) == 0 || seen[len(seen)-1] != "cold" {
		t.Errorf("the groups were %v", seen)
	}
}

func TestSearchFindsPeopleByTheWordsOfTheirRow(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	soren, err := d.AddContact(ctx, model.Contact{Name: "Søren Åström", Emails: []string{"Soren@Fjord-Systems.example"}, Company: "Fjord & Söhne", Tags: []string{"trade show"}})
	if err != nil {
		t.Fatal(err)
	}
	person(t, d, "Dana Whitfield", "dana@northwind.example")
	for search, want := range map[string]int{
		"soren": 1, "SØREN ast": 1, "ast sør": 1, "fjord": 1, "sohne": 1, "soren@fjord": 1, "fjord-sys": 1, "trade": 1, "soren dana": 0, "example": 2, "north": 1,
		`"`: 0, `"" OR dana`: 0, "dana OR soren": 0, "NOT dana": 0, "dana NEAR soren": 0, "words:dana": 0, "dana*": 1, "*": 0, "(": 0, "'; DROP TABLE contact; --": 0,
		"^dana": 1, "{dana}": 1, "-dana": 1, "dana\x00whit": 1, "\xff\xfe": 0, "   ": 2, "": 2, "%": 0, "_": 0,
	} {
		page, err := d.Rows(ctx, model.Query{View: model.ViewPeople, Search: search})
		if err != nil || len(page.Rows) != want {
			t.Errorf("search %q: %d rows, %v; want %d", search, len(page.Rows), err, want)
		}
	}
	page, err := d.Rows(ctx, model.Query{View: model.ViewQueue, Tag: "trade show"})
	if err != nil || len(page.Rows) != 1 || page.Rows[0].Contact.ID != soren.ID {
		t.Errorf("by tag: %v, %v", ids(page.Rows), err)
	}
}

func FuzzSearch(f *testing.F) {
	d := storetest.Open(f)
	person(f, d, "Dana Whitfield", "dana@northwind.example")
	for _, s := range []string{"dana", `"`, `a"b*`, "NEAR(a b)", "\x00", "a AND", "col:", "😀"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, search string) {
		if _, err := d.Rows(context.Background(), model.Query{View: model.ViewQueue, Search: search}); err != nil {
			t.Errorf("search %q: %v", search, err)
		}
		if _, err := d.Find(context.Background(), search); err != nil {
			t.Errorf("find %q: %v", search, err)
		}
	})
}

func TestPeopleAreOrderedByFoldedName(t *testing.T) {
	d := storetest.Open(t)
	random := rand.New(rand.NewPCG(3, 3))
	for i, name := range []string{"Zoë Ávila", "adam west", "Ärla Berg", "Łukasz Nowak", "Åke Öberg", "bea"} {
		person(t, d, name, fmt.Sprintf("p%d-%d@x.example", i, random.IntN(100)))
	}
	var names []string
	for _, r := range all(t, d, model.ViewPeople) {
		names = append(names, r.Contact.Name)
	}
	if want := []string{"adam west", "Åke Öberg", "Ärla Berg", "bea", "Łukasz Nowak", "Zoë Ávila"}; !slices.Equal(names, want) {
		t.Errorf("%v, want %v", names, want)
	}
}

func TestNewRulesRearrangeTheLists(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	if _, err := d.Do(ctx, model.Log{Kind: model.Referral}, dana.ID); err != nil { // 35 points
		t.Fatal(err)
	}
	if n, err := d.Counts(ctx); err != nil || n.Warm != 1 {
		t.Fatalf("%+v, %v", n, err)
	}
	rules := *d.Rules()
	rules.Rules.HotFrom = 30
	d.SetRules(rules)
	if err := d.Follow(ctx, "others", "others"); err != nil {
		t.Fatal(err)
	}
	if moved, _, err := d.Tick(ctx); moved != 1 || err != nil {
		t.Errorf("moved %d, %v", moved, err)
	}
	if n, err := d.Counts(ctx); err != nil || n.Hot != 1 {
		t.Errorf("%+v, %v", n, err)
	}
}
