package prospects_test

import (
	"os"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"stoke/mail/mailtest"
	"stoke/mail/mailtest/prospects"
	"stoke/mail/mime"
	"stoke/model/config"
	"stoke/model/sample"
	"stoke/model/signal"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestEveryProspectAnswersAsAMailProgramWould(t *testing.T) {
	for to, want := range map[string]signal.Kind{
		"ines@mareverde.example": signal.Human, "mateo@piazza.example": signal.Human, "hal@brooks.example": signal.AutoReply,
		"emil@pragostav.example": signal.Bounce, "hanne@polder.example": signal.OptOut,
	} {
		synctest.Test(t, func(t *testing.T) { hears(t, to, want) })
	}
}

// hears lets one prospect get a mail and judges what comes back, some seconds of synctest's time later.
func hears(t *testing.T, to string, want signal.Kind) {
	got := make(chan []byte, 1)
	town := prospects.New(sample.Me.Addr, time.Now, func(user, mailbox string, raw []byte) error {
		if user != sample.Me.Addr || mailbox != "INBOX" {
			t.Errorf("delivered to %s %s", user, mailbox)
		}
		got <- raw
		return nil
	})
	letter, err := mime.Build(mime.Letter{
		From: mime.Address(sample.Me), To: []mime.Address{{Name: "A Prospect", Addr: to}}, Subject: "Seats", Text: "Shall we talk?\n",
		MessageID: "first@acme.test", Date: time.Now(),
	})
	if err != nil {
		t.Fatal(err)
	}
	town.Hear(mailtest.Delivery{From: sample.Me.Addr, To: []string{to}, Raw: letter, At: time.Now()})
	parsed, err := mime.Parse(<-got, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	v := signal.Classify(parsed.Mail)
	if v.Kind != want {
		t.Errorf("%s answers with %s (%s), want %s", to, v.Kind, v.Reason, want)
	}
	if v.Kind == signal.Human && (parsed.InReplyTo != "first@acme.test" || v.Quoted == "") {
		t.Errorf("%s does not answer in the thread: %q quoting %q", to, parsed.InReplyTo, v.Quoted)
	}
	if v.Kind == signal.Bounce && (v.OriginalMessageID != "first@acme.test" || v.Severity != signal.Dead) {
		t.Errorf("the bounce says %+v", v)
	}
	town.Close()
}

func TestTheProvidersConfigIsValid(t *testing.T) {
	p, err := prospects.Open(time.Now)
	if err != nil {
		t.Fatal(err)
	}
	src, err := os.ReadFile(p.Config)
	if err != nil {
		t.Fatal(err)
	}
	c, err := config.Parse(p.Config, src, os.Getenv)
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	if len(c.Accounts) != 1 || c.Accounts[0].SMTP.Port == 0 || c.Accounts[0].SMTP.Port == c.Accounts[0].IMAP.Port {
		t.Errorf("%+v", c.Accounts)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(p.Dir); !os.IsNotExist(err) {
		t.Errorf("the folder is still there: %v", err)
	}
}
