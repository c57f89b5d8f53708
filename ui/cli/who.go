package cli

import (
	"context"
	"fmt"
	"strings"

	"stoke/model"
	"stoke/model/text"
)

// ambiguous is a WHO that fits several contacts.
type ambiguous struct {
	who        string
	candidates []model.Contact
}

func (a *ambiguous) Error() string {
	var each []string
	for _, c := range a.candidates {
		each = append(each, fmt.Sprintf("%d %s", c.ID, describe(c)))
	}
	return text.Line(fmt.Sprintf("%q fits several people: %s. Say the number or the address.", a.who, strings.Join(each, " · ")))
}

func (a *ambiguous) Unwrap() error { return model.Errorf(model.Ambiguous, "%s", a.Error()) }

// describe names a contact so that it cannot be taken for another: name, address or phone, company.
func describe(c model.Contact) string {
	parts := []string{c.Name}
	if mail := c.Email(); mail != "" {
		parts = append(parts, "<"+mail+">")
	} else {
		parts = append(parts, c.Phone)
	}
	if c.Company != "" {
		parts = append(parts, "("+c.Company+")")
	}
	return text.Line(strings.Join(parts, " "))
}

// who finds the one contact that somebody means.
func (s *Session) who(ctx context.Context, who string) (model.Contact, error) {
	who = text.Line(who)
	if who == "" {
		return model.Contact{}, usagef("Say whom you mean: an id, an address, or a part of a name.")
	}
	found, err := s.Desk.Find(ctx, who)
	switch {
	case err != nil:
		return model.Contact{}, err
	case len(found) == 0:
		return model.Contact{}, model.Errorf(model.NotFound, "Nobody is called %q here. `stoke queue --view people --search` looks for parts of names.", who)
	case len(found) > 1:
		return model.Contact{}, &ambiguous{who, found}
	}
	return found[0], nil
}

// dossier finds the one contact that somebody means, with everything about it.
func (s *Session) dossier(ctx context.Context, who string) (model.Dossier, error) {
	c, err := s.who(ctx, who)
	if err != nil {
		return model.Dossier{}, err
	}
	return s.Desk.Open(ctx, c.ID)
}

// called is a contact's name in a list; where there is none, what else is known.
func called(c model.Contact) string {
	if c.Name != "" {
		return c.Name
	}
	return c.Called()
}
