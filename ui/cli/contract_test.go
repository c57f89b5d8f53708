package cli_test

import (
	"bytes"
	"encoding/json"
	"strconv"
	"testing"
	"time"

	"stoke/model"
	"stoke/model/signal"
	"stoke/ui/uitest"
)

// golden compares the JSON of a command line with its picture: the contract, field by field.
func (h *house) golden(name string, args ...string) {
	h.t.Helper()
	r := h.run(append(args, "--json")...)
	if r.code != 0 || r.err != "" {
		h.t.Errorf("stoke %v: exit %d, %s", args, r.code, r.err)
	}
	var pretty bytes.Buffer
	for _, line := range bytes.Split(bytes.TrimSuffix([]byte(r.out), []byte("\n")), []byte("\n")) {
		if err := json.Indent(&pretty, line, "", "  "); err != nil {
			h.t.Fatalf("stoke %v gave no JSON: %v in %q", args, err, r.out)
		}
		pretty.WriteByte('\n')
	}
	uitest.Golden(h.t, name, pretty.String())
}

func TestTheContract(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
	}{
		{"queue", []string{"queue"}},
		{"queue-limit", []string{"queue", "--view", "snoozed", "--limit", "1"}},
		{"next", []string{"next"}},
		{"show", []string{"show", "dana@northwind.example"}},
		{"add", []string{"add", "New@kestrel.example", "--name", "Nora New", "--company", "Kestrel", "--tz", "Europe/Berlin", "--country", "de", "--tag", "fair", "--field", "seats=40"}},
		{"delete", []string{"delete", "Luis"}},
		{"edit", []string{"edit", "Luis", "--title", "Buyer", "--email", "luis@new.example"}},
		{"log", []string{"log", "Luis", "demo", "--note", "asked at the fair", "--at", "08:30"}},
		{"snooze", []string{"snooze", "Luis", "Ferrer", "fri", "2pm"}},
		{"snooze-dry", []string{"snooze", "Luis", "until they reply", "--dry-run"}},
		{"promise", []string{"promise", "Luis", "2026-12-01T10:00:00+01:00"}},
		{"done", []string{"done", "Tom Okafor"}},
		{"retire", []string{"retire", "Luis", "competitor"}},
		{"retire-two-words", []string{"retire", "Luis", "Ferrer", "no", "answer"}},
		{"revive", []string{"revive", "Sara"}},
		{"pin", []string{"pin", "Luis", "hot"}},
		{"enrol", []string{"enrol", "Luis", "sales", "--dry-run"}},
		{"enrol-two", []string{"enrol", "Luis", "Mei", "sales"}},
		{"stop", []string{"stop", "Mei"}},
		{"suppress", []string{"suppress", "@Spam.Example", "--why", "asked by phone"}},
		{"when", []string{"when", "tomorrow", "9am"}},
		{"history-empty", []string{"history"}},
		{"draft", []string{"draft", "Tom"}},
		{"send-dry", []string{"send", "Hal", "--body-file", "testdata/mail.eml", "--dry-run"}},
		{"outbox-empty", []string{"outbox"}},
		{"sync", []string{"sync"}},
		{"import", []string{"import", "testdata/mail.eml"}},
		{"explain", []string{"explain", "testdata/mail.eml", "testdata/mail.eml"}},
		{"config-path", []string{"config", "path"}},
		{"version", []string{"version"}},
		{"demo-serve", []string{"demo", "--serve"}},
		{"templates-preview", []string{"templates", "preview", "First mail"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := open(t)
			uitest.Cast(h.desk.Desk)
			h.synced = []model.Synced{{Account: "work", Received: model.Received{Fetched: 7, Matched: 3, Replies: 2, AutoReplies: 1}, Sent: 1, Took: 1500 * time.Millisecond}}
			h.imported = model.Imported{Rows: 4, New: 1, Updated: 1, Duplicates: 1, Skipped: []model.SkippedRow{{Row: 4, Reason: "no address"}},
				Contacts: []model.Contact{{ID: 7, Name: "Nora", Emails: []string{"n@k.example"}}, {ID: 8}}}
			h.verdict = signal.Verdict{Kind: signal.Bounce, Severity: signal.Dead, Recipients: []string{"x@y.example"}, OriginalMessageID: "m1@acme.test",
				Text: "No such\nuser", Reason: "The server says so.", Dates: []signal.DateMention{{At: now, Words: "Monday", Sentence: "On Monday."}}}
			if c.name == "stop" {
				h.run("enrol", "Mei", "sales")
			}
			h.golden(c.name, c.args...)
		})
	}
}

func TestTheOutboxInTheContract(t *testing.T) {
	h := open(t)
	ids := uitest.Cast(h.desk.Desk)
	to := []model.Address{{Name: "Dana Whitfield", Addr: "dana@northwind.example"}}
	waits := h.desk.Queue(model.Outgoing{Account: "work", Contact: ids["Dana"], MessageID: "a@acme.test", To: to, Subject: "Re: seats", Text: "Yes.\n",
		State: model.Queued, SendAfter: now.Add(8 * time.Second), NextAt: now.Add(8 * time.Second)})
	h.desk.Queue(model.Outgoing{Account: "work", Contact: ids["Tom"], MessageID: "b@acme.test", To: to, Subject: "late", State: model.AskRep,
		DotAt: now.Add(-time.Hour), SendAfter: now.Add(-time.Hour), Attempts: 1, Reply: "timed out"})
	h.golden("outbox", "outbox", "list")
	h.golden("outbox-show", "outbox", "show", itoa(waits))
	h.golden("outbox-cancel", "outbox", "cancel", itoa(waits))
}

func TestSendingInTheContract(t *testing.T) {
	h := open(t)
	uitest.Cast(h.desk.Desk)
	h.input = "Here is the proposal.\r\n\r\nRobin\r\n"
	h.golden("send", "send", "Hal Brooks", "--subject", "The racks", "--body-file", "-", "--yes")
	mails := h.desk.Mails()
	if len(mails) != 1 || mails[0].Text != "Here is the proposal.\n\nRobin\n" || mails[0].Subject != "The racks" {
		t.Fatalf("the outbox has %+v", mails)
	}
	h.golden("history", "history")
	h.golden("undo", "undo")
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
