package mail

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"stoke/mail/mime"
	"stoke/model/signal"
)

// classes are one mail of each kind, with %[1]d for what differs; most mail of a mailbox is a person's, with a quote and a page.
var classes = []struct {
	kind  signal.Kind
	share int // of 20
	raw   string
}{
	{signal.Human, 8, "Subject: Re: Numbers for %[1]d seats\nIn-Reply-To: <%[1]d@stoke.example>\nContent-Type: multipart/alternative; boundary=a\n\n--a\nContent-Type: text/plain; charset=utf-8\n\nHi Ines,\n\n%[1]d seats would be fine. Could you send the contract by Friday, or call me on 3 December at 14:30?\n\nBest,\nKim\n\nOn Mon, Nov 23, 2026 at 4:05 PM Ines Roca <ines@stoke.example> wrote:\n\n> Hello Kim,\n> here are the two numbers that you asked for.\n>\n> Ines\n--a\nContent-Type: text/html; charset=utf-8\n\n<div dir=ltr><p>Hi Ines,</p><p>%[1]d seats would be fine. Could you send the contract by Friday, or call me on 3 December at 14:30?</p><p>Best,<br>Kim</p><div class=gmail_quote><blockquote>Hello Kim, here are the two numbers that you asked for.</blockquote></div></div>\n--a--\n"},
	{signal.Human, 3, "Subject: AW: Zahlen %[1]d\nIn-Reply-To: <%[1]d@stoke.example>\nContent-Type: text/html; charset=utf-8\n\n<p class=MsoNormal>Guten Tag Frau Roca,</p><p class=MsoNormal>das Angebot über %[1]d Plätze sehen wir uns am 7.12. an.</p><div style='border-top:solid #E1E1E1 1.0pt'><p><b>Von:</b> Ines Roca<br><b>Gesendet:</b> Montag, 23. November 2026 16:05<br><b>An:</b> Kim North<br><b>Betreff:</b> Zahlen</p></div><p>Hallo Kim</p>\n"},
	{signal.List, 3, "From: noreply@news.example\nSubject: Issue %[1]d\nList-Id: <news.example>\nList-Unsubscribe: <https://news.example/u/%[1]d>\nContent-Type: text/html\n\n" + strings.Repeat("<table><tr><td style='font:12px arial'><a href='https://news.example/%[1]d'>A headline of the week</a><p>What happened in the trade, in two sentences. What may happen next.</p></td></tr></table>\n", 40)},
	{signal.AutoReply, 2, "Subject: Automatic reply: Numbers %[1]d\nAuto-Submitted: auto-replied\n\nI am out of the office until 7 December 2026 with no access to mail.\n"},
	{signal.Bounce, 2, "From: MAILER-DAEMON@mx%[1]d.example\nReturn-Path: <>\nSubject: Undelivered Mail Returned to Sender\nContent-Type: multipart/report; report-type=delivery-status; boundary=r\n\n--r\n\nI could not deliver your mail.\n--r\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx%[1]d.example\n\nFinal-Recipient: rfc822; kim@north.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n\n--r\nContent-Type: text/rfc822-headers\n\nMessage-ID: <%[1]d@stoke.example>\nTo: kim@north.example\n--r--\n"},
	{signal.OptOut, 1, "Subject: Re: Numbers %[1]d\nIn-Reply-To: <%[1]d@stoke.example>\n\nPlease remove me from your list.\n\n> Hello Kim\n"},
	{signal.Human, 1, "Subject: Accepted: Numbers %[1]d\nAuto-Submitted: auto-generated\nContent-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:%[1]d\nDTSTART;TZID=W. Europe Standard Time:20261126T100000\nATTENDEE;PARTSTAT=ACCEPTED:mailto:kim@north.example\nSUMMARY:Numbers\nEND:VEVENT\nEND:VCALENDAR\n"},
}

// classed is mail number i and what it is.
func classed(i int) (raw []byte, kind signal.Kind) {
	at := i * 7 % 20
	for _, c := range classes {
		if at -= c.share; at < 0 {
			text := "Received: from mx.example by north.example with ESMTPS id %[1]d; Tue, 24 Nov 2026 10:12:01 +0100\nDKIM-Signature: v=1; a=rsa-sha256; d=north.example; s=s1; b=" + strings.Repeat("Zm9v", 40) +
				"\nDate: Tue, 24 Nov 2026 10:12:00 +0100\nMessage-ID: <m%[1]d@north.example>\nTo: Ines Roca <ines@stoke.example>\nMIME-Version: 1.0\n"
			if !strings.HasPrefix(c.raw, "From:") {
				text = "From: Kim North <kim@north.example>\n" + text
			}
			return []byte(strings.ReplaceAll(fmt.Sprintf(text+c.raw, i), "\n", "\r\n")), c.kind
		}
	}
	panic("the shares are not 20")
}

func TestExplainTellsManyMailsInOrder(t *testing.T) {
	const n = 400
	next := 0
	var reading, most atomic.Int32
	broken := errors.New("broken")
	err := Explain(t.Context(), n, func(i int) ([]byte, error) {
		most.Store(max(most.Load(), reading.Add(1)))
		defer reading.Add(-1)
		switch i {
		case 13:
			return nil, broken
		case 14:
			return nil, nil
		}
		raw, _ := classed(i)
		return raw, nil
	}, func(i int, v signal.Verdict, err error) error {
		if i != next {
			t.Fatalf("mail %d came instead of %d", i, next)
		}
		next++
		switch _, want := classed(i); {
		case i == 13 && errors.Is(err, broken), i == 14 && errors.Is(err, mime.ErrEmpty):
		case err != nil || v.Kind != want:
			t.Errorf("mail %d is %q (%s), want %q, %v", i, v.Kind, v.Reason, want, err)
		}
		return nil
	})
	if err != nil || next != n || most.Load() > mostAtOnce {
		t.Errorf("%d mails, at most %d at once, %v", next, most.Load(), err)
	}
}

func TestExplainEndsWhenItIsToldTo(t *testing.T) {
	enough := errors.New("enough")
	synctest.Test(t, func(t *testing.T) { // it fails when a goroutine is left
		raw, _ := classed(0)
		read := func(int) ([]byte, error) { return raw, nil }
		if err := Explain(t.Context(), 1000, read, func(i int, _ signal.Verdict, _ error) error {
			if i == 5 {
				return enough
			}
			return nil
		}); !errors.Is(err, enough) {
			t.Errorf("told to stop, %v", err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		if err := Explain(ctx, 1000, read, func(i int, _ signal.Verdict, _ error) error {
			if i == 5 {
				cancel()
			}
			return nil
		}); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled, %v", err)
		}
		defer func() {
			if v := recover(); v == nil || !strings.Contains(fmt.Sprint(v), "a mistake of ours") {
				t.Errorf("a panic ended as %v", v)
			}
		}()
		_ = Explain(t.Context(), 1000, func(int) ([]byte, error) { panic("a mistake of ours") }, func(int, signal.Verdict, error) error { return nil })
	})
}

// BenchmarkExplain explains 2,000 mails of all classes from a folder, as `stoke explain` does.
func BenchmarkExplain(b *testing.B) {
	const n = 2000
	dir := b.TempDir()
	files := make([]string, n)
	octets := 0
	for i := range files {
		raw, _ := classed(i)
		files[i] = filepath.Join(dir, fmt.Sprintf("%05d.eml", i))
		if err := os.WriteFile(files[i], raw, 0o600); err != nil {
			b.Fatal(err)
		}
		octets += len(raw)
	}
	b.SetBytes(int64(octets))
	b.ReportAllocs()
	for b.Loop() {
		told := 0
		err := Explain(b.Context(), n, func(i int) ([]byte, error) { return os.ReadFile(files[i]) }, func(_ int, v signal.Verdict, err error) error {
			if err == nil && v.Kind != "" {
				told++
			}
			return nil
		})
		if err != nil || told != n {
			b.Fatalf("%d mails, %v", told, err)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "mails/s")
}
