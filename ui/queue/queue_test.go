package queue_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"stoke/model"
	"stoke/themes"
	"stoke/ui/frame"
	"stoke/ui/queue"
	"stoke/ui/uitest"
)

var monday = time.Date(2026, 11, 23, 9, 41, 0, 0, time.UTC)

// reader is a list that is handed every page it asks for.
type reader struct {
	t    testing.TB
	desk *uitest.Desk
	*queue.Pane
}

func read(t testing.TB, people int) *reader {
	t.Helper()
	desk := uitest.NewDesk(t, func() time.Time { return monday })
	uitest.Crowd(desk, people)
	r := &reader{t, desk, queue.New(frame.Look{Theme: themes.Theme{}, Glyphs: frame.Unicode}, model.ViewQueue)}
	r.SetSize(80, 20, false)
	r.SetFocus(true)
	r.SetNow(monday)
	r.load(r.First(), queue.Anew)
	return r
}

func (r *reader) load(q model.Query, why queue.Reason) {
	r.t.Helper()
	page, err := r.desk.Rows(r.t.Context(), q)
	if err != nil {
		r.t.Fatal(err)
	}
	r.Take(page, q, why)
}

// settle loads what is missing around the cursor.
func (r *reader) settle() {
	if q, why, missing := r.Missing(); missing {
		r.load(q, why)
	}
}

func (r *reader) id() int64 {
	row, ok := r.Selected()
	if !ok {
		r.t.Fatal("nobody is selected")
	}
	return row.Contact.ID
}

func TestWalkingDownMeetsEverybodyOnceAndUpAgain(t *testing.T) {
	const people = 1500
	r := read(t, people)
	all, err := r.desk.Rows(t.Context(), model.Query{View: model.ViewQueue})
	if err != nil {
		t.Fatal(err)
	}
	var want []int64
	for _, row := range all.Rows {
		want = append(want, row.Contact.ID)
	}
	var down []int64
	for range want {
		down = append(down, r.id())
		r.Move(1)
		r.settle()
	}
	if !slices.Equal(down, want) {
		t.Fatal("the way down is not the list")
	}
	slices.Reverse(want)
	var up []int64
	for range want {
		up = append(up, r.id())
		r.Move(-1)
		r.settle()
	}
	if !slices.Equal(up, want) {
		t.Fatal("the way up is not the list")
	}
}

func TestEndsAndGroups(t *testing.T) {
	r := read(t, 2000)
	counts, err := r.desk.Counts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r.SetCounts(counts)
	first := r.id()
	if r.ToBottom() {
		r.load(r.Last(), queue.AtEnd)
	}
	all, _ := r.desk.Rows(t.Context(), model.Query{View: model.ViewQueue})
	if got, want := r.id(), all.Rows[len(all.Rows)-1].Contact.ID; got != want {
		t.Errorf("at the end stands %d, not %d", got, want)
	}
	if r.ToTop() {
		r.Aim(0)
		r.load(r.First(), queue.Anew)
	}
	if r.id() != first {
		t.Error("not back at the first")
	}
	seen := []model.Group{}
	for range 4 {
		row, _ := r.Selected()
		seen = append(seen, row.Key.Group)
		if g, missing := r.ToGroup(1); missing {
			r.Aim(0)
			r.load(r.GroupStart(g), queue.Anew)
		}
	}
	if !slices.IsSorted(seen) || len(slices.Compact(seen)) < 3 {
		t.Errorf("> led through the groups %v", seen)
	}
	for range 6 {
		if g, missing := r.ToGroup(-1); missing {
			r.Aim(0)
			r.load(r.GroupStart(g), queue.Anew)
		}
	}
	if r.id() != first {
		t.Error("< did not lead back to the first")
	}
}

// The first cell of the last line shows that the list goes on below, that of the first that it does above.
func TestAListThatGoesOnShowsIt(t *testing.T) {
	signs := func(r *reader) string {
		var out strings.Builder
		for _, line := range r.Lines() {
			switch plain := ansi.Strip(line); {
			case ansi.StringWidth(plain) != 80:
				t.Errorf("%q is not 80 cells", plain)
			case strings.HasPrefix(plain, "↑"):
				out.WriteString("up ")
			case strings.HasPrefix(plain, "↓"):
				out.WriteString("down ")
			}
		}
		return out.String()
	}
	for _, c := range []struct {
		people               int
		first, later, bottom string
	}{
		{3, "", "", ""},
		{60, "down ", "up down ", "up "},
		{600, "down ", "up down ", "up "}, // more than a page
	} {
		r := read(t, c.people)
		got := []string{signs(r)}
		for range min(30, c.people) {
			r.Move(1)
			r.settle()
		}
		got = append(got, signs(r))
		if r.ToBottom() {
			r.load(r.Last(), queue.AtEnd)
		}
		if got = append(got, signs(r)); !slices.Equal(got, []string{c.first, c.later, c.bottom}) {
			t.Errorf("%d people: %q", c.people, got)
		}
	}
}

// Whatever happens elsewhere, the cursor stays with its contact, on its line of
// the screen, until that contact leaves the list.
func TestAReloadMovesNoCursor(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := read(t, 120)
		for range rapid.IntRange(0, 60).Draw(rt, "down") {
			r.Move(1)
		}
		for range rapid.IntRange(1, 5).Draw(rt, "events") {
			id, line := r.id(), cursorLine(r)
			other := int64(rapid.IntRange(1, 240).Draw(rt, "who"))
			if other%2 == 0 || other == id {
				continue // even ids are interactions
			}
			r.desk.Hear(other, "A word?")
			r.load(r.Again(), queue.Quietly)
			if r.id() != id || cursorLine(r) != line {
				rt.Fatalf("the cursor went from %d on line %d to %d on line %d", id, line, r.id(), cursorLine(r))
			}
			before := r.id()
			if r.Settle(); r.id() != before {
				rt.Fatal("settling changed the contact")
			}
		}
	})
}

func cursorLine(r *reader) int {
	return slices.IndexFunc(r.Lines(), func(l string) bool { return strings.HasPrefix(ansi.Strip(l), "▌") })
}

func TestWhatIsDoneLeavesAndComesBackWhenRefused(t *testing.T) {
	r := read(t, 30)
	first := r.id()
	r.Move(1)
	second := r.id()
	r.Move(-1)
	r.Advance([]int64{first})
	if r.id() != second {
		t.Fatalf("the cursor is with %d, not with the next, %d", r.id(), second)
	}
	r.Return([]int64{first})
	r.Move(-1)
	if r.id() != first {
		t.Error("refused, and the contact is not back")
	}
}

func TestARowNeverLosesNameTemperatureAndDue(t *testing.T) {
	for _, two := range []bool{false, true} {
		for w := 24; w <= 120; w++ {
			desk := uitest.NewDesk(t, func() time.Time { return monday })
			desk.Put(model.Contact{Name: "Dana Whitfield", Company: "Northwind Logistics", Emails: []string{"d@n.example"},
				FollowUp: model.FollowUp{Sorted: true, Next: model.Touch{Kind: model.TouchStep, ReadyAt: monday.Add(-50 * time.Hour), DueAt: monday.Add(-49 * time.Hour)}}})
			r := &reader{t, desk, queue.New(frame.Look{Glyphs: frame.Unicode}, model.ViewQueue)}
			r.SetSize(w, 5, two)
			r.SetNow(monday)
			r.load(r.First(), queue.Anew)
			line := ansi.Strip(r.Lines()[1])
			for _, want := range []string{"○", "Dana", "!2d"} {
				if !strings.Contains(line, want) {
					t.Fatalf("at %d cells %s is gone: %q", w, want, line)
				}
			}
			if frame.Width(line) != w {
				t.Fatalf("%d cells, not %d", frame.Width(line), w)
			}
		}
	}
}

func TestVerbsAimAtTheMarkedElseAtTheCursor(t *testing.T) {
	r := read(t, 5)
	if got := r.Targets(); len(got) != 1 || got[0] != r.id() {
		t.Errorf("nothing is marked: %v", got)
	}
	r.ToggleMark()
	r.ToggleMark()
	if got := r.Targets(); len(got) != 2 || slices.Contains(got, r.id()) {
		t.Errorf("two are marked: %v", got)
	}
}
