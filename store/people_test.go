package store_test

import (
	"context"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/store"
	"stoke/store/storetest"
)

func TestAContactKeepsEverything(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	want := model.Contact{
		Name: "Dana Whitfield", Emails: []string{"Dana@Northwind.example ", "dw@home.example", "dana@northwind.example"}, Company: "Northwind", Title: "COO",
		Phone: "+1 555 0100", TZ: "America/Chicago", Country: "US", Language: "en-US", Tags: []string{"vip", "trade  show", "vip", ""},
		Fields: map[string]string{"team": "12", "hobby": "sailing\nfishing"}, Deal: &model.Deal{Title: "Docks", Value: 4000, Stage: "offer", Close: storetest.Start},
	}
	added, err := d.AddContact(ctx, want)
	if err != nil {
		t.Fatal(err)
	}
	want.ID, want.Created, want.FollowUp = added.ID, d.Now(), added.FollowUp
	want.Emails, want.Tags = []string{"dana@northwind.example", "dw@home.example"}, []string{"trade show", "vip"}
	d.Reopen()
	open, err := d.Open(ctx, added.ID)
	if err != nil || !reflect.DeepEqual(open.Contact, want) {
		t.Errorf("read back\n%+v, %v; want\n%+v", open.Contact, err, want)
	}
	if !open.Contact.FollowUp.Sorted || open.Contact.FollowUp.Next.Kind != model.TouchNext {
		t.Errorf("not taken into the follow-up: %+v", open.Contact.FollowUp)
	}

	want.Name, want.Emails, want.Deal, want.Tags = "Dana Marsh", []string{"marsh@northwind.example"}, nil, nil
	edited, err := d.EditContact(ctx, want)
	if err != nil {
		t.Fatal(err)
	}
	if open, err = d.Open(ctx, added.ID); err != nil || !reflect.DeepEqual(open.Contact, edited) || open.Contact.Deal != nil || open.Contact.FollowUp != want.FollowUp {
		t.Errorf("edited\n%+v, %v", open.Contact, err)
	}
	if found, err := d.Find(ctx, "dana@northwind.example"); err != nil || len(found) != 0 {
		t.Errorf("found by an old address: %v, %v", found, err)
	}
	if found, err := d.Find(ctx, "marsh"); err != nil || len(found) != 1 {
		t.Errorf("not found by the new name: %v, %v", found, err)
	}
}

func TestOneAddressIsOneContact(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	greg := person(t, d, "Greg Palmer", "greg@palmer.example")
	if _, err := d.AddContact(ctx, model.Contact{Emails: []string{"DANA@northwind.example"}}); model.CodeOf(err) != model.Conflict {
		t.Errorf("a second one: %v", err)
	}
	greg.Emails = append(greg.Emails, "dana@northwind.example")
	if _, err := d.EditContact(ctx, greg); model.CodeOf(err) != model.Conflict {
		t.Errorf("a stolen address: %v", err)
	}
	if _, err := d.AddContact(ctx, model.Contact{Name: "Nobody"}); model.CodeOf(err) != model.Invalid {
		t.Errorf("nothing to reach them by: %v", err)
	}
	if n, err := d.Counts(ctx); err != nil || n.People != 2 {
		t.Errorf("%+v, %v", n, err)
	}
	send(t, d, dana)
	if _, err := d.DeleteContact(ctx, dana.ID); model.CodeOf(err) != model.Conflict {
		t.Errorf("deleted with a mail on its way: %v", err)
	}
	if _, err := d.DeleteContact(ctx, greg.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Open(ctx, greg.ID); model.CodeOf(err) != model.NotFound {
		t.Errorf("still there: %v", err)
	}
	if found, err := d.Find(ctx, "palmer"); err != nil || len(found) != 0 {
		t.Errorf("still found: %v, %v", found, err)
	}
	if n, err := d.Counts(ctx); err != nil || n.People != 1 {
		t.Errorf("still counted: %+v, %v", n, err)
	}
}

func TestWhoIsMeant(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	other := person(t, d, "Dana Whitfield-Jones", "dana.jones@northwind.example")
	for who, want := range map[string][]int64{
		"1": {dana.ID}, "DANA@northwind.example": {dana.ID}, "dana whitfield": {dana.ID}, "jones": {other.ID}, "whit": {dana.ID, other.ID},
		"nobody": nil, "": nil, "77": nil, "x@y.example": nil,
	} {
		found, err := d.Find(ctx, who)
		var got []int64
		for _, c := range found {
			got = append(got, c.ID)
		}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %v, %v; want %v", who, got, err, want)
		}
	}
	random := rand.New(rand.NewPCG(1, 1))
	for i := range 20 {
		c := storetest.Person(random, i)
		c.Name = "Mei Zhang"
		if _, err := d.AddContact(ctx, c); err != nil {
			t.Fatal(err)
		}
	}
	// A word of a name wins over the beginning of another word.
	hal := person(t, d, "Hal Brooks", "hal@brooks.example")
	tom, err := d.AddContact(ctx, model.Contact{Name: "Tom Okafor", Company: "Halden & Sons", Emails: []string{"tom@halden.example"}})
	if err != nil {
		t.Fatal(err)
	}
	for who, want := range map[string]int64{"hal": hal.ID, "halden": tom.ID} {
		if found, err := d.Find(ctx, who); err != nil || len(found) != 1 || found[0].ID != want {
			t.Errorf("%q: %+v, %v", who, found, err)
		}
	}
	if found, err := d.Find(ctx, "mei"); err != nil || len(found) != 10 {
		t.Errorf("%d candidates, %v", len(found), err)
	}
}

func TestAnImportAddsAndNeverErases(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	if _, err := d.Suppress(ctx, "ivan@petrov.example", "asked us"); err != nil {
		t.Fatal(err)
	}
	rows := []model.Contact{
		{Name: "Dana Whitfield", Emails: []string{"dana@northwind.example"}},
		{Emails: []string{"DANA@northwind.example"}, Title: "COO", Tags: []string{"fair"}, Fields: map[string]string{"team": "12"}},
		{Name: "Greg Palmer", Emails: []string{"greg@palmer.example", "dana@northwind.example"}},
		{Name: "Ivan Petrov", Emails: []string{"ivan@petrov.example"}},
		{Name: "Ivan Petrov", Emails: []string{"ivan@petrov.example"}},
		{Name: "Aiko Tanaka", Phone: "+81 3 0000 0000"},
		{Name: "", Phone: "+81 3 0000 0000", Company: "Kite"},
		{Name: "Nobody at all"},
		{Name: "Elif Demir", Emails: []string{"elif@demir.example"}, FollowUp: model.FollowUp{OptedOut: true, Sorted: true}},
	}
	want := []store.Fate{store.Duplicate, store.Updated, store.Updated, store.New, store.Duplicate, store.New, store.Updated, store.Skipped, store.New}
	dry, err := d.Import(ctx, rows, true)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := d.Counts(ctx); err != nil || n.People != 1 {
		t.Fatalf("a dry run stored: %+v, %v", n, err)
	}
	done, err := d.Import(ctx, rows, false)
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		if done[i].Fate != want[i] || dry[i].Fate != want[i] {
			t.Errorf("row %d: %s, dry %s; want %s", i, done[i].Fate, dry[i].Fate, want[i])
		}
	}
	open, err := d.Open(ctx, dana.ID)
	if c := open.Contact; err != nil || c.Title != "COO" || c.Company != "Northwind" || c.Fields["team"] != "12" || c.Tags[0] != "fair" || c.FollowUp != dana.FollowUp {
		t.Errorf("Dana is %+v, %v", c, err)
	}
	if rows := view(t, d, model.ViewUnsorted); len(rows) != 3 {
		t.Errorf("unsorted: %v", ids(rows))
	}
	for _, address := range []string{"ivan@petrov.example", "elif@demir.example"} {
		found, err := d.Find(ctx, address)
		if err != nil || len(found) != 1 {
			t.Fatal(found, err)
		}
		if open, err := d.Open(ctx, found[0].ID); err != nil || open.Suppressed == nil {
			t.Errorf("%s may be written to, %v", address, err)
		}
	}
}

func TestSuppressionOutlivesItsContact(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	if _, err := d.Do(ctx, model.Retire{Reason: model.ReasonOptOut}, dana.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := d.DeleteContact(ctx, dana.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Import(ctx, []model.Contact{{Emails: dana.Emails}}, false); err != nil {
		t.Fatal(err)
	}
	found, err := d.Find(ctx, dana.Email())
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	if _, _, err := d.Send(ctx, model.Approval{Draft: letter(found[0])}); model.CodeOf(err) != model.GateSuppressed {
		t.Errorf("written to after all: %v", err)
	}
	if err := d.Unsuppress(ctx, " DANA@northwind.example"); err != nil {
		t.Fatal(err)
	}
	if err := d.Unsuppress(ctx, dana.Email()); model.CodeOf(err) != model.NotFound {
		t.Errorf("lifted twice: %v", err)
	}
	for _, what := range []string{"", "dana", "dana@"} {
		if _, err := d.Suppress(ctx, what, ""); model.CodeOf(err) != model.Invalid {
			t.Errorf("suppressed %q: %v", what, err)
		}
	}
}

func TestStoriesComeWithTheirHeat(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	day := 24 * time.Hour
	thread := []model.Interaction{
		{Kind: model.Mail, Direction: model.Out, At: d.Now().Add(-3 * day), MessageID: "a@x.example", Summary: "Shall we talk?", Account: storetest.Account},
		{Kind: model.Mail, Direction: model.In, At: d.Now().Add(-2 * day), MessageID: "b@x.example", Summary: "Thursday?", Asks: true},
		{Kind: model.Mail, Direction: model.Out, At: d.Now().Add(-1 * day), MessageID: "c@x.example", Summary: "Thursday it is.", Account: storetest.Account},
	}
	added, err := d.AddDossiers(ctx, []model.Dossier{{Contact: model.Contact{Name: "Dana", Emails: []string{"dana@northwind.example"}, FollowUp: model.FollowUp{Sorted: true}}, Interactions: thread}})
	if err != nil {
		t.Fatal(err)
	}
	open, err := d.Open(ctx, added[0])
	f := open.Contact.FollowUp
	if err != nil || len(open.Interactions) != 3 || f.Last.Summary != "Thursday it is." || f.Attempts != 1 || f.AnswerID == 0 || f.Heat.Points(d.Now(), d.Rules().Rules) < 45 {
		t.Errorf("%+v, %v", f, err)
	}
	older := []model.Interaction{thread[0], {Kind: model.Meeting, Direction: model.In, At: d.Now().Add(-10 * day), Summary: "Met"}}
	if err := d.AddInteractions(ctx, added[0], older); err != nil {
		t.Fatal(err)
	}
	open, err = d.Open(ctx, added[0])
	if g := open.Contact.FollowUp; err != nil || len(open.Interactions) != 4 || g.Last != f.Last || g.Heat <= f.Heat || g.Next != f.Next {
		t.Errorf("with what happened before: %+v, %v", g, err)
	}
	if rows := all(t, d, model.ViewPeople); len(rows) != 1 || rows[0].Touches != 2 {
		t.Errorf("the row: %+v", rows)
	}
}

func TestABackupIsTheWholeDatabase(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	person(t, d, "Dana Whitfield", "dana@northwind.example")
	to := filepath.Join(t.TempDir(), "copy.db")
	if err := d.Backup(ctx, to); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(to); err != nil || info.Mode() != 0o600 {
		t.Errorf("the copy: %v, %v", info, err)
	}
	if err := d.Backup(ctx, to); model.CodeOf(err) != model.Conflict {
		t.Errorf("over an old copy: %v", err)
	}
	s, err := store.Open(to, d.Options())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if found, err := s.Find(ctx, "dana"); err != nil || len(found) != 1 {
		t.Errorf("in the copy: %v, %v", found, err)
	}
	if says, err := s.Check(ctx); err != nil || says != "" {
		t.Errorf("check: %q, %v", says, err)
	}
}

// The list of those who are never mailed has its undo, too, both ways.
func TestASuppressionIsUndoneFromTheHistory(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	listed := func() (all []string) {
		t.Helper()
		list, err := d.Suppressions(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range list {
			all = append(all, s.What+" "+s.Why)
		}
		return all
	}
	undo := func(says string) {
		t.Helper()
		if _, got, err := d.Undo(ctx, 0); err != nil || got != says {
			t.Fatalf("%q, %v", got, err)
		}
	}
	if _, err := d.Suppress(ctx, "@northwind.example", "they phoned"); err != nil {
		t.Fatal(err)
	}
	undo("Undone: Suppressed @northwind.example.")
	if got := listed(); len(got) != 0 {
		t.Errorf("still listed: %v", got)
	}
	if _, err := d.Do(ctx, model.Retire{Reason: model.ReasonOptOut}, dana.ID); err != nil {
		t.Fatal(err)
	}
	before, was := state(t, d, dana.ID), listed()
	if len(was) != 1 || !before.OptedOut {
		t.Fatalf("an opt-out gave %v, %+v", was, before)
	}
	if err := d.Unsuppress(ctx, "Dana@northwind.example"); err != nil {
		t.Fatal(err)
	}
	if got := listed(); len(got) != 0 {
		t.Fatalf("not lifted: %v", got)
	}
	undo("Undone: Lifted the suppression of Dana@northwind.example.")
	if got := listed(); !slices.Equal(got, was) || state(t, d, dana.ID) != before {
		t.Errorf("%v, not %v; %+v", got, was, state(t, d, dana.ID))
	}
	if got, err := d.History(ctx, 10); err != nil || len(got) != 4 || got[2].Verb != "suppress" || !got[2].Undone {
		t.Errorf("the history: %+v, %v", got, err)
	}
}

// Who somebody is has its undo, too, and an undo never reaches past it to something else.
func TestAddingAndEditingAreUndone(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	if _, err := d.Do(ctx, model.Log{Kind: model.Demo}, dana.ID); err != nil {
		t.Fatal(err)
	}
	open := func() model.Contact {
		t.Helper()
		o, err := d.Open(ctx, dana.ID)
		if err != nil {
			t.Fatal(err)
		}
		return o.Contact
	}
	edit := func(change func(c *model.Contact)) {
		t.Helper()
		c := open()
		change(&c)
		if _, err := d.EditContact(ctx, c); err != nil {
			t.Fatal(err)
		}
	}
	before := open()
	edit(func(c *model.Contact) {
		c.Name, c.Emails, c.Tags, c.Fields, c.Deal = "Dana Marsh", []string{"marsh@northwind.example"}, []string{"vip"}, map[string]string{"seats": "40"}, &model.Deal{Value: 4000}
	})
	if _, says, err := d.Undo(ctx, 0); err != nil || says != "Undone: Changed who Dana is." {
		t.Fatalf("%q, %v", says, err)
	}
	if after := open(); !reflect.DeepEqual(after, before) {
		t.Errorf("undone:\n%+v\n%+v", after, before)
	}
	if found, err := d.Find(ctx, "dana@northwind.example"); err != nil || len(found) != 1 {
		t.Errorf("by the old address: %v, %v", found, err)
	}

	// What was edited since stays.
	edit(func(c *model.Contact) { c.Name, c.Title = "Dana Marsh", "CEO" })
	edit(func(c *model.Contact) { c.Title = "Owner" })
	all, err := d.History(ctx, 10)
	if err != nil {
		t.Fatal(err)
	}
	if _, says, err := d.Undo(ctx, all[1].ID); err != nil || !strings.Contains(says, "What has changed since was kept.") {
		t.Errorf("%q, %v", says, err)
	}
	if c := open(); c.Name != "Dana Whitfield" || c.Title != "Owner" {
		t.Errorf("%+v", c)
	}

	// The address has gone to somebody else.
	edit(func(c *model.Contact) { c.Emails = []string{"marsh@northwind.example"} })
	other := person(t, d, "Dan Other", "dana@northwind.example")
	all, err = d.History(ctx, 10)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Undo(ctx, all[1].ID); model.CodeOf(err) != model.Conflict {
		t.Errorf("two people have one address: %v", err)
	}
	if _, says, err := d.Undo(ctx, 0); err != nil || says != "Undone: Added Dan." {
		t.Errorf("%q, %v", says, err)
	}
	if _, err := d.Open(ctx, other.ID); model.CodeOf(err) != model.NotFound {
		t.Errorf("still there: %v", err)
	}
	added := person(t, d, "Ana Sol", "ana@northwind.example")
	all, err = d.History(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Do(ctx, model.Log{Kind: model.Demo}, added.ID); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Undo(ctx, all[0].ID); model.CodeOf(err) != model.Conflict || !strings.Contains(err.Error(), "stoke delete") {
		t.Errorf("taken away with what happened: %v", err)
	}
}

// "The list … is checked at import": whoever is on it is counted, and their row says so.
func TestAnImportTellsWhoMustNotBeMailed(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	if _, err := d.Suppress(ctx, "sup@x.example", "asked by phone"); err != nil {
		t.Fatal(err)
	}
	const file = "Name,Email,Email Opt Out\nAna,ana@x.example,TRUE\nSup,sup@x.example,\nOk,ok@x.example,\n"
	for _, dry := range []bool{true, false, false} {
		if done, err := d.ImportCSV(ctx, strings.NewReader(file), dry); err != nil || done.Barred != 2 || done.Rows != 3 {
			t.Errorf("dry %v: %+v, %v", dry, done, err)
		}
	}
	says := map[string]string{}
	for _, r := range view(t, d, model.ViewUnsorted) {
		says[r.Contact.Name] = r.Why(d.Now())
	}
	want := map[string]string{"Ana": "not sorted yet; asked not to be written to", "Sup": "not sorted yet; sup@x.example must not be mailed", "Ok": "not sorted yet; keep begins a first mail"}
	if !maps.Equal(says, want) {
		t.Errorf("the rows say %v", says)
	}
}

// They are people, whatever the rows.
func TestWhoStandsInAFileTwiceIsCountedOnce(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	if _, err := d.Suppress(ctx, "sup@x.example", "asked by phone"); err != nil {
		t.Fatal(err)
	}
	const file = "Name,Email\nSup,sup@x.example\nSup,SUP@x.example\nSup Again,sup@x.example\n"
	for _, dry := range []bool{true, false} {
		if done, err := d.ImportCSV(ctx, strings.NewReader(file), dry); err != nil || done.Barred != 1 {
			t.Errorf("dry %v: %+v, %v", dry, done, err)
		}
	}
}
