package store

import (
	"time"

	"stoke/model"
)

// nurtures answers model's question how many nurture touches a day has, within one transaction. A day that was found full
// is remembered: what a bulk verb plans fills days and empties none. The first error is kept and ends the transaction.
type nurtures struct {
	t    *tx
	full map[int64]bool
}

// On implements model.Nurtures.
func (n *nurtures) On(day time.Time, besides int64, enough int) (count int) {
	from := millis(day)
	if n.full[from] {
		return enough
	}
	n.t.keepError(n.t.one(`SELECT count(*) FROM (SELECT 1 FROM contact WHERE next_kind = 'nurture' AND next_ready >= ? AND next_ready < ? AND id <> ? LIMIT ?)`,
		[]any{from, millis(day.AddDate(0, 0, 1)), besides, enough}, &count))
	if count >= enough {
		n.full[from] = true
	}
	return count
}

// Last implements model.Nurtures.
func (n *nurtures) Last() (last time.Time) {
	n.t.keepError(n.t.one("SELECT coalesce(max(next_ready), 0) FROM contact WHERE next_kind = 'nurture'", nil, moment{&last}))
	return last
}

// anotherDay gives a contact whose nurture touch has just come up another day, where the queue has a day's number of them.
func (t *tx) anotherDay(c *stored) error {
	if c.place.View != model.ViewQueue || c.place.Kind != model.TouchNurture {
		return nil
	}
	ready, most := 0, t.rules.Rules.NurtureRows
	err := t.one(`SELECT count(*) FROM (SELECT 1 FROM contact WHERE next_kind = 'nurture' AND place_view = 'queue' AND place_kind = 'nurture' AND id <> ? LIMIT ?)`,
		[]any{c.ID, most}, &ready)
	if err != nil {
		return err
	}
	if f, ok := t.rules.PutBack(c.Contact, ready, t.now); ok {
		return t.keep(c, f)
	}
	return nil
}
