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
	Suppressed    []string // addresses that it suppressed, or found suppressed
	Why           string   `json:",omitempty"` // they were
	DealBefore    *Deal    // when it changed the deal
	DealAfter     *Deal    `json:",omitempty"`
	Facts         []Fact   `json:",omitempty"` // that it kept on the contact
	// Was and Is are who the contact was and is, when a change was about that; without their state.
	Was, Is *Contact `json:",omitempty"`
}

// TakenBack is the contact without what a change did to it: every part that still is as the change left it becomes as it was
// before; what has changed since is kept, and kept tells that there was such a part. since are the contact's later changes
// that stand, oldest first. What they found, and left as they found it, is corrected in place to what they would have found
// without this one, so that taking them back afterwards, in any order, leads to the state before them all. The interactions
// and suppressions of the change are the caller's to take away.
func (s ChangeStep) TakenBack(c Contact, since []ChangeStep) (_ Contact, kept bool) {
	was, is := s.found(c), s.left(s.found(c))
	for n := range since {
		later := &since[n]
		found := later.found(is)
		left := later.left(found)
		without, _ := back(found, was, is)
		after, changed := back(left, without, found)
		kept = kept || changed
		later.insist(&after.FollowUp)
		later.rewrite(without, after)
		was, is = after, left
	}
	out, changed := back(c, was, is)
	return out, kept || changed
}

// found is a contact as the change found it, in the parts that it speaks of; left, as it left it.
func (s ChangeStep) found(c Contact) Contact {
	for _, f := range s.Facts {
		c = c.Knowing(f.Name, f.Before)
	}
	return s.told(c, s.Before, s.Was, s.DealBefore)
}

func (s ChangeStep) left(c Contact) Contact {
	for _, f := range s.Facts {
		c = c.Knowing(f.Name, f.After)
	}
	return s.told(c, s.After, s.Is, s.DealAfter)
}

func (s ChangeStep) told(c Contact, f FollowUp, who *Contact, deal *Deal) Contact {
	if who != nil {
		id, created := c.ID, c.Created
		c = *who
		c.ID, c.Created = id, created
	}
	if s.Dealt() {
		c.Deal = deal
	}
	c.FollowUp = f.normal()
	return c
}

// Dealt tells whether the change altered the deal.
func (s ChangeStep) Dealt() bool { return s.DealBefore != nil || s.DealAfter != nil }

// rewrite stores what the change found and left.
func (s *ChangeStep) rewrite(found, left Contact) {
	s.Before, s.After = found.FollowUp, left.FollowUp
	if s.Dealt() {
		s.DealBefore, s.DealAfter = found.Deal, left.Deal
	}
	s.Facts = slices.Clone(s.Facts)
	for n := range s.Facts {
		f := &s.Facts[n]
		f.Before, f.After = found.Fact(f.Name), left.Fact(f.Name)
	}
	if s.Was != nil && s.Is != nil {
		s.Was, s.Is = found.Identified(), left.Identified()
	}
}

// Identified is who a contact is, without the state of the follow-up.
func (c Contact) Identified() *Contact {
	c.FollowUp = FollowUp{}
	return &c
}

// Follow makes what happened to a contact by itself, when another change was taken back, a part of this one, the newest
// that stands, so that taking it back leads to what it found.
func (s *ChangeStep) Follow(was, is FollowUp) {
	s.After, _ = ChangeStep{Before: is, After: was}.Undone(s.After)
}

// insist keeps what a change demands that was so already: it was about somebody who is sorted, or who asked not to be
// written to; a retirement or a promise ended whatever was planned.
func (s ChangeStep) insist(f *FollowUp) {
	a, b := s.After.normal(), s.Before.normal()
	if a.Retired != b.Retired && !a.Retired.At.IsZero() {
		f.Next, f.Enrolment, f.Promise, f.Snooze, f.Unread, f.MeetsAt = a.Next, a.Enrolment, a.Promise, a.Snooze, a.Unread, a.MeetsAt
	}
	if a.Promise != b.Promise && !a.Promise.At.IsZero() && a.Next.Kind == "" {
		f.Next, f.Enrolment, f.Snooze = a.Next, a.Enrolment, a.Snooze
	}
	if a.Sorted && (len(s.Added) > 0 || a.Next != b.Next || a.Promise != b.Promise || a.Snooze != b.Snooze || a.Retired != b.Retired || a.Enrolment != b.Enrolment) {
		f.Sorted = true
	}
	if a.OptedOut && (a.Retired != b.Retired && a.Retired.Reason == ReasonOptOut || a.Last != b.Last && a.Last.Kind == OptOut) {
		f.OptedOut = true
	}
}

// back is a contact whose parts become as they were where they still are as they are said to be; kept tells of others.
func back(c, was, is Contact) (_ Contact, kept bool) {
	backTo(&c.Name, was.Name, is.Name, &kept)
	backTo(&c.Company, was.Company, is.Company, &kept)
	backTo(&c.Title, was.Title, is.Title, &kept)
	backTo(&c.Phone, was.Phone, is.Phone, &kept)
	backTo(&c.TZ, was.TZ, is.TZ, &kept)
	backTo(&c.Country, was.Country, is.Country, &kept)
	backTo(&c.Language, was.Language, is.Language, &kept)
	backBy(&c.Emails, was.Emails, is.Emails, &kept, slices.Equal)
	backBy(&c.Tags, was.Tags, is.Tags, &kept, slices.Equal)
	backBy(&c.Deal, was.Deal, is.Deal, &kept, (*Deal).Same)
	if maps.Equal(c.Fields, is.Fields) {
		backBy(&c.Fields, was.Fields, is.Fields, &kept, maps.Equal)
	} else {
		for _, name := range slices.Sorted(maps.Keys(union(was.Fields, is.Fields))) {
			value := c.Fields[name]
			backTo(&value, was.Fields[name], is.Fields[name], &kept)
			if value != c.Fields[name] {
				c = c.Knowing("fields."+name, value)
			}
		}
	}
	f, changed := ChangeStep{Before: was.FollowUp, After: is.FollowUp}.Undone(c.FollowUp)
	c.FollowUp = f
	return c, kept || changed
}

func union(a, b map[string]string) map[string]string {
	all := maps.Clone(a)
	if all == nil {
		return b
	}
	maps.Copy(all, b)
	return all
}

// Undone is the inverse change of the state: every part that still is as the verb left it becomes as it was before; what
// has changed since is kept, and kept tells that there was such a part.
func (s ChangeStep) Undone(current FollowUp) (f FollowUp, kept bool) {
	b, a, c := s.Before.normal(), s.After.normal(), current.normal()
	f = c
	backTo(&f.Sorted, b.Sorted, a.Sorted, &kept)
	backTo(&f.Pin, b.Pin, a.Pin, &kept)
	backTo(&f.WarmUntil, b.WarmUntil, a.WarmUntil, &kept)
	f.Next = c.Next.without(b.Next, a.Next, &kept)
	backTo(&f.Promise, b.Promise, a.Promise, &kept)
	backTo(&f.Snooze, b.Snooze, a.Snooze, &kept)
	backTo(&f.Retired, b.Retired, a.Retired, &kept)
	f.Enrolment = c.Enrolment.without(b.Enrolment, a.Enrolment, &kept)
	backTo(&f.Warmest, b.Warmest, a.Warmest, &kept)
	backTo(&f.OptedOut, b.OptedOut, a.OptedOut, &kept)
	backTo(&f.Unread, b.Unread, a.Unread, &kept)
	backTo(&f.Asks, b.Asks, a.Asks, &kept)
	backTo(&f.Spacing, b.Spacing, a.Spacing, &kept)
	backTo(&f.MeetsAt, b.MeetsAt, a.MeetsAt, &kept)
	return f, kept
}

// without is a next touch without the change from before to after. One that was only moved since becomes what it was before,
// at the time to which it was moved; who waits for an answer goes on waiting by its own clock.
func (t Touch) without(before, after Touch, kept *bool) Touch {
	moved := t.unmoved() == after.unmoved() && t != after && before != after && !t.ReadyAt.IsZero()
	backTo(&t, before, after, kept)
	switch {
	case !moved:
		return t
	case before.Kind == "", before.Kind == TouchInquiry, before.Kind == TouchReply:
		return before
	}
	at := t
	t = before
	if at.GoesAt.IsZero() && !after.GoesAt.IsZero() {
		t.GoesAt = time.Time{} // held since
	}
	if at.ReadyAt.Equal(after.ReadyAt) || at.ReadyAt.After(after.ReadyAt) && before.ReadyAt.After(at.ReadyAt) && before.unmoved() != after.unmoved() {
		return t // it was not put off, or lay beyond that anyway
	}
	t.ReadyAt, t.AmberAt, t.DueAt = at.ReadyAt, at.AmberAt, at.DueAt
	return t
}

// unmoved is what a touch is about, whenever it is due.
func (t Touch) unmoved() Touch {
	t.ReadyAt, t.AmberAt, t.DueAt, t.GoesAt = time.Time{}, time.Time{}, time.Time{}, time.Time{}
	return t
}

// without is an enrolment without the change from before to after: one that the change began ends, however far it came.
func (e Enrolment) without(before, after Enrolment, kept *bool) Enrolment {
	begun := func(a, b Enrolment) bool { return a.Sequence != b.Sequence || !a.Since.Equal(b.Since) }
	if after.Sequence != "" && begun(before, after) && !begun(e, after) && e != after {
		*kept = true
		return before
	}
	backTo(&e, before, after, kept)
	return e
}

// backTo undoes one part where nothing came between.
func backTo[T comparable](current *T, before, after T, kept *bool) {
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
