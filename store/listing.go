package store

import (
	"cmp"
	"database/sql"
	"slices"
	"strings"
	"time"

	"stoke/model"
)

// listing is what a change of the history said about an address or a domain: never mail it, or do again.
type listing struct {
	model.Suppression // of one that lifts: what was on the list
	change            int64
	undone, lifts     bool
}

// listings are those of an address, the newest first. A contact's verbs suppress their own addresses.
func (t *tx) listings(what string, contact int64) ([]listing, error) {
	var all []listing
	const direct = `SELECT change.id, undone, lifted, suppression_change.what, suppression_change.why, suppression_change.at
		FROM suppression_change JOIN change ON change.id = suppression_change.change WHERE what = ?`
	err := t.each(direct, []any{what}, func(rows *sql.Rows) error {
		var l listing
		err := rows.Scan(&l.change, &l.undone, &l.lifts, &l.What, &l.Why, moment{&l.At})
		all = append(all, l)
		return err
	})
	if err != nil {
		return nil, err
	}
	const verbs = "SELECT change.id, undone, at, step FROM change_step JOIN change ON change.id = change_step.change WHERE contact = ?"
	err = t.each(verbs, []any{contact}, func(rows *sql.Rows) error {
		var step model.ChangeStep
		l := listing{Suppression: model.Suppression{What: what}}
		err := rows.Scan(&l.change, &l.undone, moment{&l.At}, asJSON{&step})
		if slices.Contains(step.Suppressed, what) {
			l.Why = step.Why
			all = append(all, l)
		}
		return err
	})
	slices.SortStableFunc(all, func(a, b listing) int { return cmp.Compare(b.change, a.change) })
	return all, err
}

// relist brings an address to where the changes that still stand leave it, after one about it was undone: the newest of them
// has the word, and without any what was there before them. What came onto the list otherwise, by a mail or an import, stays.
// kept tells that the undo changes nothing for that reason.
func (t *tx) relist(what string, contact, undone int64, at time.Time) (kept bool, err error) {
	what = strings.ToLower(what)
	all, err := t.listings(what, contact)
	if err != nil {
		return false, err
	}
	on, err := t.suppressions("WHERE what = ?", what)
	if err != nil {
		return false, err
	}
	ours := func(s model.Suppression) bool {
		return slices.ContainsFunc(all, func(l listing) bool { return !l.lifts && l.At.Equal(s.At) })
	}
	var want *model.Suppression
	word := slices.IndexFunc(all, func(l listing) bool { return !l.undone || l.lifts && !ours(l.Suppression) })
	later := word >= 0 && all[word].change > undone // somebody has spoken since
	if word >= 0 && (all[word].undone || !all[word].lifts) {
		want = &all[word].Suppression
	}
	mine := slices.IndexFunc(all, func(l listing) bool { return l.change == undone })
	lifted := mine >= 0 && all[mine].lifts
	if len(on) > 0 && !ours(on[0]) {
		return !lifted && (later || on[0].At.After(at)), nil
	}
	if len(on) > 0 && (want == nil || !on[0].At.Equal(want.At)) {
		if _, err := t.unsuppress(what); err != nil {
			return false, err
		}
	}
	if want != nil {
		if _, err := t.suppress(*want); err != nil {
			return false, err
		}
	}
	return later && (want != nil) != lifted, nil
}

// relisted undoes what a change about the list itself did.
func (t *tx) relisted(change model.Change) (kept bool, err error) {
	var what []string
	err = t.each("SELECT what FROM suppression_change WHERE change = ?", []any{change.ID}, func(rows *sql.Rows) error {
		what = append(what, "")
		return rows.Scan(&what[len(what)-1])
	})
	for _, w := range what {
		var id int64
		if id, err = t.contactAt(w); err != nil {
			return false, err
		}
		k, err := t.relist(w, id, change.ID, change.At)
		if err != nil {
			return false, err
		}
		kept = kept || k
	}
	return kept, err
}
