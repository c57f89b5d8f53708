package store

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"slices"

	"stoke/model"
)

// Fate says what became of a row of an import.
type Fate string

// Fates of a row; each row has exactly one.
const (
	New       Fate = "new"
	Updated   Fate = "updated"   // the row brought something that was not known
	Duplicate Fate = "duplicate" // everything in it was known
	Skipped   Fate = "skipped"
)

// Imported is what became of one row.
type Imported struct {
	Contact int64
	Fate    Fate
	Reason  string // why it was skipped
	Barred  bool   // one of its addresses must not be mailed
}

// importBatch bounds the time for which an import keeps other writers waiting.
const importBatch = 2000

// errDry takes a dry run back.
var errDry = errors.New("dry run")

// Import stores contacts from a file, one outcome a row in the rows' order. A row belongs to the contact that has one of
// its addresses, else its phone number. What is blank in it never erases; new contacts arrive unsorted. An opt-out in it
// suppresses, and no row lifts a suppression. Rows are stored some thousands at a time, so a failure leaves the ones
// before it; importing again is harmless. A dry import says what would happen and stores nothing.
func (s *Store) Import(ctx context.Context, rows []model.Contact, dry bool) ([]Imported, error) {
	size := importBatch
	if dry {
		size = max(1, len(rows)) // one transaction, so that duplicates within the file are seen
	}
	all := make([]Imported, 0, len(rows))
	for batch := range slices.Chunk(rows, size) {
		var done []Imported
		err := s.write(ctx, "import the contacts", func(t *tx) error {
			done = done[:0]
			var listed bool // so that a file costs nobody a look into an empty list
			if err := t.one("SELECT EXISTS (SELECT 1 FROM suppression) OR EXISTS (SELECT 1 FROM erased)", nil, &listed); err != nil {
				return err
			}
			for _, row := range batch {
				row = tidy(row)
				one, err := t.importRow(row)
				if err != nil {
					return err
				}
				if listed = listed || row.FollowUp.OptedOut; listed {
					s, err := t.suppressed(row.Emails...)
					if err != nil {
						return err
					}
					one.Barred = s != nil
				}
				done = append(done, one)
			}
			if dry {
				return errDry
			}
			return nil
		})
		if err != nil && !errors.Is(err, errDry) {
			return all, err
		}
		all = append(all, done...)
	}
	return all, nil
}

func (t *tx) importRow(row model.Contact) (Imported, error) {
	if row.Email() == "" && row.Phone == "" {
		return Imported{Fate: Skipped, Reason: "neither an address nor a phone number"}, nil
	}
	if row.FollowUp.OptedOut {
		for _, address := range row.Emails {
			if _, err := t.suppress(model.Suppression{What: address, Why: "opted out, says the import", At: t.now}); err != nil {
				return Imported{}, err
			}
		}
	}
	id, free, err := t.owner(row)
	if err != nil {
		return Imported{}, err
	}
	row.Emails = free
	if id == 0 {
		c := stored{Contact: row}
		c.Created, c.FollowUp.Sorted = t.now.UTC(), false
		err := t.add(&c)
		return Imported{Contact: c.ID, Fate: New}, err
	}
	c, err := t.contact(id)
	if err != nil {
		return Imported{}, err
	}
	merged := merge(c.Contact, row)
	if reflect.DeepEqual(merged, c.Contact) {
		return Imported{Contact: id, Fate: Duplicate}, nil
	}
	c.Contact = merged
	if err := t.rename(c); err != nil {
		return Imported{}, err
	}
	if err := t.strike(c, merged.Deal); err != nil {
		return Imported{}, err
	}
	return Imported{Contact: id, Fate: Updated}, t.settle(c)
}

// owner is the contact that a row belongs to, or 0, with those of its addresses that belong to nobody else.
func (t *tx) owner(row model.Contact) (id int64, free []string, err error) {
	for _, address := range row.Emails {
		at, err := t.contactAt(address)
		if err != nil {
			return 0, nil, err
		}
		if id == 0 {
			id = at
		}
		if at == 0 || at == id {
			free = append(free, address)
		}
	}
	if id != 0 || row.Phone == "" || len(row.Emails) > 0 {
		return id, free, nil
	}
	err = t.one("SELECT coalesce(min(id), 0) FROM contact WHERE phone = ? AND phone <> ''", []any{row.Phone}, &id)
	return id, free, err
}

// merge adds to a contact what a row says about it.
func merge(c, row model.Contact) model.Contact {
	for _, part := range []struct{ to, from *string }{
		{&c.Name, &row.Name}, {&c.Company, &row.Company}, {&c.Title, &row.Title}, {&c.Phone, &row.Phone},
		{&c.TZ, &row.TZ}, {&c.Country, &row.Country}, {&c.Language, &row.Language},
	} {
		if *part.from != "" {
			*part.to = *part.from
		}
	}
	c.Emails = append(slices.Clone(c.Emails), row.Emails...)
	c.Tags = append(slices.Clone(c.Tags), row.Tags...)
	fields := maps.Clone(c.Fields)
	for key, value := range row.Fields {
		if value != "" {
			if fields == nil {
				fields = map[string]string{}
			}
			fields[key] = value
		}
	}
	c.Fields = fields
	if row.Deal != nil {
		c.Deal = row.Deal
	}
	return tidy(c)
}
