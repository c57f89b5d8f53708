package store

import (
	"context"
	"slices"

	"stoke/model"
)

// addBatch bounds the time for which adding many keeps other writers waiting.
const addBatch = 500

// AddDossiers stores contacts with all that happened so far, oldest first, some hundreds in a transaction, and gives their
// ids. A FollowUp is taken as given, but for what follows from the interactions: heat, attempts, the last interaction, the
// newest answer.
func (s *Store) AddDossiers(ctx context.Context, dossiers []model.Dossier) ([]int64, error) {
	ids := make([]int64, 0, len(dossiers))
	for batch := range slices.Chunk(dossiers, addBatch) {
		var added []int64
		err := s.write(ctx, "add the contacts", func(t *tx) error {
			added = added[:0]
			for _, d := range batch {
				row := stored{Contact: tidy(d.Contact)}
				if row.Created.IsZero() {
					row.Created = t.now.UTC()
				}
				if err := t.add(&row); err != nil {
					return err
				}
				if err := t.tell(&row, d.Interactions, false); err != nil {
					return err
				}
				added = append(added, row.ID)
			}
			return nil
		})
		if err != nil {
			return ids, err
		}
		ids = append(ids, added...)
	}
	return ids, nil
}

// AddInteractions stores what happened with a contact before stoke knew of it. It raises no alarm: it sets heat, attempts
// and the last interaction, and nothing else. What is known already is left out.
func (s *Store) AddInteractions(ctx context.Context, contact int64, happened []model.Interaction) error {
	return s.write(ctx, "add what happened", func(t *tx) error {
		c, err := t.contact(contact)
		if err != nil {
			return err
		}
		return t.tell(c, happened, true)
	})
}

// tell records interactions of a contact and brings what follows from them up to date. known tells that there may be
// others: without it nothing is read back.
func (t *tx) tell(c *stored, happened []model.Interaction, known bool) error {
	f := c.FollowUp
	for _, i := range happened {
		i.Contact = c.ID
		id, err := t.record(i, "")
		if err != nil {
			return err
		}
		if id != 0 && answers(i) {
			f.AnswerID = id
		}
	}
	c.FollowUp = f
	if known {
		return t.settle(c)
	}
	d := model.Dossier{Contact: c.Contact, Interactions: happened, Happened: happened}
	return t.keep(c, t.rules.Settle(d, t.now))
}
