package store

import (
	"database/sql"
	"time"

	"stoke/model"
)

// paced says until when, and why, a mail that is under the pace must wait; the zero time when it may leave now. What the
// rep approved one by one, and what was forced, is not under it. recent are the moments at which such mails of the account
// left in the last 24 hours.
func (t *tx) paced(o model.Outgoing, recent []time.Time) (until time.Time, why string, err error) {
	if o.Single || o.Forced {
		return time.Time{}, "", nil
	}
	c, err := t.contact(o.Contact)
	if err != nil {
		return time.Time{}, "", err
	}
	calendar := t.rules.Calendar
	zone := c.Zone(calendar.Zone())
	if !calendar.InWindow(t.now, zone) || !calendar.Workday(t.now) {
		return calendar.Plan(t.now, zone), "It is outside the working hours of " + c.Called() + ".", nil
	}
	if o.Rank == model.RankOpener {
		held, err := t.openersHeld(o.Account)
		if err != nil || held {
			return t.now.Add(time.Hour), "Too many of the last mails bounced, so first mails wait. Look at the addresses, or force it.", err
		}
	}
	if free := t.rules.Rules.FreeAt(recent, stretch(recent), t.now); free.After(t.now) {
		return free, "Sequence mail keeps a pace.", nil
	}
	return time.Time{}, "", nil
}

// stretch spreads the gaps between mails over their range. It follows from the mail that left last, so that every mail
// that waits sees the same gap and none overtakes another.
func stretch(left []time.Time) float64 {
	if len(left) == 0 {
		return 0
	}
	return float64(uint64(left[len(left)-1].UnixMilli())*2654435761%1000) / 1000
}

// recentlyLeft are the moments at which mails under the pace left, or may have left, in the last 24 hours, oldest first.
func (t *tx) recentlyLeft(account string) (all []time.Time, err error) {
	err = t.each("SELECT dot_at FROM outgoing WHERE account = ? AND single = 0 AND dot_at > ? AND state IN ('committing', 'uncertain', 'ask_rep', 'sent') ORDER BY dot_at",
		[]any{account, millis(t.now.Add(-24 * time.Hour))}, func(rows *sql.Rows) error {
			var at time.Time
			err := rows.Scan(moment{&at})
			all = append(all, at)
			return err
		})
	return all, err
}

// openersHeld tells whether the reports on the last mails of an account hold its first mails to people back.
func (t *tx) openersHeld(account string) (bool, error) {
	const skew = 5 * time.Minute // a report bears the time of a server whose clock may be behind
	var sent, bounced int
	err := t.one(`SELECT count(*), count(DISTINCT CASE WHEN EXISTS (SELECT 1 FROM interaction i WHERE i.contact = o.contact AND i.at > o.dot_at - ? AND i.kind = 'bounce') THEN o.contact END)
		FROM (SELECT contact, dot_at FROM outgoing WHERE account = ? AND state = 'sent' AND dot_at > ? ORDER BY dot_at DESC LIMIT ?) o`,
		[]any{skew.Milliseconds(), account, millis(t.now.Add(-24 * time.Hour)), t.rules.Rules.BounceOf}, &sent, &bounced)
	return t.rules.Rules.OpenersHeld(sent, bounced), err
}
