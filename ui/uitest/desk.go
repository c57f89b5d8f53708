package uitest

import (
	"context"
	"fmt"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/schedule"
	"stoke/model/sequence"
	"stoke/model/template"
	"stoke/model/text"
)

// Desk keeps contacts in memory and decides with model's rules, so that what a
// test of the screen sees is what a store would say.
type Desk struct {
	mu    sync.Mutex
	Rules model.Rulebook
	now   func() time.Time

	dossiers map[int64]*model.Dossier
	lists    map[model.View][]model.Row // sorted, made when asked for
	outbox   []model.Outgoing
	before   map[int64]model.FollowUp // by mail: to come back to
	history  []model.Change
	filters  []model.Filter
	morning  string // the day on which the mails that go by themselves were shown
	ids      int64

	// Fails, when set, is what every method answers, or where FailsIn is set
	// that one alone.
	Fails   error
	FailsIn string
	// Calls counts the calls by method.
	Calls map[string]int
}

// NewDesk returns an empty desk of a rep in the zone of now.
func NewDesk(t testing.TB, now func() time.Time) *Desk {
	t.Helper()
	calendar, err := schedule.New(schedule.Settings{Zone: now().Location()})
	if err != nil {
		t.Fatal(err)
	}
	sequences, err := sequence.Starter()
	if err != nil {
		t.Fatal(err)
	}
	templates, err := template.Starter()
	if err != nil {
		t.Fatal(err)
	}
	return &Desk{
		now: now, dossiers: map[int64]*model.Dossier{}, lists: map[model.View][]model.Row{}, before: map[int64]model.FollowUp{}, Calls: map[string]int{},
		Rules: model.Rulebook{Rules: model.DefaultRules(), Calendar: calendar, Sequences: sequences, Templates: templates,
			Me: model.Address{Name: "Robin Vale", Addr: "me@acme.test"}, MyCompany: "Acme", Accounts: []string{"acme"}},
	}
}

// Put adds a contact with what happened and gives its id. What happened is
// brought to bear by the rules, the same way a store does.
func (d *Desk) Put(c model.Contact, happened ...model.Interaction) int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ids++
	c.ID = d.ids
	dossier := &model.Dossier{Contact: c}
	for _, in := range happened {
		d.add(dossier, in)
	}
	next := dossier.Contact.FollowUp.Next
	dossier.Contact.FollowUp = d.Rules.Settle(*dossier, d.now())
	dossier.Contact.FollowUp.Next = next
	d.dossiers[c.ID] = dossier
	clear(d.lists)
	return c.ID
}

func (d *Desk) add(dossier *model.Dossier, in model.Interaction) {
	d.ids++
	in.ID, in.Contact = d.ids, dossier.Contact.ID
	if in.Summary == "" {
		in.Summary = text.Summary(in.Text, 120)
	}
	dossier.Interactions = append(dossier.Interactions, in)
	dossier.Happened = append(dossier.Happened, in)
	if in.Direction == model.In && in.IsAnswer() {
		dossier.Contact.FollowUp.AnswerID = in.ID
	}
}

// Unsort makes a contact one that nobody has decided on.
func (d *Desk) Unsort(contact int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f := &d.dossiers[contact].Contact.FollowUp
	f.Sorted, f.Next = false, model.Touch{}
	clear(d.lists)
}

// Hear lets a contact write, as the inbox loop would bring it.
func (d *Desk) Hear(contact int64, words string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	dossier := d.dossiers[contact]
	d.add(dossier, model.Interaction{Kind: model.Mail, Direction: model.In, At: d.now(), Text: words, Subject: "Re: " + "pricing", Asks: strings.Contains(words, "?")})
	f := d.Rules.Settle(*dossier, d.now())
	f.Next = model.Touch{Kind: model.TouchReply, About: model.Mail, Since: d.now(), ReadyAt: d.now(), DueAt: d.now().Add(24 * time.Hour)}
	f.Sorted, f.Unread, f.Snooze, f.Retired = true, true, model.Snooze{}, model.Retirement{}
	dossier.Contact.FollowUp = f
	clear(d.lists)
}

// Dossier is a contact as it stands, for assertions.
func (d *Desk) Dossier(id int64) model.Dossier {
	d.mu.Lock()
	defer d.mu.Unlock()
	return *d.dossiers[id]
}

// Mails is the outbox as it stands, oldest first, for assertions.
func (d *Desk) Mails() []model.Outgoing {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]model.Outgoing(nil), d.outbox...)
}

// Queue puts a mail into the outbox as it is.
func (d *Desk) Queue(o model.Outgoing) int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ids++
	o.ID = d.ids
	d.outbox = append(d.outbox, o)
	return o.ID
}

// begin counts a call and locks; the caller unlocks.
func (d *Desk) begin(method string) error {
	d.mu.Lock()
	d.Calls[method]++
	if d.FailsIn != "" && d.FailsIn != method {
		return nil
	}
	return d.Fails
}

// Open implements ui.Desk.
func (d *Desk) Open(_ context.Context, contact int64) (model.Dossier, error) {
	defer d.mu.Unlock()
	if err := d.begin("Open"); err != nil {
		return model.Dossier{}, err
	}
	dossier, ok := d.dossiers[contact]
	if !ok {
		return model.Dossier{}, model.Errorf(model.NotFound, "There is no such contact.")
	}
	whole := *dossier
	whole.Outbox = nil
	for _, o := range d.outbox {
		if o.Contact == contact {
			whole.Outbox = append(whole.Outbox, o)
		}
	}
	whole.Outdated = d.Rules.Outdated(whole)
	if script, ok := d.Rules.Script(whole, d.now()); ok {
		whole.Script = &script
	}
	return whole, nil
}

// Compose implements ui.Desk.
func (d *Desk) Compose(_ context.Context, contact int64, name string) (model.Draft, error) {
	defer d.mu.Unlock()
	if err := d.begin("Compose"); err != nil {
		return model.Draft{}, err
	}
	return d.Rules.Compose(*d.dossiers[contact], name, d.now())
}

// Templates implements ui.Desk.
func (d *Desk) Templates(_ context.Context, contact int64) ([]model.Offer, error) {
	defer d.mu.Unlock()
	if err := d.begin("Templates"); err != nil {
		return nil, err
	}
	return d.Rules.Offers(*d.dossiers[contact], d.now())
}

// SaveDraft implements ui.Desk.
func (d *Desk) SaveDraft(_ context.Context, draft model.Draft) (model.Draft, error) {
	defer d.mu.Unlock()
	if err := d.begin("SaveDraft"); err != nil {
		return draft, err
	}
	draft.Saved = d.now()
	d.dossiers[draft.Contact].Draft = &draft
	return draft, nil
}

// DiscardDraft implements ui.Desk.
func (d *Desk) DiscardDraft(_ context.Context, contact int64) error {
	defer d.mu.Unlock()
	if err := d.begin("DiscardDraft"); err != nil {
		return err
	}
	d.dossiers[contact].Draft = nil
	return nil
}

// Read implements ui.Desk.
func (d *Desk) Read(_ context.Context, contact int64) error {
	defer d.mu.Unlock()
	if err := d.begin("Read"); err != nil {
		return err
	}
	d.dossiers[contact].Contact.FollowUp.Unread = false
	clear(d.lists)
	return nil
}

// Tick implements ui.Desk: places follow the clock, so lists are made anew.
func (d *Desk) Tick(context.Context) (int, time.Time, error) {
	defer d.mu.Unlock()
	if err := d.begin("Tick"); err != nil {
		return 0, time.Time{}, err
	}
	return 0, time.Time{}, nil
}

// When implements ui.Desk.
func (d *Desk) When(words string) (time.Time, error) {
	defer d.mu.Unlock()
	if err := d.begin("When"); err != nil {
		return time.Time{}, err
	}
	return d.Rules.Calendar.Parse(words, d.now())
}

// Company implements ui.Desk.
func (d *Desk) Company(_ context.Context, contact int64) (model.Company, error) {
	defer d.mu.Unlock()
	if err := d.begin("Company"); err != nil {
		return model.Company{}, err
	}
	name := d.dossiers[contact].Contact.Company
	var people []model.Row
	for _, dossier := range d.dossiers {
		if strings.EqualFold(dossier.Contact.Company, name) {
			people = append(people, d.row(dossier))
		}
	}
	return model.NewCompany(name, people), nil
}

// Morning implements ui.Desk.
func (d *Desk) Morning(context.Context) (model.Morning, error) {
	defer d.mu.Unlock()
	if err := d.begin("Morning"); err != nil {
		return model.Morning{}, err
	}
	var m model.Morning
	for _, dossier := range d.dossiers {
		if goes := dossier.Contact.FollowUp.Next.GoesAt; !goes.IsZero() && goes.Before(model.EndOfToday(d.now())) {
			if r := d.row(dossier); !r.Contact.FollowUp.Next.GoesAt.IsZero() {
				m.Going = append(m.Going, r)
			}
		}
	}
	sort.Slice(m.Going, func(i, j int) bool {
		a, b := m.Going[i].Contact.FollowUp.Next.GoesAt, m.Going[j].Contact.FollowUp.Next.GoesAt
		return a.Before(b) || a.Equal(b) && m.Going[i].Contact.ID < m.Going[j].Contact.ID
	})
	today := d.now().Format(time.DateOnly)
	m.First = len(m.Going) > 0 && d.morning != today
	if m.First {
		d.morning = today
	}
	return m, nil
}

// History implements ui.Desk.
func (d *Desk) History(_ context.Context, limit int) ([]model.Change, error) {
	defer d.mu.Unlock()
	if err := d.begin("History"); err != nil {
		return nil, err
	}
	newest := append([]model.Change(nil), d.history...)
	sort.Slice(newest, func(i, j int) bool { return newest[i].ID > newest[j].ID })
	return newest[:min(limit, len(newest))], nil
}

// Wire is an engine that only counts what it was asked.
type Wire struct{ Kicks, Syncs int }

// Kick implements ui.Wire.
func (w *Wire) Kick() { w.Kicks++ }

// Sync implements ui.Wire.
func (w *Wire) Sync() { w.Syncs++ }

func (d *Desk) messageID() string { return fmt.Sprintf("m%d@acme.test", d.ids) }
