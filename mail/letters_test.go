package mail

import (
	"bytes"
	"strings"
	"testing"

	"stoke/mail/mailtest"
	"stoke/mail/mime"
	"stoke/model"
)

func TestOnlySequenceMailSaysHowToLeave(t *testing.T) {
	m := model.Outgoing{
		From: model.Address{Name: "Robin", Addr: "robin+a,b@grün.example"}, To: []model.Address{{Addr: "dana@northwind.example"}},
		Subject: "Hi", Text: "Hi **Dana**,\n\nyes.\n", MessageID: "x@acme.test", Date: epoch, InReplyTo: "q@northwind.example", References: []string{"p@acme.test", "q@northwind.example"},
	}
	build := func(page bool) []byte {
		t.Helper()
		raw, err := mime.Build(letterOf(m, page))
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	m.From.Addr = "robin@grün.example"
	if h := head(t, build(false)); h.Get("List-Unsubscribe") != "" || h.Get("In-Reply-To") != "<q@northwind.example>" || h.Get("References") != "<p@acme.test> <q@northwind.example>" {
		t.Errorf("a mail by hand: %v", h)
	}
	m.Sequence = "sales"
	if h := head(t, build(false)); h.Get("List-Unsubscribe") != "<mailto:robin@xn--grn-ioa.example?subject=unsubscribe>" {
		t.Errorf("a mail of a sequence: %v", h)
	}
	if got := leaving(model.Address{Addr: "a?b&c%d@acme.test"}); got != "mailto:a%3Fb&c%25d@acme.test?subject=unsubscribe" {
		t.Errorf("%q", got)
	}
	if got := leaving(model.Address{Addr: "a b@acme.test"}); got != "" {
		t.Errorf("%q", got)
	}
	if raw := build(false); bytes.Contains(raw, []byte("text/html")) {
		t.Error("a page goes along although nobody asked for it")
	}
	if raw := string(build(true)); !strings.Contains(raw, "multipart/alternative") || !strings.Contains(raw, "<strong>Dana</strong>") {
		t.Errorf("no page goes along:\n%s", raw)
	}
	if !bytes.Equal(build(true), build(true)) {
		t.Error("one mail, two kinds of octets")
	}
}

// The config's html reaches the wire, and so does the way out of a sequence.
func TestAnAccountThatSendsPages(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.change = func(o *Options) { o.Accounts[0].HTML = true }
	w.run()
	w.awaitEvent(model.EventSynced)
	id := w.box.queue(model.Outgoing{
		From: model.Address{Name: "Ines", Addr: rep}, To: []model.Address{{Name: "Dana", Addr: prospect}}, Subject: "Seats", Text: "Hi **Dana**,\n\n<b>no</b>\n", Sequence: "sales", Step: 1,
	})
	w.engine.Kick()
	m := w.awaitState(id, model.Sent)
	got := w.server.Deliveries()
	if len(got) != 1 || !bytes.Equal(got[0].Raw, m.Raw) {
		t.Fatalf("%d deliveries", len(got))
	}
	for _, want := range []string{"multipart/alternative", "<strong>Dana</strong>", "&lt;b&gt;no&lt;/b&gt;", "Hi **Dana**", "List-Unsubscribe: <mailto:" + rep + "?subject=unsubscribe>"} {
		if !strings.Contains(string(got[0].Raw), want) {
			t.Errorf("%q is not in the mail:\n%s", want, got[0].Raw)
		}
	}
}
