package model

import "time"

// Morning is the list "going today": the mails that leave by themselves before the day is over, in the order in which
// they go (DOMAIN.md, "Who sends?").
type Morning struct {
	Going []Row
	First bool // nobody has seen the list of this day yet
}

// EndOfToday is until when a mail goes "today".
func EndOfToday(now time.Time) time.Time {
	return time.Date(now.Year(), now.Month(), now.Day()+1, 0, 0, 0, 0, now.Location())
}

// HeldByHand is what a row says of a mail that the rep held.
const HeldByHand = "you held the mail that would go by itself: it waits for your key"
