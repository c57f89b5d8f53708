package store

import (
	"context"
	"io"

	"stoke/model"
	"stoke/store/exchange"
)

// FileImport is what the import of a file did, or would do. Rows = New + Updated + Duplicates + len(Skipped).
type FileImport struct {
	Rows, New, Updated, Duplicates int
	Skipped                        []exchange.Skipped
	Contacts                       []model.Contact // new and updated ones, in the order of the file
}

// ImportCSV takes the contacts out of a CSV file, and suppresses who opted out.
func (s *Store) ImportCSV(ctx context.Context, file io.Reader, o ImportOptions) (FileImport, error) {
	preview, err := exchange.ReadCSV(file)
	if err != nil {
		return FileImport{}, err
	}
	rows, err := s.Import(ctx, preview.Contacts, o)
	if err != nil {
		return FileImport{}, err
	}
	all := FileImport{Rows: preview.Rows, Duplicates: preview.Duplicates, Skipped: preview.Skipped}
	for i, row := range rows {
		contact := preview.Contacts[i]
		contact.ID = row.Contact
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
			all.Skipped = append(all.Skipped, exchange.Skipped{Row: preview.RowOf[i], Reason: row.Reason})
		}
	}
	if o.DryRun {
		return all, nil
	}
	for _, address := range preview.OptedOut {
		if _, err := s.Suppress(ctx, address, "opted out, says the imported file"); err != nil && model.CodeOf(err) != model.Conflict {
			return all, err
		}
	}
	return all, nil
}
