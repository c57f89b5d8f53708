package store

import (
	"context"
	"slices"

	"stoke/model"
)

// colleagues bounds a company: nobody reads more at once.
const colleagues = 200

// Company gives everybody at the company of a contact: who has the same company, whatever its case, and who has an
// address at the same domain. Without either the contact is alone in it.
func (s *Store) Company(ctx context.Context, contact int64) (company model.Company, err error) {
	err = s.read(ctx, "look up the company", func(t *tx) error {
		c, err := t.contact(contact)
		if err != nil {
			return err
		}
		name := c.Company
		var domains []string
		for _, address := range c.Emails {
			if d := model.CompanyDomain(address); d != "" && !slices.Contains(domains, d) {
				domains = append(domains, d)
			}
		}
		if name == "" && len(domains) > 0 {
			name = domains[0]
		}
		in, args := these(domains)
		clause := `WHERE id IN (SELECT id FROM contact WHERE company = ? COLLATE NOCASE AND company <> ''
			UNION SELECT contact FROM email WHERE domain IN ` + in + ` UNION SELECT ?) ORDER BY last_at DESC LIMIT ?`
		args = append(append([]any{c.Company}, args...), contact, colleagues)
		var people []model.Row
		err = t.eachListed(clause, args, func(c stored, also listed) {
			people = append(people, t.row(c, c.place.View, also))
		})
		company = model.NewCompany(name, people)
		return err
	})
	return company, err
}
