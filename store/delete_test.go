package store_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/store/storetest"
)

func TestADeletedContactComesBackAsTheyWere(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	greg := person(t, d, "Greg Palmer", "greg@palmer.example")
	dana, err := d.AddContact(ctx, model.Contact{Name: "Dana Whitfield", Emails: []string{"dana@northwind.example", "d@old.example"}, Tags: []string{"fair"},
		Fields: map[string]string{"seats": "40"}, Deal: &model.Deal{Value: 24000}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Do(ctx, model.Log{Kind: model.Call, Note: "wants SSO"}, dana.ID, greg.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := d.SaveDraft(ctx, model.Draft{Contact: dana.ID, Subject: "Seats", Body: "Hi Dana,"}); err != nil {
		t.Fatal(err)
	}
	before, err := d.Open(ctx, dana.ID)
	if err != nil {
		t.Fatal(err)
	}
	counts, err := d.Counts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	change, err := d.DeleteContact(ctx, dana.ID)
	if err != nil {
		t.Fatal(err)
	}
	stranger := person(t, d, "Aiko Tanaka", "aiko@hoshi.example")
	if stranger.ID == dana.ID {
		t.Fatal("the id was given away")
	}
	if _, says, err := d.Undo(ctx, change.ID); err != nil || says != "Undone: Deleted Dana." {
		t.Fatal(says, err)
	}
	after, err := d.Open(ctx, dana.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(before, after) {
		t.Errorf("was\n%+v\nis\n%+v", before, after)
	}
	if found, err := d.Find(ctx, "whitf"); err != nil || len(found) != 1 {
		t.Errorf("found %v, %v", found, err)
	}
	counts.People++ // Aiko
	counts.Cold++
	if n, err := d.Counts(ctx); err != nil || n.People != counts.People {
		t.Errorf("%+v, want %+v, %v", n, counts, err)
	}
	if _, _, err := d.Undo(ctx, change.ID); model.CodeOf(err) != model.Conflict {
		t.Errorf("undone twice: %v", err)
	}
	// The history before the deletion goes on working: who was added in between, then what was logged.
	for range 2 {
		if _, _, err := d.Undo(ctx, 0); err != nil {
			t.Error(err)
		}
	}
	if after, err = d.Open(ctx, dana.ID); err != nil || len(after.Happened) != 0 {
		t.Errorf("%+v, %v", after.Happened, err)
	}
}

func TestADeletionIsNotUndoneOverSomebodyElse(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	if _, err := d.Do(ctx, model.Log{Kind: model.Call}, dana.ID); err != nil {
		t.Fatal(err)
	}
	earlier, err := d.History(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	change, err := d.DeleteContact(ctx, dana.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Undo(ctx, earlier[0].ID); model.CodeOf(err) != model.Conflict {
		t.Errorf("undone for somebody who is gone: %v", err)
	}
	again := person(t, d, "D. Whitfield", "dana@northwind.example")
	if _, _, err := d.Undo(ctx, change.ID); model.CodeOf(err) != model.Conflict {
		t.Errorf("undone: %v", err)
	}
	if found, err := d.Find(ctx, "dana@northwind.example"); err != nil || len(found) != 1 || found[0].ID != again.ID {
		t.Errorf("%v, %v", found, err)
	}
}

// After an erasure no file holds the person any more, and nobody writes to them by mistake.
func TestAnErasedPersonLeavesAHash(t *testing.T) {
	dir := t.TempDir()
	d, ctx := storetest.OpenAt(t, dir), context.Background()
	for range 2 { // deleted once, then erased
		dana := person(t, d, "Dana Quillfeather", "quillfeather@northwind.example")
		if _, err := d.Do(ctx, model.Log{Kind: model.Call, Note: "about quillfeathers"}, dana.ID); err != nil {
			t.Fatal(err)
		}
		if found, err := d.Find(ctx, "quillfeather"); err != nil || len(found) != 1 {
			t.Fatal(found, err)
		}
		if _, err := d.DeleteContact(ctx, dana.ID); err != nil {
			t.Fatal(err)
		}
	}
	dana := person(t, d, "Dana Quillfeather", "quillfeather@northwind.example")
	if err := d.EraseContact(ctx, dana.ID); err != nil {
		t.Fatal(err)
	}
	if changes, err := d.History(ctx, 50); err != nil || len(changes) != 0 {
		t.Errorf("the history still tells: %+v, %v", changes, err)
	}
	if _, err := d.Import(ctx, []model.Contact{{Emails: []string{"Quillfeather@northwind.example"}}}, false); err != nil {
		t.Fatal(err)
	}
	found, err := d.Find(ctx, "quillfeather@northwind.example")
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	if _, _, err := d.Send(ctx, model.Approval{Draft: letter(found[0])}); model.CodeOf(err) != model.GateSuppressed {
		t.Errorf("written to after all: %v", err)
	}
	if _, err := d.Do(ctx, model.Keep{}, found[0].ID); err != nil {
		t.Fatal(err)
	}
	if rows := view(t, d, model.ViewQueue); len(rows) != 1 || rows[0].Barred != "quillfeather@northwind.example must not be mailed" {
		t.Errorf("the queue shows %+v", rows)
	}
	if err := d.EraseContact(ctx, found[0].ID); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(filepath.Dir(d.Path()), "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(bytes.ToLower(raw), []byte("quillfeather")) {
			t.Errorf("%s still holds the name", filepath.Base(f))
		}
	}
}

func TestAnErasedAddressCanBeWrittenToAgainByHand(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana := person(t, d, "Dana Whitfield", "dana@northwind.example")
	if err := d.EraseContact(ctx, dana.ID); err != nil {
		t.Fatal(err)
	}
	dana = person(t, d, "Dana Whitfield", "dana@northwind.example")
	if err := d.Unsuppress(ctx, dana.Email()); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Send(ctx, model.Approval{Draft: letter(dana)}); err != nil {
		t.Error(err)
	}
}

// Undoing an adding keeps what was typed, and gives nobody else the id meanwhile.
func TestAnAddingThatWasUndoneCanBeTakenUpAgain(t *testing.T) {
	d, ctx := storetest.Open(t), context.Background()
	dana, err := d.AddContact(ctx, model.Contact{Name: "Dana Whitfield", Emails: []string{"dana@northwind.example"}, Tags: []string{"fair"},
		Fields: map[string]string{"seats": "40"}, Deal: &model.Deal{Value: 24000}})
	if err != nil {
		t.Fatal(err)
	}
	before, err := d.Open(ctx, dana.ID)
	if err != nil {
		t.Fatal(err)
	}
	added, _, err := d.Undo(ctx, 0)
	if err != nil {
		t.Fatal(err)
	}
	if found, err := d.Find(ctx, "whitf"); err != nil || len(found) != 0 {
		t.Errorf("still found: %v, %v", found, err)
	}
	if stranger := person(t, d, "Aiko Tanaka", "aiko@hoshi.example"); stranger.ID == dana.ID {
		t.Fatal("the id was given away")
	}
	if change, says, err := d.Undo(ctx, added.ID); err != nil || says != "Added Dana again." || change.Undone {
		t.Fatalf("%+v, %q, %v", change, says, err)
	}
	if after, err := d.Open(ctx, dana.ID); err != nil || !reflect.DeepEqual(before, after) {
		t.Errorf("was\n%+v\nis\n%+v, %v", before, after, err)
	}
	if found, err := d.Find(ctx, "whitf"); err != nil || len(found) != 1 {
		t.Errorf("found %v, %v", found, err)
	}
	if _, says, err := d.Undo(ctx, added.ID); err != nil || says != "Undone: Added Dana." {
		t.Fatalf("%q, %v", says, err)
	}
	d.Pass(31 * 24 * time.Hour)
	if _, err := d.DeleteContact(ctx, person(t, d, "Ivan Petrov", "ivan@petrov.example").ID); err != nil { // which clears up
		t.Fatal(err)
	}
	if _, _, err := d.Undo(ctx, added.ID); model.CodeOf(err) != model.Conflict {
		t.Errorf("after 31 days: %v", err)
	}
}

// Whatever was done about somebody before they were erased, no file holds their name or an address of theirs any more, and
// what was about others stays theirs.
func TestAnErasureLeavesNoNameInTheHistory(t *testing.T) {
	dir := t.TempDir()
	d, ctx := storetest.OpenAt(t, dir), context.Background()
	greg := person(t, d, "Greg Palmer", "greg@palmer.example")
	add := func() model.Contact {
		t.Helper()
		return person(t, d, "Xaverius Quill", "xaverius@quill.example")
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	add()
	_, _, err := d.Undo(ctx, 0)
	must(err)
	xaver := add()
	_, err = d.Do(ctx, model.SnoozeTo{Until: d.Now().Add(48 * time.Hour)}, xaver.ID, greg.ID)
	must(err)
	_, err = d.DeleteContact(ctx, xaver.ID)
	must(err)
	d.Pass(40 * 24 * time.Hour) // what was deleted is gone, and the history still tells of it
	_, err = d.DeleteContact(ctx, person(t, d, "Ivan Petrov", "ivan@petrov.example").ID)
	must(err)
	xaver = add()
	_, err = d.Suppress(ctx, "old@xaverius.example", "they phoned")
	must(err)
	xaver.Emails = []string{"old@xaverius.example"}
	xaver, err = d.EditContact(ctx, xaver)
	must(err)
	xaver.Emails = []string{"xaverius@quill.example"}
	_, err = d.EditContact(ctx, xaver)
	must(err)
	_, err = d.Suppress(ctx, xaver.Emails[0], "they phoned")
	must(err)
	must(d.Unsuppress(ctx, xaver.Emails[0]))
	shared, err := d.Do(ctx, model.HandledWithout{}, xaver.ID, greg.ID)
	must(err)
	must(d.EraseContact(ctx, xaver.ID))

	if list, err := d.Suppressions(ctx); err != nil || len(list) != 0 {
		t.Errorf("the list still tells: %+v, %v", list, err)
	}
	if _, says, err := d.Undo(ctx, shared.ID); err != nil || !strings.HasPrefix(says, "Undone: somebody handled") {
		t.Errorf("what was about Greg, too: %q, %v", says, err)
	}
	must(d.Close())
	files, err := filepath.Glob(filepath.Join(filepath.Dir(d.Path()), "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		must(err)
		if raw = bytes.ToLower(raw); bytes.Contains(raw, []byte("xaver")) {
			_, after, _ := bytes.Cut(raw, []byte("xaver"))
			t.Errorf("%s still holds xaver%q", filepath.Base(f), after[:min(len(after), 80)])
		}
	}
}
