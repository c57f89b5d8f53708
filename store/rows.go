package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"stoke/model"
)

// most bounds a page: nobody reads more at once, and the lists of ids that go with it stay short.
const most = 500

// order is the order of a list: columns that all ascend, the id last, so that a row comparison finds the next or the last
// page.
func order(v model.View) []string {
	if v == model.ViewPeople {
		return []string{"folded", "id"}
	}
	return []string{"place_group", "place_class", "place_order", "place_cool", "id"}
}

func position(v model.View, k model.Key) []any {
	if v == model.ViewPeople {
		return []any{k.Name, k.ID}
	}
	return []any{int64(k.Group), k.Class, k.Order, -float64(k.Heat), k.ID}
}

// span is a stretch of a list, as a condition.
type span struct {
	condition string
	args      []any
}

// spans are the stretches behind a key, or before it, in the order in which they are read: who ties with the key in all
// but the id, and everybody beyond. As one comparison SQLite would walk over all ties to find the id, which it seeks in
// no index that compares rows; and twenty thousand who were imported on one morning do tie.
func spans(v model.View, k model.Key, sign string) []span {
	by, at := order(v), position(v, k)
	id := len(by) - 1
	return []span{
		{strings.Join(by[:id], " = ? AND ") + " = ? AND id " + sign + " ?", at},
		{"(" + strings.Join(by[:id], ", ") + ") " + sign + " (" + marks(id) + ")", at[:id]},
	}
}

// Rows gives a page of a list in its order, found by key: the cost does not grow with the list.
func (s *Store) Rows(ctx context.Context, q model.Query) (page model.Page, err error) {
	err = s.read(ctx, "read the list", func(t *tx) error {
		page, err = t.page(q)
		return err
	})
	return page, err
}

func (t *tx) page(q model.Query) (model.Page, error) {
	if q.Limit <= 0 || q.Limit > most {
		q.Limit = most
	}
	var where []string
	var args []any
	and := func(condition string, values ...any) {
		where, args = append(where, condition), append(args, values...)
	}
	if q.View != model.ViewPeople {
		and("place_view = ?", string(q.View))
	}
	narrow := q.Narrowing()
	if narrow.None {
		return model.Page{}, nil
	}
	if narrow.Words != "" {
		match := phrase(narrow.Words)
		if match == "" {
			return model.Page{}, nil
		}
		and(matching, match)
	}
	narrowed(narrow, and)
	if q.Tag != "" {
		and("id IN (SELECT contact FROM tag WHERE tag = ? COLLATE NOCASE)", q.Tag)
	}
	back := q.Before != nil || q.Last
	by, stretches := strings.Join(order(q.View), ", "), []span{{condition: "1 = 1"}}
	switch {
	case q.After != nil:
		stretches = spans(q.View, *q.After, ">")
	case q.Before != nil:
		stretches = spans(q.View, *q.Before, "<")
	}
	if back {
		by = strings.ReplaceAll(by, ",", " DESC,") + " DESC"
	}
	rows := make([]model.Row, 0, q.Limit+1)
	for i, s := range stretches {
		if len(rows) > q.Limit {
			break
		}
		clause := "WHERE " + strings.Join(append(where, s.condition), " AND ")
		if i < len(stretches)-1 { // mostly nobody ties, which the index alone tells
			var ties bool
			if err := t.one("SELECT EXISTS (SELECT 1 FROM contact "+clause+")", slices.Concat(args, s.args), &ties); err != nil {
				return model.Page{}, err
			}
			if !ties {
				continue
			}
		}
		clause += " ORDER BY " + by + " LIMIT ?"
		err := t.eachListed(clause, slices.Concat(args, s.args, []any{q.Limit + 1 - len(rows)}), func(c stored, also listed) {
			rows = append(rows, t.row(c, q.View, also))
		})
		if err != nil {
			return model.Page{}, err
		}
	}
	page := model.Page{Rows: rows[:min(len(rows), q.Limit)], More: len(rows) > q.Limit}
	if err := t.foresee(page.Rows); err != nil {
		return model.Page{}, err
	}
	if back {
		slices.Reverse(page.Rows)
	}
	return page, nil
}

// foresee says in rows of mails that would go by themselves which of them wait for the rep's key. Only for them the contact
// is read whole.
func (t *tx) foresee(rows []model.Row) error {
	for i, r := range rows {
		if !r.Contact.FollowUp.Next.GoesAt.After(t.now) {
			continue
		}
		_, d, err := t.dossier(r.Contact.ID)
		if err != nil {
			return err
		}
		rows[i] = t.rules.Foreseen(r, d, t.now)
	}
	return nil
}

// listed is what a list reads beside a contact: the state of the newest mail that is on its way out, in doubt or failed, and
// what of their address must not be mailed.
type listed struct {
	leaving    model.State
	suppressed string
}

// unlisted are the columns that no list shows. Each that a page reads costs its fiftieth part of a row's time.
var unlisted = []string{"created", "fields", "language", "tz", "country", "deal_title", "deal_stage", "deal_close", "answer_id",
	"next_amber", "next_due", "meets_at", "next_template", "place_cool", "place_changes"}

func (c *stored) listed() []column {
	return slices.DeleteFunc(c.columns(), func(col column) bool { return slices.Contains(unlisted, col.name) })
}

// eachListed calls fn for every contact that a clause selects, without what no list shows.
func (t *tx) eachListed(clause string, args []any, fn func(stored, listed)) error {
	var c stored
	var also listed
	return t.eachOf(selectRow+clause, args, &c, append(pointers(c.listed()), &also.leaving, &also.suppressed), func(c stored) { fn(c, also) })
}

// row is what a list shows of a contact.
func (t *tx) row(c stored, v model.View, also listed) model.Row {
	touches, from := 0, millis(t.now.AddDate(0, 0, -t.rules.Rules.AttemptWindow))
	for _, at := range c.touched {
		if at > from {
			touches++
		}
	}
	r := t.rules.RowOf(c.Contact, c.place, also.leaving, also.suppressed, touches, t.now)
	if v == model.ViewPeople {
		r.Key = model.Key{Name: c.folded, ID: c.ID}
	}
	return r
}

var selectRow = "SELECT " + names(new(stored).listed(), "") + `,
	coalesce((SELECT state FROM outgoing WHERE outgoing.contact = contact.id AND state IN ` + open + `
		ORDER BY outgoing.id DESC LIMIT 1), ''),
	coalesce((SELECT what FROM suppression WHERE what IN (` + written + `, substr(` + written + `, instr(` + written + `, '@'))) LIMIT 1), '')
	FROM contact `

// written is the address of a contact that is written to, as an expression.
const written = "substr(emails, 1, instr(emails || char(10), char(10)) - 1)"

// Counts gives the sizes of all lists.
func (s *Store) Counts(ctx context.Context) (n model.Counts, err error) {
	err = s.read(ctx, "count the lists", func(t *tx) error {
		views := map[model.View]*int{model.ViewWaiting: &n.Waiting, model.ViewSnoozed: &n.Snoozed, model.ViewNurture: &n.Nurture,
			model.ViewRetired: &n.Retired, model.ViewUnsorted: &n.Unsorted}
		groups := map[model.Group]*int{model.GroupNow: &n.Now, model.GroupHot: &n.Hot, model.GroupWarm: &n.Warm, model.GroupCold: &n.Cold}
		err := t.each("SELECT place_view, place_group, contacts FROM tally", nil, func(rows *sql.Rows) error {
			var view model.View
			var group model.Group
			var count int
			err := rows.Scan(&view, &group, &count)
			n.People += count
			if view == model.ViewQueue {
				*groups[group] += count
			} else if at := views[view]; at != nil {
				*at += count
			}
			return err
		})
		if err != nil {
			return err
		}
		err = t.one("SELECT count(*) FROM contact WHERE place_view = 'queue' AND place_due > 0 AND place_due <= ?", []any{millis(t.now)}, &n.Overdue)
		if err != nil {
			return err
		}
		return t.each("SELECT state, count(*) FROM outgoing WHERE state IN "+open+" GROUP BY state", nil, func(rows *sql.Rows) error {
			var state model.State
			var count int
			err := rows.Scan(&state, &count)
			if state.Owed() {
				n.Outbox += count
			} else {
				n.Ask += count
			}
			return err
		})
	})
	return n, err
}
