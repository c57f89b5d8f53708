package model

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"stoke/model/template"
)

// Basis is what a draft was made from, so that it can be said what has changed since.
type Basis struct {
	Template                    string // of its text; "" where there was none
	Name, Email, Company, Title string
}

func basisOf(c Contact, t template.Template) Basis {
	b := Basis{Name: c.Name, Email: c.Email(), Company: c.Company, Title: c.Title}
	if t.Name != "" {
		sum := sha256.Sum256([]byte(t.Subject + "\x00" + t.Body))
		b.Template = hex.EncodeToString(sum[:8])
	}
	return b
}

// Outdated says in a sentence each what has changed since the kept draft was made: its template, and of the contact what
// stands in the text. Nothing is changed by it: the text is the rep's.
func (b Rulebook) Outdated(d Dossier) []string {
	if d.Draft == nil || d.Draft.Basis == (Basis{}) {
		return nil
	}
	var all []string
	draft, was, now := *d.Draft, d.Draft.Basis, basisOf(d.Contact, template.Template{})
	if draft.Template != "" && was.Template != "" {
		switch t, ok := b.Templates.Find(draft.Template); {
		case !ok:
			all = append(all, "The template "+draft.Template+" is gone; your text stays as it is.")
		case basisOf(d.Contact, t).Template != was.Template:
			all = append(all, "The template "+draft.Template+" was changed after this draft was made; ctrl+t fills it anew.")
		}
	}
	goesTo := func(addr string) bool {
		return slices.ContainsFunc(draft.To, func(a Address) bool { return strings.EqualFold(a.Addr, addr) })
	}
	if was.Email != now.Email && was.Email != "" && now.Email != "" && goesTo(was.Email) && !goesTo(now.Email) {
		all = append(all, d.Contact.Called()+"'s address is "+now.Email+" by now; this draft goes to "+was.Email+".")
	}
	says := func(what, was, now string) {
		if was != now && was != "" && now != "" && (strings.Contains(draft.Body, was) || strings.Contains(draft.Subject, was)) {
			all = append(all, "Their "+what+" is "+now+" by now; this draft says "+was+".")
		}
	}
	says("name", Contact{Name: was.Name}.FirstName(), d.Contact.FirstName())
	says("company", was.Company, now.Company)
	says("title", was.Title, now.Title)
	return all
}
