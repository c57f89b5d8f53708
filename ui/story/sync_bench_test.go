package story

import (
	"context"
	"fmt"
	"net"
	"strconv"
	"testing"
	"time"

	"stoke/mail"
	"stoke/mail/mailtest"
	"stoke/model"
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
