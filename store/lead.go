package store

import (
	"cmp"

	"stoke/model"
	"stoke/model/text"
)

// lead takes in a form mail: what it tells is logged with the contact that it is about, who is added where nobody knows them.
// A form that names nobody is told of and left in the mailbox.
func (t *tx) lead(k known, rule model.LeadRule, in model.Inbound, done *model.Received) error {
	key := cmp.Or(in.LeadKey(), in.Hash)
	if k.stored[key] {
		return nil
	}
	lead, ok := rule.Read(in, k.own)
	if !ok && t.now.Sub(in.At) > t.rules.Rules.InquiryOld {
		return nil
	}
	if !ok {
		done.News = append(done.News, model.News{Says: "A form mail from " + text.Line(in.From.Addr) + " names no address of anybody: \"" + text.Summary(in.Subject, 40) + "\""})
		return nil
	}
	id, err := t.contactAt(lead.Email)
	if err != nil {
		return err
	}
	if id == 0 {
		c := stored{Contact: tidy(model.Contact{Name: lead.Name, Emails: []string{lead.Email}, Company: lead.Company, Phone: lead.Phone, Created: t.now.UTC()})}
		if err := t.add(&c); err != nil {
			return err
		}
		id, k.byAddress[lead.Email] = c.ID, c.ID
	}
	c, out, _, err := t.decide(id, key, func(d model.Dossier) (model.Outcome, error) { return t.rules.Asked(d, lead, in, t.now) })
	if err != nil {
		return err
	}
	k.stored[key] = true
	done.Matched++
	temperature, _ := c.FollowUp.Temperature(c.Deal.Open(), t.now, t.rules.Rules)
	done.News = append(done.News, model.News{Contact: id, Says: out.Says, Answered: out.Says != "", Hot: out.Says != "" && temperature == model.Hot})
	return nil
}
