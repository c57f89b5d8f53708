package story

import (
	"bytes"
	"context"
	"io"
	"mime/quotedprintable"
	"net/mail"
	"slices"
	"strings"
	"testing"

	"stoke/mail/mailtest"
)

func TestARepWorksTheWholeLoop(t *testing.T) {
	r := newRep(t, mailtest.Options{})
	r.dana()
	var draft struct{ Subject, Body string }
	r.asks(&draft, "draft", "dana")

	x := r.screen(80, 24)
	x.sees("NOW 1", "Dana Whitfield", "draft")
	x.press("r")
	x.sees("Subject  Re: Pricing for 40 seats", "esc keep")
	x.types("Good to hear from you. ")
	x.sees("Good to hear from you.")
	x.press("C-s")
	x.sees("Sending to Dana", "u undo")

	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	deliveries, err := r.server.AwaitDeliveries(ctx, 1)
	if err != nil {
		t.Fatalf("the server got %d mails: %v", len(deliveries), err)
	}
	outbox := r.outbox()
	if len(outbox) != 1 {
		t.Fatalf("the outbox holds %+v", outbox)
	}
	arrivedAsTyped(t, deliveries[0].Raw, outbox[0].MessageID, strings.Replace(draft.Body, "{{ask.answer}}", "Good to hear from you. ", 1))

	r.arrives(mailOf("yes@northwind.example", outbox[0].MessageID, "Re: Pricing for 40 seats", "Great. When can we start?"))
	x.sees("NOW 1", "Dana Whitfield", "When can we start?", "replied just now with a question")
	x.press("Enter")
	x.sees("‹ Queue", "When can we start?")
	x.press("Escape")
	x.sees("NOW 1")
	x.press("q")
	x.ended()

	again := r.screen(80, 24)
	again.sees("NOW 1", "Dana Whitfield", "When can we start?")
	again.press("Enter")
	again.sees("‹ Queue", "Great. When can we start?")
	again.press("C-c")
	again.ended()
	var dana struct {
		Interactions []struct{ Direction, Summary string }
	}
	r.asks(&dana, "show", "dana")
	var thread []string
	for _, i := range dana.Interactions {
		thread = append(thread, i.Direction+" "+i.Summary[:10])
	}
	if want := []string{"in Can you do", "out Hi Dana, T", "in Great. Whe"}; !slices.Equal(thread, want) {
		t.Errorf("the thread after the restart is %q, want %q", thread, want)
	}
	if n := len(r.server.Deliveries()); n != 1 {
		t.Errorf("the server got %d mails in the end", n)
	}
}

// arrivedAsTyped judges the octets that the server received.
func arrivedAsTyped(t *testing.T, raw []byte, id, text string) {
	t.Helper()
	if bytes.Contains(bytes.ReplaceAll(raw, []byte("\r\n"), nil), []byte("\r")) || bytes.Contains(bytes.ReplaceAll(raw, []byte("\r\n"), nil), []byte("\n")) {
		t.Error("the mail holds a bare CR or LF")
	}
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	for field, want := range map[string]string{
		"To": `"Dana Whitfield" <dana@northwind.example>`, "From": `"Robin Vale" <robin@acme.test>`, "Subject": "Re: Pricing for 40 seats",
		"Message-Id": "<" + id + ">", "In-Reply-To": "<ask@northwind.example>", "References": "<ask@northwind.example>",
	} {
		got := m.Header[field]
		if len(got) != 1 || strings.ReplaceAll(got[0], `"`, "") != strings.ReplaceAll(want, `"`, "") {
			t.Errorf("%s: %q, want %q", field, got, want)
		}
	}
	body := m.Body
	if m.Header.Get("Content-Transfer-Encoding") == "quoted-printable" {
		body = quotedprintable.NewReader(m.Body)
	}
	got, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	if plain := strings.ReplaceAll(string(got), "\r\n", "\n"); strings.TrimRight(plain, "\n") != strings.TrimRight(text, "\n") {
		t.Errorf("the text arrived as\n%s\nand was typed as\n%s", plain, text)
	}
}

func TestTheDemoShowsTheLoopWithoutAnAccount(t *testing.T) {
	dir := t.TempDir()
	x := open(t, 80, 24, []string{"HOME=" + dir, "XDG_CONFIG_HOME=" + dir, "XDG_DATA_HOME=" + dir, "XDG_STATE_HOME=" + dir}, stoke(t), "demo", "--now", "2026-11-23T09:41:00Z")
	x.sees("NOW 7", "Ines Duarte", "ready to send", "Try it")
	x.press("r")
	x.sees("Hi Ines")
	x.press("C-s")
	x.sees("Sending to Ines", "NOW 6")
	x.sees("NOW 7", "Ines Duarte", "That was quick!")
	x.press("q")
	x.ended()
}
