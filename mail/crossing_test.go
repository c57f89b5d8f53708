package mail

import (
	"context"
	"crypto/rand"
	"fmt"
	"maps"
	"net"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"stoke/mail/mailtest"
	"stoke/model"
	"stoke/store"
	"stoke/store/storetest"
)

// crossing is a machine with a database on disk, on which one mail waits, and a provider whose mailboxes are the oracle.
type crossing struct {
	t          *testing.T
	account    Account
	password   string
	smtp, imap *mailtest.Port
	deliveries func() int // how many mails the provider has taken
	copies     func() int // how many lie in Sent

	clock  *clock
	dir    string
	limits Limits
	mail   int64
}

// newCrossing is one against the loopback provider.
func newCrossing(t *testing.T, saves bool) *crossing {
	t.Helper()
	c, _ := newServed(t, saves)
	return c
}

func newServed(t *testing.T, saves bool) (*crossing, *mailtest.Server) {
	t.Helper()
	c := &crossing{t: t, password: repPass, clock: newClock()}
	s, err := mailtest.Start(mailtest.Options{SavesSent: saves, Now: c.clock.now, Users: []mailtest.User{{Address: rep, Password: repPass}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	c.smtp, c.imap = s.SMTP, s.IMAP
	c.deliveries = func() int { return len(s.Deliveries()) }
	c.copies = func() int {
		all, err := s.Mails(rep, "Sent")
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	c.limits = Limits{Connect: 200 * time.Millisecond, Command: 150 * time.Millisecond, Whole: 3 * time.Second, Dot: 60 * time.Millisecond, Copy: 10 * time.Millisecond, Retry: 10 * time.Millisecond, Leave: 100 * time.Millisecond}
	c.queue(rep, prospect)
	return c, s
}

// waiting is a database on which one mail waits for each pair of addresses, made once: most of a case's time would go into
// making tables.
var waiting = struct {
	sync.Mutex
	files map[[2]string][]byte
}{files: map[[2]string][]byte{}}

// queue puts the mail into the outbox, approved in the store as a rep's is.
func (c *crossing) queue(from, to string) {
	c.t.Helper()
	c.dir = c.t.TempDir()
	c.account = Account{Name: storetest.Account, Own: []string{from}, SentCopy: CopyAuto, IMAP: c.serverAt(c.imap, from), SMTP: c.serverAt(c.smtp, from)}
	c.mail = 1
	waiting.Lock()
	defer waiting.Unlock()
	if waiting.files[[2]string{from, to}] == nil {
		s, ctx := c.openAt(filepath.Join(c.t.TempDir(), "template.db")), c.t.Context()
		dana, err := s.AddContact(ctx, model.Contact{Name: "Dana", Emails: []string{to}})
		if err != nil {
			c.t.Fatal(err)
		}
		_, out, err := s.Send(ctx, model.Approval{Single: true, Draft: model.Draft{
			Contact: dana.ID, Account: c.account.Name, To: []model.Address{{Name: "Dana", Addr: to}}, Subject: "The slots you asked for", Body: "Hello Dana,\n.\nTuesday at ten?\n", Edited: true,
		}})
		if err != nil || out.ID != c.mail {
			c.t.Fatal(out.ID, err)
		}
		copied := filepath.Join(c.dir, "copy.db")
		if err := s.Backup(ctx, copied); err != nil {
			c.t.Fatal(err)
		}
		if waiting.files[[2]string{from, to}], err = os.ReadFile(copied); err != nil {
			c.t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(c.dir, "stoke.db"), waiting.files[[2]string{from, to}], 0o600); err != nil {
		c.t.Fatal(err)
	}
	c.clock.move(time.Minute) // beyond the undo window
}

func (c *crossing) serverAt(p *mailtest.Port, user string) Server {
	host, port, err := net.SplitHostPort(p.Addr())
	if err != nil {
		c.t.Fatal(err)
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		c.t.Fatal(err)
	}
	return Server{Host: host, Port: n, Security: Plain, User: user}
}

// open gives a fresh handle on the database, as a new process has one. That of a process that died stays as it is.
func (c *crossing) open() *store.Store {
	c.t.Helper()
	return c.openAt(filepath.Join(c.dir, "stoke.db"))
}

var rulebook = sync.OnceValue(func() model.Rulebook { return storetest.Rulebook(new(testing.T)) })

func (c *crossing) openAt(path string) *store.Store {
	c.t.Helper()
	rules := rulebook()
	rules.Me = model.Address{Name: "Ines", Addr: c.account.Own[0]}
	s, err := store.Open(path, store.Options{
		Now: c.clock.now, Rules: func() *model.Rulebook { return &rules }, NewID: rand.Text,
		Sender: func(string) (model.Address, bool) { return rules.Me, true }, OwnAddresses: func() []string { return c.account.Own }, NeedsSync: func(string) bool { return true },
	})
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() {
		if err := s.Close(); err != nil {
			c.t.Error(err)
		}
	})
	return s
}

func (c *crossing) report(ctx context.Context, box Box, dial Dialer, owner string) model.Synced {
	c.t.Helper()
	e, err := New(Options{
		Box: box, Accounts: []Account{c.account}, Now: c.clock.now, Limits: c.limits, Owner: owner, LockDir: c.dir, Dial: dial,
		Secret: func(context.Context, string) (string, error) { return c.password, nil },
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return e.SyncNow(ctx)[0]
}

// dies runs a process that is killed at a point, or when it is done where its way does not lead there.
func (c *crossing) dies(v *victim, point, owner string) {
	c.t.Helper()
	ctx, cancel := context.WithCancel(c.t.Context())
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		<-v.dead
		cancel()
	}()
	c.report(ctx, disk{c.open(), v, point}, v.dial, owner)
	v.kill()
	<-gone
}

// row is the mail as a process that starts now finds it.
func (c *crossing) row() model.Outgoing {
	c.t.Helper()
	m, err := c.open().Outgoing(c.t.Context(), c.mail)
	if err != nil {
		c.t.Fatal(err)
	}
	return m
}

// settles lets processes start that nobody kills until nothing is owed any more.
func (c *crossing) settles() model.Outgoing {
	c.t.Helper()
	s := c.open()
	for range 30 { // ten hours
		m, err := s.Outgoing(c.t.Context(), c.mail)
		if err != nil {
			c.t.Fatal(err)
		}
		if !m.State.Owed() && (m.State != model.Sent || m.Copied) {
			return m
		}
		c.clock.move(20 * time.Minute)
		c.report(c.t.Context(), s, (&net.Dialer{}).DialContext, "last")
	}
	c.t.Fatalf("it never comes to an end: %+v", c.row())
	return model.Outgoing{}
}

// judge compares what the outbox says with what the provider has.
func (c *crossing) judge(m model.Outgoing, when string) {
	c.t.Helper()
	deliveries, copies := c.deliveries(), c.copies()
	wrong := deliveries > 1 || copies > 1
	switch m.State {
	case model.Sent:
		wrong = wrong || deliveries != 1 || m.Copied && copies != 1
	case model.AskRep:
		wrong = wrong || deliveries == 1 && copies == 1 // evidence lies in Sent
	case model.Queued, model.Claimed, model.Failed, model.Cancelled:
		wrong = wrong || deliveries != 0
	case model.Committing, model.Uncertain:
	default:
		wrong = true
	}
	if wrong {
		c.t.Errorf("%s it is %s (copied %v, %s); the provider took %d and has %d in Sent", when, m.State, m.Copied, m.Error, deliveries, copies)
	}
}

// everything tells whether each pair is tried with both kinds of provider, and deaths at each word of the wire besides;
// elsewhere each pair is tried with one, turn and turn about.
func everything() bool { return os.Getenv("STOKE_TEST_SERVERS") == "1" }

// kinds are the kinds of provider of the n-th case: does it file in Sent what it takes? Beside the race detector, under
// which SQLite takes ten times as long, one case in nine is tried: it looks for races, not for pairs.
func kinds(n int) []bool {
	info, ok := debug.ReadBuildInfo()
	switch raced := ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"}); {
	case raced && n%9 != 0:
		return nil
	case everything():
		return []bool{true, false}
	}
	return []bool{n%2 == 0}
}

// Every change of the outbox's state against every fault, on a database on disk: a process dies there without cleaning
// up, another one starts; what the provider has is what the outbox says, at each moment in between and in the end.
func TestEveryDeathCrossesEveryFault(t *testing.T) {
	points := append(turningPoints(), "at the fault", "at no point")
	if everything() {
		for _, phase := range []mailtest.Phase{mailtest.Connect, mailtest.EHLO, mailtest.Auth, mailtest.Mail, mailtest.Rcpt, mailtest.Data, mailtest.Body, mailtest.AfterDot, mailtest.Quit} {
			points = append(points, "at "+string(phase))
		}
	}
	faults := dotFaults()
	for i, name := range slices.Sorted(maps.Keys(faults)) {
		f := faults[name]
		for j, point := range points {
			for _, saves := range kinds(i + j/2) {
				// Nobody files a copy where the provider does.
				c := crossed{name, point, saves && !f.imap, f.fault, f.imap}
				t.Run(c.String(), func(t *testing.T) {
					t.Parallel()
					c.run(newCrossing(t, c.saves))
				})
				if f.imap {
					break
				}
			}
		}
	}
}

// crossed is one death and one fault.
type crossed struct {
	name, point string
	saves       bool
	fault       mailtest.Fault
	imap        bool
}

func (x crossed) String() string {
	return fmt.Sprintf("%s, %s, provider saves=%v", x.name, x.point, x.saves)
}

func (x crossed) run(c *crossing) {
	c.t.Helper()
	v := newVictim()
	c.strikes(v, x.point, x.fault, x.imap)
	c.dies(v, x.point, "first")
	c.judge(c.row(), "right after the death")
	c.judge(c.settles(), "in the end")
}

// strikes sets the fault, and the kill where it comes at a moment of the wire. What is not reached by the process that
// dies strikes those after it.
func (c *crossing) strikes(v *victim, point string, fault mailtest.Fault, imap bool) {
	port := c.smtp
	if imap {
		port = c.imap
	}
	if point == "at the fault" {
		fault = fault.OnStrike(v.kill)
	} else if phase, ok := atPhase(point); ok {
		open := make(chan struct{})
		close(open) // nothing but the moment is told: the answer goes on at once
		c.smtp.Set(mailtest.Late(phase, open).OnStrike(v.kill).Times(1))
		c.imap.Set(mailtest.Late(phase, open).OnStrike(v.kill).Times(1))
	}
	port.Set(fault)
}

func atPhase(point string) (mailtest.Phase, bool) {
	phases := []mailtest.Phase{mailtest.Connect, mailtest.Greeting, mailtest.EHLO, mailtest.Auth, mailtest.Mail, mailtest.Rcpt, mailtest.Data, mailtest.Body, mailtest.AfterDot, mailtest.Quit, mailtest.Append}
	i := slices.IndexFunc(phases, func(p mailtest.Phase) bool { return point == "at "+string(p) })
	if i < 0 {
		return "", false
	}
	return phases[i], true
}

// The process that takes over dies, too, wherever it may: what one left half done another leaves half cleared up.
func TestTwoDeathsInARow(t *testing.T) {
	first := []string{"after Claim", "after Freeze", "before Commit", "after Commit", "at " + string(mailtest.Body), "at " + string(mailtest.AfterDot), "before Settle", "after Settle"}
	for i, a := range first {
		for j, b := range turningPoints() {
			for _, saves := range kinds(i + j/2) {
				t.Run(fmt.Sprintf("%s, then %s, provider saves=%v", a, b, saves), func(t *testing.T) {
					t.Parallel()
					c := newCrossing(t, saves)
					for i, point := range []string{a, b} {
						v := newVictim()
						c.strikes(v, point, mailtest.AcceptThenRST().Times(1), false)
						c.dies(v, point, fmt.Sprint("process ", i))
						c.judge(c.row(), fmt.Sprint("after death ", i))
						c.clock.move(6 * time.Minute)
					}
					c.judge(c.settles(), "in the end")
				})
			}
		}
	}
}
