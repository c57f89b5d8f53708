package model

import (
	"slices"
	"time"

	"stoke/model/template"
)

// lacks is what a template may speak of (template.Needs) and what never happened with a contact. What a mail takes up, a
// talk, an event, a download, is gone by after Rules.QuietDays: nobody is thanked today for the talk of last spring.
func (b Rulebook) lacks(d Dossier, now time.Time) map[string]bool {
	f := d.Contact.FollowUp
	fresh := now.AddDate(0, 0, -b.Rules.QuietDays)
	did := func(i Interaction, ok bool) bool { return ok && i.At.After(fresh) }
	has := map[string]bool{
		"mailed":   happens(d.newest(Interaction.wrote)),
		"exchange": happens(d.newest(Interaction.exchanged)),
		"quiet":    b.quiet(f, now),
		"deal":     d.Contact.Deal.Open() || happens(d.newest(proposed)),
		"talk":     did(d.newest(Interaction.talked)) || f.MeetsAt.After(fresh) && f.MeetsAt.Before(now),
		"event":    did(d.newest(Interaction.attended)),
		"download": did(d.newest(func(i Interaction) bool { return i.Kind == Download })),
		"proposal": happens(d.newest(proposed)),
		"inquiry":  happens(d.newest(func(i Interaction) bool { return i.Kind.IsInquiry() })),
		"purchase": happens(d.newest(func(i Interaction) bool { return i.Kind == Purchase })),
	}
	came, _ := d.newest(Interaction.attended)
	has["met"] = has["event"] && came.Kind == Met
	if last := f.Last.Kind; last == NotNow || last == Referral {
		has["not-now"], has["referral"] = last == NotNow, last == Referral
	}
	lacks := map[string]bool{}
	for _, need := range template.Needs() {
		lacks[need] = !has[need]
	}
	return lacks
}

// due tells whether the day of a promise has come.
func (p Promise) due(now time.Time) bool { return !p.At.IsZero() && !now.Before(p.ReadyAt) }

func happens(_ Interaction, ok bool) bool { return ok }

// quiet tells whether nothing has happened with a contact for Rules.QuietDays, counted by days.
func (b Rulebook) quiet(f FollowUp, now time.Time) bool {
	return f.Last.Kind != "" && !b.Calendar.StartOfDay(now).Before(b.Calendar.StartOfDay(f.Last.At.In(b.Calendar.Zone()).AddDate(0, 0, b.Rules.QuietDays)))
}

// exchanged tells whether contact and rep exchanged words: the contact wrote, asked or spoke.
func (i Interaction) exchanged() bool {
	return i.talked() || i.heard() || i.Kind.IsInquiry() || i.Kind == Booked || i.Kind == Text && i.Direction == In
}

// talked tells whether contact and rep spoke with each other.
func (i Interaction) talked() bool { return slices.Contains([]Kind{Call, Meeting, Met}, i.Kind) }

func proposed(i Interaction) bool { return i.Kind == Proposal }

// attended tells whether the contact came to an event, or met the rep in person.
func (i Interaction) attended() bool { return i.Kind == EventSeen || i.Kind == Met }
