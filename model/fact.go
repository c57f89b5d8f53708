package model

import (
	"maps"
	"slices"
	"strings"
	"time"

	"stoke/model/template"
)

// Fact is one thing that is known of a contact: "company", or "fields.budget" for a free field.
type Fact struct{ Name, Before, After string }

// Fact gives what is known under a name, or "".
func (c Contact) Fact(name string) string {
	switch name {
	case "name":
		return c.Name
	case "company":
		return c.Company
	case "title":
		return c.Title
	case "phone":
		return c.Phone
	}
	if field, ok := strings.CutPrefix(name, "fields."); ok {
		return c.Fields[field]
	}
	return ""
}

// Knowing is the contact with one more fact; "" forgets it.
func (c Contact) Knowing(name, value string) Contact {
	switch name {
	case "name":
		c.Name = value
	case "company":
		c.Company = value
	case "title":
		c.Title = value
	case "phone":
		c.Phone = value
	}
	if field, ok := strings.CutPrefix(name, "fields."); ok {
		if c.Fields = maps.Clone(c.Fields); c.Fields == nil {
			c.Fields = map[string]string{}
		}
		if c.Fields[field] = value; value == "" {
			delete(c.Fields, field)
		}
	}
	return c
}

// onlyOnce is the blank for the answer to one mail, which no other mail may repeat, whatever the contact's fields hold.
const onlyOnce = "answer"

// factOf is where the value of a blank can be kept. What belongs to one mail only has no such place: what is said of the
// last interaction, and ask.answer.
func factOf(blank string, c Contact) (name string, ok bool) {
	group, rest, parted := strings.Cut(blank, ".")
	switch {
	case blank == "ask."+onlyOnce:
		return "", false
	case parted && (group == "ask" || group == "fields"):
		return "fields." + rest, true
	case parted:
		return "", false
	case blank == "company", blank == "title", blank == "phone":
		return blank, true
	case blank == "name", blank == "first_name":
		return "name", c.Name == ""
	case slices.Contains(template.Values(), blank):
		return "", false
	}
	return "fields." + blank, true
}

// Filled is what the rep wrote into the blanks of a draft and what could be kept on the contact, by the name of the fact,
// so that no draft asks for it again. It is empty where the text around the blanks was rewritten.
func (b Rulebook) Filled(d Dossier, draft Draft, now time.Time) map[string]string {
	if draft.Template == "" {
		return nil
	}
	made, err := b.Compose(d, draft.Template, now)
	if err != nil || len(made.Blanks()) == 0 {
		return nil
	}
	kept := map[string]string{}
	for _, texts := range [][2]string{{made.Subject, draft.Subject}, {made.Body, draft.Body}} {
		for blank, value := range template.Answers(texts[0], texts[1]) {
			if name, ok := factOf(blank, d.Contact); ok && d.Contact.Fact(name) == "" {
				kept[name] = value
			}
		}
	}
	if len(kept) == 0 {
		return nil
	}
	return kept
}

// Remember keeps facts on a contact.
type Remember struct{ Facts map[string]string }

// Name implements Verb.
func (Remember) Name() string { return "remember" }

// Decide implements Verb.
func (v Remember) Decide(b Rulebook, d Dossier, now time.Time) (Outcome, error) {
	var facts []Fact
	var said []string
	for _, name := range slices.Sorted(maps.Keys(v.Facts)) {
		value := strings.TrimSpace(v.Facts[name])
		before := d.Contact.Fact(name)
		if value == "" || value == before || d.Contact.Knowing(name, value).Fact(name) != value {
			continue
		}
		facts = append(facts, Fact{name, before, value})
		said = append(said, strings.ReplaceAll(strings.TrimPrefix(name, "fields."), "_", " "))
	}
	if len(facts) == 0 {
		return Outcome{}, Errorf(Invalid, "There is nothing new to keep for %s.", d.Contact.Called())
	}
	return Outcome{FollowUp: d.Contact.FollowUp, Facts: facts, Says: "Kept for " + d.Contact.Called() + ": " + strings.Join(said, ", ")}, nil
}
