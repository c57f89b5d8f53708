package store

import (
	"database/sql"
	"errors"
	"slices"
	"strings"

	"stoke/model"
	"stoke/model/text"
)

// stored is a contact as its row keeps it: with the place that belongs to its follow-up state.
type stored struct {
	model.Contact
	place   model.Place
	folded  string
	cool    float64
	changes int64
	touched []int64
	hasDeal bool
	deal    model.Deal
}

func (c *stored) identity() []column {
	return []column{
		{"created", moment{&c.Created}}, {"name", &c.Name}, {"folded", &c.folded},
		{"emails", lines{&c.Emails}}, {"tags", lines{&c.Tags}}, {"company", &c.Company}, {"title", &c.Title}, {"phone", &c.Phone}, {"tz", &c.TZ}, {"country", &c.Country}, {"language", &c.Language}, {"fields", asJSON{&c.Fields}},
	}
}

func (c *stored) opportunity() []column {
	return []column{
		{"deal", &c.hasDeal}, {"deal_title", &c.deal.Title}, {"deal_value", &c.deal.Value}, {"deal_stage", &c.deal.Stage},
		{"deal_close", moment{&c.deal.Close}}, {"deal_closed", &c.deal.Closed},
	}
}

func (c *stored) state() []column {
	f := &c.FollowUp
	return []column{
		{"sorted", &f.Sorted}, {"heat", &f.Heat}, {"pin_temperature", &f.Pin.Temperature}, {"pin_until", moment{&f.Pin.Until}},
		{"warm_until", moment{&f.WarmUntil}},
		{"next_kind", &f.Next.Kind}, {"next_since", moment{&f.Next.Since}}, {"next_ready", moment{&f.Next.ReadyAt}},
		{"next_amber", moment{&f.Next.AmberAt}}, {"next_due", moment{&f.Next.DueAt}}, {"next_sequence", &f.Next.Sequence},
		{"next_step", &f.Next.Step}, {"next_of", &f.Next.Of}, {"next_channel", &f.Next.Channel}, {"next_template", &f.Next.Template}, {"next_about", &f.Next.About}, {"next_asks", &f.Next.Asks}, {"next_goes", moment{&f.Next.GoesAt}},
		{"promise_at", moment{&f.Promise.At}}, {"promise_ready", moment{&f.Promise.ReadyAt}}, {"promise_words", &f.Promise.Words},
		{"snooze_until", moment{&f.Snooze.Until}}, {"snooze_reply", &f.Snooze.UntilReply},
		{"retired_at", moment{&f.Retired.At}}, {"retired_reason", &f.Retired.Reason}, {"retired_until", moment{&f.Retired.Until}},
		{"enrol_sequence", &f.Enrolment.Sequence}, {"enrol_done", &f.Enrolment.Done}, {"enrol_since", moment{&f.Enrolment.Since}},
		{"attempts", &f.Attempts}, {"warmest", &f.Warmest}, {"opted_out", &f.OptedOut},
		{"last_kind", &f.Last.Kind}, {"last_direction", &f.Last.Direction}, {"last_at", moment{&f.Last.At}},
		{"last_summary", &f.Last.Summary}, {"last_subject", &f.Last.Subject}, {"last_asks", &f.Last.Asks},
		{"answer_id", &f.AnswerID}, {"unread", &f.Unread}, {"question", &f.Asks}, {"last_mail", moment{&f.Spacing.Mail}}, {"spent", moment{&f.Spacing.Spent}},
		{"meets_at", moment{&f.MeetsAt}},
	}
}

func (c *stored) standing() []column {
	p := &c.place
	return []column{
		{"place_view", &p.View}, {"place_group", &p.Group}, {"place_class", &p.Class}, {"place_order", &p.Order}, {"place_cool", &c.cool},
		{"place_kind", &p.Kind}, {"place_due", moment{&p.DueAt}}, {"place_amber", moment{&p.AmberAt}}, {"place_ready", moment{&p.ReadyAt}},
		{"place_changes", &c.changes}, {"touched", moments{&c.touched}},
	}
}

func (c *stored) columns() []column {
	return slices.Concat([]column{{"id", &c.ID}}, c.identity(), c.opportunity(), c.state(), c.standing())
}

var (
	selectContact = "SELECT " + names(new(stored).columns(), "") + " FROM contact "
	insertContact = inserting("contact", new(stored).columns())
	updateName    = updating("contact", new(stored).identity()[1:])
	updateDeal    = updating("contact", new(stored).opportunity())
	updateState   = updating("contact", append(new(stored).state(), new(stored).standing()...))
	updatePlace   = updating("contact", new(stored).standing())
)

// eachOf calls fn for every contact that a query gives. Every row is read into one place, c, and copied from there: naming
// 70 columns costs more than the copy.
func (t *tx) eachOf(query string, args []any, c *stored, into []any, fn func(stored)) error {
	return t.each(query, args, func(rows *sql.Rows) error {
		c.Fields, c.Deal, c.touched = nil, nil, nil
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if c.hasDeal {
			deal := c.deal
			c.Deal = &deal
		}
		c.place.ChangesAt = fromMillis(c.changes)
		fn(*c)
		return nil
	})
}

// contacts reads the contacts that a clause selects.
func (t *tx) contacts(clause string, args ...any) ([]stored, error) {
	var all []stored
	var into stored
	err := t.eachOf(selectContact+clause, args, &into, pointers(into.columns()), func(c stored) { all = append(all, c) })
	return all, err
}

// contact reads one contact; a NotFound when there is none.
func (t *tx) contact(id int64) (*stored, error) {
	all, err := t.contacts("WHERE id = ?", id)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, model.Errorf(model.NotFound, "There is no contact %d (any more).", id)
	}
	return &all[0], nil
}

// contactAt is the id of the contact with an address, or 0.
func (t *tx) contactAt(address string) (int64, error) {
	var id int64
	err := t.one("SELECT contact FROM email WHERE address = ?", []any{strings.ToLower(address)}, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return id, err
}

// fold fills in what follows from the identity.
func (c *stored) fold() {
	c.folded = text.Fold(c.Name)
	if c.folded == "" {
		c.folded = text.Fold(c.Email())
	}
	if c.folded == "" {
		c.folded = c.Phone
	}
	c.hasDeal = c.Deal != nil
	if c.hasDeal {
		c.deal = *c.Deal
	}
}

// add stores a new contact as it is, placed by its state.
func (t *tx) add(c *stored) error {
	c.fold()
	t.stand(c)
	args, err := values(c.columns()[1:])
	if err != nil {
		return err
	}
	free, err := t.freeID()
	if err != nil {
		return err
	}
	if c.ID, err = t.insert(insertContact, append([]any{free}, args...)...); err != nil {
		return err
	}
	return t.connect(c)
}

// rename stores the identity of a contact that exists.
func (t *tx) rename(c *stored) error {
	c.fold()
	t.changed(c)
	if err := t.update(updateName, c.identity()[1:], c.ID); err != nil {
		return err
	}
	for _, table := range []string{"email", "tag"} {
		if _, err := t.exec("DELETE FROM "+table+" WHERE contact = ?", c.ID); err != nil {
			return err
		}
	}
	return t.connect(c)
}

// connect stores addresses, tags and the words by which a contact is found.
func (t *tx) connect(c *stored) error {
	for _, address := range c.Emails {
		n, err := t.exec("INSERT INTO email (address, contact) VALUES (?, ?) ON CONFLICT (address) DO NOTHING", address, c.ID)
		if err != nil {
			return err
		}
		if n == 0 {
			return model.Errorf(model.Conflict, "%s belongs to another contact already.", address)
		}
		if again, err := t.erased([]string{address}); err != nil {
			return err
		} else if again != nil { // known again, so the list can name it, and every row says so
			if _, err := t.suppress(*again); err != nil {
				return err
			}
		}
	}
	for _, tag := range c.Tags {
		if _, err := t.exec("INSERT INTO tag (tag, contact) VALUES (?, ?) ON CONFLICT (tag, contact) DO NOTHING", tag, c.ID); err != nil {
			return err
		}
	}
	t.index(c)
	return nil
}

// update runs an UPDATE of columns for the row of an id.
func (t *tx) update(query string, columns []column, id int64) error {
	args, err := values(columns)
	if err != nil {
		return err
	}
	_, err = t.exec(query, append(args, id)...)
	return err
}
