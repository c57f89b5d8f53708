package store

import (
	"cmp"
	"strings"

	"stoke/model"
	"stoke/model/text"
)

// lead takes in a mail that is a form, as a rule says: what it tells is logged with the contact that it is about, who is added
// where nobody knows them. taken is false for a mail like any other. A form that names nobody is told of and left in the
// mailbox.
func (t *tx) lead(k known, in model.Inbound, done *model.Received) (taken bool, err error) {
	rule, ok := t.rules.LeadRule(in.Header)
	if !ok || k.mailOf(in.Header) != 0 || k.byAddress[strings.ToLower(in.From.Addr)] != 0 || !in.IsForm(k.own) {
		return false, nil
	}
	key := cmp.Or(in.LeadKey(), in.Hash)
	if k.stored[key] {
		return true, nil
	}
	lead, ok := rule.Read(in, k.own)
	if !ok {
		if in.Mailbox == "INBOX" && t.now.Sub(in.At) < t.rules.Rules.InquiryOld {
			done.News = append(done.News, model.News{Says: "A form mail from " + text.Line(in.From.Addr) + " names no address of anybody: \"" + text.Summary(in.Subject, 40) + "\""})
		}
		return false, nil
	}
	id, err := t.contactAt(lead.Email)
	if err != nil {
		return true, err
	}
	if id == 0 {
		if gone, err := t.erased([]string{lead.Email}); err != nil || gone != nil && in.At.Before(gone.At) {
			return true, err // what they asked before they were erased stays so
		}
		c := stored{Contact: tidy(model.Contact{Name: lead.Name, Emails: []string{lead.Email}, Company: lead.Company, Phone: lead.Phone, Created: t.now.UTC()})}
		if err := t.add(&c); err != nil {
			return true, err
		}
		id, k.byAddress[lead.Email] = c.ID, c.ID
	}
	c, out, _, err := t.decide(id, key, func(d model.Dossier) (model.Outcome, error) { return t.rules.Asked(d, lead, in, t.now) })
	if err != nil {
		return true, err
	}
	k.stored[key] = true
	done.Matched++
	temperature, _ := c.FollowUp.Temperature(c.Deal.Open(), t.now, t.rules.Rules)
	done.News = append(done.News, model.News{Contact: id, Says: out.Says, Answered: out.Says != "", Hot: out.Says != "" && temperature == model.Hot})
	return true, nil
}
