package config

import (
	"strings"

	"stoke/model"
)

// asks are the kinds that a form can start, the first where the rule names none.
var asks = []string{string(model.Inquiry), string(model.Demo), string(model.Pricing), string(model.Download)}

// leads reads the rules for the mails of web forms.
func (c *Config) leads(top *section) {
	for _, s := range top.subs("lead", "[[lead]]") {
		r, kind := model.LeadRule{}, asks[0]
		var from string
		switch {
		case !s.text("from", &from):
			if _, set := s.keys["from"]; !set {
				s.wrong("", "this lead rule has no sender. Add from = \"forms@company.example\", or \"@company.example\" for all of a domain.")
			}
		case strings.HasPrefix(from, "@") && strings.Contains(from, ".") && !strings.ContainsAny(from[1:], "@ "):
			r.From = strings.ToLower(from)
		default:
			r.From = s.mailbox("from", from)
		}
		if s.text("subject", &r.Subject); strings.HasPrefix(r.From, "@") && r.Subject == "" {
			s.wrong("from", "a lead rule for all of %s needs a subject, or every mail from there would be a form. Add subject = \"words of it\".", r.From)
		}
		s.choice("kind", &kind, asks...)
		r.Kind = model.Kind(kind)
		for key, to := range map[string]*string{"name": &r.Labels.Name, "email": &r.Labels.Email, "company": &r.Labels.Company, "phone": &r.Labels.Phone, "message": &r.Labels.Message} {
			s.text(key, to)
		}
		s.rest()
		if r.From != "" {
			c.Leads = append(c.Leads, r)
		}
	}
}
