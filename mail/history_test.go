package mail

import (
	"context"
	"fmt"
	"testing"
	"time"

	"stoke/mail/mailtest"
	"stoke/model"
	"stoke/store/storetest"
)

// mortal is a store whose process dies at one of its commits, before or after it.
type mortal struct {
	disk
	commits, dies int
}

func (m *mortal) Receive(ctx context.Context, account, mailbox string, batch []model.Inbound, cursor model.Cursor) (model.Received, error) {
	if m.commits++; m.commits > m.dies/2 {
		m.at = [...]string{"before Receive", "after Receive"}[m.dies%2]
	}
	return m.disk.Receive(ctx, account, mailbox, batch, cursor)
}

// S3, S6, S14 on a real store: the first look goes from the newest mail to the oldest. A process that dies at any commit
// of it repeats no event and leaves no hole, not even where a colleague answered a mail that is read after the answer.
func TestAnOldMailboxIsReadFromItsEnd(t *testing.T) {
	for dies := range 30 {
		t.Run(fmt.Sprintf("dies at %d", dies), func(t *testing.T) {
			desk := storetest.Open(t)
			dana, err := desk.AddContact(testContext(t), model.Contact{Name: "Dana", Emails: []string{prospect}})
			if err != nil {
				t.Fatal(err)
			}
			w := newWorld(t, mailtest.Options{})
			want := fillWith45(t, w.server)
			w.limits.Batch = 8
			account := w.account()
			account.SMTP = Server{} // only reading
			look := func(box Box, dial Dialer) model.Synced {
				w.change = func(o *Options) {
					o.Accounts, o.Now, o.Box, o.Dial = []Account{account}, desk.Now, box, dial
				}
				return w.syncOnce()
			}
			v := newVictim()
			first := &mortal{disk: disk{Box: desk, victim: v}, dies: dies}
			look(first, v.dial)
			if died := v.isDead(); !died && first.commits > dies/2 {
				t.Fatal("it did not die")
			}
			if second := look(desk, newVictim().dial); second.Err != nil {
				t.Fatal(second.Err)
			}
			if third := look(desk, newVictim().dial); third.Err != nil || third.Fetched != 0 {
				t.Errorf("a third look fetched anew: %+v", third)
			}
			thread, err := desk.Open(testContext(t), dana.ID)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]int{}
			for _, i := range thread.Interactions {
				got[i.MessageID]++
			}
			for _, id := range want {
				if got[id] != 1 {
					t.Errorf("%s is there %d times", id, got[id])
				}
			}
			if len(thread.Interactions) != len(want) {
				t.Errorf("%d mails, want %d", len(thread.Interactions), len(want))
			}
			if newest := thread.Contact.FollowUp.Last.At; !newest.Equal(hourOf(42)) {
				t.Errorf("the last word is of %v, not the newest", newest)
			}
		})
	}
}

func hourOf(n int) time.Time { return storetest.Start.Add(time.Duration(n-100) * time.Hour) }

// fillWith45 puts 45 mails into INBOX and gives the ids of those that concern Dana.
func fillWith45(t *testing.T, s *mailtest.Server) (want []string) {
	t.Helper()
	for n := range 45 {
		who, id, answers := "stranger@elsewhere.example", fmt.Sprintf("stranger-%d", n), ""
		switch {
		case n%7 == 0:
			who, id = prospect, fmt.Sprintf("dana-%d", n)
		case n == 40:
			who, id, answers = "colleague@elsewhere.example", "colleague", "In-Reply-To: <dana-7>\r\n"
		}
		if n%7 == 0 || n == 40 {
			want = append(want, id)
		}
		raw := fmt.Sprintf("From: <%s>\r\nTo: <%s>\r\nSubject: Docks\r\nMessage-Id: <%s>\r\n%s\r\nText.\r\n", who, rep, id, answers)
		if err := s.DeliverAt(rep, "INBOX", []byte(raw), hourOf(n)); err != nil {
			t.Fatal(err)
		}
	}
	return want
}
