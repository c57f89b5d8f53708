package cli

import (
	"cmp"
	"context"
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"stoke/model"
	"stoke/model/schedule"
	"stoke/model/text"
)

// facts are the flags that say who a contact is.
type facts struct {
	name, company, title, phone, tz, country, email string
	tags, untags, fields                            []string
	dealTitle, dealStage, dealClose                 string
	dealValue                                       int64
}

func (f *facts) flags(set *pflag.FlagSet) {
	set.StringVar(&f.name, "name", "", "full name")
	set.StringVar(&f.company, "company", "", "company")
	set.StringVar(&f.title, "title", "", "job title")
	set.StringVar(&f.phone, "phone", "", "phone number")
	set.StringVar(&f.tz, "tz", "", "time zone, like Europe/Berlin")
	set.StringVar(&f.country, "country", "", "country, two letters, like DE")
	set.StringArrayVar(&f.tags, "tag", nil, "a tag; may be repeated")
	set.StringArrayVar(&f.fields, "field", nil, "a free field, `KEY=VALUE`; may be repeated")
	set.Var((*amount)(&f.dealValue), "deal-value", "what a deal is worth; naming any --deal flag opens one")
	set.StringVar(&f.dealTitle, "deal-title", "", "what the deal is about")
	set.StringVar(&f.dealStage, "deal-stage", "", "how far it is, in your words")
	set.StringVar(&f.dealClose, "deal-close", "", "the day it is expected, like 2027-01-31")
}

// apply writes the flags that were given into a contact; tags and fields are added, an empty field is taken away.
func (f *facts) apply(c *model.Contact, given func(string) bool) error {
	for name, to := range map[string]*string{"name": &c.Name, "company": &c.Company, "title": &c.Title, "phone": &c.Phone} {
		if given(name) {
			*to = text.Line(map[string]string{"name": f.name, "company": f.company, "title": f.title, "phone": f.phone}[name])
		}
	}
	if digits := strings.IndexFunc(c.Phone, unicode.IsDigit); given("phone") && c.Phone != "" && digits < 0 {
		return usagef("%q is no phone number.", f.phone)
	}
	if given("tz") {
		if _, err := time.LoadLocation(f.tz); err != nil {
			return usagef("There is no time zone %q. Write it like Europe/Berlin.", f.tz)
		}
		c.TZ = f.tz
	}
	if given("country") {
		code, err := countryCode(strings.TrimSpace(f.country))
		if err != nil {
			return err
		}
		c.Country = code
	}
	for _, tag := range f.untags {
		at := slices.IndexFunc(c.Tags, func(t string) bool { return strings.EqualFold(t, text.Line(tag)) })
		if at < 0 {
			return usagef("%s has no tag %q; there is %s.", c.Called(), tag, cmp.Or(strings.Join(c.Tags, ", "), "none"))
		}
		c.Tags = slices.Delete(slices.Clone(c.Tags), at, at+1)
	}
	for _, tag := range f.tags {
		if tag = text.Line(tag); tag != "" && !slices.ContainsFunc(c.Tags, func(t string) bool { return strings.EqualFold(t, tag) }) {
			c.Tags = append(c.Tags, tag)
		}
	}
	if err := f.applyDeal(c, given); err != nil {
		return err
	}
	return f.applyFields(c)
}

// applyDeal changes the contact's deal, or opens one. A deal that was won or lost stays as it ended.
func (f *facts) applyDeal(c *model.Contact, given func(string) bool) error {
	if !given("deal-value") && !given("deal-title") && !given("deal-stage") && !given("deal-close") {
		return nil
	}
	deal := model.Deal{}
	if c.Deal.Open() {
		deal = *c.Deal
	}
	if given("deal-value") {
		deal.Value = f.dealValue
	}
	if given("deal-title") {
		deal.Title = text.Line(f.dealTitle)
	}
	if given("deal-stage") {
		deal.Stage = text.Line(f.dealStage)
	}
	if given("deal-close") {
		day, err := time.Parse(time.DateOnly, f.dealClose)
		if err != nil {
			return usagef("--deal-close: %q is no day. Write it like 2027-01-31.", f.dealClose)
		}
		deal.Close = day
	}
	c.Deal = &deal
	return nil
}

func (f *facts) applyFields(c *model.Contact) error {
	fields := map[string]string{}
	for k, v := range c.Fields {
		fields[k] = v
	}
	for _, field := range f.fields {
		key, value, ok := strings.Cut(field, "=")
		key = text.Line(key)
		if !ok || key == "" {
			return usagef("--field %q has no value. Write --field key=value.", field)
		}
		if value = text.Clean(value); value == "" {
			delete(fields, key)
			continue
		}
		fields[key] = value
	}
	c.Fields = fields
	return nil
}

func (c *command) add() *cobra.Command {
	var f facts
	cmd := &cobra.Command{Use: "add EMAIL", Short: "Take somebody into the follow-up", Args: between(1, 1, "EMAIL [--name N] [--company C]")}
	f.flags(cmd.Flags())
	cmd.RunE = c.desk(func(ctx context.Context, s *Session, args []string) error {
		address, err := address(args[0])
		if err != nil {
			return err
		}
		who := model.Contact{Emails: []string{address}}
		if err := f.apply(&who, cmd.Flags().Changed); err != nil {
			return err
		}
		who, err = s.Desk.AddContact(ctx, who)
		if err != nil {
			return err
		}
		c.told(who, "Added")
		return nil
	})
	return cmd
}

func (c *command) edit() *cobra.Command {
	var f facts
	cmd := &cobra.Command{Use: "edit WHO", Short: "Change who somebody is", Args: between(1, -1, "WHO [--name N] [--company C]")}
	f.flags(cmd.Flags())
	cmd.Flags().StringArrayVar(&f.untags, "untag", nil, "a tag to take away; may be repeated")
	cmd.Flags().StringVar(&f.email, "email", "", "the address to write to; the ones known stay behind it")
	cmd.RunE = c.desk(func(ctx context.Context, s *Session, args []string) error {
		who, err := s.who(ctx, strings.Join(args, " "))
		if err != nil {
			return err
		}
		if err := f.apply(&who, cmd.Flags().Changed); err != nil {
			return err
		}
		if cmd.Flags().Changed("email") {
			address, err := address(f.email)
			if err != nil {
				return err
			}
			others := slices.DeleteFunc(slices.Clone(who.Emails), func(a string) bool { return a == address })
			who.Emails = append([]string{address}, others...)
		}
		who, err = s.Desk.EditContact(ctx, who)
		if err != nil {
			return err
		}
		c.told(who, "Changed")
		return nil
	})
	return cmd
}

func (c *command) told(who model.Contact, did string) {
	if c.flags.JSON {
		c.print(c.contactOf(who))
		return
	}
	c.say("%s %s as %d.", did, describe(who), who.ID)
}

// address reads one mail address, lower-case.
func address(word string) (string, error) {
	word = strings.TrimSpace(word)
	got, err := mail.ParseAddress(word)
	if err != nil || got.Address != word || got.Name != "" || strings.ContainsAny(word, " \t\r\n<>\"") || word != text.Line(word) {
		return "", usagef("%q is no mail address. Write it like dana@northwind.example.", word)
	}
	return strings.ToLower(word), nil
}

// moment reads a moment that lies ahead: in words, or in RFC 3339.
func (s *Session) moment(words string) (time.Time, error) {
	if at, ok := exact(words); ok {
		return at, nil
	}
	at, err := s.Desk.When(words)
	if err != nil && model.CodeOf(err) == "" {
		err = usagef("%s", err)
	}
	return at, err
}

// exact reads a moment as programs write it.
func exact(words string) (at time.Time, ok bool) {
	at, err := time.Parse(time.RFC3339, strings.ToUpper(strings.TrimSpace(words)))
	return at, err == nil
}

// past reads a moment that has been: RFC 3339, a day, a day and an hour, an hour of today, yesterday; else one ahead.
func (s *Session) past(words string, now time.Time) (time.Time, error) {
	words = strings.ToLower(strings.TrimSpace(words))
	if at, ok := exact(words); ok {
		return at, nil
	}
	day := now
	if rest, ok := strings.CutPrefix(words, "yesterday"); ok {
		day, words = now.AddDate(0, 0, -1), strings.TrimSpace(rest)
		if words == "" {
			words = "12:00"
		}
	}
	for _, form := range []string{"2006-01-02 15:04", "2006-01-02T15:04", time.DateOnly} {
		if at, err := time.ParseInLocation(form, strings.ToUpper(words), now.Location()); err == nil {
			if form == time.DateOnly {
				at = at.Add(schedule.Morning)
			}
			return at, nil
		}
	}
	if at, err := time.Parse("15:04", words); err == nil {
		return time.Date(day.Year(), day.Month(), day.Day(), at.Hour(), at.Minute(), 0, 0, now.Location()), nil
	}
	return s.moment(words)
}
