package store

import (
	"context"

	"stoke/model"
)

// What Tick has to do with every contact, one after the other, since the rules changed.
const (
	// duePlans: the place by the new rules and, where they plan it anew, the next touch.
	duePlans = "plans"
	// dueHeat: the heat, too, for which the history is read.
	dueHeat = "heat"
)

// Follow tells the store which rules its rulebook holds, and which of them heat is made of: any texts that are others when
// these change, also while no stoke ran. Where they changed, the next Tick plans every contact again, batch by batch; where
// not, it only reads.
func (s *Store) Follow(ctx context.Context, rules, heat string) error {
	var rulesBefore, heatBefore, due string
	err := s.read(ctx, "look at the rules", func(t *tx) error {
		return t.one("SELECT coalesce(max(rules), ''), coalesce(max(heat), ''), coalesce(max(due), '') FROM standing", nil, &rulesBefore, &heatBefore, &due)
	})
	if err != nil || rulesBefore == rules && heatBefore == heat {
		return err
	}
	if heatBefore != heat || due == dueHeat { // an earlier walk may not have come to its end
		due = dueHeat
	} else {
		due = duePlans
	}
	return s.write(ctx, "apply the new rules", func(t *tx) error {
		if _, err := t.exec("DELETE FROM standing"); err != nil {
			return err
		}
		_, err := t.exec("INSERT INTO standing (rules, heat, due, walked) VALUES (?, ?, ?, 0)", rules, heat, due)
		return err
	})
}

// walk brings the next batch of contacts under the new rules and gives how many of them they moved.
func (s *Store) walk(ctx context.Context) (moved int, err error) {
	err = s.write(ctx, "apply the new rules", func(t *tx) error {
		var due string
		var walked int64
		if err := t.one("SELECT coalesce(max(due), ''), coalesce(max(walked), 0) FROM standing", nil, &due, &walked); err != nil || due == "" {
			return err // another process was faster
		}
		batch, err := t.contacts("WHERE id > ? ORDER BY id LIMIT ?", walked, tickBatch)
		if err != nil {
			return err
		}
		for i := range batch {
			did, err := t.under(&batch[i], due == dueHeat)
			if err != nil {
				return err
			}
			if did {
				moved++
			}
			walked = batch[i].ID
		}
		if len(batch) < tickBatch {
			due = ""
		}
		_, err = t.exec("UPDATE standing SET due = ?, walked = ?", due, walked)
		return err
	})
	return moved, err
}

// under brings one contact under the present rules and reports whether they change anything.
func (t *tx) under(c *stored, heat bool) (bool, error) {
	if heat {
		was := c.FollowUp
		d, err := t.open(c)
		if err != nil {
			return false, err
		}
		d.Contact.FollowUp = t.rules.Settle(d, t.now)
		if f := t.rules.Replan(d, t.now); f != was {
			return true, t.keep(c, f)
		}
	} else if t.rules.Replan(model.Dossier{Contact: c.Contact}, t.now) != c.FollowUp {
		d, err := t.open(c)
		if err != nil {
			return false, err
		}
		return true, t.keep(c, t.rules.Replan(d, t.now))
	}
	place, changes := c.place, c.changes
	t.stand(c)
	moved := elsewhere(place, c.place)
	if !moved && changes == c.changes {
		return false, nil
	}
	return moved, t.update(updatePlace, c.standing(), c.ID)
}
