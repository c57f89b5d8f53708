package store

import "time"

// planned answers model's questions about what is planned for others, within one transaction. A day that was found full of
// nurture is remembered: what a bulk verb plans fills days and empties none. The first error is kept and ends the
// transaction.
type planned struct {
	t    *tx
	full map[int64]bool
}

// Nurtures implements model.Planned.
func (p *planned) Nurtures(day time.Time, besides int64, enough int) (count int) {
	from := millis(day)
	if p.full[from] {
		return enough
	}
	p.t.keepError(p.t.one(`SELECT count(*) FROM (SELECT 1 FROM contact WHERE next_kind = 'nurture' AND next_ready >= ? AND next_ready < ? AND id <> ? LIMIT ?)`,
		[]any{from, millis(day.AddDate(0, 0, 1)), besides, enough}, &count))
	if count >= enough {
		p.full[from] = true
	}
	return count
}

// LastNurture implements model.Planned.
func (p *planned) LastNurture() (last time.Time) {
	p.t.keepError(p.t.one("SELECT coalesce(max(next_ready), 0) FROM contact WHERE next_kind = 'nurture'", nil, moment{&last}))
	return last
}

// Openers implements model.Planned.
func (p *planned) Openers(day time.Time, enough int) (count int) {
	p.t.keepError(p.t.one(`SELECT count(*) FROM (SELECT 1 FROM contact WHERE next_kind = 'step' AND enrol_done = 0 AND next_ready >= ? AND next_ready < ? LIMIT ?)`,
		[]any{millis(day), millis(day.AddDate(0, 0, 1)), enough}, &count))
	return count
}
