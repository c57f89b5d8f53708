package story

import (
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"stoke/mail/mailtest"
)

// A rep with two accounts, one of which has a second address, answers from where the mail came in.
func TestAReplyLeavesFromTheAddressThatReceived(t *testing.T) {
	const other, alias = "robin@brand.test", "sales@brand.test"
	r := &rep{t: t}
	var err error
	r.server, err = mailtest.Start(mailtest.Options{SavesSent: true, Now: time.Now, Users: []mailtest.User{{Address: me, Password: password}, {Address: other, Password: password}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.server.Close)
	r.configure(account{user: me, address: me, imap: r.server.IMAP.Addr(), smtp: r.server.SMTP.Addr(), imapSecurity: "none", smtpSecurity: "none"})
	second := fmt.Sprintf("[[account]]\nname = \"brand\"\naddress = %q\naliases = [%q]\nuser = %q\npassword_env = \"STORY_PASSWORD\"\n", other, alias, other)
	for kind, addr := range map[string]string{"imap": r.server.IMAP.Addr(), "smtp": r.server.SMTP.Addr()} {
		_, port, err := net.SplitHostPort(addr)
		if err != nil {
			t.Fatal(err)
		}
		second += fmt.Sprintf("[account.%s]\nhost = \"localhost\"\nport = %s\nsecurity = \"none\"\n", kind, port)
	}
	r.adjusts(second)
	body := t.TempDir() + "/body.txt"
	r.write(body, []byte("Hi,\n\nyes, I can. Shall I send the order form?\n\nRobin\n"))
	for i, tc := range []struct{ who, mailbox, to string }{
		{"dana@northwind.example", me, me},
		{"kim@southwind.example", other, other},
		{"ines@eastwind.example", other, alias},
	} {
		r.says("add", tc.who)
		id := fmt.Sprintf("ask%d@wind.example", i)
		if err := r.server.Deliver(tc.mailbox, "INBOX", letter(tc.who, tc.to, id, "", "Pricing for 40 seats", "Can you do 40 seats at the old price?")); err != nil {
			t.Fatal(err)
		}
		r.says("sync")
		r.says("send", tc.who, "--body-file", body, "--yes")
		r.says("--now", in(5*time.Minute), "sync")
		all := r.server.Deliveries()
		if len(all) != i+1 {
			t.Fatalf("%d mails left, want %d", len(all), i+1)
		}
		if d := all[i]; d.From != tc.to || !strings.Contains(string(d.Raw), "From: \"Robin Vale\" <"+tc.to+">") && !strings.Contains(string(d.Raw), "From: Robin Vale <"+tc.to+">") {
			t.Errorf("who wrote to %s is answered from %s\n%s", tc.to, d.From, d.Raw)
		}
	}
}
