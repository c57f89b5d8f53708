package story

import (
	"strings"
	"testing"
	"time"

	"stoke/mail/mailtest"
)

// Somebody fills in the form of the web site: the mail that tells of it makes an inquiry of a stranger whose hour runs, and
// the rep's answer goes to the person, in a thread of its own. Other mail of strangers is left where it is.
func TestAFormOfTheWebSiteIsAnInquiry(t *testing.T) {
	r := newRep(t, mailtest.Options{SavesSent: true})
	r.adjusts("[[lead]]\nfrom = \"forms@acme.test\"\nsubject = \"Demo request\"\nkind = \"demo\"\n")
	page := "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nAuto-Submitted: auto-generated\r\n"
	form := "From: \"Acme web site\" <forms@acme.test>\r\nTo: <" + me + ">\r\nSubject: [Acme] Demo request from the site\r\nMessage-ID: <form1@acme.test>\r\nDate: " + time.Now().Format(time.RFC1123Z) + "\r\n" + page +
		"\r\n<table><tr><td><b>Your name</b></td><td>Dana Whitfield</td></tr><tr><td>Work email</td><td><a href=\"mailto:dana@northwind.example\">dana@northwind.example</a></td></tr>" +
		"<tr><td>Company</td><td>Northwind Logistics</td></tr></table><p>Message:<br>Could we see it for two depots?</p>\r\n"
	r.arrives([]byte(form))
	r.arrives(letter("news@elsewhere.example", me, "news@elsewhere.example", "", "Demo request of the week", "Buy now."))
	r.says("sync")
	r.says("sync") // once more finds nothing new
	var queue struct {
		Counts map[string]int
		Items  []struct{ Name, Email, Company, Group, Kind, Why string }
	}
	r.asks(&queue, "queue")
	if len(queue.Items) != 1 {
		t.Fatalf("the queue is %+v", queue)
	}
	if i := queue.Items[0]; i.Name != "Dana Whitfield" || i.Email != "dana@northwind.example" || i.Company != "Northwind Logistics" || i.Group != "now" || i.Kind != "inquiry" || !strings.HasPrefix(i.Why, "asked for a demo") {
		t.Errorf("the row is %+v", i)
	}
	var people struct{ Items []struct{ Email string } }
	if r.asks(&people, "queue", "--view", "people"); len(people.Items) != 1 {
		t.Errorf("stored are %+v", people.Items)
	}
	r.says("send", "dana@northwind.example", "--yes")
	r.says("--now", in(5*time.Minute), "sync")
	all := r.server.Deliveries()
	if len(all) != 1 {
		t.Fatalf("%d mails left", len(all))
	}
	raw := string(all[0].Raw)
	if !strings.Contains(raw, "dana@northwind.example") || strings.Contains(raw, "form1@acme.test") || strings.Contains(raw, "Subject: Re:") || len(all[0].To) != 1 || all[0].To[0] != "dana@northwind.example" {
		t.Errorf("the answer goes to %v:\n%s", all[0].To, raw)
	}
}
