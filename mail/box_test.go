package mail

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"stoke/model"
)

// memBox is a Box in memory. States change by the model's own table and nothing else, so that it
// cannot be kinder to the engine than a store is.
type memBox struct {
	now   func() time.Time
	rules model.Rules

	mu       sync.Mutex
	rows     map[int64]*model.Outgoing
	next     int64
	cursors  map[string]model.Cursor
	people   map[string]int64 // address to contact
	received []model.Inbound
	known    map[string]bool
	turns    []string // "1 claim", "1 commit", ...
	stop     map[int64]string
	ripe     []model.Outgoing        // what goes by itself
	broken   map[string]func() error // by method; an error is given in place of the work
	changed  chan struct{}
}

func newMemBox(now func() time.Time) *memBox {
	return &memBox{
		now: now, rules: model.DefaultRules(), rows: map[int64]*model.Outgoing{}, cursors: map[string]model.Cursor{},
		people: map[string]int64{prospect: 7}, known: map[string]bool{}, stop: map[int64]string{}, broken: map[string]func() error{}, changed: make(chan struct{}),
	}
}

// lock takes the mutex and gives the planned failure of a method.
func (b *memBox) lock(method string) error {
	b.mu.Lock()
	f := b.broken[method]
	if f == nil {
		return nil
	}
	b.mu.Unlock() // it may panic
	err := f()
	if err == nil {
		b.mu.Lock()
	}
	return err
}

func (b *memBox) breaks(method string, f func() error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.broken[method] = f
}

func (b *memBox) turn(id int64, owner string, res model.Result) error {
	m := b.rows[id]
	if m == nil {
		return model.Errorf(model.NotFound, "no mail %d", id)
	}
	if owner != "" && m.Owner != owner {
		return model.Errorf(model.Conflict, "mail %d belongs to %q, not to %q", id, m.Owner, owner)
	}
	after, err := m.After(res, b.now(), b.rules)
	if err != nil {
		return err
	}
	*m = after
	b.turns = append(b.turns, fmt.Sprintf("%d %s", id, res.Turn))
	b.stir()
	return nil
}

func (b *memBox) stir() {
	close(b.changed)
	b.changed = make(chan struct{})
}

// queue puts a mail into the outbox and gives its id.
func (b *memBox) queue(m model.Outgoing) int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.next++
	m.ID, m.State, m.Account = b.next, model.Queued, "work"
	if m.From.Addr == "" {
		m.From = model.Address{Name: "Ines", Addr: rep}
	}
	if len(m.To) == 0 {
		m.To = []model.Address{{Name: "Dana", Addr: prospect}}
	}
	if m.MessageID == "" {
		m.MessageID = fmt.Sprintf("out-%d@stoke.example", m.ID)
	}
	if m.StokeID == "" {
		m.StokeID = fmt.Sprintf("stoke-%d", m.ID)
	}
	if m.Subject == "" {
		m.Subject, m.Text = "The slots you asked for", "Hello Dana,\n.\nTuesday at ten?\n"
	}
	m.Approved, m.Contact = b.now(), 7
	b.rows[m.ID] = &m
	b.stir()
	return m.ID
}

func (b *memBox) row(id int64) model.Outgoing {
	b.mu.Lock()
	defer b.mu.Unlock()
	return *b.rows[id]
}

// await waits until ok holds, checked after every change.
func (b *memBox) await(ctx context.Context, ok func() bool) error {
	for {
		b.mu.Lock()
		changed, good := b.changed, ok()
		b.mu.Unlock()
		if good {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (b *memBox) awaitState(ctx context.Context, id int64, states ...model.State) (model.Outgoing, error) {
	err := b.await(ctx, func() bool { return slices.Contains(states, b.rows[id].State) })
	return b.row(id), err
}

func (b *memBox) Auto(context.Context) (queued int, err error) {
	if err := b.lock("Auto"); err != nil {
		return 0, err
	}
	ripe := b.ripe
	b.ripe = nil
	b.mu.Unlock()
	for _, m := range ripe {
		b.queue(m)
	}
	return len(ripe), nil
}

// ripens makes a mail go by itself.
func (b *memBox) ripens(m model.Outgoing) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ripe = append(b.ripe, m)
}

func (b *memBox) LastUndo(context.Context) (last time.Time, err error) {
	if err := b.lock("LastUndo"); err != nil {
		return time.Time{}, err
	}
	defer b.mu.Unlock()
	for _, m := range b.rows {
		if m.State == model.Queued && m.Attempts == 0 && m.SendAfter.After(b.now()) && m.SendAfter.After(last) && m.SendAfter.Sub(b.now()) <= b.rules.UndoWindow {
			last = m.SendAfter
		}
	}
	return last, nil
}

func (b *memBox) Recover(_ context.Context, account string) (claimed, committing int, err error) {
	if err := b.lock("Recover"); err != nil {
		return 0, 0, err
	}
	defer b.mu.Unlock()
	for id, m := range b.rows {
		if m.Account != account {
			continue
		}
		switch m.State {
		case model.Claimed:
			claimed++
		case model.Committing:
			committing++
		default:
			continue
		}
		if err := b.turn(id, "", model.Result{Turn: model.TurnOrphan}); err != nil {
			return 0, 0, err
		}
	}
	return claimed, committing, nil
}

func (b *memBox) NextDue(_ context.Context, account string) (time.Time, error) {
	if err := b.lock("NextDue"); err != nil {
		return time.Time{}, err
	}
	defer b.mu.Unlock()
	var due time.Time
	for _, m := range b.rows {
		at := m.NextAt
		switch {
		case m.Account != account:
			continue
		case m.State == model.Queued:
			if m.SendAfter.After(at) {
				at = m.SendAfter
			}
		case m.State == model.Uncertain:
		case m.State == model.Sent && !m.Copied:
			at = m.Settled
		default:
			continue
		}
		if at.IsZero() {
			at = m.Approved
		}
		if due.IsZero() || at.Before(due) {
			due = at
		}
	}
	return due, nil
}

func (b *memBox) Claim(_ context.Context, account, owner string, synced bool) (*model.Outgoing, error) {
	if err := b.lock("Claim"); err != nil {
		return nil, err
	}
	defer b.mu.Unlock()
	for id := int64(1); id <= b.next; id++ {
		m := b.rows[id]
		if m.Account != account || m.State != model.Queued || m.NextAt.After(b.now()) || m.SendAfter.After(b.now()) || !synced && !m.Unsynced {
			continue
		}
		if err := b.turn(id, "", model.Result{Turn: model.TurnClaim}); err != nil {
			return nil, err
		}
		m.Owner = owner
		taken := *m
		return &taken, nil
	}
	return nil, nil
}

func (b *memBox) Freeze(_ context.Context, id int64, owner string, raw []byte, sentNext uint32) error {
	if err := b.lock("Freeze"); err != nil {
		return err
	}
	defer b.mu.Unlock()
	m := b.rows[id]
	if m.Owner != owner || m.State != model.Claimed {
		return model.Errorf(model.Conflict, "not yours")
	}
	if len(m.Raw) == 0 {
		m.Raw = slices.Clone(raw)
	}
	m.SentNext = sentNext
	b.stir()
	return nil
}

func (b *memBox) Commit(_ context.Context, id int64, owner string) error {
	if err := b.lock("Commit"); err != nil {
		return err
	}
	if why := b.stop[id]; why != "" {
		defer b.mu.Unlock()
		if err := b.turn(id, owner, model.Result{Turn: model.TurnStop, Error: why}); err != nil {
			return err
		}
		return model.Errorf(model.Conflict, "%s", why)
	}
	err := b.turn(id, owner, model.Result{Turn: model.TurnCommit})
	b.mu.Unlock()
	if err != nil {
		return err
	}
	if err := b.lock("Committed"); err != nil {
		return err
	}
	b.mu.Unlock()
	return nil
}

func (b *memBox) Settle(_ context.Context, id int64, owner string, result model.Result) (model.Outgoing, error) {
	if err := b.lock("Settle"); err != nil {
		return model.Outgoing{}, err
	}
	defer b.mu.Unlock()
	if err := b.turn(id, owner, result); err != nil {
		return model.Outgoing{}, err
	}
	return *b.rows[id], nil
}

func (b *memBox) list(fits func(model.Outgoing) bool) []model.Outgoing {
	var out []model.Outgoing
	for id := int64(1); id <= b.next; id++ {
		if fits(*b.rows[id]) {
			out = append(out, *b.rows[id])
		}
	}
	return out
}

func (b *memBox) Doubtful(_ context.Context, account string) ([]model.Outgoing, error) {
	if err := b.lock("Doubtful"); err != nil {
		return nil, err
	}
	defer b.mu.Unlock()
	return b.list(func(m model.Outgoing) bool {
		return m.Account == account && (m.State == model.Uncertain && !m.NextAt.After(b.now()) || m.State == model.AskRep)
	}), nil
}

func (b *memBox) Looked(_ context.Context, id int64, found bool, evidence string) (model.Outgoing, error) {
	if err := b.lock("Looked"); err != nil {
		return model.Outgoing{}, err
	}
	defer b.mu.Unlock()
	res := model.Result{Turn: model.TurnAbsent, Error: evidence}
	if found {
		res = model.Result{Turn: model.TurnFound, Reply: evidence}
	}
	if err := b.turn(id, "", res); err != nil {
		return model.Outgoing{}, err
	}
	return *b.rows[id], nil
}

func (b *memBox) Uncopied(_ context.Context, account string) ([]model.Outgoing, error) {
	if err := b.lock("Uncopied"); err != nil {
		return nil, err
	}
	defer b.mu.Unlock()
	return b.list(func(m model.Outgoing) bool { return m.Account == account && m.State == model.Sent && !m.Copied }), nil
}

func (b *memBox) Copied(_ context.Context, id int64) error {
	if err := b.lock("Copied"); err != nil {
		return err
	}
	defer b.mu.Unlock()
	b.rows[id].Copied = true
	b.stir()
	return nil
}

func (b *memBox) Cursor(_ context.Context, _, mailbox string) (model.Cursor, error) {
	if err := b.lock("Cursor"); err != nil {
		return model.Cursor{}, err
	}
	defer b.mu.Unlock()
	return b.cursors[mailbox], nil
}

func (b *memBox) Interesting(_ context.Context, _ string, headers []model.Header) ([]bool, error) {
	if err := b.lock("Interesting"); err != nil {
		return nil, err
	}
	defer b.mu.Unlock()
	var out []bool
	for _, h := range headers {
		people := append(append([]model.Address{h.From}, h.To...), h.Cc...)
		ours := slices.ContainsFunc(people, func(a model.Address) bool { return b.people[strings.ToLower(a.Addr)] != 0 })
		for _, m := range b.rows {
			ours = ours || m.MessageID == h.InReplyTo || slices.Contains(h.References, m.MessageID)
		}
		out = append(out, (ours || h.Report) && !b.known[h.MessageID])
	}
	return out, nil
}

func (b *memBox) Receive(_ context.Context, account, mailbox string, batch []model.Inbound, cursor model.Cursor) (model.Received, error) {
	if err := b.lock("Receive"); err != nil {
		return model.Received{}, err
	}
	defer b.mu.Unlock()
	var got model.Received
	for _, in := range batch {
		if b.known[in.MessageID] {
			continue
		}
		b.known[in.MessageID] = true
		b.received = append(b.received, in)
		got.Matched++
		if !in.Own {
			got.Replies++
			got.News = append(got.News, model.News{Contact: 7, Answered: true})
		}
		for id, m := range b.rows {
			if m.State != model.Uncertain && m.State != model.AskRep {
				continue
			}
			if in.MessageID == m.MessageID || in.StokeID == m.StokeID || in.OriginalID == m.MessageID || in.Verdict.OriginalMessageID == m.MessageID || in.InReplyTo == m.MessageID {
				if err := b.turn(id, "", model.Result{Turn: model.TurnFound}); err != nil {
					return got, err
				}
			}
		}
	}
	b.cursors[mailbox] = cursor
	b.stir()
	return got, nil
}
