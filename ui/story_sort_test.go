package ui_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/ui/uitest"
)

// sorting is a screen with so many people whom nobody has decided on; a few have
// something behind them.
func sorting(t testing.TB, n, w, h int) *stage {
	t.Helper()
	s := empty(t)
	s.who = uitest.Cast(s.desk)
	for i := range n {
		c := model.Contact{Name: fmt.Sprintf("Person %02d", i), Company: "Company", Emails: []string{fmt.Sprintf("p%d@company.example", i)}}
		var happened []model.Interaction
		switch i {
		case 7:
			happened = append(happened, model.Interaction{Kind: model.Mail, Direction: model.In, At: monday.AddDate(0, 0, -3), Text: "What does it cost?", Asks: true})
		case 8:
			happened = append(happened, model.Interaction{Kind: model.Mail, Direction: model.In, At: monday.AddDate(0, 0, -60), Text: "Later, maybe."})
		}
		s.who[c.Name] = s.desk.Put(c, happened...)
		if len(happened) > 0 {
			s.desk.Unsort(s.who[c.Name])
		}
	}
	s.open(t, w, h)
	s.Press("G", "enter")
	return s
}

func TestSortingIsAFlowOfTwenty(t *testing.T) {
	s := sorting(t, 45, 80, 24)
	uitest.Golden(t, "sort-80x24", s.Screen())
	s.Sees("TO SORT", "1 of 20 · 45 left", "▌ ◐ Person 07", "e keep  n not now  d never", "keep begins an answer; they wrote 3 days ago")
	s.Press("e")
	s.Sees("Kept Person, next today", "2 of 20 · 44 left", "▌ ○ Person 08")
	s.Press("e")
	s.Sees("Kept Person in re-engagement", "3 of 20 · 43 left")
	s.Press("n")
	s.Sees("Not now: Person is in nurture, next", "4 of 20 · 42 left")
	s.Press("d", "d")
	s.Sees("Retired Person: not a fit", "5 of 20 · 41 left")
	for _, now := range []string{"4 of 20 · 42 left", "3 of 20 · 43 left", "2 of 20 · 44 left", "1 of 20 · 45 left"} {
		s.Press("u")
		s.Sees(now)
	}
	for name, want := range map[string]model.View{"Person 07": model.ViewUnsorted, "Person 08": model.ViewUnsorted} {
		if got := model.PlaceOf(s.desk.Dossier(s.who[name]).Contact, s.Now(), s.desk.Rules.Rules).View; got != want {
			t.Errorf("%s stands in %s after the undo", name, got)
		}
	}
	s.Wait(9 * time.Second)
	s.Press("g", "x", "G", "v")
	s.Sees("20 marked", "16 a day")
	s.Press("n")
	s.Sees("These 20 are sorted.", "the 25 that are left")
	s.Press("enter")
	s.Sees("1 of 20 · 25 left")
	s.Press("u")
	s.Sees("45 left")
	s.Press("esc")
	s.Sees("[1 Queue", "+ 45 people to sort")
}

// In the contact, done means keep while nobody has decided.
func TestKeepingFromTheContact(t *testing.T) {
	s := sorting(t, 3, 80, 24)
	s.Press("enter", "e")
	s.Sees("Kept Person")
	s.SeesNot("handled")
}

func TestKeepingManyIsOneEntryAndSpread(t *testing.T) {
	s := sorting(t, 30, 80, 24)
	s.Press("x", "G", "v", "e")
	s.Wait(9 * time.Second)
	days := map[string]int{}
	for name, id := range s.who {
		if f := s.desk.Dossier(id).Contact.FollowUp; strings.HasPrefix(name, "Person") && f.Sorted {
			days[f.Next.ReadyAt.Format("Mon")]++
		}
	}
	if days["Tue"] < 15 || days["Tue"] > 16 || len(days) < 2 {
		t.Errorf("first touches fall on %v", days)
	}
	s.Press("U")
	s.Sees("History")
	s.Press("enter")
	s.Sees("30 left")
}

func TestEveryListHasItsOwnHints(t *testing.T) {
	for view, c := range map[string]struct{ shows, hides []string }{
		"2": {[]string{"s snooze", "d retire"}, []string{"e done", "D bring back"}},
		"3": {[]string{"D bring back"}, []string{"e done"}},
		"5": {[]string{"D bring back", "enter open", "w why"}, []string{"e done", "s snooze", "d retire", "r draft"}},
		"7": {[]string{"/ find", "enter open"}, []string{"e done"}},
	} {
		s := perform(t, 120, 30)
		s.Press(view)
		line := s.Line(29)
		for _, hint := range c.shows {
			if !strings.Contains(line, hint) {
				t.Errorf("%s: no %q in %q", view, hint, line)
			}
		}
		for _, hint := range c.hides {
			if strings.Contains(line, hint) {
				t.Errorf("%s: %q in %q", view, hint, line)
			}
		}
	}
}

// The tabs give way by rank, at every width.
func TestTabsAtOddWidths(t *testing.T) {
	var lines []string
	for _, w := range []int{62, 67, 71, 79, 81, 97, 101, 119, 120, 121, 159, 161} {
		for _, view := range []string{"1", "5", "7"} {
			s := sorting(t, 45, w, 24)
			s.Press("1", view)
			lines = append(lines, fmt.Sprintf("%3d %s", w, s.Line(0)))
		}
	}
	uitest.Golden(t, "tabs", strings.Join(lines, "\n"))
}

// The proposal to move on has a key for yes and one for once more.
func TestMovingOn(t *testing.T) {
	s := empty(t)
	last := monday.AddDate(0, 0, -6).Add(-time.Hour)
	quiet := model.Contact{Name: "Quiet Quinn", Emails: []string{"q@quiet.example"}, FollowUp: model.FollowUp{Sorted: true,
		Next: model.Touch{Kind: model.TouchNurture, Since: last, ReadyAt: monday.AddDate(0, 0, 84), DueAt: monday.AddDate(0, 0, 84)}}}
	var tried []model.Interaction
	for i := range 3 {
		tried = append(tried, model.Interaction{Kind: model.Mail, Direction: model.Out, At: last.AddDate(0, 0, 4*(i-2)), Subject: "Rota", Text: "Shall we talk?"})
	}
	id := s.desk.Put(quiet, tried...)
	s.open(t, 120, 30)
	s.Sees("last attempt was 6 days ago, no answer: move on?", "M move on", "O once more")
	s.Press("O")
	s.Sees("Once more: Quiet is due today", "promised for today")
	s.Press("u")
	s.Sees("move on?")
	s.Press("M")
	s.Sees("Retired Quiet: no answer")
	if r := s.desk.Dossier(id).Contact.FollowUp.Retired; r.Reason != model.ReasonNoAnswer {
		t.Errorf("retired as %+v", r)
	}
	s.Press("u", "e")
	s.SeesNot("move on?")
	s = perform(t, 80, 24)
	s.Press("M")
	s.Sees("Nothing proposes to move on from Ines.")
}
