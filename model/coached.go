package model

import (
	"slices"
	"strings"

	"stoke/model/coach"
)

// Coached is a draft to a contact as the coach reads it, with what is known of the two: whether they ever spoke, and the
// words of the last thread, call, note, event and purchase.
func (d Dossier) Coached(draft Draft) coach.Draft {
	f := d.Contact.FollowUp
	c := coach.Draft{
		Subject: draft.Subject, Body: draft.Body, Opener: true, Thread: draft.InReplyTo != "", Language: d.Contact.Language,
		Answers: f.Next.Kind == TouchReply || f.Next.Kind == TouchInquiry, Company: d.Contact.Company, Attachments: len(draft.Attachments),
	}
	c.Name, c.Address = d.greeted(draft)
	seen := map[string]bool{}
	for n := len(d.Interactions) - 1; n >= 0; n-- {
		i := d.Interactions[n]
		if i.Kind == Bounce || i.Kind == AutoReply {
			continue
		}
		c.Opener = c.Opener && i.Kind == Note
		if topic := string(i.Kind) + string(i.Direction); !seen[topic] { // the newest of its kind
			seen[topic] = true
			c.Last = append(c.Last, filledIn(i.Text, i.Subject, i.Summary)...)
		}
	}
	if d.Contact.Deal != nil {
		c.Last = append(c.Last, filledIn(d.Contact.Deal.Title)...)
	}
	return c
}

// greeted is whom a draft may greet: the contact, and whoever else it goes to.
func (d Dossier) greeted(draft Draft) (names, address string) {
	var all []string
	theirs := len(draft.To) == 0
	for _, a := range draft.To {
		switch {
		case slices.Contains(d.Contact.Emails, a.Addr):
			theirs = true
		case a.Name == "" && address == "":
			address = a.Addr
		case a.Name != "":
			all = append(all, a.Name)
		}
	}
	switch {
	case theirs && d.Contact.Name != "":
		all = append([]string{d.Contact.Name}, all...)
	case theirs && address == "":
		address = d.Contact.Email()
	}
	return strings.Join(all, ", "), address
}

func filledIn(values ...string) []string {
	return slices.DeleteFunc(values, func(s string) bool { return s == "" })
}
