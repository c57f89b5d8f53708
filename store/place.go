package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"stoke/model"
)

// keep is the only way in which a contact's follow-up state changes: the state and what follows from it for the lists are
// stored together, so that a page of a list reads contacts and nothing else.
func (t *tx) keep(c *stored, f model.FollowUp) error {
	c.FollowUp = f
	t.stand(c)
	c.touched = nil
	err := t.each("SELECT at FROM interaction WHERE contact = ? AND at > ? AND "+touch+" ORDER BY at",
		[]any{c.ID, millis(t.now.AddDate(0, 0, -t.rules.Rules.AttemptWindow))}, func(rows *sql.Rows) error {
			var at int64
			err := rows.Scan(&at)
			c.touched = append(c.touched, at)
			return err
		})
	if err != nil {
		return err
	}
	t.changed(c)
	return t.update(updateState, append(c.state(), c.standing()...), c.ID)
}

// settle brings up to date what follows from a contact's history and deal, after either was changed.
func (t *tx) settle(c *stored) error {
	d, err := t.open(c)
	if err != nil {
		return err
	}
	return t.keep(c, t.rules.Settle(d, t.now))
}

// touch is model's own word on what a touch is, as a condition.
var touch = func() string {
	var any []string
	for _, kind := range append([]model.Kind{model.Mail}, model.Kinds()...) {
		for _, direction := range []model.Direction{model.In, model.Out, model.None} {
			if (model.Interaction{Kind: kind, Direction: direction}).IsTouch() {
				any = append(any, "kind = '"+string(kind)+"' AND direction = '"+string(direction)+"'")
			}
		}
	}
	return "(" + strings.Join(any, " OR ") + ")"
}()

// stand works out where a contact stands now.
func (t *tx) stand(c *stored) {
	c.place = model.PlaceOf(c.Contact, t.now, t.rules.Rules)
	c.cool = -float64(c.FollowUp.Heat)
	c.changes = millisAfter(c.place.ChangesAt)
}

// tickBatch bounds the time for which a tick keeps other writers waiting.
const tickBatch = 500

// Tick moves the contacts that the clock alone has brought across a border, and after them those whom other rules move
// (Follow); it gives their number and the moment of the next border (zero: none). Where nothing is due it only reads.
func (s *Store) Tick(ctx context.Context) (moved int, next time.Time, err error) {
	for {
		var due, old bool
		err = s.read(ctx, "look at the clock", func(t *tx) error {
			var first int64
			err := t.one("SELECT coalesce(min(place_changes), 0), EXISTS (SELECT 1 FROM standing WHERE due <> '') FROM contact WHERE place_changes > 0", nil, &first, &old)
			next = fromMillis(first)
			due = first > 0 && first <= millis(t.now)
			return err
		})
		var n int
		switch {
		case err != nil || !due && !old:
			return moved, next, err
		case due:
			n, err = s.tick(ctx)
		default:
			n, err = s.walk(ctx)
		}
		if err != nil {
			return moved, next, err
		}
		moved += n
	}
}

// elsewhere reports whether two places differ in what a list shows.
func elsewhere(a, b model.Place) bool {
	return a.View != b.View || a.Group != b.Group || a.Class != b.Class || a.Order != b.Order
}

// tick moves one batch and gives how many of it stand elsewhere now.
func (s *Store) tick(ctx context.Context) (moved int, err error) {
	err = s.write(ctx, "move the contacts whose time has come", func(t *tx) error {
		due, err := t.contacts("WHERE place_changes > 0 AND place_changes <= ? ORDER BY place_changes LIMIT ?", millis(t.now), tickBatch)
		if err != nil {
			return err
		}
		for i := range due {
			c := &due[i]
			was := c.place
			t.stand(c)
			if err := t.anotherDay(c); err != nil {
				return err
			}
			if elsewhere(was, c.place) {
				moved++
			}
			if err := t.update(updatePlace, c.standing(), c.ID); err != nil {
				return err
			}
		}
		return nil
	})
	return moved, err
}
