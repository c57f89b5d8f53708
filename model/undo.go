package model

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// Change is one entry of the history: what a verb did to its contacts.
type Change struct {
	ID     int64
	Verb   string
	Says   string
	At     time.Time
	Undone bool
	Mail   int64             // the outgoing mail, when the verb was a send; else 0
	Filled map[string]string // of a send: what the rep filled in and could be kept on the contact (Remember); not stored
	Left   []Trial           // the contacts about whom it was refused, of several; not stored
	Steps  []ChangeStep
}

// Trial is what a verb would do to a contact, or why not.
type Trial struct {
	Contact int64
	Who     string
	Outcome Outcome
	Refused error // *Error
}

// InOneLine is what a verb did to several, in one line for toast and history.
func InOneLine(done, left []Trial) string {
	says := done[0].Outcome.Says
	if n := len(done); n > 1 {
		says += fmt.Sprintf(", and %d more", n-1)
	}
	if len(left) == 0 {
		return says
	}
	says += "; left out: " + left[0].Who
	if n := len(left); n > 1 {
		says += fmt.Sprintf(" and %d more", n-1)
	}
	return says
}

// ChangeStep is one contact's state before and after a verb.
type ChangeStep struct {
	Contact       int64
	Before, After FollowUp
	Added         []int64  // interactions that the verb recorded
	Suppressed    []string // addresses that it suppressed
	DealBefore    *Deal    // when it changed the deal
	DealAfter     *Deal    `json:",omitempty"`
	Facts         []Fact   `json:",omitempty"` // that it kept on the contact
	// Was and Is are who the contact was and is, when a change was about that; without their state.
	Was, Is *Contact `json:",omitempty"`
}

// Unedited is the inverse of an edit, as Undone is that of a verb.
func (s ChangeStep) Unedited(c Contact) (_ Contact, kept bool) {
	if s.Was == nil || s.Is == nil {
		return c, false
	}
	was, is := *s.Was, *s.Is
	back(&c.Name, was.Name, is.Name, &kept)
	back(&c.Company, was.Company, is.Company, &kept)
	back(&c.Title, was.Title, is.Title, &kept)
	back(&c.Phone, was.Phone, is.Phone, &kept)
	back(&c.TZ, was.TZ, is.TZ, &kept)
	back(&c.Country, was.Country, is.Country, &kept)
	back(&c.Language, was.Language, is.Language, &kept)
	backBy(&c.Emails, was.Emails, is.Emails, &kept, slices.Equal)
	backBy(&c.Tags, was.Tags, is.Tags, &kept, slices.Equal)
	backBy(&c.Fields, was.Fields, is.Fields, &kept, maps.Equal)
	backBy(&c.Deal, was.Deal, is.Deal, &kept, (*Deal).Same)
	return c, kept
}

// Undone is the inverse change: every part of the state that still is as the verb left it becomes as it was before; what
// has changed since is kept, and kept tells that there was such a part.
func (s ChangeStep) Undone(current FollowUp) (f FollowUp, kept bool) {
	b, a, c := s.Before.normal(), s.After.normal(), current.normal()
	f = c
	back(&f.Sorted, b.Sorted, a.Sorted, &kept)
	back(&f.Pin, b.Pin, a.Pin, &kept)
	back(&f.WarmUntil, b.WarmUntil, a.WarmUntil, &kept)
	back(&f.Next, b.Next, a.Next, &kept)
	back(&f.Promise, b.Promise, a.Promise, &kept)
	back(&f.Snooze, b.Snooze, a.Snooze, &kept)
	back(&f.Retired, b.Retired, a.Retired, &kept)
	back(&f.Enrolment, b.Enrolment, a.Enrolment, &kept)
	back(&f.Warmest, b.Warmest, a.Warmest, &kept)
	back(&f.OptedOut, b.OptedOut, a.OptedOut, &kept)
	back(&f.Unread, b.Unread, a.Unread, &kept)
	back(&f.Asks, b.Asks, a.Asks, &kept)
	back(&f.Spacing, b.Spacing, a.Spacing, &kept)
	back(&f.MeetsAt, b.MeetsAt, a.MeetsAt, &kept)
	return f, kept
}

// back undoes one part where nothing came between.
func back[T comparable](current *T, before, after T, kept *bool) {
	backBy(current, before, after, kept, func(a, b T) bool { return a == b })
}

func backBy[T any](current *T, before, after T, kept *bool, same func(a, b T) bool) {
	switch {
	case same(before, after):
	case same(*current, after):
		*current = before
	default:
		*kept = true
	}
}
