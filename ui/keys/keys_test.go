package keys

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

func press(key string) tea.KeyPressMsg {
	switch key {
	case "enter":
		return tea.KeyPressMsg{Code: tea.KeyEnter}
	case "esc":
		return tea.KeyPressMsg{Code: tea.KeyEscape}
	case "tab":
		return tea.KeyPressMsg{Code: tea.KeyTab}
	}
	if rest, ok := strings.CutPrefix(key, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: rune(rest[0]), Mod: tea.ModCtrl}
	}
	r := []rune(key)[0]
	return tea.KeyPressMsg{Code: r, Text: key}
}

func TestOnePressOneAction(t *testing.T) {
	if found := Default().collisions(); len(found) > 0 {
		t.Fatalf("delivered keys collide: %v", found)
	}
	seen := map[ID]bool{}
	for _, b := range Default().Bindings() {
		if seen[b.ID] {
			t.Errorf("%s stands twice in the table", b.ID)
		}
		seen[b.ID] = true
		if b.Help == "" || b.Section == "" || b.In == 0 || len(b.Keys) == 0 {
			t.Errorf("%s is incomplete: %+v", b.ID, b)
		}
		if strings.Trim(strings.Join(b.All(), ""), "[]{}") == "" {
			t.Errorf("%s can only be reached with AltGr", b.ID)
		}
		for _, key := range b.All() {
			if neverBound[key] != "" {
				t.Errorf("%s is bound to %s", b.ID, key)
			}
		}
		if b.In&Text != 0 {
			for _, key := range b.All() {
				if len(key) == 1 {
					t.Errorf("%s takes the printable %q away from the writer", b.ID, key)
				}
			}
		}
	}
}

func TestMatchDependsOnThePlace(t *testing.T) {
	table := Default()
	for _, c := range []struct {
		key  string
		in   Context
		want ID
	}{
		{"r", List, Reply}, {"r", Outbox, Retry}, {"r", Text, ""}, {"enter", List, Open}, {"enter", Thread, Fold},
		{"ctrl+z", List, Suspend}, {"ctrl+z", Text, TextUndo}, {"ctrl+s", Text, Send}, {"esc", Text, Keep}, {"esc", List, Back},
		{"tab", Text, NextBlank}, {"tab", List, NextPane}, {"G", List, Bottom}, {"g", List, Top}, {"?", List, Help}, {"?", Text, ""},
	} {
		got, ok := table.Match(press(c.key), c.in)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%s in %d: got %q, wanted %q", c.key, c.in, got, c.want)
		}
	}
}

func TestAnotherAlphabetFallsBackToTheKeyBelow(t *testing.T) {
	table := Default()
	cyrillic := tea.KeyPressMsg{Code: 'ы', Text: "ы", BaseCode: 's'}
	if got, _ := table.Match(cyrillic, List); got != Snooze {
		t.Errorf("the key below ы is s: got %q", got)
	}
	shifted := tea.KeyPressMsg{Code: 'п', Text: "П", BaseCode: 'g', Mod: tea.ModShift}
	if got, _ := table.Match(shifted, List); got != Bottom {
		t.Errorf("shift and the key below п is G: got %q", got)
	}
	azerty := tea.KeyPressMsg{Code: 'w', Text: "w", BaseCode: 'z'}
	if got, _ := table.Match(azerty, List); got != Why {
		t.Errorf("a Latin letter means itself: got %q", got)
	}
}

func TestRebind(t *testing.T) {
	own, err := Default().Rebind(map[string][]string{"snooze": {"X"}})
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := own.Match(press("X"), List); got != Snooze {
		t.Errorf("X: %q", got)
	}
	if got, ok := own.Match(press("s"), List); ok {
		t.Errorf("s still does %q", got)
	}
	_, err = Default().Rebind(map[string][]string{"snoze": {"X"}, "done": {"ctrl+i"}, "why": {"s"}})
	for _, want := range []string{`"snoze"`, "ctrl+i", `"s" means`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error should name %s: %v", want, err)
		}
	}
}

func TestEveryActionIsFound(t *testing.T) {
	n := 0
	for _, section := range Sections() {
		n += len(Default().Search(section, ""))
	}
	if all := len(Default().Bindings()); n != all {
		t.Errorf("%d of %d actions stand in a section", n, all)
	}
	var ids []ID
	for _, b := range Default().Search(Later, " SNOOZE ") {
		ids = append(ids, b.ID)
	}
	if !slices.Equal(ids, []ID{Snooze, SnoozeAgain, Revive}) {
		t.Errorf("searched for snooze: %v", ids)
	}
	if found := Default().Search(Move, "pgdown"); len(found) != 1 || found[0].ID != HalfDown {
		t.Errorf("searched for a key: %+v", found)
	}
	if Label("ctrl+s") != "^s" || Label("f1") != "F1" || Label("esc") != "esc" {
		t.Error("labels")
	}
}

// The README shows the keys as they are delivered, between two marks.
func TestTheReadmeShowsTheseKeys(t *testing.T) {
	raw, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, begins := strings.Cut(string(raw), "<!-- keys -->\n")
	shown, _, ends := strings.Cut(rest, "<!-- /keys -->")
	if !begins || !ends {
		t.Fatal("README.md has no keys between <!-- keys --> and <!-- /keys -->")
	}
	want := markdown(Default())
	if shown != want {
		t.Errorf("README.md shows other keys than the table; between the marks belongs:\n%s", want)
	}
}

func markdown(t Table) string {
	var sections []string
	for _, section := range Sections() {
		var out strings.Builder
		fmt.Fprintf(&out, "### %s\n\n| key | also | does | id |\n|---|---|---|---|\n", section)
		for _, b := range t.Search(section, "") {
			fmt.Fprintf(&out, "| %s | %s | %s | %s |\n", code(b.Keys), code(b.Also), b.Help, b.ID)
		}
		sections = append(sections, out.String())
	}
	return strings.Join(sections, "\n")
}

func code(keys []string) string {
	quoted := make([]string, len(keys))
	for i, k := range keys {
		quoted[i] = "`" + k + "`"
	}
	return strings.Join(quoted, " ")
}
