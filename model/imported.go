package model

// Imported is what the import of a file did, or would do. Rows = New + Updated + Duplicates + len(Skipped).
type Imported struct {
	Rows, New, Updated, Duplicates int
	Barred                         int // of the contacts: their address must not be mailed
	Skipped                        []SkippedRow
	Contacts                       []Contact // new and updated ones, in the order of the file
}

// SkippedRow is a row that gave no contact, and why. Row counts as a spreadsheet does: the first line of the file is row 1.
type SkippedRow struct {
	Row    int
	Reason string
}
