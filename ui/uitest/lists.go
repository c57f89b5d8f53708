package uitest

import (
	"cmp"
	"context"
	"slices"
	"sort"
	"strings"

	"stoke/model"
	"stoke/model/text"
)

// Rows implements ui.Desk.
func (d *Desk) Rows(_ context.Context, q model.Query) (model.Page, error) {
	defer d.mu.Unlock()
	if err := d.begin("Rows"); err != nil {
		return model.Page{}, err
	}
	rows := d.list(q.View)
	if q.Search != "" {
		rows = matching(rows, q.Narrowing())
	}
	limit := q.Limit
	if limit <= 0 {
		limit = len(rows)
	}
	if q.Last || q.Before != nil {
		end := len(rows)
		if q.Before != nil {
			end = sort.Search(len(rows), func(i int) bool { return !before(rows[i].Key, *q.Before) })
		}
		start := max(0, end-limit)
		return model.Page{Rows: append([]model.Row(nil), rows[start:end]...), More: start > 0}, nil
	}
	start := 0
	if q.After != nil {
		start = sort.Search(len(rows), func(i int) bool { return before(*q.After, rows[i].Key) })
	}
	end := min(start+limit, len(rows))
	return model.Page{Rows: append([]model.Row(nil), rows[start:end]...), More: end < len(rows)}, nil
}

// list is a view in its order, made once until something changes.
func (d *Desk) list(v model.View) []model.Row {
	if rows, ok := d.lists[v]; ok {
		return rows
	}
	rows := []model.Row{}
	for _, dossier := range d.dossiers {
		row := d.row(dossier)
		if v == model.ViewPeople || row.Place.View == v {
			if v == model.ViewPeople {
				row.Key = model.Key{Name: text.Fold(row.Contact.Name), ID: row.Contact.ID}
			}
			rows = append(rows, row)
		}
	}
	sort.Slice(rows, func(i, j int) bool { return before(rows[i].Key, rows[j].Key) })
	d.lists[v] = rows
	return rows
}

func (d *Desk) row(dossier *model.Dossier) model.Row {
	whole := *dossier
	whole.Outbox = nil
	for _, o := range slices.Backward(d.outbox) {
		if o.Contact == whole.Contact.ID {
			whole.Outbox = append(whole.Outbox, o)
		}
	}
	return d.Rules.Row(whole, d.now())
}

func before(a, b model.Key) bool {
	return cmp.Or(
		cmp.Compare(a.Group, b.Group), cmp.Compare(a.Class, b.Class), cmp.Compare(a.Order, b.Order),
		cmp.Compare(b.Heat, a.Heat), strings.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID),
	) < 0
}

func matching(rows []model.Row, n model.Narrowing) []model.Row {
	var found []model.Row
	for _, r := range rows {
		c, f := r.Contact, r.Contact.FollowUp
		all := text.Fold(c.Name + " " + c.Company + " " + strings.Join(c.Emails, " "))
		begins := func(whole, part string) bool { return strings.HasPrefix(text.Fold(whole), text.Fold(part)) }
		tagged := n.Tag == "" || slices.ContainsFunc(c.Tags, func(tag string) bool { return begins(tag, n.Tag) })
		if !n.None && tagged && strings.Contains(all, text.Fold(n.Words)) && begins(c.Company, n.Company) && begins(f.Enrolment.Sequence, n.Sequence) &&
			begins(string(r.Place.Kind), n.Kind) && (n.Value == 0 || c.Deal.Open() && c.Deal.Value >= n.Value) {
			found = append(found, r)
		}
	}
	return found
}

// Counts implements ui.Desk.
func (d *Desk) Counts(context.Context) (model.Counts, error) {
	defer d.mu.Unlock()
	if err := d.begin("Counts"); err != nil {
		return model.Counts{}, err
	}
	c := model.Counts{
		Waiting: len(d.list(model.ViewWaiting)), Snoozed: len(d.list(model.ViewSnoozed)), Nurture: len(d.list(model.ViewNurture)),
		Retired: len(d.list(model.ViewRetired)), Unsorted: len(d.list(model.ViewUnsorted)), People: len(d.dossiers),
	}
	for _, r := range d.list(model.ViewQueue) {
		switch r.Place.Group {
		case model.GroupNow:
			c.Now++
		case model.GroupHot:
			c.Hot++
		case model.GroupWarm:
			c.Warm++
		default:
			c.Cold++
		}
		if r.Place.Status(d.now()) == model.Red {
			c.Overdue++
		}
	}
	for _, o := range d.outbox {
		switch {
		case o.State.Owed():
			c.Outbox++
		case o.State == model.AskRep || o.State == model.Failed:
			c.Ask++
		}
	}
	return c, nil
}

// Outbox implements ui.Desk.
func (d *Desk) Outbox(_ context.Context, limit int) ([]model.Outgoing, error) {
	defer d.mu.Unlock()
	if err := d.begin("Outbox"); err != nil {
		return nil, err
	}
	newest := append([]model.Outgoing(nil), d.outbox...)
	sort.Slice(newest, func(i, j int) bool { return newest[i].ID > newest[j].ID })
	return newest[:min(limit, len(newest))], nil
}

// Filters implements ui.Desk.
func (d *Desk) Filters(context.Context) ([]model.Filter, error) {
	defer d.mu.Unlock()
	err := d.begin("Filters")
	return slices.Clone(d.filters), err
}

// KeepFilter implements ui.Desk.
func (d *Desk) KeepFilter(_ context.Context, f model.Filter) error {
	defer d.mu.Unlock()
	if err := d.begin("KeepFilter"); err != nil {
		return err
	}
	d.filters = append(slices.DeleteFunc(d.filters, func(old model.Filter) bool { return old.Name == f.Name }), f)
	return nil
}

// DropFilter implements ui.Desk.
func (d *Desk) DropFilter(_ context.Context, name string) error {
	defer d.mu.Unlock()
	if err := d.begin("DropFilter"); err != nil {
		return err
	}
	d.filters = slices.DeleteFunc(d.filters, func(old model.Filter) bool { return old.Name == name })
	return nil
}
