package store

import (
	"context"
	"io"

	"stoke/model"
	"stoke/store/exchange"
)

// ImportCSV takes the contacts out of a CSV file, and suppresses who opted out.
func (s *Store) ImportCSV(ctx context.Context, file io.Reader, dry bool) (model.Imported, error) {
	preview, err := exchange.ReadCSV(file)
	if err != nil {
		return model.Imported{}, err
	}
	rows, err := s.Import(ctx, preview.Contacts, dry)
	if err != nil {
		return model.Imported{}, err
	}
	all := model.Imported{Rows: preview.Rows, Duplicates: preview.Duplicates, Skipped: preview.Skipped}
	barred := map[int64]bool{}
	for i, row := range rows {
		contact := preview.Contacts[i]
		contact.ID = row.Contact
		if row.Barred && row.Fate != Skipped {
			barred[row.Contact] = true
		}
		switch row.Fate {
		case New:
			all.New++
			all.Contacts = append(all.Contacts, contact)
		case Updated:
			all.Updated++
			all.Contacts = append(all.Contacts, contact)
		case Duplicate:
			all.Duplicates++
		case Skipped:
			all.Skipped = append(all.Skipped, model.SkippedRow{Row: preview.RowOf[i], Reason: row.Reason})
		}
	}
	all.Barred = len(barred)
	if dry {
		return all, nil
	}
	for _, address := range preview.OptedOut {
		if _, err := s.Suppress(ctx, address, "opted out, says the imported file"); err != nil && model.CodeOf(err) != model.Conflict {
			return all, err
		}
	}
	return all, nil
}
