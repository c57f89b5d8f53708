package store

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"stoke/model"
	"stoke/model/text"
)

// AddContact stores a new contact and takes it into the follow-up: its first touch is ready now.
func (s *Store) AddContact(ctx context.Context, c model.Contact) (added model.Contact, err error) {
	err = s.write(ctx, "add the contact", func(t *tx) error {
		row := stored{Contact: tidy(c)}
		row.Created, row.FollowUp = t.now.UTC(), model.FollowUp{}
		if row.Email() == "" && row.Phone == "" {
			return model.Errorf(model.Invalid, "A contact needs an address or a phone number.")
		}
		if err := t.free(&row); err != nil {
			return err
		}
		if err := t.add(&row); err != nil {
			return err
		}
		kept, _, step, err := t.decide(row.ID, "", func(d model.Dossier) (model.Outcome, error) { return model.Keep{}.Decide(*t.rules, d, t.now) })
		if err != nil {
			return err
		}
		added = kept.Contact
		return t.remember(&model.Change{Verb: adding, Says: "Added " + added.Called(), At: t.now.UTC(), Steps: []model.ChangeStep{step}})
	})
	return added, err
}

// Verbs of changes that are about who a contact is.
const (
	adding  = "add"
	editing = "edit"
)

// unadd undoes the adding of a contact with whom nothing has happened since. What was typed comes back with readd.
func (t *tx) unadd(change model.Change) error {
	for _, step := range change.Steps {
		c, err := t.removable(step.Contact)
		if err != nil {
			return err
		}
		var since int
		const all = `SELECT (SELECT count(*) FROM interaction WHERE contact = ?) + (SELECT count(*) FROM draft WHERE contact = ?) + (SELECT count(*) FROM outgoing WHERE contact = ?)
			+ (SELECT count(*) FROM change_step JOIN change ON change.id = change_step.change WHERE contact = ? AND NOT undone AND change.id > ?)`
		if err := t.one(all, []any{c.ID, c.ID, c.ID, c.ID, change.ID}, &since); err != nil {
			return err
		}
		if since > 0 {
			return model.Errorf(model.Conflict, "Something has been done with %s since. `stoke delete` takes them away all the same.", c.Called())
		}
		if err := t.setAside(change.ID, c); err != nil {
			return err
		}
	}
	_, err := t.exec("UPDATE change SET undone = 1 WHERE id = ?", change.ID)
	return err
}

// readd brings a contact back whose adding was undone; false where it is no adding, or that is too long ago.
func (t *tx) readd(change model.Change) (bool, error) {
	var kept bool
	err := t.one("SELECT EXISTS (SELECT 1 FROM deleted WHERE change = ?)", []any{change.ID}, &kept)
	if err != nil || !kept || change.Verb != adding {
		return false, err
	}
	return true, t.bringBack(change)
}

// EditContact stores who a contact is: names, addresses, tags, fields and the deal. Its follow-up state stays, but for what
// an open deal does to it: it keeps the contact warm.
func (s *Store) EditContact(ctx context.Context, c model.Contact) (edited model.Contact, err error) {
	err = s.write(ctx, "edit the contact", func(t *tx) error {
		row, err := t.contact(c.ID)
		if err != nil {
			return err
		}
		was := row.Contact
		row.Contact = tidy(c)
		row.Created, row.FollowUp = was.Created, was.FollowUp
		if err := t.free(row); err != nil {
			return err
		}
		if err := t.rename(row); err != nil {
			return err
		}
		if err := t.strike(row, c.Deal); err != nil {
			return err
		}
		if err := t.settle(row); err != nil {
			return err
		}
		edited = row.Contact
		step := model.ChangeStep{Contact: row.ID, Before: was.FollowUp, After: row.FollowUp, Was: was.Identified(), Is: edited.Identified()}
		return t.remember(&model.Change{Verb: editing, Says: "Changed who " + edited.Called() + " is", At: t.now.UTC(), Steps: []model.ChangeStep{step}})
	})
	return edited, err
}

// candidates is how many contacts an ambiguous name lists.
const candidates = 10

// Find gives the contacts that somebody may mean: by id, by address, or by a part of the name, at most ten. An exact
// address, id or name wins over whole words of a name ("hal" is Hal Brooks), and those over everything else ("hal" as the
// beginning of Halden & Sons).
func (s *Store) Find(ctx context.Context, who string) (all []model.Contact, err error) {
	who = strings.TrimSpace(who)
	err = s.read(ctx, "look for "+who, func(t *tx) error {
		var found []stored
		if id, e := strconv.ParseInt(who, 10, 64); e == nil {
			if found, err = t.contacts("WHERE id = ?", id); err != nil {
				return err
			}
		}
		if len(found) == 0 && strings.Contains(who, "@") {
			if found, err = t.contacts("WHERE id IN (SELECT contact FROM email WHERE address = ?)", strings.ToLower(who)); err != nil {
				return err
			}
		}
		if match := phrase(who); len(found) == 0 && match != "" {
			if found, err = t.contacts("WHERE "+matching+" ORDER BY folded, id LIMIT ?", match, candidates+1); err != nil {
				return err
			}
			found = likeliest(found, who)
		}
		for _, c := range found[:min(len(found), candidates)] {
			all = append(all, c.Contact)
		}
		return nil
	})
	return all, err
}

// likeliest is the one contact that fits best where one does, else all.
func likeliest(found []stored, who string) []stored {
	words := strings.Fields(text.Fold(who))
	named := func(c stored) bool { return strings.EqualFold(c.Name, who) }
	worded := func(c stored) bool {
		name := strings.Fields(text.Fold(c.Name))
		return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(name, w) })
	}
	for _, fits := range []func(stored) bool{named, worded} {
		best := slices.DeleteFunc(slices.Clone(found), func(c stored) bool { return !fits(c) })
		if len(best) == 1 {
			return best
		}
	}
	return found
}

// tidy gives a contact as it is kept: addresses lower-case and once, tags sorted and once.
func tidy(c model.Contact) model.Contact {
	var emails []string
	for _, a := range c.Emails {
		if a = strings.ToLower(strings.Join(strings.Fields(a), "")); a != "" && !slices.Contains(emails, a) {
			emails = append(emails, a)
		}
	}
	c.Emails = emails
	var tags []string
	for _, tag := range c.Tags {
		if tag = strings.Join(strings.Fields(tag), " "); tag != "" {
			tags = append(tags, tag)
		}
	}
	slices.Sort(tags)
	c.Tags = slices.Compact(tags)
	return c
}

// free checks that no address of a contact belongs to another one.
func (t *tx) free(c *stored) error {
	for _, address := range c.Emails {
		id, err := t.contactAt(address)
		if err != nil {
			return err
		}
		if id == 0 || id == c.ID {
			continue
		}
		other, err := t.contact(id)
		if err != nil {
			return err
		}
		return model.Errorf(model.Conflict, "%s is %s already (contact %d).", address, other.Called(), id)
	}
	return nil
}
