package mail

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"stoke/mail/auth"
	"stoke/mail/mailtest"
	"stoke/mail/mailtest/authserver"
	"stoke/model"
)

const goodToken = "ya29.a-token"

// tokens lets one token in, for the rep.
func tokens(mechanisms ...string) mailtest.Options {
	return mailtest.Options{Mechanisms: mechanisms, Token: func(t string) (string, bool) { return rep, t == goodToken }}
}

// Every mechanism, against servers that offer all of them, is the one that the config names, and lets
// the rep in; without one it is the best that both know.
func TestLoggingInWithEachMechanism(t *testing.T) {
	all := []string{"LOGIN", "PLAIN", "XOAUTH2", "OAUTHBEARER"}
	for _, tt := range []struct {
		name, only string
		bearer     bool
		offered    []string
		imap, smtp string // what the server heard; "" means that nothing was tried
	}{
		{"PLAIN", "plain", false, all, "AUTHENTICATE PLAIN", "PLAIN"},
		{"LOGIN", "login", false, all, "LOGIN", "LOGIN"},
		{"the best for a password", "", false, all, "AUTHENTICATE PLAIN", "PLAIN"},
		{"LOGIN where there is no PLAIN", "", false, []string{"LOGIN"}, "LOGIN", "LOGIN"},
		{"XOAUTH2", "xoauth2", true, all, "AUTHENTICATE XOAUTH2", "XOAUTH2"},
		{"OAUTHBEARER", "oauthbearer", true, all, "AUTHENTICATE OAUTHBEARER", "OAUTHBEARER"},
		{"the best for a token", "", true, all, "AUTHENTICATE OAUTHBEARER", "OAUTHBEARER"},
		{"a token for an older server", "", true, []string{"PLAIN", "XOAUTH2"}, "AUTHENTICATE XOAUTH2", "XOAUTH2"},
		{"a token where only passwords are taken", "", true, []string{"PLAIN", "LOGIN"}, "", ""},
		{"PLAIN where it is not offered", "plain", false, []string{"LOGIN"}, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := start(t, tokens(tt.offered...))
			login := func(p *mailtest.Port) auth.Login {
				e := endpointOf(t, s, p, Plain)
				secret := repPass
				if tt.bearer {
					secret = goodToken
				}
				return loginWith(Server{Host: e.host, Port: e.port, User: rep, Bearer: tt.bearer, Mechanism: tt.only}, secret)
			}
			session, imapErr := logIn(testContext(t), endpointOf(t, s, s.IMAP, Plain), login(s.IMAP), quick)
			if session != nil {
				session.Close()
			}
			smtpErr := submission{server: endpointOf(t, s, s.SMTP, Plain), login: login(s.SMTP), limits: quick}.probe(testContext(t))
			for protocol, got := range map[string]struct {
				err   error
				clear string
				want  string
			}{
				"IMAP": {imapErr, string(s.IMAP.PlainOctets()), tt.imap},
				"SMTP": {smtpErr, string(s.SMTP.PlainOctets()), tt.smtp},
			} {
				if got.want == "" {
					if KindOf(got.err) != Auth || !strings.Contains(got.err.Error(), "offers no way to log in") || strings.Contains(got.clear, "AUTH") || strings.Contains(got.clear, "LOGIN") {
						t.Errorf("%s: %v; it heard %q", protocol, got.err, got.clear)
					}
					continue
				}
				if got.err != nil || !strings.Contains(got.clear, " "+got.want+" ") && !strings.Contains(got.clear, " "+got.want+"\r\n") {
					t.Errorf("%s: %v; it heard %q, want %q", protocol, got.err, got.clear, got.want)
				}
			}
		})
	}
}

// A refused token is told with the server's reason, after the farewell that each mechanism asks for: an
// empty line, or one 0x01.
func TestARefusedTokenIsToldInPlainWords(t *testing.T) {
	for mechanism, farewell := range map[string]string{"XOAUTH2": "\r\n\r\n", "OAUTHBEARER": "\r\nAQ==\r\n"} {
		t.Run(mechanism, func(t *testing.T) {
			s := start(t, tokens(mechanism))
			server := Server{Host: "127.0.0.1", User: rep, Bearer: true}
			login := loginWith(server, "an old one")
			session, imapErr := logIn(testContext(t), endpointOf(t, s, s.IMAP, Plain), login, quick)
			if session != nil {
				session.Close()
			}
			smtpErr := submission{server: endpointOf(t, s, s.SMTP, Plain), login: login, limits: quick}.probe(testContext(t))
			for protocol, err := range map[string]error{"IMAP": imapErr, "SMTP": smtpErr} {
				if KindOf(err) != Auth || !strings.Contains(err.Error(), "the sign-in has run out or was withdrawn") || strings.Contains(err.Error(), "an old one") {
					t.Errorf("%s: %v %v", protocol, KindOf(err), err)
				}
			}
			if e, _ := errors.AsType[*Error](smtpErr); e == nil || e.Code != 535 || e.Status != "5.7.8" {
				t.Errorf("SMTP's last word is lost: %+v", e)
			}
			for name, p := range map[string]*mailtest.Port{"IMAP": s.IMAP, "SMTP": s.SMTP} {
				if clear := string(p.PlainOctets()); !strings.Contains(clear, farewell) || strings.Contains(clear, "\r\n=\r\n") {
					t.Errorf("%s heard %q", name, clear)
				}
			}
		})
	}
}

func logins(s *mailtest.Server) (imap, smtp int) {
	for _, c := range s.IMAP.Heard() {
		if strings.HasPrefix(c, "LOGIN") || strings.HasPrefix(c, "AUTHENTICATE") {
			imap++
		}
	}
	for _, c := range s.SMTP.Heard() {
		if c == "AUTH" {
			smtp++
		}
	}
	return imap, smtp
}

// until waits for what must happen.
func until(t *testing.T, what string, yes func() bool) {
	t.Helper()
	ctx := testContext(t)
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for !yes() {
		select {
		case <-again.C:
		case <-ctx.Done():
			t.Fatalf("it did not happen: %s", what)
		}
	}
}

// Providers lock an account after a few wrong log-ins. Thirty mails, a laptop that sleeps, a new start
// and a sync from cron are no reasons to try again; the rep is, and another password.
func TestARefusedLogInIsNotTriedAgainByItself(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.patient()
	var mu sync.Mutex
	secret, asked := "wrong", 0
	w.change = func(o *Options) {
		o.Secret = func(context.Context, string) (string, error) {
			mu.Lock()
			defer mu.Unlock()
			asked++
			return secret, nil
		}
	}
	end := w.run()
	id := w.box.queue(model.Outgoing{Unsynced: true})
	w.engine.Kick()
	if ev := w.awaitEvent(model.EventRequest); !strings.Contains(ev.Text, "work: 127.0.0.1 refused the log-in") {
		t.Errorf("the rep is asked %+v", ev)
	}
	atMost := func(n int) {
		t.Helper()
		if i, s := logins(w.server); i > n || s > n {
			t.Errorf("%d log-ins by IMAP, %d by SMTP, want %d at most", i, s, n)
		}
	}
	until(t, "both were tried", func() bool { i, s := logins(w.server); return i == 1 && s == 1 })
	until(t, "both refusals are written down", func() bool { return len(readStanding(w.dir, "work").Refused) == 2 })
	for range 30 {
		w.box.queue(model.Outgoing{Unsynced: true})
		w.engine.Kick()
	}
	w.engine.woke()
	end()
	atMost(1)
	if asked > 4 { // once a server, and once more after each refusal at most
		t.Errorf("the password command ran %d times", asked)
	}

	for run := range 9 { // cron: one more try, as somebody who runs a command again would want

		rep := w.newEngine("cron").SyncNow(testContext(t))[0]
		if model.CodeOf(rep.Err) != model.AuthError || !strings.Contains(rep.Err.Error(), "refused the log-in") {
			t.Errorf("cron is told %v", rep.Err)
		}
		if again := strings.Contains(rep.Err.Error(), "not tried again"); again != (run > 0) {
			t.Errorf("run %d is told %v", run, rep.Err)
		}
	}
	end = w.run()
	w.awaitEvent(model.EventTrouble)
	end()
	atMost(3)
	for hours := range 24 {
		w.clock.move(time.Hour)
		w.newEngine("cron").SyncNow(testContext(t))
		if hours == 0 {
			atMost(3)
		}
	}
	atMost(4) // after six hours, and not again that day
	if raw, err := os.ReadFile(standingPath(w.dir, "work")); err != nil || strings.Contains(string(raw), secret) {
		t.Errorf("written down is %q, %v", raw, err)
	}

	mu.Lock()
	secret = repPass
	mu.Unlock()
	w.run()
	w.awaitState(id, model.Sent)
	until(t, "nothing stands against the account", func() bool {
		_, err := os.Stat(standingPath(w.dir, "work"))
		return os.IsNotExist(err)
	})
}

// R tries once more with the same password, and so does a doctor; a doctor that is let in wakes an
// engine that waits in another process.
func TestTheRepMayInsist(t *testing.T) {
	w := newWorld(t, mailtest.Options{})
	w.patient()
	w.server.IMAP.Set(mailtest.LoginRefused())
	w.server.SMTP.Set(mailtest.AuthRefused())
	w.run()
	id := w.box.queue(model.Outgoing{Unsynced: true})
	w.engine.Kick()
	both := func(imap, smtp int) {
		t.Helper()
		until(t, fmt.Sprintf("%d and %d log-ins", imap, smtp), func() bool { i, s := logins(w.server); return i >= imap && s >= smtp })
	}
	both(1, 1)
	o := w.engine.offices[0]
	until(t, "the refusals are known", func() bool { o.mu.Lock(); defer o.mu.Unlock(); return o.refused && o.said == Auth }) // R before is no insisting
	w.engine.Sync()
	both(2, 2)
	doctor := w.newEngine("doctor")
	imap, smtp := doctor.Probe(testContext(t), "work")
	if model.CodeOf(imap) != model.AuthError || model.CodeOf(smtp) != model.AuthError {
		t.Errorf("the doctor says %v, %v", imap, smtp)
	}
	both(3, 3)
	w.server.IMAP.Clear()
	w.server.SMTP.Clear()
	if imap, smtp := doctor.Probe(testContext(t), "work"); imap != nil || smtp != nil {
		t.Errorf("the doctor says %v, %v", imap, smtp)
	}
	w.awaitState(id, model.Sent)
}

// An account with a sign-in, whole: tokens are renewed in time, a refused one is renewed once, and a
// sign-in that the provider ended becomes one lasting request.
func TestAnAccountWithASignIn(t *testing.T) {
	provider, err := authserver.Start(rep)
	if err != nil {
		t.Fatal(err)
	}
	defer provider.Close()
	w := newWorld(t, mailtest.Options{Mechanisms: []string{"XOAUTH2", "OAUTHBEARER"}, Token: provider.Valid})
	vault := auth.FileVault{Dir: t.TempDir()}
	access, refresh, _ := provider.Issue()
	kept := fmt.Sprintf(`{"access":%q,"refresh":%q,"expires":%q}`, access, refresh, time.Now().Add(time.Hour).Format(time.RFC3339))
	if err := vault.Put(t.Context(), "work/sign-in", kept); err != nil {
		t.Fatal(err)
	}
	source := auth.NewTokens(auth.Tokens{
		Account: "work", Vault: vault, LockDir: w.dir, Now: time.Now,
		Client: auth.Client{ID: authserver.ClientID, Secret: authserver.ClientSecret, TokenURL: provider.URL + "/token"},
	})
	w.change = func(o *Options) {
		o.Accounts[0].IMAP.Bearer, o.Accounts[0].SMTP.Bearer = true, true
		o.Secret = func(ctx context.Context, _ string) (string, error) { return source.Token(ctx) }
		o.TokenRefused = func(_, token string) { source.Refused(token) }
	}
	w.run()
	first := w.box.queue(model.Outgoing{})
	w.engine.Kick()
	w.awaitState(first, model.Sent)
	if n := len(provider.Asked()); n != 0 {
		t.Errorf("a token that was good was renewed %d times", n)
	}

	provider.Expire() // though our clock says otherwise
	second := w.box.queue(model.Outgoing{})
	w.engine.Kick()
	w.awaitState(second, model.Sent)
	if n := len(provider.Asked()); n != 1 {
		t.Errorf("renewed %d times, want once", n)
	}

	provider.Revoke()
	w.server.IMAP.Drop()
	third := w.box.queue(model.Outgoing{Unsynced: true})
	w.engine.Kick()
	for ev := w.awaitEvent(model.EventRequest); !strings.Contains(ev.Text, "Sign in again: stoke login work"); ev = w.awaitEvent(model.EventRequest) {
		t.Logf("first: %s", ev.Text)
	}
	asked := len(provider.Asked())
	for range 20 {
		w.engine.Kick()
	}
	w.engine.Sync() // R: the provider is not asked either, its answer is known
	if m := w.awaitState(third, model.Queued); m.Attempts != 0 {
		t.Errorf("an attempt was counted: %+v", m)
	}
	w.awaitEvent(model.EventTrouble)
	if n := len(provider.Asked()); n != asked {
		t.Errorf("the provider was asked %d times more", n-asked)
	}

	fresh, refresh, ends := provider.Issue()
	kept = fmt.Sprintf(`{"access":%q,"refresh":%q,"expires":%q}`, fresh, refresh, ends.Format(time.RFC3339))
	if err := vault.Put(t.Context(), "work/sign-in", kept); err != nil {
		t.Fatal(err)
	}
	if err := ForgetStanding(w.dir, "work"); err != nil { // as stoke login does
		t.Fatal(err)
	}
	w.awaitState(third, model.Sent)
	for ev := w.awaitEvent(model.EventRequest); ev.Text != ""; ev = w.awaitEvent(model.EventRequest) {
		t.Logf("before: %s", ev.Text)
	}
}
