package compose

import (
	"net/mail"
	"strings"

	"stoke/model"
)

// Draft is the draft as it stands. Where an address cannot be read the error
// says which field to mend.
func (p *Pane) Draft() (model.Draft, error) {
	d := p.draft
	var err error
	if d.To, err = p.people(to, p.draft.To); err != nil {
		return p.asTyped(), err
	}
	if d.Cc, err = p.people(cc, p.draft.Cc); err != nil {
		return p.asTyped(), err
	}
	d.Subject, d.Body = p.fields[subject].Text(), p.fields[body].Text()
	d.Edited = p.edited()
	return d, nil
}

// asTyped is the draft with the addresses it had before.
func (p *Pane) asTyped() model.Draft {
	d := p.draft
	d.Subject, d.Body, d.Edited = p.fields[subject].Text(), p.fields[body].Text(), p.edited()
	return d
}

// edited says that the draft holds work of the rep: words, files, a quote, or
// recipients.
func (p *Pane) edited() bool {
	if p.draft.Edited || len(p.draft.Attachments) > 0 || p.draft.Quote {
		return true
	}
	for i, made := range [fieldCount]string{addresses(p.draft.To), addresses(p.draft.Cc), p.draft.Subject, p.draft.Body} {
		if p.fields[i].Text() != made {
			return true
		}
	}
	return false
}

// people reads a field of addresses; what was not changed is not read.
func (p *Pane) people(which int, before []model.Address) ([]model.Address, error) {
	typed := strings.TrimSpace(p.fields[which].Text())
	if typed == addresses(before) {
		return before, nil
	}
	if typed == "" {
		return nil, nil
	}
	list, err := mail.ParseAddressList(strings.TrimRight(typed, ", ;"))
	if err != nil {
		return nil, model.Errorf(model.Invalid, "%s holds no address: write dana@northwind.example, several with commas.", labels[which])
	}
	out := make([]model.Address, len(list))
	for i, a := range list {
		out[i] = model.Address{Name: a.Name, Addr: strings.ToLower(a.Address)}
	}
	return out, nil
}

func addresses(list []model.Address) string {
	parts := make([]string, len(list))
	for i, a := range list {
		if parts[i] = a.String(); a.Name != "" && strings.ContainsAny(a.Name, `,;<>@"()`) {
			parts[i] = (&mail.Address{Name: a.Name, Address: a.Addr}).String()
		}
	}
	return strings.Join(parts, ", ")
}
