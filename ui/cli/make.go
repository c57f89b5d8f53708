package cli

import (
	"math"

	"stoke/model"
)

// This file makes the documents of json.go out of model's values.

func personOf(c model.Contact) personJSON {
	return personJSON{ID: c.ID, Name: c.Name, Email: c.Email(), Company: c.Company}
}

func (c *command) contactOf(who model.Contact) contactJSON {
	j := contactJSON{ID: who.ID, Name: who.Name, Emails: list(who.Emails), Company: who.Company, Title: who.Title, Phone: who.Phone,
		TZ: who.TZ, Country: who.Country, Language: who.Language, Tags: list(who.Tags), Fields: who.Fields}
	if j.Fields == nil {
		j.Fields = map[string]string{}
	}
	if d := who.Deal; d != nil {
		j.Deal = &dealJSON{Title: d.Title, Value: d.Value, Stage: d.Stage, Close: c.stamp(d.Close), Closed: d.Closed}
	}
	return j
}

func (c *command) itemOf(r model.Row, rules model.Rules) itemJSON {
	now, f := c.clock(), r.Contact.FollowUp
	status := r.Place.Status(now)
	j := itemJSON{
		Contact: r.Contact.ID, Name: r.Contact.Name, Email: r.Contact.Email(), Company: r.Contact.Company,
		View: string(r.Place.View), Group: r.Temperature.String(), Temperature: r.Temperature.String(),
		Heat: points(f.Heat.Points(now, rules)), Kind: string(kindOf(r)), Why: r.Why(now), DueAt: c.stamp(r.Place.DueAt),
		Overdue: status == model.Red, Status: string(status), Step: stepOf(f.Next),
		Attempts: f.Attempts, Limit: r.Limit, Touches: r.Touches,
	}
	if r.Place.View == model.ViewQueue {
		j.Group = r.Place.Group.String()
	}
	if f.Last.Kind != "" {
		j.Last = &lastJSON{Kind: string(f.Last.Kind), Direction: string(f.Last.Direction), At: c.moment(f.Last.At), Summary: f.Last.Summary}
	}
	return j
}

// kindOf is what the contact waits for, also where its place does not depend on it.
func kindOf(r model.Row) model.TouchKind {
	f := r.Contact.FollowUp
	switch {
	case r.Place.Kind != "":
		return r.Place.Kind
	case f.Next.Kind != "":
		return f.Next.Kind
	case !f.Promise.At.IsZero():
		return model.TouchPromise
	}
	return model.TouchNext
}

func stepOf(t model.Touch) *stepJSON {
	if t.Sequence == "" {
		return nil
	}
	return &stepJSON{Sequence: t.Sequence, Number: t.Step, Of: t.Of, Channel: t.Channel}
}

// nextOf is the next touch of a contact: the promise where it comes first.
func (c *command) nextOf(f model.FollowUp) *nextJSON {
	p := f.Promise
	switch {
	case !p.At.IsZero() && (f.Next.Kind == "" || p.ReadyAt.Before(f.Next.ReadyAt)):
		return &nextJSON{Kind: string(model.TouchPromise), ReadyAt: c.stamp(p.ReadyAt), DueAt: c.stamp(p.At), Words: p.Words}
	case f.Next.Kind == "":
		return nil
	}
	return &nextJSON{Kind: string(f.Next.Kind), ReadyAt: c.stamp(f.Next.ReadyAt), DueAt: c.stamp(f.Next.DueAt),
		Step: stepOf(f.Next), Template: f.Next.Template}
}

func (c *command) interactionOf(i model.Interaction) interactionJSON {
	return interactionJSON{ID: i.ID, Kind: string(i.Kind), Direction: string(i.Direction), At: c.moment(i.At), Subject: i.Subject,
		Summary: i.Summary, MessageID: i.MessageID, Guessed: i.Guessed}
}

// draftOf is a draft with what the coach says to it; the dossier is nil where it is to nobody.
func (c *command) draftOf(d model.Draft, to *model.Dossier) draftJSON {
	hints := []hintJSON{}
	if to != nil {
		hints = hintsOf(d.Subject, d.Body, c.aims().Judge(to.Coached(d)))
	}
	return draftJSON{Subject: d.Subject, Body: d.Body, To: addresses(d.To), Cc: addresses(d.Cc), Template: d.Template,
		WhyTemplate: d.WhyTemplate, Blanks: list(d.Blanks()), InReplyTo: d.InReplyTo, Files: c.filesOf(d.Attachments), Hints: hints}
}

func (c *command) suppressionOf(s model.Suppression) suppressionJSON {
	return suppressionJSON{What: s.What, Why: s.Why, At: c.moment(s.At)}
}

func (c *command) changeOf(h model.Change) changeJSON {
	j := changeJSON{ID: h.ID, Verb: h.Verb, Says: h.Says, At: c.moment(h.At), Undone: h.Undone, Contacts: []int64{}}
	for _, s := range h.Steps {
		j.Contacts = append(j.Contacts, s.Contact)
	}
	return j
}

// addresses are bare addresses.
func addresses(all []model.Address) []string {
	bare := []string{}
	for _, a := range all {
		bare = append(bare, a.Addr)
	}
	return bare
}

// points are heat as people read it: one decimal. JSON knows no infinity.
func points(p float64) float64 {
	if math.IsNaN(p) || math.IsInf(p, 0) {
		return 0
	}
	return math.Round(p*10) / 10
}
