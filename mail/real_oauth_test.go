package mail

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"stoke/mail/auth"
	"stoke/mail/mailtest/authserver"
	"stoke/mail/realtest"
	"stoke/model"
)

// Both mechanisms for tokens against Dovecot, which asks the authorization server about each, and
// against Postfix, which asks Dovecot: the loop runs, a token that ended is renewed, a sign-in that
// ended is a request.
func TestSigningInToRealServers(t *testing.T) {
	for _, mechanism := range []string{"XOAUTH2", "OAUTHBEARER"} {
		t.Run(mechanism, func(t *testing.T) {
			s := realtest.Start(t)
			w := realWorld(t)
			w.box.people[s.Prospect] = 7
			_, refresh, _ := s.OAuth.IssueFor(s.User)
			vault := auth.FileVault{Dir: t.TempDir()}
			if err := vault.Put(t.Context(), "work/sign-in", fmt.Sprintf(`{"access":"long gone","refresh":%q}`, refresh)); err != nil {
				t.Fatal(err)
			}
			source := auth.NewTokens(auth.Tokens{
				Account: "work", Vault: vault, LockDir: w.dir, Now: time.Now,
				Client: auth.Client{ID: authserver.ClientID, Secret: authserver.ClientSecret, TokenURL: s.OAuth.URL + "/token"},
			})
			var refused atomic.Int32
			w.change = func(o *Options) {
				a := realAccount(t, s, s.IMAPS, s.Submission, ImplicitTLS)
				a.SMTP.Security = StartTLS
				for _, server := range []*Server{&a.IMAP, &a.SMTP} {
					server.Bearer, server.Mechanism = true, mechanism
				}
				o.Accounts = []Account{a}
				o.Secret = func(ctx context.Context, _ string) (string, error) { return source.Token(ctx) }
				o.TokenRefused = func(_, token string) { refused.Add(1); source.Refused(token) }
			}
			w.run()
			w.awaitEvent(model.EventSynced) // Dovecot refused the first token and took the second
			if refused.Load() == 0 {
				t.Error("a token that was never given out was taken")
			}
			id := w.box.queue(model.Outgoing{From: model.Address{Addr: s.User}, To: []model.Address{{Addr: s.Prospect}}, Subject: "x", Text: "Hallo\n"})
			w.engine.Kick()
			m := w.awaitState(id, model.Sent)
			if got := s.AwaitMail(t, s.Prospect, "INBOX", 1); len(got) != 1 {
				t.Fatalf("%d mails behind Postfix", len(got))
			}
			s.Deliver(t, s.User, []byte("From: <"+s.Prospect+">\r\nTo: <"+s.User+">\r\nSubject: Re: x\r\nMessage-Id: <r@prospect.test>\r\nIn-Reply-To: <"+m.MessageID+">\r\n\r\nJa!\r\n"))
			w.awaitEvent(model.EventReplied)
		})
	}
}

// What Dovecot and Postfix really say to a token that is no good.
func TestRealServersRefuseATokenInPlainWords(t *testing.T) {
	for _, mechanism := range []string{"XOAUTH2", "OAUTHBEARER"} {
		t.Run(mechanism, func(t *testing.T) {
			s := realtest.Start(t)
			w := realWorld(t)
			other, _, _ := s.OAuth.IssueFor(s.Prospect)
			for name, token := range map[string]string{"unknown": "no such token", "somebody else's": other} {
				w.change = func(o *Options) {
					a := realAccount(t, s, s.IMAPS, s.SMTPS, ImplicitTLS)
					for _, server := range []*Server{&a.IMAP, &a.SMTP} {
						server.Bearer, server.Mechanism = true, mechanism
					}
					o.Accounts = []Account{a}
					o.Secret = func(context.Context, string) (string, error) { return token, nil }
				}
				imap, smtp := w.newEngine("doctor").Probe(testContext(t), "work")
				for protocol, err := range map[string]error{"IMAP": imap, "SMTP": smtp} {
					if model.CodeOf(err) != model.AuthError || !strings.Contains(err.Error(), "refused the log-in") || strings.Contains(err.Error(), token) {
						t.Errorf("%s, %s: %v", name, protocol, err)
					}
					t.Logf("%s, %s: %v", name, protocol, err)
				}
			}
		})
	}
}
