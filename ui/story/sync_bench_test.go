package story

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"stoke/mail"
	"stoke/mail/mailtest"
	"stoke/mail/realtest"
	"stoke/model"
	"stoke/store"
	"stoke/store/storetest"
)

// The first look into a mailbox in which every tenth mail is from somebody the rep knows: from the wire to the disk.
func BenchmarkFirstSync(b *testing.B) {
	const mails, known = 2000, 10
	server, err := mailtest.Start(mailtest.Options{Users: []mailtest.User{{Address: me, Password: password}}, Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	defer server.Close()
	for i := range mails {
		from := fmt.Sprintf("p%d@people.example", i%100)
		raw := fmt.Sprintf("From: Person %d <%s>\r\nTo: %s\r\nSubject: Offer %d\r\nDate: %s\r\nMessage-ID: <%d@people.example>\r\n\r\nWhat would %d seats cost us, and from when could we start?\r\n",
			i, from, me, i, time.Now().Format(time.RFC1123Z), i, i)
		if err := server.Deliver(me, "INBOX", []byte(raw)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		d := storetest.Open(b)
		for i := range 100 / known {
			if _, err := d.AddContact(context.Background(), model.Contact{Name: "Known", Emails: []string{fmt.Sprintf("p%d@people.example", i*known)}}); err != nil {
				b.Fatal(err)
			}
		}
		engine, err := mail.New(mail.Options{
			Box: d, Accounts: []mail.Account{{Name: storetest.Account, IMAP: loopback(b, server.IMAP.Addr()), SMTP: loopback(b, server.SMTP.Addr()), Own: []string{me}}},
			Secret: func(context.Context, string) (string, error) { return password, nil }, Dial: (&net.Dialer{}).DialContext,
			Now: d.Now, Rules: model.DefaultRules(), Owner: "bench", LockDir: b.TempDir(),
		})
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		report := engine.SyncNow(context.Background())[0]
		if report.Err != nil || report.Matched != mails/known {
			b.Fatalf("%+v", report)
		}
	}
	b.ReportMetric(float64(mails*b.N)/b.Elapsed().Seconds(), "mails/s")
}

// A first sync that is killed again and again goes on where it stopped, and what it told once it does not tell again: each
// mail of each known person is in that person's thread once. The kills come at the server's answers, not by the clock.
func TestAFirstSyncThatIsKilledRepeatsNothing(t *testing.T) {
	const mails, writers, known = 40_000, 400, 10 // every tenth writer is known
	r := newRep(t, mailtest.Options{})
	for i := range mails {
		r.arrives(letter(fmt.Sprintf("p%d@people%d.example", i%writers, i%writers), me, fmt.Sprintf("%d@people.example", i), "", "Offer", fmt.Sprintf("What would %d seats cost us?", i)))
	}
	s := storeOf(r)
	people := make([]model.Dossier, writers/known)
	for i := range people {
		people[i].Contact = model.Contact{Name: fmt.Sprintf("Person %d", i*known), Emails: []string{fmt.Sprintf("p%d@people%d.example", i*known, i*known)}}
	}
	ids, err := s.AddDossiers(t.Context(), people)
	if err != nil {
		t.Fatal(err)
	}
	const kills = 5
	open := make(chan struct{})
	close(open)
	stored := 0
	for n := range kills {
		cmd := r.command("sync")
		struck := make(chan struct{})
		fetches := 0
		r.server.IMAP.Set(mailtest.Late(mailtest.Fetch, open).OnStrike(func() {
			if fetches++; fetches == 12+n { // several portions are on their way by then, and at least one is stored
				close(struck)
			}
		}))
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		select {
		case <-struck:
		case <-time.After(patience):
			t.Fatalf("sync %d came not far", n)
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		r.server.IMAP.Clear()
		r.server.IMAP.Drop()
		now := threads(t, s, ids)
		if n > 0 && now <= stored {
			t.Errorf("sync %d got no further than %d mails", n, stored)
		}
		stored = now
	}
	if stored == 0 || stored >= mails/known {
		t.Errorf("%d of %d mails were stored when the last one was killed; the kills prove nothing", stored, mails/known)
	}
	var done []struct{ Replies int }
	r.asks(&done, "sync")
	if len(done) != 1 || done[0].Replies != mails/known-stored {
		t.Errorf("the last sync tells %+v, want the %d that were missing", done, mails/known-stored)
	}
	if n := threads(t, s, ids); n != mails/known {
		t.Errorf("%d mails in the threads, want %d", n, mails/known)
	}
	if r.asks(&done, "sync"); done[0].Replies != 0 {
		t.Errorf("one more sync tells %+v", done)
	}
}

// threads counts the mails in the threads of contacts, each of which must be there once.
func threads(t *testing.T, s *store.Store, contacts []int64) (n int) {
	t.Helper()
	seen := map[string]bool{}
	for _, id := range contacts {
		d, err := s.Open(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range d.Interactions {
			if i.Kind != model.Mail {
				continue
			}
			if seen[i.MessageID] {
				t.Errorf("%s is there twice", i.MessageID)
			}
			seen[i.MessageID] = true
			n++
		}
	}
	return n
}

// benchMails is how many mails lie in the mailbox of a benchmark. STOKE_BENCH_MAILS=100000 is what the promises speak of.
func benchMails() int {
	if n, err := strconv.Atoi(os.Getenv("STOKE_BENCH_MAILS")); err == nil && n > 0 {
		return n
	}
	return 10_000
}

// full is a rep at real servers with a mailbox of the last eighty days, of which every tenth mail is from one of a hundred
// people the rep knows.
type full struct {
	*rep
	servers *realtest.Servers
	mails   int
}

func newFull(b testing.TB, mails int) full {
	b.Helper()
	f := full{&rep{t: b}, realtest.Start(b), mails}
	authority, err := os.ReadFile(f.servers.CAFile)
	if err != nil {
		b.Fatal(err)
	}
	s := f.servers
	f.configure(account{user: s.User, address: s.User, password: s.Password, imap: s.IMAPS, smtp: s.SMTPS, imapSecurity: "tls", smtpSecurity: "tls", ca: authority})
	now, filler := time.Now(), strings.Repeat("We have looked at your offer and would like to talk about the docks.\r\n", 20)
	s.Fill(b, s.User, f.mails, func(i int) ([]byte, time.Time) {
		at := now.Add(-80 * 24 * time.Hour).Add(time.Duration(i) * (79 * 24 * time.Hour / time.Duration(f.mails)))
		return fmt.Appendf(nil, "Return-Path: <%s>\r\nReceived: from mx.people.example by mx.stoke.test; %s\r\nFrom: Person %d <%s>\r\nTo: %s\r\nSubject: Offer %d\r\nDate: %s\r\nMessage-ID: <%d@people.example>\r\n\r\nWhat would %d seats cost us, and from when could we start?\r\n%s",
			person(i%1000), at.Format(time.RFC1123Z), i%1000, person(i%1000), s.User, i, at.Format(time.RFC1123Z), i, i, filler), at
	})
	f.bare(b, f.everything) // Dovecot makes its index at the first look
	return f
}

// person is the address of one of the thousand people who wrote; the rep knows every tenth. Ten work at one company.
func person(n int) string { return fmt.Sprintf("p%d@company%d.example", n, n/100*10+n%10) }

// fresh gives the rep an empty desk that knows the hundred people, and their ids.
func (f full) fresh(b testing.TB) []int64 {
	b.Helper()
	if err := os.RemoveAll(f.data); err != nil {
		b.Fatal(err)
	}
	s := storeOf(f.rep)
	people := make([]model.Dossier, 100)
	for i := range people {
		people[i].Contact = model.Contact{Name: fmt.Sprintf("Person %d", i*10), Emails: []string{person(i * 10)}}
	}
	ids, err := s.AddDossiers(context.Background(), people)
	if err != nil {
		b.Fatal(err)
	}
	return ids
}

// bare logs in with go-imap and nothing else, does something, and tells how long all of it took.
func (f full) bare(b testing.TB, do func(testing.TB, *imapclient.Client)) time.Duration {
	b.Helper()
	began := time.Now()
	c, err := imapclient.DialTLS(f.servers.IMAPS, &imapclient.Options{TLSConfig: &tls.Config{RootCAs: f.servers.CA, ServerName: "localhost"}})
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	if err := c.Login(f.servers.User, f.servers.Password).Wait(); err != nil {
		b.Fatal(err)
	}
	do(b, c)
	if err := c.Logout().Wait(); err != nil {
		b.Fatal(err)
	}
	return time.Since(began)
}

// everything fetches what a first sync does: the heads of all and the beginnings of every tenth, each with one command.
func (f full) everything(b testing.TB, c *imapclient.Client) {
	b.Helper()
	if _, err := c.Select("INBOX", &imap.SelectOptions{ReadOnly: true}).Wait(); err != nil {
		b.Fatal(err)
	}
	var tenth imap.UIDSet
	for i := 0; i < f.mails; i += 10 {
		tenth.AddNum(imap.UID(i + 1))
	}
	head := &imap.FetchItemBodySection{Specifier: imap.PartSpecifierHeader, Peek: true, Partial: &imap.SectionPartial{Size: 128 << 10}}
	text := &imap.FetchItemBodySection{Peek: true, Partial: &imap.SectionPartial{Size: 256 << 10}}
	for _, ask := range []struct {
		set  imap.UIDSet
		opts imap.FetchOptions
		want int
	}{
		{imap.UIDSet{imap.UIDRange{Start: 1}}, imap.FetchOptions{UID: true, Flags: true, RFC822Size: true, InternalDate: true, BodySection: []*imap.FetchItemBodySection{head}}, f.mails},
		{tenth, imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{text}}, (f.mails + 9) / 10},
	} {
		cmd, got := c.Fetch(ask.set, &ask.opts), 0
		for m := cmd.Next(); m != nil; m = cmd.Next() {
			for item := m.Next(); item != nil; item = m.Next() {
				if body, ok := item.(imapclient.FetchItemDataBodySection); ok {
					if n, err := io.Copy(io.Discard, body.Literal); err != nil || n == 0 {
						b.Fatal(n, err)
					}
					got++
				}
			}
		}
		if err := cmd.Close(); err != nil || got != ask.want {
			b.Fatalf("%d of %d mails, %v", got, ask.want, err)
		}
	}
}

// changes asks each mailbox what has changed since a moment after which nothing has (RFC 7162).
func (f full) changes(b testing.TB, c *imapclient.Client) {
	b.Helper()
	for _, name := range []string{"Sent", "INBOX", "Junk", "Archive"} {
		box, err := c.Select(name, &imap.SelectOptions{ReadOnly: true, CondStore: true}).Wait()
		if err != nil {
			b.Fatal(err)
		}
		got, err := c.Fetch(imap.UIDSet{imap.UIDRange{Start: 1}}, &imap.FetchOptions{UID: true, Flags: true, ChangedSince: max(box.HighestModSeq, 1)}).Collect()
		if err != nil || len(got) > 0 {
			b.Fatal(len(got), err)
		}
	}
}

// synced runs one `stoke sync` and tells how long it took, from exec to exit, and its peak of memory in MB.
func (f full) synced(b testing.TB, matched int) (took time.Duration, peak float64) {
	b.Helper()
	cmd := f.command("sync", "--json")
	began := time.Now()
	out, err := cmd.Output()
	took = time.Since(began)
	var done []struct{ Matched int }
	if err != nil || json.Unmarshal(out, &done) != nil || len(done) != 1 || done[0].Matched != matched {
		b.Fatalf("%v\n%s", err, out)
	}
	return took, float64(cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss) / 1024
}

// rounds is how often each side of a comparison runs, in turn; the least time counts, because others use the machine.
const rounds = 3

// The first sync of a mailbox at Dovecot by the real program, against a bare go-imap client that fetches the same items in
// the same run: at most twice its time, and 100 MB.
//
//	STOKE_TEST_SERVERS=1 STOKE_BENCH_MAILS=100000 go test ./ui/story -run '^$' -bench FromDovecot -benchtime 1x
func BenchmarkFirstSyncFromDovecot(b *testing.B) {
	f := newFull(b, benchMails())
	bare, ours := time.Hour, time.Hour
	var peak float64
	for b.Loop() {
		for range rounds {
			f.fresh(b)
			bare = min(bare, f.bare(b, f.everything))
			took, most := f.synced(b, (f.mails+9)/10)
			ours, peak = min(ours, took), max(peak, most)
		}
	}
	b.ReportMetric(ours.Seconds(), "s-stoke")
	b.ReportMetric(bare.Seconds(), "s-bare")
	b.ReportMetric(ours.Seconds()/bare.Seconds(), "x-bare")
	b.ReportMetric(peak, "MB-peak")
}

// A sync of the same mailbox with nothing new, against a bare go-imap client that asks by CONDSTORE: at most one and a half
// of its time. The start of the program is measured apart: the bare client runs in this process.
func BenchmarkSyncWithNothingNew(b *testing.B) {
	f := newFull(b, benchMails())
	f.fresh(b)
	f.synced(b, (f.mails+9)/10)
	version := func() time.Duration {
		began := time.Now()
		if out, err := f.command("outbox", "list", "--json").CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		return time.Since(began)
	}
	bare, ours, start := time.Hour, time.Hour, time.Hour
	for b.Loop() {
		for range 3 * rounds {
			bare, start = min(bare, f.bare(b, f.changes)), min(start, version())
			took, _ := f.synced(b, 0)
			ours = min(ours, took)
		}
	}
	b.ReportMetric(1000*ours.Seconds(), "ms-stoke")
	b.ReportMetric(1000*start.Seconds(), "ms-start")
	b.ReportMetric(1000*bare.Seconds(), "ms-bare")
	b.ReportMetric((ours-start).Seconds()/bare.Seconds(), "x-bare")
}

func loopback(b *testing.B, addr string) mail.Server {
	b.Helper()
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		b.Fatal(err)
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		b.Fatal(err)
	}
	return mail.Server{Host: host, Port: n, Security: mail.Plain, User: me}
}
