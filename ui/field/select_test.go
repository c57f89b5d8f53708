package field

import (
	"math/rand/v2"
	"testing"

	"stoke/themes"
)

func TestALineIsSelectedByShiftOrByAMark(t *testing.T) {
	f := New(themes.Theme{})
	f.Insert("Preise für 日本")
	press(f, "shift+left", "shift+left")
	if f.Selected() != "日本" {
		t.Errorf("shift: %q", f.Selected())
	}
	press(f, "x")
	if f.Text() != "Preise für x" {
		t.Errorf("typed over: %q", f.Text())
	}
	press(f, "home")
	f.ToggleMark()
	press(f, "alt+f", "left")
	if f.Selected() != "Preis" {
		t.Errorf("mark: %q", f.Selected())
	}
	if got := f.Cut(); got != "Preis" || f.Text() != "e für x" || f.Cut() != "" {
		t.Errorf("cut %q, left %q", got, f.Text())
	}
	f.SelectAll()
	press(f, "backspace")
	if f.Text() != "" {
		t.Errorf("erased: %q", f.Text())
	}
	for f.Undo() {
	}
	if f.Text() != "" {
		t.Errorf("undone to %q", f.Text())
	}
}

func TestTenThousandKeysInALineAreTakenBack(t *testing.T) {
	var keys []string
	for k := range named {
		keys = append(keys, k)
	}
	keys = append(keys, "a", "日", "e\u0301", " ", "b")
	r := rand.New(rand.NewPCG(7, 7))
	f := New(themes.Theme{})
	f.SetSize(60, 1)
	f.SetText("Re: pricing for 40 seats")
	for range 10_000 {
		press(f, keys[r.IntN(len(keys))])
	}
	for f.Undo() {
	}
	if f.Text() != "Re: pricing for 40 seats" || f.history.kept != 0 {
		t.Errorf("undone to %q, %d bytes of no history", f.Text(), f.history.kept)
	}
}
