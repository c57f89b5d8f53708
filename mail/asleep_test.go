package mail

import (
	"fmt"
	"testing"
	"time"

	"stoke/model"
)

// asleep is a rep's machine with mails approved as a bulk, one of them to Dana, that is closed before they leave.
type asleep struct {
	*lettered
	dana  int64   // the mail to her
	bulk  []int64 // those to others
	heard int     // what SMTP had heard before the sleep
}

func fallAsleep(t *testing.T) asleep {
	t.Helper()
	a := asleep{lettered: newLettered(t)}
	a.clock.move(53 * time.Hour) // Friday, half past nine in New York
	s, ctx := a.open(), t.Context()
	queue := func(contact int64, to string) int64 {
		d := model.Draft{Contact: contact, Account: a.account.Name, To: []model.Address{{Addr: to}}, Subject: "The docks", Body: "Hello,\n\nshall we talk on Thursday?\n", Edited: true}
		_, out, err := s.Send(ctx, model.Approval{Draft: d})
		if err != nil {
			t.Fatal(err)
		}
		return out.ID
	}
	a.dana = queue(a.row().Contact, prospect)
	for i := range 6 {
		to := fmt.Sprintf("p%d@company%d.example", i, i)
		c, err := s.AddContact(ctx, model.Contact{Name: fmt.Sprintf("Person %d", i), Emails: []string{to}})
		if err != nil {
			t.Fatal(err)
		}
		a.bulk = append(a.bulk, queue(c.ID, to))
	}
	a.heard = len(a.smtp.Heard())
	return a
}

// wakes lets the time of the sleep pass, in which Dana answers.
func (a asleep) wakes(after time.Duration) {
	a.t.Helper()
	a.clock.move(after)
	a.arrives("INBOX", a.answer("meanwhile@prospect.example", ""))
}

func (a asleep) states(ids ...int64) (all map[model.State]int, why string) {
	a.t.Helper()
	s := a.open()
	all = map[model.State]int{}
	for _, id := range ids {
		m, err := s.Outgoing(a.t.Context(), id)
		if err != nil {
			a.t.Fatal(err)
		}
		all[m.State]++
		why = m.Error
	}
	return all, why
}

// After days the inbox is read before anything leaves: an answer that came meanwhile cancels the step, and what nobody
// expects any more goes back to the rep. Not a word is said to the submission server.
func TestAfterDaysAsleepNothingLeavesByItself(t *testing.T) {
	a := fallAsleep(t)
	a.wakes(73 * time.Hour)
	if r := a.syncs(); r.Err != nil || r.Sent != 0 || r.Replies != 1 {
		t.Errorf("the first look: %+v", r)
	}
	if got, why := a.states(a.dana); got[model.Cancelled] != 1 || why == "" {
		t.Errorf("Dana answered, and the mail to her is %v (%s)", got, why)
	}
	if got, why := a.states(a.bulk...); got[model.Failed] != len(a.bulk) || why == "" {
		t.Errorf("after three days the others are %v (%s), want all for the rep", got, why)
	}
	if said := a.smtp.Heard()[a.heard:]; len(said) > 0 {
		t.Errorf("the submission server heard %q", said)
	}
	if n := a.deliveries(); n != 1 {
		t.Errorf("%d mails went out, want the one before the sleep", n)
	}
}

// After hours there is no burst: what is due leaves at its pace, and not to who has answered.
func TestAfterHoursAsleepThereIsNoBurst(t *testing.T) {
	a := fallAsleep(t)
	a.wakes(4 * time.Hour)
	if r := a.syncs(); r.Err != nil || r.Sent > 1 || r.Replies != 1 {
		t.Errorf("the first look: %+v", r)
	}
	if got, why := a.states(a.dana); got[model.Cancelled] != 1 || why == "" {
		t.Errorf("Dana answered, and the mail to her is %v (%s)", got, why)
	}
	gap := model.DefaultRules().PaceGap
	for minute := range 20 {
		before := a.deliveries()
		if r := a.syncs(); r.Err != nil {
			t.Fatal(r.Err)
		}
		if n := a.deliveries() - before; n > 1 {
			t.Errorf("%d mails in minute %d", n, minute)
		}
		a.clock.move(gap)
	}
	if got, _ := a.states(a.bulk...); got[model.Sent] != len(a.bulk) {
		t.Errorf("after twenty minutes they are %v", got)
	}
}

// Where the mailbox cannot be read after the sleep, nothing leaves either: nobody knows who has answered.
func TestAsleepAndTheMailboxIsAway(t *testing.T) {
	a := fallAsleep(t)
	a.wakes(4 * time.Hour)
	if err := a.imap.Refuse(true); err != nil {
		t.Fatal(err)
	}
	if r := a.syncs(); r.Err == nil || r.Sent != 0 || a.deliveries() != 1 {
		t.Errorf("without a look: %+v, %d went out", r, a.deliveries())
	}
	if err := a.imap.Refuse(false); err != nil {
		t.Fatal(err)
	}
	if r := a.syncs(); r.Err != nil || r.Replies != 1 {
		t.Errorf("it is back: %+v", r)
	}
	if got, _ := a.states(a.dana); got[model.Cancelled] != 1 {
		t.Errorf("Dana answered, and the mail to her is %v", got)
	}
}

// A clock that is set wrong and right again makes nothing leave early, twice, or in a burst.
func TestAClockThatJumpsSendsNothingEarly(t *testing.T) {
	t.Run("back by two hours", func(t *testing.T) {
		a := fallAsleep(t)
		a.clock.move(-2 * time.Hour)
		if r := a.syncs(); r.Err != nil || r.Sent != 0 || a.deliveries() != 1 {
			t.Errorf("before its time: %+v, %d went out", r, a.deliveries())
		}
		a.clock.move(2*time.Hour + time.Minute)
		if r := a.syncs(); r.Err != nil || a.deliveries() > 2 {
			t.Errorf("at its time: %+v, %d went out", r, a.deliveries())
		}
		for range 30 {
			a.clock.move(model.DefaultRules().PaceGap)
			a.syncs()
		}
		if got, why := a.states(append(a.bulk, a.dana)...); got[model.Sent] != len(a.bulk)+1 || a.deliveries() != len(a.bulk)+2 {
			t.Errorf("in the end they are %v (%s), %d went out", got, why, a.deliveries())
		}
	})
	t.Run("on by a year and back", func(t *testing.T) {
		a := fallAsleep(t)
		a.clock.move(365 * 24 * time.Hour)
		if r := a.syncs(); r.Err != nil || r.Sent != 0 || a.deliveries() != 1 {
			t.Errorf("in a year: %+v, %d went out", r, a.deliveries())
		}
		a.clock.move(-365 * 24 * time.Hour)
		a.syncs()
		if got, why := a.states(append(a.bulk, a.dana)...); got[model.Failed] != len(a.bulk)+1 || why == "" || a.deliveries() != 1 {
			t.Errorf("back again they are %v (%s), %d went out; want all for the rep", got, why, a.deliveries())
		}
	})
}
