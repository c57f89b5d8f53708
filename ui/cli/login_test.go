package cli_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"stoke/model"
	"stoke/model/config"
	"stoke/ui/cli"
)

const (
	twoAccounts = "name = \"Robin Vale\"\n[[account]]\nname = \"work\"\naddress = \"me@acme.test\"\nsmtp.host = \"smtp.acme.test\"\nimap.host = \"imap.acme.test\"\nkeyring = true\n" +
		"[[account]]\nname = \"office\"\naddress = \"me@office.test\"\npreset = \"microsoft365\"\noauth.client_id = \"id\"\n"
	oneKeyring = "name = \"Robin Vale\"\n[[account]]\nname = \"work\"\naddress = \"me@acme.test\"\nsmtp.host = \"smtp.acme.test\"\nimap.host = \"imap.acme.test\"\nkeyring = true\n"
)

func fine(string) (imap, smtp error) { return nil, nil }

func TestAPasswordIsTypedUnseenAndTried(t *testing.T) {
	h := open(t)
	h.config, h.terminal, h.probe = oneKeyring, true, fine
	var got string
	h.signIn = func(ctx context.Context, account string, ask cli.SignIn) (string, error) {
		word, err := ask.Password(ctx)
		got = account + " " + word
		return "the keyring of this machine", err
	}
	r := h.run("login")
	if r.code != 0 || got != "work typed unseen" || strings.Contains(r.out+r.err, "typed unseen") {
		t.Errorf("exit %d, %q, %q %q", r.code, got, r.out, r.err)
	}
	if want := []string{"Password of me@acme.test (it does not show): "}; !slices.Equal(h.said, want) {
		t.Errorf("asked %q", h.said)
	}
	for _, want := range []string{"Kept in the keyring of this machine.", "Receiving: logged in.", "Sending: logged in."} {
		if !strings.Contains(r.out, want) {
			t.Errorf("no %q in %q", want, r.out)
		}
	}

	h.terminal, h.input = false, "piped in\nsecond line\n"
	if r := h.run("login", "WORK"); r.code != 0 || got != "work piped in" {
		t.Errorf("exit %d, %q", r.code, got)
	}
	h.terminal = true // nothing prompts with --json
	r = h.run("login", "--json")
	var done struct {
		Account, Kept string
		Receiving     string `json:"receiving_error"`
	}
	if err := json.Unmarshal([]byte(r.out), &done); err != nil || got != "work piped in" || done.Account != "work" || done.Kept == "" || done.Receiving != "" {
		t.Errorf("%v in %q; %q", err, r.out, got)
	}
}

func TestSigningInShowsALinkAndTakesAPastedAddress(t *testing.T) {
	h := open(t)
	h.config, h.terminal, h.probe = twoAccounts, true, fine
	h.input = "http://localhost/?code=1&state=2\n"
	h.signIn = func(_ context.Context, account string, ask cli.SignIn) (string, error) {
		ask.Show("https://id.test/?a=1&b=2", "")
		line := <-ask.Pasted
		ask.Say("this answer belongs to another sign-in")
		h.said = append(h.said, account, line)
		return "the keyring of this machine", nil
	}
	r := h.run("login", "me@office.test")
	if r.code != 0 || !slices.Equal(h.said, []string{"office", "http://localhost/?code=1&state=2"}) {
		t.Errorf("exit %d, %q", r.code, h.said)
	}
	if !strings.Contains(r.out, "\n  https://id.test/?a=1&b=2\n") || !strings.Contains(r.out, "paste that page's address") || !strings.Contains(r.err, "This answer belongs to another sign-in.") {
		t.Errorf("shown is %q, %q", r.out, r.err)
	}
	h.signIn = func(_ context.Context, _ string, ask cli.SignIn) (string, error) {
		if !ask.Device || ask.Pasted != nil {
			t.Errorf("asked %+v", ask)
		}
		ask.Show("https://id.test/device", "WDJB-MJHT")
		return "a file", nil
	}
	r = h.run("login", "office", "--device", "--json")
	if r.code != 0 || strings.Contains(r.out, "WDJB") || !strings.Contains(r.err, "WDJB-MJHT") || !strings.Contains(r.err, "https://id.test/device") {
		t.Errorf("exit %d: %q, %q", r.code, r.out, r.err)
	}
}

func TestASignInThatFails(t *testing.T) {
	h := open(t)
	h.config = twoAccounts
	h.signIn = func(context.Context, string, cli.SignIn) (string, error) {
		return "", model.Errorf(model.AuthError, "The sign-in was declined (it said access_denied).")
	}
	if r := h.run("login", "office"); r.code != cli.ExitAuth || !strings.Contains(r.err, "declined") {
		t.Errorf("exit %d, %q", r.code, r.err)
	}
	h.signIn = func(context.Context, string, cli.SignIn) (string, error) { return "the keyring", nil }
	h.probe = func(string) (imap, smtp error) {
		return nil, model.Errorf(model.AuthError, "smtp.acme.test refused the log-in.")
	}
	if r := h.run("login", "work"); r.code != cli.ExitAuth || !strings.Contains(r.out, "Receiving: logged in.") || !strings.Contains(r.out, "Sending: smtp.acme.test refused the log-in.") {
		t.Errorf("exit %d, %q", r.code, r.out)
	}
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"login"}, cli.ExitUsage, "Which account? There are work, office."},
		{[]string{"login", "wrok"}, cli.ExitFailed, `did you mean "work"?`},
		{[]string{"logout", "home"}, cli.ExitFailed, "There is work, office."},
	} {
		if r := h.run(c.args...); r.code != c.code || !strings.Contains(r.err, c.says) {
			t.Errorf("%v: exit %d, %q", c.args, r.code, r.err)
		}
	}
	h.config = ""
	if r := h.run("login"); r.code != cli.ExitConfig {
		t.Errorf("without an account: exit %d, %q", r.code, r.err)
	}
	h.config = "-"
	if r := h.run("login"); r.code != cli.ExitConfig {
		t.Errorf("without a config: exit %d, %q", r.code, r.err)
	}
}

func TestSigningOut(t *testing.T) {
	h := open(t)
	h.config = twoAccounts
	if r := h.run("logout", "office"); r.code != 0 || !slices.Equal(h.said, []string{"sign out of office"}) || !strings.Contains(r.out, "Forgot") {
		t.Errorf("exit %d, %q, %q", r.code, h.said, r.out)
	}
	if r := h.run("logout", "work", "--json"); r.code != 0 || r.out != "{\"account\":\"work\"}\n" {
		t.Errorf("exit %d, %q", r.code, r.out)
	}
}

func doctor(t *testing.T, h *house, args ...string) map[string]struct{ Status, Detail, Fix string } {
	t.Helper()
	r := h.run(append([]string{"doctor", "--json"}, args...)...)
	var all []struct{ Check, Status, Detail, Fix string }
	if err := json.Unmarshal([]byte(r.out), &all); err != nil {
		t.Fatalf("%v in %q, %q", err, r.out, r.err)
	}
	got := map[string]struct{ Status, Detail, Fix string }{}
	for _, k := range all {
		got[k.Check] = struct{ Status, Detail, Fix string }{k.Status, k.Detail, k.Fix}
	}
	return got
}

// An ended sign-in is the doctor's first word, with the command that mends it.
func TestTheDoctorNamesTheSignIn(t *testing.T) {
	h := open(t)
	h.config = twoAccounts
	h.probe = func(account string) (imap, smtp error) {
		err := model.Errorf(model.AuthError, "The provider ended the sign-in. Sign in again: stoke login %s.", account)
		return err, err
	}
	got := doctor(t, h)
	for check, fix := range map[string]string{"receiving office": "stoke login office", "sending work": "stoke login work"} {
		if k := got[check]; k.Status != "fail" || k.Fix != fix || !strings.Contains(k.Detail, "Sign in again") {
			t.Errorf("%s: %+v", check, k)
		}
	}
	if _, warned := got["provider of office"]; warned {
		t.Error("an account with a sign-in is warned about passwords")
	}
}

// Microsoft 365 ends passwords for sending; who still has one is warned, with the preset or without.
func TestTheDoctorWarnsAboutPasswords(t *testing.T) {
	h := open(t)
	h.probe = fine
	h.config = "name = \"R\"\n[[account]]\nname = \"a\"\naddress = \"a@b.example\"\npreset = \"microsoft365\"\nkeyring = true\n" +
		"[[account]]\nname = \"b\"\naddress = \"c@d.example\"\nimap.host = \"outlook.office365.com\"\nsmtp.host = \"SMTP.office365.com\"\nsmtp.port = 587\npassword_env = \"P\"\n" +
		"[[account]]\nname = \"c\"\naddress = \"e@f.example\"\npreset = \"gmail\"\nkeyring = true\n"
	got := doctor(t, h)
	for _, account := range []string{"a", "b"} {
		if k := got["provider of "+account]; k.Status != "warn" || !strings.Contains(k.Detail, "31 December 2026") || !strings.Contains(k.Detail, "[account.oauth]") {
			t.Errorf("%s: %+v", account, k)
		}
	}
	if k, warned := got["provider of c"]; warned {
		t.Errorf("Gmail: %+v", k)
	}
}

func preset(t *testing.T, name string) config.Provider {
	p, ok := config.ProviderNamed(name)
	if !ok {
		t.Fatalf("no provider %s is known", name)
	}
	return p
}

// What the doctor says to write must be a config without mistakes.
func TestTheDoctorFindsTheServersOfAnAddress(t *testing.T) {
	h := open(t)
	for name, found := range map[string]config.Provider{
		"a preset":  preset(t, "gmail"),
		"a sign-in": preset(t, "microsoft365"),
		"by SRV": {Says: "What acme.test publishes in DNS", IMAP: config.Server{Host: "imap.acme.test", Port: 143, Security: config.StartTLS},
			SMTP: config.Server{Host: "smtp.acme.test", Port: 465, Security: config.TLS}},
	} {
		h.discover = func(address string) (config.Provider, error) {
			if address != "me@acme.test" {
				t.Errorf("asked about %q", address)
			}
			return found, nil
		}
		k := doctor(t, h, "me@acme.test")["servers of me@acme.test"]
		if k.Status != "ok" || !strings.Contains(k.Detail, found.Says) {
			t.Errorf("%s: %+v", name, k)
		}
		c, err := config.Parse("c", []byte(k.Fix), func(string) string { return "" })
		if err != nil || len(c.Accounts) != 1 || c.Accounts[0].SMTP.Host == "" || c.Accounts[0].Preset != found.Name {
			t.Errorf("%s: %v in\n%s", name, err, k.Fix)
		}
		if found.Name == "" && (c.Accounts[0].IMAP != found.IMAP || c.Accounts[0].SMTP != found.SMTP) {
			t.Errorf("%s: %+v", name, c.Accounts[0])
		}
		if r := h.run("doctor", "me@acme.test"); r.code != 0 || !strings.Contains(r.out, "  [[account]]\n  address = \"me@acme.test\"\n") {
			t.Errorf("%s: %q", name, r.out)
		}
	}
	h.discover = func(string) (config.Provider, error) {
		return config.Provider{}, model.Errorf(model.NotFound, "acme.test publishes no mail servers.")
	}
	if r := h.run("doctor", "me@acme.test"); r.code != 1 || !strings.Contains(r.out, "publishes no mail servers") {
		t.Errorf("exit %d, %q", r.code, r.out)
	}
}
