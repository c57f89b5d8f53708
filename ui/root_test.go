package ui_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"stoke/model"
	"stoke/themes"
	"stoke/ui"
	"stoke/ui/frame"
	"stoke/ui/keys"
	"stoke/ui/uitest"
)

// stage is a screen with a desk behind it.
type stage struct {
	*uitest.Driver
	desk *uitest.Desk
	wire *uitest.Wire
	who  map[string]int64
	logs []string
}

var monday = func() time.Time {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err)
	}
	return time.Date(2026, 11, 23, 9, 41, 0, 0, zone)
}()

// perform opens the screen with the cast on it; change may alter the options.
func perform(t testing.TB, w, h int, change ...func(*ui.Options)) *stage {
	t.Helper()
	s := empty(t)
	s.who = uitest.Cast(s.desk)
	s.open(t, w, h, change...)
	return s
}

func empty(t testing.TB) *stage {
	t.Helper()
	d := uitest.NewDriver(t, monday)
	return &stage{Driver: d, desk: uitest.NewDesk(t, d.Now), wire: &uitest.Wire{}}
}

// saved is the draft of somebody as it is on disk, nil for none.
func (s *stage) saved(name string) *model.Draft { return s.desk.Dossier(s.who[name]).Draft }

func (s *stage) contact(name string) model.Contact { return s.desk.Dossier(s.who[name]).Contact }

func (s *stage) open(t testing.TB, w, h int, change ...func(*ui.Options)) {
	t.Helper()
	theme, err := themes.Load("terminal")
	if err != nil {
		t.Fatal(err)
	}
	o := ui.Options{
		Ctx: t.Context(), Desk: s.desk, Wire: s.wire, Now: s.Now, After: s.After, Theme: theme,
		Glyphs: frame.Unicode, Keys: keys.Default(), Account: "me@acme.test", Own: []string{"me@acme.test"},
		Rulebook: func() *model.Rulebook { return &s.desk.Rules }, Log: func(doing string, err error) { s.logs = append(s.logs, doing+": "+err.Error()) },
	}
	for _, c := range change {
		c(&o)
	}
	s.Start(ui.New(o), w, h)
	s.Send(model.Event{Kind: model.EventSynced, Account: "acme", At: s.Now().Add(-12 * time.Second)})
	s.Wait(200 * time.Millisecond)
}
