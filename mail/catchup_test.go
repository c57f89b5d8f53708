package mail

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"stoke/mail/mailtest"
	"stoke/model"
)

// from makes a mail of somebody, as it lies in a mailbox.
func from(who string, n int) []byte {
	return fmt.Appendf(nil, "Received: from mx.example by imap.example; Mon, 2 Nov 2026 08:00:00 +0000\r\nFrom: <%s>\r\nTo: <%s>\r\nSubject: Mail %d\r\nMessage-Id: <%s-%d>\r\nDate: Mon, 5 Oct 2020 08:00:00 +0000\r\n\r\nText of %d.\r\n", who, rep, n, who, n, n)
}

// received gives the ids of what reached the Box, in order.
func (b *memBox) receivedIDs() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var ids []string
	for _, in := range b.received {
		ids = append(ids, in.MessageID)
	}
	return ids
}

func (w *world) syncOnce() model.Synced {
	w.t.Helper()
	return w.newEngine("once").SyncNow(testContext(w.t))[0]
}

func TestTheFirstSyncIsBoundedAndResumes(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.limits.Batch = 40
	if err := w.server.DeliverAt(rep, "INBOX", from(prospect, 999), epoch.AddDate(-1, 0, 0)); err != nil {
		t.Fatal(err)
	}
	for n := range 150 {
		who := "stranger@elsewhere.example"
		if n%10 == 0 {
			who = prospect
		}
		deliver(t, w.server, "INBOX", from(who, n))
	}
	deliver(t, w.server, "Sent", []byte("From: <"+rep+">\r\nTo: <"+prospect+">\r\nSubject: By phone\r\nMessage-Id: <phone@stoke.example>\r\n\r\nWritten on the phone.\r\n"))
	batches := 0
	w.box.breaks("Receive", func() error {
		if batches++; batches == 7 { // Sent, the newest of INBOX, Junk, Archive, two batches of INBOX, and then the disk is full
			return fmt.Errorf("disk full")
		}
		return nil
	})
	if rep := w.syncOnce(); rep.Err == nil {
		t.Fatal("a full disk was not told")
	}
	if got := w.box.receivedIDs(); len(got) != 9 || got[0] != "phone@stoke.example" || got[1] != prospect+"-110" || got[8] != prospect+"-100" {
		t.Fatalf("after the two newest batches of INBOX: %v", got)
	}
	w.box.mu.Lock()
	if !w.box.received[0].Own {
		t.Error("what the rep wrote elsewhere is not taken for the rep's own")
	}
	w.box.mu.Unlock()
	fetches := fetched(w)
	if rep := w.syncOnce(); rep.Err != nil || rep.Replies != 7 {
		t.Fatalf("the second sync: %+v", rep)
	}
	got := w.box.receivedIDs()
	if len(got) != 16 || slices.Contains(got, prospect+"-999") {
		t.Errorf("%d mails: %v", len(got), got)
	}
	if again := fetched(w) - fetches; again > 4 {
		t.Errorf("%d FETCHes the second time, from the start again?", again)
	}
	if at := w.box.received[1].At; !at.Equal(w.box.received[1].At.UTC()) || at.Year() != 2026 {
		t.Errorf("the time is %v, not the server's", at)
	}
	if ev := w.awaitEvent(model.EventSyncing); ev.Total != 150 || ev.Done != 40 {
		t.Errorf("progress %+v", ev)
	}
	asked := regexp.MustCompile(`BODY\.PEEK\[(HEADER)?\]<0\.(\d+)>`)
	for _, c := range w.server.IMAP.Heard() {
		if c := strings.ToUpper(c); strings.Contains(c, "FETCH") && strings.Contains(c, "BODY") {
			m := asked.FindStringSubmatch(c)
			if m == nil {
				t.Fatalf("the server was asked %q", c)
			}
			if most, err := strconv.Atoi(m[2]); err != nil || most > 256<<10 || m[1] == "" && most > 20<<10 { // they are short, as the server says
				t.Errorf("the server was asked %q", c)
			}
		}
	}
}

func fetched(w *world) (n int) {
	for _, c := range w.server.IMAP.Heard() {
		if strings.Contains(strings.ToUpper(c), "BODY.PEEK[HEADER]") {
			n++
		}
	}
	return n
}

func TestARenumberedMailboxHappensOnce(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	deliver(t, w.server, "INBOX", from(prospect, 1), from(prospect, 2))
	if rep := w.syncOnce(); rep.Replies != 2 {
		t.Fatalf("%+v", rep)
	}
	before := w.box.cursors["INBOX"]
	if err := w.server.NewUIDValidity(rep, "INBOX"); err != nil {
		t.Fatal(err)
	}
	deliver(t, w.server, "INBOX", from(prospect, 3))
	rep := w.syncOnce()
	if got := w.box.receivedIDs(); rep.Err != nil || len(got) != 3 || rep.Replies != 1 {
		t.Errorf("received %v, report %+v", got, rep)
	}
	if after := w.box.cursors["INBOX"]; after.UIDValidity == before.UIDValidity || after.UIDNext == 0 {
		t.Errorf("cursor %+v after %+v", after, before)
	}
}

// Only a mailbox that cannot be opened is gone. A server that is busy when a mail of it is asked for is a failure, which is
// told, and nothing of the mailbox counts as read.
func TestAServerThatIsBusyLosesNoMail(t *testing.T) {
	const mails = 30
	for nth := range 6 {
		w := newWorld(t, mailtest.Options{})
		w.patient()
		w.limits.Batch = 8
		for n := range mails {
			deliver(t, w.server, "Archive", from(prospect, n))
		}
		looks := 0
		w.box.breaks("Interesting", func() error {
			if looks++; looks == nth+1 {
				w.server.IMAP.Set(mailtest.Reply(mailtest.Fetch, "NO the store is busy").Times(1))
			}
			return nil
		})
		first := w.syncOnce()
		w.server.IMAP.Clear()
		w.box.breaks("Interesting", nil)
		if second := w.syncOnce(); second.Err != nil {
			t.Fatal(second.Err)
		}
		if ids := w.box.receivedIDs(); len(ids) != mails {
			t.Errorf("busy after look %d: %d of %d mails; it was told as %v", nth, len(ids), mails, first.Err)
		}
	}
}

func TestAReplyInJunkOrTheArchiveIsAReply(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	deliver(t, w.server, "Junk", from(prospect, 1))
	deliver(t, w.server, "Archive", from(prospect, 2))
	if rep := w.syncOnce(); rep.Err != nil || rep.Replies != 2 {
		t.Errorf("%+v", rep)
	}
}

// spoil changes what a server says, octet for octet, on its way to us.
func spoil(old, new string) Dialer {
	if len(old) != len(new) {
		panic("literals would be cut")
	}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := (&net.Dialer{}).DialContext(ctx, network, address)
		return spoiled{c, []byte(old), []byte(new)}, err
	}
}

type spoiled struct {
	net.Conn
	old, new []byte
}

func (s spoiled) Read(p []byte) (int, error) {
	n, err := s.Conn.Read(p)
	copy(p, bytes.ReplaceAll(p[:n], s.old, s.new))
	return n, err
}

// A mail whose date takes the connection with it is found, read without the date, and dated by its
// newest Received; its neighbours are not touched.
func TestADateNobodyCanRead(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.syncOnce()
	for n := range 30 {
		at := epoch
		if n == 17 {
			at = time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC)
		}
		if err := w.server.DeliverAt(rep, "INBOX", from(prospect, n), at); err != nil {
			t.Fatal(err)
		}
	}
	w.change = func(o *Options) { o.Dial = spoil("-1999 ", "-19x9 ") }
	rep := w.syncOnce()
	if rep.Err != nil || rep.Replies != 30 {
		t.Fatalf("%+v", rep)
	}
	for _, in := range w.box.received {
		want := epoch
		if in.MessageID == prospect+"-17" {
			want = time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)
		}
		if !in.At.Equal(want) {
			t.Errorf("%s came at %v", in.MessageID, in.At)
		}
	}
	if logins := strings.Count(strings.ToUpper(strings.Join(w.server.IMAP.Heard(), "\n")), "AUTHENTICATE"); logins > 8 {
		t.Errorf("%d connections for one bad date", logins)
	}
}

// The headers of the next mails are asked for together with the texts of others: what cannot be read of one costs nothing of
// the other.
func TestAnOldMailboxWithMailsNobodyCanRead(t *testing.T) {
	for _, c := range []struct {
		name, sent, spoilt string
		lost               int
	}{
		{"a date", "\"30-Oct-2026", "\"3x-Oct-2026", 0},
		{"a size", "RFC822.SIZE 777 ", "RFC822.SIZE x77 ", 1},
		{"a literal", "<0> {777}", "<0> {x77}", 0}, // its header is all that there is of it
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, mailtest.Options{})
			w.limits.Batch = 10
			const mails = 60
			for n := range mails {
				at, raw := epoch, from(prospect, n)
				if n == 27 {
					at, raw = time.Date(2026, 10, 30, 8, 0, 0, 0, time.UTC), append(raw, bytes.Repeat([]byte("x"), 777-len(raw))...)
				}
				if err := w.server.DeliverAt(rep, "INBOX", raw, at); err != nil {
					t.Fatal(err)
				}
			}
			w.change = func(o *Options) { o.Dial = spoil(c.sent, c.spoilt) }
			r := w.syncOnce()
			ids := w.box.receivedIDs()
			slices.Sort(ids)
			if n := len(slices.Compact(ids)); r.Err != nil || n != mails-c.lost {
				t.Errorf("%d of %d mails: %+v", n, mails-c.lost, r)
			}
			if logins := strings.Count(strings.ToUpper(strings.Join(w.server.IMAP.Heard(), "\n")), "AUTHENTICATE"); logins < 2 || logins > 12 {
				t.Errorf("%d connections for one bad mail", logins)
			}
		})
	}
}

// What a server refuses to tell of the next mails takes nothing from those before them, though both were asked for at once.
func TestARefusedHeaderHoldsBackNoText(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.limits.Batch = 10
	const mails = 80
	for n := range mails {
		deliver(t, w.server, "INBOX", from(prospect, n))
	}
	w.change = func(o *Options) {
		o.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
			c, err := (&net.Dialer{}).DialContext(ctx, network, address)
			return misspelt{c}, err
		}
	}
	if r := w.syncOnce(); r.Err == nil {
		t.Fatal("the refusal is not told")
	}
	if ids := w.box.receivedIDs(); len(ids) != 30 {
		t.Errorf("%d mails are stored, want the three portions before the refusal", len(ids))
	}
	w.change = nil
	if r := w.syncOnce(); r.Err != nil {
		t.Fatal(r.Err)
	}
	ids := w.box.receivedIDs()
	slices.Sort(ids)
	if n := len(slices.Compact(ids)); n != mails {
		t.Errorf("%d of %d mails in the end", n, mails)
	}
}

// misspelt asks for the headers of the mails 41 to 50 in a way that no server understands.
type misspelt struct{ net.Conn }

func (m misspelt) Write(p []byte) (int, error) {
	if bytes.Contains(p, []byte("FETCH 41:50 ")) {
		if _, err := m.Conn.Write(bytes.ReplaceAll(p, []byte("[HEADER]"), []byte("[HEADSTRONG]"))); err != nil {
			return 0, err
		}
		return len(p), nil
	}
	return m.Conn.Write(p)
}

// One mail whose text costs the connection does not cost one for each that is fetched with it: providers count log-ins.
func TestOneBadTextCostsFewConnections(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.patient()
	w.limits.Batch = 200
	const mails = 150
	for n := range mails {
		raw := from(prospect, n)
		if n == 3 {
			raw = append(raw, bytes.Repeat([]byte("x"), 777-len(raw))...)
		}
		deliver(t, w.server, "INBOX", raw)
	}
	w.change = func(o *Options) { o.Dial = spoil("<0> {777}", "<0> {x77}") }
	if r := w.syncOnce(); r.Err != nil || len(w.box.receivedIDs()) != mails {
		t.Fatalf("%d of %d mails: %+v", len(w.box.receivedIDs()), mails, r)
	}
	if logins := strings.Count(strings.ToUpper(strings.Join(w.server.IMAP.Heard(), "\n")), "AUTHENTICATE"); logins < 2 || logins > 12 {
		t.Errorf("%d connections", logins)
	}
}

// Whoever takes a mail in and fails takes nobody along: the fault is told and nothing is left running (start looks).
func TestAFaultOverAMailIsToldAndLeavesNothing(t *testing.T) {
	server := start(t, mailtest.Options{})
	for n := range 3 {
		deliver(t, server, "INBOX", append(from(prospect, n), bytes.Repeat([]byte("long\r\n"), 20_000)...))
	}
	s, err := logIn(testContext(t), endpointOf(t, server, server.IMAP, Plain), repLogin(), quick)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.examine(testContext(t), "INBOX"); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if v := recover(); v == nil || !strings.Contains(fmt.Sprint(v), "of no use") {
			t.Errorf("the fault is told as %v", v)
		}
	}()
	fails := func(uint32, []byte) { panic("of no use") }
	err = s.fetch(testContext(t), s.texts([]uint32{1, 2}, 256<<10, fails), s.headers([]uint32{3}, true, func(header) {}))
	t.Errorf("nothing but %v", err)
}

// A mail counts for what the server tells, and one of which it tells nothing for a moderate one; more than that is asked for,
// but not without bound.
func TestHowMuchOfAMailIsAskedFor(t *testing.T) {
	most := Limits{}.withDefaults().TextSize
	sized := func(n int, size int64) (heads []header) {
		for range n {
			heads = append(heads, header{size: size})
		}
		return heads
	}
	for _, c := range []struct {
		what   string
		heads  []header
		groups int
		octets int64
	}{
		{"none", nil, 1, 16 << 10},
		{"short ones", sized(300, 2000), 2, 4000 + 16<<10},
		{"one long one among them", append(sized(255, 1), sized(1, 200<<10)...), 2, 256 << 10},
		{"one long one before them", append(sized(1, 200<<10), sized(255, 1)...), 2, 256 << 10},
		{"long ones", sized(20, 200<<10), 2, 256 << 10},
		{"huge ones", sized(20, 5<<30), 3, 256 << 10},
		{"nothing told", sized(100, 0), 4, 256 << 10},
		{"nonsense told", sized(100, -1<<40), 4, 256 << 10},
	} {
		groups := groupsOf(c.heads, most)
		if len(groups) != c.groups {
			t.Errorf("%s: %d groups, want %d", c.what, len(groups), c.groups)
		}
		for _, g := range groups {
			if asked := int64(len(g)) * beginning(g, most); asked > 8<<20 {
				t.Errorf("%s: %d octets are asked for with one command", c.what, asked)
			}
		}
		if octets := beginning(c.heads, most); octets != c.octets {
			t.Errorf("%s: %d octets, want %d", c.what, octets, c.octets)
		}
	}
}

func TestAMailNobodyCanReadIsLeftOutOnce(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.syncOnce()
	bad := from(prospect, 2)
	bad = append(bad, bytes.Repeat([]byte("x"), 777-2-len(bad))...)
	deliver(t, w.server, "INBOX", from(prospect, 1), append(bad, "\r\n"...), from(prospect, 3))
	w.change = func(o *Options) { o.Dial = spoil("RFC822.SIZE 777 ", "RFC822.SIZE x77 ") }
	rep := w.syncOnce()
	if got := w.box.receivedIDs(); rep.Err != nil || !slices.Equal(got, []string{prospect + "-1", prospect + "-3"}) {
		t.Errorf("received %v, %+v", got, rep)
	}
	if next := w.box.cursors["INBOX"].UIDNext; next != 4 {
		t.Errorf("the cursor stays at %d", next)
	}
}

// A server that gives more than it was asked for does not fill the memory, and the mail is known by
// its header all the same.
func TestALiteralWithoutEnd(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.syncOnce()
	big := append(from(prospect, 1), bytes.Repeat([]byte("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd\r\n"), 64<<10)...)
	deliver(t, w.server, "INBOX", big, from(prospect, 2))
	if rep := w.syncOnce(); rep.Err != nil || rep.Replies != 2 {
		t.Fatalf("4 MB, honestly given: %+v", rep)
	}
	if n := len(w.box.received[0].Verdict.Text); n > int(w.limits.TextSize) {
		t.Errorf("%d octets of text", n)
	}
	deliver(t, w.server, "INBOX", append(from(prospect, 3), big[200:]...), from(prospect, 4))
	w.change = func(o *Options) { o.Dial = spoil("{262144}", "{962144}") }
	if rep := w.syncOnce(); rep.Err != nil || rep.Replies != 2 {
		t.Errorf("more than asked for: %+v", rep)
	}
}

// What arrives while the mailboxes are read is not missed, and what was read is not read again.
func TestNothingIsMissedWhileMailPoursIn(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.run()
	const n = 60
	for i := range n {
		deliver(t, w.server, "INBOX", from(prospect, i))
	}
	if err := w.box.await(testContext(t), func() bool { return len(w.box.received) == n }); err != nil {
		t.Fatalf("%d of %d came", len(w.box.receivedIDs()), n)
	}
	w.server.IMAP.Drop() // a restart of the server
	deliver(t, w.server, "INBOX", from(prospect, n))
	if err := w.box.await(testContext(t), func() bool { return len(w.box.received) == n+1 }); err != nil {
		t.Fatalf("after a restart %d of %d came", len(w.box.receivedIDs()), n+1)
	}
}

// S7: a server whose clock runs wild does not put mail into the future.
func TestTimeIsBounded(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.syncOnce()
	if err := w.server.DeliverAt(rep, "INBOX", from(prospect, 1), epoch.AddDate(5, 0, 0)); err != nil {
		t.Fatal(err)
	}
	w.syncOnce()
	if got := w.box.received; len(got) != 1 || got[0].At.After(w.clock.now().Add(24*time.Hour)) {
		t.Errorf("%+v", got)
	}
}

// A clock that jumps is a machine that slept: what was known is stale, and is read anew.
func TestAWakingMachineReadsAnew(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.run()
	w.awaitEvent(model.EventSynced)
	o := w.engine.offices[0]
	if !o.fresh() {
		t.Fatal("a sync a moment ago is not fresh")
	}
	w.clock.move(11 * time.Minute)
	if o.fresh() {
		t.Error("a sync eleven minutes ago is fresh")
	}
	w.clock.move(-2 * time.Hour)
	if o.fresh() {
		t.Error("a sync in the future is fresh")
	}
	w.engine.woke()
	if err := w.box.await(testContext(t), func() bool { return true }); err != nil {
		t.Fatal(err)
	}
	for !o.fresh() {
		w.awaitEvent(model.EventSynced)
	}
}

// Short headers are fetched many at a time, long ones as few as ever.
func TestTheStrideFollowsTheHeaders(t *testing.T) {
	o := &office{Engine: &Engine{Options: Options{Limits: Limits{}.withDefaults()}}}
	for octets, want := range map[int]int{0: 200, 40: 1000, 300: 873, 1000: 262, 4000: 200, 100_000: 200} {
		if got := (&reader{office: o, octets: octets}).stride(); got != want {
			t.Errorf("%d mails whose headers have %d octets, want %d", got, octets, want)
		}
	}
}
