package storetest

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/schedule"
	"stoke/model/sequence"
	"stoke/model/template"
	"stoke/store"
)

// Start is where the clock of a Desk stands first: a Monday, 10:00 in New York.
var Start = time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)

// Me is the rep of every test; Account the rep's one account.
var Me = model.Address{Name: "Robin Ferrer", Addr: "robin@harbor.example"}

// Account is the name of the rep's account.
const Account = "work"

// Desk is a Store in a fresh file with a clock and ids that a test can foretell.
type Desk struct {
	*store.Store
	tb   testing.TB
	path string

	mu    sync.Mutex
	now   time.Time
	ids   int
	rules model.Rulebook
}

// Open gives a Desk on a database of its own that is gone when the test ends.
func Open(tb testing.TB) *Desk {
	tb.Helper()
	d := OpenAt(tb, tb.TempDir())
	tb.Cleanup(func() { d.end(d.Store) })
	return d
}

// OpenAt gives a Desk on a database in a directory; the caller closes it.
func OpenAt(tb testing.TB, dir string) *Desk {
	tb.Helper()
	d := &Desk{tb: tb, path: filepath.Join(dir, "desk", "stoke.db"), now: Start, rules: Rulebook(tb)}
	d.Store = d.open()
	return d
}

func (d *Desk) open() *store.Store {
	d.tb.Helper()
	s, err := store.Open(d.path, d.Options())
	if err != nil {
		d.tb.Fatalf("open %s: %v", d.path, err)
	}
	return s
}

// Options are those that the Desk's own Store was opened with, for a second one on the same file.
func (d *Desk) Options() store.Options {
	return store.Options{
		Now:          d.Now,
		Rules:        d.Rules,
		NewID:        d.newID,
		Sender:       func(account string) (model.Address, bool) { return Me, account == Account },
		OwnAddresses: func() []string { return []string{Me.Addr} },
		NeedsSync:    func(string) bool { return true },
	}
}

// Second opens another Store on the same file, as another process would.
func (d *Desk) Second() *store.Store {
	d.tb.Helper()
	s := d.open()
	d.tb.Cleanup(func() { d.end(s) })
	return s
}

func (d *Desk) end(s *store.Store) {
	d.tb.Helper()
	if err := s.Close(); err != nil {
		d.tb.Errorf("close: %v", err)
	}
}

// Reopen ends the use of the file and begins it anew, as a crash and a restart do.
func (d *Desk) Reopen() {
	d.tb.Helper()
	d.end(d.Store)
	d.Store = d.open()
}

// Now is the Desk's clock.
func (d *Desk) Now() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.now
}

// Pass lets time pass on the Desk's clock.
func (d *Desk) Pass(span time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now = d.now.Add(span)
}

// Rules is the Desk's rulebook.
func (d *Desk) Rules() *model.Rulebook {
	d.mu.Lock()
	defer d.mu.Unlock()
	rules := d.rules
	return &rules
}

func (d *Desk) newID() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ids++
	return fmt.Sprintf("id%06d", d.ids)
}

// Rulebook is that of a rep in New York with the starter sequences and templates.
func Rulebook(tb testing.TB) model.Rulebook {
	tb.Helper()
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		tb.Fatal(err)
	}
	calendar, err := schedule.New(schedule.Settings{Zone: zone})
	if err != nil {
		tb.Fatal(err)
	}
	sequences, err := sequence.Starter()
	if err != nil {
		tb.Fatal(err)
	}
	templates, err := template.Starter()
	if err != nil {
		tb.Fatal(err)
	}
	return model.Rulebook{Rules: model.DefaultRules(), Calendar: calendar, Sequences: sequences, Templates: templates,
		Me: Me, MyCompany: "Harbor Tools", Accounts: []string{Account}}
}

// SetRules changes the Desk's rulebook, as a reload of the config does.
func (d *Desk) SetRules(rules model.Rulebook) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.rules = rules
}
