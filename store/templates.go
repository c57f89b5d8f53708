package store

import (
	"context"
	"database/sql"
	"strings"

	"stoke/model"
)

// Templates gives the mail templates as they would be for a contact, the best fitting first, with how each has done.
func (s *Store) Templates(ctx context.Context, contact int64) (offers []model.Offer, err error) {
	err = s.read(ctx, "list the templates", func(t *tx) error {
		_, d, err := t.dossier(contact)
		if err != nil {
			return err
		}
		if offers, err = t.rules.Offers(d, t.now); err != nil {
			return err
		}
		tried, err := t.tried()
		for i, o := range offers {
			offers[i].Tried = tried[o.Template.Key()]
		}
		return err
	})
	return offers, err
}

// Tried tells of every template, by its key, how many mails made from it were delivered and how many of them were
// answered.
func (s *Store) Tried(ctx context.Context) (all map[string]model.Tried, err error) {
	err = s.read(ctx, "count the answers", func(t *tx) error {
		all, err = t.tried()
		return err
	})
	return all, err
}

// tried counts an answer for the last mail before it, whoever sent that from where: a mail is answered when the contact
// wrote before the rep did again. What came back was not delivered.
func (t *tx) tried() (map[string]model.Tried, error) {
	all := map[string]model.Tried{}
	err := t.each(`
		WITH sent AS (
			SELECT o.template, o.contact, o.dot_at, coalesce((SELECT min(i.at) FROM interaction i
				WHERE i.contact = o.contact AND i.at > o.dot_at AND i.kind = 'mail' AND i.direction = 'out'), 9223372036854775807) AS next
			FROM outgoing o WHERE o.state = 'sent' AND o.template <> '')
		SELECT template, count(*), sum(EXISTS (SELECT 1 FROM interaction i
			WHERE i.contact = sent.contact AND i.at > sent.dot_at AND i.at <= sent.next AND i.direction = 'in'
			AND i.kind IN ('mail', 'text', 'not-now', 'refusal', 'opt-out', 'inquiry', 'demo', 'pricing', 'referral')))
		FROM sent WHERE NOT EXISTS (SELECT 1 FROM interaction i
			WHERE i.contact = sent.contact AND i.at > sent.dot_at AND i.at <= sent.next AND i.kind = 'bounce')
		GROUP BY template`, nil, func(rows *sql.Rows) error {
		var key string
		var one model.Tried
		err := rows.Scan(&key, &one.Sent, &one.Answered)
		all[key] = one
		return err
	})
	return all, err
}

// Coverage tells of how many contacts each value is known that a template can use. It walks all contacts once, and of the
// interactions an index only.
func (s *Store) Coverage(ctx context.Context) (c model.Coverage, err error) {
	c.Known = map[string]int{}
	err = s.read(ctx, "count what is known", func(t *tx) error {
		if err := t.known(&c); err != nil {
			return err
		}
		if err := t.lived(&c); err != nil {
			return err
		}
		return t.each(`SELECT f.key, count(*) FROM contact, json_each(contact.fields) f
			WHERE contact.fields LIKE '{"%' AND f.value <> '' GROUP BY f.key`, nil, func(rows *sql.Rows) error {
			var field string
			var n int
			err := rows.Scan(&field, &n)
			if tag := model.TagOf(field); tag != "" {
				c.Known["fields."+tag] = max(c.Known["fields."+tag], n)
			}
			return err
		})
	})
	return c, err
}

// known counts what stands in the rows of the contacts.
func (t *tx) known(c *model.Coverage) error {
	tags := []struct{ tag, says string }{
		{"name", "name <> ''"}, {"last_name", "trim(name) LIKE '% %'"}, {"company", "company <> ''"}, {"title", "title <> ''"},
		{"email", "emails <> ''"}, {"phone", "phone <> ''"}, {"country", "country <> ''"}, {"deal", "deal"},
		{"deal.title", "deal AND deal_title <> ''"}, {"deal.value", "deal AND deal_value > 0"}, {"deal.stage", "deal AND deal_stage <> ''"},
		{"deal.close", "deal AND deal_close > ?"},
	}
	sums := []string{"count(*)"}
	counts := make([]int, len(tags))
	into := []any{&c.Contacts}
	for i, tag := range tags {
		sums = append(sums, "coalesce(sum("+tag.says+"), 0)")
		into = append(into, &counts[i])
	}
	if err := t.one("SELECT "+strings.Join(sums, ", ")+" FROM contact", []any{millis(t.now)}, into...); err != nil {
		return err
	}
	for i, tag := range tags {
		c.Known[tag.tag] = counts[i]
	}
	c.Known["first_name"] = c.Known["name"]
	return nil
}

// lived counts what follows from what happened. A contact whose answer is known is looked at no further than to the first
// mail; the rare kinds have an index of their own.
func (t *tx) lived(c *model.Coverage) error {
	var mails, wrote, asked int
	err := t.one(`SELECT count(*), coalesce(sum(wrote), 0), coalesce(sum(wrote AND last_asks), 0) FROM (
			SELECT last_asks, answer_id > 0 AND EXISTS (SELECT 1 FROM interaction i WHERE i.contact = contact.id AND i.direction = 'in'
				AND i.kind IN ('mail', 'not-now', 'refusal', 'inquiry', 'demo', 'pricing')) AS wrote,
			EXISTS (SELECT 1 FROM interaction i WHERE i.contact = contact.id AND i.kind = 'mail') AS mail FROM contact)
		WHERE wrote OR mail`, nil, &mails, &wrote, &asked)
	if err != nil {
		return err
	}
	for _, tag := range []string{"last", "last.subject", "last.when"} {
		c.Known[tag] = mails
	}
	c.Known["last.summary"], c.Known["last.quote"], c.Known["last.question"] = wrote, wrote, asked
	var events, purchases, downloads int
	// The condition is that of the index, word for word; SQLite uses a partial index for no other.
	err = t.one(`SELECT count(DISTINCT CASE WHEN kind IN ('event', 'met') THEN contact END), count(DISTINCT CASE WHEN kind = 'purchase' THEN contact END),
		count(DISTINCT CASE WHEN kind = 'download' THEN contact END) FROM interaction WHERE kind IN ('event', 'met', 'purchase', 'download')`,
		nil, &events, &purchases, &downloads)
	for group, n := range map[string]int{"event": events, "purchase": purchases, "download": downloads} {
		c.Known[group], c.Known[group+".name"], c.Known[group+".when"] = n, n, n
	}
	return err
}
