package model

import "time"

// Planned knows what is planned for others; a store does, within the transaction that decides.
type Planned interface {
	// Nurtures counts the nurture touches of other contacts on the rep's day that begins at a moment, up to a number that is
	// enough to know.
	Nurtures(day time.Time, besides int64, enough int) int
	// LastNurture is when the last of all becomes ready; zero where there is none.
	LastNurture() time.Time
	// Openers counts the contacts whose first step of a sequence becomes ready on that day, up to a number that is enough.
	Openers(day time.Time, enough int) int
}
