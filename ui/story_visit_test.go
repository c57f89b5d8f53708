package ui_test

import (
	"fmt"
	"testing"
	"time"

	"stoke/model"
	"stoke/ui/uitest"
)

// A contact opened from the outbox says so, and going back leads there.
func TestFromTheOutboxAndBack(t *testing.T) {
	for _, w := range []int{80, 120} {
		s := perform(t, w, 40)
		s.desk.Queue(model.Outgoing{Contact: s.who["Greg"], To: []model.Address{{Addr: "greg@palmer.example"}}, Subject: "List", State: model.Failed, Error: "The server said no.", Approved: monday})
		s.Press("j", "6", "enter")
		s.Sees("Greg Palmer", "Is this still on your list?")
		if w == 80 {
			s.Sees("‹ Outbox")
		}
		s.SeesNot("‹ People")
		s.Press("esc")
		s.Sees("[6 Outbox", "The server said no.")
		s.Press("1")
		s.Sees("▌ ● Dana")
	}
}

func TestACompanyShowsWhoSpokeLast(t *testing.T) {
	s := empty(t)
	s.who = uitest.Cast(s.desk)
	said := func(days int, d model.Direction, words string) model.Interaction {
		return model.Interaction{Kind: model.Mail, Direction: d, At: monday.AddDate(0, 0, -days), Text: words}
	}
	marta := model.Contact{Name: "Marta Vos", Company: "northwind", Title: "Buyer", Emails: []string{"marta@northwind.example"},
		Deal: &model.Deal{Title: "racks", Value: 9000}, FollowUp: model.FollowUp{Sorted: true, Next: model.Touch{Kind: model.TouchNext, ReadyAt: monday.AddDate(0, 0, 9)}}}
	id := s.desk.Put(marta, said(6, model.Out, "Shall we talk about the racks?"))
	s.open(t, 100, 24)
	s.Press("j", "C")
	s.Sees("Northwind", "2 people · Dana spoke last, 2 h ago · 2 deals open, 33000", "Dana Whitfield", "Marta Vos", "Shall we talk about the racks?")
	uitest.Golden(t, "company-100x24", s.Screen())
	s.Press("2")
	s.Sees("Marta Vos", "‹ Queue", "Shall we talk about the racks?")
	s.Press("i")
	s.Type("fri 3pm")
	s.Press("enter")
	if s.desk.Dossier(id).Contact.FollowUp.Promise.At.IsZero() {
		t.Error("the promise is not Marta's")
	}
	s.Press("C", "esc", "esc")
	s.Sees("▌ ● Dana Whitfield")
	s.Press("enter", "C", "j", "enter", "s", "2", "enter")
	s.Sees("Snoozed Marta", "▌ ● Dana Whitfield")
}

// going is a screen with so many mails that leave by themselves today.
func going(t testing.TB, n int) *stage {
	t.Helper()
	s := empty(t)
	for i := range n {
		s.desk.Put(model.Contact{Name: fmt.Sprintf("Auto %d", i), Company: "Works", Emails: []string{fmt.Sprintf("a%d@works.example", i)}, FollowUp: model.FollowUp{Sorted: true,
			Next: model.Touch{Kind: model.TouchStep, Since: monday, ReadyAt: monday.Add(-time.Hour), DueAt: monday.Add(8 * time.Hour), Sequence: "sales", Step: 2, Of: 5, Channel: "mail", GoesAt: monday.Add(time.Duration(i+1) * time.Hour)}}},
			model.Interaction{Kind: model.Mail, Direction: model.In, At: monday.AddDate(0, 0, -10), Subject: "pricing", Text: "What does it cost?", MessageID: fmt.Sprintf("in%d@works.example", i)})
	}
	s.open(t, 80, 24)
	return s
}

// "A morning list 'going today' in which one key holds it."
func TestTheMorningListHoldsAMailWithOneKey(t *testing.T) {
	s := going(t, 3)
	s.SeesNot("Going today")
	s.Wait(time.Second)
	s.Sees("Going today: 3 by themselves", "10:41  Auto 0, Works", "sales 2 of 5")
	uitest.Golden(t, "morning-80x24", s.Screen())
	s.Press("e", "enter") // meant for the list, a moment before
	s.Sees("Going today: 3 by themselves", "Auto 0, Works")
	s.SeesNot("held")
	s.Wait(time.Second)
	s.Press("enter")
	s.Sees("held: waits for you")
	if f := s.desk.Dossier(1).Contact.FollowUp; !f.Next.GoesAt.IsZero() || f.Asks == "" {
		t.Errorf("it still goes: %+v", f.Next)
	}
	s.Press("A", "esc")
	s.Wait(20 * time.Second)
	s.Press("T")
	s.Sees("No mail goes by itself today.")
	s.Wait(time.Hour)
	s.SeesNot("Going today")
}

func TestAMailThatGoesByItselfIsHeldFromItsRow(t *testing.T) {
	s := going(t, 1)
	s.Wait(2 * time.Second)
	s.Press("esc")
	s.Sees("H hold", "goes by itself")
	s.Press("H")
	s.Sees("Held: the mail to Auto waits for you")
	s.SeesNot("H hold")
	s.Press("u")
	s.Sees("H hold")
	s.Press("T")
	s.Sees("Going today: 1 by themselves")
	s.Press("esc", "H", "H")
	s.Sees("No mail to Auto would go by itself.")
}

// The list comes by itself once a day, not while the rep writes.
func TestTheMorningListDoesNotCoverTheDraft(t *testing.T) {
	s := going(t, 2)
	s.Press("r")
	s.Wait(2 * time.Second)
	s.SeesNot("Going today")
	s.Sees("2 mails go by themselves today.")
}
