package store

import "stoke/model"

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
