package model

import (
	"fmt"
	"strings"
	"time"

	"stoke/model/template"
	"stoke/model/text"
)

// Draft is a mail that the rep has not approved yet.
type Draft struct {
	Contact     int64
	Account     string
	To, Cc      []Address
	Subject     string
	Body        string
	Template    string // its name; "" for one written from scratch
	WhyTemplate string // why this one was chosen
	InReplyTo   string
	References  []string
	BasedOn     int64 // the newest answer that was known when it was made
	Sequence    string
	Step        int
	Edited      bool      // by hand: no template change reaches it any more
	Saved       time.Time // zero: never saved
	Attachments []Attachment
	Quote       bool // the mail that is answered goes along below the text
	Basis       Basis
}

// Blanks are the tags without a value that are still to be seen in the draft, in reading order.
func (d Draft) Blanks() []string {
	return append(template.Blanks(d.Subject), template.Blanks(d.Body)...)
}

// Compose makes the draft for a contact's next mail from the template that fits, or from the one that is named. It
// stays in the thread: it answers the newest mail of the conversation, under the true first subject.
func (b Rulebook) Compose(d Dossier, name string, now time.Time) (Draft, error) {
	t, why, err := b.choose(d, name, now)
	if err != nil {
		return Draft{}, err
	}
	filled, err := t.Fill(b.vars(d, now))
	if err != nil {
		return Draft{}, Errorf(Invalid, "The template %s cannot be filled: %w", t.Name, err)
	}
	f := d.Contact.FollowUp
	draft := Draft{
		Contact: d.Contact.ID, Account: b.accountFor(d), Subject: strings.TrimSpace(filled.Subject), Body: filled.Body,
		Template: t.Key(), WhyTemplate: why, BasedOn: f.AnswerID, Basis: basisOf(d.Contact, t),
	}
	if f.Next.Kind == TouchStep {
		draft.Sequence, draft.Step = f.Next.Sequence, b.stepOf(d.Contact, f, now)
	}
	if to := d.Contact.Email(); to != "" {
		draft.To = []Address{{Name: d.Contact.Name, Addr: to}}
	}
	d.thread(&draft)
	return draft, nil
}

func (b Rulebook) choose(d Dossier, name string, now time.Time) (template.Template, string, error) {
	if name != "" {
		t, ok := b.Templates.Find(name)
		if !ok {
			return t, "", Errorf(NotFound, "There is no template %q. `stoke templates list` shows them.", name)
		}
		return t, "you chose it", nil
	}
	f, want, instead := d.Contact.FollowUp, b.want(d, now), ""
	if f.Next.Template != "" {
		// A call's script is no mail.
		t, ok := b.Templates.Find(f.Next.Template)
		switch {
		case !ok || t.Channel != "mail":
		case want.Lacks[t.Needs]:
			instead = fmt.Sprintf("; step %d of %s names another: %s", f.Next.Step, f.Next.Sequence, t.Untrue())
		default:
			if t.Variant == "" || !strings.EqualFold(f.Next.Template, t.Key()) { // a step may name one wording
				t = b.Templates.VariantFor(t, d.Contact.ID)
			}
			return t, fmt.Sprintf("it is named by step %d of %s", f.Next.Step, f.Next.Sequence) + b.Templates.VariantSays(t), nil
		}
	}
	if f.Next.Kind == TouchReply && f.Last.Kind == NotNow {
		if t, ok := b.Templates.Find("Not now"); ok {
			t = b.Templates.VariantFor(t, d.Contact.ID)
			return t, "they said not now" + b.Templates.VariantSays(t), nil
		}
	}
	t, why, ok := b.Templates.Choose(want)
	if !ok {
		return template.Template{Name: ""}, "no template fits", nil
	}
	return t, why + instead, nil
}

// want is what the contact's next mail has to be.
func (b Rulebook) want(d Dossier, now time.Time) template.Want {
	f := d.Contact.FollowUp
	temperature, _ := f.Temperature(d.Contact.Deal.Open(), now, b.Rules)
	kind, step := b.kindOf(d, now)
	return template.Want{
		Kind: kind, Step: step, Temperature: temperature.String(), Channel: "mail", Language: d.Contact.Language,
		Last:    f.closing(b.Rules.AttemptLimit(f.Warmest)),
		Contact: d.Contact.ID,
		Lacks:   b.lacks(d, now),
	}
}

// kindOf names the kind of follow-up (DOMAIN.md, "Kinds of follow-up") and the step that a contact's next mail is.
func (b Rulebook) kindOf(d Dossier, now time.Time) (kind string, step int) {
	f := d.Contact.FollowUp
	if !f.Live(now) && f.Retired.Reason == ReasonWrongPerson {
		return "referral", 1
	}
	switch f.Next.Kind {
	case TouchInquiry:
		return "inquiry", 1
	case TouchReply:
		return "reply", 1
	case TouchAlive:
		return "deal", 3
	case TouchNurture:
		return "nurture", 1
	case TouchStep, TouchFirst:
		if s, ok := b.Sequences.Find(f.Next.Sequence); ok {
			return s.Kind, b.stepOf(d.Contact, f, now)
		}
	}
	switch {
	case f.Promise.due(now):
		return "promise", 1
	case f.Last.Kind == NotNow:
		return "re-engagement", 1
	case f.Last.Kind == Referral:
		return "opener", 1
	case f.Attempts > 0:
		return "sales", f.Attempts + 1
	case !b.quiet(f, now) && f.Last.Kind == Mail && f.Last.Direction == In:
		return "reply", 1
	case !b.quiet(f, now) && (Interaction{Kind: f.Last.Kind}).talked():
		return "sales", 1
	case d.Contact.Deal.Open():
		return "deal", 1
	case f.Last.Kind == "":
		return "opener", 1
	case b.quiet(f, now):
		return "re-engagement", 1
	}
	return "sales", 1
}

// thread puts a draft into the conversation: In-Reply-To names the newest mail, References the whole chain, and the
// subject is that of its first mail (RFC 5322 section 3.6.4). Without a mail the draft starts a conversation under its
// template's subject.
func (d Dossier) thread(draft *Draft) {
	last, ok := d.newest(func(i Interaction) bool { return i.Kind.mailed() && i.MessageID != "" })
	if !ok {
		return
	}
	byID := map[string]Interaction{}
	for _, i := range d.Interactions {
		if i.MessageID != "" {
			byID[i.MessageID] = i
		}
	}
	var chain []string
	seen := map[string]bool{}
	for at := last; ; {
		if seen[at.MessageID] {
			break
		}
		seen[at.MessageID] = true
		chain = append([]string{at.MessageID}, chain...)
		parent, ok := byID[at.InReplyTo]
		if !ok {
			if at.InReplyTo != "" && !seen[at.InReplyTo] {
				chain = append([]string{at.InReplyTo}, chain...)
			}
			if bare := template.Line(bareSubject(at.Subject)); bare != "" {
				draft.Subject = "Re: " + bare
			}
			break
		}
		at = parent
	}
	const most = 20 // References beyond it lose their middle, as RFC 5322 readers expect first and last
	if len(chain) > most {
		chain = append(chain[:1:1], chain[len(chain)-most+1:]...)
	}
	draft.InReplyTo, draft.References = last.MessageID, chain
}

// mailed tells whether an interaction of this kind came or went as mail, and so can be answered in its thread.
func (k Kind) mailed() bool {
	switch k {
	case Mail, NotNow, Refusal, Inquiry, Demo, Pricing:
		return true
	}
	return false
}

// bareSubject is a subject without the marks of answers.
func bareSubject(s string) string {
	bare, _ := text.BareSubject(s)
	return bare
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// sayDay names a past day as a mail would: "today", "yesterday", "on Tuesday", "on 4 November".
func sayDay(t, now time.Time) string {
	t = t.In(now.Location())
	from := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	to := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	switch days := int(to.Sub(from).Hours() / 24); {
	case days <= 0:
		return "today"
	case days == 1:
		return "yesterday"
	case days < 7:
		return "on " + t.Weekday().String()
	case days < 300:
		return "on " + t.Format("2 January")
	}
	return "in " + t.Format("January 2006")
}
