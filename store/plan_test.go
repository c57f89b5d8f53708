package store

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/schedule"
)

// planner gives a function that says how SQLite would find the contacts that a condition is true of.
func planner(t *testing.T) func(where string, args []any) (string, error) {
	t.Helper()
	calendar, err := schedule.New(schedule.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	rules := model.Rulebook{Rules: model.DefaultRules(), Calendar: calendar}
	s, err := Open(filepath.Join(t.TempDir(), "plan.db"), Options{Now: time.Now, Rules: func() *model.Rulebook { return &rules }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return func(where string, args []any) (string, error) {
		var plan []string
		err := s.read(context.Background(), "explain", func(tx *tx) error {
			return tx.each("EXPLAIN QUERY PLAN SELECT id FROM contact WHERE "+where, args, func(rows *sql.Rows) error {
				var id, parent, unused int
				var detail string
				err := rows.Scan(&id, &parent, &unused, &detail)
				plan = append(plan, detail)
				return err
			})
		})
		return strings.Join(plan, "; "), err
	}
}

// Who fits a narrowing is found by an index, and not by a walk over everybody.
func TestANarrowedListIsFoundByAnIndex(t *testing.T) {
	plan := planner(t)
	for index, n := range map[string]model.Narrowing{
		"contact_value": {Value: 20_000}, "contact_sequence": {Sequence: "sal"}, "contact_company": {Company: "North"}, "tag_named": {Tag: "vip"},
	} {
		var where []string
		var args []any
		narrowed(n, func(condition string, values ...any) { where, args = append(where, condition), append(args, values...) })
		if says, err := plan(strings.Join(where, " AND "), args); err != nil || !strings.Contains(says, index) || strings.Contains(says, "SCAN contact") {
			t.Errorf("%+v: %s, %v", n, says, err)
		}
	}
}

// The next page is sought in the index, also among thousands who tie but for their id.
func TestTheNextPageIsSoughtAndNotWalkedTo(t *testing.T) {
	plan := planner(t)
	for view, wants := range map[model.View][]string{
		model.ViewQueue: {"place_view=? AND place_group=? AND place_class=? AND place_order=? AND place_cool=? AND id>?",
			"place_view=? AND (place_group,place_class,place_order,place_cool)>(?,?,?,?)"},
		model.ViewPeople: {"folded=? AND id>?", "folded>?"},
	} {
		for i, s := range spans(view, model.Key{}, ">") {
			where, args := s.condition, s.args
			if view != model.ViewPeople {
				where, args = "place_view = ? AND "+where, append([]any{string(view)}, args...)
			}
			if says, err := plan(where+" ORDER BY "+strings.Join(order(view), ", "), args); err != nil || !strings.Contains(says, "("+wants[i]+")") || strings.Contains(says, "TEMP B-TREE") {
				t.Errorf("%s, stretch %d: %s, %v", view, i, says, err)
			}
		}
	}
}
