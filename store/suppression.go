package store

import (
	"context"
	"database/sql"
	"strings"

	"stoke/model"
)

// suppressed is the first reason why one of some addresses must not be mailed: its own, or that of its domain.
func (t *tx) suppressed(addresses ...string) (*model.Suppression, error) {
	var keys []string
	for _, a := range addresses {
		if a == "" {
			continue
		}
		a = strings.ToLower(a)
		keys = append(keys, a, "@"+model.Address{Addr: a}.Domain())
	}
	if len(keys) == 0 {
		return nil, nil
	}
	in, args := these(keys)
	found, err := t.suppressions("WHERE what IN "+in+" ORDER BY at LIMIT 1", args...)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return t.erased(addresses)
	}
	return &found[0], nil
}

func (t *tx) suppressions(clause string, args ...any) ([]model.Suppression, error) {
	var all []model.Suppression
	err := t.each("SELECT what, why, at FROM suppression "+clause, args, func(rows *sql.Rows) error {
		var s model.Suppression
		err := rows.Scan(&s.What, &s.Why, moment{&s.At})
		all = append(all, s)
		return err
	})
	return all, err
}

// suppress stores a suppression; false when it is on the list already, which keeps its first reason.
func (t *tx) suppress(s model.Suppression) (bool, error) {
	n, err := t.exec("INSERT INTO suppression (what, why, at) VALUES (?, ?, ?) ON CONFLICT (what) DO NOTHING",
		strings.ToLower(s.What), s.Why, millis(s.At))
	if n > 0 && t.recalls != nil {
		clear(t.recalls.people) // it may be of any of them
	}
	return n > 0, err
}

func (t *tx) unsuppress(what string) (bool, error) {
	n, err := t.exec("DELETE FROM suppression WHERE what = ?", strings.ToLower(what))
	return n > 0, err
}

// Suppress puts an address, or a domain written "@example.test", on the list of those that are never mailed. Mails that
// have not left are stopped when their time comes.
func (s *Store) Suppress(ctx context.Context, what, why string) (out model.Suppression, err error) {
	what = strings.ToLower(strings.TrimSpace(what))
	if _, domain, ok := strings.Cut(what, "@"); !ok || domain == "" {
		return out, model.Errorf(model.Invalid, "%q is neither an address nor a domain. Write dana@example.test or @example.test.", what)
	}
	if why == "" {
		why = "you said so"
	}
	err = s.write(ctx, "suppress "+what, func(t *tx) error {
		out = model.Suppression{What: what, Why: why, At: t.now}
		added, err := t.suppress(out)
		if err == nil && !added {
			return model.Errorf(model.Conflict, "%s is suppressed already.", what)
		}
		if err != nil {
			return err
		}
		return t.rememberListed(model.Change{Verb: suppressing, Says: "Suppressed " + what}, out)
	})
	return out, err
}

// Verbs of changes that are about the list of those who are never mailed, and not about a contact's state alone.
const (
	suppressing = "suppress"
	lifting     = "unsuppress"
)

// rememberListed adds a change to the history that put a suppression on the list or took it off.
func (t *tx) rememberListed(c model.Change, s model.Suppression) error {
	c.At = t.now.UTC()
	if err := t.remember(&c); err != nil {
		return err
	}
	_, err := t.exec("INSERT INTO suppression_change (change, what, why, at, lifted) VALUES (?, ?, ?, ?, ?)",
		c.ID, strings.ToLower(s.What), s.Why, millis(s.At), flag(c.Verb == lifting))
	return err
}

// Unsuppress lifts a suppression, and with it the contact's own "asked not to be written to".
func (s *Store) Unsuppress(ctx context.Context, what string) error {
	what = strings.TrimSpace(what)
	return s.write(ctx, "lift the suppression of "+what, func(t *tx) error {
		was, err := t.suppressions("WHERE what = ?", strings.ToLower(what))
		if err != nil {
			return err
		}
		lifted, err := t.unsuppress(what)
		if err != nil {
			return err
		}
		change := model.Change{Verb: lifting, Says: "Lifted the suppression of " + what}
		if unerased, err := t.unerase(what); err != nil {
			return err
		} else if unerased {
			lifted = true
			was = append(was, model.Suppression{What: what, Why: "they were erased", At: t.now}) // the address itself is no longer known to the list
		}
		id, err := t.contactAt(what)
		if err != nil {
			return err
		}
		if id != 0 {
			c, err := t.contact(id)
			if err != nil {
				return err
			}
			if f := c.FollowUp; f.OptedOut {
				before := f
				f.OptedOut, lifted = false, true
				if err := t.keep(c, f); err != nil {
					return err
				}
				change.Steps = []model.ChangeStep{{Contact: c.ID, Before: before, After: f}}
			}
		}
		if !lifted {
			return model.Errorf(model.NotFound, "%s is not suppressed.", what)
		}
		if len(was) == 0 { // only the contact's own word was lifted
			change.At = t.now.UTC()
			return t.remember(&change)
		}
		return t.rememberListed(change, was[0])
	})
}

// Suppressions lists all of them by what they suppress.
func (s *Store) Suppressions(ctx context.Context) (all []model.Suppression, err error) {
	err = s.read(ctx, "list the suppressions", func(t *tx) error {
		all, err = t.suppressions("ORDER BY what")
		return err
	})
	return all, err
}
