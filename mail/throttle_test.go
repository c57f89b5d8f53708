package mail

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"stoke/mail/mailtest"
	"stoke/model"
)

// What big providers answer, word by word as far as they are public, and what is made of it.
func TestWhatProvidersMeanByTheirAnswers(t *testing.T) {
	type want struct {
		kind   Kind
		wait   time.Duration
		whole  bool
		status string
	}
	mine := func(kind Kind, status string) want { return want{kind, 0, false, status} }
	for said, want := range map[string]want{
		// Gmail
		"421 4.7.0 Try again later, closing connection. (MAIL)":                                           {Temporary, pauseShort, true, "4.7.0"},
		"454 4.7.0 Too many login attempts, please try again later.":                                      {Temporary, pauseLogIns, true, "4.7.0"},
		"450 4.2.1 The user you are trying to contact is receiving mail too quickly. Please resend.":      {Temporary, pauseShort, false, "4.2.1"},
		"450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents":          {Temporary, pauseShort, false, "4.2.1"},
		"550 5.4.5 Daily user sending limit exceeded. For more information on Gmail sending limits go to": {Temporary, pauseDaily, true, "5.4.5"},
		"550-5.4.5 Daily sending quota exceeded.\r\n550 5.4.5 See support.":                               {Temporary, pauseDaily, true, "5.4.5"},
		"421 4.7.28 Gmail has detected an unusual rate of email":                                          {Temporary, pauseShort, true, "4.7.28"},
		"552 5.2.3 Your message exceeded Google's message size limits.":                                   mine(Permanent, "5.2.3"),
		"552 5.7.0 This message was blocked because its content presents a potential security issue":      mine(Permanent, "5.7.0"),
		"550 5.7.1 Our system has detected that this message is likely unsolicited mail.":                 mine(Permanent, "5.7.1"),
		// Exchange Online and Outlook.com
		"432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded; Hostname=x":                                                                        {Temporary, time.Minute, true, "4.3.2"},
		"421 4.3.2 The maximum number of concurrent connections has exceeded a limit, closing trans":                                                       {Temporary, time.Minute, true, "4.3.2"},
		"554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; Failed to process":                                                      {Temporary, pauseDaily, true, "5.2.0"},
		"554 5.2.0 The message can't be submitted because the sender's submission quota was exceeded.":                                                     {Temporary, pauseDaily, true, "5.2.0"},
		"554 5.2.0 STOREDRV.Submission.Exception:OutboundSpamException; WASCL UserAction verdict is not None. Actual verdict is Suspend, ShowTierUpgrade.": {Temporary, pauseBlocked, true, "5.2.0"},
		"550 5.7.233 Your message can't be sent because your tenant exceeded its daily limit":                                                              {Temporary, pauseDaily, true, "5.7.233"},
		"550 5.1.8 Access denied, bad outbound sender AS(42004)":                                                                                           {Temporary, pauseBlocked, true, "5.1.8"},
		"550 5.1.8 Sender address rejected: Domain not found":                                                                                              mine(Permanent, "5.1.8"),
		"554 5.2.252 SendAsDenied; robin@acme.example not allowed to send as sales@acme.example":                                                           mine(Permanent, "5.2.252"),
		"451 4.7.500 Server busy. Please try again later":                                                                                                  {Temporary, pauseShort, true, "4.7.500"},
		// others
		"550 5.4.6 Unusual sending activity detected. Please try after sometime.": {Temporary, pauseDaily, true, "5.4.6"},
		"554 5.1.8 Email Outgoing Blocked":                                        {Temporary, pauseBlocked, true, "5.1.8"},
		"450 4.7.1 Error: too many recent messages sent by you":                   {Temporary, pauseShort, true, "4.7.1"},
		"452 4.5.3 You have reached your hourly message limit":                    {Temporary, pauseShort, true, "4.5.3"},
		"550 5.7.1 You have exceeded your daily email sending limit":              {Temporary, pauseDaily, true, "5.7.1"},
		"451 4.7.1 Greylisted, try again in 300 seconds":                          {Temporary, 5 * time.Minute, false, "4.7.1"},
		"450 4.2.0 Greylisted. Please retry in 20 minutes.":                       {Temporary, 20 * time.Minute, false, "4.2.0"},
		"421 4.7.0 Rate limited, please try again in 2 hours":                     {Temporary, 2 * time.Hour, true, "4.7.0"},
		"421 4.7.0 try again in 9 s":                                              {Temporary, time.Minute, true, "4.7.0"},
		"421 4.7.0 try again in 90000 hours":                                      {Temporary, longestPause, true, "4.7.0"},
		"552 5.2.2 Mailbox full, over quota":                                      mine(Permanent, "5.2.2"),
		"452 4.2.2 The email account that you tried to reach is over quota":       mine(Temporary, "4.2.2"),
		"552 5.3.4 Message size exceeds fixed limit":                              mine(Permanent, "5.3.4"),
		"451 4.3.0 Temporary lookup failure":                                      mine(Temporary, "4.3.0"),
		"550 5.1.1 No such user; we tried again in 2005 and it was gone":          mine(Permanent, "5.1.1"),
		"554 5.7.1 [HM08] Message rejected due to local policy.":                  mine(Permanent, "5.7.1"),
	} {
		s := start(t, mailtest.Options{})
		s.SMTP.Set(mailtest.Reply(mailtest.AfterDot, said))
		sub, _ := submissionTo(t, s, Plain)
		_, err := sub.transmit(testContext(t), mailTo(prospect))
		e, ok := errors.AsType[*Error](err)
		if !ok {
			t.Errorf("%q: %v", said, err)
			continue
		}
		if e.Kind != want.kind || e.Wait != want.wait || e.Whole != want.whole || e.Status != want.status {
			t.Errorf("%q: %v, %v, whole %v, %s; %s", said, e.Kind, e.Wait, e.Whole, e.Status, e.Sentence)
		}
		if !strings.Contains(e.Error(), "The server said: "+said[:3]) || want.status != "" && !strings.Contains(e.Error(), want.status) {
			t.Errorf("its words are lost: %s", e)
		}
	}
	for said, says := range map[string]string{
		"554 5.7.1 [HM08] Message rejected due to local policy.": "by its rules",
		"550 5.7.1 this message is likely unsolicited mail.":     "by its rules",
		"550 5.4.5 Daily user sending limit exceeded.":           "its limit is reached",
		"554 5.1.8 Email Outgoing Blocked":                       "has blocked this account",
		"550 5.1.1 nobody here":                                  "refused this mail.",
	} {
		if e := smtpError("smtp.example", "this mail", smtpAnswer(said)); !strings.Contains(e.Sentence, says) {
			t.Errorf("%q is told as %q", said, e.Sentence)
		}
	}
}

// smtpAnswer is a one-line answer as the library gives it.
func smtpAnswer(said string) error {
	return &smtp.SMTPError{Code: int(said[0]-'0')*100 + int(said[1]-'0')*10 + int(said[2]-'0'), Message: said[4:]}
}

func TestRefusedLogInsNameTheWayOut(t *testing.T) {
	for said, out := range map[string]string{
		"534 5.7.9 Application-specific password required. For more information, go to":                 "app password",
		"534 5.7.14 Please log in via your web browser and then try again.":                             "with a browser",
		"535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.": "administrator",
		"550 5.7.30 Basic authentication is not supported for Client Submission.":                       "[account.oauth]",
		"535 5.7.139 Authentication unsuccessful, basic authentication is disabled.":                    "[account.oauth]",
		"535 5.7.8 Username and Password not accepted.":                                                 "Check user name and password",
	} {
		s := start(t, mailtest.Options{})
		s.SMTP.Set(mailtest.Reply(mailtest.Auth, said))
		sub, _ := submissionTo(t, s, Plain)
		err := sub.probe(testContext(t))
		e, ok := errors.AsType[*Error](err)
		if !ok || e.Kind != Auth || !strings.Contains(e.Sentence, out) || !strings.Contains(e.Error(), said[:9]) {
			t.Errorf("%q: %v", said, err)
		}
	}
	for said, want := range map[string]Kind{
		"NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)":                      Auth,
		"NO [ALERT] Application-specific password required: https://support (Failure)": Auth,
		"NO LOGIN failed.": Auth,
		"NO [ALERT] Too many simultaneous connections. (Failure)":    Temporary,
		"NO [UNAVAILABLE] Temporary authentication failure.":         Temporary,
		"NO Account exceeded command or bandwidth limits, try again": Temporary,
	} {
		s := start(t, mailtest.Options{})
		s.IMAP.Set(mailtest.Reply(mailtest.Login, said))
		session, err := logIn(testContext(t), endpointOf(t, s, s.IMAP, Plain), repLogin(), quick)
		if session != nil {
			session.Close()
		}
		if KindOf(err) != want {
			t.Errorf("%q: %v %v", said, KindOf(err), err)
		}
	}
}

// A daily limit holds the account, not one mail after the other: one attempt is made, the rep is told
// once, and later everything goes.
func TestADailyLimitHoldsTheAccount(t *testing.T) {
	for phase, at := range map[string]mailtest.Phase{"before the dot": mailtest.Mail, "after the dot": mailtest.AfterDot} {
		t.Run(phase, func(t *testing.T) {
			w := newWorld(t, mailtest.Options{})
			w.server.SMTP.Set(mailtest.Reply(at, "550 5.4.5 Daily user sending limit exceeded."))
			end := w.run()
			var ids []int64
			for range 5 {
				ids = append(ids, w.box.queue(model.Outgoing{}))
			}
			w.engine.Kick()
			ev := w.awaitEvent(model.EventRequest)
			if !strings.Contains(ev.Text, "its limit is reached") || !strings.Contains(ev.Text, "550 5.4.5") {
				t.Errorf("the rep is told %q", ev.Text)
			}
			m := w.box.row(ids[0])
			until(t, "the first mail waits", func() bool { m = w.box.row(ids[0]); return m.State == model.Queued && m.Attempts == 1 })
			if wait := m.NextAt.Sub(w.clock.now()); wait < 3*time.Hour || wait > 4*time.Hour || !strings.Contains(m.Error, "limit") || !strings.HasPrefix(m.Reply, "550") {
				t.Errorf("the mail waits %v: %q, %q", wait, m.Error, m.Reply)
			}
			for range 5 {
				w.engine.Kick()
			}
			w.engine.woke()
			end()
			rep := w.newEngine("cron").SyncNow(testContext(t))[0] // nor does another process try
			if model.CodeOf(rep.Err) != model.Offline || !strings.Contains(rep.Err.Error(), "What waits goes on at") {
				t.Errorf("it is told %v", rep.Err)
			}
			if imap, smtp := w.newEngine("doctor").Probe(testContext(t), "work"); imap != nil || model.CodeOf(smtp) != model.Offline || !strings.Contains(smtp.Error(), "its limit is reached") {
				t.Errorf("the doctor says %v, %v", imap, smtp)
			}
			for _, id := range ids[1:] {
				if m := w.box.row(id); m.State != model.Queued || m.Attempts != 0 {
					t.Errorf("%+v", m)
				}
			}
			if n := len(w.server.Deliveries()); n != 0 {
				t.Fatalf("%d went out", n)
			}
			w.server.SMTP.Clear()
			w.clock.move(4*time.Hour + time.Minute)
			w.run()
			for _, id := range ids {
				w.awaitState(id, model.Sent)
			}
			if n := len(w.server.Deliveries()); n != 5 {
				t.Errorf("%d deliveries of 5 mails", n)
			}
			if _, err := os.Stat(standingPath(w.dir, "work")); !os.IsNotExist(err) {
				t.Errorf("the pause still stands: %v", err)
			}
		})
	}
}

// What is about one recipient holds that mail alone; R does not wait for a pause.
func TestOneSlowRecipientHoldsNobodyElse(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.server.SMTP.Set(mailtest.Reply(mailtest.Rcpt, "450 4.2.1 The user you are trying to contact is receiving mail too quickly").Times(1))
	w.run()
	slow := w.box.queue(model.Outgoing{})
	w.engine.Kick()
	until(t, "it waits", func() bool { m := w.box.row(slow); return m.State == model.Queued && m.Attempts == 1 })
	if wait := w.box.row(slow).NextAt.Sub(w.clock.now()); wait < 14*time.Minute || wait > 15*time.Minute {
		t.Errorf("it waits %v", wait)
	}
	next := w.box.queue(model.Outgoing{})
	w.engine.Kick()
	w.awaitState(next, model.Sent)

	w.server.SMTP.Set(mailtest.Reply(mailtest.Mail, "421 4.7.0 Try again later").Times(1))
	first, second := w.box.queue(model.Outgoing{}), w.box.queue(model.Outgoing{})
	w.engine.Kick()
	w.awaitEvent(model.EventRequest)
	until(t, "it waits", func() bool { m := w.box.row(first); return m.State == model.Queued && m.Attempts == 1 })
	if m := w.box.row(second); m.State != model.Queued {
		t.Errorf("during the pause: %+v", m)
	}
	w.engine.Sync()
	w.awaitState(second, model.Sent)
}

// A clock that was set back must not hold mail for years.
func TestAPauseIsNeverLongerThanADay(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	far := standing{Until: w.clock.now().Add(3000 * time.Hour), Why: "limit"}
	if err := far.write(w.dir, "work"); err != nil {
		t.Fatal(err)
	}
	w.run()
	id := w.box.queue(model.Outgoing{})
	w.engine.Kick()
	w.awaitState(id, model.Sent)
}

// Whatever a server says, a pause is between a minute and a day, and its words stay one clean line.
func FuzzThrottled(f *testing.F) {
	f.Add(421, "4.7.0 try again in 99999 hours")
	f.Add(550, "5.4.5 Daily sending quota exceeded")
	f.Add(450, "too many messages sent, retry after 0 s")
	f.Fuzz(func(t *testing.T, code int, said string) {
		e := smtpError("smtp.example", "this mail", &smtp.SMTPError{Code: code, Message: said})
		if e.Wait != 0 && (e.Wait < time.Minute || e.Wait > longestPause || e.Kind != Temporary) {
			t.Errorf("%d %q: %v %v", code, said, e.Wait, e.Kind)
		}
		if strings.ContainsAny(e.Error(), "\r\n\x1b") {
			t.Errorf("%q", e.Error())
		}
	})
}
