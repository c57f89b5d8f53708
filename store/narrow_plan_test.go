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

// Who fits a narrowing is found by an index, and not by a walk over everybody.
func TestANarrowedListIsFoundByAnIndex(t *testing.T) {
	calendar, err := schedule.New(schedule.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	rules := model.Rulebook{Rules: model.DefaultRules(), Calendar: calendar}
	s, err := Open(filepath.Join(t.TempDir(), "plan.db"), Options{Now: time.Now, Rules: func() *model.Rulebook { return &rules }})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	for index, n := range map[string]model.Narrowing{
		"contact_value": {Value: 20_000}, "contact_sequence": {Sequence: "sal"}, "contact_company": {Company: "North"}, "tag_named": {Tag: "vip"},
	} {
		var where []string
		var args []any
		narrowed(n, func(condition string, values ...any) { where, args = append(where, condition), append(args, values...) })
		var plan []string
		err := s.read(context.Background(), "explain", func(tx *tx) error {
			return tx.each("EXPLAIN QUERY PLAN SELECT id FROM contact WHERE "+strings.Join(where, " AND "), args, func(rows *sql.Rows) error {
				var id, parent, unused int
				var detail string
				err := rows.Scan(&id, &parent, &unused, &detail)
				plan = append(plan, detail)
				return err
			})
		})
		if says := strings.Join(plan, "; "); err != nil || !strings.Contains(says, index) || strings.Contains(says, "SCAN contact") {
			t.Errorf("%+v: %s, %v", n, says, err)
		}
	}
}
