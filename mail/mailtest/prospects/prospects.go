// Package prospects gives the demo's loopback provider people who answer: some seconds after a mail of the rep was
// accepted, its recipient writes back, is out of office, or the address turns out not to exist. What they say is
// model/sample's; this package makes real mails of it, threaded as any mail program would.
//
// It may import mailtest, mail/mime and model/sample. Hear never blocks; Close waits until no answer is under way.
package prospects

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"stoke/mail/mailtest"
	"stoke/mail/mime"
	"stoke/model/sample"
)

// Town is everybody whom the rep may write to.
type Town struct {
	rep     string
	started time.Time
	now     func() time.Time
	deliver func(user, mailbox string, raw []byte) error

	mu     sync.Mutex
	nth    map[string]int
	timers map[*time.Timer]bool
	closed bool
	busy   sync.WaitGroup
}

// New makes a town that answers mails of rep into rep's INBOX through deliver. now stamps the answers.
func New(rep string, now func() time.Time, deliver func(user, mailbox string, raw []byte) error) *Town {
	return &Town{rep: rep, started: now(), now: now, deliver: deliver, nth: map[string]int{}, timers: map[*time.Timer]bool{}}
}

// Hear takes a mail that the provider accepted; its recipients answer in their own time.
func (t *Town) Hear(d mailtest.Delivery) {
	letter, err := mime.Parse(d.Raw, d.At)
	if err != nil {
		return // nobody can read it, so nobody answers
	}
	for _, to := range d.To {
		t.mu.Lock()
		t.nth[to]++
		answer, ok := sample.AnswerOf(strings.ToLower(to), t.nth[to], t.started)
		if ok && !t.closed {
			t.busy.Add(1)
			var timer *time.Timer
			timer = time.AfterFunc(answer.After, func() {
				defer t.busy.Done()
				t.mu.Lock()
				delete(t.timers, timer)
				t.mu.Unlock()
				t.answer(to, letter, answer)
			})
			t.timers[timer] = true
		}
		t.mu.Unlock()
	}
}

// Close keeps everybody silent from now on and waits for who is speaking.
func (t *Town) Close() {
	t.mu.Lock()
	t.closed = true
	for timer := range t.timers {
		if timer.Stop() {
			t.busy.Done()
		}
	}
	t.mu.Unlock()
	t.busy.Wait()
}

// answer delivers one answer. A provider that is closing refuses it, and then nobody is left to hear it.
func (t *Town) answer(from string, asked mime.Parsed, a sample.Answer) {
	now := t.now()
	if a.Bounce {
		_ = t.deliver(t.rep, "INBOX", bounce(from, t.rep, asked, now))
		return
	}
	name := from
	for _, to := range append(asked.To, asked.Cc...) {
		if strings.EqualFold(to.Addr, from) && to.Name != "" {
			name = to.Name
		}
	}
	_, host, _ := strings.Cut(from, "@")
	l := mime.Letter{
		From: mime.Address{Name: name, Addr: from}, To: []mime.Address{asked.From}, Date: now,
		Subject: "Re: " + strings.TrimPrefix(asked.Subject, "Re: "), MessageID: mime.NewMessageID(fmt.Sprintf("answer.%d", now.UnixNano()), host),
		InReplyTo: asked.MessageID, References: append(asked.References, asked.MessageID),
	}
	l.Text = a.Text + "\n\n" + strings.Fields(name)[0] + "\n\nOn " + asked.Date.Format("2 Jan 2006, at 15:04") + ", " + asked.From.Name + " wrote:\n" + quoted(asked.Text)
	if a.Away {
		l.Subject, l.Text = "Automatic reply: "+asked.Subject, a.Text
	}
	raw, err := mime.Build(l)
	if err != nil {
		return
	}
	if a.Away {
		raw = append([]byte("Auto-Submitted: auto-replied\r\n"), raw...)
	}
	_ = t.deliver(t.rep, "INBOX", raw)
}

func quoted(text string) string {
	return "> " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n> ") + "\n"
}

// bounce is a delivery status notification for an address that does not exist (RFC 3464).
func bounce(to, rep string, asked mime.Parsed, now time.Time) []byte {
	_, host, _ := strings.Cut(to, "@")
	return []byte(strings.ReplaceAll(fmt.Sprintf(`From: Mail Delivery System <mailer-daemon@%[2]s>
To: %[3]s
Subject: Undelivered Mail Returned to Sender
Date: %[4]s
Message-ID: <bounce.%[5]d@%[2]s>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: text/plain; charset=utf-8

Your mail could not be delivered to %[1]s: the address does not exist.

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.%[2]s

Final-Recipient: rfc822; %[1]s
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <%[1]s>: user unknown

--part
Content-Type: text/rfc822-headers

Message-ID: <%[6]s>
To: %[1]s

--part--
`, to, host, rep, now.Format(time.RFC1123Z), now.UnixNano(), asked.MessageID), "\n", "\r\n"))
}
